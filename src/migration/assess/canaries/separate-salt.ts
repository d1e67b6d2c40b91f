/** How a hash and a salt of another field belong together: the ways that products have, tried on known passwords. */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { CanarySuggestion, SaltConstruction } from '../../../reports/canary-suggestion.js';
import type { Attempt, Try } from './alternatives.js';
import type { Canary } from './found.js';

type Separate = Extract<CanarySuggestion, { readonly kind: 'separate-salt' }>;
type Way = Omit<Separate, 'matched' | 'of'>;

interface Construction {
  readonly name: SaltConstruction;
  /** Hashers that take `salt$hash`, by their hash function. */
  readonly hashers?: Readonly<Record<string, string>>;
  apply(algorithm: string, password: string, salt: Uint8Array): Uint8Array;
}

const ALGORITHMS: Readonly<Record<number, string>> = {
  16: 'md5',
  20: 'sha1',
  28: 'sha224',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
};
/** passport-local-mongoose: https://github.com/saintedlama/passport-local-mongoose#options */
const PASSPORT = { bytes: 512, iterations: 25_000, algorithm: 'sha256' };
const derive = promisify(pbkdf2);

function hash(algorithm: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const all = createHash(algorithm);
  for (const part of parts) all.update(part);
  return all.digest();
}

function hex(algorithm: string, ...parts: readonly (string | Uint8Array)[]): string {
  return hash(algorithm, ...parts).toString('hex');
}

const CONSTRUCTIONS: readonly Construction[] = [
  {
    name: 'salt-password',
    hashers: { md5: 'md5_salted', sha256: 'sha256_salted' },
    apply: (h, password, salt) => hash(h, salt, password),
  },
  { name: 'password-salt', apply: (h, password, salt) => hash(h, password, salt) },
  { name: 'hash-of-password-salt', apply: (h, password, salt) => hash(h, hex(h, password), salt) },
  { name: 'hash-of-salt-hash-of-password', apply: (h, password, salt) => hash(h, hex(h, salt), hex(h, password)) },
  { name: 'salt-hash-of-password', apply: (h, password, salt) => hash(h, salt, hex(h, password)) },
  { name: 'salted-thrice', apply: (h, password, salt) => hash(h, salt, hex(h, salt, hex(h, password))) },
  { name: 'salt-password-salt', apply: (h, password, salt) => hash(h, salt, password, salt) },
  { name: 'hmac-keyed-by-salt', apply: (h, password, salt) => createHmac(h, salt).update(password).digest() },
  { name: 'hmac-keyed-by-password', apply: (h, password, salt) => createHmac(h, password).update(salt).digest() },
];

/** The ways that fit most of these known passwords. */
export async function saltedSuggestions(canaries: readonly Canary[]): Promise<readonly CanarySuggestion[]> {
  const counts = new Map<string, { readonly way: Way; count: number }>();
  for (const canary of canaries) {
    for (const way of await findWays(canary)) {
      const key = JSON.stringify(way);
      const counted = counts.get(key) ?? { way, count: 0 };
      counted.count++;
      counts.set(key, counted);
    }
  }
  return [...counts.values()]
    .filter(({ count }) => 2 * count > canaries.length)
    .map(({ way, count }) => ({ ...way, matched: count, of: canaries.length }));
}

/** Two ways of a hasher that has a salt of its own and is given another one with the password. */
const SECOND = [
  { order: 'password-salt', apply: (password: string, salt: string) => password + salt },
  { order: 'salt-password', apply: (password: string, salt: string) => salt + password },
] as const;

/** Whether the salt in another field is a second one next to the digest's own. */
export function isSecondSalt({ salt, credential }: Canary): boolean {
  return salt !== undefined && credential.passwordDigest.includes('$');
}

/** What is hashed in the place of the password of most of these. */
export async function secondSaltSuggestions(
  canaries: readonly Canary[],
  attempt: Try,
): Promise<readonly CanarySuggestion[]> {
  const found: CanarySuggestion[] = [];
  for (const { order, apply } of SECOND) {
    const attempts = canaries.map(({ credential, password, salt = '' }): Attempt => {
      return { credential, password: Buffer.from(apply(password, salt)), passwordFirst: false };
    });
    const matched = (await attempt(attempts)).filter(({ outcome }) => outcome === 'match').length;
    if (2 * matched > canaries.length) found.push({ kind: 'second-salt', order, matched, of: canaries.length });
  }
  return found;
}

async function findWays({ credential, password, salt = '' }: Canary): Promise<readonly Way[]> {
  const wanted = readBytes(credential.passwordDigest);
  const found: Way[] = [];
  if (wanted === undefined) return found;
  for (const { saltEncoding, bytes } of readSalt(salt)) {
    const encoding = saltEncoding === undefined ? {} : { saltEncoding };
    if (wanted.length === PASSPORT.bytes) {
      const { algorithm, iterations } = PASSPORT;
      const derived = await derive(password, bytes, iterations, PASSPORT.bytes, algorithm);
      if (timingSafeEqual(derived, wanted)) {
        found.push({ kind: 'separate-salt', construction: 'pbkdf2', algorithm, iterations, ...encoding });
      }
    }
    const algorithm = ALGORITHMS[wanted.length];
    for (const { name, hashers, apply } of algorithm === undefined ? [] : CONSTRUCTIONS) {
      if (!timingSafeEqual(apply(algorithm as string, password, bytes), wanted)) continue;
      const hasher = saltEncoding === undefined ? hashers?.[algorithm as string] : undefined;
      found.push({
        kind: 'separate-salt',
        construction: name,
        algorithm: algorithm as string,
        ...encoding,
        ...(hasher !== undefined && { hasher }),
      });
    }
  }
  return found;
}

/** Hexadecimal or Base64. */
function readBytes(text: string): Buffer | undefined {
  if (/^(?:[0-9A-Fa-f]{2})+$/.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

interface SaltReading {
  readonly saltEncoding?: 'hex' | 'base64';
  readonly bytes: Uint8Array;
}

/** The text itself, and the bytes that it may be the encoding of. */
function readSalt(salt: string): readonly SaltReading[] {
  const readings: SaltReading[] = [{ bytes: Buffer.from(salt) }];
  if (/^(?:[0-9A-Fa-f]{2})+$/.test(salt)) readings.push({ saltEncoding: 'hex', bytes: Buffer.from(salt, 'hex') });
  if (salt.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(salt)) {
    readings.push({ saltEncoding: 'base64', bytes: Buffer.from(salt, 'base64') });
  }
  return readings;
}

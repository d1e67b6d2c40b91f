/** How a hash and a salt of another field belong together: the ways that products have, tried on known passwords. */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Attempt, Try } from './alternatives.js';
import type { Canary } from './found.js';

interface Way {
  /** After "the hash is". */
  readonly name: string;
  /** A hasher that takes `salt$hash`. */
  readonly hashers?: Readonly<Record<string, string>>;
  of(algorithm: string, password: string, salt: Uint8Array): Uint8Array;
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

const WAYS: readonly Way[] = [
  {
    name: 'of the salt and the password',
    hashers: { md5: 'md5_salted', sha256: 'sha256_salted' },
    of: (h, password, salt) => hash(h, salt, password),
  },
  { name: 'of the password and the salt', of: (h, password, salt) => hash(h, password, salt) },
  {
    name: 'of the hash of the password in hexadecimal and the salt, as in vBulletin 3 and 4',
    of: (h, password, salt) => hash(h, hex(h, password), salt),
  },
  {
    name: 'of the hash of the salt and the hash of the password, both in hexadecimal, as in MyBB and IP.Board 3',
    of: (h, password, salt) => hash(h, hex(h, salt), hex(h, password)),
  },
  {
    name: 'of the salt and the hash of the password in hexadecimal, as in Redmine',
    of: (h, password, salt) => hash(h, salt, hex(h, password)),
  },
  {
    name: 'of the salt and a salted hash of a salted hash, as in OpenCart',
    of: (h, password, salt) => hash(h, salt, hex(h, salt, hex(h, password))),
  },
  { name: 'of the salt, the password and the salt', of: (h, password, salt) => hash(h, salt, password, salt) },
  {
    name: 'a HMAC of the password with the salt as its key',
    of: (h, password, salt) => createHmac(h, salt).update(password).digest(),
  },
  {
    name: 'a HMAC of the salt with the password as its key',
    of: (h, password, salt) => createHmac(h, password).update(salt).digest(),
  },
];

/** Sentences on the ways that fit most of these known passwords. */
export async function saltedSuggestions(canaries: readonly Canary[]): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  for (const canary of canaries) {
    for (const found of await findWays(canary)) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const many = (count: number) => `${count} of ${canaries.length} known passwords with a salt in another field`;
  return [...counts]
    .filter(([, count]) => 2 * count > canaries.length)
    .map(([found, count]) => `${found}: so ${many(count)} would match`);
}

/** Two ways of a hasher that has a salt of its own and is given another one with the password. */
const SECOND = [
  { name: 'the password and the salt, as in Authlogic and Sorcery', of: (pw: string, salt: string) => pw + salt },
  { name: 'the salt and the password', of: (pw: string, salt: string) => salt + pw },
] as const;

/** Whether the salt in another field is a second one next to the digest's own. */
export function isSecondSalt({ salt, credential }: Canary): boolean {
  return salt !== undefined && credential.passwordDigest.includes('$');
}

/** Sentences on what is hashed in the place of the password of most of these. */
export async function secondSaltSuggestions(canaries: readonly Canary[], attempt: Try): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, of } of SECOND) {
    const attempts = canaries.map(({ credential, password, salt = '' }): Attempt => {
      return { credential, password: Buffer.from(of(password, salt)), passwordFirst: false };
    });
    const matched = (await attempt(attempts)).filter(({ outcome }) => outcome === 'match').length;
    if (2 * matched <= canaries.length) continue;
    const many = `${matched} of ${canaries.length} known passwords with a second salt in another field`;
    found.push(`what is hashed is ${name}: so ${many} would match; no import API hashes that salt`);
  }
  return found;
}

async function findWays({ credential, password, salt = '' }: Canary): Promise<readonly string[]> {
  const wanted = readBytes(credential.passwordDigest);
  const found: string[] = [];
  if (wanted === undefined) return found;
  const algorithm = ALGORITHMS[wanted.length];
  for (const [form, bytes] of saltForms(salt)) {
    const taken = form === '' ? '' : `, with the salt decoded from ${form}`;
    if (wanted.length === PASSPORT.bytes) {
      const derived = await derive(password, bytes, PASSPORT.iterations, PASSPORT.bytes, PASSPORT.algorithm);
      if (timingSafeEqual(derived, wanted)) {
        found.push(
          `the hash is PBKDF2-SHA256 with ${PASSPORT.iterations} iterations, as of passport-local-mongoose${taken}`,
        );
      }
    }
    for (const { name, hashers, of } of algorithm === undefined ? [] : WAYS) {
      if (!timingSafeEqual(of(algorithm as string, password, bytes), wanted)) continue;
      const hasher = form === '' ? hashers?.[algorithm as string] : undefined;
      const use = hasher === undefined ? '' : ` (${hasher} takes it as salt$hash)`;
      found.push(`the hash is ${name.startsWith('a HMAC') ? '' : `${algorithm} `}${name}${taken}${use}`);
    }
  }
  return found;
}

/** Hexadecimal or Base64. */
function readBytes(text: string): Buffer | undefined {
  if (/^(?:[0-9A-Fa-f]{2})+$/.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** The text itself, and the bytes that it may be the encoding of. */
function saltForms(salt: string): readonly (readonly [form: string, bytes: Uint8Array])[] {
  const forms: (readonly [string, Uint8Array])[] = [['', Buffer.from(salt)]];
  if (/^(?:[0-9A-Fa-f]{2})+$/.test(salt)) forms.push(['hexadecimal', Buffer.from(salt, 'hex')]);
  if (salt.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(salt)) forms.push(['Base64', Buffer.from(salt, 'base64')]);
  return forms;
}

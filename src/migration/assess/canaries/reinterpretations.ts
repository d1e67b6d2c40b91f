/** What a digest may be besides what its row says. Each is tried where known passwords do not match. */
import { utf8 } from '../../../encoding/bytes.js';
import { encodeHex } from '../../../encoding/hex.js';
import type { DigestReading, DigestReadingKind } from '../../../reports/canary-suggestion.js';
import type { Credential } from '../../../types.js';

export interface Reinterpretation {
  readonly reading: DigestReading;
  /** Salted hashers take the password before the salt. */
  readonly passwordFirst?: boolean;
  /** Undefined where this digest cannot be read so. */
  apply(digest: string): Credential | undefined;
}

/** Of another hasher: the same text, or as it writes that. */
function named(passwordHasher: string, change: (digest: string) => string = (digest) => digest): Reinterpretation {
  return {
    reading: { kind: 'other-hasher', hasher: passwordHasher },
    apply: (digest) => ({ passwordHasher, passwordDigest: change(digest) }),
  };
}

function passwordFirst(passwordHasher: string): Reinterpretation {
  return {
    reading: { kind: 'password-first' },
    passwordFirst: true,
    apply: (passwordDigest) => ({ passwordHasher, passwordDigest }),
  };
}

/** Fields of a digest, changed. */
function changed(
  passwordHasher: string,
  reading: DigestReading,
  change: (fields: readonly string[]) => readonly string[] | undefined,
): Reinterpretation {
  return {
    reading,
    apply(digest) {
      const fields = change(digest.split('$'));
      const passwordDigest = fields?.join('$');
      return passwordDigest === undefined || passwordDigest === digest ? undefined : { passwordHasher, passwordDigest };
    },
  };
}

function firebase(
  kind: DigestReadingKind,
  change: (
    fields: readonly [hash: string, salt: string, key: string, separator: string, rounds: string, memCost: string],
  ) => readonly string[],
): Reinterpretation {
  return changed('scrypt_firebase', { kind }, (fields) =>
    fields.length === 6 ? change(fields as [string, string, string, string, string, string]) : undefined,
  );
}

/** scrypt of N=16384 with another r, which a salt of 32 hexadecimal digits and a key do not show. */
function blockSize(from: number, r: number, writer: string): Reinterpretation {
  const written = `scrypt:16384:${from}:1`;
  return changed('scrypt_werkzeug', { kind: 'block-size', r, writer }, ([method, salt = '', ...hash]) =>
    method === written && /^[0-9a-f]{32}$/.test(salt) ? [`scrypt:16384:${r}:1`, salt, ...hash] : undefined,
  );
}

/** Firebase's own values, which a project has unless it was made long ago. */
const SEPARATOR = 'Bw==';
const ROUNDS = '8';
const MEM_COST = '14';

const REINTERPRETATIONS: Readonly<Record<string, readonly Reinterpretation[]>> = {
  md5_salted: [passwordFirst('md5_salted')],
  sha256_salted: [passwordFirst('sha256_salted')],
  pbkdf2_sha256: [named('pbkdf2_sha256_django')],
  pbkdf2_sha256_django: [named('pbkdf2_sha256')],
  pbkdf2_sha512: [named('pbkdf2_sha512_hex', (digest) => digest.replace(/^[^$]*/, 'pbkdf2_sha512_hex'))],
  pbkdf2_sha512_hex: [named('pbkdf2_sha512', (digest) => digest.replace(/^[^$]*/, 'pbkdf2_sha512'))],
  pbkdf2_sha1: [
    changed('pbkdf2_sha1', { kind: 'text-salt' }, ([name, c, salt = '', ...rest]) => [
      ...[name as string, c as string, encodeHex(utf8(salt)), ...rest],
    ]),
  ],
  phpass: [named('md5_phpass')],
  md5_phpass: [named('phpass')],
  bcrypt: [
    named('bcrypt_sha256_django', (digest) => `bcrypt_sha256$${digest}`),
    {
      reading: { kind: 'sign-bug' },
      apply: (digest) => ({ passwordHasher: 'bcrypt', passwordDigest: digest.replace(/^\$2[aby]?\$/, '$2x$$') }),
    },
  ],
  bcrypt_sha256_django: [named('bcrypt', (digest) => digest.slice(digest.indexOf('$') + 1))],
  bcrypt_peppered: [
    {
      reading: { kind: 'no-pepper' },
      apply: (digest) => ({ passwordHasher: 'bcrypt', passwordDigest: digest.slice(0, 60) }),
    },
  ],
  // The two that write `hexsalt:hexkey`: Better Auth, and programs on Node's scrypt with its defaults.
  scrypt_werkzeug: [blockSize(16, 8, 'node-scrypt'), blockSize(8, 16, 'better-auth')],
  scrypt_firebase: [
    firebase('exchanged-costs', ([h, s, k, sep, rounds, memCost]) => [h, s, k, sep, memCost, rounds]),
    firebase('default-separator', ([h, s, k, , rounds, memCost]) => [h, s, k, SEPARATOR, rounds, memCost]),
    firebase('no-separator', ([h, s, k, , rounds, memCost]) => [h, s, k, '', rounds, memCost]),
    firebase('default-costs', ([h, s, k, sep]) => [h, s, k, sep, ROUNDS, MEM_COST]),
    firebase('default-separator-and-costs', ([h, s, k]) => [h, s, k, SEPARATOR, ROUNDS, MEM_COST]),
    firebase('exchanged-keys', ([h, s, k, sep, rounds, memCost]) => [h, s, sep, k, rounds, memCost]),
  ],
};

/** @param peppers candidates; reports have their numbers, since they are secrets. */
export function findReinterpretations(hasher: string, peppers: readonly string[]): readonly Reinterpretation[] {
  const known = Object.hasOwn(REINTERPRETATIONS, hasher)
    ? (REINTERPRETATIONS[hasher] as readonly Reinterpretation[])
    : [];
  return hasher === 'bcrypt' || hasher === 'bcrypt_peppered' ? [...peppers.map(peppered), ...known] : known;
}

function peppered(pepper: string, i: number): Reinterpretation {
  return {
    reading: { kind: 'pepper', pepper: i + 1 },
    apply: (digest) => ({ passwordHasher: 'bcrypt_peppered', passwordDigest: `${digest.slice(0, 60)}$${pepper}` }),
  };
}

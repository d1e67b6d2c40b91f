/** What a digest may be besides what its row says. Each is tried where known passwords do not match. */
import { utf8 } from '../../../encoding/bytes.js';
import { encodeHex } from '../../../encoding/hex.js';
import type { Credential } from '../../../types.js';

export interface Reinterpretation {
  /** After "your hasher": what it is. */
  readonly name: string;
  /** What to do about it. */
  readonly use: string;
  /** Salted hashers take the password before the salt. */
  readonly passwordFirst?: boolean;
  /** Undefined where this digest cannot be read so. */
  of(digest: string): Credential | undefined;
}

/** The same text under another hasher's name. */
function named(passwordHasher: string): Reinterpretation {
  return {
    name: `is ${passwordHasher}`,
    use: `set passwordHasher to ${passwordHasher}`,
    of: (passwordDigest) => ({ passwordHasher, passwordDigest }),
  };
}

function passwordFirst(passwordHasher: string, variant: string): Reinterpretation {
  return {
    name: 'is password-first',
    use: `use ${variant}({ order: 'password-first' }), and ask which order the target has`,
    passwordFirst: true,
    of: (passwordDigest) => ({ passwordHasher, passwordDigest }),
  };
}

/** Fields of a digest, changed. */
function changed(
  passwordHasher: string,
  name: string,
  use: string,
  change: (fields: readonly string[]) => readonly string[] | undefined,
): Reinterpretation {
  return {
    name,
    use,
    of(digest) {
      const fields = change(digest.split('$'));
      const passwordDigest = fields?.join('$');
      return passwordDigest === undefined || passwordDigest === digest ? undefined : { passwordHasher, passwordDigest };
    },
  };
}

function firebase(
  name: string,
  use: string,
  change: (
    fields: readonly [hash: string, salt: string, key: string, separator: string, rounds: string, memCost: string],
  ) => readonly string[],
): Reinterpretation {
  return changed('scrypt_firebase', name, use, (fields) =>
    fields.length === 6 ? change(fields as [string, string, string, string, string, string]) : undefined,
  );
}

/** scrypt of N=16384 with another r, which a salt of 32 hexadecimal digits and a key do not show. */
function blockSize(from: number, to: number, system: string): Reinterpretation {
  const written = `scrypt:16384:${from}:1`;
  return changed(
    'scrypt_werkzeug',
    `has r=${to}, as ${system} writes it`,
    `name its writer: --hasher ${system}`,
    ([method, salt = '', ...hash]) =>
      method === written && /^[0-9a-f]{32}$/.test(salt) ? [`scrypt:16384:${to}:1`, salt, ...hash] : undefined,
  );
}

/** Firebase's own values, which a project has unless it was made long ago. */
const SEPARATOR = 'Bw==';
const ROUNDS = '8';
const MEM_COST = '14';
const HASH_CONFIG = "take it from the console's password hash parameters";

const REINTERPRETATIONS: Readonly<Record<string, readonly Reinterpretation[]>> = {
  md5_salted: [passwordFirst('md5_salted', 'md5Salted')],
  sha256_salted: [passwordFirst('sha256_salted', 'sha256Salted')],
  pbkdf2_sha256: [named('pbkdf2_sha256_django')],
  pbkdf2_sha256_django: [named('pbkdf2_sha256')],
  pbkdf2_sha512: [
    changed(
      'pbkdf2_sha512_hex',
      'is pbkdf2_sha512_hex',
      'set passwordHasher to pbkdf2_sha512_hex, and begin the digest so',
      ([, ...rest]) => ['pbkdf2_sha512_hex', ...rest],
    ),
  ],
  pbkdf2_sha512_hex: [
    changed(
      'pbkdf2_sha512',
      'is pbkdf2_sha512',
      'set passwordHasher to pbkdf2_sha512, and begin the digest so',
      ([, ...rest]) => ['pbkdf2_sha512', ...rest],
    ),
  ],
  pbkdf2_sha1: [
    changed(
      'pbkdf2_sha1',
      'has its salt as text',
      'write the salt in hexadecimal once more',
      ([name, c, salt = '', ...rest]) => [name as string, c as string, encodeHex(utf8(salt)), ...rest],
    ),
  ],
  phpass: [named('md5_phpass')],
  md5_phpass: [named('phpass')],
  bcrypt: [
    {
      name: 'is bcrypt_sha256_django',
      use: 'set passwordHasher to bcrypt_sha256_django and put "bcrypt_sha256$" before the digest',
      of: (digest) => ({ passwordHasher: 'bcrypt_sha256_django', passwordDigest: `bcrypt_sha256$${digest}` }),
    },
    {
      name: 'has the sign bug of old crypt_blowfish',
      use: 'write "$2x$" instead, if the target takes that',
      of: (digest) => ({ passwordHasher: 'bcrypt', passwordDigest: digest.replace(/^\$2[aby]?\$/, '$2x$$') }),
    },
  ],
  bcrypt_sha256_django: [
    {
      name: 'is bcrypt',
      use: 'set passwordHasher to bcrypt and cut "bcrypt_sha256$" off',
      of: (digest) => ({ passwordHasher: 'bcrypt', passwordDigest: digest.slice(digest.indexOf('$') + 1) }),
    },
  ],
  bcrypt_peppered: [
    {
      name: 'has no pepper',
      use: 'set passwordHasher to bcrypt and cut the pepper off',
      of: (digest) => ({ passwordHasher: 'bcrypt', passwordDigest: digest.slice(0, 60) }),
    },
  ],
  // The two that write `hexsalt:hexkey`: Better Auth, and programs on Node's scrypt with its defaults.
  scrypt_werkzeug: [blockSize(16, 8, 'node-scrypt'), blockSize(8, 16, 'better-auth')],
  scrypt_firebase: [
    firebase('has rounds and memCost exchanged', 'write rounds before memCost', ([h, s, k, sep, rounds, memCost]) => [
      ...[h, s, k, sep, memCost, rounds],
    ]),
    firebase(
      `lacks its salt separator, or has another one than "${SEPARATOR}"`,
      HASH_CONFIG,
      ([h, s, k, , rounds, memCost]) => [...[h, s, k, SEPARATOR, rounds, memCost]],
    ),
    firebase('has no salt separator', 'leave the salt separator empty', ([h, s, k, , rounds, memCost]) => [
      ...[h, s, k, '', rounds, memCost],
    ]),
    firebase(`has rounds ${ROUNDS} and memCost ${MEM_COST}`, HASH_CONFIG, ([h, s, k, sep]) => [
      ...[h, s, k, sep, ROUNDS, MEM_COST],
    ]),
    firebase(`has the separator "${SEPARATOR}", rounds ${ROUNDS} and memCost ${MEM_COST}`, HASH_CONFIG, ([h, s, k]) => [
      h,
      s,
      k,
      SEPARATOR,
      ROUNDS,
      MEM_COST,
    ]),
    firebase('has signer key and salt separator exchanged', 'exchange the two', ([h, s, k, sep, rounds, memCost]) => [
      ...[h, s, sep, k, rounds, memCost],
    ]),
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
    name: `has pepper ${i + 1} of the candidates`,
    use: 'set passwordHasher to bcrypt_peppered and append "$" and the pepper',
    of: (digest) => ({ passwordHasher: 'bcrypt_peppered', passwordDigest: `${digest.slice(0, 60)}$${pepper}` }),
  };
}

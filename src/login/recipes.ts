/** How each hasher that new digests may have is written: parameters, salt, and shares of its work. */
import { BCRYPT_KEY_BYTES } from '../kdf/bcrypt/key.js';
import { OWASP_ARGON2_DEFAULT, OWASP_PBKDF2, OWASP_SCRYPT } from '../owasp.js';
import type { Params } from '../types.js';
import { randomAlphanumeric, randomBytes } from './salt.js';

export interface BcryptTarget {
  /** `bcrypt_peppered` needs the option `pepper`; its digests are written without it. */
  readonly hasher: 'bcrypt' | 'bcrypt_peppered';
  /** log2 of the rounds, 4–31. Default: 12. */
  readonly cost?: number | undefined;
}

export interface Argon2idTarget {
  readonly hasher: 'argon2id';
  /** Memory in KiB. Default: 19456. */
  readonly m?: number | undefined;
  /** Passes. Default: 2. */
  readonly t?: number | undefined;
  /** Lanes. Default: 1. */
  readonly p?: number | undefined;
}

export interface ScryptTarget {
  readonly hasher: 'scrypt_werkzeug';
  /** A power of two. Default: 2^17. */
  readonly N?: number | undefined;
  /** Block size. Default: 8. */
  readonly r?: number | undefined;
  /** Lanes. Default: 1. */
  readonly p?: number | undefined;
}

export interface Pbkdf2Target {
  readonly hasher: 'pbkdf2_sha256_django';
  /** Default: 600 000. */
  readonly iterations?: number | undefined;
}

export type UpgradeTarget = BcryptTarget | Argon2idTarget | ScryptTarget | Pbkdf2Target;
export type UpgradeHasher = UpgradeTarget['hasher'];

/** How one hasher writes new digests. */
export interface Recipe {
  readonly params: Readonly<Record<string, number>>;
  /** Parameters that cannot be chosen. */
  readonly fixed?: Params;
  readonly salt: () => Uint8Array;
  readonly saltBytes: number;
  readonly hashBytes: number;
  /** Parameters whose work together is about this share of that of `params`; exactly `params` for all of it. */
  share(params: Readonly<Record<string, number>>, fraction: number): Readonly<Record<string, number>>[];
  /** Longer passwords would not count whole. */
  readonly maxPasswordBytes?: number;
  /** Why a NUL in a password is refused. */
  readonly nulTerminated?: boolean;
  /** A secret follows the password, and only what `maxPasswordBytes` leaves of it counts. */
  readonly peppered?: boolean;
}

const BCRYPT: Recipe = {
  // OWASP asks for 10 at least; PHP 8.4 and Symfony write 12 and 13.
  params: { cost: 12 },
  fixed: { variant: '2b' },
  salt: () => randomBytes(16),
  saltBytes: 16,
  hashBytes: 23,
  share: ({ cost = 0 }, fraction) => splitIntoPowersOfTwo(2 ** cost * fraction, 4).map((log2) => ({ cost: log2 })),
  maxPasswordBytes: BCRYPT_KEY_BYTES,
  nulTerminated: true,
};

/** 131 bits. */
const SALT_CHARS = 22;
/** "A": as a salt it is bytes, and letters and digits. */
export const LETTER = 65;
const [LARGEST_SCRYPT] = OWASP_SCRYPT;

export const RECIPES: Readonly<Record<UpgradeHasher, Recipe>> = {
  bcrypt: BCRYPT,
  bcrypt_peppered: { ...BCRYPT, maxPasswordBytes: BCRYPT_KEY_BYTES - 1, peppered: true },
  argon2id: {
    params: OWASP_ARGON2_DEFAULT,
    fixed: { version: 19 },
    salt: () => randomBytes(16),
    saltBytes: 16,
    hashBytes: 32,
    share: ({ m = 0, t = 0, p = 0 }, fraction) => [{ m: Math.max(8 * p, Math.round(m * fraction)), t, p }],
  },
  scrypt_werkzeug: {
    params: LARGEST_SCRYPT,
    salt: () => randomAlphanumeric(SALT_CHARS),
    saltBytes: SALT_CHARS,
    hashBytes: 64,
    share: ({ N = 0, r = 0, p = 0 }, fraction) =>
      splitIntoPowersOfTwo(N * fraction, 1).map((log2) => ({ N: 2 ** log2, r, p })),
  },
  pbkdf2_sha256_django: {
    params: { iterations: OWASP_PBKDF2.sha256 },
    salt: () => randomAlphanumeric(SALT_CHARS),
    saltBytes: SALT_CHARS,
    hashBytes: 32,
    share: ({ iterations = 0 }, fraction) => [{ iterations: Math.max(1, Math.round(iterations * fraction)) }],
  },
};

/** Terms of a sum of powers of two: three are within an eighth. */
const TERMS = 3;

/** Their logarithms, largest first; none under `min`. */
function splitIntoPowersOfTwo(amount: number, min: number): number[] {
  const found: number[] = [];
  for (let left = Math.round(amount); left >= 2 ** min && found.length < TERMS; ) {
    const log2 = Math.floor(Math.log2(left));
    found.push(log2);
    left -= 2 ** log2;
  }
  return found;
}

/**
 * The minima that OWASP publishes for password hashes.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, read on 2026-11-30.
 */

/** Argon2id: equal in strength, the most memory first. m in KiB; p is 1. */
export const OWASP_ARGON2: readonly { readonly m: number; readonly t: number }[] = [
  { m: 47_104, t: 1 },
  { m: 19_456, t: 2 },
  { m: 12_288, t: 3 },
  { m: 9_216, t: 4 },
  { m: 7_168, t: 5 },
];

/** The set that OWASP names first, and the default for new digests. */
export const OWASP_ARGON2_DEFAULT: Readonly<Record<'m' | 't' | 'p', number>> = { m: 19_456, t: 2, p: 1 };

type ScryptSet = Readonly<Record<'N' | 'r' | 'p', number>>;

/** scrypt: equal in strength, the most memory first. */
export const OWASP_SCRYPT: readonly [ScryptSet, ...ScryptSet[]] = [
  { N: 2 ** 17, r: 8, p: 1 },
  { N: 2 ** 16, r: 8, p: 2 },
  { N: 2 ** 15, r: 8, p: 3 },
  { N: 2 ** 14, r: 8, p: 5 },
  { N: 2 ** 13, r: 8, p: 10 },
];

/** bcrypt: log2 of the rounds. */
export const OWASP_BCRYPT_COST = 10;

/** PBKDF2: iterations by the hash function of its HMAC. */
export const OWASP_PBKDF2 = { sha1: 1_400_000, sha256: 600_000, sha512: 220_000 } as const;

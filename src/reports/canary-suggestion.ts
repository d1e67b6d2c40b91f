/** What makes known passwords match that do not: data, which presentation words. Nothing secret: a pepper is its number. */

/** What a digest is, other than its row says. */
export const DIGEST_READINGS = [
  /** Of `hasher`. */
  'other-hasher',
  /** Salted with the password before the salt. */
  'password-first',
  /** The salt is text, and was read as hexadecimal. */
  'text-salt',
  /** Made by crypt_blowfish before 1.1, `$2x$`. */
  'sign-bug',
  'no-pepper',
  /** With candidate `pepper`, counted from 1. */
  'pepper',
  /** scrypt with block size `r`, as `writer` has it. */
  'block-size',
  /** Firebase: `rounds` and `memCost` in each other's place. */
  'exchanged-costs',
  /** Firebase: the salt separator that projects have by default. */
  'default-separator',
  'no-separator',
  /** Firebase: `rounds` and `memCost` that projects have by default. */
  'default-costs',
  'default-separator-and-costs',
  /** Firebase: signer key and salt separator in each other's place. */
  'exchanged-keys',
] as const;

/** What is hashed in the place of the password. */
export const PASSWORD_READINGS = [
  'trimmed',
  'nfc',
  'nfkc',
  'nfd',
  'nfkd',
  'latin-1',
  'utf-16le',
  'lower-case',
  'upper-case',
  'md5-hex',
  'sha1-hex',
  'sha256-hex',
  'sha512-hex',
  'sha256-base64',
  'sha512-base64',
  'sha384-base64',
  'html-entities',
  'backslashes',
  /** Each with candidate `pepper`, counted from 1. */
  'pepper-after',
  'pepper-before',
  'pepper-hmac-sha512-base64',
  'pepper-hmac-sha256-hex',
] as const;

/** What a hash is of, whose salt is in another field. */
export const SALT_CONSTRUCTIONS = [
  'salt-password',
  'password-salt',
  'hash-of-password-salt',
  'hash-of-salt-hash-of-password',
  'salt-hash-of-password',
  'salted-thrice',
  'salt-password-salt',
  'hmac-keyed-by-salt',
  'hmac-keyed-by-password',
  'pbkdf2',
] as const;

export type DigestReadingKind = (typeof DIGEST_READINGS)[number];
export type PasswordReadingKind = (typeof PASSWORD_READINGS)[number];
export type SaltConstruction = (typeof SALT_CONSTRUCTIONS)[number];

export interface DigestReading {
  readonly kind: DigestReadingKind;
  readonly hasher?: string;
  readonly pepper?: number;
  readonly r?: number;
  readonly writer?: string;
}

export interface PasswordReading {
  readonly kind: PasswordReadingKind;
  readonly pepper?: number;
}

interface Counts {
  /** Known passwords that match by it, of those it was tried with: all that do not match otherwise. */
  readonly matched: number;
  readonly of: number;
}

export type CanarySuggestion =
  /** Digests of `hasher` are read in another way, or the password is, or both. */
  | (Counts & {
      readonly kind: 'reading';
      readonly hasher: string;
      readonly digest?: DigestReading;
      readonly password?: PasswordReading;
    })
  /** How a hash and the salt in another field belong together. */
  | (Counts & {
      readonly kind: 'separate-salt';
      readonly construction: SaltConstruction;
      /** Such as `md5`. */
      readonly algorithm: string;
      /** Of PBKDF2. */
      readonly iterations?: number;
      /** The salt is decoded from it. */
      readonly saltEncoding?: 'hex' | 'base64';
      /** Takes the two as `salt$hash`. */
      readonly hasher?: string;
    })
  /** A salt in another field is hashed with the password, before the hasher adds its own. */
  | (Counts & { readonly kind: 'second-salt'; readonly order: 'password-salt' | 'salt-password' });

/** Those of several parts: the same one is counted together. */
export function mergeSuggestions(all: readonly CanarySuggestion[]): readonly CanarySuggestion[] {
  const merged = new Map<string, CanarySuggestion>();
  for (const one of all) {
    const key = JSON.stringify({ ...one, matched: 0, of: 0 });
    const before = merged.get(key) ?? { matched: 0, of: 0 };
    merged.set(key, { ...one, matched: before.matched + one.matched, of: before.of + one.of });
  }
  return [...merged.values()];
}

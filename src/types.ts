/** The words of digestry as types: a hasher, what it parses, what it costs, what verification answers. */
import type { DigestError } from './errors.js';
import type { Kdfs } from './jobs.js';

/**
 * What a digest needs from other columns of its row, where its text does not hold it. Text is read as the format writes it
 * (a salt in hexadecimal is decoded); bytes are the value itself. Secret.
 */
export interface Companions {
  readonly salt?: string | Uint8Array | null | undefined;
  readonly username?: string | Uint8Array | null | undefined;
  /** A secret of the whole site. */
  readonly pepper?: string | Uint8Array | null | undefined;
  /** Other columns by the format's names for them, such as `iterations` or `algorithm`. */
  readonly params?: CompanionParams | null | undefined;
}

export type CompanionParams = Readonly<Record<string, CompanionValue | null | undefined>>;
export type CompanionValue = string | number | boolean | readonly (string | number)[];

/** A stored password as user-import APIs take it. */
export interface Credential extends Companions {
  /** Name of the format, for example `bcrypt`. */
  readonly passwordHasher: string;
  /** The whole stored string. */
  readonly passwordDigest: string;
}

/**
 * A stored password as a database row has it. A user without a password (null, undefined or empty) is data, as is text
 * that a driver returns as bytes.
 */
export interface StoredCredential extends Companions {
  /** Null and undefined where the user has no password. */
  readonly passwordHasher?: string | Uint8Array | null | undefined;
  /** Bytes are read as UTF-8. Null, undefined and empty: the user has no password. */
  readonly passwordDigest?: string | Uint8Array | null | undefined;
}

/** Text is encoded as UTF-8 (a lone surrogate becomes U+FFFD); bytes are taken as they are, a NUL like any other. */
export type Password = string | Uint8Array;

export type WarningCode =
  /** Verifies here; another verifier that compares text may refuse it. `serialize(parse(x)) !== x`. */
  | 'WARN_NONCANONICAL'
  /** A salt or hash that is shorter than what known writers write. */
  | 'WARN_LENGTH'
  /** A salt or separator that is not there; some verifiers refuse that. */
  | 'WARN_EMPTY'
  /** A quote and the like at the open edge of free text, or what is not seen within: a part of it, or of an export. */
  | 'WARN_QUOTE'
  /** A variant that exists because of a bug, for example `$2x$`. */
  | 'WARN_VARIANT'
  /** An old version of the algorithm, for example Argon2 version 16. */
  | 'WARN_VERSION'
  /** The record that the digest came in is not whole. */
  | 'WARN_ROW'
  /** The target's rule for this is not published: it may or may not accept. */
  | 'WARN_TARGET_UNKNOWN'
  /** The conversion is exact for the digest, yet passwords may be prepared differently there. */
  | 'WARN_PASSWORD_FORM';

export type NoteCode =
  /** Fast or broken hash function: a stolen table is soon read. */
  | 'NOTE_INSECURE'
  /** Parameters under today's published minimum. */
  | 'NOTE_LOW_COST'
  /** The import API does not publish this form; digestry assumes it. */
  | 'NOTE_ASSUMED'
  /** A part of the pepper cannot have an effect. */
  | 'NOTE_PEPPER_TRUNCATED'
  /** The export has another system's form, or the parts of a digest: what was checked is the digest made of it. */
  | 'NOTE_CONVERTED'
  /** The user has several digests, of which one was taken. */
  | 'NOTE_SEVERAL'
  /** Another system checks the password: here only the shape can be checked. */
  | 'NOTE_UNVERIFIABLE';

/** Something worth saying of a digest that parses. `message` and `fix` hold no piece of the digest. */
export interface Finding {
  readonly code: WarningCode | NoteCode;
  /** What distinguishes findings with the same code and field, such as the system that a digest was converted from. */
  readonly subcode?: string;
  readonly severity: 'warning' | 'note';
  readonly message: string;
  readonly field?: string;
  /** In UTF-16 code units of the digest. */
  readonly offset?: number;
  readonly fix?: string;
}

/** Parameter values by their name in the format: numbers, or a short word such as bcrypt's variant. Never secret. */
export type Params = Readonly<Record<string, number | string>>;

/** A digest, read. Shown or written as JSON it gives params and lengths, never salt, hash or context. */
export interface Parsed<P extends object = Params, X = unknown> {
  readonly params: P;
  /** The bytes that the KDF takes as salt. Empty where the format has none. */
  readonly salt: Uint8Array;
  /** The bytes that a verification must arrive at. */
  readonly hash: Uint8Array;
  /** What else `derive` needs (pepper, signer key). Secret: never shown. */
  readonly context: X;
  /** What parsing noticed. */
  readonly warnings: readonly Finding[];
}

export type KdfName = 'bcrypt' | 'pbkdf2' | 'scrypt' | 'argon2' | 'iteratedHash' | 'crypt' | 'hash';

/** One quantity that a policy bounds. */
export interface Demand {
  /** The bound in `Limits`. */
  readonly limit: LimitName;
  /** The field of the digest that asks for it, in the digest's own words. */
  readonly field: string;
  /** What is counted: the field itself, or a quantity that it makes, such as `memoryBytes`. */
  readonly param: string;
  readonly value: number;
  /** How much of the limit one of `value` is: 1024 for KiB against a limit in bytes. Default: 1. */
  readonly unit?: number;
}

/** What one verification asks of a machine. Linear: twice the work is twice the number. */
export interface Cost {
  readonly kdf: KdfName;
  /** The hash function inside, where the KDF can have several. */
  readonly algorithm?: string;
  /** The KDF's inputs by their symbols in its RFC (`c`, `N r p`, `m t p`); for bcrypt its `cost`. Empty for a plain hash. */
  readonly symbols: Readonly<Record<string, number>>;
  /** In the KDF's own steps: bcrypt 2^cost, PBKDF2 iterations × blocks, scrypt N·r·p, Argon2 m·t, crypt(3) rounds, hash calls. */
  readonly work: number;
  readonly memoryBytes: number;
  readonly demands: readonly Demand[];
}

/** Largest values that are accepted. `Infinity` switches one off. */
export interface Limits {
  /** Characters (UTF-16 code units) of a digest. */
  readonly digestChars: number;
  /** Bytes of a password. */
  readonly passwordBytes: number;
  /** bcrypt: log2 of the rounds. */
  readonly bcryptCost: number;
  /** PBKDF2: iterations c. */
  readonly pbkdf2Iterations: number;
  /** PBKDF2: iterations × blocks of output; every block costs all iterations. */
  readonly pbkdf2Work: number;
  /** scrypt and yescrypt: 128·N·r, and 128·r·p. */
  readonly scryptMemoryBytes: number;
  /** scrypt: N·r·p; yescrypt: as many steps. */
  readonly scryptWork: number;
  /** Argon2: 1024·m. */
  readonly argon2MemoryBytes: number;
  /** Argon2: passes t. */
  readonly argon2Passes: number;
  /** Argon2: lanes p. */
  readonly argon2Lanes: number;
  /** phpass: hash calls after the first. */
  readonly phpassIterations: number;
  /** Symfony: hash calls. */
  readonly symfonyIterations: number;
  /** Recipes: hash calls of their loops together. */
  readonly hashIterations: number;
  /** crypt(3): rounds; rounds × blocks of a message where a long password makes that many. */
  readonly cryptRounds: number;
}

/** Limits over the default ones. */
export type LimitOptions = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };

export type LimitName = Exclude<keyof Limits, 'digestChars' | 'passwordBytes'>;

/** One format: its grammar and the KDF it means. Comparison, limits and rehash rules live elsewhere, once. */
export interface Hasher<P extends object = Params, X = unknown> {
  readonly name: string;
  /** Literal signatures that a digest begins with; `[]` if only the structure shows it. Compared without case. */
  readonly prefixes: readonly string[];
  /** The hash is fast or broken: an import API upgrades it at the first sign-in. */
  readonly insecure: boolean;
  /** The form is not published by the import API: digestry says what it assumes. */
  readonly assumed: boolean;
  /** The last field is free text, so a cut-off digest cannot be distinguished from a whole one. */
  readonly freeTail: boolean;
  /** Whether a password can be verified here: false where another system checks it, and `derive` throws ERR_UNVERIFIABLE. */
  readonly verifiable: boolean;
  /** For self-tests, documentation and benchmarks. Without `password` where the hasher is not verifiable. */
  readonly example: Example;
  /** What its digests may need from other columns. Absent: nothing. */
  readonly companions?: readonly CompanionNeed[] | undefined;
  /**
   * @param companions of the digest's row; looked at where the hasher has some.
   * @throws {DigestError} with code, field and offset; a missing companion is ERR_MALFORMED with its name as field.
   */
  parse(digest: string, companions?: Companions): Parsed<P, X>;
  /** The companions that `parse` needs with what `serialize` writes. */
  getCompanions?(parsed: Parsed<P, X>): Companions | undefined;
  /** The canonical text. */
  serialize(parsed: Parsed<P, X>): string;
  /** Pure; asked before anything is allocated. */
  cost(params: P): Cost;
  /** Where `field` begins in a digest that parses; undefined where it has no place of its own. For messages only. */
  locate?(digest: string, field: string): number | undefined;
  /** The bytes to compare with `parsed.hash`. */
  derive(password: Uint8Array, parsed: Parsed<P, X>, kdfs: Kdfs): Uint8Array | Promise<Uint8Array>;
}

/** A digest of a known password, with what it needs from other columns. */
export interface Example extends Companions {
  readonly password?: string;
  readonly digest: string;
}

/** A companion that a hasher knows. */
export interface CompanionNeed {
  /** `salt`, `username`, `pepper`, or a name in `params`. */
  readonly name: string;
  /** Whether a digest may come without it: its text may hold it, or there is a default. */
  readonly optional: boolean;
}

/** A hasher whatever its parameters: what a registry holds. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are the hasher's own business; a registry only hands them back to it
export type AnyHasher = Hasher<any, any>;

/** Why a digest that matched should be replaced by a new one. */
export interface RehashReason {
  readonly reason: /** The hash function is fast or broken. */
    | 'insecure'
    /** A cost parameter is under the wanted minimum. */
    | 'cost'
    /** A variant or version that exists for old digests only. */
    | 'variant'
    /** The same digest has a canonical spelling. */
    | 'non-canonical'
    /** The wanted hasher is another one. */
    | 'hasher'
    /** The password matched as it was typed, and not in the form of Unicode that `normalize` asks for. */
    | 'normalization';
  readonly message: string;
  readonly param?: string;
  readonly actual?: number;
  readonly wanted?: number;
}

/** What a verification found. A mismatch is not an error, and a malformed digest is never a mismatch. */
export type Verdict =
  | { readonly outcome: 'match'; readonly rehash: readonly RehashReason[] }
  | { readonly outcome: 'mismatch' }
  | { readonly outcome: 'rejected'; readonly error: DigestError };

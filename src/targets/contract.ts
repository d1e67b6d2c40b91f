/** What an import target takes, as data. What no source says is 'unknown', never guessed. */

export interface Citation {
  readonly what: string;
  readonly url: string;
  /** When it was read, or the version that was run. */
  readonly seen: string;
}

/** The values of one parameter that the target takes. */
export interface ParamRule {
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly (number | string)[];
  /** What holds for other values, where the sources do not say that they are refused. */
  readonly otherwise?: 'unknown';
  /** What to do with a digest that has another value. */
  readonly fix?: string;
}

/**
 * The text that a target takes instead of the hasher's own: Supabase's `$fbscrypt$`, PBKDF2 as a PHC string, bcrypt's
 * `$2b$` for `$2y$`; `other` where it is several fields, which are not written here.
 */
export type TargetForm = 'fbscrypt' | 'phc-pbkdf2' | 'bcrypt-2b' | 'other';

export interface HasherRule {
  readonly accepts: 'yes' | 'no' | 'unknown';
  /** How the digest is handed over there, where it is not as `{ passwordHasher, passwordDigest }`. */
  readonly as?: string;
  /** Absent where the text is the digest's own. */
  readonly form?: TargetForm;
  readonly params?: Readonly<Record<string, ParamRule>>;
  /** Fields that must be spelled canonically, since that verifier compares text. */
  readonly canonical?: readonly string[];
  /** Fields that are refused there where they are empty. */
  readonly nonEmpty?: readonly string[];
  readonly note?: string;
}

export interface ImportTarget {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly Citation[];
  /** By hasher; one that is not listed is not accepted. */
  readonly rules: Readonly<Record<string, HasherRule>>;
}

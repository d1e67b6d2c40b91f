/** What an import target takes, as data. What no source says is 'unknown', never guessed. */

export interface Source {
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

export interface HasherRule {
  readonly accepts: 'yes' | 'no' | 'unknown';
  /** How the digest is handed over there, where it is not as `{ passwordHasher, passwordDigest }`. */
  readonly as?: string;
  readonly params?: Readonly<Record<string, ParamRule>>;
  /** Fields that must be spelled canonically, since that verifier compares text. */
  readonly canonical?: readonly string[];
  /** Fields that are refused there where they are empty. */
  readonly nonEmpty?: readonly string[];
  readonly note?: string;
}

export interface Target {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly Source[];
  /** By hasher; one that is not listed is not accepted. */
  readonly rules: Readonly<Record<string, HasherRule>>;
}

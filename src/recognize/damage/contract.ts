/** What a module of this folder answers: whether a text shows its damage, and the text without it. */

/** A damage that was recognised, or several, one over the other. */
export interface Damage {
  /** A stable name for it; of several, joined by "+" from the outermost on. */
  readonly name: string;
  /** The digest as it was. */
  readonly digest: string;
  /** Where in the damaged text; of several, the outermost. */
  readonly offset: number;
  readonly problem: string;
  readonly fix: string;
  /** How many are nested; absent for one. */
  readonly depth?: number;
}

/** Undefined where the text does not show it. Reads the text once. */
export type Recogniser = (text: string) => Damage | undefined;

/** Something around the digest, from its first character to its last. */
export function around(name: string, what: string, digest: string, fix = `remove ${what} around the digest`): Damage {
  return { name, digest, offset: 0, problem: `${what} around the digest`, fix };
}

/** The whole digest in another encoding. */
export function encodedAs(name: string, encoding: string, digest: string, offset = 0): Damage {
  return { name, digest, offset, problem: `the digest is encoded in ${encoding}`, fix: `decode it from ${encoding}` };
}

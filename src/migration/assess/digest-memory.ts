/** Outcomes of digests of one form that are taken from the bytes of a row. */
import type { RowSpans } from '../rows/index.js';
import type { DigestSpans } from './layouts/index.js';
import type { Outcome } from './outcome.js';

const MAX_REMEMBERED = 64;

/** An outcome, and the rows that it holds for. */
export interface RememberedDigest {
  readonly number: number;
  readonly outcome: Outcome;
  readonly hasher: Uint8Array;
  /** Of the digest what is neither salt nor hash. */
  readonly key: Uint8Array;
  /** The digest has salt and hash in hexadecimal, and the bytes in Base64. */
  readonly isHex: boolean;
  readonly saltChars: number;
  readonly hashChars: number;
}

export class DigestMemory {
  /** The one that was met last first. */
  readonly #digests: RememberedDigest[] = [];

  get isFull(): boolean {
    return this.#digests.length >= MAX_REMEMBERED;
  }

  /** @param name of the row's hasher, where it is the same object as before. */
  find({ bytes, hasher, hasherEnd }: RowSpans, digest: DigestSpans, name: Uint8Array): RememberedDigest | undefined {
    const memory = this.#digests;
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = digest;
    for (let i = 0; i < memory.length; i++) {
      const known = memory[i] as RememberedDigest;
      if (
        known.hashChars === hashEnd - hash &&
        known.saltChars === saltEnd - salt &&
        known.key.length === keyEnd - keyStart &&
        known.hasher.length === hasherEnd - hasher &&
        isEqual(known.key, bytes, keyStart) &&
        (known.hasher === name || isEqual(known.hasher, bytes, hasher))
      ) {
        if (i > 0) {
          memory[i] = memory[i - 1] as RememberedDigest;
          memory[i - 1] = known;
        }
        return known;
      }
    }
    return undefined;
  }

  add(remembered: RememberedDigest): void {
    this.#digests.push(remembered);
  }
}

export function isEqual(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = known.length - 1; i >= 0; i--) if (known[i] !== bytes[start + i]) return false;
  return true;
}

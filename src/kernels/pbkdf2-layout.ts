/** Where PBKDF2's kernels keep what, in bytes. A row is one word of every lane. */
import { measureRow } from './rows.js';

export interface Pbkdf2Layout {
  readonly lanes: number;
  readonly wordBytes: 4 | 8;
  readonly bigEndian: true;
  readonly digestBytes: number;
  readonly blockBytes: number;
  readonly rowBytes: number;
  /** Chaining value after the key's block of the inner hash; that of the outer hash, and then U, follow at once. */
  readonly innerAt: number;
  readonly outerAt: number;
  /** U of RFC 8018 §5.2. */
  readonly uAt: number;
  /** The sum of all U. */
  readonly tAt: number;
  readonly anchorAt: number;
  /** The block for `key`, and the rows that it expands to. */
  readonly blockAt: number;
  readonly end: number;
}

/** Constants come before; secrets begin here. */
export const WORK_AT = 1024;

const HASHES = {
  sha1: { wordBytes: 4, digestBytes: 20, blockBytes: 64, steps: 80 },
  sha256: { wordBytes: 4, digestBytes: 32, blockBytes: 64, steps: 64 },
  sha512: { wordBytes: 8, digestBytes: 64, blockBytes: 128, steps: 80 },
} as const;

/** The hash functions that have kernels. */
export type KernelPrf = keyof typeof HASHES;

export function pbkdf2Layout(prf: KernelPrf, lanes: number): Pbkdf2Layout {
  const { steps, ...hash } = HASHES[prf];
  const rowBytes = measureRow(lanes, hash.wordBytes);
  const at = (digests: number): number => WORK_AT + digests * (hash.digestBytes / hash.wordBytes) * rowBytes;
  const blockAt = at(4) + rowBytes;
  return {
    ...hash,
    lanes,
    bigEndian: true,
    rowBytes,
    innerAt: at(0),
    outerAt: at(1),
    uAt: at(2),
    tAt: at(3),
    anchorAt: at(4),
    blockAt,
    end: blockAt + steps * rowBytes,
  };
}

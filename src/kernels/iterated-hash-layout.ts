/** Where the kernels of the hash loop keep what, in bytes. A row is one word of every lane. */
import { measureRow } from './rows.js';

/** Hash functions with kernels of the hash loop. */
export type IteratedAlgorithm = 'md5' | 'sha512';

/** Constants come before; secrets begin here. */
export const WORK_AT = 1024;
/** Rows of h, for the largest digest. */
const H_ROWS = 8;

export interface IteratedHashLayout {
  readonly lanes: number;
  readonly wordBytes: 4 | 8;
  readonly bigEndian: boolean;
  readonly digestBytes: number;
  readonly blockBytes: number;
  readonly rowBytes: number;
  readonly hAt: number;
  readonly anchorAt: number;
  /** The blocks of H(h ‖ suffix), one after the other. */
  readonly blocksAt: number;
  /** From one block to the next: a row for every step of the compression. */
  readonly blockStride: number;
  /** The first block is prepared too: its words enter the steps as they are. */
  readonly prepareFirst: boolean;
}

const HASHES = {
  md5: { wordBytes: 4, bigEndian: false, digestBytes: 16, blockBytes: 64, steps: 64, prepareFirst: true },
  sha512: { wordBytes: 8, bigEndian: true, digestBytes: 64, blockBytes: 128, steps: 80, prepareFirst: false },
} as const;

export function iteratedHashLayout(algorithm: IteratedAlgorithm, lanes: number): IteratedHashLayout {
  const { steps, ...hash } = HASHES[algorithm];
  const rowBytes = measureRow(lanes, hash.wordBytes);
  const anchorAt = WORK_AT + H_ROWS * rowBytes;
  const blocksAt = anchorAt + rowBytes;
  return { ...hash, lanes, rowBytes, hAt: WORK_AT, anchorAt, blocksAt, blockStride: steps * rowBytes };
}

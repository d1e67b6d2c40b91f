/** Where the kernels of a loop over messages keep what, in bytes. A row is one word of every lane. */
import type { ChainedHash } from '../jobs.js';
import { measureRow } from './rows.js';

/** Constants come before; secrets begin here. */
export const WORK_AT = 1024;
/** Rows of h, for the largest digest. */
const H_ROWS = 8;
/** Entries of the order in which messages are hashed. */
const MOST_ENTRIES = 42;
/** Of the messages of one lane. */
const MESSAGE_BYTES = 4096;
/** Lanes at the same place of a page would look like one address to the core. */
const LANE_GAP = 192;

export interface MessageLoopLayout {
  readonly lanes: number;
  readonly wordBytes: 4 | 8;
  readonly bigEndian: boolean;
  readonly digestBytes: number;
  readonly blockBytes: number;
  readonly rowBytes: number;
  readonly hAt: number;
  readonly anchorAt: number;
  /** The order of messages: of each the place of its first block, that after its last one, and that of h in every lane. */
  readonly entriesAt: number;
  readonly entryBytes: number;
  /** Messages of the first lane. */
  readonly messagesAt: number;
  readonly messageBytes: number;
  /** From the messages of one lane to those of the next. */
  readonly laneStride: number;
  readonly end: number;
}

const HASHES: { readonly [A in ChainedHash]: Pick<MessageLoopLayout, 'wordBytes' | 'bigEndian' | 'digestBytes'> } = {
  md5: { wordBytes: 4, bigEndian: false, digestBytes: 16 },
  sha1: { wordBytes: 4, bigEndian: true, digestBytes: 20 },
  sha256: { wordBytes: 4, bigEndian: true, digestBytes: 32 },
  sha512: { wordBytes: 8, bigEndian: true, digestBytes: 64 },
};

export function messageLoopLayout(algorithm: ChainedHash, lanes: number): MessageLoopLayout {
  const hash = HASHES[algorithm];
  const rowBytes = measureRow(lanes, hash.wordBytes);
  const anchorAt = WORK_AT + H_ROWS * rowBytes;
  const entriesAt = anchorAt + rowBytes;
  const entryBytes = 4 * (2 + lanes);
  const messagesAt = Math.ceil((entriesAt + MOST_ENTRIES * entryBytes) / 64) * 64;
  const laneStride = MESSAGE_BYTES + LANE_GAP;
  return {
    ...hash,
    lanes,
    blockBytes: 16 * hash.wordBytes,
    rowBytes,
    hAt: WORK_AT,
    anchorAt,
    entriesAt,
    entryBytes,
    messagesAt,
    messageBytes: MESSAGE_BYTES,
    laneStride,
    end: messagesAt + lanes * laneStride,
  };
}

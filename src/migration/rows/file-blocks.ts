/** A plain file in UTF-8, as blocks. The same file gives the same blocks to each reader. */

import { Buffer, isUtf8 } from 'node:buffer';
import { readSync } from 'node:fs';
import { InputProblem, readProblem } from '../../files/input-problem.js';
import type { Format } from '../../reports/check-report.js';
import { CR, LF } from '../ascii.js';
import { notUtf8, wholeUtf8 } from '../input/text.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, Scanned } from './block.js';

/** Large enough that a turn for each costs nothing, small enough to stay in the cache. */
export const BLOCK_BYTES: number = 1024 * 1024;

export interface BlockStep extends Scanned {
  /** The file ends with this block. */
  readonly last: boolean;
}

/** What is done with bytes that are not UTF-8, by the format; in others the file is read no further. */
const BROKEN: { readonly [F in Format]?: 'reject-record' | 'leave' } = {
  json: 'reject-record',
  ndjson: 'reject-record',
  // In values that are not needed they do not matter.
  sql: 'leave',
};

export class FileBlocks {
  readonly #fd: number;
  readonly #format: Format;
  readonly #bytes: Buffer = Buffer.allocUnsafe(BLOCK_BYTES + 1);

  /**
   * @param fd may be read by several threads, each at its own place.
   */
  constructor(fd: number, format: Format) {
    this.#fd = fd;
    this.#format = format;
  }

  /**
   * Scans the block at `offset`, which begins with a record.
   * @param line of its first byte.
   * @throws {InputProblem} where the file cannot be read.
   */
  scan(reader: BlockReader, offset: number, line: number): BlockStep {
    for (let bytes = this.#bytes; ; ) {
      const length = this.#fill(bytes, offset);
      const last = length < bytes.length - 1;
      const scanned = scanBlock(reader, { bytes, length, offset, line, last }, this.#format);
      if (scanned.consumed > 0 || last || scanned.problem !== undefined) return { ...scanned, last };
      // A record that is longer than the block. The next block has the usual size, on each thread.
      bytes = Buffer.allocUnsafe(Math.min(4 * bytes.length, 2 * MAX_RECORD_SIZE + BLOCK_BYTES));
    }
  }

  /** Until the room is full or the file ends. */
  #fill(bytes: Buffer, offset: number): number {
    const room = bytes.length - 1;
    let length = 0;
    try {
      while (length < room) {
        const read = readSync(this.#fd, bytes, length, room - length, offset + length);
        if (read === 0) break;
        length += read;
      }
    } catch (error) {
      throw readProblem(error);
    }
    return length;
  }
}

/** Scans a block of bytes that may not be UTF-8. */
export function scanBlock(reader: BlockReader, block: Block, format: Format): Scanned {
  const { bytes, length, offset, line, last } = block;
  const broken = BROKEN[format];
  if (broken === 'leave') return reader.scan(block);
  const whole = wholeUtf8(bytes.subarray(0, length));
  if (isUtf8(bytes.subarray(0, whole)) && (whole === length || !last)) return reader.scan({ ...block, length: whole });
  if (broken === 'reject-record') return reader.scan({ ...block, isBroken: true });
  const { valid, problem } = notUtf8(bytes.subarray(0, length), offset);
  const scanned = reader.scan({ bytes, length: valid, offset, line, last: false });
  if (scanned.problem !== undefined) return scanned;
  const { code, message, byteOffset, fix } = problem;
  return {
    ...scanned,
    problem: new InputProblem(code, message, { byteOffset, fix, line: line + lineEnds(bytes, valid) }),
  };
}

/** LFs; CRs in a text without LF. */
function lineEnds(bytes: Uint8Array, end: number): number {
  let lf = 0;
  let cr = 0;
  for (let i = 0; i < end; i++) {
    if (bytes[i] === LF) lf++;
    else if (bytes[i] === CR) cr++;
  }
  return lf === 0 ? cr : lf;
}

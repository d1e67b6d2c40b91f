/** The last head of an INSERT: that of the next one is likely the same, byte for byte, and is not read again then. */
import type { Buffer } from 'node:buffer';
import { isWordByte } from './sql-lexer.js';
import type { SqlTarget } from './sql-rows.js';

/** A dump has as many kinds of them as tables. */
const MAX_HEAD = 64 * 1024;

export class SqlLastHead {
  #bytes: Buffer | undefined;
  #target: SqlTarget | undefined;

  keep(bytes: Buffer, start: number, end: number, target: SqlTarget): void {
    if (end - start > MAX_HEAD) return;
    this.#bytes = Uint8Array.prototype.slice.call(bytes, start, end) as Buffer;
    this.#target = target;
  }

  /** The table of its rows, where the head is here once more. */
  at(bytes: Buffer, at: number, to: number): SqlTarget | undefined {
    return this.#bytes !== undefined && startsWith(bytes, at, to, this.#bytes) ? this.#target : undefined;
  }

  get length(): number {
    return this.#bytes?.length ?? 0;
  }
}

function startsWith(bytes: Buffer, at: number, to: number, head: Buffer): boolean {
  const { length } = head;
  // The word after VALUES may go on.
  if (at + length >= to || isWordByte(bytes[at + length] as number)) return false;
  for (let i = length - 1; i >= 0; i--) if (bytes[at + i] !== head[i]) return false;
  return true;
}

/** A text that comes in chunks, as blocks. */
import { Buffer } from 'node:buffer';
import type { Format } from '../../reports/check-report.js';
import type { BlockReader, RowSink } from './block.js';
import { scanBlock } from './file-blocks.js';

/** As many bytes together, so that the chunks of a pipe do not matter. */
const BLOCK_BYTES = 1024 * 1024;

/**
 * Delivers each block to the sink.
 * @param chunks of text, or of bytes that may not be UTF-8.
 * @param format of bytes.
 * @yields after each, the bytes of UTF-8 so far.
 * @throws {InputProblem} where the export cannot be read to its end; all before that is delivered.
 */
export async function* streamBlocks(
  chunks: AsyncIterable<string | Buffer>,
  reader: BlockReader,
  sink: RowSink,
  format?: Format,
): AsyncGenerator<number> {
  let bytes = Buffer.allocUnsafe(BLOCK_BYTES + 1);
  let length = 0;
  let line = 1;
  let total = 0;
  let failed: { readonly error: unknown } | undefined;

  /** @returns false without a whole record. */
  function take(last: boolean): boolean {
    const block = { bytes, length, offset: total, line, last };
    const { consumed, lines, problem } = format === undefined ? reader.scan(block) : scanBlock(reader, block, format);
    reader.deliver(sink);
    bytes.copyWithin(0, consumed, length);
    length -= consumed;
    line += lines;
    total += consumed;
    if (problem !== undefined) throw problem;
    return consumed > 0;
  }

  const pieces = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<string | Buffer>;
      try {
        next = await pieces.next();
      } catch (error) {
        // What came before counts.
        failed = { error };
        break;
      }
      if (next.done) break;
      const chunk = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
      for (let at = 0; at < chunk.length; ) {
        const room = bytes.length - 1 - length;
        const copied = chunk.copy(bytes, length, at, at + room);
        at += copied;
        length += copied;
        if (length < bytes.length - 1) break;
        if (!take(false)) {
          const more = Buffer.allocUnsafe(2 * bytes.length);
          bytes.copy(more, 0, 0, length);
          bytes = more;
        }
        yield total;
      }
    }
    if (length > 0) {
      take(failed === undefined);
      yield total;
    }
    if (failed !== undefined) throw failed.error;
  } finally {
    await pieces.return?.();
  }
}

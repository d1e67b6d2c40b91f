/**
 * CSV by RFC 4180, in blocks. Delimiter and line end are taken from the first line. Line numbers are physical ones: a
 * quoted field may hold line ends.
 */

import type { Buffer } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import { CR, LF, SPACE, TAB } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { type Dialect, detectDialect } from './csv-dialect.js';
import { CsvHeader } from './csv-header.js';
import { CsvLayout } from './csv-layout.js';
import { CsvMachine } from './csv-machine.js';
import { CsvFinder } from './csv-simd.js';
import { newFinder } from './finder.js';

const HASH = 35;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** How a CSV is written, and what its columns are called. */
export interface CsvSettled {
  readonly dialect: Dialect;
  /** The first row, which may be a user instead of a header. */
  readonly header: readonly string[];
}

export function csvBlocks(bind: Bind, settled?: CsvSettled): BlockReader {
  return new CsvBlocks(bind, settled);
}

class CsvBlocks implements BlockReader {
  readonly digestSeen = true;
  readonly #layout = new CsvLayout();
  readonly #header: CsvHeader;
  #dialect: Dialect | undefined;
  #machine: CsvMachine | undefined;
  #block: Block | undefined;
  /** Records of the layout that are not users: the header and the records before it. */
  #skipped = 0;

  constructor(bind: Bind, settled: CsvSettled | undefined) {
    this.#header = new CsvHeader(bind);
    if (settled === undefined) return;
    this.#settle(settled.dialect);
    this.#header.open(settled.header, 1);
  }

  get source(): string | undefined {
    return this.#header.table?.source;
  }

  get settled(): CsvSettled | undefined {
    const { names } = this.#header;
    return this.#dialect && names && { dialect: this.#dialect, header: names };
  }

  scan(block: Block): Scanned {
    const { bytes, length, line, last } = block;
    this.#block = block;
    this.#skipped = 0;
    this.#layout.clear(0);
    const start = line === 1 ? byteOrderMarkLength(bytes) : 0;
    const machine = this.#machine ?? this.#settle(detectDialect(bytes, start, length, last));
    if (machine === undefined) return this.#passBlanks();
    const { at, lines, rest } = machine.scan(bytes, start, length, last);
    if (this.#header.table === undefined) this.#skipped = this.#header.search(block, this.#layout);
    if (rest === 'quoted' && last) return { consumed: length, lines, problem: unclosedQuote(line + lines) };
    return this.#cut(at, lines, rest === 'quoted');
  }

  deliver(sink: RowSink): void {
    if (this.#block === undefined) return;
    this.#header.table?.deliver(sink, this.#block, this.#layout, this.#skipped, this.#layout.count);
  }

  end(): void {
    if (this.#header.table === undefined) {
      throw new InputProblem('no-header', 'the file has no header', {
        fix: 'export it with column names in the first line',
      });
    }
  }

  #settle(dialect: Dialect | undefined): CsvMachine | undefined {
    this.#dialect = dialect;
    if (dialect === undefined) return undefined;
    const { delimiter, recordEnd } = dialect;
    const finder = newFinder();
    const csvFinder = finder && new CsvFinder(finder, delimiter, recordEnd, this.#layout);
    this.#machine = new CsvMachine([delimiter], [recordEnd], this.#layout, csvFinder);
    return this.#machine;
  }

  /** A block without a whole first line: what is blank before that is let go of. */
  #passBlanks(): Scanned {
    const { bytes, length, line } = this.#block as Block;
    let consumed = 0;
    let lines = 0;
    let at = 0;
    for (; at < length && isBlankByte(bytes[at] as number); at++) {
      if (bytes[at] !== LF) continue;
      lines++;
      consumed = at + 1;
    }
    // Spaces before the first name do not belong to it; a tab may be before a column without one.
    if (at === length && consumed === 0) while (consumed < length && bytes[consumed] === SPACE) consumed++;
    if (length - consumed <= MAX_RECORD_SIZE || bytes[consumed] !== HASH) return this.#cut(consumed, lines, false);
    const fix = 'export it again, with column names in the first line';
    return {
      consumed,
      lines,
      problem: new InputProblem(
        'header-too-long',
        `more than ${MAX_RECORD_SIZE} bytes of comments are before the header`,
        {
          line: line + lines,
          fix,
        },
      ),
    };
  }

  /** @param quoted the rest of the block ends within quotes. */
  #cut(consumed: number, lines: number, quoted: boolean): Scanned {
    const { length, line } = this.#block as Block;
    if (length - consumed <= MAX_RECORD_SIZE) return { consumed, lines };
    const at = line + lines;
    return { consumed, lines, problem: quoted ? unclosedQuote(at) : endlessRow(at) };
  }
}

/** A second one: the first does not belong to the text. */
function byteOrderMarkLength(bytes: Buffer): number {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
}

function isBlankByte(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

function unclosedQuote(line: number): InputProblem {
  return new InputProblem(
    'unclosed-quote',
    'a quote is opened and never closed: the file is cut off, or a value has a bare quote',
    {
      line,
      fix: 'export it again; a quote within a value is written twice',
    },
  );
}

function endlessRow(line: number): InputProblem {
  return new InputProblem('record-too-long', `the row is longer than ${MAX_RECORD_SIZE} bytes`, {
    line,
    fix: 'check that it is a CSV; a quote or a line end may be missing',
  });
}

/**
 * CSV by RFC 4180. Delimiter and line end are taken from the first line. Line numbers are physical ones: a quoted field may
 * hold line ends. Well-formed records are found in the bytes; one that is not is read by Papa Parse, and so is the rest of
 * its block where that has many.
 */
import { Buffer } from 'node:buffer';
import Papa from 'papaparse';
import { InputProblem } from '../../files/input-problem.js';
import { MAX_RECORD_SIZE, unreadable } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { newLayout, scanCsv } from './csv-scan.js';
import { type CsvTable, tableOf, textsOf } from './csv-table.js';
import { newFinder } from './finder.js';

/** Of a block. */
const MANY_ODD = 256;
/** In which a record that is not well-formed ends, as a rule. */
const ODD_BYTES = 4096;
/** Lines with a `#` that are tried as headers: each takes as long as thousands of bytes of rows. */
const MAX_COMMENTS = 100;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const HASH = 35;
const DELIMITERS = [',', ';', '\t', '|'];

// The low-level parser is documented and left out of the types.
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

type Parser = new (
  options: Dialect & { step?(one: Parsed): void },
) => {
  parse(input: string, baseIndex: number, ignoreLastRow: boolean): Parsed;
  abort(): void;
};
const { Parser } = Papa as unknown as { readonly Parser: Parser };

/** How a CSV is written, and what its columns are called. */
export interface CsvSettled {
  readonly dialect: Dialect;
  /** The first row, which is no header where it is a user. */
  readonly header: readonly string[];
}

interface Dialect {
  readonly delimiter: string;
  readonly newline: string;
}

/** A record that Papa Parse read, or that tells what is wrong. */
interface Odd {
  /** How many records of the layout come before it. */
  readonly before: number;
  readonly line: number;
  readonly fields: string[];
  readonly stray: boolean;
}

export function csvBlocks(bind: Bind, settled?: CsvSettled): BlockReader {
  return new CsvBlocks(bind, settled);
}

class CsvBlocks implements BlockReader {
  readonly digestSeen = true;
  readonly #bind: Bind;
  readonly #layout = newLayout();
  readonly #finder = newFinder();
  #dialect: Dialect | undefined;
  #header: readonly string[] | undefined;
  #table: CsvTable | undefined;
  #block: Block | undefined;
  /** Records of the layout that are no users: the header and what is before it. */
  #skipped = 0;
  #odd: Odd[] = [];
  /** Comments that were tried as headers, and the last one after these. */
  #tried = 0;
  #comment: { readonly fields: readonly string[]; readonly line: number } | undefined;

  constructor(bind: Bind, settled: CsvSettled | undefined) {
    this.#bind = bind;
    if (settled === undefined) return;
    this.#dialect = settled.dialect;
    this.#open([...settled.header], 1);
  }

  get source(): string | undefined {
    return this.#table?.source;
  }

  get settled(): CsvSettled | undefined {
    if (this.#dialect === undefined || this.#header === undefined) return undefined;
    return { dialect: this.#dialect, header: this.#header };
  }

  scan(block: Block): Scanned {
    this.#block = block;
    this.#odd = [];
    this.#skipped = 0;
    const { bytes, length, last } = block;
    const layout = this.#layout;
    layout.count = 0;
    this.#dialect ??= dialectOf(bytes.toString('utf8', 0, length), last);
    if (this.#dialect === undefined) return this.#passBlanks();
    const found = this.#scanRecords(this.#dialect);
    if (this.#table === undefined) this.#findHeader();
    return found;
  }

  #scanRecords(dialect: Dialect): Scanned {
    const { bytes, length, last } = this.#block as Block;
    const { newline, delimiter } = dialect;
    if (newline === '\r') return this.#readOdd(0, 0, dialect);
    let from = { at: 0, line: 0 };
    for (;;) {
      const found = scanCsv(bytes, from, length, last, delimiter.charCodeAt(0), this.#layout, this.#finder);
      const { at, lines, why, quoted } = found;
      if (why === 'end') return { consumed: at, lines };
      if (why === 'cut' && !last) return this.#cut(at, lines, quoted);
      // Where nearly all records are odd, one after the other would take longer than all of them.
      const next = why === 'odd' && this.#odd.length < MANY_ODD ? this.#readOne(at, lines, dialect) : undefined;
      if (next === undefined) return this.#readOdd(at, lines, dialect);
      from = next;
    }
  }

  deliver(sink: RowSink): void {
    const table = this.#table;
    const block = this.#block;
    if (table === undefined || block === undefined) return;
    const layout = this.#layout;
    let next = this.#skipped;
    for (const { before, line, fields, stray } of this.#odd) {
      table.deliver(sink, block, layout, next, before);
      next = Math.max(next, before);
      const row = stray ? unreadable(line, STRAY_QUOTE) : table.row(fields, line);
      if (row !== undefined) sink.takeRow(row);
    }
    table.deliver(sink, block, layout, next, layout.count);
  }

  end(): void {
    if (this.#table === undefined) {
      throw new InputProblem('the file has no header', { fix: 'export it with column names in the first line' });
    }
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
    // Spaces before the first name are no part of it; a tab may be before a column without one.
    if (at === length && consumed === 0) while (consumed < length && bytes[consumed] === SPACE) consumed++;
    if (length - consumed <= MAX_RECORD_SIZE || bytes[consumed] !== HASH) return this.#cut(consumed, lines, false);
    const fix = 'export it again, with column names in the first line';
    return {
      consumed,
      lines,
      problem: new InputProblem(`more than ${MAX_RECORD_SIZE} bytes of comments are before the header`, {
        line: line + lines,
        fix,
      }),
    };
  }

  /** A block that ends within a record. */
  #cut(consumed: number, lines: number, quoted: boolean): Scanned {
    const { length, line } = this.#block as Block;
    if (length - consumed <= MAX_RECORD_SIZE) return { consumed, lines };
    const at = line + lines;
    return { consumed, lines, problem: quoted ? unclosedQuote(at) : endlessRow(at) };
  }

  /** The record at `from`, which is not well-formed; undefined where it does not end soon. */
  #readOne(from: number, line: number, dialect: Dialect): { readonly at: number; readonly line: number } | undefined {
    const { bytes, length, line: firstLine } = this.#block as Block;
    const text = bytes.toString('utf8', from, Math.min(length, from + ODD_BYTES));
    let record: { readonly fields: string[]; readonly stray: boolean; readonly end: number } | undefined;
    const parser = new Parser({
      ...dialect,
      step({ data, errors, meta }) {
        const [fields] = data;
        if (fields !== undefined) record = { fields, stray: errors.length > 0, end: meta.cursor };
        parser.abort();
      },
    });
    parser.parse(text, 0, true);
    if (record === undefined) return undefined;
    const { fields, stray, end } = record;
    this.#odd.push({ before: this.#layout.count, line: firstLine + line, fields, stray });
    const at = from + Buffer.byteLength(text.slice(0, end));
    return { at, line: line + 1 + lineEndsIn(fields, dialect.newline) };
  }

  /** What is not well-formed from `from` on, as far as it is whole. */
  #readOdd(from: number, before: number, dialect: Dialect): Scanned {
    const { bytes, length, line, last } = this.#block as Block;
    const text = bytes.toString('utf8', from, length);
    const { data, errors, meta } = new Parser(dialect).parse(text, 0, !last);
    const stray = new Set(errors.map(({ row }) => row));
    const unclosed = errors.some(({ code }) => code === 'MissingQuotes');
    let lines = before;
    for (let i = 0; i < data.length; i++) {
      // The last record took in all that is left.
      if (unclosed && i === data.length - 1) return { consumed: length, lines, problem: unclosedQuote(line + lines) };
      const fields = data[i] as string[];
      this.#odd.push({ before: this.#layout.count, line: line + lines, fields, stray: stray.has(i) });
      lines += 1 + lineEndsIn(fields, dialect.newline);
    }
    if (last) return { consumed: length, lines };
    const consumed = from + Buffer.byteLength(text.slice(0, data.length === 0 ? 0 : meta.cursor));
    return this.#cut(consumed, lines, text.includes('"'));
  }

  /** The first record that is a header, or a user of a source without one. */
  #findHeader(): void {
    const { bytes, line } = this.#block as Block;
    const { count, lines } = this.#layout;
    let odds = 0;
    while (this.#table === undefined) {
      const odd = this.#odd[odds];
      const isOdd = odd !== undefined && odd.before <= this.#skipped;
      if (!isOdd && this.#skipped >= count) break;
      const fields = isOdd ? [...odd.fields] : textsOf(bytes, this.#layout, this.#skipped);
      const at = isOdd ? odd.line : line + (lines[this.#skipped] as number);
      const isComment = fields[0]?.startsWith('#') === true;
      // What was passed over untried may be the header.
      const isEmpty = fields.length === 1 && fields[0]?.trim() === '';
      if (!isComment && !isEmpty && this.#openComment()) break;
      if (isComment && this.#tried >= MAX_COMMENTS) this.#comment = { fields, line: at };
      else if (!isEmpty) {
        if (isComment) this.#tried++;
        const isHeader = this.#open(fields, at);
        if (isHeader && (this.#table as CsvTable | undefined)?.headless) break;
      }
      if (isOdd) odds++;
      else this.#skipped++;
    }
    this.#odd.splice(0, odds);
  }

  #openComment(): boolean {
    const comment = this.#comment;
    this.#comment = undefined;
    return comment !== undefined && this.#open([...comment.fields], comment.line);
  }

  /** False where the row is a comment before the header. */
  #open(fields: string[], line: number): boolean {
    this.#table = tableOf(fields, line, this.#bind);
    if (this.#table !== undefined) this.#header = fields;
    return this.#table !== undefined;
  }
}

function isBlankByte(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** Told by the first line that is no comment. Undefined where that line may go on. */
function dialectOf(text: string, whole: boolean): Dialect | undefined {
  let start = 0;
  for (;;) {
    const end = lineEnd(text, start);
    // A CR at the very end may be the first half of a CRLF.
    if (!whole && (end === -1 || (text[end] === '\r' && end + 1 === text.length))) return undefined;
    const first = text.slice(start, end === -1 ? undefined : end);
    if (end !== -1 && (first.trim() === '' || first.startsWith('#'))) {
      start = end + 1;
      continue;
    }
    const bare = first.replace(/"[^"]*"/g, '');
    const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
    const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
    // With CRLF a row ends at its LF, so that files of mixed line ends are read too; the CR is dropped.
    return { delimiter, newline: text[end] === '\r' && text[end + 1] !== '\n' ? '\r' : '\n' };
  }
}

/** The first CR or LF that is not within quotes; -1 where there is none. */
function lineEnd(text: string, start: number): number {
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const unit = text[i] as string;
    if (quoted) {
      if (unit === '"') quoted = false;
    } else if (unit === '\n' || unit === '\r') return i;
    // A doubled quote closes and opens again.
    else if (unit === '"') quoted = i === start || text[i - 1] === '"' || DELIMITERS.includes(text[i - 1] as string);
  }
  return -1;
}

/** Within the fields of one row. Where a CR ends a row, an LF ends a line nevertheless: editors show it so. */
function lineEndsIn(fields: readonly string[], newline: string): number {
  let count = 0;
  for (const field of fields) {
    if (newline === '\r') count += field.match(/\r\n|\r|\n/g)?.length ?? 0;
    else for (let at = field.indexOf(newline); at !== -1; at = field.indexOf(newline, at + 1)) count++;
  }
  return count;
}

const STRAY_QUOTE = 'a quoted value goes on after its closing quote: a quote within a value is written twice';

function unclosedQuote(line: number): InputProblem {
  return new InputProblem('a quote is opened and never closed: the file is cut off, or a value has a bare quote', {
    line,
    fix: 'export it again; a quote within a value is written twice',
  });
}

function endlessRow(line: number): InputProblem {
  return new InputProblem(`the row is longer than ${MAX_RECORD_SIZE} bytes`, {
    line,
    fix: 'is this a CSV file?',
  });
}

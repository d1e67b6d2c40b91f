/** Rows of records of JSON, whose places in a block are known: elements of a list, or lines. */
import { type Buffer, isUtf8 } from 'node:buffer';
import { isRecord, parseJson } from '../../encoding/json.js';
import { BACKSLASH, LF, QUOTE } from '../ascii.js';
import { type Row, unreadable } from '../row.js';
import { type Block, type RowSink, RowSpans } from './block.js';
import type { Bind } from './contract.js';
import { createJsonFinder, JSON_TEXT_BYTES, type JsonFinder } from './json-finder.js';
import { WalkedRecord } from './json-record.js';
import { JsonWalker, MAX_DEPTH } from './json-walker.js';
import { RecordReader } from './records.js';

const OPEN_OBJECT = 123;
/** That the finder may go on after the line end at which it stopped. */
const VECTOR_BYTES = 16;
/** Bytes between two records, with their brackets. */
const MAX_GAP = 64;
/** No line end: a NUL is a token nowhere. */
const NO_LINE_END = 0;

/** Places of records in a block. */
export class RecordPlaces {
  starts: Int32Array = new Int32Array(1024);
  ends: Int32Array = new Int32Array(1024);
  /** Line ends of the block before each. */
  lines: Int32Array = new Int32Array(1024);
  count = 0;

  add(start: number, end: number, line: number): void {
    if (this.count === this.starts.length) {
      this.starts = doubled(this.starts);
      this.ends = doubled(this.ends);
      this.lines = doubled(this.lines);
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.lines[this.count++] = line;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * array.length);
  more.set(array);
  return more;
}

export class JsonRows {
  readonly reader: RecordReader;
  readonly finder: JsonFinder;
  readonly #where: 'line' | 'value';
  readonly #spans = new RowSpans();
  #fields: readonly string[] | undefined;
  #record: WalkedRecord | undefined;

  constructor(bind: Bind, where: 'line' | 'value', finder: JsonFinder = createJsonFinder()) {
    this.reader = new RecordReader(bind);
    this.finder = finder;
    this.#where = where;
  }

  /** Of the first record. */
  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  /** @throws {InputProblem} */
  open(fields: readonly string[]): void {
    this.#fields = fields;
    const { plain, tell = tellNothing } = this.reader.open(fields);
    this.#spans.readAs(plain);
    this.#record = new WalkedRecord(this.finder, new JsonWalker(this.finder, tell), plain);
  }

  /** The lines of `bytes[0, to)`. */
  deliverLines({ bytes, line, isBroken }: Block, to: number, sink: RowSink): void {
    const spans = this.#enter(bytes, line);
    for (let at = 0; at < to; ) {
      let end = Math.min(to, at + JSON_TEXT_BYTES);
      if (end < to) end = bytes.lastIndexOf(LF, end - 1) + 1;
      if (end > at && this.#record !== undefined && isBroken !== true) {
        this.#deliverLinesOf(this.#record, bytes, at, end, sink);
        at = end;
        continue;
      }
      const found = bytes.indexOf(LF, at);
      end = found === -1 || found > to ? to : found;
      this.#takeParsed(bytes, at, end, sink);
      spans.line++;
      at = end + 1;
    }
  }

  /** The records at these places of the block. */
  deliverRecords({ bytes, line, isBroken }: Block, places: RecordPlaces, sink: RowSink): void {
    const { starts, ends, lines, count } = places;
    const spans = this.#enter(bytes, line);
    for (let from = 0; from < count; ) {
      const base = starts[from] as number;
      let to = from;
      while (to < count && (ends[to] as number) - base <= JSON_TEXT_BYTES) to++;
      if (to === from || this.#record === undefined || isBroken === true) {
        spans.line = line + (lines[from] as number);
        this.#takeParsed(bytes, base, ends[from] as number, sink);
        from++;
        continue;
      }
      const { finder } = this;
      finder.text.set(bytes.subarray(base, ends[to - 1]));
      this.#record.enterText();
      finder.findTokens(0, (ends[to - 1] as number) - base, NO_LINE_END);
      let index = 0;
      for (; from < to; from++) {
        const start = (starts[from] as number) - base;
        const end = (ends[from] as number) - base;
        while (index < finder.count && (finder.places[index] as number) < start) index++;
        spans.line = line + (lines[from] as number);
        const next = finder.text[start] === OPEN_OBJECT ? this.#record.enter(index) : -1;
        if (next !== -1) {
          this.#take(this.#record, base, sink);
          index = next;
          continue;
        }
        this.#takeParsed(bytes, base + start, base + end, sink);
        if (end < finder.end - VECTOR_BYTES || from + 1 === to) continue;
        finder.findTokens((starts[from + 1] as number) - base, (ends[to - 1] as number) - base, NO_LINE_END);
        index = 0;
      }
    }
  }

  /** Whole lines, which fit into the text of the finder. */
  #deliverLinesOf(record: WalkedRecord, bytes: Buffer, base: number, to: number, sink: RowSink): void {
    const { finder } = this;
    const { text, places } = finder;
    const spans = this.#spans;
    const size = to - base;
    text.set(bytes.subarray(base, to));
    record.enterText();
    finder.findTokens(0, size, LF);
    let index = 0;
    for (let start = 0; start < size; spans.line++) {
      const first = places[index] as number;
      // Nothing but white space is left.
      if (first === size) return;
      if (text[first] === LF) {
        index++;
        start = first + 1;
        continue;
      }
      const next = record.enter(index);
      const end = next === -1 ? -1 : (places[next] as number);
      if (end === size || (end !== -1 && text[end] === LF)) {
        this.#take(record, base, sink);
        index = next + 1;
        start = end + 1;
        continue;
      }
      const found = text.indexOf(LF, start);
      const lineEnd = found === -1 || found > size ? size : found;
      this.#takeParsed(bytes, base + start, base + lineEnd, sink);
      start = lineEnd + 1;
      if (lineEnd >= finder.end - VECTOR_BYTES && start < size) {
        finder.findTokens(start, size, LF);
        index = 0;
      } else while (index < finder.count && (places[index] as number) < start) index++;
    }
  }

  #enter(bytes: Buffer, line: number): RowSpans {
    const spans = this.#spans;
    const record = this.#record;
    spans.enter(bytes, () => record && this.reader.read(record.field, record, spans.line));
    spans.line = line;
    return spans;
  }

  #take(record: WalkedRecord, base: number, sink: RowSink): void {
    const spans = this.#spans;
    if (record.fill(spans, base)) {
      if (record.hasDigest) this.reader.digestSeen = true;
      sink.take(spans);
      return;
    }
    const row = this.reader.read(record.field, record, spans.line);
    if (row !== undefined) sink.takeRow(row);
  }

  /** Of what the walker is not certain. */
  #takeParsed(bytes: Buffer, start: number, end: number, sink: RowSink): void {
    const { line } = this.#spans;
    const row = isUtf8(bytes.subarray(start, end))
      ? this.#readParsed(bytes, start, end, line)
      : unreadable(line, { code: 'not-utf8' });
    if (row !== undefined) sink.takeRow(row);
  }

  #readParsed(bytes: Buffer, start: number, end: number, line: number): Row | undefined {
    const source = bytes.toString('utf8', start, end);
    if (source.trim() === '') return undefined;
    const record = isTooDeep(bytes, start, end) ? undefined : parseJson(source);
    if (isRecord(record)) return this.reader.row(record, source, line);
    const records = record === undefined && this.#where === 'value' ? countRecords(bytes, start, end) : 1;
    const isOne = records === 1;
    return unreadable(
      line,
      isOne ? { code: 'not-an-object', where: this.#where } : { code: 'several-records', records },
    );
  }
}

function tellNothing(): number {
  return 0;
}

/**
 * In an element that is not JSON, one more than the places within texts at which an element seems to end and another to
 * begin. After a quote that is not escaped, texts and what is between them are taken for each other.
 */
function countRecords(bytes: Buffer, start: number, end: number): number {
  let records = 1;
  let opening = -1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE && opening === -1) opening = at;
    else if (byte === QUOTE) {
      const tail = bytes.toString('latin1', Math.max(opening + 1, at - MAX_GAP), at);
      if (/\}\s*,\s*\{\s*$/.test(tail)) records++;
      opening = -1;
    }
  }
  return records;
}

/** What is made of such a record might not end on this stack. */
function isTooDeep(bytes: Buffer, start: number, end: number): boolean {
  if (end - start <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH) at++;
    else if (!inString && (byte | 0x20) === OPEN_OBJECT && ++depth > MAX_DEPTH) return true;
    else if (!inString && (byte | 0x20) === OPEN_OBJECT + 2) depth--;
  }
  return false;
}

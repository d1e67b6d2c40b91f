/**
 * JSON of any size, in blocks: an array of records, an object that holds one at any depth, or objects that are records
 * themselves. A block of an array begins after one of its elements.
 */
import type { Buffer } from 'node:buffer';
import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import { COLON, COMMA, LF, QUOTE } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { JSON_TEXT_BYTES } from './json-finder.js';
import { isBlank, readGrammar, readScalar, readString } from './json-grammar.js';
import { JsonRows, RecordPlaces } from './json-rows.js';
import { MAX_DEPTH } from './json-walker.js';

/** Arrays under these names hold the records, where the first of them has no field for a digest. */
const RECORD_KEYS = ['users', 'data', 'records', 'rows', 'results', 'accounts', 'members'];

const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** A list that is read: the objects around it, and the fields of its first record. */
export interface JsonSettled {
  readonly depth: number;
  readonly fields: readonly string[];
}

/** What comes next outside of lists. */
type Expected = 'value' | 'first-name' | 'name' | 'colon' | 'after-value';

/** An array that no other array is around. */
interface OuterList {
  /** Of the member that it is; undefined where it is all of the value. */
  readonly key: string | undefined;
  /** No element of it has ended. */
  isNew: boolean;
  /** Decided at its first element. */
  isRead: boolean | undefined;
}

/** Where the scan is in a block: a byte, and the line ends before it. */
interface ScanPlace {
  at: number;
  line: number;
}

export function jsonBlocks(bind: Bind, settled?: JsonSettled): BlockReader {
  return new JsonBlocks(bind, settled);
}

class JsonBlocks implements BlockReader {
  readonly #rows: JsonRows;
  readonly #places = new RecordPlaces();
  #block: Block | undefined;
  #list: OuterList | undefined;
  /** Which another reader found: all readers are in it, and this one alone knows what comes after it. */
  readonly #given: OuterList | undefined;
  #expected: Expected = 'value';
  #key = '';
  /** Objects that are open around what comes next. */
  #depth = 0;
  /** Of the value under way: where it begins in the text, and its line. */
  #rootOffset = 0;
  #rootLine = 1;
  /** It is a list. */
  #isList = false;
  /** A list in it was read. */
  #wasRead = false;
  /** A list of objects was not read, since nothing in it belongs to users. */
  #wasPassed = false;
  /** It is not a record itself, so that what was looked at may be let go of. Else a block begins with it. */
  #isReleased = false;
  /** Of it in the block, as long as that begins with it. */
  readonly #root: ScanPlace = { at: 0, line: 0 };
  /** After the last token, or the last element of the list. */
  readonly #resume: ScanPlace = { at: 0, line: 0 };

  constructor(bind: Bind, settled: JsonSettled | undefined) {
    this.#rows = new JsonRows(bind, 'value');
    if (settled === undefined) return;
    this.#rows.open(settled.fields);
    this.#depth = settled.depth;
    this.#list = { key: undefined, isNew: false, isRead: true };
    this.#given = this.#list;
    this.#wasRead = this.#isReleased = true;
  }

  get source(): string | undefined {
    return this.#rows.reader.source;
  }

  /** Within a list that is read. */
  get settled(): JsonSettled | undefined {
    const { fields } = this.#rows;
    if (fields === undefined || this.#list?.isRead !== true || this.#list.isNew) return undefined;
    if (this.#given !== undefined && this.#given !== this.#list) return undefined;
    return { depth: this.#depth, fields };
  }

  get digestSeen(): boolean {
    return this.#rows.reader.digestSeen;
  }

  set digestSeen(seen: boolean) {
    this.#rows.reader.digestSeen = seen;
  }

  scan(block: Block): Scanned {
    this.#block = block;
    this.#places.count = 0;
    this.#note(BEGINNING);
    if (!this.#isReleased) this.#beginRoot(BEGINNING);
    let problem: InputProblem | undefined;
    try {
      const place = { ...BEGINNING };
      while (this.#list === undefined ? this.#scanOutside(place) : this.#scanList(this.#list, place));
      this.#finishBlock(place);
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problem = error;
    }
    const { at, line } = this.#isReleased ? this.#resume : this.#root;
    return { consumed: at, lines: line, problem };
  }

  deliver(sink: RowSink): void {
    if (this.#block !== undefined) this.#rows.deliverRecords(this.#block, this.#places, sink);
  }

  end(): void {
    this.#rows.reader.end();
  }

  #beginRoot({ at, line }: ScanPlace): void {
    this.#root.at = at;
    this.#root.line = line;
    this.#list = undefined;
    this.#expected = 'value';
    this.#depth = 0;
    this.#isList = this.#wasRead = this.#wasPassed = this.#isReleased = false;
  }

  /** @returns false where the block ends; true in a list. */
  #scanOutside(place: ScanPlace): boolean {
    const { bytes, length, line, offset, last } = this.#block as Block;
    for (;;) {
      let at = place.at;
      for (; at < length && isBlank(bytes[at] as number); at++) if (bytes[at] === LF) place.line++;
      place.at = at;
      if (this.#depth === 0 && this.#expected === 'value') {
        this.#root.at = at;
        this.#root.line = place.line;
        this.#rootOffset = offset + at;
        this.#rootLine = line + place.line;
      }
      this.#note(place);
      if (at === length) return false;
      const byte = bytes[at] as number;
      if (this.#expected === 'value') {
        if (byte === OPEN_LIST) {
          place.at++;
          this.#isList = this.#depth === 0;
          this.#list = { key: this.#isList ? undefined : this.#key, isNew: true, isRead: undefined };
          this.#note(place);
          return true;
        }
        if (byte === OPEN_OBJECT) {
          if (this.#depth === MAX_DEPTH) throw tooDeep(line + place.line);
          this.#depth++;
          this.#expected = 'first-name';
          place.at++;
        } else {
          const { kind, at: end } = byte === QUOTE ? readString(bytes, at, length) : readScalar(bytes, at, length);
          if (kind === 'error') throw this.#notJson(end, place.line);
          // A number may go on.
          if (kind === 'cut-off' || (end === length && !last && byte !== QUOTE)) return false;
          place.at = end;
          this.#endValue(place);
        }
      } else if (!this.#takeMark(byte, place)) return false;
      this.#note(place);
    }
  }

  /**
   * What is between the values of an object.
   * @returns false where the block ends.
   */
  #takeMark(byte: number, place: ScanPlace): boolean {
    const { bytes, length } = this.#block as Block;
    const expected = this.#expected;
    if (byte === CLOSE_OBJECT && (expected === 'first-name' || expected === 'after-value')) {
      this.#depth--;
      place.at++;
      this.#endValue(place);
    } else if (byte === QUOTE && (expected === 'first-name' || expected === 'name')) {
      const { kind, at: end } = readString(bytes, place.at, length);
      if (kind === 'error') throw this.#notJson(end, place.line);
      if (kind === 'cut-off') return false;
      this.#key = JSON.parse(bytes.toString('utf8', place.at, end));
      this.#expected = 'colon';
      place.at = end;
    } else if (byte === COLON && expected === 'colon') {
      this.#expected = 'value';
      place.at++;
    } else if (byte === COMMA && expected === 'after-value') {
      this.#expected = 'name';
      place.at++;
    } else throw this.#notJson(place.at, place.line);
    return true;
  }

  #endValue(place: ScanPlace): void {
    if (this.#depth > 0) this.#expected = 'after-value';
    else this.#endRoot(place);
  }

  /** An object without a list of records is a record itself. */
  #endRoot(place: ScanPlace): void {
    const { bytes, offset } = this.#block as Block;
    if (!this.#wasRead && !this.#isList) {
      if (offset + place.at - this.#rootOffset > MAX_RECORD_SIZE) throw noRecords(this.#rootLine);
      const start = this.#root.at;
      const value = this.#wasPassed ? parseJson(bytes.toString('utf8', start, place.at)) : undefined;
      if (value === undefined || (isRecord(value) && this.#rows.reader.fits(value))) {
        this.#addRecord(start, place.at, this.#root.line);
      }
    }
    this.#beginRoot(place);
  }

  /** @returns false where the block ends; true outside of the list. */
  #scanList(list: OuterList, place: ScanPlace): boolean {
    const { bytes, length } = this.#block as Block;
    const { finder } = this.#rows;
    const scan = new ListScan(list.isNew, place.at, place.line);
    finder.beginElements();
    for (let piece = place.at; piece < length; piece += JSON_TEXT_BYTES) {
      const size = Math.min(JSON_TEXT_BYTES, length - piece);
      finder.text.set(bytes.subarray(piece, piece + size));
      finder.findElements(size);
      for (let i = 0; i < finder.count; i++) {
        const at = piece + (finder.places[2 * i] as number);
        const line = place.line + (finder.places[2 * i + 1] as number);
        if (!this.#takeElementMark(list, scan, at, line)) continue;
        place.at = at + 1;
        place.line = line;
        return true;
      }
    }
    place.at = scan.open === -1 ? scan.skipBlanks(bytes, length) : scan.open;
    place.line = scan.open === -1 ? scan.line : scan.openLine;
    return false;
  }

  /**
   * A bracket or a comma of the list itself.
   * @returns whether it ends the list.
   */
  #takeElementMark(list: OuterList, scan: ListScan, at: number, line: number): boolean {
    const { bytes } = this.#block as Block;
    const byte = bytes[at] as number;
    if (scan.open !== -1) {
      this.#endElement(list, scan.open, at + 1, scan.openLine, { at: at + 1, line });
      scan.open = -1;
      scan.state = 'after';
      scan.turnTo(at + 1, line);
      return false;
    }
    const found = scan.skipBlanks(bytes, at);
    const isEmpty = found === at;
    if (scan.state === 'after') {
      if (!isEmpty || byte === OPEN_OBJECT || byte === OPEN_LIST) throw this.#notJson(found, scan.line);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (!isEmpty) throw this.#notJson(found, scan.line);
      scan.open = at;
      scan.openLine = line;
      return false;
    } else if (!isEmpty) this.#endElement(list, found, at, scan.line, { at, line });
    else if (byte === COMMA || scan.state === 'before') throw this.#notJson(at, line);
    if (byte === COMMA) {
      scan.state = 'before';
      scan.turnTo(at + 1, line);
      return false;
    }
    if (byte !== CLOSE_LIST) throw this.#notJson(at, line);
    this.#endList(list, { at: at + 1, line });
    return true;
  }

  /** @param line of its beginning. @param end after it, or after white space after it. */
  #endElement(list: OuterList, start: number, to: number, line: number, end: ScanPlace): void {
    if (list.isRead === undefined) this.#decide(list, start, to);
    list.isNew = false;
    if (list.isRead) this.#addRecord(start, to, line);
    this.#note(end);
  }

  #decide(list: OuterList, start: number, end: number): void {
    const { key } = list;
    const value = parseJson((this.#block as Block).bytes.toString('utf8', start, end));
    const isNamed = key === undefined || (!this.#wasRead && RECORD_KEYS.includes(key));
    list.isRead = isNamed || (isRecord(value) && this.#rows.reader.fits(value));
    if (list.isRead) this.#wasRead = this.#isReleased = true;
    else if (isRecord(value)) this.#wasPassed = true;
  }

  #endList({ key, isRead }: OuterList, place: ScanPlace): void {
    this.#list = undefined;
    // An empty list of users.
    if (isRead === undefined && key !== undefined && RECORD_KEYS.includes(key)) {
      this.#wasRead = this.#isReleased = true;
    }
    this.#endValue(place);
    this.#note(place);
  }

  #addRecord(start: number, end: number, line: number): void {
    const { bytes } = this.#block as Block;
    if (this.#rows.fields === undefined) {
      const value = parseJson(bytes.toString('utf8', start, end));
      if (isRecord(value)) this.#rows.open(Object.keys(value));
    }
    this.#places.add(start, end, line);
  }

  #note({ at, line }: ScanPlace): void {
    this.#resume.at = at;
    this.#resume.line = line;
  }

  /**
   * @param start of what did not end in the block.
   * @throws {InputProblem} where the file ends within it, or it has no end.
   */
  #finishBlock(start: ScanPlace): void {
    const { length, line, offset, last } = this.#block as Block;
    if (this.#list === undefined && this.#depth === 0 && this.#expected === 'value' && start.at === length) return;
    // A record is never that long.
    if (length - this.#root.at > MAX_RECORD_SIZE) this.#isReleased = true;
    if (!last && (!this.#isReleased || length - this.#resume.at <= MAX_RECORD_SIZE)) return;
    if (this.#list !== undefined && start.at < length) this.#refuseElement(start);
    throw last ? this.#cutOff() : recordTooLong(line + start.line, offset + start.at);
  }

  /** @throws {InputProblem} where the element is not JSON. */
  #refuseElement(start: ScanPlace): void {
    const { bytes, length, line } = this.#block as Block;
    const { kind, at } = readGrammar(bytes, start.at, length);
    if (kind === 'too-deep') throw tooDeep(line + start.line);
    if (kind === 'error') throw this.#notJson(at, start.line + countLines(bytes, start.at, at));
  }

  /** @param linesBefore in the block. */
  #notJson(at: number, linesBefore: number): InputProblem {
    const { line, offset } = this.#block as Block;
    return new InputProblem('not-json', 'the file is not valid JSON from here on', {
      line: line + linesBefore,
      byteOffset: offset + at,
      fix: 'export it again; NDJSON has one whole object a line',
    });
  }

  #cutOff(): InputProblem {
    const { bytes, length, line, offset } = this.#block as Block;
    return new InputProblem('cut-off', 'the JSON ends in the middle: the file is cut off', {
      line: line + countLines(bytes, 0, length),
      byteOffset: offset + length,
      fix: 'export it again',
    });
  }
}

const BEGINNING: ScanPlace = { at: 0, line: 0 };

/** How far a list was scanned. */
class ListScan {
  state: 'first' | 'before' | 'after';
  /** Where the last mark ends, or white space after that, and the line ends before. */
  at: number;
  line: number;
  /** The element that is open; -1 without one. */
  open = -1;
  openLine = 0;

  constructor(isNew: boolean, at: number, line: number) {
    this.state = isNew ? 'first' : 'after';
    this.at = at;
    this.line = line;
  }

  turnTo(at: number, line: number): void {
    this.at = at;
    this.line = line;
  }

  /** @returns the first byte that is not white space, or `end`. */
  skipBlanks(bytes: Buffer, end: number): number {
    for (; this.at < end && isBlank(bytes[this.at] as number); this.at++) if (bytes[this.at] === LF) this.line++;
    return this.at;
  }
}

function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF, start); at !== -1 && at < end; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

function noRecords(line: number): InputProblem {
  return new InputProblem('no-records', 'the JSON holds no list of records', {
    line,
    fix: 'the records must be the elements of one array, or one object a line (NDJSON)',
  });
}

function tooDeep(line: number): InputProblem {
  return new InputProblem('nested-too-deep', `the JSON is nested more than ${MAX_DEPTH} deep`, {
    line,
    fix: 'export the users as one array of objects, or one object a line (NDJSON)',
  });
}

function recordTooLong(line: number, byteOffset: number): InputProblem {
  return new InputProblem('record-too-long', `a record is longer than ${MAX_RECORD_SIZE} bytes`, {
    line,
    byteOffset,
    fix: 'the records must be elements of one array, or one a line (NDJSON)',
  });
}

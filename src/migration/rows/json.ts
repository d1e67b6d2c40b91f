/**
 * JSON of any size, in blocks: an array of records, an object that holds one at any depth, or objects that are records
 * themselves. A block of an array begins after one of its elements.
 */
import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { isBlank, readGrammar } from './json-grammar.js';
import { scanList, type TakeElement } from './json-list.js';
import { OuterScan } from './json-outer.js';
import { countLines, cutOff, noRecords, notJson, recordTooLong, type ScanPlace, tooDeep } from './json-problems.js';
import { JsonRows, RecordPlaces } from './json-rows.js';

/** Arrays under these names hold the records, where the first of them has no field for a digest. */
const RECORD_KEYS = ['users', 'data', 'records', 'rows', 'results', 'accounts', 'members'];

const BEGINNING: ScanPlace = { at: 0, line: 0 };

/** A list that is read: the objects around it, and the fields of its first record. */
export interface JsonSettled {
  readonly depth: number;
  readonly fields: readonly string[];
}

/** An array that no other array is around. */
interface OuterList {
  /** Of the member that it is; undefined where it is all of the value. */
  readonly key: string | undefined;
  /** No element of it has ended. */
  isNew: boolean;
  /** Decided at its first element. */
  isRead: boolean | undefined;
}

export function jsonBlocks(bind: Bind, settled?: JsonSettled): BlockReader {
  return new JsonBlocks(bind, settled);
}

class JsonBlocks implements BlockReader {
  readonly #rows: JsonRows;
  readonly #places = new RecordPlaces();
  #block: Block | undefined;
  readonly #outer = new OuterScan();
  #list: OuterList | undefined;
  /** Which another reader found: all readers are in it, and this one alone knows what comes after it. */
  readonly #given: OuterList | undefined;
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
    this.#outer.depth = settled.depth;
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
    return { depth: this.#outer.depth, fields };
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
    this.#note(BEGINNING.at, BEGINNING.line);
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
    this.#outer.begin();
    this.#isList = this.#wasRead = this.#wasPassed = this.#isReleased = false;
  }

  /** @returns false where the block ends; true in a list. */
  #scanOutside(place: ScanPlace): boolean {
    const block = this.#block as Block;
    const { bytes, length } = block;
    const outer = this.#outer;
    for (;;) {
      let at = place.at;
      for (; at < length && isBlank(bytes[at] as number); at++) if (bytes[at] === LF) place.line++;
      place.at = at;
      if (outer.isBefore) {
        this.#root.at = at;
        this.#root.line = place.line;
        this.#rootOffset = block.offset + at;
        this.#rootLine = block.line + place.line;
      }
      this.#note(place.at, place.line);
      if (at === length) return false;
      const token = outer.take(block, place);
      if (token === 'more') return false;
      if (token === 'end') this.#endRoot(place);
      if (token === 'list') {
        this.#isList = outer.depth === 0;
        this.#list = { key: this.#isList ? undefined : outer.key, isNew: true, isRead: undefined };
      }
      this.#note(place.at, place.line);
      if (token === 'list') return true;
    }
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
    if (!scanList(this.#block as Block, this.#rows.finder, place, list.isNew, this.#takeElement)) return false;
    this.#endList(list, place);
    return true;
  }

  readonly #takeElement: TakeElement = (start, to, line, end, endLine) => {
    const list = this.#list as OuterList;
    if (list.isRead === undefined) this.#decide(list, start, to);
    list.isNew = false;
    if (list.isRead) this.#addRecord(start, to, line);
    this.#note(end, endLine);
  };

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
    if (this.#outer.endValue() === 'end') this.#endRoot(place);
    this.#note(place.at, place.line);
  }

  #addRecord(start: number, end: number, line: number): void {
    const { bytes } = this.#block as Block;
    if (this.#rows.fields === undefined) {
      const value = parseJson(bytes.toString('utf8', start, end));
      if (isRecord(value)) this.#rows.open(Object.keys(value));
    }
    this.#places.add(start, end, line);
  }

  #note(at: number, line: number): void {
    this.#resume.at = at;
    this.#resume.line = line;
  }

  /**
   * @param start of what did not end in the block.
   * @throws {InputProblem} where the file ends within it, or it has no end.
   */
  #finishBlock(start: ScanPlace): void {
    const block = this.#block as Block;
    const { length, last } = block;
    if (this.#list === undefined && this.#outer.isBefore && start.at === length) return;
    // A record is never that long.
    if (length - this.#root.at > MAX_RECORD_SIZE) this.#isReleased = true;
    if (!last && (!this.#isReleased || length - this.#resume.at <= MAX_RECORD_SIZE)) return;
    if (this.#list !== undefined && start.at < length) refuseElement(block, start);
    throw last ? cutOff(block) : recordTooLong(block, start);
  }
}

/** @throws {InputProblem} where the element is not JSON. */
function refuseElement(block: Block, start: ScanPlace): void {
  const { bytes, length } = block;
  const { kind, at } = readGrammar(bytes, start.at, length);
  if (kind === 'too-deep') throw tooDeep(block, start.line);
  if (kind === 'error') throw notJson(block, at, start.line + countLines(bytes, start.at, at));
}

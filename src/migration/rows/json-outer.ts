/** The tokens of JSON that no array is around: objects and their members, read one byte at a time. */
import { COLON, COMMA, QUOTE } from '../ascii.js';
import type { Block } from './block.js';
import { readScalar, readString } from './json-grammar.js';
import { notJson, type ScanPlace, tooDeep } from './json-problems.js';
import { MAX_DEPTH } from './json-walker.js';

const OPEN_LIST = 91;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

type Expected = 'value' | 'first-name' | 'name' | 'colon' | 'after-value';

/** A token; the last of the value that nothing is around; the bracket that opens an array; the block ends before one does. */
export type OuterToken = 'token' | 'end' | 'list' | 'more';

export class OuterScan {
  /** Objects that are open around what comes next. */
  depth = 0;
  /** The name of the last member. */
  key = '';
  #expected: Expected = 'value';

  /** Before a value that nothing is around. */
  get isBefore(): boolean {
    return this.depth === 0 && this.#expected === 'value';
  }

  begin(): void {
    this.depth = 0;
    this.#expected = 'value';
  }

  /** @throws {InputProblem} where the byte at the place begins no token of JSON. */
  take(block: Block, place: ScanPlace): OuterToken {
    const { bytes, length, last } = block;
    const { at } = place;
    const byte = bytes[at] as number;
    if (this.#expected !== 'value') return this.#takeMark(block, byte, place);
    if (byte === OPEN_LIST) {
      place.at++;
      return 'list';
    }
    if (byte === OPEN_OBJECT) {
      if (this.depth === MAX_DEPTH) throw tooDeep(block, place.line);
      this.depth++;
      this.#expected = 'first-name';
      place.at++;
      return 'token';
    }
    const { kind, at: end } = byte === QUOTE ? readString(bytes, at, length) : readScalar(bytes, at, length);
    if (kind === 'error') throw notJson(block, end, place.line);
    // A number may go on.
    if (kind === 'cut-off' || (end === length && !last && byte !== QUOTE)) return 'more';
    place.at = end;
    return this.endValue();
  }

  /** After a value, also one that was read elsewhere. */
  endValue(): 'token' | 'end' {
    if (this.depth === 0) return 'end';
    this.#expected = 'after-value';
    return 'token';
  }

  /** What is between the values of an object. */
  #takeMark(block: Block, byte: number, place: ScanPlace): OuterToken {
    const { bytes, length } = block;
    const expected = this.#expected;
    if (byte === CLOSE_OBJECT && (expected === 'first-name' || expected === 'after-value')) {
      this.depth--;
      place.at++;
      return this.endValue();
    }
    if (byte === QUOTE && (expected === 'first-name' || expected === 'name')) {
      const { kind, at: end } = readString(bytes, place.at, length);
      if (kind === 'error') throw notJson(block, end, place.line);
      if (kind === 'cut-off') return 'more';
      this.key = JSON.parse(bytes.toString('utf8', place.at, end));
      this.#expected = 'colon';
      place.at = end;
    } else if (byte === COLON && expected === 'colon') {
      this.#expected = 'value';
      place.at++;
    } else if (byte === COMMA && expected === 'after-value') {
      this.#expected = 'name';
      place.at++;
    } else throw notJson(block, place.at, place.line);
    return 'token';
  }
}

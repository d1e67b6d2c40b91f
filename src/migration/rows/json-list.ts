/** The elements of an array in a block: where each begins and ends. What is within an element is not looked at. */
import { COMMA, LF } from '../ascii.js';
import type { Block } from './block.js';
import { JSON_TEXT_BYTES, type JsonFinder } from './json-finder.js';
import { isBlank } from './json-grammar.js';
import { notJson, type ScanPlace } from './json-problems.js';

const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;

/** @param line line ends before `start`. @param endLine line ends before `end`. */
export type TakeElement = (start: number, to: number, line: number, end: number, endLine: number) => void;

/**
 * @param place where the list goes on; afterwards the list's end, or where the block cuts it.
 * @param isNew no element of it has ended.
 * @returns whether the list ends in the block.
 * @throws {InputProblem}
 */
export function scanList(
  block: Block,
  finder: JsonFinder,
  place: ScanPlace,
  isNew: boolean,
  take: TakeElement,
): boolean {
  const { bytes, length } = block;
  const scan = new ListScan(block, isNew, place, take);
  finder.beginElements();
  for (let piece = place.at; piece < length; piece += JSON_TEXT_BYTES) {
    const size = Math.min(JSON_TEXT_BYTES, length - piece);
    finder.text.set(bytes.subarray(piece, piece + size));
    finder.findElements(size);
    for (let i = 0; i < finder.count; i++) {
      const at = piece + (finder.places[2 * i] as number);
      const line = place.line + (finder.places[2 * i + 1] as number);
      if (!scan.takeMark(at, line)) continue;
      place.at = at + 1;
      place.line = line;
      return true;
    }
  }
  scan.leaveAt(place);
  return false;
}

/** How far a list was scanned. */
class ListScan {
  readonly #block: Block;
  readonly #take: TakeElement;
  #state: 'first' | 'before' | 'after';
  /** Where the last mark ends, or white space after that, and the line ends before. */
  #at: number;
  #line: number;
  /** The element that is open; -1 without one. */
  #open = -1;
  #openLine = 0;

  constructor(block: Block, isNew: boolean, { at, line }: ScanPlace, take: TakeElement) {
    this.#block = block;
    this.#take = take;
    this.#state = isNew ? 'first' : 'after';
    this.#at = at;
    this.#line = line;
  }

  /**
   * A bracket or a comma of the list itself.
   * @returns whether it ends the list.
   */
  takeMark(at: number, line: number): boolean {
    const byte = this.#block.bytes[at] as number;
    if (this.#open !== -1) {
      this.#take(this.#open, at + 1, this.#openLine, at + 1, line);
      this.#open = -1;
      this.#turnTo('after', at + 1, line);
      return false;
    }
    const found = this.#skipBlanks(at);
    const isEmpty = found === at;
    if (this.#state === 'after') {
      if (!isEmpty || byte === OPEN_OBJECT || byte === OPEN_LIST) throw notJson(this.#block, found, this.#line);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (!isEmpty) throw notJson(this.#block, found, this.#line);
      this.#open = at;
      this.#openLine = line;
      return false;
    } else if (!isEmpty) this.#take(found, at, this.#line, at, line);
    else if (byte === COMMA || this.#state === 'before') throw notJson(this.#block, at, line);
    if (byte === COMMA) {
      this.#turnTo('before', at + 1, line);
      return false;
    }
    if (byte !== CLOSE_LIST) throw notJson(this.#block, at, line);
    return true;
  }

  /** Where the block ends: the element that is open, or what follows the last mark. */
  leaveAt(place: ScanPlace): void {
    place.at = this.#open === -1 ? this.#skipBlanks(this.#block.length) : this.#open;
    place.line = this.#open === -1 ? this.#line : this.#openLine;
  }

  #turnTo(state: 'before' | 'after', at: number, line: number): void {
    this.#state = state;
    this.#at = at;
    this.#line = line;
  }

  /** @returns the first byte that is not white space, or `end`. */
  #skipBlanks(end: number): number {
    const { bytes } = this.#block;
    for (; this.#at < end && isBlank(bytes[this.#at] as number); this.#at++) if (bytes[this.#at] === LF) this.#line++;
    return this.#at;
  }
}

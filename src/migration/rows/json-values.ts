/** The kinds of values of JSON; numbers and words, in text that has room after its end. */
import type { Buffer } from 'node:buffer';
import { SPACE } from '../ascii.js';
import type { JsonFinder } from './json-finder.js';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const LOWER_E = 101;
const TRUE = [...'true'].map((character) => character.charCodeAt(0));
const FALSE = [...'false'].map((character) => character.charCodeAt(0));
const NULL = [...'null'].map((character) => character.charCodeAt(0));

/** What the value of a field is. */
export const ABSENT = 0;
export const NULL_VALUE = 1;
/** Between its quotes, maybe with escapes. */
export const TEXT = 2;
export const WORD = 3;
/** Its text is what is written: an id may have more digits than a number of JavaScript holds. */
export const WHOLE_NUMBER = 4;
export const NUMBER = 5;
export const STRUCTURE = 6;

export class ScalarReader {
  /** Where the last scalar ends. */
  end = 0;
  readonly #finder: JsonFinder;

  constructor(finder: JsonFinder) {
    this.#finder = finder;
  }

  /**
   * @param at its first byte, which is `byte` and the finder's place of this index.
   * @returns its kind; `ABSENT` where it is not one.
   */
  read(at: number, byte: number, index: number): number {
    const { text, places } = this.#finder;
    let kind = ABSENT;
    let end = -1;
    if (byte === NULL[0]) {
      end = endOfWord(NULL, text, at);
      kind = NULL_VALUE;
    } else if (byte === TRUE[0] || byte === FALSE[0]) {
      end = endOfWord(byte === TRUE[0] ? TRUE : FALSE, text, at);
      kind = WORD;
    } else {
      let next = at;
      if (byte === MINUS) next++;
      const first = text[next] as number;
      while (isDigit(text[next] as number)) next++;
      const digits = next - at;
      // Not "-", "-0", "01" and so on.
      if (first > ZERO && first <= NINE) kind = WHOLE_NUMBER;
      else if (first === ZERO && digits === 1) kind = WHOLE_NUMBER;
      end = next;
      if (kind === ABSENT || isOfNumber(text[next] as number)) {
        end = endOfNumber(text, at);
        kind = NUMBER;
      }
    }
    // Nothing may follow directly but what is a token itself.
    if (end === -1 || (end !== places[index + 1] && (text[end] as number) > SPACE)) return ABSENT;
    this.end = end;
    return kind;
  }
}

function endOfWord(word: readonly number[], text: Buffer, at: number): number {
  for (let i = 1; i < word.length; i++) if (text[at + i] !== word[i]) return -1;
  return at + word.length;
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isOfNumber(byte: number): boolean {
  return byte === POINT || (byte | 0x20) === LOWER_E;
}

/** @returns where a number of JSON ends; -1 where it is not one. */
export function endOfNumber(text: Uint8Array, start: number): number {
  const at = text[start] === MINUS ? start + 1 : start;
  let next = endOfDigits(text, at);
  if (next === at || (text[at] === ZERO && next > at + 1)) return -1;
  if (text[next] === POINT) {
    const fraction = next + 1;
    next = endOfDigits(text, fraction);
    if (next === fraction) return -1;
  }
  if (((text[next] as number) | 0x20) !== LOWER_E) return next;
  const sign = text[next + 1];
  const exponent = sign === MINUS || sign === 43 ? next + 2 : next + 1;
  next = endOfDigits(text, exponent);
  return next === exponent ? -1 : next;
}

function endOfDigits(text: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(text[at] as number)) at++;
  return at;
}

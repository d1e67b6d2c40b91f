/** Passes over what is not read, of any size: a statement, or the rest of a row that is too long. */

import type { Buffer } from 'node:buffer';
import { LF, QUOTE } from '../ascii.js';
import {
  APOSTROPHE,
  BACKQUOTE,
  BACKSLASH,
  CLOSE,
  DOLLAR,
  isWordByte,
  MORE,
  OPEN,
  SEMICOLON,
  type SqlLexer,
} from './sql-lexer.js';

/** `$name$`, between two of which PostgreSQL takes all as text. */
const MAX_TAG = 64;

export class SqlSkip {
  readonly #lexer: SqlLexer;
  /** Of a row: up to its closing parenthesis. */
  #isRow = false;
  #isRoutine = false;
  #parentheses = 0;
  /** BEGIN and CASE without their END. */
  #blocks = 0;
  #quote = 0;
  #backslash = false;
  #tag: Buffer | undefined;
  /** The byte before. */
  #before = 0;
  /** Where the text begins that is not closed; `undefined` outside of one. */
  #openedAt: number | undefined;
  /** Of a text that began in another block: its line. */
  openedLine: number | undefined;

  constructor(lexer: SqlLexer) {
    this.#lexer = lexer;
  }

  /** Begins at a statement, or within a row, after its parenthesis. */
  begin(kind: 'statement' | 'routine' | 'row'): void {
    this.#isRow = kind === 'row';
    this.#isRoutine = kind === 'routine';
    this.#parentheses = this.#blocks = this.#quote = this.#before = 0;
    this.#tag = undefined;
    this.openedLine = undefined;
  }

  /** Ends within a text. */
  get isText(): boolean {
    return this.#quote !== 0 || this.#tag !== undefined;
  }

  /**
   * @returns after what ends it and `ended`; or where to go on.
   * @param lineAt the line of a place in the block.
   */
  skip(start: number, lineAt: (at: number) => number): { readonly at: number; readonly ended: boolean } {
    this.#openedAt = undefined;
    const end = this.#scan(start);
    if (end.ended) return end;
    if (!this.isText) this.openedLine = undefined;
    else if (this.#openedAt !== undefined) this.openedLine = lineAt(this.#openedAt);
    if (end.at > start) this.#before = this.#lexer.bytes[end.at - 1] as number;
    return end;
  }

  #scan(start: number): { readonly at: number; readonly ended: boolean } {
    const { bytes, to, last, dialect } = this.#lexer;
    let at = start;
    while (at < to) {
      if (this.#tag !== undefined) {
        const found = bytes.indexOf(this.#tag, at);
        const end = found + this.#tag.length;
        if (found === -1 || end > to) return { at: last ? to : Math.max(at, to - this.#tag.length), ended: false };
        at = end;
        this.#tag = undefined;
        continue;
      }
      if (this.#quote !== 0) {
        at = this.#skipText(at);
        if (this.#quote !== 0) return { at: Math.min(at, to), ended: false };
        continue;
      }
      const byte = bytes[at] as number;
      switch (byte) {
        case APOSTROPHE:
        case QUOTE:
        case BACKQUOTE:
          this.#quote = byte;
          this.#backslash =
            byte !== BACKQUOTE && (dialect.mysql || (byte === APOSTROPHE && this.#isEscaping(at, start)));
          this.#openedAt = at;
          at++;
          continue;
        case SEMICOLON:
          at++;
          if (!this.#isRow && this.#blocks <= 0) return { at, ended: true };
          continue;
        case OPEN:
          this.#parentheses++;
          at++;
          continue;
        case CLOSE:
          at++;
          if (this.#isRow && --this.#parentheses < 0) return { at, ended: true };
          continue;
        case DOLLAR: {
          const next = dialect.mysql ? at + 1 : this.#skipDollar(at, start);
          if (next === MORE) return { at, ended: false };
          at = next;
          continue;
        }
        case 35: // #
        case 42: // *
        case 45: // -
        case 47: {
          const next = this.#lexer.skipBlanks(at);
          if (next === MORE) return { at: this.#lexer.resume, ended: false };
          at = next === at ? at + 1 : next;
          continue;
        }
        default: {
          if (!isWordByte(byte)) {
            at++;
            continue;
          }
          const end = this.#lexer.skipWord(at);
          if (end === MORE) {
            // Words are counted whole; what is as long is not a word.
            if (to - at < MAX_TAG) return { at, ended: false };
            at = to - 1;
            continue;
          }
          if (this.#isRoutine) this.#count(this.#lexer.word(at, Math.min(end, at + 6)), end - at);
          at = end;
        }
      }
    }
    return { at, ended: false };
  }

  /** After the closing quote, which two of them are as well: the second opens a text again. */
  #skipText(start: number): number {
    const { bytes, to, last } = this.#lexer;
    const quote = this.#quote;
    for (let at = start; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === quote) {
        this.#quote = 0;
        return at + 1;
      }
      if (byte === BACKSLASH && this.#backslash) {
        if (at + 1 >= to && !last) return at;
        at++;
      }
    }
    return to;
  }

  /** The text is an E'…'. */
  #isEscaping(at: number, start: number): boolean {
    const { bytes } = this.#lexer;
    const letter = at > start ? (bytes[at - 1] as number) : this.#before;
    if (letter !== 69 && letter !== 101) return false;
    return at < start + 2 || !isWordByte(bytes[at - 2] as number);
  }

  /** @returns after the tag that begins a text, or after a dollar that begins none. */
  #skipDollar(at: number, start: number): number {
    const { bytes, to, last } = this.#lexer;
    const before = at > start ? (bytes[at - 1] as number) : this.#before;
    if (isWordByte(before)) return at + 1;
    let end = at + 1;
    while (end < to && end - at < MAX_TAG && isWordByte(bytes[end] as number)) end++;
    if (end >= to) return last ? to : MORE;
    if (bytes[end] !== DOLLAR || ((bytes[at + 1] as number) < 58 && bytes[at + 1] !== DOLLAR)) return at + 1;
    this.#tag = Uint8Array.prototype.slice.call(bytes, at, end + 1) as Buffer;
    this.#openedAt = at;
    return end + 1;
  }

  #count(word: string, length: number): void {
    if (length > 5) return;
    if (word === 'BEGIN' || (word === 'CASE' && this.#blocks > 0)) this.#blocks++;
    else if (word === 'END' && this.#blocks > 0) this.#blocks--;
  }
}

/** Passes over lines: the data of a COPY, or commands of a client, up to a line that ends them. */
export class LineSkip {
  readonly #isLast: (line: string) => boolean;
  readonly #first: number | undefined;
  #isWithin = false;

  /**
   * @param isLast gets the beginning of a line.
   * @param first the byte that such a line begins with, if only one does.
   */
  constructor(isLast: (line: string) => boolean, first?: number) {
    this.#isLast = isLast;
    this.#first = first;
  }

  /** @param isWithin it begins within a line. */
  begin(isWithin: boolean): void {
    this.#isWithin = isWithin;
  }

  /** @returns after the last line and `ended`; or where to go on. */
  skip(bytes: Buffer, start: number, to: number, last: boolean): { readonly at: number; readonly ended: boolean } {
    let at = start;
    while (at < to) {
      const found = bytes.indexOf(LF, at);
      const isWhole = found !== -1 && found < to;
      // Whether it is the last one its beginning says.
      if (!isWhole && !last && !this.#isWithin && to - at < MAX_TAG) break;
      const end = isWhole ? found : to;
      const mayBe = !this.#isWithin && (this.#first === undefined || bytes[at] === this.#first);
      const isIt = mayBe && this.#isLast(bytes.toString('latin1', at, Math.min(end, at + MAX_TAG)));
      at = isWhole ? end + 1 : to;
      this.#isWithin = !isWhole;
      if (isIt) return { at, ended: true };
    }
    return { at, ended: false };
  }
}

/** The tokens of SQL in a block. What goes on after the block is not read: the caller comes back with more. */

import type { Buffer } from 'node:buffer';
import { CR, LF, QUOTE, SPACE, TAB } from '../ascii.js';
import type { SqlDialect } from './sql-dialect.js';

/** The block ends before the token does. */
export const MORE = -1;

export const APOSTROPHE = 39;
export const BACKQUOTE = 96;
export const BACKSLASH = 92;
export const OPEN = 40;
export const CLOSE = 41;
export const COMMA = 44;
export const SEMICOLON = 59;
export const DOLLAR = 36;
const BRACKET = 91;
const CLOSING_BRACKET = 93;
const DASH = 45;
const HASH = 35;
const SLASH = 47;
const STAR = 42;
const DOT = 46;
const UPPER_P = 80;
/** More than the comments have of which the text is read. */
const MAX_COMMENT = 64;

/** Comments that MySQL executes have a version; nothing has this one, so its comment is one. */
const NO_VERSION = '999999';

export class SqlLexer {
  bytes!: Buffer;
  to = 0;
  /** Nothing follows the block. */
  last = false;
  dialect: SqlDialect;
  /** Where the blanks and comments end that were read, where `skipBlanks` needs more. */
  resume = 0;
  /** In a comment that MySQL executes. */
  executed = false;
  /** The last text had a quote that is written twice, or a backslash that escapes. */
  escaped = false;
  /** Where the text begins that the block ends in. */
  unclosed = -1;
  /** The comment that begins a dump of PostgreSQL was read, and the one that ends it was not. */
  isDumpOpen = false;
  /** The last name, its parts joined by dots. */
  name = '';

  constructor(dialect: SqlDialect) {
    this.dialect = dialect;
  }

  enter(bytes: Buffer, to: number, last: boolean): void {
    this.bytes = bytes;
    this.to = to;
    this.last = last;
    this.unclosed = -1;
  }

  /** After blanks and comments; `MORE` at the end of the block, too. */
  skipBlanks(start: number): number {
    const { bytes, to } = this;
    let at = start;
    for (;;) {
      const byte = bytes[at] as number;
      if (at >= to) return this.#more(at);
      if (byte <= SPACE) {
        at++;
        continue;
      }
      let next = at;
      if (byte === DASH) next = this.#skipDashes(at);
      else if (byte === SLASH) next = this.#skipSlash(at);
      else if (byte === HASH && this.dialect.mysql) next = this.#skipLine(at);
      else if (byte === STAR && this.executed) next = this.#skipStar(at);
      else if (byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf && at + 2 < to) next = at + 3;
      if (next === at) return at;
      if (next === MORE) return this.#more(at);
      at = next;
    }
  }

  #more(at: number): number {
    this.resume = at;
    return MORE;
  }

  #skipDashes(at: number): number {
    const { bytes, to, last } = this;
    if (at + 2 >= to && !last) return MORE;
    if (at + 1 >= to || bytes[at + 1] !== DASH) return at;
    // In MySQL, 5--1 is 6.
    if (this.dialect.mysql && at + 2 < to && (bytes[at + 2] as number) > SPACE) return at;
    const end = this.#skipLine(at);
    if (end !== MORE && bytes[at + 3] === UPPER_P) this.#noteDump(at, end);
    return end;
  }

  /** pg_dump and pg_dumpall write both comments, whatever their options are. */
  #noteDump(start: number, end: number): void {
    const comment = this.bytes.toString('latin1', start, Math.min(end, start + MAX_COMMENT)).trimEnd();
    if (comment === '-- PostgreSQL database dump') this.isDumpOpen = true;
    else if (comment === '-- PostgreSQL database dump complete') this.isDumpOpen = false;
  }

  #skipLine(at: number): number {
    const { bytes, to, last } = this;
    const found = bytes.indexOf(LF, at);
    const end = found === -1 || found >= to ? to : found;
    if (end === to && !last) return MORE;
    return end;
  }

  #skipSlash(at: number): number {
    const { bytes, to, last } = this;
    if (at + 10 >= to && !last) return MORE;
    if (at + 1 >= to || bytes[at + 1] !== STAR) return at;
    const head = /^\/\*M?!(\d*)/.exec(bytes.toString('latin1', at, Math.min(to, at + 10)));
    if (head !== null && !this.dialect.postgres && head[1] !== NO_VERSION) {
      this.executed = true;
      return at + head[0].length;
    }
    let depth = 1;
    for (let i = at + 2; i + 1 < to; i++) {
      const byte = bytes[i] as number;
      if (byte === STAR && bytes[i + 1] === SLASH) {
        i++;
        if (--depth === 0) return i + 1;
      } else if (byte === SLASH && bytes[i + 1] === STAR && this.dialect.postgres) {
        i++;
        depth++;
      }
    }
    return MORE;
  }

  #skipStar(at: number): number {
    const { bytes, to, last } = this;
    if (at + 1 >= to) return last ? at : MORE;
    if (bytes[at + 1] !== SLASH) return at;
    this.executed = false;
    return at + 2;
  }

  /** @param start of the opening quote. @returns after the closing one. */
  skipText(start: number, backslash: boolean): number {
    const { bytes, to, last } = this;
    const quote = bytes[start] as number;
    this.escaped = false;
    for (let at = start + 1; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === quote) {
        if (at + 1 >= to) {
          if (last) return to;
          break;
        }
        if (bytes[at + 1] !== quote) return at + 1;
        this.escaped = true;
        at++;
      } else if (byte === BACKSLASH && backslash) {
        this.escaped = true;
        at++;
      }
    }
    this.unclosed = start;
    return MORE;
  }

  /** @returns after the letters, digits and underscores at `start`, maybe none. */
  skipWord(start: number): number {
    const { bytes, to, last } = this;
    let at = start;
    while (at < to && isWordByte(bytes[at] as number)) at++;
    return at >= to && !last ? MORE : at;
  }

  /** The word at `start` in capitals. */
  word(start: number, end: number): string {
    return this.bytes.toString('latin1', start, end).toUpperCase();
  }

  /** A name of a table or a column: quoted in any way, or a word; in parts. @returns after it; `start` where none is. */
  skipName(start: number): number {
    let at = start;
    this.name = '';
    for (;;) {
      const end = this.#skipPart(at);
      if (end === MORE || end === at) return end;
      at = end;
      if (at >= this.to) return this.last ? at : MORE;
      if (this.bytes[at] !== DOT) return at;
      at++;
      this.name += '.';
    }
  }

  #skipPart(start: number): number {
    const { bytes, to } = this;
    if (start >= to) return MORE;
    const quote = bytes[start] as number;
    if (quote === BRACKET) {
      const end = bytes.indexOf(CLOSING_BRACKET, start);
      if (end === -1 || end >= to) return MORE;
      this.name += bytes.toString('utf8', start + 1, end);
      return end + 1;
    }
    if (quote === QUOTE || quote === BACKQUOTE || quote === APOSTROPHE) {
      const end = this.skipText(start, false);
      if (end === MORE) return MORE;
      const mark = String.fromCharCode(quote);
      this.name += bytes.toString('utf8', start + 1, end - 1).replaceAll(mark + mark, mark);
      return end;
    }
    const end = this.skipWord(start);
    if (end !== MORE) this.name += bytes.toString('utf8', start, end);
    return end;
  }
}

/** Of a name without quotes. */
export function isWordByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 48 && byte <= 57) ||
    byte === 95 ||
    byte >= 128
  );
}

export function isBlank(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

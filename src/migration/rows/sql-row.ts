/** The values of one row of an INSERT: literals by their bytes, all else as expressions. */
import { QUOTE } from '../ascii.js';
import { C_STYLE, DOUBLED, EXPRESSION, HEX, MYSQL, NULL, PLAIN, type SqlLayout } from './sql-layout.js';
import { APOSTROPHE, CLOSE, COMMA, isWordByte, MORE, OPEN, SEMICOLON, type SqlLexer } from './sql-lexer.js';
import { type BlockLines, notSql } from './sql-problems.js';

const COLON = 58;
const BAR = 124;

export class SqlRowReader {
  readonly #lexer: SqlLexer;
  readonly #layout: SqlLayout;
  readonly #lines: BlockLines;

  constructor(lexer: SqlLexer, layout: SqlLayout, lines: BlockLines) {
    this.#lexer = lexer;
    this.#layout = layout;
    this.#lines = lines;
  }

  /** The values of a row, after its parenthesis. @returns after the closing one. */
  read(start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    let at = lexer.skipBlanks(start);
    if (at !== MORE && bytes[at] === CLOSE) return at + 1;
    while (at !== MORE) {
      const begin = at;
      at = this.#readValue(at);
      if (at === MORE) return MORE;
      let byte = bytes[at] as number;
      if (at >= to || (byte !== COMMA && byte !== CLOSE)) {
        const next = lexer.skipBlanks(at);
        if (next === MORE) return MORE;
        byte = bytes[next] as number;
        if (byte !== COMMA && byte !== CLOSE) {
          at = this.#readRest(begin, at, next);
          if (at === MORE) return MORE;
          byte = bytes[at] as number;
        } else at = next;
      }
      at++;
      if (byte === CLOSE) return at;
      if (at >= to || !beginsValue(bytes[at] as number)) at = lexer.skipBlanks(at);
    }
    return MORE;
  }

  /** A literal; the beginning of any other expression. */
  #readValue(start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    const byte = bytes[start] as number;
    if (byte === APOSTROPHE || byte === QUOTE) return this.#readText(start, lexer.dialect.mysql ? MYSQL : DOUBLED);
    if (byte === 48 && ((bytes[start + 1] as number) | 32) === 120 && start + 1 < to) {
      const end = lexer.skipWord(start);
      if (end !== MORE) this.#layout.addValue(start + 2, end, HEX);
      return end;
    }
    if (byte === 45 || byte === 43 || byte === 46 || (byte >= 48 && byte <= 57)) {
      let at = start + 1;
      while (at < to && (isWordByte(bytes[at] as number) || isSign(bytes, at))) at++;
      if (at >= to) return MORE;
      this.#layout.addValue(start, at, PLAIN);
      return at;
    }
    if (!isWordByte(byte)) {
      this.#layout.addValue(start, start, EXPRESSION);
      return start;
    }
    const end = lexer.skipWord(start);
    if (end === MORE || end >= to) return MORE;
    return this.#readWord(start, end);
  }

  #readWord(start: number, end: number): number {
    const lexer = this.#lexer;
    const { bytes } = lexer;
    const isPrefix = bytes[end] === APOSTROPHE;
    const word = end - start > 8 && bytes[start] !== 95 ? '' : lexer.word(start, end);
    if (word === 'NULL' || word === 'DEFAULT') this.#layout.addValue(start, start, NULL);
    else if (word === 'TRUE' || word === 'FALSE') this.#layout.addValue(start, end, PLAIN);
    else if (isPrefix && word === 'X') return this.#readQuoted(end, HEX);
    else if (isPrefix && word === 'B') return this.#readQuoted(end, PLAIN);
    else if (isPrefix && word === 'E') return this.#readText(end, C_STYLE);
    else if (isPrefix && word === 'N') return this.#readText(end, lexer.dialect.mysql ? MYSQL : DOUBLED);
    else if (bytes[start] === 95 || word === 'DATE' || word === 'TIME' || word === 'TIMESTAMP') {
      // Introducers of character sets, and types.
      const at = lexer.skipBlanks(end);
      if (at === MORE) return MORE;
      const next = bytes[at] as number;
      if (next === APOSTROPHE || next === 48 || (next | 32) === 120) return this.#readValue(at);
      this.#layout.addValue(start, start, EXPRESSION);
    } else this.#layout.addValue(start, start, EXPRESSION);
    return end;
  }

  #readText(start: number, kind: number): number {
    const lexer = this.#lexer;
    const end = lexer.skipText(start, kind === C_STYLE || kind === MYSQL);
    if (end !== MORE) this.#layout.addValue(start + 1, end - 1, lexer.escaped ? kind : PLAIN);
    return end;
  }

  #readQuoted(start: number, kind: number): number {
    const end = this.#lexer.skipText(start, false);
    if (end !== MORE) this.#layout.addValue(start + 1, end - 1, kind);
    return end;
  }

  /**
   * What follows a literal or begins an expression: casts, operators, calls.
   * @returns at the comma or the parenthesis that ends it.
   */
  #readRest(begin: number, valueEnd: number, start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    const layout = this.#layout;
    const value = layout.used - 1;
    const first = bytes[start] as number;
    const isCast = first === COLON && layout.kinds[value] !== EXPRESSION;
    // After a literal: a word or a text is where a quote is missing.
    const isLiteral = layout.kinds[value] !== EXPRESSION && valueEnd > begin;
    if (isLiteral && !isCast && first !== BAR && !isOperator(first)) throw notSql(this.#lines, start);
    let depth = 0;
    let end = start;
    for (let at = start; ; ) {
      at = lexer.skipBlanks(at);
      if (at === MORE) return MORE;
      const byte = bytes[at] as number;
      if (depth === 0 && (byte === COMMA || byte === CLOSE)) {
        if (!isCast) {
          layout.starts[value] = begin;
          layout.ends[value] = end;
          layout.kinds[value] = EXPRESSION;
        }
        return at;
      }
      if (byte === SEMICOLON) throw notSql(this.#lines, at);
      if (byte === OPEN || byte === 91) depth++;
      else if (byte === CLOSE || byte === 93) depth--;
      if (byte === APOSTROPHE || byte === QUOTE) {
        const before = bytes[at - 1] as number;
        const isC = byte === APOSTROPHE && (before === 69 || before === 101) && !isWordByte(bytes[at - 2] as number);
        at = lexer.skipText(at, lexer.dialect.mysql || isC);
        if (at === MORE) return MORE;
      } else if (isWordByte(byte)) {
        at = lexer.skipWord(at);
        if (at === MORE || at >= to) return MORE;
      } else at++;
      end = at;
    }
  }
}

/** Not a blank, and not what may begin a comment. */
function beginsValue(byte: number): boolean {
  return byte === APOSTROPHE || byte >= 48 || byte === QUOTE;
}

/** In a number: a dot, or the sign of an exponent. */
function isSign(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] as number;
  if (byte === 46) return true;
  return (byte === 43 || byte === 45) && ((bytes[at - 1] as number) | 32) === 101;
}

/** + - * / % */
function isOperator(byte: number): boolean {
  return byte === 43 || byte === 45 || byte === 42 || byte === 47 || byte === 37;
}

/** The texts of values in a dump, by how they are written. */

import { Buffer, isUtf8 } from 'node:buffer';
import { QUOTE } from '../ascii.js';
import { C_STYLE, COPY, DOUBLED, EXPRESSION, HEX, MYSQL, NULL, PLAIN } from './sql-layout.js';

/** Why a value has no text: its bytes are not UTF-8, or only a database can evaluate it. */
export type ValueProblem = 'not-utf8' | 'expression';

export interface SqlValue {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly kind: number;
  /** Of a column for bytes: what is not text is written in hexadecimal. */
  readonly binary: boolean;
  /** In quotes a backslash escapes. */
  readonly mysql: boolean;
}

/** The text of a value; empty for NULL. */
export function valueText(value: SqlValue): string | NoText {
  const { bytes, start, end, kind, binary } = value;
  if (kind === NULL) return '';
  if (kind === EXPRESSION) {
    const text = evaluate(bytes.toString('latin1', start, end), value.mysql);
    return text === undefined ? { problem: 'expression' } : bytesText(Buffer.from(text, 'latin1'), binary);
  }
  if (kind === HEX) return bytesText(Buffer.from(hexDigits(bytes.toString('latin1', start, end)), 'hex'), true);
  if (kind === PLAIN) {
    return isPrintable(bytes, start, end)
      ? bytes.toString('latin1', start, end)
      : bytesText(bytes.subarray(start, end), binary);
  }
  // Escapes are of ASCII, so that other bytes may be of any encoding.
  return bytesText(
    Buffer.from(unescaped(bytes.toString('latin1', start, end), kind, bytes[start - 1] === QUOTE), 'latin1'),
    binary,
  );
}

/** ASCII without control characters, as most values are. */
export function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 127 || byte < 32) return false;
  }
  return true;
}

export interface NoText {
  readonly problem: ValueProblem;
}

function hexDigits(text: string): string {
  const digits = text.replace(/\s/g, '');
  return digits.length % 2 === 1 ? `0${digits}` : digits;
}

/** @param binary bytes that are not text are written in hexadecimal. */
function bytesText(bytes: Buffer, binary: boolean): string | NoText {
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of these
    return binary && /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) ? bytes.toString('hex') : text;
  }
  return binary ? bytes.toString('hex') : { problem: 'not-utf8' };
}

const MYSQL_ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  '%': '\\%',
  _: '\\_',
};
const C_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** In and out: one character a byte. */
function unescaped(text: string, kind: number, inDouble: boolean): string {
  const quote = inDouble ? '"' : "'";
  switch (kind) {
    case DOUBLED:
      return text.replaceAll(quote + quote, quote);
    case MYSQL:
      return text.replace(inDouble ? /\\([\s\S])|""/g : /\\([\s\S])|''/g, (_, escaped?: string) =>
        escaped === undefined ? quote : (MYSQL_ESCAPES[escaped] ?? escaped),
      );
    case COPY:
    case C_STYLE:
      return text.replace(
        /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]))|''/g,
        (all, octal?: string, hex?: string, short?: string, long?: string, letter?: string) => {
          if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
          if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
          const point = kind === C_STYLE ? (short ?? long) : undefined;
          if (point !== undefined) return utf8Bytes(Number.parseInt(point, 16));
          if (short !== undefined || long !== undefined) return all.slice(1);
          if (letter === undefined) return kind === C_STYLE ? "'" : all;
          if (letter === 'v' && kind === COPY) return '\v';
          return C_ESCAPES[letter] ?? letter;
        },
      );
    default:
      return text;
  }
}

function utf8Bytes(point: number): string {
  return point > 0x10ffff ? '' : Buffer.from(String.fromCodePoint(point)).toString('latin1');
}

/** After the closing quote of the text at `start`. */
function textEnd(text: string, start: number, backslash: boolean): number {
  for (let at = start + 1; at < text.length; at++) {
    if (backslash && text[at] === '\\') at++;
    else if (text[at] === "'" && text[at + 1] !== "'") return at + 1;
    else if (text[at] === "'") at++;
  }
  return text.length;
}

/** Names of calls, and what is in hexadecimal. */
const MAX_WORD = 64 * 1024;
/** Calls within calls of an expression. */
const MAX_DEPTH = 20;

/**
 * What SQLite's shell writes for a text with line ends, and casts: `replace('a\nb','\n',char(10))`, `unistr('a\u000ab')`.
 * @returns undefined for any other expression.
 */
function evaluate(text: string, mysql: boolean): string | undefined {
  let at = 0;

  function blanks(): void {
    while (/\s/.test(text[at] ?? 'x')) at++;
  }

  function eat(token: string): boolean {
    blanks();
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  }

  function value(depth: number): string | undefined {
    blanks();
    if (depth > MAX_DEPTH) return undefined;
    if (text[at] === "'") {
      const end = textEnd(text, at, mysql);
      const inner = text.slice(at + 1, end - 1);
      at = end;
      return unescaped(inner, mysql ? MYSQL : DOUBLED, false);
    }
    const rest = text.slice(at, at + MAX_WORD);
    const hex = /^(?:0x([0-9A-Fa-f]+)|x'([0-9A-Fa-f]*)')/i.exec(rest);
    if (hex !== null) {
      at += hex[0].length;
      return Buffer.from(hexDigits(hex[1] ?? hex[2] ?? ''), 'hex').toString('latin1');
    }
    const call = /^(replace|char|chr|unistr|cast)\s*\(/i.exec(rest);
    if (call === null) return undefined;
    at += call[0].length;
    return called((call[1] as string).toLowerCase(), depth + 1);
  }

  function called(name: string, depth: number): string | undefined {
    if (name === 'char' || name === 'chr') {
      const points = /^\s*(\d{1,7})\s*\)/.exec(text.slice(at));
      if (points === null) return undefined;
      at += points[0].length;
      return utf8Bytes(Number(points[1]));
    }
    const first = value(depth);
    if (first === undefined) return undefined;
    if (name === 'unistr') return eat(')') ? unescapeUnicode(first) : undefined;
    if (name === 'cast') {
      const type = /^\s*as\s+[\w ]+(?:\(\d+\))?\s*\)/i.exec(text.slice(at));
      at += type?.[0].length ?? 0;
      return type === null ? undefined : first;
    }
    const from = eat(',') ? value(depth) : undefined;
    const to = from !== undefined && eat(',') ? value(depth) : undefined;
    return to === undefined || !eat(')') || from === '' ? undefined : first.replaceAll(from as string, () => to);
  }

  const result = value(0);
  blanks();
  return at === text.length ? result : undefined;
}

function unescapeUnicode(text: string): string {
  return text.replace(
    /\\(?:(\\)|([0-9A-Fa-f]{4})|u([0-9A-Fa-f]{4})|\+([0-9A-Fa-f]{6})|U([0-9A-Fa-f]{8}))/g,
    (...found) => {
      const [, backslash, plain, short, six, long] = found as readonly (string | undefined)[];
      return backslash ?? utf8Bytes(Number.parseInt(plain ?? short ?? six ?? long ?? '', 16));
    },
  );
}

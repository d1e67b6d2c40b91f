/** The grammar of JSON (RFC 8259), a byte at a time: where a value that could not be read stops being one. */
import { Buffer } from 'node:buffer';
import { BACKSLASH, COLON, COMMA, CR, LF, QUOTE, SPACE, TAB } from '../ascii.js';
import { endOfNumber } from './json-values.js';
import { MAX_DEPTH } from './json-walker.js';

const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LOWER_U = 117;
const WORDS = ['true', 'false', 'null'].map((word) => Uint8Array.from(word, (character) => character.charCodeAt(0)));
const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));

export interface GrammarResult {
  /** The value ends; it is not JSON from here on; the bytes end within it; it is nested too deeply. */
  readonly kind: 'value' | 'error' | 'cut-off' | 'too-deep';
  /** After the value; of the error. */
  readonly at: number;
}

/** Reads the value that begins in `bytes[start, end)`, after white space. */
export function readGrammar(bytes: Uint8Array, start: number, end: number): GrammarResult {
  const lists: boolean[] = [];
  let at = skipBlanks(bytes, start, end);
  let wanted: 'value' | 'first' | 'name' = 'value';
  for (;;) {
    if (at >= end) return { kind: 'cut-off', at: end };
    const isList = lists.at(-1) === true;
    let byte = bytes[at] as number;
    if (wanted === 'first' && byte === (isList ? CLOSE_LIST : CLOSE_OBJECT)) wanted = 'value';
    else {
      if (lists.length > 0 && !isList) {
        const next = readName(bytes, at, end);
        if (next.kind !== 'value') return next;
        at = next.at;
        byte = bytes[at] as number;
        if (at >= end) return { kind: 'cut-off', at: end };
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (lists.length === MAX_DEPTH) return { kind: 'too-deep', at };
        lists.push(byte === OPEN_LIST);
        at = skipBlanks(bytes, at + 1, end);
        wanted = 'first';
        continue;
      }
      const next = byte === QUOTE ? readString(bytes, at, end) : readScalar(bytes, at, end);
      if (next.kind !== 'value') return next;
      at = next.at;
      if (lists.length === 0) return next;
      at = skipBlanks(bytes, at, end);
    }
    // After a value, brackets may close.
    for (; at < end && bytes[at] === (lists.at(-1) ? CLOSE_LIST : CLOSE_OBJECT); at = skipBlanks(bytes, at + 1, end)) {
      lists.pop();
      if (lists.length === 0) return { kind: 'value', at: at + 1 };
    }
    if (at >= end) return { kind: 'cut-off', at: end };
    if (bytes[at] !== COMMA) return { kind: 'error', at };
    at = skipBlanks(bytes, at + 1, end);
    wanted = 'value';
  }
}

/** A name, the colon and white space. */
function readName(bytes: Uint8Array, start: number, end: number): GrammarResult {
  if (bytes[start] !== QUOTE) return { kind: 'error', at: start };
  const name = readString(bytes, start, end);
  if (name.kind !== 'value') return name;
  const at = skipBlanks(bytes, name.at, end);
  if (at >= end) return { kind: 'cut-off', at: end };
  return bytes[at] === COLON ? { kind: 'value', at: skipBlanks(bytes, at + 1, end) } : { kind: 'error', at };
}

/** The string whose opening quote is at `start`. */
export function readString(bytes: Uint8Array, start: number, end: number): GrammarResult {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return { kind: 'value', at: at + 1 };
    if (byte < SPACE) return { kind: 'error', at };
    if (byte !== BACKSLASH) continue;
    at++;
    if (at >= end) break;
    if (bytes[at] === LOWER_U) {
      for (let k = 0; k < 4; k++) {
        at++;
        if (at >= end) return { kind: 'cut-off', at: end };
        if (!/[0-9A-Fa-f]/.test(String.fromCharCode(bytes[at] as number))) return { kind: 'error', at };
      }
    } else if (!ESCAPES.has(bytes[at] as number)) return { kind: 'error', at };
  }
  return { kind: 'cut-off', at: end };
}

/** A number, true, false or null. */
export function readScalar(bytes: Uint8Array, start: number, end: number): GrammarResult {
  let next = start;
  while (next < end && !endsScalar(bytes[next] as number)) next++;
  const isCut = next === end;
  for (const word of WORDS) {
    const length = next - start;
    const isBeginning = word.subarray(0, length).every((byte, i) => byte === bytes[start + i]);
    if (length > 0 && length <= word.length && isBeginning) {
      if (length === word.length) return { kind: 'value', at: next };
      if (isCut) return { kind: 'cut-off', at: end };
    }
  }
  const numberEnd = endOfNumber(bytes.subarray(0, next), start);
  if (numberEnd === next && next > start) return { kind: 'value', at: next };
  if (isCut && /^-?(?:\d+\.?\d*)?(?:[eE][+-]?)?$/.test(Buffer.from(bytes.subarray(start, next)).toString('latin1'))) {
    return { kind: 'cut-off', at: end };
  }
  return { kind: 'error', at: start };
}

function endsScalar(byte: number): boolean {
  return (
    isBlank(byte) ||
    byte === COMMA ||
    byte === COLON ||
    byte === QUOTE ||
    (byte | 0x20) === 123 ||
    (byte | 0x20) === 125
  );
}

export function isBlank(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at] as number)) at++;
  return at;
}

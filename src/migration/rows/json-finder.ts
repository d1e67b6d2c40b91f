/**
 * Where the tokens and elements of JSON are: by the kernel `structure`, 16 bytes at a time, or one byte at a time where this
 * runtime cannot run that. Both find the same.
 */
import { Buffer } from 'node:buffer';
import {
  JSON_BYTES,
  JSON_PLACES_AT,
  JSON_RESULT_AT,
  JSON_STATE_AT,
  JSON_TEXT_AT,
  JSON_TEXT_BYTES,
} from '../../kernels/json-structure-layout.js';
import { BACKSLASH, COLON, COMMA, CR, LF, QUOTE, SPACE, TAB } from '../ascii.js';
import { newStructureKernel } from './structure-module.js';

export { JSON_TEXT_BYTES };

const VECTOR_BYTES = 16;
/** Places that may be read past the last one: they are of white space. */
const SENTINELS = 4;
const BRACE_BIT = 0x20;
const OPEN = 123;
const CLOSE = 125;

export interface JsonFinder {
  /** A piece of text, at most `JSON_TEXT_BYTES`. */
  readonly text: Buffer;
  /** What the last call found, in the text. */
  readonly places: Int32Array;
  count: number;
  /** The text was looked at so far. */
  end: number;
  /** Of `findTokens`: a backslash is among what was looked at. */
  isEscaped: boolean;
  /** Between calls of `findElements`: open brackets, and line ends. */
  depth: number;
  lines: number;
  /**
   * The place of each token in `text[from, to)`, which begins outside of strings: brackets, colons, commas, both quotes of
   * a string, the first byte of all else that is not white space. `lineEnd` is a token too. Within a string there are
   * places of what may be an error: of control characters, and of what follows a backslash and is not one of `"\/bfnrt`.
   * Stops up to 15 bytes after a line end in a string.
   */
  findTokens(from: number, to: number, lineEnd: number): void;
  /** Begins a text for `findElements`, outside of strings and brackets. */
  beginElements(): void;
  /**
   * Of the next piece of a text, `text[0, to)`: the places of brackets and commas that no bracket is around, each followed by
   * the line ends before it. Stops up to 15 bytes after a bracket that closes more than were opened.
   */
  findElements(to: number): void;
}

export function createJsonFinder(): JsonFinder {
  try {
    return new JsonKernel();
  } catch {
    return new JsonScanner();
  }
}

class JsonKernel implements JsonFinder {
  readonly text: Buffer;
  readonly places: Int32Array;
  count = 0;
  end = 0;
  isEscaped = false;
  readonly #words: Int32Array;
  readonly #tokens: (from: number, to: number, lineEnd: number) => void;
  readonly #elements: (from: number, to: number) => void;

  /** @throws where this runtime cannot run it. */
  constructor() {
    const { memory, functions } = newStructureKernel(JSON_BYTES);
    const { tokens, elements } = functions;
    if (tokens === undefined || elements === undefined) throw new Error('the kernel has no functions for JSON');
    this.#tokens = tokens;
    this.#elements = elements;
    this.text = Buffer.from(memory.buffer, JSON_TEXT_AT, JSON_TEXT_BYTES + VECTOR_BYTES);
    this.#words = new Int32Array(memory.buffer, 0, JSON_TEXT_AT / 4);
    this.places = new Int32Array(memory.buffer, JSON_PLACES_AT, 2 * JSON_TEXT_BYTES + SENTINELS);
  }

  get depth(): number {
    return this.#words[JSON_STATE_AT / 4 + 2] as number;
  }

  get lines(): number {
    return this.#words[JSON_STATE_AT / 4 + 3] as number;
  }

  findTokens(from: number, to: number, lineEnd: number): void {
    // White space up to the end of the last vector.
    this.text.fill(SPACE, to, to + VECTOR_BYTES);
    this.#tokens(JSON_TEXT_AT + from, JSON_TEXT_AT + to, lineEnd);
    this.#readResult(to);
    // The white space after a backslash does not belong to the text.
    if (this.count > 0 && (this.places[this.count - 1] as number) >= to) this.count--;
    this.isEscaped = this.#words[JSON_RESULT_AT / 4 + 2] !== 0;
    for (let i = 0; i < SENTINELS; i++) this.places[this.count + i] = to;
  }

  beginElements(): void {
    this.#words.fill(0, JSON_STATE_AT / 4, JSON_STATE_AT / 4 + 4);
  }

  findElements(to: number): void {
    this.text.fill(SPACE, to, to + VECTOR_BYTES);
    this.#elements(JSON_TEXT_AT, JSON_TEXT_AT + to);
    this.#readResult(to);
    this.count >>= 1;
  }

  #readResult(to: number): void {
    this.count = ((this.#words[JSON_RESULT_AT / 4] as number) - JSON_PLACES_AT) >> 2;
    this.end = Math.min(to, (this.#words[JSON_RESULT_AT / 4 + 1] as number) - JSON_TEXT_AT);
  }
}

const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));

/** The reference: what the kernel is tested against. */
export class JsonScanner implements JsonFinder {
  readonly text: Buffer = Buffer.alloc(JSON_TEXT_BYTES + VECTOR_BYTES);
  readonly places: Int32Array = new Int32Array(2 * JSON_TEXT_BYTES + SENTINELS);
  count = 0;
  end = 0;
  isEscaped = false;
  depth = 0;
  lines = 0;
  #inString = false;
  #escaped = false;

  findTokens(from: number, to: number, lineEnd: number): void {
    const { text } = this;
    text.fill(SPACE, to, to + VECTOR_BYTES);
    this.count = 0;
    this.isEscaped = false;
    let inString = false;
    let escaped = false;
    let isRunning = false;
    let end = to;
    let at = from;
    for (; at < end; at++) {
      const byte = text[at] as number;
      const wasEscaped: boolean = escaped;
      escaped = byte === BACKSLASH && !wasEscaped;
      if (byte === BACKSLASH) this.isEscaped = true;
      let isPlace: boolean;
      if (byte === QUOTE && !wasEscaped) {
        inString = !inString;
        isPlace = true;
        isRunning = false;
      } else if (inString) {
        isPlace = byte < SPACE || (wasEscaped && !ESCAPES.has(byte));
        if (byte === lineEnd) end = Math.min(end, from + ((at - from) & -VECTOR_BYTES) + VECTOR_BYTES);
      } else {
        const isBlank = byte <= SPACE || byte === lineEnd || isStructure(byte);
        isPlace =
          byte === lineEnd || isStructure(byte) || (byte < SPACE && !isWhiteSpace(byte)) || (!isBlank && !isRunning);
        isRunning = !isBlank;
      }
      if (isPlace) this.places[this.count++] = at;
    }
    this.end = at;
    for (let i = 0; i < SENTINELS; i++) this.places[this.count + i] = to;
  }

  beginElements(): void {
    this.depth = this.lines = 0;
    this.#inString = this.#escaped = false;
  }

  findElements(to: number): void {
    const { text } = this;
    this.count = 0;
    this.end = to;
    for (let at = 0; at < to; at++) {
      const byte = text[at] as number;
      const wasEscaped = this.#escaped;
      this.#escaped = byte === BACKSLASH && !wasEscaped;
      if (byte === LF) this.lines++;
      if (byte === QUOTE && !wasEscaped) this.#inString = !this.#inString;
      if (this.#inString || byte === QUOTE) continue;
      const folded = byte | BRACE_BIT;
      const isOutside = this.depth === 0;
      if (folded === CLOSE && isOutside) {
        this.#addElement(at);
        this.end = Math.min(to, (at & -VECTOR_BYTES) + VECTOR_BYTES);
        return;
      }
      if (folded === OPEN) this.depth++;
      else if (folded === CLOSE) this.depth--;
      if (isOutside ? folded === OPEN || byte === COMMA : this.depth === 0) this.#addElement(at);
    }
  }

  #addElement(at: number): void {
    this.places[2 * this.count] = at;
    this.places[2 * this.count + 1] = this.lines;
    this.count++;
  }
}

function isStructure(byte: number): boolean {
  const folded = byte | BRACE_BIT;
  return folded === OPEN || folded === CLOSE || byte === COLON || byte === COMMA;
}

function isWhiteSpace(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

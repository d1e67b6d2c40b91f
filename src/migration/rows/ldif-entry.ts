/**
 * One entry of LDIF, where it is in a block of bytes: attributes a line each, folded, values as text or Base64. Values are
 * decoded where a source asks for them.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import type { JsonRecord } from '../../encoding/json.js';
import { CR, LF, SPACE } from '../ascii.js';
import type { RowProblem } from '../row-problem.js';
import type { SourceRecord } from '../sources/index.js';
import { decodeBase64Bytes } from './base64-bytes.js';
import { AttributeNames, addToHash, CHANGE_TYPE, DN, FIRST_HASH, VERSION } from './ldif-names.js';
import { findLineEnd } from './lines.js';

const HASH = 35;
const COLON = 58;
const SEMICOLON = 59;
const LESS = 60;

/** Of the name of an attribute: letters, digits, dot, hyphen. */
const NAME = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[A-Za-z0-9.-]/.test(String.fromCharCode(byte))));

/** Of each attribute: the number of its name, how its value is written, and where that begins and ends. */
const NUMBER = 0;
const FORM = 1;
const START = 2;
const END = 3;
const WORDS = 4;

// Forms of a value, as bits.
const BASE64 = 1;
const FOLDED = 2;
/** Among the lines that were unfolded to be read. */
const UNFOLDED = 4;

/** A value in another file, which is not opened. */
const ELSEWHERE = -1;

const FIRST_ROOM = 4096;
const NO_BYTES = Buffer.alloc(0);
const NOT_AN_ATTRIBUTE: RowProblem = { code: 'not-an-attribute' };
const CHANGE: RowProblem = { code: 'change-record' };
const NO_DN: RowProblem = { code: 'no-dn' };

/** One object is filled again for each entry. */
export class LdifEntry implements SourceRecord {
  /** Lines before its first: blank ones. */
  linesBefore = 0;
  /** With those before it, and the blank one after it. */
  lines = 0;
  /** Why it cannot be read. */
  problem: RowProblem | undefined;
  /** What the names of its attributes say together. */
  tells = 0;
  /** The name of a value that was asked for and is not Base64 of text. */
  undecoded: string | undefined;
  readonly #names: AttributeNames;
  #bytes: Buffer = NO_BYTES;
  #view: DataView = viewOf(NO_BYTES);
  #attributes = new Int32Array(64 * WORDS);
  #count = 0;
  #hasDn = false;
  /** Nothing more of it is of use. */
  #isDone = false;
  /** Lines whose name or form is folded. */
  #unfolded: Buffer = NO_BYTES;
  #unfoldedLength = 0;
  /** Room of one value. */
  #room: Buffer = Buffer.alloc(FIRST_ROOM);
  #roomView: DataView = viewOf(this.#room);
  /** The value of a list that was read last: its name, its place in the list, its place among the attributes. */
  readonly #last = { number: -1, index: 0, at: 0 };

  /** The function gives what a name says of its entry, as bits. */
  constructor(tell: (name: string) => number) {
    this.#names = new AttributeNames(tell);
  }

  /** The entry adds a user, or something else. */
  get isRecord(): boolean {
    return this.#hasDn && !this.#isDone;
  }

  /** Begins a block. */
  enter(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  /**
   * Reads the first entry in `[start, limit)`, and the blank lines around it.
   * @returns where it ends.
   */
  read(start: number, limit: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    this.#reset();
    let lines = 0;
    let hasBegun = false;
    let at = start;
    while (at < limit) {
      let stop = findLineEnd(bytes, view, at, limit);
      lines++;
      const firstEnd = withoutCr(bytes, at, stop);
      let next = stop + 1;
      if (firstEnd === at) {
        at = next;
        if (hasBegun) break;
        this.linesBefore = lines;
        continue;
      }
      hasBegun = true;
      let end = firstEnd;
      while (next < limit && bytes[next] === SPACE) {
        stop = findLineEnd(bytes, view, next, limit);
        lines++;
        end = withoutCr(bytes, next, stop);
        next = stop + 1;
      }
      if (!this.#isDone) this.#add(at, firstEnd, end);
      at = next;
    }
    this.lines = lines;
    this.#finish();
    return Math.min(at, limit);
  }

  /** The names of its attributes, in lower case. */
  names(): string[] {
    const names = new Set<string>();
    for (let i = 0; i < this.#count; i++) names.add(this.#names.textOf(this.#word(i, NUMBER)));
    return [...names];
  }

  /**
   * The value of an attribute; empty where it has several, of which `name.0` is the first. Where it cannot be decoded,
   * `undecoded` is set.
   */
  readonly field = (name: string): string | undefined => {
    const number = this.#names.numberOf(name);
    const first = number === undefined ? -1 : this.#find(number, 0);
    if (first === -1) return name.includes('.') ? this.#listed(name) : undefined;
    return this.#find(number as number, first + 1) === -1 ? this.#askedText(first) : '';
  };

  /** Of an attribute with several values. */
  held(path: string): unknown {
    const value = this.whole()[path];
    return typeof value === 'string' ? undefined : value;
  }

  /** All that can be decoded. */
  whole(): JsonRecord {
    const values = new Map<string, string | string[]>();
    for (let i = 0; i < this.#count; i++) {
      const value = this.#text(i);
      if (value !== undefined) append(values, this.#names.textOf(this.#word(i, NUMBER)), value);
    }
    return Object.fromEntries(values);
  }

  #reset(): void {
    this.#names.trim();
    this.linesBefore = 0;
    this.problem = undefined;
    this.undecoded = undefined;
    this.tells = 0;
    this.#count = 0;
    this.#hasDn = false;
    this.#isDone = false;
    this.#unfoldedLength = 0;
    this.#last.number = -1;
  }

  #finish(): void {
    if (this.#isDone || this.#hasDn || this.#count === 0) return;
    // A file may begin with its version, as an entry of its own.
    if (this.#count > 1 || this.#word(0, NUMBER) !== VERSION) this.problem = NO_DN;
  }

  /** @param firstEnd of its first line; it goes on to `end`. */
  #add(start: number, firstEnd: number, end: number): void {
    const bytes = this.#bytes;
    if (bytes[start] === HASH) return;
    const form = end === firstEnd ? 0 : FOLDED;
    if (form !== 0 && findColon(bytes, start, firstEnd) + 1 >= firstEnd) {
      const from = this.#unfoldedLength;
      const to = this.#unfoldLine(start, end);
      this.#addAttribute(this.#unfolded, from, to, to, UNFOLDED);
      return;
    }
    this.#addAttribute(bytes, start, firstEnd, end, form);
  }

  /** @param firstEnd the name, and how the value is written, are before it. */
  #addAttribute(bytes: Buffer, start: number, firstEnd: number, end: number, form: number): void {
    let hash = FIRST_HASH;
    let at = start;
    for (; at < firstEnd && NAME[bytes[at] as number] === 1; at++) hash = addToHash(hash, bytes[at] as number);
    const nameEnd = at;
    // Options, such as a language.
    if (bytes[at] === SEMICOLON) at = findColon(bytes, at, firstEnd);
    if (nameEnd === start || at >= firstEnd || bytes[at] !== COLON) {
      this.problem = NOT_AN_ATTRIBUTE;
      this.#isDone = true;
      return;
    }
    at++;
    const second = at < firstEnd ? bytes[at] : 0;
    const written = second === COLON ? form | BASE64 : second === LESS ? ELSEWHERE : form;
    if (written !== form) at++;
    const number = this.#names.find(bytes, start, nameEnd, hash);
    if (number === CHANGE_TYPE && this.#raw(bytes, at, end, form).toLowerCase() !== 'add') {
      this.problem = CHANGE;
      this.#isDone = true;
    }
    if (this.#isDone || written === ELSEWHERE || this.#names.isBinary(number)) return;
    if (number === DN) this.#hasDn = true;
    this.tells |= this.#names.tellsOf(number);
    this.#append(number, written, at, end);
  }

  #append(number: number, form: number, start: number, end: number): void {
    const at = WORDS * this.#count++;
    if (at === this.#attributes.length) {
      const more = new Int32Array(2 * at);
      more.set(this.#attributes);
      this.#attributes = more;
    }
    const attributes = this.#attributes;
    attributes[at + NUMBER] = number;
    attributes[at + FORM] = form;
    attributes[at + START] = start;
    attributes[at + END] = end;
  }

  #word(attribute: number, word: number): number {
    return this.#attributes[WORDS * attribute + word] as number;
  }

  /** The next attribute of a name, or -1. */
  #find(number: number, from: number): number {
    const attributes = this.#attributes;
    for (let i = from; i < this.#count; i++) if (attributes[WORDS * i] === number) return i;
    return -1;
  }

  /** @param name of an attribute with several values, a dot, and the place of one of them. */
  #listed(name: string): string | undefined {
    const dot = name.lastIndexOf('.');
    const place = name.slice(dot + 1);
    const number = this.#names.numberOf(name.slice(0, dot));
    if (number === undefined || !/^(?:0|[1-9]\d{0,8})$/.test(place)) return undefined;
    const wanted = Number(place);
    const last = this.#last;
    const goesOn = last.number === number && last.index < wanted;
    let index = goesOn ? last.index + 1 : 0;
    let at = this.#find(number, goesOn ? last.at + 1 : 0);
    for (; at !== -1 && index < wanted; index++) at = this.#find(number, at + 1);
    if (at === -1) return undefined;
    if (wanted === 0 && this.#find(number, at + 1) === -1) return undefined;
    last.number = number;
    last.index = wanted;
    last.at = at;
    return this.#askedText(at);
  }

  #askedText(attribute: number): string {
    const text = this.#text(attribute);
    if (text === undefined) this.undecoded ??= this.#names.textOf(this.#word(attribute, NUMBER));
    return text ?? '';
  }

  /** Undefined where it cannot be decoded. */
  #text(attribute: number): string | undefined {
    const at = WORDS * attribute;
    const form = this.#attributes[at + FORM] as number;
    const start = this.#attributes[at + START] as number;
    const end = this.#attributes[at + END] as number;
    const bytes = (form & UNFOLDED) === 0 ? this.#bytes : this.#unfolded;
    if ((form & BASE64) === 0) return this.#raw(bytes, start, end, form);
    const room = this.#reserve(end - start);
    const isFolded = (form & FOLDED) !== 0;
    const from = isFolded ? room : bytes;
    const to = isFolded ? unfold(bytes, start, end, room, 0) : end;
    const length = decodeBase64Bytes(from, skipSpaces(from, isFolded ? 0 : start, to), to, room);
    if (length === -1) return undefined;
    if (isAscii(this.#roomView, length)) return room.toString('latin1', 0, length);
    return isUtf8(room.subarray(0, length)) ? room.toString('utf8', 0, length) : undefined;
  }

  /** The text as it is written. */
  #raw(bytes: Buffer, start: number, end: number, form: number): string {
    if ((form & FOLDED) === 0) return bytes.toString('utf8', skipSpaces(bytes, start, end), end);
    const room = this.#reserve(end - start);
    const to = unfold(bytes, start, end, room, 0);
    return room.toString('utf8', skipSpaces(room, 0, to), to);
  }

  #unfoldLine(start: number, end: number): number {
    const needed = this.#unfoldedLength + end - start;
    if (needed > this.#unfolded.length) {
      const more = Buffer.alloc(Math.max(FIRST_ROOM, 2 * needed));
      this.#unfolded.copy(more);
      this.#unfolded = more;
    }
    this.#unfoldedLength = unfold(this.#bytes, start, end, this.#unfolded, this.#unfoldedLength);
    return this.#unfoldedLength;
  }

  #reserve(length: number): Buffer {
    if (length > this.#room.length) {
      this.#room = Buffer.alloc(2 * length);
      this.#roomView = viewOf(this.#room);
    }
    return this.#room;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Of a line's end one CR belongs to it. */
function withoutCr(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === CR ? end - 1 : end;
}

function findColon(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== COLON) at++;
  return at;
}

function skipSpaces(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  return at;
}

/**
 * Writes lines that continue each other as one.
 * @returns its end in `into`.
 */
function unfold(bytes: Uint8Array, start: number, end: number, into: Uint8Array, to: number): number {
  let out = to;
  let lineStart = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte !== LF) {
      into[out++] = byte;
      continue;
    }
    if (at > lineStart && bytes[at - 1] === CR) out--;
    // The space after it.
    at++;
    lineStart = at + 1;
  }
  return out;
}

function isAscii(view: DataView, length: number): boolean {
  let all = 0;
  let at = 0;
  for (; at + 4 <= length; at += 4) all |= view.getInt32(at);
  for (; at < length; at++) all |= view.getUint8(at);
  return (all & 0x80808080) === 0;
}

function append(values: Map<string, string | string[]>, attribute: string, value: string): void {
  const known = values.get(attribute);
  if (known === undefined) values.set(attribute, value);
  else if (typeof known === 'string') values.set(attribute, [known, value]);
  else known.push(value);
}

/**
 * One entry of LDIF, where it is in a block of bytes: attributes a line each, folded, values as text or Base64. Values are
 * decoded where a source asks for them.
 */
import { Buffer } from 'node:buffer';
import type { JsonRecord } from '../../encoding/json.js';
import { SPACE } from '../ascii.js';
import type { RowProblem } from '../row-problem.js';
import type { SourceRecord } from '../sources/index.js';
import { LdifAttributes } from './ldif-attributes.js';
import { AttributeNames, addToHash, CHANGE_TYPE, DN, FIRST_HASH, VERSION } from './ldif-names.js';
import { BASE64, FOLDED, findColon, LdifValues, unfold, viewOf, withoutCr } from './ldif-values.js';
import { findLineEnd } from './lines.js';

const HASH = 35;
const COLON = 58;
const SEMICOLON = 59;
const LESS = 60;

/** Of the name of an attribute: letters, digits, dot, hyphen. */
const NAME = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[A-Za-z0-9.-]/.test(String.fromCharCode(byte))));

/** A form: the value is among the lines that were unfolded to be read. */
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
  readonly #attributes = new LdifAttributes();
  readonly #values = new LdifValues();
  #hasDn = false;
  /** Nothing more of it is of use. */
  #isDone = false;
  /** Lines whose name or form is folded. */
  #unfolded: Buffer = NO_BYTES;
  #unfoldedLength = 0;
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
    for (let i = 0; i < this.#attributes.count; i++) names.add(this.#names.textOf(this.#attributes.numberAt(i)));
    return [...names];
  }

  /**
   * The value of an attribute; empty where it has several, of which `name.0` is the first. Where it cannot be decoded,
   * `undecoded` is set.
   */
  readonly field = (name: string): string | undefined => {
    const number = this.#names.numberOf(name);
    const first = number === undefined ? -1 : this.#attributes.find(number, 0);
    if (first === -1) return name.includes('.') ? this.#listed(name) : undefined;
    return this.#attributes.find(number as number, first + 1) === -1 ? this.#askedText(first) : '';
  };

  /** Of an attribute with several values. */
  held(path: string): unknown {
    const value = this.whole()[path];
    return typeof value === 'string' ? undefined : value;
  }

  /** All that can be decoded. */
  whole(): JsonRecord {
    const values = new Map<string, string | string[]>();
    for (let i = 0; i < this.#attributes.count; i++) {
      const value = this.#text(i);
      if (value !== undefined) append(values, this.#names.textOf(this.#attributes.numberAt(i)), value);
    }
    return Object.fromEntries(values);
  }

  #reset(): void {
    this.#names.trim();
    this.linesBefore = 0;
    this.problem = undefined;
    this.undecoded = undefined;
    this.tells = 0;
    this.#attributes.clear();
    this.#hasDn = false;
    this.#isDone = false;
    this.#unfoldedLength = 0;
    this.#last.number = -1;
  }

  #finish(): void {
    if (this.#isDone || this.#hasDn || this.#attributes.count === 0) return;
    // A file may begin with its version, as an entry of its own.
    if (this.#attributes.count > 1 || this.#attributes.numberAt(0) !== VERSION) this.problem = NO_DN;
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
    if (number === CHANGE_TYPE && this.#values.written(bytes, at, end, form).toLowerCase() !== 'add') {
      this.problem = CHANGE;
      this.#isDone = true;
    }
    if (this.#isDone || written === ELSEWHERE || this.#names.isBinary(number)) return;
    if (number === DN) this.#hasDn = true;
    this.tells |= this.#names.tellsOf(number);
    this.#attributes.add(number, written, at, end);
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
    let at = this.#attributes.find(number, goesOn ? last.at + 1 : 0);
    for (; at !== -1 && index < wanted; index++) at = this.#attributes.find(number, at + 1);
    if (at === -1) return undefined;
    if (wanted === 0 && this.#attributes.find(number, at + 1) === -1) return undefined;
    last.number = number;
    last.index = wanted;
    last.at = at;
    return this.#askedText(at);
  }

  #askedText(attribute: number): string {
    const text = this.#text(attribute);
    if (text === undefined) this.undecoded ??= this.#names.textOf(this.#attributes.numberAt(attribute));
    return text ?? '';
  }

  /** Undefined where it cannot be decoded. */
  #text(attribute: number): string | undefined {
    const attributes = this.#attributes;
    const form = attributes.formAt(attribute);
    const bytes = (form & UNFOLDED) === 0 ? this.#bytes : this.#unfolded;
    return this.#values.decoded(bytes, attributes.startAt(attribute), attributes.endAt(attribute), form);
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
}

function append(values: Map<string, string | string[]>, attribute: string, value: string): void {
  const known = values.get(attribute);
  if (known === undefined) values.set(attribute, value);
  else if (typeof known === 'string') values.set(attribute, [known, value]);
  else known.push(value);
}

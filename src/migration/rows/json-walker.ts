/**
 * Goes through the tokens of one record of JSON: checks that they are in the order of the grammar (RFC 8259), and notes where
 * the values of wanted fields are. All else is passed over. A record that it cannot be certain of is left to `JSON.parse`.
 */
import { Buffer } from 'node:buffer';
import { BACKSLASH, COLON, COMMA, QUOTE, SPACE } from '../ascii.js';
import type { JsonFinder } from './json-finder.js';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const LOWER_E = 101;
const LOWER_U = 117;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const TRUE = [...'true'].map((character) => character.charCodeAt(0));
const FALSE = [...'false'].map((character) => character.charCodeAt(0));
const NULL = [...'null'].map((character) => character.charCodeAt(0));

/** Of records that are nested deeper nothing is read. */
export const MAX_DEPTH = 500;
/** Fields that are found without an object of the record. */
const MAX_SLOTS = 128;
/** Names of one object that are remembered. */
const MAX_NAMES = 1000;
const MAX_NAME_BYTES = 256;
const NO_SLOT = -1;
/** Of a name: it is written with escapes. */
const ODD_NAME = 1 << 30;

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

/** What a name says of a record, as bits. `isInner`: it is of an object within the record. */
export type Tell = (name: string, isInner: boolean) => number;

/** A name in one kind of object. */
interface Name {
  readonly length: number;
  /** Its bytes, four at a time, and the last of them. */
  readonly words: Int32Array;
  readonly rest: number;
  readonly restMask: number;
  /** The objects in which it is one. */
  readonly owner: Names;
  readonly tells: number;
  slot: number;
  /** Of the object that is its value. */
  inner: Names;
  /** The name that came after it. */
  next: Name | undefined;
}

class Names {
  readonly isInner: boolean;
  readonly known = new Map<string, Name>();

  constructor(isInner: boolean) {
    this.isInner = isInner;
  }
}

export class JsonWalker {
  /** Of each field: what its value is, and where in the finder's text. A field without a slot is not looked for. */
  readonly kinds: Uint8Array = new Uint8Array(MAX_SLOTS);
  readonly starts: Int32Array = new Int32Array(MAX_SLOTS);
  readonly ends: Int32Array = new Int32Array(MAX_SLOTS);
  /** What the names of the last record say, together. */
  tells = 0;
  readonly #finder: JsonFinder;
  /** Of its text. */
  readonly #view: DataView;
  readonly #tell: Tell;
  readonly #root = new Names(false);
  /** Of objects in which nothing is wanted. */
  readonly #elsewhere = new Names(true);
  #slots = 0;
  /** Comes before the first name of a record. */
  readonly #start: Name;
  // Of each open bracket.
  readonly #owners: Names[] = [];
  readonly #valueSlots = new Int32Array(MAX_DEPTH + 1);
  readonly #isList = new Uint8Array(MAX_DEPTH + 1);

  constructor(finder: JsonFinder, tell: Tell) {
    const { text } = finder;
    this.#finder = finder;
    this.#view = new DataView(text.buffer, text.byteOffset, text.length);
    this.#tell = tell;
    this.#start = this.#createName(new Uint8Array(), this.#elsewhere, 0);
  }

  /**
   * A slot for the value at a path of keys.
   * @returns -1 where all are in use.
   */
  want(path: readonly string[]): number {
    let owner = this.#root;
    let slot = NO_SLOT;
    for (const key of path) {
      const name = this.#nameOf(owner, key);
      if (name.slot === NO_SLOT) {
        if (this.#slots === MAX_SLOTS) return NO_SLOT;
        name.slot = this.#slots++;
      }
      slot = name.slot;
      if (name.inner === this.#elsewhere && key !== path.at(-1)) name.inner = new Names(true);
      owner = name.inner;
    }
    return slot;
  }

  /**
   * Reads the record whose first token has this index.
   * @returns the index after its last token; -1 where it is to be parsed.
   */
  walk(first: number): number {
    const { text, places } = this.#finder;
    const { kinds, starts, ends } = this;
    const view = this.#view;
    const owners = this.#owners;
    const valueSlots = this.#valueSlots;
    const isList = this.#isList;
    for (let slot = this.#slots - 1; slot >= 0; slot--) kinds[slot] = ABSENT;
    let tells = 0;
    let i = first;
    let at = places[i] as number;
    if (text[at] !== OPEN_OBJECT) return -1;
    let depth = 0;
    let inList = 0;
    let owner = this.#root;
    let name = this.#start;
    let slot = NO_SLOT;
    at = places[++i] as number;
    let byte = text[at] as number;
    let isOpened = byte === CLOSE_OBJECT;
    for (;;) {
      if (!isOpened) {
        // A member of an object, or an element of a list.
        if (inList === 0) {
          if (byte !== QUOTE) return -1;
          const end = places[i + 1] as number;
          if (text[end] !== QUOTE) return -1;
          const next = name.next;
          name =
            next !== undefined && next.owner === owner && isEqual(next, view, at + 1, end)
              ? next
              : this.#follow(name, owner, at + 1, end);
          tells |= name.tells;
          slot = name.slot;
          if (slot !== NO_SLOT && kinds[slot] !== ABSENT) return -1;
          if (text[places[i + 2] as number] !== COLON) return -1;
          i += 3;
          at = places[i] as number;
          byte = text[at] as number;
        } else slot = NO_SLOT;
        if (byte === QUOTE) {
          let end = places[++i] as number;
          if (text[end] !== QUOTE) {
            i = this.#endOfString(i);
            if (i < 0) return -1;
            end = places[i] as number;
          }
          i++;
          if (slot !== NO_SLOT) {
            kinds[slot] = TEXT;
            starts[slot] = at + 1;
            ends[slot] = end;
          }
        } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
          if (slot !== NO_SLOT) {
            kinds[slot] = STRUCTURE;
            starts[slot] = at;
            // An element of a list may be wanted by its number.
            if (byte === OPEN_LIST && name.inner !== this.#elsewhere) return -1;
          }
          if (depth === MAX_DEPTH) return -1;
          owners[depth] = owner;
          valueSlots[depth] = slot;
          isList[depth++] = inList;
          owner = slot === NO_SLOT ? this.#elsewhere : name.inner;
          inList = byte === OPEN_LIST ? 1 : 0;
          at = places[++i] as number;
          byte = text[at] as number;
          isOpened = byte === (inList === 0 ? CLOSE_OBJECT : CLOSE_LIST);
          continue;
        } else {
          const kind = this.#readScalar(at, byte, i);
          if (kind === ABSENT) return -1;
          i++;
          if (slot !== NO_SLOT) {
            kinds[slot] = kind;
            starts[slot] = at;
            ends[slot] = this.#scalarEnd;
          }
        }
        at = places[i] as number;
        byte = text[at] as number;
      }
      isOpened = false;
      // Brackets that close after it.
      while (byte !== COMMA) {
        if (byte !== (inList === 0 ? CLOSE_OBJECT : CLOSE_LIST)) return -1;
        i++;
        if (depth === 0) {
          this.tells = tells;
          return (tells & ODD_NAME) === 0 ? i : -1;
        }
        slot = valueSlots[--depth] as number;
        inList = isList[depth] as number;
        owner = owners[depth] as Names;
        if (slot !== NO_SLOT) ends[slot] = at + 1;
        at = places[i] as number;
        byte = text[at] as number;
      }
      at = places[++i] as number;
      byte = text[at] as number;
    }
  }

  /** Where the last scalar ends. */
  #scalarEnd = 0;

  /** @returns its kind; `ABSENT` where it is not one. */
  #readScalar(at: number, byte: number, index: number): number {
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
    this.#scalarEnd = end;
    return kind;
  }

  /** @returns the index of the closing quote; -1 where one of the places before it is an error. */
  #endOfString(index: number): number {
    const { text, places } = this.#finder;
    let i = index;
    for (;;) {
      const at = places[i] as number;
      if (text[at] === QUOTE) return i;
      if (text[at] !== LOWER_U || text[at - 1] !== BACKSLASH) return -1;
      for (let k = 1; k <= 4; k++) if (!isHexDigit(text[at + k] as number)) return -1;
      i++;
    }
  }

  /** The name between two places, which is not the one that was likely. */
  #follow(before: Name, owner: Names, start: number, end: number): Name {
    const key = this.#finder.text.toString('latin1', start, end);
    const name = owner.known.get(key) ?? this.#learn(owner, key);
    // One that is not remembered may be wanted later, under another object.
    if (owner.known.get(key) === name) before.next = name;
    return name;
  }

  #nameOf(owner: Names, text: string): Name {
    const bytes = Buffer.from(text);
    const key = bytes.toString('latin1');
    return owner.known.get(key) ?? this.#remember(owner, key, this.#createName(bytes, owner, this.#tellOf(owner, key)));
  }

  /** @param key its bytes. */
  #learn(owner: Names, key: string): Name {
    const bytes = Buffer.from(key, 'latin1');
    const name = this.#createName(bytes, owner, this.#tellOf(owner, key));
    const isKept = owner.known.size < MAX_NAMES && key.length <= MAX_NAME_BYTES;
    return isKept ? this.#remember(owner, key, name) : name;
  }

  #tellOf(owner: Names, key: string): number {
    return key.includes('\\') ? ODD_NAME : this.#tell(Buffer.from(key, 'latin1').toString(), owner.isInner);
  }

  #remember(owner: Names, key: string, name: Name): Name {
    owner.known.set(key, name);
    return name;
  }

  #createName(bytes: Uint8Array, owner: Names, tells: number): Name {
    const { length } = bytes;
    const view = new DataView(new ArrayBuffer(length + 4));
    for (let i = 0; i < length; i++) view.setUint8(i, bytes[i] as number);
    const words = Int32Array.from({ length: length >> 2 }, (_, i) => view.getInt32(4 * i, true));
    const rest = view.getInt32(length & ~3, true);
    const restMask = (1 << (8 * (length & 3))) - 1;
    return { length, words, rest, restMask, owner, tells, slot: NO_SLOT, inner: this.#elsewhere, next: undefined };
  }
}

/** A word may be read past the end of the name: the text has room after it. */
function isEqual({ length, words, rest, restMask }: Name, view: DataView, start: number, end: number): boolean {
  if (length !== end - start) return false;
  let at = start;
  for (let i = 0; i < words.length; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false;
  return ((view.getInt32(at, true) ^ rest) & restMask) === 0;
}

function endOfWord(word: readonly number[], text: Buffer, at: number): number {
  for (let i = 1; i < word.length; i++) if (text[at + i] !== word[i]) return -1;
  return at + word.length;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 97 && letter <= 102);
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

/**
 * Goes through the tokens of one record of JSON: checks that they are in the order of the grammar (RFC 8259), and notes where
 * the values of wanted fields are. All else is passed over. A record that it cannot be certain of is left to `JSON.parse`.
 */
import { BACKSLASH, COLON, COMMA, QUOTE } from '../ascii.js';
import type { JsonFinder } from './json-finder.js';
import { isEqual, MAX_SLOTS, type Names, NameTable, NO_SLOT, ODD_NAME, type Tell } from './json-names.js';
import { ABSENT, isDigit, ScalarReader, STRUCTURE, TEXT } from './json-values.js';

const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const LOWER_U = 117;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Of records that are nested deeper nothing is read. */
export const MAX_DEPTH = 500;

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
  readonly #names: NameTable;
  readonly #scalars: ScalarReader;
  // Of each open bracket.
  readonly #owners: Names[] = [];
  readonly #valueSlots = new Int32Array(MAX_DEPTH + 1);
  readonly #isList = new Uint8Array(MAX_DEPTH + 1);

  constructor(finder: JsonFinder, tell: Tell) {
    const { text } = finder;
    this.#finder = finder;
    this.#view = new DataView(text.buffer, text.byteOffset, text.length);
    this.#names = new NameTable(tell, text, this.#view);
    this.#scalars = new ScalarReader(finder);
  }

  /**
   * A slot for the value at a path of keys.
   * @returns -1 where all are in use.
   */
  want(path: readonly string[]): number {
    return this.#names.want(path);
  }

  /**
   * Reads the record whose first token has this index.
   * @returns the index after its last token; -1 where it is to be parsed.
   */
  walk(first: number): number {
    const { text, places } = this.#finder;
    const { kinds, starts, ends } = this;
    const names = this.#names;
    const { elsewhere } = names;
    const scalars = this.#scalars;
    const view = this.#view;
    const owners = this.#owners;
    const valueSlots = this.#valueSlots;
    const isList = this.#isList;
    for (let slot = names.slots - 1; slot >= 0; slot--) kinds[slot] = ABSENT;
    let tells = 0;
    let i = first;
    let at = places[i] as number;
    if (text[at] !== OPEN_OBJECT) return -1;
    let depth = 0;
    let inList = 0;
    let owner = names.root;
    let name = names.start;
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
              : names.follow(name, owner, at + 1, end);
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
            if (byte === OPEN_LIST && name.inner !== elsewhere) return -1;
          }
          if (depth === MAX_DEPTH) return -1;
          owners[depth] = owner;
          valueSlots[depth] = slot;
          isList[depth++] = inList;
          owner = slot === NO_SLOT ? elsewhere : name.inner;
          inList = byte === OPEN_LIST ? 1 : 0;
          at = places[++i] as number;
          byte = text[at] as number;
          isOpened = byte === (inList === 0 ? CLOSE_OBJECT : CLOSE_LIST);
          continue;
        } else {
          const kind = scalars.read(at, byte, i);
          if (kind === ABSENT) return -1;
          i++;
          if (slot !== NO_SLOT) {
            kinds[slot] = kind;
            starts[slot] = at;
            ends[slot] = scalars.end;
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
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 97 && letter <= 102);
}

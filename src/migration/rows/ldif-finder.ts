/**
 * Entries of LDIF, found in their bytes by the kernel `structure`, where a source takes id and digest as they are and no name
 * of an attribute says more. Others are odd: `LdifEntry` reads each.
 */
import { Buffer } from 'node:buffer';
import type { JsonRecord } from '../../encoding/json.js';
import {
  IS_ODD,
  IS_UNFINISHED,
  IS_WHOLE,
  LDIF_MASKS_AT,
  LDIF_RESULT_AT,
  LDIF_TEXT_AT,
  LDIF_TEXT_BYTES,
} from '../../kernels/ldif-structure-layout.js';
import { LF } from '../ascii.js';
import { makeRow, type Row } from '../row.js';
import type { Bound, Plain, SourceRecord } from '../sources/index.js';
import type { RowSpans } from './block.js';
import type { Finder } from './finder.js';
import { LdifNameTable } from './ldif-name-table.js';
import { LdifSlots } from './ldif-slots.js';

const RESULT = LDIF_RESULT_AT / 4;
const MASK_BYTES = 16;

// What is asked for by a name: twice the number of a slot, and 1 more for the first of several values.
/** No entry has it. */
const ABSENT = -1;
/** Only all of an entry can answer. */
const UNANSWERED = -2;
const FIRST_OF_SEVERAL = /^([^.]+)\.0$/;

export class LdifFinder implements SourceRecord {
  /** No name says anything. */
  readonly tells = 0;
  /** The memory of the kernel: places of values are in it. */
  readonly bytes: Buffer;
  /** False where all of the last entry was asked for something that is not here. */
  isEnough = true;
  readonly #words: Int32Array;
  readonly #entry: (...args: number[]) => void;
  readonly #slots: LdifSlots;
  readonly #bound: Bound;
  readonly #usual: Plain['usual'];
  readonly #names: LdifNameTable;
  readonly #asked = new Map<string, number>();
  readonly #dn: number;
  readonly #digest: number;
  readonly #ids: readonly number[];
  /** Where the text ends. */
  #to = LDIF_TEXT_AT;

  private constructor(finder: Finder, bound: Bound, plain: Plain, tell: NonNullable<Bound['tell']>) {
    const { memory, functions } = finder.kernel;
    this.bytes = Buffer.from(memory.buffer);
    this.bytes.fill(0xff, LDIF_MASKS_AT, LDIF_MASKS_AT + MASK_BYTES);
    this.bytes.fill(0, LDIF_MASKS_AT + MASK_BYTES, LDIF_MASKS_AT + 2 * MASK_BYTES);
    this.#words = finder.words;
    this.#entry = functions['entry'] as (...args: number[]) => void;
    this.#slots = new LdifSlots(this.bytes, this.#words, functions['value'] as (...args: number[]) => void);
    this.#bound = bound;
    this.#usual = plain.usual;
    this.#names = new LdifNameTable(this.bytes, this.#words, (name) => !isOwnName(name) && tell(name, false) === 0);
    this.#dn = this.#ask('dn');
    this.#digest = this.#ask(plain.digest[0] as string);
    this.#ids = plain.id.map((name) => this.#ask(name));
    // What it asks for is then in the table.
    plain.usual?.(this.field, this.#isThere);
  }

  /** Undefined where the source has to see whole entries. */
  static create(finder: Finder | undefined, bound: Bound): LdifFinder | undefined {
    const { plain, tell } = bound;
    if (finder === undefined || plain === undefined || tell === undefined) return undefined;
    if (plain.hasher.length > 0 || plain.digest.length !== 1) return undefined;
    if (plain.joined !== undefined || plain.locate !== undefined) return undefined;
    const made = new LdifFinder(finder, bound, plain, tell);
    return made.#digest < 0 || made.#ids.includes(UNANSWERED) ? undefined : made;
  }

  /** The place of the next entry, or of the end of the text. */
  get next(): number {
    return this.#words[RESULT + 1] as number;
  }

  /** With those before it, and the blank one after it. */
  get lines(): number {
    return this.#words[RESULT + 2] as number;
  }

  get linesBefore(): number {
    return this.#words[RESULT + 3] as number;
  }

  /** Takes as much of `bytes[start, end)` as there is room for, and returns how much. The text begins at `LDIF_TEXT_AT`. */
  load(bytes: Buffer, start: number, end: number): number {
    const length = Math.min(end - start, LDIF_TEXT_BYTES);
    bytes.copy(this.bytes, LDIF_TEXT_AT, start, start + length);
    this.#to = LDIF_TEXT_AT + length;
    this.bytes[this.#to] = LF;
    return length;
  }

  /**
   * Finds the entry at a place of the text.
   * @returns whether it is whole; `IS_UNFINISHED` where the text ends before it does.
   */
  find(at: number): number {
    const words = this.#words;
    this.#entry(at, this.#to);
    while (words[RESULT] === IS_ODD && this.#learn(words[RESULT + 4] as number, words[RESULT + 5] as number)) {
      this.#entry(at, this.#to);
    }
    this.#slots.enter();
    this.isEnough = true;
    const status = words[RESULT] as number;
    if (status !== IS_WHOLE) return status;
    return this.#slots.count(this.#dn >> 1) === 0 || this.#slots.count(this.#digest >> 1) === 0 ? IS_ODD : IS_WHOLE;
  }

  /** Fills the spans with id and digest, where nothing else decides on these. */
  fill(spans: RowSpans): boolean {
    const slots = this.#slots;
    const digest = this.#digest >> 1;
    if (slots.count(digest) !== 1 || !slots.decode(digest)) return false;
    const ids = this.#ids;
    spans.id = spans.idEnd = 0;
    for (let i = 0; i < ids.length; i++) {
      const asked = ids[i] as number;
      if (!this.#has(asked)) continue;
      const slot = asked >> 1;
      if (!slots.decode(slot)) return false;
      if (slots.start(slot) === slots.end(slot)) continue;
      spans.id = slots.start(slot);
      spans.idEnd = slots.end(slot);
      break;
    }
    spans.digest = slots.start(digest);
    spans.digestEnd = slots.end(digest);
    return this.#usual === undefined || (this.#usual(this.field, this.#isThere) && this.isEnough);
  }

  /** What the source makes of the entry; of no use unless it `isEnough`. */
  read(line: number): Row | undefined {
    return makeRow(this.#bound.extract(this.field, this), line);
  }

  /** As `LdifEntry` has it. */
  readonly field = (name: string): string | undefined => {
    const asked = this.#asked.get(name) ?? this.#askLate(name);
    if (asked === UNANSWERED) this.isEnough = false;
    if (asked < 0) return undefined;
    if (this.#has(asked)) return this.#text(asked >> 1);
    return (asked & 1) === 0 && this.#slots.count(asked >> 1) > 1 ? '' : undefined;
  };

  readonly #isThere = (name: string): boolean => {
    const asked = this.#asked.get(name) ?? this.#askLate(name);
    if (asked === UNANSWERED) this.isEnough = false;
    return asked >= 0 && this.#slots.count(asked >> 1) > (asked & 1);
  };

  held(path: string): unknown {
    const asked = this.#asked.get(path) ?? this.#askLate(path);
    if (asked === UNANSWERED || (asked >= 0 && this.#slots.count(asked >> 1) > 1)) this.isEnough = false;
    return undefined;
  }

  whole(): JsonRecord {
    this.isEnough = false;
    return {};
  }

  /** The one value of a name, or the first of several where that is asked for. */
  #has(asked: number): boolean {
    const count = this.#slots.count(asked >> 1);
    return (asked & 1) === 0 ? count === 1 : count > 1;
  }

  #text(slot: number): string | undefined {
    const text = this.#slots.text(slot);
    if (text === undefined) this.isEnough = false;
    return text;
  }

  /** @returns whether the entry has to be looked at again: the name says nothing. */
  #learn(start: number, end: number): boolean {
    return start > 0 && this.#names.skip(this.bytes.toString('latin1', start, end).toLowerCase());
  }

  /** In this entry nothing was looked for by this name. */
  #askLate(name: string): number {
    const asked = this.#ask(name);
    return asked === ABSENT ? ABSENT : UNANSWERED;
  }

  #ask(name: string): number {
    const known = this.#asked.get(name);
    if (known !== undefined) return known;
    const asked = this.#find(name);
    this.#asked.set(name, asked);
    return asked;
  }

  #find(name: string): number {
    const [, listed] = FIRST_OF_SEVERAL.exec(name) ?? [];
    const own = listed ?? name;
    // Names of attributes are in lower case.
    if (own !== own.toLowerCase()) return ABSENT;
    const slot = this.#names.slotOf(own);
    return slot === undefined ? UNANSWERED : 2 * slot + (listed === undefined ? 0 : 1);
  }
}

/** By its value an entry adds a user, or something else. */
function isOwnName(name: string): boolean {
  return name === 'changetype';
}

export { IS_UNFINISHED, IS_WHOLE, LDIF_TEXT_AT };

/** The values of the entry that the kernel found: a slot for each name that a source asks for, in the kernel's memory. */
import { type Buffer, isUtf8 } from 'node:buffer';
import {
  FORM_BASE64,
  LDIF_ROOM_AT,
  LDIF_SLOTS_AT,
  LDIF_VALUE_AT,
  SLOT_BYTES,
} from '../../kernels/ldif-structure-layout.js';

const VALUE = LDIF_VALUE_AT / 4;
const SLOTS = LDIF_SLOTS_AT / 4;
const SLOT_WORDS = SLOT_BYTES / 4;
const START = 1;
const END = 2;
const FORM = 3;

export class LdifSlots {
  readonly #bytes: Buffer;
  readonly #words: Int32Array;
  /** Unfolds and decodes a value. */
  readonly #value: (...args: number[]) => void;
  /** Where the next value is written. */
  #room = LDIF_ROOM_AT;

  constructor(bytes: Buffer, words: Int32Array, value: (...args: number[]) => void) {
    this.#bytes = bytes;
    this.#words = words;
    this.#value = value;
  }

  /** Begins an entry. */
  enter(): void {
    this.#room = LDIF_ROOM_AT;
  }

  /** How many values a name has; the slot is of the first. */
  count(slot: number): number {
    return this.#words[SLOTS + SLOT_WORDS * slot] as number;
  }

  start(slot: number): number {
    return this.#words[SLOTS + SLOT_WORDS * slot + START] as number;
  }

  end(slot: number): number {
    return this.#words[SLOTS + SLOT_WORDS * slot + END] as number;
  }

  /** Undefined where it is not Base64 of text. */
  text(slot: number): string | undefined {
    return this.decode(slot) ? this.#bytes.toString('utf8', this.start(slot), this.end(slot)) : undefined;
  }

  /** @returns false where the value of a slot is not Base64 of text. */
  decode(slot: number): boolean {
    const words = this.#words;
    const at = SLOTS + SLOT_WORDS * slot;
    const form = words[at + FORM] as number;
    if (form === 0) return true;
    this.#value(words[at + START] as number, words[at + END] as number, form, this.#room);
    const start = words[VALUE] as number;
    const end = words[VALUE + 1] as number;
    if (end < 0) return false;
    if ((form & FORM_BASE64) !== 0 && words[VALUE + 2] !== 0 && !isUtf8(this.#bytes.subarray(start, end))) return false;
    words[at + START] = start;
    words[at + END] = end;
    words[at + FORM] = 0;
    this.#room = Math.max(this.#room, end);
    return true;
  }
}

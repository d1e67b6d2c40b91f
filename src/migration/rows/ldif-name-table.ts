/** Names of attributes in the kernel's memory: those that are asked for, and those of which nothing has to be known. */
import {
  KEY_BYTE_MASK,
  KEY_LENGTH_BITS,
  KEYS,
  LDIF_KEYS_AT,
  LDIF_NAMES_AT,
  LDIF_NUMBERS_AT,
  MAX_NAMES,
  MAX_SLOTS,
  NAME_BYTES,
  NAME_FOLD,
  NAME_MASK,
  NAME_STRIDE,
  NO_SLOT,
} from '../../kernels/ldif-structure-layout.js';
import { isBinaryName } from './ldif-names.js';

/** In lower case. The kernel compares letters without their case. A dot could be of the place in a list. */
const NAME = /^[a-z0-9-]+$/;

const CASE_BIT = 0x20;
const ALL_BITS = 0xff;

export class LdifNameTable {
  readonly #text: Uint8Array;
  readonly #words: Int32Array;
  readonly #isSilent: (name: string) => boolean;
  /** The number of the slot, or `NO_SLOT`. */
  readonly #slots = new Map<string, number>();
  #slotCount = 0;

  /** @param isSilent whether a name says nothing of its entry. */
  constructor(text: Uint8Array, words: Int32Array, isSilent: (name: string) => boolean) {
    this.#text = text;
    this.#words = words;
    this.#isSilent = isSilent;
    this.#write();
  }

  /** The number of the slot of a name, in lower case; undefined where it can have none. */
  slotOf(name: string): number | undefined {
    const known = this.#slots.get(name);
    if (known !== undefined && known !== NO_SLOT) return known;
    if (!this.#fits(name) || isBinaryName(name) || this.#slotCount === MAX_SLOTS) return undefined;
    this.#slots.set(name, this.#slotCount);
    this.#write();
    return this.#slotCount++;
  }

  /** @returns false where entries with this name have to be read in another way. */
  skip(name: string): boolean {
    if (this.#slots.has(name) || !this.#fits(name) || !(isBinaryName(name) || this.#isSilent(name))) return false;
    this.#slots.set(name, NO_SLOT);
    this.#write();
    return true;
  }

  #fits(name: string): boolean {
    return name.length < NAME_BYTES && this.#slots.size < MAX_NAMES && NAME.test(name);
  }

  /** Names that say something are not in the table. */
  #write(): void {
    const names = [...this.#slots.keys()].filter((name) => isBinaryName(name) || this.#isSilent(name));
    const keyed = names.map((name) => ({ name, key: keyOf(name) })).sort((a, b) => a.key - b.key);
    for (const [i, { name }] of keyed.entries()) {
      this.#writeName(name, LDIF_NAMES_AT + NAME_STRIDE * i);
      this.#words[LDIF_NUMBERS_AT / 4 + 2 * i] = this.#slots.get(name) as number;
      this.#words[LDIF_NUMBERS_AT / 4 + 2 * i + 1] = name.length;
    }
    let first = 0;
    for (let key = 0; key <= KEYS; key++) {
      while (first < keyed.length && (keyed[first]?.key as number) < key) first++;
      this.#words[LDIF_KEYS_AT / 4 + key] = first;
    }
  }

  #writeName(name: string, at: number): void {
    const text = this.#text;
    text.fill(0, at, at + NAME_STRIDE);
    for (let c = 0; c < name.length; c++) {
      text[at + c] = name.charCodeAt(c);
      if (c >= NAME_MASK - NAME_FOLD) continue;
      text[at + NAME_FOLD + c] = /[a-z]/.test(name.charAt(c)) ? CASE_BIT : 0;
      text[at + NAME_MASK + c] = ALL_BITS;
    }
    if (name.length > NAME_MASK - NAME_FOLD) text.fill(ALL_BITS, at + NAME_FOLD, at + NAME_STRIDE);
  }
}

/** As the kernel has it. */
function keyOf(name: string): number {
  const bytes = name.charCodeAt(0) ^ name.charCodeAt(name.length - 1);
  return name.length | ((bytes & KEY_BYTE_MASK) << KEY_LENGTH_BITS);
}

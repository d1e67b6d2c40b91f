/** The names of attributes, by their bytes: each spelling is looked at as text once. */
import type { Buffer } from 'node:buffer';

/** The numbers of names that mean something to the reader itself. */
export const DN = 0;
export const VERSION = 1;
export const CHANGE_TYPE = 2;
const OWN = ['dn', 'version', 'changetype'];

/** Photographs and certificates are not ids. */
const BINARY = /^(?:jpegphoto|photo|audio|usercertificate|cacertificate|objectguid|objectsid|thumbnailphoto)$/;

/** @param name in lower case. */
export function isBinaryName(name: string): boolean {
  return BINARY.test(name);
}

/** Directories have some hundreds of attributes. */
const MAX_NAMES = 4096;
const MAX_SPELLINGS = 1024;
const SLOTS = 4 * MAX_SPELLINGS;

interface Spelling {
  readonly bytes: Uint8Array;
  readonly hash: number;
  readonly number: number;
}

/** FNV-1a, one byte at a time. */
export const FIRST_HASH: number = 0x811c9dc5 | 0;
export function addToHash(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

export class AttributeNames {
  readonly #tell: (name: string) => number;
  /** By the name in lower case. */
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #binary: boolean[] = [];
  readonly #tells: number[] = [];
  readonly #slots: (Spelling | undefined)[] = new Array(SLOTS).fill(undefined);
  #spellings = 0;

  /** The function gives what a name says of its entry, as bits. */
  constructor(tell: (name: string) => number) {
    this.#tell = tell;
    this.#begin();
  }

  /** Forgets all names where there are too many. Their numbers change. */
  trim(): void {
    if (this.#texts.length <= MAX_NAMES) return;
    this.#numbers.clear();
    this.#texts.length = this.#binary.length = this.#tells.length = this.#spellings = 0;
    this.#slots.fill(undefined);
    this.#begin();
  }

  /** @param name in lower case. Undefined where no entry had it. */
  numberOf(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** In lower case. */
  textOf(number: number): string {
    return this.#texts[number] as string;
  }

  isBinary(number: number): boolean {
    return this.#binary[number] as boolean;
  }

  tellsOf(number: number): number {
    return this.#tells[number] as number;
  }

  /** The number of the name in `bytes[start, end)`, whose bytes have this hash. */
  find(bytes: Buffer, start: number, end: number, hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (;;) {
      const known = this.#slots[slot];
      if (known === undefined) break;
      if (known.hash === hash && isEqual(known.bytes, bytes, start, end)) return known.number;
      slot = (slot + 1) & (SLOTS - 1);
    }
    const number = this.#add(bytes.toString('latin1', start, end).toLowerCase());
    if (this.#spellings < MAX_SPELLINGS) {
      this.#spellings++;
      this.#slots[slot] = { bytes: Uint8Array.from(bytes.subarray(start, end)), hash, number };
    }
    return number;
  }

  #begin(): void {
    for (const name of OWN) this.#add(name);
  }

  #add(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#texts.push(name) - 1;
    this.#binary.push(isBinaryName(name));
    this.#tells.push(this.#tell(name));
    this.#numbers.set(name, number);
    return number;
  }
}

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}

/** The names of members that records have, with what each says and where its value is kept. */
import { Buffer } from 'node:buffer';

/** Fields that are found without an object of the record. */
export const MAX_SLOTS = 128;
/** Names of one object that are remembered. */
const MAX_NAMES = 1000;
const MAX_NAME_BYTES = 256;
/** Names that are compared one after the other. */
const MAX_FIRST = 32;
export const NO_SLOT = -1;
/** Of a name: it is written with escapes. */
export const ODD_NAME: number = 1 << 30;

/** What a name says of a record, as bits. `isInner`: it is of an object within the record. */
export type Tell = (name: string, isInner: boolean) => number;

/** A name in one kind of object. */
export interface Name {
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

/** The objects that have the same names, or are all the same. */
export class Names {
  readonly isInner: boolean;
  readonly known: Map<string, Name> = new Map();
  readonly first: Name[] = [];

  constructor(isInner: boolean) {
    this.isInner = isInner;
  }
}

export class NameTable {
  readonly root: Names = new Names(false);
  /** Of objects in which nothing is wanted. */
  readonly elsewhere: Names = new Names(true);
  /** Comes before the first name of a record. */
  readonly start: Name;
  /** In use. */
  slots = 0;
  readonly #tell: Tell;
  readonly #text: Buffer;
  readonly #view: DataView;

  /** @param view of the text. */
  constructor(tell: Tell, text: Buffer, view: DataView) {
    this.#tell = tell;
    this.#text = text;
    this.#view = view;
    this.start = this.#createName(new Uint8Array(), this.elsewhere, 0);
  }

  /**
   * A slot for the value at a path of keys.
   * @returns -1 where all are in use.
   */
  want(path: readonly string[]): number {
    let owner = this.root;
    let slot = NO_SLOT;
    for (const key of path) {
      const name = this.#findName(owner, key);
      if (name.slot === NO_SLOT) {
        if (this.slots === MAX_SLOTS) return NO_SLOT;
        name.slot = this.slots++;
      }
      slot = name.slot;
      if (name.inner === this.elsewhere && key !== path.at(-1)) name.inner = new Names(true);
      owner = name.inner;
    }
    return slot;
  }

  /** The name between two places, which is not the one that was likely. */
  follow(before: Name, owner: Names, start: number, end: number): Name {
    const known = this.#findFirst(owner, start, end);
    if (known !== undefined) {
      before.next = known;
      return known;
    }
    const key = this.#text.toString('latin1', start, end);
    const name = owner.known.get(key) ?? this.#learn(owner, key);
    // One that is not remembered may be wanted later, under another object.
    if (owner.known.get(key) === name) before.next = name;
    return name;
  }

  /** Among the first names of these objects: optional fields come and go, and no text is made of them. */
  #findFirst({ first }: Names, start: number, end: number): Name | undefined {
    const view = this.#view;
    for (let i = 0; i < first.length; i++) {
      const name = first[i] as Name;
      if (isEqual(name, view, start, end)) return name;
    }
    return undefined;
  }

  #findName(owner: Names, text: string): Name {
    const bytes = Buffer.from(text);
    const key = bytes.toString('latin1');
    return (
      owner.known.get(key) ?? this.#remember(owner, key, this.#createName(bytes, owner, this.#tellAbout(owner, key)))
    );
  }

  /** @param key its bytes. */
  #learn(owner: Names, key: string): Name {
    const bytes = Buffer.from(key, 'latin1');
    const name = this.#createName(bytes, owner, this.#tellAbout(owner, key));
    const isKept = owner.known.size < MAX_NAMES && key.length <= MAX_NAME_BYTES;
    return isKept ? this.#remember(owner, key, name) : name;
  }

  #tellAbout(owner: Names, key: string): number {
    return key.includes('\\') ? ODD_NAME : this.#tell(Buffer.from(key, 'latin1').toString(), owner.isInner);
  }

  #remember(owner: Names, key: string, name: Name): Name {
    owner.known.set(key, name);
    if (owner.first.length < MAX_FIRST) owner.first.push(name);
    return name;
  }

  #createName(bytes: Uint8Array, owner: Names, tells: number): Name {
    const { length } = bytes;
    const view = new DataView(new ArrayBuffer(length + 4));
    for (let i = 0; i < length; i++) view.setUint8(i, bytes[i] as number);
    const words = Int32Array.from({ length: length >> 2 }, (_, i) => view.getInt32(4 * i, true));
    const rest = view.getInt32(length & ~3, true);
    const restMask = (1 << (8 * (length & 3))) - 1;
    return { length, words, rest, restMask, owner, tells, slot: NO_SLOT, inner: this.elsewhere, next: undefined };
  }
}

/** A word may be read past the end of the name: the text has room after it. */
export function isEqual({ length, words, rest, restMask }: Name, view: DataView, start: number, end: number): boolean {
  if (length !== end - start) return false;
  let at = start;
  for (let i = 0; i < words.length; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false;
  return ((view.getInt32(at, true) ^ rest) & restMask) === 0;
}

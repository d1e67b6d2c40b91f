/**
 * How many values (digests, salts, ids) are on more than one row, in bounded memory: fingerprints of 53 bits in an
 * open-addressing table. Past its bound the table keeps a sample, chosen by the fingerprints alone: what is kept does not
 * depend on the order of the rows, nor on the parts that they were counted in.
 */

const FIRST_SLOTS = 2 ** 14;
const GROWTH = 4;
const MAX_LOAD = 0.7;
const EXAMPLES = 3;

/** Words of a slot, together in one line of the cache: a look-up is one miss, and a check does three for each row. */
const LOW = 0;
/** 21 bits of the fingerprint under 11 bits of the file. */
const HIGH = 1;
const ROWS = 2;
const LINE = 3;
const WORDS = 4;
const HIGH_MASK = 2 ** 21 - 1;
const MAX_FILE = 2 ** 11 - 1;
const MAX_LINE = 2 ** 32 - 1;

/** Rows that are added together. */
const PENDING = 512;

/**
 * Plain data, which may cross threads. Two different values share a fingerprint with a probability of about n²/2^54:
 * one in a thousand at 4 million.
 */
export interface Duplicates {
  /** Of each slot: the fingerprint, its rows (0 where the slot is free), file and line of the first of them. */
  slots: Uint32Array;
  used: number;
  /** Of each 2^level fingerprints one is kept. Exact at 0. */
  level: number;
  /** A power of two; 16 bytes each. */
  readonly maxSlots: number;
  /** The last rows, each in the words of a slot; they are in no count yet. */
  readonly pending: Uint32Array;
  waiting: number;
  /** Of no meaning: a loop whose answer nobody keeps is left out by the compiler. */
  touched: number;
}

/** What is on several rows. */
export interface Shared {
  /** Different values that are on more than one row. */
  readonly values: number;
  /** All rows that have one of these. */
  readonly rows: number;
  /** False where the two are estimated from a sample. */
  readonly exact: boolean;
  /** The first row of the first of them. */
  readonly examples: readonly FirstRow[];
}

export interface FirstRow {
  readonly file: number;
  readonly line: number;
}

export function noDuplicates(maxSlots: number): Duplicates {
  const slots = new Uint32Array(WORDS * Math.min(FIRST_SLOTS, maxSlots));
  return { slots, used: 0, level: 0, maxSlots, pending: new Uint32Array(WORDS * PENDING), waiting: 0, touched: 0 };
}

/** One row more with this fingerprint. Of files past the 2047th and lines past 2^32 the place is not exact. */
export function addFingerprint(duplicates: Duplicates, fingerprint: number, file: number, line: number): void {
  const { pending } = duplicates;
  const at = WORDS * duplicates.waiting;
  pending[at + LOW] = fingerprint | 0;
  pending[at + HIGH] = (fingerprint / 2 ** 32) | 0 | (Math.min(file, MAX_FILE) << 21);
  pending[at + LINE] = Math.min(line, MAX_LINE);
  if (++duplicates.waiting === PENDING) settle(duplicates);
}

/** Counts the rows that wait. */
function settle(duplicates: Duplicates): void {
  const { pending, waiting, slots } = duplicates;
  const end = WORDS * waiting;
  // Memory brings what is asked for one after the other at once, so that the loop below finds it in the cache.
  const mask = slots.length - 1;
  let touched = 0;
  for (let from = 0; from < end; from += WORDS) {
    touched ^= slots[((pending[from + LOW] as number) * WORDS) & mask] as number;
  }
  duplicates.touched = touched;
  for (let from = 0; from < end; from += WORDS) {
    const second = pending[from + HIGH] as number;
    const high = second & HIGH_MASK;
    if ((high & ((1 << duplicates.level) - 1)) !== 0) continue;
    addRows(duplicates, (pending[from + LOW] as number) | 0, high, 1, second >>> 21, pending[from + LINE] as number);
  }
  duplicates.waiting = 0;
}

/** Adds what `other` counted, as if all its rows had been added here. */
export function mergeDuplicates(duplicates: Duplicates, other: Duplicates): void {
  settle(duplicates);
  settle(other);
  if (other.level > duplicates.level) {
    duplicates.level = other.level;
    rebuild(duplicates, duplicates.slots.length);
  }
  const { slots } = other;
  for (let at = 0; at < slots.length; at += WORDS) {
    const rows = slots[at + ROWS] as number;
    const second = slots[at + HIGH] as number;
    const high = second & HIGH_MASK;
    // The level may rise on the way.
    if (rows === 0 || (high & ((1 << duplicates.level) - 1)) !== 0) continue;
    addRows(duplicates, (slots[at + LOW] as number) | 0, high, rows, second >>> 21, slots[at + LINE] as number);
  }
}

export function sharedOf(duplicates: Duplicates): Shared {
  settle(duplicates);
  const { slots, level } = duplicates;
  const examples: FirstRow[] = [];
  let values = 0;
  let rows = 0;
  for (let at = 0; at < slots.length; at += WORDS) {
    const times = slots[at + ROWS] as number;
    if (times < 2) continue;
    values++;
    rows += times;
    const first = { file: (slots[at + HIGH] as number) >>> 21, line: slots[at + LINE] as number };
    if (examples.length === EXAMPLES && order(first, examples.at(-1) as FirstRow) > 0) continue;
    examples.push(first);
    examples.sort(order).splice(EXAMPLES);
  }
  return { values: values * 2 ** level, rows: rows * 2 ** level, exact: level === 0, examples };
}

function order(a: FirstRow, b: FirstRow): number {
  return a.file - b.file || a.line - b.line;
}

function addRows(duplicates: Duplicates, low: number, high: number, rows: number, file: number, line: number): void {
  const { slots } = duplicates;
  const at = slotOf(slots, low, high);
  const seen = slots[at + ROWS] as number;
  slots[at + ROWS] = seen + rows;
  if (seen > 0) {
    const seenFile = (slots[at + HIGH] as number) >>> 21;
    if (file > seenFile || (file === seenFile && line >= (slots[at + LINE] as number))) return;
    slots[at + HIGH] = high | (file << 21);
    slots[at + LINE] = line;
    return;
  }
  slots[at + LOW] = low;
  slots[at + HIGH] = high | (file << 21);
  slots[at + LINE] = line;
  duplicates.used++;
  makeRoom(duplicates);
}

/** More slots while there may be more, then half of the sample. */
function makeRoom(duplicates: Duplicates): void {
  const { length } = duplicates.slots;
  if (WORDS * duplicates.used < MAX_LOAD * length) return;
  if (length < WORDS * duplicates.maxSlots) {
    rebuild(duplicates, Math.min(GROWTH * length, WORDS * duplicates.maxSlots));
    return;
  }
  while (WORDS * duplicates.used >= MAX_LOAD * length) {
    duplicates.level++;
    rebuild(duplicates, length);
  }
}

/** Where the slot of the fingerprint begins, or the free one that it would take. */
function slotOf(slots: Uint32Array, low: number, high: number): number {
  const mask = slots.length - 1;
  let at = (low * WORDS) & mask;
  while (slots[at + ROWS] !== 0) {
    if (((slots[at + LOW] as number) | 0) === low && ((slots[at + HIGH] as number) & HIGH_MASK) === high) return at;
    at = (at + WORDS) & mask;
  }
  return at;
}

/** The table with so many words, of what is sampled at its level. */
function rebuild(duplicates: Duplicates, words: number): void {
  const { slots: old, level } = duplicates;
  const slots = new Uint32Array(words);
  let used = 0;
  for (let from = 0; from < old.length; from += WORDS) {
    if (old[from + ROWS] === 0 || ((old[from + HIGH] as number) & ((1 << level) - 1)) !== 0) continue;
    const at = slotOf(slots, (old[from + LOW] as number) | 0, (old[from + HIGH] as number) & HIGH_MASK);
    for (let word = 0; word < WORDS; word++) slots[at + word] = old[from + word] as number;
    used++;
  }
  duplicates.slots = slots;
  duplicates.used = used;
}

/**
 * Of the bytes of a digest, so that two spellings of them are one digest. Not secret, and never leaves the process.
 * Two FNV-1a walks with different multipliers (FNV's prime, Knuth's 2^32/φ), each finished as MurmurHash3 finishes:
 * 32 bits of the one and 21 of the other as one integer below 2^53. All bytes count, since exports made by programs
 * have digests that differ in their last characters only.
 */
export function fingerprintOf(salt: Uint8Array, hash: Uint8Array): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < hash.length; i++) {
    const byte = hash[i] as number;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x9e3779b1);
  }
  for (let i = 0; i < salt.length; i++) {
    const byte = salt[i] as number;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x9e3779b1);
  }
  return joined(low, high);
}

/** The same of the code units of a text. */
export function fingerprintOfText(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x9e3779b1);
  }
  return joined(low, high);
}

function joined(low: number, high: number): number {
  return (finished(high) >>> 11) * 2 ** 32 + (finished(low) >>> 0);
}

/** fmix32. */
function finished(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

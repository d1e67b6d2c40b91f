/**
 * How many values (digests, salts, ids) are on more than one row, in bounded memory: fingerprints of 53 bits in an
 * open-addressing table. Past its bound the table keeps a sample, chosen by the fingerprints alone: what is kept does not
 * depend on the order of the rows, nor on the threads that count them.
 */
import { MAX_EXAMPLES } from '../row.js';

const FIRST_SLOTS = 2 ** 14;
const GROWTH = 4;
const MAX_LOAD = 0.7;

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
const PENDING = 4096;

/** Words of the state that the threads share. */
const USED = 0;
/** Of each 2^level fingerprints one is kept. Exact at 0. */
const LEVEL = 1;
const SLOTS = 2;
const LOCK = 3;
const STATE_WORDS = 4;

/**
 * A table that the threads of a check fill together. Two different values share a fingerprint with a probability of about
 * n²/2^54: one in a thousand at 4 million.
 */
export interface SharedTable {
  readonly state: Int32Array;
  /** Of each slot: the fingerprint, its rows (0 where the slot is free), file and line of the first of them. */
  slots: Uint32Array;
  /** A power of two; 16 bytes each. */
  readonly maxSlots: number;
}

/** Rows of one thread on their way to a table. */
export interface PendingRows {
  readonly table: SharedTable;
  /** The last rows of this thread, each in the words of a slot; they are in no count yet. */
  readonly pending: Uint32Array;
  waiting: number;
  /** Bits that are zero in what is sampled, as of the last time that rows were counted. */
  outside: number;
  /** Of no meaning: a compiler leaves out a loop whose answer is not used. */
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

/**
 * @param maxSlots a power of two; 16 bytes each, which are memory only once they are used.
 * @param isLarge all of them will be, so that growing would only cost time.
 */
export function createTable(maxSlots: number, isLarge = false): SharedTable {
  const state = new Int32Array(shared(STATE_WORDS));
  const slots = isLarge ? maxSlots : Math.min(FIRST_SLOTS, maxSlots);
  state[SLOTS] = slots;
  return { state, slots: new Uint32Array(shared(WORDS * slots)), maxSlots };
}

function shared(words: number): SharedArrayBuffer {
  return new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT * words);
}

/** All the room that the table may need, so that several threads can fill it. It is memory only once it is used. */
export function reserve(table: SharedTable): void {
  const { slots, maxSlots } = table;
  if (slots.length === WORDS * maxSlots) return;
  table.slots = new Uint32Array(shared(WORDS * maxSlots));
  table.slots.set(slots);
}

export function createPendingRows(table: SharedTable): PendingRows {
  return { table, pending: new Uint32Array(WORDS * PENDING), waiting: 0, outside: 0, touched: 0 };
}

/**
 * One row more with this fingerprint. Of files past the 2047th and lines past 2^32 the place is not exact.
 * @param low 32 bits of the fingerprint.
 * @param high 21 more.
 */
export function addFingerprint(duplicates: PendingRows, low: number, high: number, file: number, line: number): void {
  if ((high & duplicates.outside) !== 0) return;
  const { pending } = duplicates;
  const at = WORDS * duplicates.waiting;
  pending[at + LOW] = low;
  pending[at + HIGH] = high | ((file < MAX_FILE ? file : MAX_FILE) << 21);
  pending[at + LINE] = line < MAX_LINE ? line : MAX_LINE;
  if (++duplicates.waiting === PENDING) countPending(duplicates);
}

/** Counts the rows that wait. */
export function countPending(duplicates: PendingRows): void {
  const { pending, waiting, table } = duplicates;
  if (waiting === 0) return;
  const { state, slots } = table;
  lock(state);
  const end = WORDS * waiting;
  // Memory brings what is asked for one after the other at once, so that the loop below finds it in the cache.
  const mask = getMask(state);
  let touched = 0;
  for (let from = 0; from < end; from += WORDS) {
    touched ^= slots[((pending[from + LOW] as number) * WORDS) & mask] as number;
  }
  duplicates.touched = touched;
  for (let from = 0; from < end; from += WORDS) {
    const second = pending[from + HIGH] as number;
    const high = second & HIGH_MASK;
    if ((high & ((1 << (state[LEVEL] as number)) - 1)) !== 0) continue;
    addRow(table, (pending[from + LOW] as number) | 0, high, second >>> 21, pending[from + LINE] as number);
  }
  duplicates.waiting = 0;
  duplicates.outside = (1 << (state[LEVEL] as number)) - 1;
  unlock(state);
}

function lock(state: Int32Array): void {
  while (Atomics.compareExchange(state, LOCK, 0, 1) !== 0) Atomics.wait(state, LOCK, 1);
}

function unlock(state: Int32Array): void {
  Atomics.store(state, LOCK, 0);
  Atomics.notify(state, LOCK, 1);
}

function getMask(state: Int32Array): number {
  return WORDS * (state[SLOTS] as number) - 1;
}

/** What is on several rows, of all that was settled. */
export function readShared({ slots, state }: SharedTable): Shared {
  const level = state[LEVEL] as number;
  const examples: FirstRow[] = [];
  let values = 0;
  let rows = 0;
  for (let at = 0; at <= getMask(state); at += WORDS) {
    const times = slots[at + ROWS] as number;
    if (times < 2) continue;
    values++;
    rows += times;
    const first = { file: (slots[at + HIGH] as number) >>> 21, line: slots[at + LINE] as number };
    if (examples.length === MAX_EXAMPLES && order(first, examples.at(-1) as FirstRow) > 0) continue;
    examples.push(first);
    examples.sort(order).splice(MAX_EXAMPLES);
  }
  return { values: values * 2 ** level, rows: rows * 2 ** level, exact: level === 0, examples };
}

function order(a: FirstRow, b: FirstRow): number {
  return a.file - b.file || a.line - b.line;
}

function addRow(table: SharedTable, low: number, high: number, file: number, line: number): void {
  const { slots, state } = table;
  const at = findSlot(slots, getMask(state), low, high);
  const seen = slots[at + ROWS] as number;
  slots[at + ROWS] = seen + 1;
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
  state[USED] = (state[USED] as number) + 1;
  makeRoom(table);
}

/** More slots while there may be more, then half of the sample. */
function makeRoom(table: SharedTable): void {
  const { state, maxSlots } = table;
  const count = state[SLOTS] as number;
  if ((state[USED] as number) < MAX_LOAD * count) return;
  if (count < maxSlots) {
    rebuild(table, Math.min(GROWTH * count, maxSlots));
    return;
  }
  while ((state[USED] as number) >= MAX_LOAD * count) {
    state[LEVEL] = (state[LEVEL] as number) + 1;
    rebuild(table, count);
  }
}

/** Where the slot of the fingerprint begins, or the free one that it would take. */
function findSlot(slots: Uint32Array, mask: number, low: number, high: number): number {
  let at = (low * WORDS) & mask;
  while (slots[at + ROWS] !== 0) {
    if (((slots[at + LOW] as number) | 0) === low && ((slots[at + HIGH] as number) & HIGH_MASK) === high) return at;
    at = (at + WORDS) & mask;
  }
  return at;
}

/** The table with this number of slots, of the values sampled at its level. */
function rebuild(table: SharedTable, count: number): void {
  const { state } = table;
  const words = WORDS * (state[SLOTS] as number);
  let old = table.slots;
  if (old.length < WORDS * count) table.slots = new Uint32Array(shared(WORDS * count));
  else {
    old = old.slice(0, words);
    table.slots.fill(0, 0, words);
  }
  const { slots } = table;
  state[SLOTS] = count;
  const mask = getMask(state);
  const sample = (1 << (state[LEVEL] as number)) - 1;
  let used = 0;
  for (let from = 0; from < words; from += WORDS) {
    if (old[from + ROWS] === 0 || ((old[from + HIGH] as number) & sample) !== 0) continue;
    const at = findSlot(slots, mask, (old[from + LOW] as number) | 0, (old[from + HIGH] as number) & HIGH_MASK);
    slots[at + LOW] = old[from + LOW] as number;
    slots[at + HIGH] = old[from + HIGH] as number;
    slots[at + ROWS] = old[from + ROWS] as number;
    slots[at + LINE] = old[from + LINE] as number;
    used++;
  }
  state[USED] = used;
}

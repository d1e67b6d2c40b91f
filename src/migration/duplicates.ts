/**
 * How many values (digests, salts, ids) are on more than one row, in bounded memory: fingerprints of 53 bits in an
 * open-addressing table. Past its bound the table keeps a sample, chosen by the fingerprints alone: what is kept does not
 * depend on the order of the rows, nor on the parts that they were counted in.
 */

const FIRST_SLOTS = 2 ** 12;
const MAX_LOAD = 0.7;
const EXAMPLES = 3;
/** Lines of one file; files are counted above them. */
const LINES = 2 ** 40;

/**
 * Plain data, which may cross threads. Two different values share a fingerprint with a probability of about n²/2^54:
 * one in a thousand at 4 million.
 */
export interface Duplicates {
  fingerprints: Float64Array;
  /** Rows of each slot's fingerprint; 0 in free slots. */
  counts: Uint32Array;
  /** The first of these rows. */
  places: Float64Array;
  used: number;
  /** Of each 2^level fingerprints one is kept. Exact at 0. */
  level: number;
  /** 20 bytes each. */
  readonly maxSlots: number;
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
  readonly examples: readonly { readonly file: number; readonly line: number }[];
}

export function noDuplicates(maxSlots: number): Duplicates {
  return { ...emptyTable(Math.min(FIRST_SLOTS, maxSlots)), used: 0, level: 0, maxSlots };
}

/** One row more with this fingerprint. Lines and files are below 2^40 and 2^13. */
export function addFingerprint(duplicates: Duplicates, fingerprint: number, file: number, line: number): void {
  if (duplicates.level > 0 && !isSampled(fingerprint, duplicates.level)) return;
  addRows(duplicates, fingerprint, 1, file * LINES + line);
}

/** Adds what `other` counted, as if all its rows had been added here. */
export function mergeDuplicates(duplicates: Duplicates, other: Duplicates): void {
  if (other.level > duplicates.level) {
    duplicates.level = other.level;
    rebuild(duplicates, duplicates.counts.length);
  }
  for (let i = 0; i < other.counts.length; i++) {
    const rows = other.counts[i] as number;
    const fingerprint = other.fingerprints[i] as number;
    // The level may rise on the way.
    if (rows > 0 && isSampled(fingerprint, duplicates.level)) {
      addRows(duplicates, fingerprint, rows, other.places[i] as number);
    }
  }
}

export function sharedOf({ counts, places, level }: Duplicates): Shared {
  const first: number[] = [];
  let values = 0;
  let rows = 0;
  for (let i = 0; i < counts.length; i++) {
    const times = counts[i] as number;
    if (times < 2) continue;
    values++;
    rows += times;
    const place = places[i] as number;
    if (first.length === EXAMPLES && place > (first.at(-1) as number)) continue;
    first.push(place);
    first.sort((a, b) => a - b).splice(EXAMPLES);
  }
  return {
    values: values * 2 ** level,
    rows: rows * 2 ** level,
    exact: level === 0,
    examples: first.map((place) => ({ file: Math.floor(place / LINES), line: place % LINES })),
  };
}

function emptyTable(slots: number): Pick<Duplicates, 'fingerprints' | 'counts' | 'places'> {
  return {
    fingerprints: new Float64Array(slots),
    counts: new Uint32Array(slots),
    places: new Float64Array(slots),
  };
}

/** By bits that the place in the table is not taken from. */
function isSampled(fingerprint: number, level: number): boolean {
  return (Math.floor(fingerprint / 2 ** 32) & (2 ** level - 1)) === 0;
}

function addRows(duplicates: Duplicates, fingerprint: number, rows: number, place: number): void {
  const slot = slotOf(duplicates, fingerprint);
  const seen = duplicates.counts[slot] as number;
  duplicates.counts[slot] = seen + rows;
  if (seen > 0) {
    if (place < (duplicates.places[slot] as number)) duplicates.places[slot] = place;
    return;
  }
  duplicates.fingerprints[slot] = fingerprint;
  duplicates.places[slot] = place;
  duplicates.used++;
  const slots = duplicates.counts.length;
  if (duplicates.used < MAX_LOAD * slots) return;
  if (slots < duplicates.maxSlots) {
    rebuild(duplicates, 2 * slots);
    return;
  }
  while (duplicates.used >= MAX_LOAD * slots) {
    duplicates.level++;
    rebuild(duplicates, slots);
  }
}

function slotOf({ fingerprints, counts }: Duplicates, fingerprint: number): number {
  const mask = counts.length - 1;
  let slot = fingerprint & mask;
  while (counts[slot] !== 0 && fingerprints[slot] !== fingerprint) slot = (slot + 1) & mask;
  return slot;
}

/** The table with so many slots, of what is sampled at its level. */
function rebuild(duplicates: Duplicates, slots: number): void {
  const { fingerprints, counts, places, level } = duplicates;
  Object.assign(duplicates, emptyTable(slots));
  duplicates.used = 0;
  for (let i = 0; i < counts.length; i++) {
    const fingerprint = fingerprints[i] as number;
    if (counts[i] === 0 || !isSampled(fingerprint, level)) continue;
    const slot = slotOf(duplicates, fingerprint);
    duplicates.fingerprints[slot] = fingerprint;
    duplicates.counts[slot] = counts[i] as number;
    duplicates.places[slot] = places[i] as number;
    duplicates.used++;
  }
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

/** How many digests occur more than once, in bounded memory: fingerprints of 53 bits in an open-addressing table. */

/** 2^22 slots of 8 + 1 bytes: 36 MiB once they are all there. */
const MAX_SLOTS = 2 ** 22;
const FIRST_SLOTS = 2 ** 12;
const MAX_LOAD = 0.7;

const FREE = 0;
const ONCE = 1;
const OFTEN = 2;

/**
 * Plain data, which may cross threads. Two different digests share a fingerprint with a probability of about n²/2^54:
 * one in a thousand at 4 million.
 */
export interface Duplicates {
  fingerprints: Float64Array;
  /** Of each slot: free, seen once, or seen more often. */
  seen: Uint8Array;
  used: number;
  /** That were seen more often, and the rows that they were seen in. */
  digests: number;
  rows: number;
  /** False once a fingerprint had no room. */
  exact: boolean;
}

export function noDuplicates(): Duplicates {
  return {
    fingerprints: new Float64Array(FIRST_SLOTS),
    seen: new Uint8Array(FIRST_SLOTS),
    used: 0,
    digests: 0,
    rows: 0,
    exact: true,
  };
}

export function addFingerprint(duplicates: Duplicates, fingerprint: number): void {
  const slot = slotOf(duplicates, fingerprint);
  const seen = duplicates.seen[slot];
  if (seen === FREE) {
    occupy(duplicates, slot, fingerprint, ONCE);
  } else if (seen === ONCE) {
    duplicates.seen[slot] = OFTEN;
    duplicates.digests++;
    duplicates.rows += 2;
  } else {
    duplicates.rows++;
  }
}

/** Adds what `other` counted, as if all its digests had been added here. */
export function mergeDuplicates(duplicates: Duplicates, other: Duplicates): void {
  duplicates.digests += other.digests;
  duplicates.rows += other.rows;
  if (!other.exact) duplicates.exact = false;
  for (let i = 0; i < other.seen.length; i++) {
    const theirs = other.seen[i] as number;
    if (theirs === FREE) continue;
    const fingerprint = other.fingerprints[i] as number;
    const slot = slotOf(duplicates, fingerprint);
    const ours = duplicates.seen[slot];
    if (ours === FREE) {
      occupy(duplicates, slot, fingerprint, theirs);
      continue;
    }
    duplicates.seen[slot] = OFTEN;
    // Rows that were the only one on their side are in no count yet; a digest that both sides counted is there twice.
    if (ours === ONCE) duplicates.rows++;
    if (theirs === ONCE) duplicates.rows++;
    if (ours === ONCE && theirs === ONCE) duplicates.digests++;
    if (ours === OFTEN && theirs === OFTEN) duplicates.digests--;
  }
}

function slotOf({ fingerprints, seen }: Duplicates, fingerprint: number): number {
  const mask = seen.length - 1;
  let slot = fingerprint & mask;
  while (seen[slot] !== FREE && fingerprints[slot] !== fingerprint) slot = (slot + 1) & mask;
  return slot;
}

function occupy(duplicates: Duplicates, slot: number, fingerprint: number, seen: number): void {
  if (duplicates.used >= MAX_LOAD * MAX_SLOTS) {
    duplicates.exact = false;
    return;
  }
  duplicates.fingerprints[slot] = fingerprint;
  duplicates.seen[slot] = seen;
  if (++duplicates.used >= MAX_LOAD * duplicates.seen.length && duplicates.seen.length < MAX_SLOTS) grow(duplicates);
}

function grow(duplicates: Duplicates): void {
  const { fingerprints, seen } = duplicates;
  duplicates.fingerprints = new Float64Array(2 * seen.length);
  duplicates.seen = new Uint8Array(2 * seen.length);
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === FREE) continue;
    const slot = slotOf(duplicates, fingerprints[i] as number);
    duplicates.fingerprints[slot] = fingerprints[i] as number;
    duplicates.seen[slot] = seen[i] as number;
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
  return (finished(high) >>> 11) * 2 ** 32 + (finished(low) >>> 0);
}

/** fmix32. */
function finished(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

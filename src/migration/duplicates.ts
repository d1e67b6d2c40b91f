/** How many digests occur more than once, in bounded memory: fingerprints of 53 bits in an open-addressing table. */

/** 2^22 slots of 8 + 1 bytes: 36 MiB once they are all there. */
const MAX_SLOTS = 2 ** 22;
const FIRST_SLOTS = 2 ** 12;
const MAX_LOAD = 0.7;

export interface DuplicateCount {
  readonly digests: number;
  readonly rows: number;
  readonly exact: boolean;
}

/** Two different digests share a fingerprint with a probability of about n²/2^54: one in a thousand at 4 million. */
export class DuplicateTally {
  #fingerprints = new Float64Array(FIRST_SLOTS);
  /** 0: free, 1: seen once, 2: seen more often. */
  #seen = new Uint8Array(FIRST_SLOTS);
  #used = 0;
  #digests = 0;
  #rows = 0;
  #exact = true;

  add(digest: string): void {
    const fingerprint = fingerprintOf(digest);
    const slot = this.#slotOf(fingerprint);
    const seen = this.#seen[slot] as number;
    if (seen === 0) {
      if (this.#used >= MAX_LOAD * MAX_SLOTS) {
        this.#exact = false;
        return;
      }
      this.#fingerprints[slot] = fingerprint;
      this.#seen[slot] = 1;
      if (++this.#used >= MAX_LOAD * this.#seen.length && this.#seen.length < MAX_SLOTS) this.#grow();
    } else if (seen === 1) {
      this.#seen[slot] = 2;
      this.#digests++;
      this.#rows += 2;
    } else {
      this.#rows++;
    }
  }

  count(): DuplicateCount {
    return { digests: this.#digests, rows: this.#rows, exact: this.#exact };
  }

  #slotOf(fingerprint: number): number {
    const mask = this.#seen.length - 1;
    let slot = fingerprint & mask;
    while (this.#seen[slot] !== 0 && this.#fingerprints[slot] !== fingerprint) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [fingerprints, seen] = [this.#fingerprints, this.#seen];
    this.#fingerprints = new Float64Array(2 * seen.length);
    this.#seen = new Uint8Array(2 * seen.length);
    for (let i = 0; i < seen.length; i++) {
      if (seen[i] === 0) continue;
      const slot = this.#slotOf(fingerprints[i] as number);
      this.#fingerprints[slot] = fingerprints[i] as number;
      this.#seen[slot] = seen[i] as number;
    }
  }
}

/**
 * Two FNV-1a walks with different multipliers (FNV's prime, Knuth's 2^32/φ), each finished as MurmurHash3 finishes:
 * 32 bits of the one and 21 of the other as one integer below 2^53. Not secret, and never leaves the process.
 */
function fingerprintOf(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x9e3779b1);
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

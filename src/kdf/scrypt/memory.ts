/** What scrypt needs, as numbers that a check can read before anything is allocated. RFC 7914 §2, §6. */

/** 128·N·r: the big array of one ROMix. Lanes (p) run one after the other in the same array. */
export function scryptMemoryBytes(N: number, r: number): number {
  return 128 * N * r;
}

/** All that an implementation allocates: the big array, p blocks of 128·r, and two blocks to work in. */
export function scryptAllocatedBytes(N: number, r: number, p: number): number {
  return 128 * r * (N + p + 2);
}

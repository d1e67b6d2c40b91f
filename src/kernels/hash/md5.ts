/** MD5. RFC 1321 §3.4. */
import { block } from '../assembler.js';
import type { HashFunction } from './hash-function.js';

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** Which of the 16 words of a block step t takes. */
function findMessageWord(t: number): number {
  const [factor, first] = [
    [1, 0],
    [5, 1],
    [3, 5],
    [7, 0],
  ][t >> 4] as [number, number];
  return (factor * (t & 15) + first) & 15;
}

export const MD5: HashFunction = {
  bits: 32,
  steps: 64,
  period: 64,
  initial: [0x67452301n, 0xefcdab89n, 0x98badcfen, 0x10325476n],
  scratch: 0,
  constant: (t) => BigInt(Math.floor(2 ** 32 * Math.abs(Math.sin(t + 1)))),
  made: (t) => -t & 3,
  begin: () => block(),
  step({ add, and, andnot, or, xor, not, rotl }, { state }, t, term) {
    const role = (index: number) => state[(index - t) & 3] as (typeof state)[number];
    const [a, b, c, d] = [role(0), role(1), role(2), role(3)];
    // b is the newest of the four and all wait for it, so what does not need it comes first.
    const sum = add(a.get, term);
    const mixed = [
      () => add(sum, xor(d.get, and(b.get, xor(c.get, d.get)))),
      // The two halves of G share no bit, so they can be added one by one.
      () => add(add(sum, andnot(c.get, d.get)), and(b.get, d.get)),
      () => add(sum, xor(b.get, xor(c.get, d.get))),
      () => add(sum, xor(c.get, or(b.get, not(d.get)))),
    ][t >> 4] as () => typeof term;
    const shift = SHIFTS[t >> 4]?.[t & 3] as number;
    return block(a.set(mixed()), a.set(add(rotl(a.get, shift), b.get)));
  },
  schedule: { findMessageWord },
};

/** SHA-1. FIPS 180-4 §6.1.2. */
import { block, type Statement } from '../assembler.js';
import type { Expand, HashFunction } from './hash-function.js';

const K = [0x5a827999n, 0x6ed9eba1n, 0x8f1bbcdcn, 0xca62c1d6n] as const;

function rotl1(value: bigint): bigint {
  return BigInt.asUintN(32, (value << 1n) | (value >> 31n));
}

/** FIPS 180-4 §6.1.2, step 1. */
const expand: Expand = (words, w, t, slot) => {
  let known = 0n;
  const parts: (typeof slot.get)[] = [];
  for (const back of [3, 8, 14, 16]) {
    const word = w[t - back] as (typeof w)[number];
    if (typeof word === 'bigint') known ^= word;
    else parts.push(word.get);
  }
  if (parts.length === 0) return [rotl1(known), []];
  if (known !== 0n) parts.push(words.constant(known));
  const statements: Statement[] = [slot.set(parts.reduce(words.xor)), slot.set(words.rotl(slot.get, 1))];
  return [slot, statements];
};

export const SHA1: HashFunction = {
  bits: 32,
  steps: 80,
  period: 80,
  initial: [0x67452301n, 0xefcdab89n, 0x98badcfen, 0x10325476n, 0xc3d2e1f0n],
  scratch: 0,
  constant: (t) => K[Math.floor(t / 20)] as bigint,
  made: (t) => (84 - t) % 5,
  begin: () => block(),
  step({ add, and, or, xor, rotl }, { state }, t, term) {
    const role = (index: number) => state[(index + 80 - t) % 5] as (typeof state)[number];
    const [a, b, c, d, e] = [role(0), role(1), role(2), role(3), role(4)];
    const parity = () => xor(xor(b.get, c.get), d.get);
    const f = [
      () => xor(d.get, and(b.get, xor(c.get, d.get))),
      parity,
      // The two halves share no bit.
      () => or(and(b.get, c.get), and(d.get, xor(b.get, c.get))),
      parity,
    ][Math.floor(t / 20)] as typeof parity;
    return block(e.set(add(add(add(e.get, term), f()), rotl(a.get, 5))), b.set(rotl(b.get, 30)));
  },
  schedule: { expand },
};

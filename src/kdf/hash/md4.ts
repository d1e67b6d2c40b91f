/** MD4. RFC 1320. */
import { padWithLength } from './padding.js';

const BLOCK = 64;
const WORDS = 16;
/** √2 and √3, as RFC 1320 §3.4 writes them. */
const ROUND_2 = 0x5a827999;
const ROUND_3 = 0x6ed9eba1;
/** The order in which round 3 reads a block, four words at a time. */
const THIRD = [0, 2, 1, 3] as const;

export function md4(message: Uint8Array): Uint8Array {
  const blocks = padWithLength(message, BLOCK, 8, 'little');
  const X = new Int32Array(WORDS);
  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < blocks.length; at += BLOCK) {
    for (let i = 0, from = at; i < WORDS; i++, from += 4) {
      X[i] =
        (blocks[from] as number) |
        ((blocks[from + 1] as number) << 8) |
        ((blocks[from + 2] as number) << 16) |
        ((blocks[from + 3] as number) << 24);
    }
    const [a0, b0, c0, d0] = [a, b, c, d];
    for (let i = 0; i < WORDS; i += 4) {
      a = rotl(a + (d ^ (b & (c ^ d))) + (X[i] as number), 3);
      d = rotl(d + (c ^ (a & (b ^ c))) + (X[i + 1] as number), 7);
      c = rotl(c + (b ^ (d & (a ^ b))) + (X[i + 2] as number), 11);
      b = rotl(b + (a ^ (c & (d ^ a))) + (X[i + 3] as number), 19);
    }
    for (let i = 0; i < 4; i++) {
      a = rotl(a + ((b & c) | (d & (b | c))) + (X[i] as number) + ROUND_2, 3);
      d = rotl(d + ((a & b) | (c & (a | b))) + (X[i + 4] as number) + ROUND_2, 5);
      c = rotl(c + ((d & a) | (b & (d | a))) + (X[i + 8] as number) + ROUND_2, 9);
      b = rotl(b + ((c & d) | (a & (c | d))) + (X[i + 12] as number) + ROUND_2, 13);
    }
    for (const i of THIRD) {
      a = rotl(a + (b ^ c ^ d) + (X[i] as number) + ROUND_3, 3);
      d = rotl(d + (a ^ b ^ c) + (X[i + 8] as number) + ROUND_3, 9);
      c = rotl(c + (d ^ a ^ b) + (X[i + 4] as number) + ROUND_3, 11);
      b = rotl(b + (c ^ d ^ a) + (X[i + 12] as number) + ROUND_3, 15);
    }
    a = (a + a0) | 0;
    b = (b + b0) | 0;
    c = (c + c0) | 0;
    d = (d + d0) | 0;
  }
  X.fill(0);
  blocks.fill(0);
  const hash = new Uint8Array(16);
  const state = [a, b, c, d];
  for (let i = 0; i < hash.length; i++) hash[i] = (state[i >> 2] as number) >>> (8 * (i & 3));
  return hash;
}

function rotl(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/**
 * The kernel of Argon2 in JavaScript, with the same functions and the same memory. RFC 9106 §3.4 to §3.6. A word of 64 bits
 * is two of 32, the lower first: for machines of that byte order.
 */
import { BLOCK_BYTES, BLOCKS_AT, ZERO_AT } from '../../kernels/argon2-layout.js';
import { MemoryLease } from '../../kernels/memory-pool.js';

const BLOCK_WORDS = BLOCK_BYTES / 4;
/** 16 words of 64 bits, in words of 32. */
const ROW = 32;

/** A memory of its own for one job. */
export function createArgon2Memory(bytes: number): MemoryLease {
  const words = new Int32Array(Math.ceil(bytes / 4));
  const R = new Int32Array(BLOCK_WORDS);
  const state = new Int32Array(BLOCK_WORDS);
  const compress = (x: number, y: number, old: number, to: number): void => {
    const [xAt, yAt, oldAt, toAt] = [x / 4, y / 4, old / 4, to / 4];
    for (let i = 0; i < BLOCK_WORDS; i++) R[i] = (words[xAt + i] as number) ^ (words[yAt + i] as number);
    state.set(R);
    for (let row = 0; row < BLOCK_WORDS; row += ROW) permute(state, row, 2, 4);
    for (let column = 0; column < ROW; column += 4) permute(state, column, 2, ROW);
    for (let i = 0; i < BLOCK_WORDS; i++) {
      words[toAt + i] = (words[oldAt + i] as number) ^ (R[i] as number) ^ (state[i] as number);
    }
  };
  const left = (): void => {
    R.fill(0);
    state.fill(0);
  };
  return new MemoryLease({ compress, fill: filler(words, compress) }, new Uint8Array(words.buffer, 0, bytes), left);
}

function filler(words: Int32Array, compress: (...addresses: [number, number, number, number]) => void) {
  return (...given: number[]): void => {
    const [i, end, current, previous, area, start, p, lanes, own, q, addresses, old] = given as Twelve;
    for (let column = i; column < end; column++) {
      const to = current + column - i;
      const from = column === i ? previous : to - 1;
      const at = (addresses === 0 ? locateBlock(from) : addresses + 8 * (column - i)) / 4;
      const [J1, J2] = [words[at] as number, (words[at + 1] as number) >>> 0];
      const lane = lanes + (J2 % p) * q;
      const size = lane === own ? area + column - 1 : area - (column === 0 ? 1 : 0);
      const reference = (start + size - 1 - mulHigh(size, mulHigh(J1, J1))) % q;
      compress(
        locateBlock(from),
        locateBlock(lane + reference),
        old === 0 ? ZERO_AT : locateBlock(to),
        locateBlock(to),
      );
    }
  };
}
type Twelve = [number, number, number, number, number, number, number, number, number, number, number, number];

function locateBlock(block: number): number {
  return BLOCKS_AT + BLOCK_BYTES * block;
}

/** P on 16 words: pairs of neighbours, `stride` apart. */
function permute(v: Int32Array, first: number, near: number, stride: number): void {
  const at = (n: number): number => first + near * (n & 1) + stride * (n >> 1);
  for (let i = 0; i < 4; i++) mix(v, at(i), at(4 + i), at(8 + i), at(12 + i));
  for (let i = 0; i < 4; i++) mix(v, at(i), at(4 + ((i + 1) & 3)), at(8 + ((i + 2) & 3)), at(12 + ((i + 3) & 3)));
}

/** GB. */
function mix(v: Int32Array, a: number, b: number, c: number, d: number): void {
  blamka(v, a, b);
  rotate(v, d, a, 32);
  blamka(v, c, d);
  rotate(v, b, c, 24);
  blamka(v, a, b);
  rotate(v, d, a, 16);
  blamka(v, c, d);
  rotate(v, b, c, 63);
}

/** x ← x + y + 2·low(x)·low(y). */
function blamka(v: Int32Array, x: number, y: number): void {
  const [lowX, lowY] = [v[x] as number, v[y] as number];
  const product = Math.imul(lowX, lowY);
  const low = (lowX >>> 0) + (lowY >>> 0) + ((product << 1) >>> 0);
  const carry = (low - (low >>> 0)) / 2 ** 32;
  v[x] = low;
  v[x + 1] = (v[x + 1] as number) + (v[y + 1] as number) + ((mulHigh(lowX, lowY) << 1) | (product >>> 31)) + carry;
}

/** x ← (x ⊕ y) >>> bits. */
function rotate(v: Int32Array, x: number, y: number, bits: 16 | 24 | 32 | 63): void {
  const low = (v[x] as number) ^ (v[y] as number);
  const high = (v[x + 1] as number) ^ (v[y + 1] as number);
  if (bits === 32) [v[x], v[x + 1]] = [high, low];
  else if (bits === 63) [v[x], v[x + 1]] = [(low << 1) | (high >>> 31), (high << 1) | (low >>> 31)];
  else [v[x], v[x + 1]] = [(low >>> bits) | (high << (32 - bits)), (high >>> bits) | (low << (32 - bits))];
}

/** The upper half of the product of two unsigned numbers of 32 bits. */
function mulHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + (middle >>> 16) + ((aLow * bHigh + (middle & 0xffff)) >>> 16);
}

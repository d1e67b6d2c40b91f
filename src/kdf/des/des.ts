/** DES with the salt of crypt(3). FIPS 46-3; the salt exchanges bits of the expansion E. */
import { getDesTables } from './tables.js';

const ROUNDS = 16;
const KEY_BYTES = 8;
/** A round's key in two words of 24 bits. */
const HALF_BITS = 24;

/** The keys of all rounds: 24 bits for the first four boxes, 24 for the last four, and so on. */
export type DesKeys = Int32Array;
/** A block after IP: the left and the right half. */
export type DesState = Int32Array;

/** @param key 8 bytes; the least significant bit of each is not used. */
export function expandDesKey(key: Uint8Array, keys: DesKeys = new Int32Array(2 * ROUNDS)): DesKeys {
  const { keyBits } = getDesTables();
  for (let half = 0; half < keys.length; half++) {
    let word = 0;
    const end = (half + 1) * HALF_BITS;
    for (let i = half * HALF_BITS; i < end; i++) {
      const bit = keyBits[i] as number;
      word = (word << 1) | (((key[bit >> 3] as number) >> (7 - (bit & 7))) & 1);
    }
    keys[half] = word;
  }
  return keys;
}

/**
 * Encrypts a block `times` over: what is between two of them, FP and IP, cancels.
 * @param state after IP; in place.
 * @param salt 24 bits; where the bit of value 2^i is 1, bits i + 1 and i + 25 of E change places.
 */
export function runDes(state: DesState, keys: DesKeys, salt: number, times: number): void {
  const { boxes } = getDesTables();
  const mask = reverseSalt(salt);
  let left = state[0] as number;
  let right = state[1] as number;
  for (let i = 0; i < times; i++) {
    for (let round = 0; round < 2 * ROUNDS; round += 2) {
      // E, as four groups of six bits in each word.
      let first =
        ((right & 1) << 23) |
        ((right & 0xf8000000) >>> 9) |
        ((right & 0x1f800000) >>> 11) |
        ((right & 0x01f80000) >>> 13) |
        ((right & 0x001f8000) >>> 15);
      let second =
        ((right & 0x0001f800) << 7) |
        ((right & 0x00001f80) << 5) |
        ((right & 0x000001f8) << 3) |
        ((right & 0x0000001f) << 1) |
        (right >>> 31);
      const exchanged = (first ^ second) & mask;
      first ^= exchanged ^ (keys[round] as number);
      second ^= exchanged ^ (keys[round + 1] as number);
      const mixed =
        (boxes[first >>> 18] as number) |
        (boxes[64 + ((first >>> 12) & 63)] as number) |
        (boxes[128 + ((first >>> 6) & 63)] as number) |
        (boxes[192 + (first & 63)] as number) |
        (boxes[256 + (second >>> 18)] as number) |
        (boxes[320 + ((second >>> 12) & 63)] as number) |
        (boxes[384 + ((second >>> 6) & 63)] as number) |
        (boxes[448 + (second & 63)] as number);
      const next = left ^ mixed;
      left = right;
      right = next;
    }
    // The last round does not exchange the halves.
    const last = left;
    left = right;
    right = last;
  }
  state[0] = left;
  state[1] = right;
}

/** Bit 1 of E is the most significant of a word, and the salt's bit 0. */
function reverseSalt(salt: number): number {
  let mask = 0;
  for (let i = 0; i < HALF_BITS; i++) if (((salt >> i) & 1) === 1) mask |= 1 << (HALF_BITS - 1 - i);
  return mask;
}

/** One block of 8 bytes. */
export function encryptDesBlock(block: Uint8Array, keys: DesKeys): Uint8Array<ArrayBuffer> {
  const state = enterDes(block);
  runDes(state, keys, 0, 1);
  const encrypted = leaveDes(state);
  state.fill(0);
  return encrypted;
}

/** IP. */
export function enterDes(block: Uint8Array): DesState {
  return readWords(permute(block, getDesTables().initial));
}

/** FP. */
export function leaveDes(state: DesState): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(KEY_BYTES);
  for (let i = 0; i < KEY_BYTES; i++) block[i] = (state[i >> 2] as number) >>> (24 - 8 * (i & 3));
  return permute(block, getDesTables().final);
}

function permute(block: Uint8Array, bits: Uint8Array): Uint8Array<ArrayBuffer> {
  const permuted = new Uint8Array(KEY_BYTES);
  for (let i = 0; i < bits.length; i++) {
    const from = bits[i] as number;
    const bit = ((block[from >> 3] as number) >> (7 - (from & 7))) & 1;
    permuted[i >> 3] = (permuted[i >> 3] as number) | (bit << (7 - (i & 7)));
  }
  return permuted;
}

function readWords(block: Uint8Array): DesState {
  const words = new Int32Array(2);
  for (let i = 0; i < KEY_BYTES; i++) words[i >> 2] = ((words[i >> 2] as number) << 8) | (block[i] as number);
  return words;
}

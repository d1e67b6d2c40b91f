/**
 * bcrypt in TypeScript, from bytes: Provos and Mazières, "A Future-Adaptable Password Scheme" (USENIX 1999), §4.
 *
 * bcryptjs takes text, so it cannot hash bytes that are not UTF-8, nor the keys of `$2x$`; it also needs Node's crypto
 * module. This one takes any bytes, runs anywhere and is no slower.
 */

import type { BcryptJob } from '../../jobs.js';
import type { Backend, Run } from '../contract.js';
import { inSlices } from '../pause.js';
import { BCRYPT_KEY_BYTES, bcryptKey } from './key.js';
import { BLOWFISH_WORDS, blowfishInitialState } from './pi.js';

/** S-boxes stand behind the 18 words of the P-array. */
const S0 = 18;
const S1 = S0 + 256;
const S2 = S1 + 256;
const S3 = S2 + 256;
const P_WORDS = 18;

/** "OrpheanBeholderScryDoubt", encrypted 64 times with the state that the password made. */
const MAGIC = [0x4f727068, 0x65616e42, 0x65686f6c, 0x64657253, 0x63727944, 0x6f756274];
/** The last byte of the 24 is not stored. */
const HASH_BYTES = 23;
const NO_SALT = new Int32Array(4);
/** Rounds a slice: about 1.3 ms. */
const SLICE = 16;

export const portableBcrypt: Backend<BcryptJob> = {
  name: 'digestry',
  kind: 'portable',
  blocking: true,
  async load() {
    const initial = blowfishInitialState();
    return (job, run) => eksblowfish(initial, job, run);
  },
};

async function eksblowfish(initial: Int32Array, job: BcryptJob, run: Run): Promise<Uint8Array> {
  const keyBytes = bcryptKey(job.password, job.variant);
  const key = cyclicWords(keyBytes);
  const salt = cyclicWords(job.salt);
  const state = new Int32Array(initial);
  try {
    xorIntoP(state, key);
    schedule(state, salt.subarray(0, 4));
    await inSlices(2 ** job.cost, SLICE, run, (from, to) => {
      for (let round = from; round < to; round++) {
        xorIntoP(state, key);
        schedule(state, NO_SALT);
        xorIntoP(state, salt);
        schedule(state, NO_SALT);
      }
    });
    return encryptMagic(state);
  } finally {
    keyBytes.fill(0);
    key.fill(0);
    state.fill(0);
  }
}

/** The 18 words that a schedule reads, going round in the bytes. */
function cyclicWords(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(BCRYPT_KEY_BYTES / 4);
  let at = 0;
  for (let word = 0; word < words.length; word++) {
    let value = 0;
    for (let byte = 0; byte < 4; byte++) {
      value = (value << 8) | (bytes[at] as number);
      at = at + 1 === bytes.length ? 0 : at + 1;
    }
    words[word] = value;
  }
  return words;
}

function xorIntoP(state: Int32Array, words: Int32Array): void {
  for (let i = 0; i < P_WORDS; i++) state[i] = (state[i] as number) ^ (words[i] as number);
}

/** ExpandKey without its first step: every word of the state is replaced, by encrypting with the state so far. */
function schedule(state: Int32Array, salt: Int32Array): void {
  let left = 0;
  let right = 0;
  for (let i = 0; i < BLOWFISH_WORDS; i += 2) {
    left ^= salt[i & 3] as number;
    right ^= salt[(i + 1) & 3] as number;
    left ^= state[0] as number;
    for (let n = 1; n < 16; n += 2) {
      right ^= round(state, left) ^ (state[n] as number);
      left ^= round(state, right) ^ (state[n + 1] as number);
    }
    const crossed = right ^ (state[17] as number);
    right = left;
    left = crossed;
    state[i] = left;
    state[i + 1] = right;
  }
}

/** Blowfish's F. */
function round(state: Int32Array, x: number): number {
  const a = (state[S0 + (x >>> 24)] as number) + (state[S1 + ((x >>> 16) & 255)] as number);
  return (a ^ (state[S2 + ((x >>> 8) & 255)] as number)) + (state[S3 + (x & 255)] as number);
}

function encryptMagic(state: Int32Array): Uint8Array {
  const text = Int32Array.from(MAGIC);
  for (let times = 0; times < 64; times++) {
    for (let i = 0; i < text.length; i += 2) {
      let left = (text[i] as number) ^ (state[0] as number);
      let right = text[i + 1] as number;
      for (let n = 1; n < 16; n += 2) {
        right ^= round(state, left) ^ (state[n] as number);
        left ^= round(state, right) ^ (state[n + 1] as number);
      }
      text[i] = right ^ (state[17] as number);
      text[i + 1] = left;
    }
  }
  const bytes = new Uint8Array(HASH_BYTES);
  for (let i = 0; i < HASH_BYTES; i++) bytes[i] = (text[i >> 2] as number) >>> (24 - 8 * (i & 3));
  return bytes;
}

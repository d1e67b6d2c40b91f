/** The steps before and after the rounds of bcrypt's key schedule: Provos and Mazières (USENIX 1999), §4. */
import type { BcryptJob } from '../../jobs.js';
import { BCRYPT_KEY_BYTES, bcryptKey } from './key.js';
import { BLOWFISH_WORDS } from './pi.js';

/** S-boxes follow the 18 words of the P-array. */
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

/** What the rounds work with. All of it is secret: `wipe` it. */
export interface Eksblowfish {
  /** P (18 words), then the four S-boxes. */
  readonly state: Int32Array;
  /** 18 words, going round in the key. */
  readonly key: Int32Array;
  /** 18 words, going round in the 4 of the salt. */
  readonly salt: Int32Array;
}

/** EksBlowfishSetup up to its rounds. @param initial as `blowfishInitialState` makes it; it is copied. */
export function begin(initial: Int32Array, job: BcryptJob): Eksblowfish {
  const keyBytes = bcryptKey(job.password, job.variant);
  const key = cyclicWords(keyBytes);
  keyBytes.fill(0);
  const salt = cyclicWords(job.salt);
  const state = new Int32Array(initial);
  xorIntoP(state, key);
  expand(state, salt.subarray(0, 4));
  return { state, key, salt };
}

/** The rounds from..to, in JavaScript. */
export function rounds({ state, key, salt }: Eksblowfish, from: number, to: number): void {
  for (let round = from; round < to; round++) {
    xorIntoP(state, key);
    expand(state, NO_SALT);
    xorIntoP(state, salt);
    expand(state, NO_SALT);
  }
}

/** The hash that the state after all rounds makes. */
export function finish({ state }: Eksblowfish): Uint8Array {
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

export function wipe({ state, key, salt }: Eksblowfish): void {
  state.fill(0);
  key.fill(0);
  salt.fill(0);
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
function expand(state: Int32Array, salt: Int32Array): void {
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

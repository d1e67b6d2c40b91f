/** crypt(3) over DES: the traditional form and bigcrypt. Bytes are in the order of the text, most significant bit first. */
import { crypt64Value } from '../../encoding/crypt64.js';
import { expandDesKey, leaveDes, runDes } from './des.js';

const BLOCK = 8;
/** Encryptions of the traditional form. */
const TIMES = 25;
const SALT_LETTERS = 2;

/** crypt(3) reads a C string, which ends at a NUL. */
export function endAtNul(password: Uint8Array): Uint8Array {
  const end = password.indexOf(0);
  return end === -1 ? password : password.subarray(0, end);
}

/** The low seven bits of up to eight bytes, each moved up over the bit of parity. */
export function readDesKey(password: Uint8Array, at = 0): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(BLOCK);
  for (let i = 0; i < BLOCK && at + i < password.length; i++) key[i] = (password[at + i] as number) << 1;
  return key;
}

/**
 * The salt as a number, its first letter the least.
 * @param salt letters of ./0-9A-Za-z; another byte counts as 0.
 */
export function readDesSalt(salt: Uint8Array): number {
  let value = 0;
  for (const [i, letter] of salt.entries()) value |= Math.max(0, crypt64Value(letter)) << (6 * i);
  return value;
}

/**
 * The 8 bytes of `des_crypt`: only the low seven bits of the first eight bytes of the password count.
 * @param salt two letters.
 */
export function computeDesCrypt(password: Uint8Array, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  return encryptZero(endAtNul(password), 0, readDesSalt(salt.subarray(0, SALT_LETTERS)));
}

function encryptZero(password: Uint8Array, at: number, salt: number): Uint8Array<ArrayBuffer> {
  const key = readDesKey(password, at);
  const keys = expandDesKey(key);
  const state = new Int32Array(2);
  runDes(state, keys, salt, TIMES);
  const hash = leaveDes(state);
  for (const secret of [key, keys, state]) secret.fill(0);
  return hash;
}

/**
 * The bytes of `bigcrypt`, 8 for each 8 bytes of the password: each segment is a `des_crypt` whose salt is the first two
 * letters of the one before.
 */
export function computeBigcrypt(password: Uint8Array, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  const ended = endAtNul(password);
  const hash = new Uint8Array(countBigcryptBytes(password));
  let salted = readDesSalt(salt.subarray(0, SALT_LETTERS));
  for (let i = 0; i < hash.length / BLOCK; i++) {
    const segment = encryptZero(ended, i * BLOCK, salted);
    hash.set(segment, i * BLOCK);
    // The first letter has the highest six bits, and is the lowest of a salt.
    const [first = 0, second = 0] = segment;
    salted = (first >> 2) | ((((first << 4) | (second >> 4)) & 63) << 6);
  }
  return hash;
}

/** Bytes of the hash of a password. */
export function countBigcryptBytes(password: Uint8Array): number {
  return BLOCK * Math.max(1, Math.ceil(endAtNul(password).length / BLOCK));
}

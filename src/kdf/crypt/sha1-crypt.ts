/** NetBSD's crypt(3) of `$sha1$`: PBKDF1 with HMAC-SHA1 in the place of SHA-1. */
import { concat, latin1 } from '../../encoding/bytes.js';
import type { Sha1CryptJob } from '../../jobs.js';
import type { CryptHashes, CryptSlices } from './contract.js';
import { reorder } from './rounds.js';

/** The first byte once more before the last two: the text has 28 characters for 20 bytes. */
const ORDER = [2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 17, 16, 15, 0, 19, 18];
/** Rounds a slice: about a millisecond. */
const SLICE = 256;

export function* sha1Crypt({ password, salt, rounds }: Sha1CryptJob, { hmac }: CryptHashes): CryptSlices {
  let h = hmac('sha1', password, firstMessage(salt, rounds));
  for (let i = 1; i < rounds; i++) {
    h = hmac('sha1', password, h);
    if (i % SLICE === 0) yield;
  }
  return orderSha1Crypt(h);
}

export function firstMessage(salt: Uint8Array, rounds: number): Uint8Array {
  return concat(salt, latin1(`$sha1$${rounds}`));
}

export function orderSha1Crypt(h: Uint8Array): Uint8Array {
  return reorder(h, ORDER);
}

/** crypt(3) of BSD/OS: a password of any length, folded into a key by DES itself; a count and a salt of 24 bits. */
import type { BsdiCryptJob } from '../../jobs.js';
import type { CryptHashes, CryptSlices } from '../crypt/contract.js';
import { endAtNul, readDesKey, readDesSalt } from './crypt.js';
import { encryptDesBlock, expandDesKey, leaveDes, runDes } from './des.js';

const BLOCK = 8;
const SALT_LETTERS = 4;
/** Encryptions a slice: about a millisecond. */
const SLICE = 1024;

export function* bsdiCrypt({ password, salt, rounds }: BsdiCryptJob, _hashes: CryptHashes): CryptSlices {
  const key = foldKey(endAtNul(password));
  const keys = expandDesKey(key);
  const state = new Int32Array(2);
  const saltBits = readDesSalt(salt.subarray(0, SALT_LETTERS));
  try {
    for (let done = 0; done < rounds; done += SLICE) {
      runDes(state, keys, saltBits, Math.min(SLICE, rounds - done));
      yield;
    }
    return leaveDes(state);
  } finally {
    key.fill(0);
    keys.fill(0);
    state.fill(0);
  }
}

function foldKey(password: Uint8Array): Uint8Array {
  let key: Uint8Array = readDesKey(password);
  for (let at = BLOCK; at < password.length; at += BLOCK) {
    const keys = expandDesKey(key);
    const mixed = encryptDesBlock(key, keys);
    const next = readDesKey(password, at);
    for (let i = 0; i < BLOCK; i++) next[i] = (next[i] as number) ^ (mixed[i] as number);
    for (const secret of [keys, mixed, key]) secret.fill(0);
    key = next;
  }
  return key;
}

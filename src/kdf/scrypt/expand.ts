/** PBKDF2-HMAC-SHA256 with one iteration, as scrypt uses it before and after ROMix, in slices. RFC 7914 §6. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { clean } from '@noble/hashes/utils.js';

const PRF_BYTES = 32;
/** Blocks of key a slice, and bytes of salt: about a millisecond. */
const SLICE_BLOCKS = 256;
const SLICE_BYTES = 128 * 1024;

/** The key is made in `key`. With c = 1 its block i is HMAC(password, salt ‖ INT(i)), and the salt is read once. */
export function* expand(password: Uint8Array, salt: Uint8Array, key: Uint8Array): Generator<void, void, void> {
  const salted = hmac.create(sha256, password);
  const counter = new Uint8Array(4);
  const last = new Uint8Array(PRF_BYTES);
  try {
    for (let at = 0; at < salt.length; at += SLICE_BYTES) {
      if (at > 0) yield;
      salted.update(salt.subarray(at, at + SLICE_BYTES));
    }
    for (let at = 0, i = 1; at < key.length; at += PRF_BYTES, i++) {
      if (i % SLICE_BLOCKS === 0) yield;
      new DataView(counter.buffer).setUint32(0, i);
      salted.clone().update(counter).digestInto(last);
      key.set(last.subarray(0, key.length - at), at);
    }
  } finally {
    salted.destroy();
    clean(last);
  }
}

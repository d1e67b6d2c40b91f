/** The steps before and after the memory of Argon2, by BLAKE2b. RFC 9106 §3.2, §3.3. */
import { blake2b } from '@noble/hashes/blake2.js';
import { clean } from '@noble/hashes/utils.js';
import type { Argon2Job } from '../../jobs.js';

const TYPE = { argon2i: 1, argon2id: 2 } as const;
const BLAKE2B_BYTES = 64;
const EMPTY = new Uint8Array();

/** Argon2 with all that the RFC has. No stored password uses the two; its test vectors do. */
export interface Argon2Inputs extends Argon2Job {
  readonly secret?: Uint8Array;
  readonly associatedData?: Uint8Array;
}

/** H0. Version 16 is hashed the same way. */
export function initialHash(inputs: Argon2Inputs): Uint8Array {
  const { type, version, password, salt, m, t, p, dkLen, secret = EMPTY, associatedData = EMPTY } = inputs;
  const hash = blake2b.create({});
  for (const number of [p, dkLen, m, t, version, TYPE[type]]) hash.update(le32(number));
  for (const bytes of [password, salt, secret, associatedData]) hash.update(le32(bytes.length)).update(bytes);
  return hash.digest();
}

/** H′(parts, dkLen): BLAKE2b for any length. */
export function variableLengthHash(dkLen: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = blake2b.create({ dkLen: Math.min(dkLen, BLAKE2B_BYTES) }).update(le32(dkLen));
  for (const part of parts) hash.update(part);
  let last = hash.digest();
  if (dkLen <= BLAKE2B_BYTES) return last;
  const out = new Uint8Array(dkLen);
  for (let at = 0; ; ) {
    const rest = dkLen - at;
    if (rest <= BLAKE2B_BYTES) {
      out.set(last, at);
      clean(last);
      return out;
    }
    // Half of each is given out, and the whole is hashed for the next.
    out.set(last.subarray(0, BLAKE2B_BYTES / 2), at);
    at += BLAKE2B_BYTES / 2;
    const next = blake2b(last, { dkLen: Math.min(dkLen - at, BLAKE2B_BYTES) });
    clean(last);
    last = next;
  }
}

export function le32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

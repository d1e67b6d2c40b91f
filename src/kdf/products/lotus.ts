/** HCL (IBM) Notes and Domino's HTTPPassword: MD2 with another table, salted since release 6, under PBKDF2 since 8. */
import { latin1 } from '../../encoding/bytes.js';
import { decodeHex, encodeHex } from '../../encoding/hex.js';
import type { Kdfs } from '../../jobs.js';

const BLOCK = 16;
const ROUNDS = 18;
/** 0 to 255 in Notes' own order. */
const ORDER =
  'bd56eaf2a2f1ac2ab093d19c1b33fdd03004b6dc7ddf324bf7cb459b31bb215a419fe1d94a4d9edaa0682cc3275f80363eeefb951afecea834a913f0a63fd80c7824af2352c16717f56690e7e807b86048e61e53f392a4728c08156e860084faf47f8a4219f6dbcd148d5012ba3c064eecb33511a1888e2b9499b77174d3e4bf3ade960ebc0aed77fc376b03798962c6d7c0d27c6a8b22a35b055d0275d561e3188f5551ad1f0b5e85e5c25763ca3d6cb4c5cc70b291590d4720c84f58e001e21638c46f3b0f6546be7e2d7b82f940b51d73f8eb26c787972554b128aa989da5646d7ad4108144ef49d6ae2edd765c2fa71cc909699a83cf2939b9e94cff43ab';
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/';
/** Of the text that release 6 hashes, which begins with a salt since then and was not made longer. */
const HASHED_BYTES = 34;
/** Of the salt that release 6 takes. */
const SHORT_SALT = 5;
/** Digests have this byte of the salt plus 4: it once was a number of version. */
const VERSION_AT = 3;
const VERSION = 4;
/** Letters between "(G" and ")". */
const TEXT_LETTERS = 19;
const KEY_BYTES = 8;

let table: Uint8Array | undefined;

/** The 16 bytes of release 5. */
export function computeLotus5(password: Uint8Array): Uint8Array<ArrayBuffer> {
  table ??= decodeHex(ORDER, 0, ORDER.length, 'table');
  const S = table;
  const state = new Uint8Array(BLOCK);
  const sum = new Uint8Array(BLOCK);
  const pad = BLOCK - (password.length % BLOCK);
  const message = new Uint8Array(password.length + pad).fill(pad);
  message.set(password);
  for (let at = 0; at < message.length; at += BLOCK) {
    const block = message.subarray(at, at + BLOCK);
    compress(state, block, S);
    let last = sum[BLOCK - 1] as number;
    for (let i = 0; i < BLOCK; i++) {
      last = (sum[i] as number) ^ (S[(block[i] as number) ^ last] as number);
      sum[i] = last;
    }
  }
  compress(state, sum, S);
  message.fill(0);
  sum.fill(0);
  return state;
}

/** As MD2's, but the byte carried counts down with the position, and is not changed between rounds. RFC 1319 §3.4. */
function compress(state: Uint8Array, block: Uint8Array, S: Uint8Array): void {
  const X = new Uint8Array(3 * BLOCK);
  for (let i = 0; i < BLOCK; i++) {
    X[i] = state[i] as number;
    X[BLOCK + i] = block[i] as number;
    X[2 * BLOCK + i] = (state[i] as number) ^ (block[i] as number);
  }
  let t = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < X.length; i++) {
      t = (X[i] as number) ^ (S[(X.length - i + t) & 0xff] as number);
      X[i] = t;
    }
  }
  state.set(X.subarray(0, BLOCK));
  X.fill(0);
}

/**
 * The 16 bytes of release 6, of which its digests have ten at most.
 * @param salt 5 bytes, as a digest has them.
 */
export function computeLotus6(password: Uint8Array, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  const first = computeLotus5(password);
  const text = latin1(`(${encodeHex(first).toUpperCase()})`);
  const message = new Uint8Array(HASHED_BYTES);
  message.set(readSalt(salt.subarray(0, SHORT_SALT)));
  message.set(text.subarray(0, HASHED_BYTES - SHORT_SALT), SHORT_SALT);
  const hash = computeLotus5(message);
  for (const secret of [first, text, message]) secret.fill(0);
  return hash;
}

/**
 * The 8 bytes of release 8: PBKDF2 over the digest of release 6 as text.
 * @param salt 16 bytes, as a digest has them.
 */
export async function computeLotus8(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  kdfs: Pick<Kdfs, 'pbkdf2'>,
): Promise<Uint8Array> {
  const hash = computeLotus6(password, salt);
  const key = latin1(formatLotus6(salt, hash));
  hash.fill(0);
  try {
    return await kdfs.pbkdf2({ prf: 'sha1', password: key, salt: readSalt(salt), c: iterations, dkLen: KEY_BYTES });
  } finally {
    key.fill(0);
  }
}

/** Undoes what digests do to the salt. */
function readSalt(salt: Uint8Array): Uint8Array<ArrayBuffer> {
  const plain = Uint8Array.from(salt);
  plain[VERSION_AT] = (salt[VERSION_AT] as number) - VERSION;
  return plain;
}

/** `(G…)`. */
function formatLotus6(salt: Uint8Array, hash: Uint8Array): string {
  const bytes = Uint8Array.of(...salt.subarray(0, SHORT_SALT), ...hash.subarray(0, 10));
  let letters = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    for (let shift = 18; shift >= 0; shift -= 6) letters += LETTERS[(group >> shift) & 63];
  }
  return `(G${letters.slice(0, TEXT_LETTERS)})`;
}

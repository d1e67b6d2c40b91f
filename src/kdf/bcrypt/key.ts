/**
 * From a password to the key that bcrypt's key schedule repeats.
 *
 * The schedule reads 18 words of 4 bytes, going round in the key, so 72 bytes decide and all variants come down to a
 * key of at most 72 bytes for one and the same algorithm:
 * - `2a`, `2b`, `2y`: password ‖ NUL. A NUL inside the password is a byte like another.
 * - `2`: the first version did not append the NUL; an empty password then reads one NUL.
 * - `2x`: crypt_blowfish before 1.1 added each byte as a signed char, so a byte ≥ 0x80 sets all bits above it. The words
 *   come out different, and as words they are a key of 72 bytes again.
 *
 * Not followed: crypt_blowfish ≥ 1.1 flips one bit for `$2a$` passwords in which bytes 0xff precede a byte ≥ 0x80 within
 * a word. OpenBSD and every other writer of `$2a$` does not, and no UTF-8 text has a byte 0xff.
 */
import type { BcryptVariant } from '../../jobs.js';

/** Bytes of a key that have an effect. */
export const BCRYPT_KEY_BYTES = 72;
const WORDS = BCRYPT_KEY_BYTES / 4;

/** 1 to 72 bytes. */
export function bcryptKey(password: Uint8Array, variant: BcryptVariant): Uint8Array<ArrayBuffer> {
  const terminated = variant === '2' && password.length > 0 ? 0 : 1;
  const length = Math.min(BCRYPT_KEY_BYTES, password.length + terminated);
  const key = new Uint8Array(length);
  key.set(password.subarray(0, length));
  return variant === '2x' ? signExtended(key) : key;
}

function signExtended(key: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const extended = new Uint8Array(BCRYPT_KEY_BYTES);
  const view = new DataView(extended.buffer);
  const signed = new Int8Array(key.buffer);
  let at = 0;
  for (let word = 0; word < WORDS; word++) {
    let value = 0;
    for (let byte = 0; byte < 4; byte++) {
      value = (value << 8) | (signed[at] as number);
      at = at + 1 === signed.length ? 0 : at + 1;
    }
    view.setInt32(4 * word, value);
  }
  return extended;
}

/** PBKDF2 values of any system as the hasher of their PRF. */
import { malformed } from '../../errors.js';
import { pbkdf2Sha1 } from '../../hashers/pbkdf2-sha1.js';
import { pbkdf2Sha256 } from '../../hashers/pbkdf2-sha256.js';
import { pbkdf2Sha512Hex } from '../../hashers/pbkdf2-sha512-hex.js';
import { converted, type Reading } from './contract.js';

/** Every hasher reads hashes from here on. */
const MIN_HASH_BYTES = 16;

export function pbkdf2Reading(
  title: string,
  prf: 'sha1' | 'sha256' | 'sha512',
  iterations: number,
  salt: Uint8Array,
  hash: Uint8Array,
): Reading {
  if (hash.length < MIN_HASH_BYTES) {
    throw malformed('hash', 0, `hash: ${hash.length} bytes, where at least ${MIN_HASH_BYTES} are needed`);
  }
  if (prf === 'sha1') return converted(title, pbkdf2Sha1, { params: { iterations, keylen: hash.length }, salt, hash });
  return converted(title, prf === 'sha256' ? pbkdf2Sha256 : pbkdf2Sha512Hex, { params: { iterations }, salt, hash });
}

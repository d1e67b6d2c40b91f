/** PBKDF2 values of any system as the hasher of their PRF. */
import { pbkdf2Sha1 } from '../../hashers/pbkdf2-sha1.js';
import { pbkdf2Sha256 } from '../../hashers/pbkdf2-sha256.js';
import { pbkdf2Sha512Hex } from '../../hashers/pbkdf2-sha512-hex.js';
import { converted, type Reading } from './contract.js';

export function pbkdf2Reading(
  title: string,
  prf: 'sha1' | 'sha256' | 'sha512',
  iterations: number,
  salt: Uint8Array,
  hash: Uint8Array,
): Reading {
  if (prf === 'sha1') return converted(title, pbkdf2Sha1, { params: { iterations, keylen: hash.length }, salt, hash });
  return converted(title, prf === 'sha256' ? pbkdf2Sha256 : pbkdf2Sha512Hex, { params: { iterations }, salt, hash });
}

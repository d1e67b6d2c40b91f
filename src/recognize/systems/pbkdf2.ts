/** PBKDF2 values of any system as the hasher of their PRF. */
import { pbkdf2Sha1, pbkdf2Sha256, pbkdf2Sha512Hex } from '../../hashers/index.js';
import { convertValues, type ForeignDigest } from './contract.js';

export function pbkdf2Reading(
  title: string,
  prf: 'sha1' | 'sha256' | 'sha512',
  iterations: number,
  salt: Uint8Array,
  hash: Uint8Array,
): ForeignDigest {
  if (prf === 'sha1')
    return convertValues(title, pbkdf2Sha1, { params: { iterations, keylen: hash.length }, salt, hash });
  return convertValues(title, prf === 'sha256' ? pbkdf2Sha256 : pbkdf2Sha512Hex, {
    params: { iterations },
    salt,
    hash,
  });
}

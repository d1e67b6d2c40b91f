/** PBKDF2 values of any system as the hasher of their PRF. */
import { pbkdf2Sha1 } from '../../hashers/pbkdf2-sha1.js';
import { pbkdf2Sha256 } from '../../hashers/pbkdf2-sha256.js';
import { pbkdf2Sha512Hex } from '../../hashers/pbkdf2-sha512-hex.js';
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

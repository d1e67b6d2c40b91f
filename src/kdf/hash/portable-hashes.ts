/** MD5, SHA-1, SHA-2 and HMAC in JavaScript: @noble/hashes. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { HashFunctionsBackend } from '../contract.js';

const HASHES = { md5, sha1, sha256, sha512 } as const;

export const portableHashesWithoutAes: Omit<HashFunctionsBackend, 'aes256Ctr'> = {
  name: '@noble/hashes',
  kind: 'portable',
  hash: (algorithm, message) => HASHES[algorithm](message),
  hmac: (algorithm, key, message) => hmac(HASHES[algorithm], key, message),
  equal(a, b) {
    let difference = 0;
    for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
    return difference === 0;
  },
};

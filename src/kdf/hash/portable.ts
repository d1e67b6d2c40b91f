/** MD5, SHA-1, SHA-2, HMAC and AES in JavaScript: @noble/hashes and @noble/ciphers. */
import { ctr } from '@noble/ciphers/aes.js';
import type { HashFunctionsBackend } from '../contract.js';
import { portableHashesWithoutAes } from './portable-hashes.js';

export const portableHashFunctions: HashFunctionsBackend = {
  ...portableHashesWithoutAes,
  aes256Ctr: (key, counter, data) => ctr(key, counter).encrypt(data),
};

/** MD5, SHA-1, SHA-2, HMAC and AES by OpenSSL through node:crypto. */
import { createCipheriv, createHmac, hash, timingSafeEqual } from 'node:crypto';
import { latin1 } from '../../encoding/bytes.js';
import type { DigestsBackend } from '../contract.js';

export const nativeDigests: DigestsBackend = {
  name: 'node:crypto',
  kind: 'native',
  // The one-shot call with a text answer is a third of createHash or of a Buffer answer.
  hash: (algorithm, message) => latin1(hash(algorithm, message, 'binary')),
  hmac: (algorithm, key, message) => createHmac(algorithm, key).update(message).digest(),
  aes256Ctr: (key, counter, data) => createCipheriv('aes-256-ctr', key, counter).update(data),
  equal: timingSafeEqual,
};

/** crypt(3) over OpenSSL's hash functions. It runs on the calling thread: node:crypto has no such loops. */
import { nodeCrypto } from '../builtin.js';
import { nativeHashFunctions } from '../hash/native.js';
import type { CryptHashes } from './contract.js';
import { cryptBackend } from './schemes.js';

export const nativeHashes: CryptHashes = {
  hash: nativeHashFunctions.hash,
  hmac: nativeHashFunctions.hmac,
  create: (algorithm) => nodeCrypto().createHash(algorithm),
};

export const nativeCrypt: ReturnType<typeof cryptBackend> = cryptBackend(
  { name: 'node:crypto', kind: 'native' },
  () => nativeHashes,
);

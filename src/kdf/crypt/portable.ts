/** crypt(3) over the hash functions of @noble/hashes. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { portableHashesWithoutAes } from '../hash/portable-hashes.js';
import type { CryptHashes } from './contract.js';
import { cryptBackend } from './schemes.js';

const HASHES = { md5, sha1, sha256, sha512 } as const;

export const portableHashes: CryptHashes = {
  hash: portableHashesWithoutAes.hash,
  hmac: portableHashesWithoutAes.hmac,
  create: (algorithm) => HASHES[algorithm].create(),
};

export const portableCrypt: ReturnType<typeof cryptBackend> = cryptBackend(
  { name: 'digestry', kind: 'portable' },
  () => portableHashes,
);

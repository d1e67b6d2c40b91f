/** Every hash function and HMAC in JavaScript: @noble/hashes, and what it does not have. */
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { keccak_256, sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { HashAlgorithm } from '../../jobs.js';
import type { HashFunctionsBackend } from '../contract.js';
import { md2 } from './md2.js';
import { md4 } from './md4.js';
import { computeHmac } from './own-hmac.js';
import { streebog256, streebog512 } from './streebog.js';
import { whirlpool } from './whirlpool.js';

type Hash = (message: Uint8Array) => Uint8Array;

const HASHES: { readonly [A in HashAlgorithm]: Hash } = {
  md2,
  md4,
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha512_256,
  sha3_224,
  sha3_256,
  sha3_384,
  sha3_512,
  keccak256: keccak_256,
  ripemd160,
  whirlpool,
  streebog256,
  streebog512,
};

/** Bytes of a block, which HMAC pads its key to. The sponges' are their rate. */
const BLOCK_BYTES: { readonly [A in HashAlgorithm]: number } = {
  md2: 16,
  md4: 64,
  md5: 64,
  sha1: 64,
  sha224: 64,
  sha256: 64,
  sha384: 128,
  sha512: 128,
  sha512_256: 128,
  sha3_224: 144,
  sha3_256: 136,
  sha3_384: 104,
  sha3_512: 72,
  keccak256: 136,
  ripemd160: 64,
  whirlpool: 64,
  streebog256: 64,
  streebog512: 64,
};

export const portableHashesWithoutAes: Omit<HashFunctionsBackend, 'aes256Ctr'> = {
  name: '@noble/hashes',
  kind: 'portable',
  hash: (algorithm, message) => HASHES[algorithm](message),
  hmac: (algorithm, key, message) => computeHmac(HASHES[algorithm], BLOCK_BYTES[algorithm], key, message),
  equal(a, b) {
    let difference = 0;
    for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
    return difference === 0;
  },
};

/** Every backend for Node, fastest first as measured. */
import { nodeArgon2, nodeCryptoArgon2, nodeRsArgon2 } from './argon2/native.js';
import { blockingBackends } from './catalogue-worker.js';
import type { Backend, Catalogue } from './contract.js';
import { nativeHashFunctions } from './hash/native.js';
import { portableHashesWithoutAes } from './hash/portable-hashes.js';
import { nativePbkdf2 } from './pbkdf2/openssl.js';
import { nativeScrypt } from './scrypt/openssl.js';

const { bcrypt, pbkdf2, scrypt, argon2, iteratedHash, crypt } = blockingBackends();

export const nodeCatalogue: Catalogue = {
  // AES is OpenSSL's in both: every Node has it, and @noble/ciphers computes its tables at import.
  hashFunctions: [nativeHashFunctions, { ...portableHashesWithoutAes, aes256Ctr: nativeHashFunctions.aes256Ctr }],
  costly: {
    bcrypt,
    pbkdf2: afterFirst(pbkdf2, nativePbkdf2),
    scrypt: afterFirst(scrypt, nativeScrypt),
    argon2: [nodeRsArgon2, nodeCryptoArgon2, nodeArgon2, ...argon2],
    iteratedHash,
    crypt,
  },
};

/** Where no thread can be started, the one on libuv's threads comes before those in slices on the calling thread. */
function afterFirst<Job>([first, ...rest]: readonly Backend<Job>[], second: Backend<Job>): Backend<Job>[] {
  return first === undefined ? [second] : [first, second, ...rest];
}

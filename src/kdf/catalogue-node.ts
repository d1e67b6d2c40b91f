/** Every backend for Node, fastest first as measured. */
import { nodeArgon2, nodeCryptoArgon2, nodeRsArgon2 } from './argon2/native.js';
import { blockingBackends } from './catalogue-worker.js';
import type { Backend, Catalogue } from './contract.js';
import { nativeDigests } from './digest/native.js';
import { portableHashes } from './digest/portable-hashes.js';
import { nativePbkdf2 } from './pbkdf2/openssl.js';
import { nativeScrypt } from './scrypt/openssl.js';

const { bcrypt, pbkdf2, scrypt, argon2, chain } = blockingBackends();

export const nodeCatalogue: Catalogue = {
  // AES is OpenSSL's in both: every Node has it, and @noble/ciphers computes its tables at import.
  digests: [nativeDigests, { ...portableHashes, aes256Ctr: nativeDigests.aes256Ctr }],
  costly: {
    bcrypt,
    pbkdf2: afterFirst(pbkdf2, nativePbkdf2),
    scrypt: afterFirst(scrypt, nativeScrypt),
    argon2: [nodeRsArgon2, nodeCryptoArgon2, nodeArgon2, ...argon2],
    chain,
  },
};

/** Where no thread can be started, the one on libuv's threads comes before those in slices on the calling thread. */
function afterFirst<Job>([first, ...rest]: readonly Backend<Job>[], second: Backend<Job>): Backend<Job>[] {
  return first === undefined ? [second] : [first, second, ...rest];
}

/** Every backend for Node, fastest first as measured. */
import { nodeArgon2 } from './argon2/node-argon2.js';
import { nodeCryptoArgon2 } from './argon2/node-crypto.js';
import { nodeRsArgon2 } from './argon2/node-rs.js';
import { portableArgon2 } from './argon2/portable.js';
import { bcryptjsBcrypt } from './bcrypt/bcryptjs.js';
import { laneBcrypt } from './bcrypt/lanes.js';
import { portableBcrypt } from './bcrypt/portable.js';
import { nativeChain } from './chain/native.js';
import { portableChain } from './chain/portable.js';
import type { Catalogue } from './contract.js';
import { nativeDigests } from './digest/native.js';
import { portableDigests } from './digest/portable.js';
import { nativePbkdf2 } from './pbkdf2/native.js';
import { portablePbkdf2 } from './pbkdf2/portable.js';
import { nativeScrypt } from './scrypt/native.js';
import { portableScrypt } from './scrypt/portable.js';
import { scryptJsScrypt } from './scrypt/scrypt-js.js';

export const nodeCatalogue: Catalogue = {
  digests: [nativeDigests, portableDigests],
  costly: {
    bcrypt: [laneBcrypt, portableBcrypt, bcryptjsBcrypt],
    pbkdf2: [nativePbkdf2, portablePbkdf2],
    scrypt: [nativeScrypt, portableScrypt, scryptJsScrypt],
    argon2: [nodeRsArgon2, nodeCryptoArgon2, nodeArgon2, portableArgon2],
    chain: [nativeChain, portableChain],
  },
};

/** The backends that need no Node API and no compiled code. */
import { portableArgon2 } from './argon2/portable.js';
import { laneBcrypt } from './bcrypt/lanes.js';
import { portableBcrypt } from './bcrypt/portable.js';
import { portableChain } from './chain/portable.js';
import type { Catalogue } from './contract.js';
import { portableDigests } from './digest/portable.js';
import { portablePbkdf2 } from './pbkdf2/portable.js';
import { portableScrypt } from './scrypt/portable.js';

export const portableCatalogue: Catalogue = {
  digests: [portableDigests],
  costly: {
    bcrypt: [laneBcrypt, portableBcrypt],
    pbkdf2: [portablePbkdf2],
    scrypt: [portableScrypt],
    argon2: [portableArgon2],
    chain: [portableChain],
  },
};

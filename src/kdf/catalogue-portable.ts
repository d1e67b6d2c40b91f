/** The backends that need no Node API and no compiled code. */
import { Rooms } from '../kernels/room.js';
import { laneArgon2 } from './argon2/lanes.js';
import { portableArgon2 } from './argon2/portable.js';
import { laneBcrypt } from './bcrypt/lanes.js';
import { portableBcrypt } from './bcrypt/portable.js';
import { laneChain } from './chain/lanes.js';
import { portableChain } from './chain/portable.js';
import type { Catalogue } from './contract.js';
import { portableDigests } from './digest/portable.js';
import { lanePbkdf2 } from './pbkdf2/lanes.js';
import { portablePbkdf2 } from './pbkdf2/portable.js';
import { laneScrypt } from './scrypt/lanes.js';
import { portableScrypt } from './scrypt/portable.js';

/** One memory for all kernels that need much. */
const rooms = new Rooms();

export const portableCatalogue: Catalogue = {
  digests: [portableDigests],
  costly: {
    bcrypt: [laneBcrypt, portableBcrypt],
    pbkdf2: [lanePbkdf2(), portablePbkdf2],
    scrypt: [laneScrypt(rooms), portableScrypt],
    argon2: [laneArgon2(rooms), portableArgon2],
    chain: [laneChain(), portableChain],
  },
};

/** Every backend for Node, fastest first as measured. */
import { Rooms } from '../kernels/room.js';
import { laneArgon2 } from './argon2/lanes.js';
import { nodeArgon2 } from './argon2/node-argon2.js';
import { nodeCryptoArgon2 } from './argon2/node-crypto.js';
import { nodeRsArgon2 } from './argon2/node-rs.js';
import { portableArgon2 } from './argon2/portable.js';
import { bcryptjsBcrypt } from './bcrypt/bcryptjs.js';
import { laneBcrypt } from './bcrypt/lanes.js';
import { portableBcrypt } from './bcrypt/portable.js';
import { laneChain } from './chain/lanes.js';
import { nativeChain } from './chain/native.js';
import { portableChain } from './chain/portable.js';
import type { Catalogue } from './contract.js';
import { nativeDigests } from './digest/native.js';
import { portableDigests } from './digest/portable.js';
import { lanePbkdf2 } from './pbkdf2/lanes.js';
import { measuredPbkdf2 } from './pbkdf2/measured.js';
import { nativePbkdf2 } from './pbkdf2/native.js';
import { portablePbkdf2 } from './pbkdf2/portable.js';
import { laneScrypt } from './scrypt/lanes.js';
import { measuredScrypt } from './scrypt/measured.js';
import { nativeScrypt } from './scrypt/native.js';
import { portableScrypt } from './scrypt/portable.js';
import { scryptJsScrypt } from './scrypt/scrypt-js.js';

/** One memory for all kernels of a thread that need much. */
const rooms = new Rooms();
const scryptLanes = laneScrypt(rooms);
const pbkdf2Lanes = lanePbkdf2();

export const nodeCatalogue: Catalogue = {
  digests: [nativeDigests, portableDigests],
  costly: {
    bcrypt: [laneBcrypt, portableBcrypt, bcryptjsBcrypt],
    pbkdf2: [measuredPbkdf2(pbkdf2Lanes), nativePbkdf2, pbkdf2Lanes, portablePbkdf2],
    scrypt: [measuredScrypt(scryptLanes), nativeScrypt, scryptLanes, portableScrypt, scryptJsScrypt],
    argon2: [nodeRsArgon2, nodeCryptoArgon2, nodeArgon2, laneArgon2(rooms), portableArgon2],
    chain: [laneChain(), nativeChain, portableChain],
  },
};

/** The backends that compute on the thread that calls them: all that a worker thread is asked for. */
import { WasmMemoryPool } from '../kernels/memory-pool.js';
import { laneArgon2 } from './argon2/lanes.js';
import { portableArgon2 } from './argon2/portable.js';
import { bcryptjsBcrypt } from './bcrypt/bcryptjs.js';
import { laneBcrypt } from './bcrypt/lanes.js';
import { portableBcrypt } from './bcrypt/portable.js';
import type { Catalogue } from './contract.js';
import { laneCrypt } from './crypt/lanes.js';
import { nativeCrypt, nativeHashes } from './crypt/native.js';
import { portableCrypt } from './crypt/portable.js';
import { laneIteratedHash } from './iterated-hash/lanes.js';
import { loopIteratedHash } from './iterated-hash/loops.js';
import { nativeIteratedHash } from './iterated-hash/native.js';
import { portableIteratedHash } from './iterated-hash/portable.js';
import { lanePbkdf2 } from './pbkdf2/lanes.js';
import { measuredPbkdf2 } from './pbkdf2/openssl.js';
import { portablePbkdf2 } from './pbkdf2/portable.js';
import { laneScrypt } from './scrypt/lanes.js';
import { measuredScrypt } from './scrypt/openssl.js';
import { portableScrypt } from './scrypt/portable.js';
import { scryptJsScrypt } from './scrypt/scrypt-js.js';
import { laneYescrypt } from './yescrypt/lanes.js';

/** @param pool of memory: one for all kernels of a thread that need much. */
export function blockingBackends(pool: WasmMemoryPool = new WasmMemoryPool()): Catalogue['costly'] {
  const scryptLanes = laneScrypt(pool);
  const pbkdf2Lanes = lanePbkdf2();
  return {
    bcrypt: [laneBcrypt, portableBcrypt, bcryptjsBcrypt],
    pbkdf2: [measuredPbkdf2(pbkdf2Lanes), pbkdf2Lanes, portablePbkdf2],
    scrypt: [measuredScrypt(scryptLanes), scryptLanes, portableScrypt, scryptJsScrypt],
    argon2: [laneArgon2(pool), portableArgon2],
    iteratedHash: [laneIteratedHash(), loopIteratedHash(), nativeIteratedHash, portableIteratedHash],
    crypt: [laneCrypt(nativeHashes), laneYescrypt(nativeHashes, pool), nativeCrypt, portableCrypt],
  };
}

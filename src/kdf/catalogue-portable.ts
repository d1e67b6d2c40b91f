/** The backends that need no Node API and no compiled code of ours. */
import { WasmMemoryPool } from '../kernels/memory-pool.js';
import { laneArgon2 } from './argon2/lanes.js';
import { portableArgon2 } from './argon2/portable.js';
import { laneBcrypt } from './bcrypt/lanes.js';
import { portableBcrypt } from './bcrypt/portable.js';
import type { Catalogue } from './contract.js';
import { laneCrypt } from './crypt/lanes.js';
import { portableCrypt, portableHashes } from './crypt/portable.js';
import { portableHashFunctions } from './hash/portable.js';
import { isBoundToRequests } from './host.js';
import { laneIteratedHash } from './iterated-hash/lanes.js';
import { loopIteratedHash } from './iterated-hash/loops.js';
import { portableIteratedHash } from './iterated-hash/portable.js';
import { lanePbkdf2 } from './pbkdf2/lanes.js';
import { portablePbkdf2 } from './pbkdf2/portable.js';
import { webCryptoPbkdf2 } from './pbkdf2/webcrypto.js';
import { laneScrypt } from './scrypt/lanes.js';
import { portableScrypt } from './scrypt/portable.js';
import { laneYescrypt } from './yescrypt/lanes.js';

/**
 * Cloudflare's runtime refuses more than 100 000: https://github.com/cloudflare/workerd/blob/main/src/workerd/io/limit-enforcer.h
 * It derives on the thread of all requests, so SHA-512 is bounded by the time that others wait: about 30 ms, too.
 */
const EDGE_ITERATIONS = { sha1: 100_000, sha256: 100_000, sha384: 30_000, sha512: 30_000 } as const;
/** Cloudflare's isolates have 128 MB for everything. */
const EDGE_KEPT_BYTES = 20 * 2 ** 20;

const onEdge = isBoundToRequests();
/** One memory for all kernels that need much. */
const pool = new WasmMemoryPool(onEdge ? EDGE_KEPT_BYTES : undefined);

export const portableCatalogue: Catalogue = {
  hashFunctions: [portableHashFunctions],
  costly: {
    bcrypt: [laneBcrypt, portableBcrypt],
    pbkdf2: [webCryptoPbkdf2(onEdge ? { maxIterations: EDGE_ITERATIONS } : {}), lanePbkdf2(), portablePbkdf2],
    scrypt: [laneScrypt(pool), portableScrypt],
    argon2: [laneArgon2(pool), portableArgon2],
    iteratedHash: [laneIteratedHash(), loopIteratedHash(), portableIteratedHash],
    crypt: [laneCrypt(portableHashes), laneYescrypt(portableHashes, pool), portableCrypt],
  },
};

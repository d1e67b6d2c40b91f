/** What one derivation asks of a machine, from its parameters alone. Linear, and computed before anything is allocated. */

import type { ChainJob, DigestAlgorithm } from '../jobs.js';
import type { Cost, Demand } from '../types.js';
import { scryptMemoryBytes } from './scrypt/memory.js';

/** Output bytes of each PRF: PBKDF2 repeats all its iterations for every such block of key. */
const PRF_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;
/** Blowfish's P-array and S-boxes. */
const BCRYPT_BYTES = 4168;

/** @param calls of the hash function; 0 where nothing is computed. */
export function digestCost(algorithm: DigestAlgorithm, calls = 1): Cost {
  return { kdf: 'digest', algorithm, work: calls, memoryBytes: 0, demands: [] };
}

export function bcryptCost({ cost }: { readonly cost: number }): Cost {
  return {
    kdf: 'bcrypt',
    work: 2 ** cost,
    memoryBytes: BCRYPT_BYTES,
    demands: [{ limit: 'bcryptCost', param: 'cost', value: cost }],
  };
}

export function pbkdf2Cost(prf: keyof typeof PRF_BYTES, c: number, dkLen: number): Cost {
  return {
    kdf: 'pbkdf2',
    algorithm: prf,
    work: c * Math.ceil(dkLen / PRF_BYTES[prf]),
    memoryBytes: 0,
    demands: [{ limit: 'pbkdf2Iterations', param: 'iterations', value: c }],
  };
}

/** @param names of the parameters in the digest's own words, for the message of a limit. */
export function scryptCost(
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
  names: { readonly memory: string; readonly work: string },
): Cost {
  const memoryBytes = scryptMemoryBytes(N, r);
  const work = N * r * p;
  return {
    kdf: 'scrypt',
    work,
    memoryBytes,
    demands: [
      { limit: 'scryptMemoryBytes', param: names.memory, value: memoryBytes },
      { limit: 'scryptWork', param: names.work, value: work },
    ],
  };
}

export function argon2Cost({ m, t, p }: { readonly m: number; readonly t: number; readonly p: number }): Cost {
  return {
    kdf: 'argon2',
    work: m * t,
    memoryBytes: 1024 * m,
    demands: [
      { limit: 'argon2MemoryBytes', param: 'm', value: 1024 * m },
      { limit: 'argon2Passes', param: 't', value: t },
      { limit: 'argon2Lanes', param: 'p', value: p },
    ],
  };
}

export function chainCost(algorithm: ChainJob['algorithm'], rounds: number, demand: Demand): Cost {
  return { kdf: 'chain', algorithm, work: rounds + 1, memoryBytes: 0, demands: [demand] };
}

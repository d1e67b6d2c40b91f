/** What one derivation asks of a machine, from its parameters alone. Linear, and computed before anything is allocated. */
import type {
  CostlyJobs,
  CostlyKdf,
  CryptJob,
  CryptScheme,
  HashAlgorithm,
  IteratedHashJob,
  Pbkdf2Prf,
} from '../jobs.js';
import type { Cost, Demand } from '../types.js';
import { scryptAllocatedBytes, scryptMemoryBytes } from './scrypt/memory.js';

/** Output bytes of each PRF: PBKDF2 repeats all its iterations for every block of this length. */
const PRF_BYTES: { readonly [P in Pbkdf2Prf]: number } = {
  ...{ md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64, sha512_256: 32 },
  ...{ sha3_224: 28, sha3_256: 32, sha3_384: 48, sha3_512: 64 },
};
/** Blowfish's P-array and S-boxes. */
const BCRYPT_BYTES = 4168;
const KIB = 1024;
/** Of one lane. */
const YESCRYPT_BOXES_BYTES = 12 * KIB;

/** @param calls of the hash function; 0 where nothing is computed. */
export function hashCost(algorithm: HashAlgorithm, calls = 1): Cost {
  return { kdf: 'hash', algorithm, symbols: {}, work: calls, memoryBytes: 0, demands: [] };
}

export function bcryptCost({ cost }: { readonly cost: number }): Cost {
  return {
    kdf: 'bcrypt',
    symbols: { cost },
    work: 2 ** cost,
    memoryBytes: BCRYPT_BYTES,
    demands: [{ limit: 'bcryptCost', field: 'cost', param: 'cost', value: cost }],
  };
}

export function pbkdf2Cost(prf: Pbkdf2Prf, c: number, dkLen: number): Cost {
  const work = c * Math.ceil(dkLen / PRF_BYTES[prf]);
  return {
    kdf: 'pbkdf2',
    algorithm: prf,
    symbols: { c, dkLen },
    work,
    memoryBytes: 0,
    demands: [
      { limit: 'pbkdf2Iterations', field: 'iterations', param: 'iterations', value: c },
      { limit: 'pbkdf2Work', field: 'iterations', param: 'work', value: work },
    ],
  };
}

/** @param fields that decide over memory and over work, in the digest's own words. */
export function scryptCost(
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
  fields: { readonly memory: string; readonly work: string },
): Cost {
  const work = N * r * p;
  return {
    kdf: 'scrypt',
    symbols: { N, r, p },
    work,
    memoryBytes: scryptAllocatedBytes(N, r, p),
    demands: [
      { limit: 'scryptMemoryBytes', field: fields.memory, param: 'memoryBytes', value: scryptMemoryBytes(N, r) },
      // A small N with a huge p stays under the work, and still asks for 128·r·p bytes.
      { limit: 'scryptMemoryBytes', field: fields.work, param: 'memoryBytes', value: scryptMemoryBytes(p, r) },
      { limit: 'scryptWork', field: fields.work, param: 'work', value: work },
    ],
  };
}

export function argon2Cost({ m, t, p }: { readonly m: number; readonly t: number; readonly p: number }): Cost {
  return {
    kdf: 'argon2',
    symbols: { m, t, p },
    work: m * t,
    memoryBytes: KIB * m,
    demands: [
      { limit: 'argon2MemoryBytes', field: 'm', param: 'm', value: m, unit: KIB },
      { limit: 'argon2Passes', field: 't', param: 't', value: t },
      { limit: 'argon2Lanes', field: 'p', param: 'p', value: p },
    ],
  };
}

export function iteratedHashCost(algorithm: IteratedHashJob['algorithm'], rounds: number, demand: Demand): Cost {
  return { kdf: 'iteratedHash', algorithm, symbols: { rounds }, work: rounds + 1, memoryBytes: 0, demands: [demand] };
}

/** A job of crypt(3) without its bytes. */
export type CryptParameters = WithoutBytes<CryptJob>;
type WithoutBytes<J> = J extends CryptJob ? Omit<J, 'password' | 'salt' | 'magic'> : never;
type ParametersOf<S extends CryptScheme> = Extract<CryptParameters, { readonly scheme: S }>;

export function cryptCost<S extends CryptScheme>(parameters: ParametersOf<S>): Cost {
  return (CRYPT_COSTS[parameters.scheme as S] as (parameters: ParametersOf<S>) => Cost)(parameters);
}

function roundsCost({ scheme, rounds }: { readonly scheme: CryptScheme; readonly rounds: number }, more = 0): Cost {
  return {
    kdf: 'crypt',
    algorithm: scheme,
    symbols: { rounds },
    work: rounds + more,
    memoryBytes: 0,
    demands: [{ limit: 'cryptRounds', field: 'rounds', param: 'rounds', value: rounds }],
  };
}

const CRYPT_COSTS: { readonly [S in CryptScheme]: (parameters: ParametersOf<S>) => Cost } = {
  md5_crypt: ({ scheme }) => ({ ...roundsCost({ scheme, rounds: 1000 }), demands: [] }),
  sha256_crypt: (parameters) => roundsCost(parameters),
  sha512_crypt: (parameters) => roundsCost(parameters),
  sha1_crypt: (parameters) => roundsCost(parameters),
  sun_md5_crypt: (parameters) => roundsCost(parameters, 4096),
  bsdi_crypt: (parameters) => roundsCost(parameters),
  yescrypt: yescryptCost,
};

/** yescrypt has scrypt's limits: it takes scrypt's memory, and its steps are about as long. */
function yescryptCost({ scheme, flags, N, r, p, t }: ParametersOf<'yescrypt'>): Cost {
  const hasBoxes = flags > 1;
  // Of N blocks each way; lanes of yescrypt share the blocks, scrypt's do not.
  const reads = hasBoxes ? (t <= 1 ? (t + 1) / 3 : t - 1) : t <= 1 ? 1 + t / 2 : t;
  const work = Math.ceil((N * r * (1 + reads) * (hasBoxes ? 1 : p)) / 2);
  const symbols = { N, r, p, t };
  const memoryBytes = scryptAllocatedBytes(N, r, p) + (hasBoxes ? YESCRYPT_BOXES_BYTES * p : 0);
  const memory = (field: string, value: number): Demand => ({
    limit: 'scryptMemoryBytes',
    field,
    param: 'memoryBytes',
    value,
  });
  return {
    kdf: 'crypt',
    algorithm: scheme,
    symbols,
    work,
    memoryBytes,
    demands: [
      memory('N', scryptMemoryBytes(N, r)),
      memory('p', scryptMemoryBytes(p, r) + (hasBoxes ? YESCRYPT_BOXES_BYTES * p : 0)),
      { limit: 'scryptWork', field: 't', param: 'work', value: work },
    ],
  };
}

/** Each round of SHA-crypt hashes the password once or twice more. https://nvd.nist.gov/vuln/detail/CVE-2016-20013 */
function cryptJobCost(job: CryptJob): Cost {
  const cost = cryptCost(job);
  if (job.scheme !== 'sha256_crypt' && job.scheme !== 'sha512_crypt') return cost;
  const bytes = 2 * job.password.length + job.salt.length;
  const work = job.rounds * Math.max(1, Math.floor(bytes / (job.scheme === 'sha256_crypt' ? 64 : 128)));
  return { ...cost, demands: [...cost.demands, { limit: 'cryptRounds', field: 'rounds', param: 'work', value: work }] };
}

/** What a job really takes: a plug-in's `cost` may say less than its `derive` asks for. Fields are the KDF's own symbols. */
export function jobCost<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K]): Cost {
  return COSTS[kdf](job);
}

const SYMBOLS = { memory: 'N', work: 'p' };
const COSTS: { readonly [K in CostlyKdf]: (job: CostlyJobs[K]) => Cost } = {
  bcrypt: bcryptCost,
  pbkdf2: ({ prf, c, dkLen }) => pbkdf2Cost(prf, c, dkLen),
  scrypt: (job) => scryptCost(job, SYMBOLS),
  argon2: argon2Cost,
  iteratedHash: ({ algorithm, rounds }) => iteratedHashCost(algorithm, rounds, ROUNDS[algorithm](rounds)),
  crypt: cryptJobCost,
};

/** The limits of the formats that have these loops. */
const ROUNDS: { readonly [A in IteratedHashJob['algorithm']]: (rounds: number) => Demand } = {
  md5: (rounds) => ({ limit: 'phpassIterations', field: 'rounds', param: 'iterations', value: rounds }),
  sha1: demandSymfony,
  sha256: demandSymfony,
  sha512: demandSymfony,
};

function demandSymfony(rounds: number): Demand {
  return { limit: 'symfonyIterations', field: 'rounds', param: 'iterations', value: rounds + 1 };
}

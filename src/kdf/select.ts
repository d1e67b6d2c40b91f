/**
 * Which backend runs here: the first of the catalogue that loads, passes its self-test and can do the job. An explicit
 * object that is passed down; nothing is remembered in a module.
 */
import { describeReceived, namedReceived } from '../encoding/received.js';
import { type DigestError, digestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf, Kdfs } from '../jobs.js';
import type { Cost } from '../types.js';
import { checkJob } from './check-job.js';
import type { Backend, BackendKind, Catalogue, HashFunctionsBackend } from './contract.js';
import { jobCost } from './cost.js';
import { BackendAbsent, type Executor, type JobOptions, JobRefused } from './executor.js';
import { createInProcessExecutor, firstLine } from './in-process.js';
import { testHashFunctions } from './self-test.js';

export type { JobOptions } from './executor.js';

export const COSTLY_KDFS: readonly CostlyKdf[] = ['bcrypt', 'pbkdf2', 'scrypt', 'argon2', 'iteratedHash', 'crypt'];

/** The backends of each KDF over all entry points; a test holds them against the catalogues. */
export interface BackendNames {
  readonly hash: 'node:crypto' | '@noble/hashes';
  readonly bcrypt: 'lanes' | 'digestry' | 'bcryptjs';
  readonly pbkdf2: 'node:crypto' | 'webcrypto' | 'measured' | 'lanes' | '@noble/hashes';
  readonly scrypt: 'node:crypto' | 'measured' | 'lanes' | '@noble/hashes' | 'scrypt-js';
  readonly argon2: '@node-rs/argon2' | 'node:crypto' | 'argon2' | 'lanes' | '@noble/hashes';
  readonly iteratedHash: 'lanes' | 'loops' | 'node:crypto' | '@noble/hashes';
  readonly crypt: 'lanes' | 'yescrypt' | 'node:crypto' | 'digestry';
}

/** A backend by its name (`bcryptjs`) or kind (`portable`), for each KDF that should not choose itself. */
export type BackendChoice = { readonly [K in keyof BackendNames]?: BackendNames[K] | BackendKind | undefined };

export interface BackendReport {
  readonly kdf: CostlyKdf | 'hash';
  readonly name: string;
  readonly kind: BackendKind;
  /** `used`: the first choice here; `available`: it loads; `absent`: it does not, for `reason`. */
  readonly state: 'used' | 'available' | 'absent';
  /** Why it is absent; or that it runs on the calling thread, where no other one can be started. */
  readonly reason?: string;
}

export interface Backends {
  /** The KDFs for one call. */
  kdfs(call?: JobOptions): Kdfs;
  /** Constant-time comparison of two byte strings of one length. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** Loads every backend and returns the state of each. */
  report(): Promise<BackendReport[]>;
}

/**
 * @param executor where the costly jobs run; at once on the calling thread where none is given.
 * @param refuse a job that costs more than is allowed, whatever the cost of its digest was said to be.
 * @throws {DigestError} ERR_BACKEND where no backend of the microsecond functions works here.
 */
export function selectBackends(
  catalogue: Catalogue,
  choice: BackendChoice = {},
  executor: Executor = createInProcessExecutor(),
  refuse: (cost: Cost) => DigestError | undefined = () => undefined,
): Backends {
  checkChoice(catalogue, choice);
  const hashFunctions = chooseHashFunctions(catalogue.hashFunctions, choice.hash);
  /** Of each backend that was tried: why it cannot be used, or undefined where it can. */
  const tried = new Map<unknown, string | undefined>();

  function isChosen(kdf: CostlyKdf, { name, kind }: { readonly name: string; readonly kind: BackendKind }): boolean {
    const wanted = choice[kdf];
    return wanted === undefined || wanted === name || wanted === kind;
  }

  async function derive<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K], call: JobOptions): Promise<Uint8Array> {
    checkJob(kdf, job);
    const over = refuse(jobCost(kdf, job));
    if (over !== undefined) throw over;
    const reasons: string[] = [];
    for (const backend of catalogue.costly[kdf]) {
      if (!isChosen(kdf, backend)) continue;
      const reason = tried.get(backend) ?? backend.unsupported?.(job) ?? (await attempt(backend));
      if (typeof reason !== 'string') return reason;
      reasons.push(`${backend.name}: ${reason}`);
    }
    throw noBackendError(kdf, choice[kdf], reasons);

    /** The hash; or, where the backend does not load, why the next one has to take the job. */
    async function attempt(backend: Backend<CostlyJobs[K]>): Promise<Uint8Array | string> {
      try {
        const hash = await executor.run({ kdf, backend, job, call });
        if (!tried.has(backend)) tried.set(backend, undefined);
        return hash;
      } catch (error) {
        if (!(error instanceof BackendAbsent)) throw error;
        // It may do the next job.
        if (!(error instanceof JobRefused)) tried.set(backend, error.reason);
        return error.reason;
      }
    }
  }

  function bind(call: JobOptions): Kdfs {
    return {
      hash: hashFunctions.hash,
      hmac: hashFunctions.hmac,
      aes256Ctr: hashFunctions.aes256Ctr,
      bcrypt: (job) => derive('bcrypt', job, call),
      pbkdf2: (job) => derive('pbkdf2', job, call),
      scrypt: (job) => derive('scrypt', job, call),
      argon2: (job) => derive('argon2', job, call),
      iteratedHash: (job) => derive('iteratedHash', job, call),
      crypt: (job) => derive('crypt', job, call),
    };
  }
  const unbound = bind({});

  async function reportBackends<K extends CostlyKdf>(kdf: K): Promise<BackendReport[]> {
    const reports: BackendReport[] = [];
    let used = false;
    for (const backend of catalogue.costly[kdf]) {
      const { name, kind } = backend;
      const absent = tried.get(backend) ?? (await executor.probe({ kdf, backend }));
      const first: boolean = absent === undefined && !used && isChosen(kdf, backend);
      used ||= first;
      const state = absent === undefined ? (first ? 'used' : 'available') : 'absent';
      const reason = absent ?? executor.remark?.(backend);
      reports.push({ kdf, name, kind, state, ...(reason !== undefined && { reason }) });
    }
    return reports;
  }

  return {
    kdfs: (call) => (call === undefined ? unbound : bind(call)),
    equal: hashFunctions.equal,
    async report() {
      const reports: BackendReport[] = catalogue.hashFunctions.map((backend) =>
        reportHashFunctions(backend, backend === hashFunctions),
      );
      for (const kdf of COSTLY_KDFS) reports.push(...(await reportBackends(kdf)));
      return reports;
    },
  };
}

function noBackendError(kdf: CostlyKdf, chosen: string | undefined, reasons: readonly string[]): DigestError {
  return digestError('ERR_BACKEND', `no backend of ${kdf} is available for this job (${reasons.join('; ')})`, {
    fix:
      chosen === undefined
        ? FIXES[kdf]
        : `choose another backend than \`backends: { ${kdf}: '${chosen}' }\`, or omit it`,
  });
}

const REINSTALL = 'reinstall digestry: its bundled backend works on every platform';
/** What helps where every backend of a KDF fails. Only Argon2 has backends in packages that one can add. */
const FIXES: Readonly<Record<CostlyKdf, string>> = {
  bcrypt: REINSTALL,
  pbkdf2: REINSTALL,
  scrypt: REINSTALL,
  argon2: 'install @node-rs/argon2 or argon2, or reinstall digestry: its bundled backend works on every platform',
  iteratedHash: REINSTALL,
  crypt: REINSTALL,
};

function chooseHashFunctions(all: readonly HashFunctionsBackend[], wanted: string | undefined): HashFunctionsBackend {
  for (const backend of all) {
    if (wanted !== undefined && wanted !== backend.name && wanted !== backend.kind) continue;
    if (findHashFunctionsFault(backend) === undefined) return backend;
  }
  throw digestError('ERR_BACKEND', 'no backend of MD5 and SHA is available', {
    fix:
      wanted === undefined ? REINSTALL : `choose another backend than \`backends: { hash: '${wanted}' }\`, or omit it`,
  });
}

function findHashFunctionsFault(backend: HashFunctionsBackend): string | undefined {
  try {
    testHashFunctions(backend);
    return undefined;
  } catch (error) {
    return firstLine(error);
  }
}

function reportHashFunctions(backend: HashFunctionsBackend, used: boolean): BackendReport {
  const { name, kind } = backend;
  const reason = findHashFunctionsFault(backend);
  if (reason !== undefined) return { kdf: 'hash', name, kind, state: 'absent', reason };
  return { kdf: 'hash', name, kind, state: used ? 'used' : 'available' };
}

function checkChoice(catalogue: Catalogue, choice: BackendChoice): void {
  if (choice === null || typeof choice !== 'object') {
    throw new TypeError(`backends must be an object of KDF names and backends (received ${describeReceived(choice)})`);
  }
  for (const [kdf, wanted] of Object.entries(choice)) {
    const all: readonly { readonly name: string; readonly kind: string }[] | undefined =
      kdf === 'hash'
        ? catalogue.hashFunctions
        : Object.hasOwn(catalogue.costly, kdf)
          ? catalogue.costly[kdf as CostlyKdf]
          : undefined;
    if (all === undefined) {
      const known = ['hash', ...COSTLY_KDFS].join(', ');
      throw new TypeError(`backends: unknown KDF (received ${namedReceived(kdf)}); known: ${known}`);
    }
    if (wanted !== undefined && !all.some(({ name, kind }) => name === wanted || kind === wanted)) {
      const known = [...new Set(all.flatMap(({ name, kind }) => [kind, name]))].join(', ');
      throw new TypeError(`backends: unknown backend of ${kdf} (received ${namedReceived(wanted)}); known: ${known}`);
    }
  }
}

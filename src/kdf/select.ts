/**
 * Which backend runs here: the first of the catalogue that loads, passes its self-test and can do the job. An explicit
 * object that is passed down; nothing is remembered in a module.
 */
import { DigestError, digestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf, Kdfs } from '../jobs.js';
import type { Backend, BackendKind, BackendLoader, Catalogue, DigestsBackend, Run } from './contract.js';
import { selfTest, selfTestDigests } from './self-test.js';

/** Milliseconds on the calling thread before the event loop gets its turn. */
const TICK_MS = 8;

export const COSTLY_KDFS: readonly CostlyKdf[] = ['bcrypt', 'pbkdf2', 'scrypt', 'argon2', 'chain'];

/** A backend by its name (`bcryptjs`) or kind (`portable`), for each KDF that should not choose itself. */
export type BackendChoice = { readonly [K in CostlyKdf | 'digest']?: string };

/** What one call brings along for everything derived in it. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Runs a backend that would block the calling thread on another one. */
export type Elsewhere = <K extends CostlyKdf>(
  kdf: K,
  backend: string,
  job: CostlyJobs[K],
  call: CallOptions,
) => Promise<Uint8Array>;

export interface BackendReport {
  readonly kdf: CostlyKdf | 'digest';
  readonly name: string;
  readonly kind: BackendKind;
  /** `used`: the first choice here; `available`: it loads; `absent`: it does not, for `reason`. */
  readonly state: 'used' | 'available' | 'absent';
  readonly reason?: string;
}

export interface Backends {
  /** The KDFs for one call. */
  kdfs(call?: CallOptions): Kdfs;
  /** Constant-time comparison of two byte strings of one length. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** Loads every backend and says how each of them stands. */
  report(): Promise<BackendReport[]>;
}

/** @throws {DigestError} ERR_BACKEND where no backend of the microsecond functions works here. */
export function selectBackends(
  catalogue: Catalogue,
  choice: BackendChoice = {},
  elsewhere?: Elsewhere,
  tickMs: number = TICK_MS,
): Backends {
  checkChoice(catalogue, choice);
  const digests = chooseDigests(catalogue.digests, choice.digest);
  const loaded = new Map<unknown, Promise<unknown>>();

  function load<K extends CostlyKdf>(
    kdf: K,
    loader: BackendLoader<CostlyJobs[K]>,
  ): Promise<Backend<CostlyJobs[K]> | Absent> {
    const known = loaded.get(loader) as Promise<Backend<CostlyJobs[K]> | Absent> | undefined;
    if (known !== undefined) return known;
    const loading = loader
      .load()
      .then(async (backend) => {
        await selfTest(kdf, backend);
        return backend;
      })
      .catch((error: unknown) => new Absent(firstLine(error)));
    loaded.set(loader, loading);
    return loading;
  }

  function candidates<K extends CostlyKdf>(kdf: K): readonly BackendLoader<CostlyJobs[K]>[] {
    const wanted = choice[kdf];
    const all = catalogue.costly[kdf];
    return wanted === undefined ? all : all.filter(({ name, kind }) => name === wanted || kind === wanted);
  }

  async function backendFor<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K]): Promise<Backend<CostlyJobs[K]>> {
    const reasons: string[] = [];
    for (const loader of candidates(kdf)) {
      const backend = await load(kdf, loader);
      const reason = backend instanceof Absent ? backend.reason : backend.unsupported?.(job);
      if (!(backend instanceof Absent) && reason === undefined) return backend;
      reasons.push(`${loader.name}: ${reason}`);
    }
    throw digestError('ERR_BACKEND', `no backend of ${kdf} can do this here (${reasons.join('; ')})`, {
      fix: 'install @node-rs/argon2 or argon2, or ask for the portable backend',
    });
  }

  async function derive<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K], call: CallOptions): Promise<Uint8Array> {
    call.signal?.throwIfAborted();
    const backend = await backendFor(kdf, job);
    if (backend.blocking && elsewhere !== undefined) return elsewhere(kdf, backend.name, job, call);
    const run: Run = { signal: call.signal, tickMs };
    return backend.derive(job, run);
  }

  function bind(call: CallOptions): Kdfs {
    return {
      hash: digests.hash,
      hmac: digests.hmac,
      aes256Ctr: digests.aes256Ctr,
      bcrypt: (job) => derive('bcrypt', job, call),
      pbkdf2: (job) => derive('pbkdf2', job, call),
      scrypt: (job) => derive('scrypt', job, call),
      argon2: (job) => derive('argon2', job, call),
      chain: (job) => derive('chain', job, call),
    };
  }
  const unbound = bind({});

  async function reportOf<K extends CostlyKdf>(kdf: K): Promise<BackendReport[]> {
    const wanted = candidates(kdf);
    const reports: BackendReport[] = [];
    let used = false;
    for (const loader of catalogue.costly[kdf]) {
      const { name, kind } = loader;
      const backend = await load(kdf, loader);
      if (backend instanceof Absent) {
        reports.push({ kdf, name, kind, state: 'absent', reason: backend.reason });
      } else {
        const first: boolean = !used && wanted.includes(loader);
        reports.push({ kdf, name, kind, state: first ? 'used' : 'available' });
        used ||= first;
      }
    }
    return reports;
  }

  return {
    kdfs: (call) => (call === undefined ? unbound : bind(call)),
    equal: digests.equal,
    async report() {
      const reports: BackendReport[] = catalogue.digests.map((backend) => reportDigests(backend, backend === digests));
      for (const kdf of COSTLY_KDFS) reports.push(...(await reportOf(kdf)));
      return reports;
    },
  };
}

/** Why a backend is not there. */
class Absent {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

function chooseDigests(all: readonly DigestsBackend[], wanted: string | undefined): DigestsBackend {
  for (const backend of all) {
    if (wanted !== undefined && wanted !== backend.name && wanted !== backend.kind) continue;
    if (digestsFault(backend) === undefined) return backend;
  }
  throw digestError('ERR_BACKEND', 'no backend of MD5 and SHA works here');
}

function digestsFault(backend: DigestsBackend): string | undefined {
  try {
    selfTestDigests(backend);
    return undefined;
  } catch (error) {
    return firstLine(error);
  }
}

function reportDigests(backend: DigestsBackend, used: boolean): BackendReport {
  const { name, kind } = backend;
  const reason = digestsFault(backend);
  if (reason !== undefined) return { kdf: 'digest', name, kind, state: 'absent', reason };
  return { kdf: 'digest', name, kind, state: used ? 'used' : 'available' };
}

function checkChoice(catalogue: Catalogue, choice: BackendChoice): void {
  for (const [kdf, wanted] of Object.entries(choice)) {
    const all: readonly { readonly name: string; readonly kind: string }[] | undefined =
      kdf === 'digest'
        ? catalogue.digests
        : Object.hasOwn(catalogue.costly, kdf)
          ? catalogue.costly[kdf as CostlyKdf]
          : undefined;
    if (all === undefined)
      throw new TypeError(`backends: there is no KDF of this name; known: digest, ${COSTLY_KDFS.join(', ')}`);
    if (wanted !== undefined && !all.some(({ name, kind }) => name === wanted || kind === wanted)) {
      const known = [...new Set(all.flatMap(({ name, kind }) => [kind, name]))].join(', ');
      throw new TypeError(`backends: ${kdf} has no such backend; known: ${known}`);
    }
  }
}

/** A loader's reason without its stack of required files. */
function firstLine(error: unknown): string {
  const message = error instanceof DigestError || error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] as string;
}

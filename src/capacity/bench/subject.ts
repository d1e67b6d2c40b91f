/** The subject of a measurement: a verifier with the given threads and backends. */
import { isBytes } from '../../encoding/brand.js';
import { utf8 } from '../../encoding/bytes.js';
import { createEngine, type Engine } from '../../engine/engine.js';
import { countNativeJobs } from '../../engine/node.js';
import { createWorkerThread } from '../../engine/worker-thread.js';
import { nodeCatalogue } from '../../kdf/catalogue-node.js';
import { type BackendChoice, COSTLY_KDFS, selectBackends } from '../../kdf/select.js';
import { defaultRegistry } from '../../library.js';
import { createVerifierFor } from '../../login/verifier.js';
import type { AnyHasher, Credential, KdfName, Parsed, Password, Verdict } from '../../types.js';
import type { CostlyJob } from '../measure/placement.js';

/** `auto` is what digestry chooses; otherwise a backend by its name or kind. */
export type BackendName = string;
export const AUTO: BackendName = 'auto';

export interface Subject {
  readonly threads: number;
  verify(password: Password, credential: Credential, signal?: AbortSignal): Promise<Verdict>;
  /** The hash of the password for this salt and these parameters. */
  derive(hasher: AnyHasher, parsed: Parsed, password: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

export type CreateSubject = (threads: number, backend: BackendName) => Subject;

/** @throws {DigestError} ERR_BACKEND where the backend of the microsecond functions does not work here. */
export const createSubject: CreateSubject = (threads, backend) => {
  const engine: Engine = createEngine({
    // No more of them than a verifier would run, and no more than the threads that are measured.
    nativeWidth: Math.min(threads, countNativeJobs(process.env['UV_THREADPOOL_SIZE'])),
    threads: Array.from({ length: threads }, () => createWorkerThread()),
  });
  const choice = findChoice(backend);
  const platform = { catalogue: nodeCatalogue, registry: defaultRegistry, engine: () => engine };
  const verifier = createVerifierFor(platform, { backends: choice });
  const backends = selectBackends(nodeCatalogue, choice, engine);
  return {
    threads,
    verify: (password, credential, signal) => verifier.verify(password, credential, signal && { signal }),
    derive: async (hasher, parsed, password) => hasher.derive(utf8(password), parsed, backends.kdfs()),
    close: () => verifier.close(),
  };
};

/** For each KDF that has a backend of this name. */
function findChoice(backend: BackendName): BackendChoice {
  if (backend === AUTO) return {};
  const kdfs = ['hash', ...COSTLY_KDFS] as const;
  return Object.fromEntries(
    kdfs.filter((kdf) => backendNames(kdf, backend).length > 0).map((kdf) => [kdf, backend] as const),
  );
}

/** Names of a KDF's backends, fastest first: all, or those that are called so by name or kind. */
export function backendNames(kdf: KdfName, wanted?: BackendName): string[] {
  const all: readonly { readonly name: string; readonly kind: string }[] =
    kdf === 'hash' ? nodeCatalogue.hashFunctions : nodeCatalogue.costly[kdf];
  return all
    .filter(({ name, kind }) => wanted === undefined || wanted === name || wanted === kind)
    .map(({ name }) => name);
}

/** How the jobs of a digest are run. */
export interface Together {
  /** Jobs that go together. */
  readonly lanes: number;
  /** A job under way can be stopped; others run on unheard, in the way of what is measured next. */
  readonly stoppable: boolean;
}

export function findLanes({ kdf, job }: CostlyJob, backend: BackendName): Together {
  const [name] = backendNames(kdf, backend === AUTO ? undefined : backend);
  const { lanes } = nodeCatalogue.costly[kdf].find((one) => one.name === name) ?? {};
  const width = lanes as { width(job: unknown): number } | undefined;
  return { lanes: width?.width(job) ?? 1, stoppable: width !== undefined };
}

/**
 * Of jobs with the same one the time is the same: the KDF and what is asked of it, without its bytes, and without the
 * variant of bcrypt, which changes no step. Usual passwords fill one block of every hash function.
 */
export function likeness({ kdf, job }: CostlyJob): string {
  const asked = Object.entries(job).filter(([name, value]) => name !== 'variant' && !isBytes(value));
  return JSON.stringify([kdf, Object.fromEntries(asked)]);
}

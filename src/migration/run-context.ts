/** What a check needs for all of its files, made from its options. */
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import { namedReceived } from '../encoding/received.js';
import { MAX_THREADS } from '../engine/thread.js';
import { clerkRegistry, defaultRegistry } from '../library.js';
import { limitsFrom } from '../policy.js';
import { unknownHasherName } from '../recognize/explain-name.js';
import { isSystemName } from '../recognize/systems/index.js';
import type { Registry } from '../registry.js';
import { findTarget } from '../targets/index.js';
import { type Gathering, gather } from './assess/canaries/found.js';
import { readCanaries } from './assess/canaries/read.js';
import { type AssessmentRules, createClassifier } from './assess/classify.js';
import { RowAssessor } from './assess/row-assessor.js';
import type { CheckOptions } from './check-options.js';
import { createTables, type DuplicateTables } from './count/duplicate-tables.js';
import { measureRanges, type Ranges } from './input/ranges.js';
import { type Outputs, openOutputs } from './output/outputs.js';
import { type ExportSource, sourceNamed } from './sources/index.js';

export interface RunContext extends Ranges {
  readonly startedAt: number;
  readonly files: readonly string[];
  readonly options: CheckOptions;
  readonly registry: Registry;
  readonly stdin: Readable;
  readonly signal: AbortSignal | undefined;
  /** Where the caller names it. */
  readonly source: ExportSource | undefined;
  readonly rules: AssessmentRules;
  readonly threads: number;
  readonly assessor: RowAssessor;
  readonly tables: DuplicateTables;
  /** Undefined where none are given. */
  readonly canaries: (Gathering & { readonly ids: ReadonlySet<string> }) | undefined;
  /** Undefined where none are asked for. */
  readonly outputs: Outputs | undefined;
}

/** @throws as `check`. */
export async function createRunContext(files: readonly string[], options: CheckOptions): Promise<RunContext> {
  const startedAt = performance.now();
  const { registry = chooseRegistry(options.hasher), target, source = 'auto', signal, stdin = process.stdin } = options;
  const fixedSource = source === 'auto' ? undefined : sourceNamed(source);
  const profile = typeof target === 'string' ? findTarget(target) : target;
  refuseUnknownHasher(options.hasher, registry);
  const rules = { limits: limitsFrom(options.limits), target: profile, repairs: options.out !== undefined };
  // Threads and layouts know digestry's own hashers only.
  const isDefault = registry === clerkRegistry;
  const threads = isDefault ? parseThreads(options.threads) : 1;
  const ranges = await measureRanges(files, options.shard);
  signal?.throwIfAborted();
  const canaries = await openCanaries(options, registry, stdin);
  return {
    ...ranges,
    ...{ startedAt, files, options, registry, stdin, signal, source: fixedSource, rules, threads, canaries },
    assessor: new RowAssessor(createClassifier(registry, rules), isDefault),
    tables: createTables(ranges.totalBytes),
    outputs: await openAsked(files, options),
  };
}

/** The import API's hashers, unless another format is asked for by name. */
function chooseRegistry(hasher: string | undefined): Registry {
  const named =
    hasher === undefined || clerkRegistry.get(hasher) !== undefined ? undefined : defaultRegistry.get(hasher);
  return named === undefined ? clerkRegistry : defaultRegistry;
}

/** @throws {TypeError} */
function refuseUnknownHasher(hasher: string | undefined, registry: Registry): void {
  if (hasher === undefined || registry.get(hasher) !== undefined || isSystemName(hasher)) return;
  const { message, fix, hint } = unknownHasherName(registry.hashers, hasher, 'hasher');
  throw new TypeError(`hasher: ${message} (received ${namedReceived(hasher)}); ${fix ?? hint}`);
}

/** By default: more would only share the same memory. */
const MOST_DEFAULT_THREADS = 64;

/** @throws {TypeError} where it is not a number of threads. */
function parseThreads(threads: number = Math.min(availableParallelism(), MOST_DEFAULT_THREADS)): number {
  if (Number.isSafeInteger(threads) && threads >= 1 && threads <= MAX_THREADS) return threads;
  throw new TypeError(`threads must be a whole number from 1 to ${MAX_THREADS}`);
}

async function openCanaries(
  { canaries, signal }: CheckOptions,
  registry: Registry,
  stdin: Readable,
): Promise<RunContext['canaries']> {
  if (canaries === undefined) return undefined;
  const known = await readCanaries(canaries, stdin, signal);
  return { ...gather(registry, known), ids: new Set(known.keys()) };
}

async function openAsked(files: readonly string[], options: CheckOptions): Promise<Outputs | undefined> {
  const { out, rejects, canaries, reads = [] } = options;
  if (out === undefined && rejects === undefined) return undefined;
  return openOutputs(options, [...files, ...(canaries === undefined ? [] : [canaries]), ...reads]);
}

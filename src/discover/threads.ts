/** A search on all cores of a machine with Node. Passwords go to threads of this process, and nowhere else. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  checkKnown,
  DEFAULT_BUDGET_MS,
  type DiscoverOptions,
  type DiscoverResult,
  type KnownPassword,
} from './discover.js';
import type { Share } from './expressions.js';
import { readKnown } from './known.js';
import { WORKER_SOURCE } from './worker-source.js';

export interface Assignment {
  readonly known: readonly KnownPassword[];
  readonly budgetMs: number;
  readonly share: Share;
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly tried: number }
  | { readonly kind: 'done'; readonly result: DiscoverResult };

export interface ThreadedOptions extends DiscoverOptions {
  /** Default: one for each core. */
  readonly threads?: number | undefined;
}

/** Threads that have too much memory among them: each keeps its own terms. */
const MOST_THREADS = 16;

/** @throws the signal's reason after an abort. */
export async function discoverOnThreads(options: ThreadedOptions): Promise<DiscoverResult> {
  const { budgetMs = DEFAULT_BUDGET_MS, signal, onProgress } = options;
  const known = checkKnown(options.known);
  for (const one of known) readKnown(one);
  signal?.throwIfAborted();
  const of = Math.max(1, Math.min(options.threads ?? availableParallelism(), MOST_THREADS));
  const tried = new Array<number>(of).fill(0);
  const workers = tried.map((_, index) => startWorker({ known, budgetMs, share: { index, of } }));
  const begun = performance.now();
  const count = (index: number, now: number): number => {
    tried[index] = now;
    return tried.reduce((sum, one) => sum + one, 0);
  };
  try {
    const all = workers.map((worker, index) =>
      untilDone(worker, signal, (now) => onProgress?.(count(index, now))).then((result) => {
        count(index, result.tried);
        return result;
      }),
    );
    const result = await firstFound(all);
    return { ...result, tried: tried.reduce((sum, one) => sum + one, 0), elapsedMs: performance.now() - begun };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The first result with a finding; where none has one, that of the thread that came least far. */
function firstFound(all: readonly Promise<DiscoverResult>[]): Promise<DiscoverResult> {
  return new Promise((resolve, reject) => {
    for (const one of all) one.then((result) => result.found && resolve(result), reject);
    Promise.all(all).then(
      (results) => resolve(results.reduce((a, b) => (b.weight < a.weight ? b : a))),
      () => undefined,
    );
  });
}

function startWorker(workerData: Assignment): Worker {
  return new Worker(WORKER_SOURCE, { name: 'digestry discover', eval: true, execArgv: [], env: {}, workerData });
}

function untilDone(
  worker: Worker,
  signal: AbortSignal | undefined,
  progress: (tried: number) => void,
): Promise<DiscoverResult> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress') return progress(message.tried);
      signal?.removeEventListener('abort', abort);
      resolve(message.result);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread of the search ended with code ${code}`)));
  });
}

/**
 * Logins on one machine, event by event: the calling thread, the engine's queue with its batches, and the cores that
 * threads share. A division of cores by milliseconds knows no queue; this has one.
 */
import { sortedQuantile } from '../measure/statistics.js';
import { createCores, type Running } from './cores.js';
import { createPoolModel, type JobClass } from './pool-model.js';
import { type Arrivals, createDrawer, seeded } from './random.js';

/** What a job takes. */
export interface Work extends JobClass {
  readonly where: 'caller' | 'worker' | 'libuv';
  /** Milliseconds of one job on a core of its own, of two that go together, and so on up to `width`. */
  readonly batchMs: readonly number[];
  /** Milliseconds of the calling thread for each job, around what is done elsewhere. */
  readonly callerMs: number;
  /** How many times longer it takes where all cores are busy: they share caches, memory and clock. From 1. */
  readonly crowding: number;
}

/** A login: one job, or one and then another. */
export interface Kind {
  readonly share: number;
  readonly stages: readonly [Work, ...Work[]];
}

export interface Machine {
  readonly cores: number;
  /** Worker threads. */
  readonly threads: number;
  /** Jobs at one time on libuv's threads. */
  readonly nativeJobs: number;
  /** Jobs that may wait; more are refused. */
  readonly maxQueue: number;
}

/** Open: logins arrive at random. Closed: each caller sends the next one when the last is answered. */
export type Load =
  | { readonly arrivals: Arrivals }
  | { readonly callers: number; readonly logins: number; readonly seed: number };

export interface Outcome {
  /** Answered in a second, between the first and the last that count. */
  readonly perSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Refused ones took for ever: `Infinity` where there were more than one in a hundred. */
  readonly p99Ms: number;
  readonly slowestMs: number;
  /** Refused, of all that came. */
  readonly refused: number;
  /** Share of the time that the calling thread was busy. */
  readonly callerBusy: number;
  /** Of all cores. */
  readonly coresBusy: number;
  /** The longest queue. */
  readonly mostWaiting: number;
  /** Batches by the number of jobs in them. */
  readonly batches: Readonly<Record<number, number>>;
}

/** The first part of a run does not count: the queue begins empty. */
const WARM_UP = 0.1;

interface Login {
  readonly kind: Kind;
  readonly at: number;
  readonly counts: boolean;
  stage: number;
}

export function simulate(
  kinds: readonly Kind[],
  { cores: count, threads, nativeJobs, maxQueue }: Machine,
  load: Load,
): Outcome {
  const pool = createPoolModel<Login>(threads);
  const native: Login[] = [];
  let nativeFrom = 0;
  let nativeRunning = 0;
  /** Work of the calling thread, one after the other. */
  const calls: Running[] = [];
  let callsFrom = 0;
  const cores = createCores(count);

  const total = 'arrivals' in load ? load.arrivals.atMs.length : load.logins;
  const uncounted = Math.floor(total * WARM_UP);
  const latencies = new Float64Array(total - uncounted);
  const batches: Record<number, number> = {};
  let came = 0;
  let answered = 0;
  let counted = 0;
  let refused = 0;
  let now = 0;
  /** When the first part was over, by what was answered. */
  let since: number | undefined = uncounted === 0 ? 0 : undefined;
  let answeredInTime = 0;
  let until = 0;
  let callerMs = 0;
  let coreMs = 0;
  let mostWaiting = 0;

  function call(ms: number, done: () => void): void {
    const one = { left: ms, crowding: 1, done };
    calls.push(one);
    if (calls.length - callsFrom === 1) cores.start(one);
  }

  function called(): void {
    callsFrom++;
    const next = calls[callsFrom];
    if (next !== undefined) cores.start(next);
    if (callsFrom > 4096) {
      calls.splice(0, callsFrom);
      callsFrom = 0;
    }
  }

  function come(kind: Kind): void {
    const counts = came++ >= uncounted;
    begin({ kind, at: now, counts, stage: 0 });
  }

  function workOf({ kind, stage }: Login): Work {
    return kind.stages[stage] as Work;
  }

  function begin(login: Login): void {
    const { where, callerMs: ms, batchMs } = workOf(login);
    if (where === 'caller') call(batchMs[0] ?? ms, () => end(login));
    // A part before the job and one after it.
    else call(ms / 2, () => enqueue(login));
  }

  function enqueue(login: Login): void {
    const work = workOf(login);
    const waiting = pool.waiting + native.length - nativeFrom;
    const onPool = work.where === 'worker';
    const isFull = onPool ? waiting >= maxQueue + pool.idle : nativeRunning >= nativeJobs && waiting >= maxQueue;
    if (isFull) {
      refuse(login);
    } else if (onPool) {
      pool.enqueue(work, login);
      dispatch();
    } else {
      native.push(login);
      startNative();
    }
    mostWaiting = Math.max(mostWaiting, pool.waiting + native.length - nativeFrom);
  }

  function dispatch(): void {
    for (const { jobs, done } of pool.dispatch()) {
      batches[jobs.length] = (batches[jobs.length] ?? 0) + 1;
      const from = now;
      const { batchMs, callerMs: ms, crowding } = workOf(jobs[0] as Login);
      cores.start({
        left: batchMs[jobs.length - 1] as number,
        crowding,
        done: () =>
          call((jobs.length * ms) / 2, () => {
            done(now - from);
            for (const login of jobs) end(login);
            dispatch();
          }),
      });
    }
  }

  function startNative(): void {
    while (nativeRunning < nativeJobs && nativeFrom < native.length) {
      const login = native[nativeFrom++] as Login;
      if (nativeFrom > 4096) {
        native.splice(0, nativeFrom);
        nativeFrom = 0;
      }
      nativeRunning++;
      const { batchMs, callerMs: ms, crowding } = workOf(login);
      const done = () =>
        call(ms / 2, () => {
          nativeRunning--;
          end(login);
          startNative();
        });
      cores.start({ left: batchMs[0] as number, crowding, done });
    }
  }

  function end(login: Login): void {
    login.stage++;
    if (login.stage < login.kind.stages.length) begin(login);
    else settle(login, now - login.at);
  }

  function refuse(login: Login): void {
    if (login.counts) refused++;
    settle(login, Number.POSITIVE_INFINITY);
  }

  function settle({ counts }: Login, latencyMs: number): void {
    answered++;
    if (counts) latencies[counted++] = latencyMs;
    if (since !== undefined && latencyMs !== Number.POSITIVE_INFINITY) {
      answeredInTime++;
      until = now;
    }
    if (answered >= uncounted) since ??= now;
    if (next !== undefined) again();
  }

  function advance(ms: number): void {
    now += ms;
    if (since !== undefined) {
      if (callsFrom < calls.length) callerMs += ms;
      coreMs += ms * cores.busy;
    }
    cores.advance(ms);
  }

  function finish(one: Running): void {
    cores.remove(one);
    // Before what it starts, which may be another call.
    if (one === calls[callsFrom]) called();
    one.done();
  }

  const shares = kinds.map(({ share }) => share);
  const next = 'callers' in load ? createDrawer(seeded(load.seed), shares) : undefined;
  const again = (): void => {
    if (next !== undefined && came < total) come(kinds[next()] as Kind);
  };
  if ('callers' in load) for (let i = 0; i < load.callers; i++) again();
  let arriving = 0;
  while (answered < total) {
    const arrivesAt =
      'arrivals' in load ? (load.arrivals.atMs[arriving] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    const { one, ms } = cores.soonest();
    if (arrivesAt - now <= ms) {
      advance(Math.max(0, arrivesAt - now));
      come(kinds[('arrivals' in load && load.arrivals.kind[arriving]) || 0] as Kind);
      arriving++;
    } else if (one !== undefined) {
      advance(ms);
      finish(one);
    }
  }

  const sorted = latencies.subarray(0, counted).sort();
  const spanMs = until - (since ?? 0);
  const taken = sorted.filter((ms) => ms !== Number.POSITIVE_INFINITY);
  return {
    perSecond: (1000 * answeredInTime) / spanMs,
    meanMs: taken.reduce((sum, ms) => sum + ms, 0) / taken.length,
    p50Ms: sortedQuantile(sorted, 0.5),
    p95Ms: sortedQuantile(sorted, 0.95),
    p99Ms: sortedQuantile(sorted, 0.99),
    slowestMs: sortedQuantile(sorted, 1),
    refused: refused / counted,
    callerBusy: callerMs / spanMs,
    coresBusy: coreMs / (spanMs * count),
    mostWaiting,
    batches,
  };
}

/** Real logins, sent as the simulation has them come. */
import { cpus } from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { onAbort } from '../../kdf/abort.js';
import { cpuMs, wallMs } from '../measure/clock.js';
import { runClosedLoop } from '../measure/closed-loop.js';
import { quantile } from '../measure/statistics.js';
import { countWarmUp } from './load-recorder.js';
import type { Arrivals } from './random.js';

/** A login of the kind with this index. Rejects where it could not be answered. */
export type Login = (kind: number, signal: AbortSignal) => Promise<void>;

export interface OpenLoad {
  /** Milliseconds from when a login was due to its answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the cores that other programs had meanwhile. */
  readonly others: number;
}

export interface ClosedLoad {
  /** Answers a second. */
  readonly perSecond: number;
  /** Share of the cores that other programs had meanwhile. */
  readonly others: number;
}

/** Of each caller, before anything counts: the quick ones are answered first, and then it is mostly the slow that wait. */
const TURNS = 3;
/** A timer of Node's is early or late by as much, on an idle machine too: that is not part of a login. */
const TIMER_MS = 1.2;

/**
 * Logins that come when they come, whether those before them are answered or not.
 * @throws what a login rejects with; the signal's reason.
 */
export async function sendOpenLoad({ atMs, kind }: Arrivals, login: Login, signal?: AbortSignal): Promise<OpenLoad> {
  signal?.throwIfAborted();
  const uncounted = countWarmUp(atMs.length);
  const latencies = new Float64Array(atMs.length - uncounted);
  const stopping = stoppedBy(signal);
  const others = othersSince();
  const from = wallMs();
  let answered = 0;
  const all = deferred();
  try {
    for (let i = 0; i < atMs.length && !stopping.signal.aborted; i++) {
      const due = from + (atMs[i] as number);
      const wait = due - wallMs();
      // A login that fails ends the wait for the next one. Where it is late already, answers have their turn first.
      if (wait > 0) await Promise.race([setTimeout(wait, undefined, { signal: stopping.signal }), all.promise]);
      else await setImmediate();
      const sent = wallMs();
      const since = Math.abs(sent - due) < TIMER_MS ? sent : due;
      login(kind[i] as number, stopping.signal).then(() => {
        if (i >= uncounted) latencies[i - uncounted] = wallMs() - since;
        answered++;
        if (answered === atMs.length) all.resolve();
      }, all.reject);
    }
    await all.promise;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    stopping.stop();
  }
  const had = others();
  const counted = [...latencies];
  return { p50Ms: quantile(counted, 0.5), p99Ms: quantile(counted, 0.99), others: had };
}

/**
 * Callers that each send the next login when the last is answered.
 * @param count of logins that are counted.
 * @param next the kind of the next one.
 * @throws what a login rejects with; the signal's reason.
 */
export async function sendClosedLoad(
  { callers, count, next }: { readonly callers: number; readonly count: number; readonly next: () => number },
  login: Login,
  signal?: AbortSignal,
): Promise<ClosedLoad> {
  const uncounted = TURNS * callers;
  let answered = 0;
  let since = 0;
  let tookMs = Number.NaN;
  let others = othersSince();
  let had = 0;
  await runClosedLoop((stop) => login(next(), stop), {
    ...{ callers, clock: wallMs, stoppable: true, signal },
    onAnswer() {
      answered++;
      if (answered === uncounted) {
        since = wallMs();
        others = othersSince();
      }
      if (answered < uncounted + count) return false;
      tookMs = wallMs() - since;
      had = others();
      return true;
    },
  });
  return { perSecond: (1000 * count) / tookMs, others: had };
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** A promise that may be rejected before it is awaited. */
function deferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, ...(settle as unknown as Pick<Deferred, 'resolve' | 'reject'>) };
}

/** Stops with the signal, or at its end. */
function stoppedBy(signal: AbortSignal | undefined): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const forget = signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason));
  return {
    signal: controller.signal,
    stop() {
      forget();
      controller.abort();
    },
  };
}

/** Begins to look at what is neither idle nor this process: other programs, and other guests of the host. */
function othersSince(): () => number {
  const [idle, own, from] = [idleMs(), cpuMs(), wallMs()];
  return () => {
    const whole = (wallMs() - from) * cpus().length;
    return Math.max(0, (whole - (idleMs() - idle) - (cpuMs() - own)) / whole);
  };
}

function idleMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0);
}

/** A login service under an open load: logins come when they come, whether those before them are answered or not. */
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Arrivals } from '../../dist/capacity/plan/random.js';
import { quantile } from './race.js';

export interface OpenLoad {
  /** Milliseconds from when a login was due to its answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the cores that other programs had meanwhile. */
  readonly others: number;
}

/** As a simulation has it: the first part of a run does not count. */
const WARM_UP = 0.1;

/** @param login of the kind by its index. */
export async function openLoad({ atMs, kind }: Arrivals, login: (kind: number) => Promise<void>): Promise<OpenLoad> {
  const uncounted = Math.floor(atMs.length * WARM_UP);
  const latencies: number[] = [];
  const answers: Promise<void>[] = [];
  const others = othersSince();
  const from = performance.now();
  for (let i = 0; i < atMs.length; i++) {
    const due = from + (atMs[i] as number);
    const wait = due - performance.now();
    if (wait > 0.5) await new Promise((resolve) => setTimeout(resolve, wait));
    const answer = login(kind[i] as number).then(() => {
      if (i >= uncounted) latencies.push(performance.now() - due);
    });
    answers.push(answer);
  }
  await Promise.all(answers);
  return { p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99), others: others() };
}

/** Logins a second of so many callers that never let go. */
export async function closedLoad(
  callers: number,
  logins: readonly number[],
  login: (kind: number) => Promise<void>,
): Promise<{ readonly perSecond: number; readonly others: number }> {
  const uncounted = Math.floor(logins.length * WARM_UP);
  let asked = 0;
  let since = 0;
  let until = 0;
  let answered = 0;
  let others = othersSince();
  const caller = async (): Promise<void> => {
    while (asked < logins.length) {
      await login(logins[asked++] as number);
      answered++;
      if (answered === uncounted) {
        since = performance.now();
        others = othersSince();
      }
      // With the last ones fewer and fewer callers are left.
      if (answered === logins.length - callers) until = performance.now();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { perSecond: (1000 * (logins.length - callers - uncounted)) / (until - since), others: others() };
}

/** Begins to look at what is neither idle nor this process: other programs, and other guests of the host. */
function othersSince(): () => number {
  const [idle, own, from] = [idleMs(), process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(own);
    const whole = (performance.now() - from) * cpus().length;
    return Math.max(0, (whole - (idleMs() - idle) - (user + system) / 1000) / whole);
  };
}

function idleMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0);
}

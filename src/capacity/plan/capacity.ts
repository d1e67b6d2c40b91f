/** What one machine carries: by simulation, at the rate where the slowest one in a hundred is just in time. */

import type { SimulatedLoad } from './load-recorder.js';
import { poissonArrivals } from './random.js';
import { type LoginKind, type Machine, simulate } from './simulate.js';

/** One seed for all rates: a higher one has the same logins closer together, so it is not the luck that differs. */
const SEED = 20_260;
/** Of which the slowest one in a hundred are 200. */
const LOGINS = 20_000;
/** Callers that never let go: enough to fill the lanes of each thread. */
export const CALLERS_PER_THREAD = 32;
/** The rate is found to one part in a hundred. */
const PRECISION = 0.01;

/** Logins a second, and how they fare at that rate. */
export interface Capacity {
  readonly perSecond: number;
  readonly outcome: SimulatedLoad;
}

/** At this number of logins per second. */
export function atRate(kinds: readonly LoginKind[], machine: Machine, perSecond: number): SimulatedLoad {
  const shares = kinds.map(({ share }) => share);
  return simulate(kinds, machine, { arrivals: poissonArrivals(perSecond, shares, LOGINS, SEED) });
}

/** The most logins a second, whatever they have to wait. */
export function saturation(kinds: readonly LoginKind[], machine: Machine): number {
  const callers = CALLERS_PER_THREAD * Math.max(machine.threads, machine.nativeJobs);
  const unbounded = { ...machine, maxQueue: Number.POSITIVE_INFINITY };
  return simulate(kinds, unbounded, { callers, logins: LOGINS + 20 * callers, seed: SEED }).perSecond;
}

/** The highest rate at which 99 of 100 are answered in time; undefined where even a lone login is not. */
export function largestRate(
  kinds: readonly LoginKind[],
  machine: Machine,
  p99Ms: number,
  most: number,
): Capacity | undefined {
  const isInTime = (outcome: SimulatedLoad) => outcome.p99Ms <= p99Ms;
  let low: Capacity | undefined;
  let [from, to] = [0, most];
  while (to - from > PRECISION * most) {
    const perSecond = (from + to) / 2;
    const outcome = atRate(kinds, machine, perSecond);
    if (isInTime(outcome)) {
      low = { perSecond, outcome };
      from = perSecond;
    } else {
      to = perSecond;
    }
  }
  if (low !== undefined) return low;
  const lone = most * PRECISION * 0.1;
  const outcome = atRate(kinds, machine, lone);
  return isInTime(outcome) ? { perSecond: lone, outcome } : undefined;
}

/** The fewest cores, up to `most`, on which these logins per second are in time; undefined if they never are. */
export function fewestCores(most: number, isEnough: (cores: number) => boolean): number | undefined {
  if (!isEnough(most)) return undefined;
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

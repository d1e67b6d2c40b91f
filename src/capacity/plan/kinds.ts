/** A mix as logins that can be simulated. */
import { MAX_QUEUE } from '../../engine/engine.js';
import { countNativeJobs } from '../../engine/node.js';
import { WEIGHTS } from '../../engine/scheduler.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import { findPlacement, type UsedBackends } from '../measure/placement.js';
import type { Timing } from '../measure/timing.js';
import type { Portion } from './mix.js';
import type { LoginKind, Machine, Work } from './simulate.js';

export type Timings = ReadonlyMap<string, Timing>;

export function describeWork(
  set: ParameterSet,
  { batchMs, callerMs, crowding }: Timing,
  used: UsedBackends,
  priority: keyof typeof WEIGHTS = 'normal',
): Work {
  const { where, group, flow } = findPlacement(set, used);
  return {
    where,
    group: `${priority} ${group}`,
    flow: `${priority} ${flow}`,
    width: batchMs.length,
    weight: WEIGHTS[priority],
    batchMs,
    callerMs,
    crowding,
  };
}

/** One kind of login a portion. @param timings by label, of all of them. */
export function buildKinds(portions: readonly Portion[], timings: Timings, used: UsedBackends): LoginKind[] {
  return portions.map(({ set, share }) => ({
    share,
    stages: [describeWork(set, timings.get(set.label) as Timing, used)],
  }));
}

/** A machine as the engine uses it: a worker thread a core, libuv's threads but one. */
export function describeMachine(
  cores: number,
  poolSize: string | undefined = process.env['UV_THREADPOOL_SIZE'],
): Machine {
  return { cores, threads: cores, nativeJobs: countNativeJobs(poolSize), maxQueue: MAX_QUEUE };
}

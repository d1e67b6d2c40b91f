/** A plan: what logins of a mix ask of machines, and what upgrading their digests changes. Pure: all times are given. */
import { countNativeJobs } from '../../engine/node.js';
import { findPlacement } from '../measure/placement.js';
import type { Timed } from '../measure/timing.js';
import { listAssumptions } from './assumptions.js';
import { largestRate, saturation } from './capacity.js';
import type { Plan, PlannedSet, PlanOptions } from './contract.js';
import { planDemand, summarizeLoad } from './demand.js';
import { planUpgrade } from './plan-upgrade.js';
import { buildPlannedKinds, describePlannedMachine, findCoreMs, usesLibuv } from './planned-logins.js';
import type { Machine } from './simulate.js';

/** @throws {InputProblem} where the sign-ins are of no users that there can be. */
export function makePlan(options: PlanOptions): Plan {
  const { mix, p99Ms, coresPerMachine, upgrade } = options;
  const sets = describeSets(options);
  const kinds = buildPlannedKinds(options, undefined, 0);
  const machine = describePlannedMachine(coresPerMachine, options);
  const most = saturation(kinds, machine);
  const inTime = largestRate(kinds, machine, p99Ms, most);
  return {
    p99Ms,
    mix: sets,
    leftOut: mix.leftOut,
    login: { aloneMs: findMean(sets, 'aloneMs'), coreMs: findMean(sets, 'loadedMs') },
    machine: {
      cores: machine.cores,
      threads: machine.threads,
      saturationPerSecond: most,
      inTime:
        inTime === undefined ? null : { ...summarizeLoad(inTime), perSecondPerCore: inTime.perSecond / machine.cores },
      memoryBytes: countMemory(options, machine),
      maxQueue: chooseMaxQueue(machine, most, p99Ms),
      uvThreadpoolSize:
        usesLibuv(options) && machine.nativeJobs > countNativeJobs(undefined) ? machine.nativeJobs + 1 : null,
    },
    demand: planDemand(options, kinds, inTime),
    upgrade: upgrade === undefined ? null : planUpgrade(options, upgrade, machine),
    assumptions: listAssumptions(options, sets),
  };
}

function describeSets(options: PlanOptions): PlannedSet[] {
  const { mix, timings, used } = options;
  const whole = mix.portions.reduce((sum, { set, share }) => sum + share * findCoreMs(options, set), 0);
  return mix.portions.map(({ set, share }) => {
    const { timing, measuredAs } = timings.get(set.label) as Timed;
    const ms = findCoreMs(options, set);
    return {
      hasher: set.hasher.name,
      label: set.label,
      params: set.params,
      share,
      aloneMs: timing.batchMs[0] as number,
      loadedMs: ms,
      ofWork: (share * ms) / whole,
      together: timing.batchMs.length,
      memoryBytes: findPlacement(set, used).memoryBytes(1),
      batchMs: timing.batchMs,
      crowding: timing.crowding,
      measuredAs,
    };
  });
}

function findMean(sets: readonly PlannedSet[], value: 'aloneMs' | 'loadedMs'): number {
  return sets.reduce((sum, set) => sum + set.share * set[value], 0);
}

function chooseMaxQueue({ threads, maxQueue }: Machine, most: number, p99Ms: number): number | null {
  const inTime = Math.max(threads, Math.floor((most * p99Ms) / 1000));
  return inTime < maxQueue ? inTime : null;
}

/** Each thread works on one batch at a time, and keeps the memory of the largest; libuv's have one job each. */
function countMemory({ mix, upgrade, used }: PlanOptions, { threads, nativeJobs }: Machine): number {
  const sets = [...mix.portions.map(({ set }) => set), ...(upgrade ? [upgrade.target] : [])];
  const placements = sets.map((set) => findPlacement(set, used));
  const most = (where: 'worker' | 'libuv') =>
    Math.max(0, ...placements.filter((one) => one.where === where).map((one) => one.memoryBytes(one.width)));
  return threads * most('worker') + nativeJobs * most('libuv');
}

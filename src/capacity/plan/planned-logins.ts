/** The logins of a plan as the simulator takes them, and the machine that it plans for. */

import type { ParameterSet } from '../measure/parameter-set.js';
import { findPlacement } from '../measure/placement.js';
import { loadedMs, type Timed, type Timing } from '../measure/timing.js';
import type { PlanOptions } from './contract.js';
import { describeMachine, describeWork } from './kinds.js';
import type { LoginKind, Machine, Work } from './simulate.js';
import { upgradingKinds } from './upgrade.js';

export function getTiming({ timings }: PlanOptions, set: ParameterSet): Timing {
  return (timings.get(set.label) as Timed).timing;
}

export function findCoreMs(options: PlanOptions, set: ParameterSet): number {
  return loadedMs(getTiming(options, set), findPlacement(set, options.used).where === 'caller');
}

export function usesLibuv({ mix, upgrade, used }: PlanOptions): boolean {
  const sets = [...mix.portions.map(({ set }) => set), ...(upgrade ? [upgrade.target] : [])];
  return sets.some((set) => findPlacement(set, used).where === 'libuv');
}

/** Where libuv's threads are used, there are as many of them as cores: the plan says what to set. */
export function describePlannedMachine(cores: number, options: PlanOptions): Machine {
  const machine = describeMachine(cores, undefined);
  return usesLibuv(options) ? { ...machine, nativeJobs: Math.max(machine.nativeJobs, cores) } : machine;
}

export function buildPlannedKinds(options: PlanOptions, target: ParameterSet | undefined, first: number): LoginKind[] {
  const { mix, used } = options;
  const verify = (set: ParameterSet): Work => describeWork(set, getTiming(options, set), used);
  if (target === undefined) return mix.portions.map(({ set, share }) => ({ share, stages: [verify(set)] }));
  const hash = describeWork(target, getTiming(options, target), used, 'low');
  return upgradingKinds(mix.portions, target, first, { verify, hash });
}

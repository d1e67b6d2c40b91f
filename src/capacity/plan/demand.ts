/** How many machines and cores the wanted logins need. */
import { atRate, type Capacity, fewestCores } from './capacity.js';
import type { DemandPlan, LoadStats, PlanOptions } from './contract.js';
import type { SimulatedLoad } from './load-recorder.js';
import { describePlannedMachine } from './planned-logins.js';
import type { LoginKind } from './simulate.js';

export function summarizeLoad({ perSecond, outcome }: Capacity): LoadStats {
  const { p50Ms, p99Ms, coresBusy, callerBusy } = outcome;
  return { perSecond, p50Ms, p99Ms, coresBusy, eventLoopBusy: callerBusy };
}

export function planDemand(
  options: PlanOptions,
  kinds: readonly LoginKind[],
  inTime: Capacity | undefined,
): DemandPlan {
  const { loginsPerSecond, p99Ms, coresPerMachine } = options;
  if (inTime === undefined) return { loginsPerSecond, machines: null, cores: null, load: null, headroom: null };
  const machines = Math.max(1, Math.ceil(loginsPerSecond / inTime.perSecond));
  const each = loginsPerSecond / machines;
  const onCores = (cores: number): SimulatedLoad => atRate(kinds, describePlannedMachine(cores, options), each);
  const fewest = machines === 1 ? fewestCores(coresPerMachine, (cores) => onCores(cores).p99Ms <= p99Ms) : undefined;
  return {
    loginsPerSecond,
    machines,
    cores: fewest ?? machines * coresPerMachine,
    load: summarizeLoad({ perSecond: each, outcome: onCores(coresPerMachine) }),
    headroom: inTime.perSecond / each,
  };
}

/** A plan: what logins of a mix ask of machines, and what upgrading their digests changes. Pure: all times are given. */
import { countNativeJobs } from '../../engine/node.js';
import type { Params } from '../../types.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import { findPlacement, type UsedBackends } from '../measure/placement.js';
import { loadedMs, type Timed, type Timing } from '../measure/timing.js';
import { atRate, type Capacity, fewestCores, largestRate, saturation } from './capacity.js';
import { describeMachine, workOf } from './kinds.js';
import type { LeftOut, Mix, Portion } from './mix.js';
import { type SignIns, signInModel } from './sign-ins.js';
import type { Kind, Machine, Outcome, Work } from './simulate.js';
import { isReplaced, upgradingKinds } from './upgrade.js';

export interface PlanOptions {
  readonly mix: Mix;
  /** By label, of all sets of the mix and of the target. */
  readonly timings: ReadonlyMap<string, Timed>;
  readonly used: UsedBackends;
  readonly loginsPerSecond: number;
  readonly p99Ms: number;
  readonly coresPerMachine: number;
  readonly upgrade?: UpgradeOptions | undefined;
  /** Over that of the mix. */
  readonly users?: number | undefined;
}

export interface UpgradeOptions {
  readonly target: ParameterSet;
  /** After how many months. */
  readonly months: readonly number[];
  readonly signIns: SignIns;
}

export interface PlannedSet {
  readonly hasher: string;
  readonly label: string;
  readonly params: Params;
  readonly share: number;
  /** Milliseconds of one alone. */
  readonly aloneMs: number;
  /** Milliseconds of a core for each, where lanes and cores are full. */
  readonly loadedMs: number;
  /** Share of all that the logins of the mix take. */
  readonly ofWork: number;
  /** How many go together. */
  readonly together: number;
  readonly memoryBytes: number;
  readonly batchMs: readonly number[];
  readonly crowding: number;
  /** The label of the set that was measured: another one, where this one's time is worked out from it. */
  readonly measuredAs: string;
}

/** Logins at a rate, on one machine. */
export interface LoadStats {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the cores. */
  readonly coresBusy: number;
  /** Share of the thread that the program itself runs on. */
  readonly eventLoopBusy: number;
}

export interface MachinePlan {
  readonly cores: number;
  readonly threads: number;
  /** The most logins a second, whatever they wait. */
  readonly saturationPerSecond: number;
  /** The most that are in time; null where even a lone one is not. */
  readonly inTime: (LoadStats & { readonly perSecondPerCore: number }) | null;
  /** What verifications hold at most, over what the program itself does. */
  readonly memoryBytes: number;
  /** For createVerifier: a login that finds more waiting would not be in time. Null where the default is as good. */
  readonly maxQueue: number | null;
  /** A setting of the environment: libuv starts 4 threads by default. */
  readonly uvThreadpoolSize: number | null;
}

export interface DemandPlan {
  readonly loginsPerSecond: number;
  /** Null where no number is enough. */
  readonly machines: number | null;
  /** Of all machines; of one that has no more than it needs, where one is enough. */
  readonly cores: number | null;
  /** On each of them. */
  readonly load: LoadStats | null;
  /** How many times more there may be before one in a hundred is late. */
  readonly headroom: number | null;
}

export interface MonthPlan {
  readonly month: number;
  /** Share of the users whose digest is to be replaced who still have the old one. */
  readonly usersLeft: number;
  /** Share of all logins that make a new digest. */
  readonly upgradingLogins: number;
  readonly coreMsPerLogin: number;
  /** The most logins a second in time on one machine; null where even a lone one is not. */
  readonly perSecond: number | null;
  readonly machines: number | null;
}

export interface UpgradePlan {
  readonly to: string;
  /** Share of the users whose digests are to be replaced. */
  readonly replaced: number;
  readonly users: number;
  /** Whether somebody counted them. */
  readonly usersCounted: boolean;
  readonly signIns: SignIns;
  readonly months: readonly MonthPlan[];
  /** Making the new digest of each of these users once: hours of one core, and of one machine. */
  readonly hashing: { readonly coreHours: number; readonly machineHours: number };
  /** The same, and verifying the old digest first: all users sign in again. */
  readonly everybodySignsIn: { readonly coreHours: number; readonly machineHours: number };
}

export interface Plan {
  readonly p99Ms: number;
  readonly mix: readonly PlannedSet[];
  readonly leftOut: readonly LeftOut[];
  readonly login: { readonly aloneMs: number; readonly coreMs: number };
  readonly machine: MachinePlan;
  readonly demand: DemandPlan;
  readonly upgrade: UpgradePlan | null;
  readonly assumptions: readonly string[];
}

const HOUR_MS = 3_600_000;
/** If the users are not counted. */
const A_MILLION = 1_000_000;

/** @throws {InputProblem} where the sign-ins are of no users that there can be. */
export function makePlan(options: PlanOptions): Plan {
  const { mix, p99Ms, coresPerMachine, upgrade } = options;
  const sets = plannedSets(options);
  const plain = upgradingKindsOf(options, undefined, 0);
  const machine = machineFor(coresPerMachine, options);
  const most = saturation(plain, machine);
  const inTime = largestRate(plain, machine, p99Ms, most);
  return {
    p99Ms,
    mix: sets,
    leftOut: mix.leftOut,
    login: { aloneMs: meanOf(sets, 'aloneMs'), coreMs: meanOf(sets, 'loadedMs') },
    machine: {
      cores: machine.cores,
      threads: machine.threads,
      saturationPerSecond: most,
      inTime:
        inTime === undefined ? null : { ...summarizeLoad(inTime), perSecondPerCore: inTime.perSecond / machine.cores },
      memoryBytes: memoryOf(options, machine),
      maxQueue: maxQueueOf(machine, most, p99Ms),
      uvThreadpoolSize:
        usesLibuv(options) && machine.nativeJobs > countNativeJobs(undefined) ? machine.nativeJobs + 1 : null,
    },
    demand: demandOf(options, plain, inTime),
    upgrade: upgrade === undefined ? null : upgradePlan(options, upgrade, machine),
    assumptions: assumptionsOf(options, sets),
  };
}

function timingOf({ timings }: PlanOptions, set: ParameterSet): Timing {
  return (timings.get(set.label) as Timed).timing;
}

function plannedSets(options: PlanOptions): PlannedSet[] {
  const { mix, timings, used } = options;
  const whole = mix.portions.reduce((sum, { set, share }) => sum + share * coreMsOf(options, set), 0);
  return mix.portions.map(({ set, share }) => {
    const { timing, measuredAs } = timings.get(set.label) as Timed;
    const ms = coreMsOf(options, set);
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

function coreMsOf(options: PlanOptions, set: ParameterSet): number {
  return loadedMs(timingOf(options, set), findPlacement(set, options.used).where === 'caller');
}

function meanOf(sets: readonly PlannedSet[], value: 'aloneMs' | 'loadedMs'): number {
  return sets.reduce((sum, set) => sum + set.share * set[value], 0);
}

function usesLibuv({ mix, upgrade, used }: PlanOptions): boolean {
  const sets = [...mix.portions.map(({ set }) => set), ...(upgrade ? [upgrade.target] : [])];
  return sets.some((set) => findPlacement(set, used).where === 'libuv');
}

/** Where libuv's threads are used, there are as many of them as cores: the plan says what to set. */
function machineFor(cores: number, options: PlanOptions): Machine {
  const machine = describeMachine(cores, undefined);
  return usesLibuv(options) ? { ...machine, nativeJobs: Math.max(machine.nativeJobs, cores) } : machine;
}

function upgradingKindsOf(options: PlanOptions, target: ParameterSet | undefined, first: number): Kind[] {
  const { mix, used } = options;
  const verify = (set: ParameterSet): Work => workOf(set, timingOf(options, set), used);
  if (target === undefined) return mix.portions.map(({ set, share }) => ({ share, stages: [verify(set)] }));
  const hash = workOf(target, timingOf(options, target), used, 'low');
  return upgradingKinds(mix.portions, target, first, { verify, hash });
}

function summarizeLoad({ perSecond, outcome }: Capacity): LoadStats {
  const { p50Ms, p99Ms, coresBusy, callerBusy } = outcome;
  return { perSecond, p50Ms, p99Ms, coresBusy, eventLoopBusy: callerBusy };
}

function maxQueueOf({ threads, maxQueue }: Machine, most: number, p99Ms: number): number | null {
  const inTime = Math.max(threads, Math.floor((most * p99Ms) / 1000));
  return inTime < maxQueue ? inTime : null;
}

/** Each thread works on one batch at a time, and keeps the memory of the largest; libuv's have one job each. */
function memoryOf({ mix, upgrade, used }: PlanOptions, { threads, nativeJobs }: Machine): number {
  const sets = [...mix.portions.map(({ set }) => set), ...(upgrade ? [upgrade.target] : [])];
  const placements = sets.map((set) => findPlacement(set, used));
  const most = (where: 'worker' | 'libuv') =>
    Math.max(0, ...placements.filter((one) => one.where === where).map((one) => one.memoryBytes(one.width)));
  return threads * most('worker') + nativeJobs * most('libuv');
}

function demandOf(options: PlanOptions, kinds: readonly Kind[], inTime: Capacity | undefined): DemandPlan {
  const { loginsPerSecond, p99Ms, coresPerMachine } = options;
  if (inTime === undefined) return { loginsPerSecond, machines: null, cores: null, load: null, headroom: null };
  const machines = Math.max(1, Math.ceil(loginsPerSecond / inTime.perSecond));
  const each = loginsPerSecond / machines;
  const onCores = (cores: number): Outcome => atRate(kinds, machineFor(cores, options), each);
  const fewest = machines === 1 ? fewestCores(coresPerMachine, (cores) => onCores(cores).p99Ms <= p99Ms) : undefined;
  return {
    loginsPerSecond,
    machines,
    cores: fewest ?? machines * coresPerMachine,
    load: summarizeLoad({ perSecond: each, outcome: onCores(coresPerMachine) }),
    headroom: inTime.perSecond / each,
  };
}

function upgradePlan(options: PlanOptions, { target, months, signIns }: UpgradeOptions, machine: Machine): UpgradePlan {
  const { mix, loginsPerSecond, p99Ms } = options;
  const model = signInModel(signIns);
  const old = mix.portions.filter(({ set }) => isReplaced(set, target));
  const replaced = old.reduce((sum, { share }) => sum + share, 0);
  const counted = options.users ?? mix.users;
  const users = Math.round((counted ?? A_MILLION) * replaced);
  const newMs = coreMsOf(options, target);
  const oldMs =
    replaced === 0 ? 0 : old.reduce((sum, { set, share }) => sum + share * coreMsOf(options, set), 0) / replaced;
  const hours = (ms: number) => {
    const coreHours = (users * ms) / HOUR_MS;
    return { coreHours, machineHours: coreHours / machine.cores };
  };
  return {
    to: target.label,
    replaced,
    users,
    usersCounted: counted !== undefined,
    signIns,
    months: months.map((month): MonthPlan => {
      const first = model.firstLogins(month);
      const kinds = upgradingKindsOf(options, target, first);
      const capacity = largestRate(kinds, machine, p99Ms, saturation(kinds, machine));
      return {
        month,
        usersLeft: model.left(month),
        upgradingLogins: replaced * first,
        coreMsPerLogin: coreMsPerLogin(options, mix.portions, target, first),
        perSecond: capacity?.perSecond ?? null,
        machines: capacity === undefined ? null : Math.max(1, Math.ceil(loginsPerSecond / capacity.perSecond)),
      };
    }),
    hashing: hours(newMs),
    everybodySignsIn: hours(oldMs + newMs),
  };
}

function coreMsPerLogin(
  options: PlanOptions,
  portions: readonly Portion[],
  target: ParameterSet,
  first: number,
): number {
  const newMs = coreMsOf(options, target);
  return portions.reduce((sum, { set, share }) => {
    const oldMs = coreMsOf(options, set);
    return sum + share * (isReplaced(set, target) ? first * (oldMs + newMs) + (1 - first) * newMs : oldMs);
  }, 0);
}

function assumptionsOf({ mix, upgrade, coresPerMachine, users }: PlanOptions, sets: readonly PlannedSet[]): string[] {
  const scaledOnes = sets.filter(({ label, measuredAs }) => label !== measuredAs);
  const shareOfScaled = scaledOnes.reduce((sum, { share }) => sum + share, 0);
  return [
    `one Node process a machine, with a worker thread on each of ${coresPerMachine} cores and no other program`,
    'logins come independently of each other (Poisson) at an even rate: give the rate of the busiest minute',
    'the milliseconds are those of verifying, without network and database',
    'a wrong password costs what a right one does',
    ...(mix.portions.length > 1 ? ['users of all hashers sign in equally often'] : []),
    ...(scaledOnes.length > 0
      ? [
          `${(100 * shareOfScaled).toFixed(1)} % of the logins (*) were estimated, not measured: their time is that of other parameters of the same KDF, by the work`,
        ]
      : []),
    ...(upgrade === undefined
      ? []
      : [
          `of all users ${(100 * upgrade.signIns.activePerMonth).toFixed(0)} % sign in in a month, each of these ${upgrade.signIns.loginsPerActive} times; how often differs from user to user (gamma distribution)`,
          'a user of old is upgraded at the first login, which waits for the new digest',
          ...(users === undefined && mix.users === undefined ? ['a million users, since they are not counted'] : []),
        ]),
  ];
}

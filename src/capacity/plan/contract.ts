/** The shape of a plan, and what it is made from. */
import type { Params } from '../../types.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import type { UsedBackends } from '../measure/placement.js';
import type { Timed } from '../measure/timing.js';
import type { LeftOut, Mix } from './mix.js';
import type { SignIns } from './sign-ins.js';

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
  /** What the environment must say: libuv starts 4 threads by default. */
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

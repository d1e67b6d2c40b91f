/** The shape of a bench report: `digestry bench --json` prints it, `digestry plan` and `digestry check` read it. */
import type { Params } from '../types.js';

export interface BenchReport {
  readonly machine: BenchMachine;
  /** Version of digestry. */
  readonly digestry: string;
  /** ISO 8601. */
  readonly date: string;
  readonly noise: Noise;
  readonly results: readonly BenchResult[];
  readonly skipped: readonly Skipped[];
  /** It was stopped before its end. */
  readonly interrupted?: true;
}

export interface BenchMachine {
  readonly cpu: string;
  /** Cores that this process may use. */
  readonly cores: number;
  readonly node: string;
  readonly openssl: string;
  /** For example `linux x64`. */
  readonly platform: string;
  readonly memoryBytes: number;
}

/** How much a fixed loop varied, that ran again and again between what was measured. */
export interface Noise {
  /** Half the distance of its fastest and slowest tenth over its median. */
  readonly spread: number;
  readonly noisy: boolean;
  readonly reason?: string;
  /** Milliseconds that the loop took, its median: two reports are of machines as fast as this says. */
  readonly referenceMs: number;
}

/** All `spread`: half the 95 % interval of the median over the median. */
export interface BenchResult {
  readonly hasher: string;
  /** `bcrypt cost=10`. */
  readonly label: string;
  readonly params: Params;
  /** `auto`: what digestry chooses here; or the backend's name. */
  readonly backend: string;
  readonly kdf: string;
  readonly cost: { readonly work: number; readonly memoryBytes: number };
  /** One verification at a time. */
  readonly alone: Alone;
  /** One thread, and always enough callers that wait. */
  readonly batch: BatchRate;
  readonly allCores: AllCores;
  readonly memory: {
    readonly perVerificationBytes: number;
    /** Of the whole process while all cores were busy, with what was measured before it. */
    readonly peakRssBytes: number;
  };
  /** Label of a result with the same derivation, whose numbers these are. */
  readonly measuredAs?: string;
}

export interface Alone {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly spread: number;
  readonly runs: number;
}

export interface Rate {
  readonly perSecond: number;
  readonly spread: number;
  readonly runs: number;
}

export interface BatchRate extends Rate {
  readonly msEach: number;
  /** By jobs that go together, from one to as many as there are lanes. */
  readonly byLanes: readonly ByLanes[];
}

export interface ByLanes {
  readonly lanes: number;
  readonly perSecond: number;
  /** Milliseconds from when all of them are asked for to when all are answered. */
  readonly batchMs: number;
}

export interface AllCores extends Rate {
  readonly threads: number;
  readonly byThreads: readonly { readonly threads: number; readonly perSecond: number }[];
  /** With all threads. Each caller asks again when it is answered. */
  readonly byCallers: readonly ByCallers[];
}

export interface ByCallers {
  readonly callers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** What was not measured, and why. */
export interface Skipped {
  readonly hasher: string;
  readonly label: string;
  readonly backend: string;
  readonly reason: string;
}

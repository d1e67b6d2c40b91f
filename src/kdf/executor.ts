/** Where jobs run: what a selection of backends asks of its threads and queues. */
import { DigestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import type { Backend } from './contract.js';

/** Which of the waiting jobs come sooner. None of them is starved by the others. */
export type Priority = 'high' | 'normal' | 'low';

/** What one call brings along for everything derived in it. */
export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: `normal`. */
  readonly priority?: Priority | undefined;
}

/** A backend of one KDF. */
export interface BackendOfKdf<K extends CostlyKdf = CostlyKdf> {
  readonly kdf: K;
  readonly backend: Backend<CostlyJobs[K]>;
}

/** A job, and the backend that is to do it. */
export interface Order<K extends CostlyKdf = CostlyKdf> extends BackendOfKdf<K> {
  readonly job: CostlyJobs[K];
  readonly call: JobOptions;
}

export interface Executor {
  /**
   * Rejects with `BackendAbsent` where the backend does not load, with `JobRefused` where it cannot do this job now; with the signal's reason after an abort.
   */
  run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array>;
  /** Loads the backend where its jobs would run. Resolves to why it cannot be used there, undefined where it can. */
  probe<K extends CostlyKdf>(candidate: BackendOfKdf<K>): Promise<string | undefined>;
  /** What a report should say of a backend that can be used: that it runs elsewhere than it should. */
  remark?(backend: { readonly blocking: boolean }): string | undefined;
}

/** The backend does not load where the job was to run, or failed its self-test there: another one may do it. */
export class BackendAbsent extends DigestError {
  readonly reason: string;

  constructor(reason: string) {
    super('ERR_BACKEND', `backend is not available: ${reason}`);
    this.reason = reason;
  }
}

/** The backend cannot do this job, as it found while doing it: another one may. */
export class JobRefused extends BackendAbsent {}

/** The backend computes without slices, and only the calling thread is there. */
export class NoThread extends JobRefused {}

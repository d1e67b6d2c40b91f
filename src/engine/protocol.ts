/** What the calling thread and a worker say to each other. */
import type { ErrorCode } from '../errors.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';

export interface Request<K extends CostlyKdf = CostlyKdf> {
  readonly kdf: K;
  /** The backend's name. */
  readonly backend: string;
  readonly job: CostlyJobs[K];
}

export type Reply =
  | { readonly ok: true; readonly hash: Uint8Array }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

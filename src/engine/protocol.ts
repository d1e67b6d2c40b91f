/** What the calling thread and a worker say to each other. */
import type { CostlyJobs, CostlyKdf } from '../jobs.js';

export interface Request<K extends CostlyKdf = CostlyKdf> {
  readonly kdf: K;
  /** The backend's name. */
  readonly backend: string;
  /** None: only load the backend and say whether it can be used. */
  readonly job?: CostlyJobs[K];
}

/** The first message of a worker: its script has loaded. */
export const READY = 'ready';

export type Reply =
  | { readonly kind: 'hash'; readonly hash: Uint8Array }
  | { readonly kind: 'usable' }
  /** The backend does not load or failed its self-test. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** It threw. The text is the library's, and nothing that a user should read. */
  | { readonly kind: 'failed'; readonly message: string };

/** A message and the buffers that change hands with it. */
export interface Sealed<T> {
  readonly message: T;
  readonly transfer: ArrayBuffer[];
}

/**
 * Copies each byte field into a buffer of its own, which is then handed over. Cloning a view would send all of the
 * buffer behind it: neighbours in Node's buffer pool, which may be other people's passwords.
 */
export function sealed<T extends object>(fields: T): Sealed<T> {
  const own: Record<string, Uint8Array> = {};
  const transfer: ArrayBuffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (!(value instanceof Uint8Array)) continue;
    const copy = new Uint8Array(value);
    own[name] = copy;
    transfer.push(copy.buffer);
  }
  return { message: { ...fields, ...own }, transfer };
}

/** Overwrites every byte field: what the receiver of a sealed message owes it. */
export function wipe(fields: object): void {
  for (const value of Object.values(fields)) {
    if (value instanceof Uint8Array) value.fill(0);
  }
}

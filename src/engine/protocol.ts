/** What the calling thread and a worker say to each other. */
import type { CostlyJobs, CostlyKdf } from '../jobs.js';

export interface Request<K extends CostlyKdf = CostlyKdf> {
  /** Counts the requests of a worker. Written into its stop cell, it ends this one at its next slice. */
  readonly serial: number;
  readonly kdf: K;
  /** The backend's name. */
  readonly backend: string;
  /** Jobs that go together. None: only load the backend and say whether it can be used. */
  readonly jobs?: readonly CostlyJobs[K][];
}

/** Two cells that both threads see: no message reaches a worker while it computes. */
export type StopCell = Int32Array<SharedArrayBuffer>;

/** The serial of the request that is to stop. */
export const STOP_AT = 0;
/** 1 once the worker's script has loaded. Its message may come after the news of its death. */
export const READY_AT = 1;

export function stopCell(): StopCell {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** The first message of a worker: its script has loaded. */
export const READY = 'ready';

export type Reply =
  | { readonly kind: 'hashes'; readonly hashes: readonly Uint8Array[] }
  | { readonly kind: 'usable' }
  /** The backend does not load or failed its self-test. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** It was told to stop. */
  | { readonly kind: 'stopped' }
  /** It threw. The text is the library's, and nothing that a user should read. */
  | { readonly kind: 'failed'; readonly message: string };

/** What is sent, and the buffers that change hands with it. */
export interface Sealed<T> {
  readonly message: T;
  readonly transfer: ArrayBuffer[];
}

/**
 * Copies each byte field into a buffer of its own, which is then handed over. Cloning a view would send all of the
 * buffer behind it: neighbours in Node's buffer pool, which may be other people's passwords.
 */
export function sealed<T extends object>(things: readonly T[]): Sealed<T[]> {
  const transfer: ArrayBuffer[] = [];
  const own = (value: unknown): unknown => {
    if (!(value instanceof Uint8Array)) return value;
    const copy = new Uint8Array(value);
    transfer.push(copy.buffer);
    return copy;
  };
  const message = things.map((thing) =>
    thing instanceof Uint8Array
      ? own(thing)
      : Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, own(value)])),
  );
  return { message: message as T[], transfer };
}

/** Overwrites every byte field: what the receiver of a sealed message owes it. */
export function wipe(fields: object): void {
  for (const value of Object.values(fields)) {
    if (value instanceof Uint8Array) value.fill(0);
  }
}

/** What the calling thread and a worker say to each other. */
import { getByteLength, isBytes } from '../encoding/brand.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import type { KernelName } from '../kernels/names.js';
import { VERSION } from '../version.js';

export interface Request<K extends CostlyKdf = CostlyKdf> {
  /** Counts the requests of a worker. Written into its stop cell, it ends this one at its next slice. */
  readonly serial: number;
  readonly kdf: K;
  /** The backend's name. */
  readonly backend: string;
  /** Jobs that go together. None: only load the backend and say whether it can be used. */
  readonly jobs?: readonly CostlyJobs[K][];
}

/** What a worker is started with. Nothing of it is secret, and nothing secret follows before its greeting. */
export interface WorkerData {
  readonly stop: StopCell;
  /** Random: what the worker answers with, so that no other script's message is taken for its greeting. */
  readonly token: string;
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

/** The first message of a worker: it is the script of this version of digestry, and was started by who reads it. */
export interface Greeting {
  readonly protocol: 'digestry';
  readonly version: string;
  readonly token: string;
}

export function greetingFor(token: string): Greeting {
  return { protocol: 'digestry', version: VERSION, token };
}

export function isGreeting(message: unknown, token: string): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const { protocol, version, token: answered } = message as Partial<Greeting>;
  return protocol === 'digestry' && version === VERSION && answered === token;
}

/** A worker asks for a kernel's module, whose compiled code it then shares with the thread that answers. */
export interface ModuleRequest {
  readonly kind: 'module';
  readonly name: KernelName;
}

export interface ModuleAnswer extends ModuleRequest {
  readonly module: WebAssembly.Module | undefined;
  /** Why it is missing. */
  readonly reason: string | undefined;
}

export type Reply =
  | { readonly kind: 'hashes'; readonly hashes: readonly Uint8Array[] }
  | { readonly kind: 'usable' }
  /** The backend does not load or failed its self-test. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** It was asked to stop. */
  | { readonly kind: 'stopped' }
  /** It threw. The text is the library's, and nothing that a user should read. */
  | { readonly kind: 'failed'; readonly message: string };

/** Whether a message is a reply, or a question, of a worker that has greeted. */
export function isAnswer(message: unknown): message is Reply | ModuleRequest {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, hashes } = message as { readonly kind?: unknown; readonly hashes?: unknown };
  return kind === 'hashes' ? Array.isArray(hashes) : ANSWERS.includes(kind);
}

const ANSWERS: readonly unknown[] = ['usable', 'absent', 'stopped', 'failed', 'module'] satisfies (
  | Reply
  | ModuleRequest
)['kind'][];

/** What is sent, and the buffers that change hands with it. */
export interface Sealed<T> {
  readonly message: T;
  readonly transfer: ArrayBuffer[];
}

/**
 * Copies each byte field into a buffer of its own, which is then handed over. Cloning a view would send all of the
 * buffer around it: neighbours in Node's buffer pool, which may be other people's passwords.
 */
export function makeTransferable<T extends object>(things: readonly T[]): Sealed<T[]> {
  const transfer: ArrayBuffer[] = [];
  const own = (value: unknown): unknown => {
    if (!isBytes(value)) return value;
    const copy = new Uint8Array(value);
    transfer.push(copy.buffer);
    return copy;
  };
  const message = things.map((thing) =>
    isBytes(thing) ? own(thing) : Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, own(value)])),
  );
  return { message: message as T[], transfer };
}

/** Overwrites every byte field: the receiver of a sealed message calls it. */
export function wipe(fields: object): void {
  for (const value of Object.values(fields)) {
    // What was handed over has no bytes here any more.
    if (isBytes(value) && getByteLength(value) > 0) value.fill(0);
  }
}

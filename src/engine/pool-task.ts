/** What a pool does for those who have joined it: jobs, in groups that run together, and questions about backends. */
import type { CostlyKdf } from '../jobs.js';
import { onAbort } from '../kdf/abort.js';
import { jobCost } from '../kdf/cost.js';
import type { BackendOfKdf, Order } from '../kdf/executor.js';
import type { Backlog } from './limiter.js';
import { type JobClass, WEIGHTS } from './scheduler.js';
import type { WorkerSlot } from './worker-slots.js';

/** One who has joined. */
export interface Member {
  readonly backlog: Backlog;
  readonly maxBytes: number;
  readonly tasks: Set<Task>;
  readonly questions: Set<Question>;
  readonly batches: Record<number, number>;
  closed: boolean;
}

export class Task {
  readonly member: Member;
  readonly order: Order;
  group: string;
  settled = false;
  /** A thread died with it: it runs alone now, and not a third time. */
  retried = false;
  /** Takes the listener off the caller's signal. */
  forget: (() => void) | undefined;
  readonly #resolve: (hash: Uint8Array) => void;
  readonly #reject: (error: unknown) => void;

  constructor(member: Member, order: Order, resolve: (hash: Uint8Array) => void, reject: (error: unknown) => void) {
    this.member = member;
    this.order = order;
    this.group = nameGroup(order);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  resolve(hash: Uint8Array): void {
    if (this.#settle()) this.#resolve(hash);
  }

  reject(error: unknown): void {
    if (this.#settle()) this.#reject(error);
  }

  /** @returns whether it was not settled before. */
  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.member.tasks.delete(this);
    this.forget?.();
    return true;
  }
}

/** Whether a backend can be used on a thread. */
export interface Question {
  readonly member: Member;
  readonly candidate: BackendOfKdf;
  resolve(reason: string | undefined): void;
  reject(error: unknown): void;
  retried: boolean;
}

/** Aborts the work of a thread once all of its jobs are settled. */
export function haltIfUnheard({ tasks, halt }: WorkerSlot<Task>, reason?: unknown): void {
  if (tasks?.every(({ settled }) => settled)) halt?.abort(reason);
}

/** Calls back when the task's own signal aborts. */
export function watch({ order }: Task, callback: () => void): () => void {
  const { signal } = order.call;
  return signal === undefined ? () => {} : onAbort(signal, callback);
}

/** Jobs that run together: one kernel and one number of steps; without lanes, jobs of one length. */
function nameGroup<K extends CostlyKdf>({ kdf, backend, job, call }: Order<K>): string {
  const group = backend.lanes?.group(job) ?? jobCost(kdf, job).work;
  return `${call.priority ?? 'normal'} ${kdf} ${backend.name} ${group}`;
}

export function classifyJob({ order: { kdf, backend, job, call }, retried }: Task): JobClass {
  const { priority = 'normal' } = call;
  const magnitude = Math.ceil(Math.log2(jobCost(kdf, job).work));
  return {
    flow: `${priority} ${kdf} ${backend.name} ${magnitude}`,
    width: retried ? 1 : (backend.lanes?.width(job) ?? 1),
    weight: WEIGHTS[priority],
  };
}

/** What a batch holds while it runs. */
export function measureBatchBytes(tasks: readonly Task[]): number {
  const [task] = tasks;
  if (task === undefined) return 0;
  const { kdf, backend, job } = task.order;
  const bytes = backend.lanes?.memoryBytes?.(tasks.map(({ order }) => order.job)) ?? jobCost(kdf, job).memoryBytes;
  return Number.isFinite(bytes) ? bytes : 0;
}

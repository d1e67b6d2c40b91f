/**
 * Threads that take batches. A free thread takes at once what waits, as many jobs of one group as its lanes hold, and
 * never waits for more: one lone login runs alone at full speed, and a busy server fills the lanes.
 */
import { type DigestError, digestError } from '../errors.js';
import { getAbortReason, onAbort } from '../kdf/abort.js';
import { type BackendOfKdf, NoThread, type Order } from '../kdf/executor.js';
import { closedError } from './life.js';
import { type Backlog, queueFullError } from './limiter.js';
import { MemoryBudget } from './memory.js';
import type { Pool, PoolStats, SharedPool, SharedPoolOptions } from './pool-contract.js';
import { classifyJob, haltIfUnheard, type Member, measureBatchBytes, type Question, Task, watch } from './pool-task.js';
import { countBatch, type Group, listFirst, Scheduler } from './scheduler.js';
import { Stop } from './stop.js';
import { type Batch, CannotStart, type Thread, ThreadDied } from './thread.js';
import { NEGLIGIBLE_BYTES, type SlotPlacement, type WorkerSlot, WorkerSlots } from './worker-slots.js';

/** Before threads are tried again that could not be started. It doubles each time. */
const RETRY_MS = 60_000;

const NOTHING: readonly (() => void)[] = [];
/** Threads in a row that start and end before they answer. A job that ends its thread ends two. */
const MOST_STILLBORN = 3;
const STILLBORN = 'threads end before they answer';

/** Threads of one who joins alone. @param fallback takes over where none of the threads can be started. */
export function createPool(threads: readonly Thread[], fallback: Thread, backlog: Backlog): Pool {
  const shared = createSharedPool({ threads, fallback });
  const pool = shared.join(backlog);
  return {
    ...pool,
    async close() {
      await Promise.all([pool.close(), shared.close()]);
    },
  };
}

export function createSharedPool(options: SharedPoolOptions): SharedPool {
  const pool = new ThreadPool(options);
  return { join: (backlog, maxBytes) => pool.join(backlog, maxBytes), close: () => pool.close() };
}

class ThreadPool {
  readonly #threads: readonly Thread[];
  readonly #budget: MemoryBudget;
  readonly #onThreadless: (reason: string) => void;
  readonly #slots: WorkerSlots<Task>;
  readonly #scheduler = new Scheduler<Task>();
  readonly #questions: Question[] = [];
  readonly #dispatchSoon: () => void;
  #threadless: { readonly reason: string } | undefined;
  /** When a thread could not be started. */
  #lackSince: number | undefined;
  #retryMs = RETRY_MS;
  /** Threads that ended before they answered, since one answered. */
  #stillborn = 0;
  #hasAnswered = false;
  #isDue = false;

  constructor({ threads, fallback, budget = new MemoryBudget(), onThreadless = () => {} }: SharedPoolOptions) {
    this.#threads = [...threads, fallback];
    this.#budget = budget;
    this.#onThreadless = onThreadless;
    this.#slots = new WorkerSlots(threads, fallback, budget);
    this.#dispatchSoon = () => this.#schedule();
  }

  join(backlog: Backlog, maxBytes = Number.POSITIVE_INFINITY): Pool {
    const member: Member = { backlog, maxBytes, tasks: new Set(), questions: new Set(), batches: {}, closed: false };
    return {
      run: (order) => this.#submit(member, order as unknown as Order),
      probe: (candidate) => this.#put(member, candidate as unknown as BackendOfKdf),
      remark: () => (this.#slots.isInProcess ? this.#threadless?.reason : undefined),
      stats: () => this.#readStats(member),
      close: async () => this.#leave(member),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #readStats(member: Member): PoolStats {
    const running = this.#slots.all.flatMap(({ tasks = [] }) => tasks.filter((task) => task.member === member));
    const { width, started } = this.#slots;
    return { threads: width, started, running: running.length, batches: { ...member.batches } };
  }

  #leave(member: Member): void {
    member.closed = true;
    for (const task of [...member.tasks]) this.#drop(task, closedError());
    for (const question of member.questions) question.reject(closedError());
    for (const slot of this.#slots.all) haltIfUnheard(slot, closedError());
  }

  #submit(member: Member, order: Order): Promise<Uint8Array> {
    const { signal } = order.call;
    const { backlog, tasks } = member;
    if (member.closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(getAbortReason(signal));
    this.#tryThreadsAgain();
    const noThread = this.#noThreadFor(order);
    if (noThread !== undefined) return Promise.reject(noThread);
    // Jobs that a free thread takes in a moment do not wait.
    if (backlog.waiting >= backlog.max && backlog.waiting >= backlog.max + this.#slots.idle().length)
      return Promise.reject(queueFullError(backlog.max));
    return new Promise((resolve, reject) => {
      const task = new Task(member, order, resolve, reject);
      tasks.add(task);
      if (signal !== undefined) task.forget = onAbort(signal, () => this.#drop(task, getAbortReason(signal)));
      this.#enqueue(task);
      this.#schedule();
    });
  }

  #put(member: Member, candidate: BackendOfKdf): Promise<string | undefined> {
    if (member.closed) return Promise.reject(closedError());
    this.#tryThreadsAgain();
    return new Promise<string | undefined>((resolve, reject) => {
      const question: Question = { member, candidate, resolve, reject, retried: false };
      member.questions.add(question);
      this.#questions.push(question);
      this.#schedule();
    });
  }

  /** After the caller's own task, so that jobs which come together are shared out over the free threads. */
  #schedule(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    // `queueMicrotask` is a function that tests fake.
    void Promise.resolve().then(() => {
      this.#isDue = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    // Groups that wait for memory; others pass them that need next to none.
    let blocked: Group<Task>[] | undefined;
    const mayCome = (group: Group<Task>): boolean =>
      blocked === undefined || (!blocked.includes(group) && measureBatchBytes(listFirst(group, 1)) <= NEGLIGIBLE_BYTES);
    for (;;) {
      const free = this.#slots.idle();
      if (free.length === 0) return;
      const question = this.#questions.shift();
      if (question !== undefined) {
        void this.#ask(free[0] as WorkerSlot<Task>, question);
        continue;
      }
      const group = this.#scheduler.next(mayCome);
      if (group === undefined) return;
      const place = this.#slots.findPlacement(free, {
        most: countBatch(group, free.length),
        bytesOf: (count) => measureBatchBytes(listFirst(group, count)),
        maxBytes: () => Math.min(...listFirst(group, group.width).map(({ member }) => member.maxBytes)),
      });
      if (place === undefined) {
        blocked = [...(blocked ?? []), group];
        this.#budget.onceReleased(this.#dispatchSoon);
      } else {
        void this.#work(place, group);
      }
    }
  }

  #enqueue(task: Task): void {
    task.member.backlog.waiting++;
    this.#scheduler.add(task, task.group, this.#slots.isIdle, classifyJob);
  }

  async #work({ slot, count, bytes, ended }: SlotPlacement<Task>, group: Group<Task>): Promise<void> {
    const tasks = this.#scheduler.take(group, count);
    let counted: Member | undefined;
    for (const [index, { member }] of tasks.entries()) {
      member.backlog.waiting--;
      // Once for each member, and a batch seldom has several.
      if (member === counted || tasks.slice(0, index).some((task) => task.member === member)) continue;
      counted = member;
      member.batches[tasks.length] = (member.batches[tasks.length] ?? 0) + 1;
    }
    slot.tasks = tasks;
    this.#slots.begin(slot, bytes);
    const given = tasks.map(({ order }) => order) as unknown as Batch;
    const halt = new Stop();
    slot.halt = halt;
    const forget = tasks.some(({ order }) => order.call.signal !== undefined)
      ? tasks.map((task) => watch(task, () => haltIfUnheard(slot)))
      : NOTHING;
    try {
      const since = performance.now();
      if (ended.length > 0) await Promise.all(ended);
      const hashes = await slot.thread.run(given, halt);
      this.#scheduler.recordDuration(group, performance.now() - since);
      this.#answered();
      for (const [index, task] of tasks.entries()) task.resolve(hashes[index] as Uint8Array);
    } catch (error) {
      this.#failed(slot, tasks, error);
    }
    for (const one of forget) one();
    slot.tasks = undefined;
    slot.halt = undefined;
    this.#slots.end(slot);
    this.#dispatch();
  }

  async #ask(slot: WorkerSlot<Task>, question: Question): Promise<void> {
    const { member, candidate, resolve, reject } = question;
    if (member.closed) return;
    slot.tasks = [];
    try {
      resolve(await slot.thread.probe(candidate));
      this.#answered();
    } catch (error) {
      const again = error instanceof CannotStart || (error instanceof ThreadDied && this.#mayTry(question, error));
      if (again && !member.closed) this.#questions.unshift(question);
      else reject(error instanceof ThreadDied ? died(error) : error);
      question.retried ||= error instanceof ThreadDied;
      this.#failed(slot, [], error);
    }
    member.questions.delete(question);
    slot.tasks = undefined;
    this.#dispatch();
  }

  #answered(): void {
    if (this.#slots.isInProcess) return;
    this.#stillborn = 0;
    this.#hasAnswered = true;
  }

  #failed(slot: WorkerSlot<Task>, tasks: readonly Task[], error: unknown): void {
    if (error instanceof CannotStart) {
      this.#lack(slot, error.message);
      this.#again(tasks);
    } else if (error instanceof ThreadDied) {
      // A job that has ended a thread before may have ended this one too.
      const isSuspect = this.#hasAnswered && tasks.some(({ retried }) => retried);
      if (error.isFresh && !isSuspect && ++this.#stillborn >= MOST_STILLBORN) {
        this.#slots.dropEnded();
        this.#lack(slot, STILLBORN);
      }
      const once = tasks.filter((task) => this.#mayTry(task, error));
      for (const task of tasks) if (!once.includes(task)) task.reject(died(error));
      for (const task of once) {
        if (!task.retried) task.group += ' again';
        task.retried = true;
      }
      this.#again(once);
    } else {
      for (const task of tasks) task.reject(error);
    }
  }

  /** Twice; more often where no thread has ever answered, for which the job is not to blame. */
  #mayTry({ retried }: Task | Question, { isFresh }: ThreadDied): boolean {
    return !retried || (isFresh && !this.#hasAnswered);
  }

  /** A thread that cannot be started, or not used. */
  #lack(slot: WorkerSlot<Task>, reason: string): void {
    this.#slots.drop(slot);
    this.#lackSince = performance.now();
    if (this.#slots.isInProcess) this.#goThreadless(reason);
  }

  #again(tasks: readonly Task[]): void {
    for (const task of tasks) {
      if (task.settled) continue;
      const noThread = this.#noThreadFor(task.order);
      if (noThread === undefined) this.#enqueue(task);
      else task.reject(noThread);
    }
  }

  #goThreadless(reason: string): void {
    if (this.#threadless === undefined) this.#onThreadless(reason);
    this.#threadless = { reason };
    // What has no slices is for others to do.
    for (const task of [...this.#scheduler]) {
      const noThread = this.#noThreadFor(task.order);
      if (noThread !== undefined) this.#drop(task, noThread);
    }
  }

  #noThreadFor({ backend }: Order): NoThread | undefined {
    const isThreadless = this.#slots.isInProcess && this.#threadless !== undefined;
    return isThreadless && backend.threadOnly ? new NoThread(this.#threadless?.reason ?? '') : undefined;
  }

  /** Memory may have been short, and is not any more. */
  #tryThreadsAgain(): void {
    if (this.#lackSince === undefined || performance.now() - this.#lackSince < this.#retryMs) return;
    if (this.#slots.isInProcess && !this.#slots.isIdle) return;
    this.#lackSince = undefined;
    this.#retryMs *= 2;
    this.#slots.restore();
  }

  #drop(task: Task, reason: unknown): void {
    const waited = this.#scheduler.remove(task, task.group);
    if (waited) task.member.backlog.waiting--;
    task.reject(reason);
    // What waited after it for memory may have room.
    if (waited) this.#schedule();
  }
}

function died(cause: Error): DigestError {
  return digestError('ERR_BACKEND', 'worker thread ended twice during a job', { cause });
}

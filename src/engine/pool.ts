/**
 * Threads that take batches. A free thread takes at once what waits, as many jobs of one group as its lanes hold, and
 * never waits for more: one lone login runs alone at full speed, and a busy server fills the lanes.
 *
 * Jobs of different length take turns by the time that they have had (start-time fair queueing, Goyal and others, SIGCOMM
 * 1996): a login of a millisecond does not stand behind a hundred of a second each.
 */
import { type DigestError, digestError } from '../errors.js';
import type { CostlyKdf } from '../jobs.js';
import { onAbort, reasonOf } from '../kdf/abort.js';
import { jobCost } from '../kdf/cost.js';
import { type Candidate, NoThread, type Order, type Priority } from '../kdf/executor.js';
import { closedError } from './closed.js';
import type { Backlog } from './lane.js';
import { MemoryBudget } from './memory.js';
import { type Batch, CannotStart, type Thread, ThreadDied } from './thread.js';

export interface Pool {
  run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array>;
  probe<K extends CostlyKdf>(candidate: Candidate<K>): Promise<string | undefined>;
  /** Why jobs run on the calling thread, where no other one can be started. */
  remark(): string | undefined;
  stats(): PoolStats;
  /** Rejects what waits and what runs with ERR_CLOSED; ends the threads where they are not shared. */
  close(): Promise<void>;
}

export interface PoolStats {
  /** Worker threads that there may be; 0 where none can be started. */
  readonly threads: number;
  /** Worker threads that there are now. */
  readonly started: number;
  /** Jobs that are being computed. */
  readonly running: number;
  /** Batches so far by the number of jobs in them. */
  readonly batches: Readonly<Record<number, number>>;
}

/** Who joins shares the threads with the others, and has bounds and an end of their own. */
export interface SharedPool {
  /** @param maxBytes that threads may keep after jobs of this one. */
  join(backlog: Backlog, maxBytes?: number): Pool;
  close(): Promise<void>;
}

export interface SharedPoolOptions {
  readonly threads: readonly Thread[];
  /** Takes over where none of the threads can be started. */
  readonly fallback: Thread;
  readonly budget?: MemoryBudget;
  /** Called once, when the calling thread takes over. */
  readonly onThreadless?: (reason: string) => void;
}

/** How much of a turn a job is charged with: a high priority comes round sooner, and a low one still comes round. */
const WEIGHTS: Readonly<Record<Priority, number>> = { high: 0.25, normal: 1, low: 4 };
/** What a batch is charged with until one of its flow was timed. */
const FIRST_GUESS_MS = 10;
/** And at least, where the clock stands still: else the low priority would never come round. */
const LEAST_MS = 0.01;
/** Less than what counts as memory. */
const NEGLIGIBLE_BYTES = 2 ** 20;
/** Before threads are tried again where none could be started. It doubles each time. */
const RETRY_MS = 60_000;

/** One who has joined. */
interface Member {
  readonly backlog: Backlog;
  readonly maxBytes: number;
  readonly tasks: Set<Task>;
  readonly questions: Set<Question>;
  readonly batches: Record<number, number>;
  closed: boolean;
}

interface Task {
  readonly member: Member;
  readonly order: Order;
  group: string;
  resolve(hash: Uint8Array): void;
  reject(error: unknown): void;
  settled: boolean;
  /** A thread died with it: it runs alone now, and not a third time. */
  retried: boolean;
}

/** Jobs that take about as long: fairness is between these. It outlives its jobs, or who comes one at a time never pays. */
interface Flow {
  readonly weight: number;
  /** Virtual time at which its next batch is due. */
  due: number;
  /** What a batch takes; undefined before any was timed. */
  batchMs: number | undefined;
}

/** Jobs that can go together. */
interface Group {
  readonly name: string;
  readonly flow: Flow;
  readonly width: number;
  readonly tasks: Set<Task>;
}

interface Hand {
  readonly thread: Thread;
  /** What it works on. */
  tasks: readonly Task[] | undefined;
  halt: AbortController | undefined;
  /** What its thread has had for a batch, and keeps for the next. */
  heldBytes: number;
}

/** Where a batch can run. */
interface Place {
  readonly hand: Hand;
  /** Jobs of the group that there is memory for. */
  readonly count: number;
  readonly bytes: number;
  /** Threads that give their memory back first. */
  readonly ended: readonly Promise<void>[];
}

interface Question {
  put(thread: Thread): Promise<void>;
  reject(error: unknown): void;
}

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

export function createSharedPool({
  threads,
  fallback,
  budget = new MemoryBudget(),
  onThreadless = () => {},
}: SharedPoolOptions): SharedPool {
  const groups = new Map<string, Group>();
  const questions: Question[] = [];
  const flows = new Map<string, Flow>();
  const here = handOf(fallback);
  let hands: Hand[] = threads.map(handOf);
  let threadless: { readonly reason: string; readonly since: number } | undefined;
  let retryMs = RETRY_MS;
  let virtualNow = 0;
  let latestDue = 0;
  let scheduled = false;
  if (hands.length === 0) hands = [here];
  budget.onRelease(() => {
    if (groups.size > 0) schedule();
  });

  const idle = (): Hand[] => hands.filter(({ tasks }) => tasks === undefined);

  /** After the caller's own task, so that jobs which come together are shared out over the free threads. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // `queueMicrotask` is a function that tests fake.
    void Promise.resolve().then(() => {
      scheduled = false;
      dispatch();
    });
  }

  function dispatch(): void {
    // Groups that wait for memory; others pass them that need next to none.
    const blocked = new Set<Group>();
    for (;;) {
      const free = idle();
      if (free.length === 0) return;
      const question = questions.shift();
      if (question !== undefined) {
        ask(free[0] as Hand, question);
        continue;
      }
      const group = nextGroup(blocked);
      if (group === undefined) return;
      const share = Math.ceil(group.tasks.size / free.length);
      const place = placeFor(free, group, Math.min(group.width, share));
      if (place === undefined) blocked.add(group);
      else work(place, group.flow, take(group, place.count));
    }
  }

  function nextGroup(blocked: ReadonlySet<Group>): Group | undefined {
    let next: Group | undefined;
    for (const group of groups.values()) {
      if (blocked.size > 0 && (blocked.has(group) || bytesOf(firstOf(group, 1)) > NEGLIGIBLE_BYTES)) continue;
      if (next === undefined || isSooner(group.flow, next.flow)) next = group;
    }
    return next;
  }

  /** A free thread, and how many of the group's jobs it has memory for; undefined where those must wait for some. */
  function placeFor(free: readonly Hand[], group: Group, most: number): Place | undefined {
    const one = bytesOf(firstOf(group, 1));
    if (one <= NEGLIGIBLE_BYTES) return { hand: free[0] as Hand, count: most, bytes: 0, ended: [] };
    for (const hand of free) if (hand.heldBytes > 0 && hand.thread.isAlive === false) forgetMemory(hand);
    // One that has the memory already.
    const hand = free.reduce((best, other) => (other.heldBytes > best.heldBytes ? other : best));
    const others = free.filter((other) => other !== hand && other.heldBytes > 0);
    const grownBy = (bytes: number): number => Math.max(0, bytes - hand.heldBytes);
    for (let count = most; count > 1; count--) {
      const bytes = bytesOf(firstOf(group, count));
      const held = heldBytes() + grownBy(bytes);
      if (held <= Math.min(budget.maxBytes, leastBound(group))) return { hand, count, bytes, ended: [] };
    }
    const ended: Promise<void>[] = [];
    for (const other of others) {
      const over = budget.heldBytes + grownBy(one) > budget.maxBytes || heldBytes() + grownBy(one) > leastBound(group);
      if (over) ended.push(endOf(other));
    }
    return budget.fits(grownBy(one)) ? { hand, count: 1, bytes: one, ended } : undefined;
  }

  function heldBytes(): number {
    return hands.reduce((sum, hand) => sum + hand.heldBytes, 0);
  }

  /** An idle thread's memory is given back with the thread: nothing else gives it back at once. */
  function endOf(hand: Hand): Promise<void> {
    forgetMemory(hand);
    return hand.thread.close();
  }

  function forgetMemory(hand: Hand): void {
    const bytes = hand.heldBytes;
    hand.heldBytes = 0;
    budget.release(bytes);
  }

  function take(group: Group, count: number): Task[] {
    const { name, flow } = group;
    const tasks: Task[] = [];
    for (const task of group.tasks) {
      if (tasks.length === count) break;
      group.tasks.delete(task);
      tasks.push(task);
    }
    for (const { member } of tasks) member.backlog.waiting--;
    groups.delete(name);
    // Behind the other groups of its flow.
    if (group.tasks.size > 0) groups.set(name, group);
    virtualNow = flow.due;
    flow.due += Math.max(LEAST_MS, flow.batchMs ?? FIRST_GUESS_MS) * flow.weight;
    latestDue = Math.max(latestDue, flow.due);
    return tasks;
  }

  function enqueue(task: Task): void {
    const { order, group: name, retried } = task;
    // Who had much time while nobody else wanted any owes nothing.
    if (groups.size === 0 && idle().length === hands.length) virtualNow = latestDue;
    let group = groups.get(name);
    if (group === undefined) {
      const width = retried ? 1 : (order.backend.lanes?.width(order.job) ?? 1);
      group = { name, flow: flowOf(order), width, tasks: new Set() };
      groups.set(name, group);
    }
    group.tasks.add(task);
    task.member.backlog.waiting++;
  }

  function flowOf({ kdf, backend, job, call: { priority = 'normal' } }: Order): Flow {
    const magnitude = Math.ceil(Math.log2(jobCost(kdf, job).work));
    const name = `${priority} ${kdf} ${backend.name} ${magnitude}`;
    let flow = flows.get(name);
    if (flow === undefined) {
      flow = { weight: WEIGHTS[priority], due: 0, batchMs: undefined };
      flows.set(name, flow);
    }
    flow.due = Math.max(flow.due, virtualNow);
    return flow;
  }

  function work({ hand, bytes, ended }: Place, flow: Flow, tasks: readonly Task[]): void {
    hand.tasks = tasks;
    for (const { batches } of new Set(tasks.map(({ member }) => member))) {
      batches[tasks.length] = (batches[tasks.length] ?? 0) + 1;
    }
    const halt = new AbortController();
    hand.halt = halt;
    const grown = Math.max(0, bytes - hand.heldBytes);
    hand.heldBytes += grown;
    budget.begin(grown);
    const given = tasks.map(({ order }) => order) as unknown as Batch;
    const forget = tasks.map((task) => watch(task, () => haltIfUnheard(hand)));
    const since = performance.now();
    const run = () => hand.thread.run(given, halt.signal);
    (ended.length === 0 ? run() : Promise.all(ended).then(run))
      .then(
        (hashes) => {
          const durationMs = performance.now() - since;
          flow.batchMs = flow.batchMs === undefined ? durationMs : (3 * flow.batchMs + durationMs) / 4;
          for (const [index, task] of tasks.entries()) task.resolve(hashes[index] as Uint8Array);
        },
        (error: unknown) => failed(hand, tasks, error),
      )
      .finally(() => {
        for (const one of forget) one();
        hand.tasks = undefined;
        hand.halt = undefined;
        budget.end(0);
        if (hand === here || hand.thread.isAlive === false) forgetMemory(hand);
        dispatch();
      });
  }

  /** Where nobody waits for any of what it works on any more. */
  function haltIfUnheard({ tasks, halt }: Hand, reason?: unknown): void {
    if (tasks?.every(({ settled }) => settled)) halt?.abort(reason);
  }

  /** Tells when nobody waits for a running task any more. */
  function watch(task: Task, told: () => void): () => void {
    const { signal } = task.order.call;
    return signal === undefined ? () => {} : onAbort(signal, told);
  }

  function failed(hand: Hand, tasks: readonly Task[], error: unknown): void {
    if (error instanceof CannotStart) {
      hands = hands.filter((one) => one !== hand);
      if (hands.length === 0) goThreadless(error.message);
      again(tasks);
    } else if (error instanceof ThreadDied) {
      for (const task of tasks.filter(({ retried }) => retried)) task.reject(died(error));
      const once = tasks.filter(({ retried }) => !retried);
      for (const task of once) {
        task.retried = true;
        task.group += ' again';
      }
      again(once);
    } else {
      for (const task of tasks) task.reject(error);
    }
  }

  function goThreadless(reason: string): void {
    if (threadless === undefined) onThreadless(reason);
    threadless = { reason, since: performance.now() };
    hands = [here];
    // What has no slices is for others to do.
    for (const { tasks } of [...groups.values()]) {
      for (const task of tasks) if (task.order.backend.threadOnly) drop(task, new NoThread(reason));
    }
  }

  /** Memory may have been short, and is not any more. */
  function tryThreadsAgain(): void {
    if (threadless === undefined || hands[0] !== here || here.tasks !== undefined) return;
    if (performance.now() - threadless.since < retryMs) return;
    retryMs *= 2;
    hands = threads.map(handOf);
  }

  function again(tasks: readonly Task[]): void {
    const isThreadless = hands[0] === here && threads.length > 0;
    for (const task of tasks) {
      if (task.settled) continue;
      if (isThreadless && task.order.backend.threadOnly) task.reject(new NoThread(threadless?.reason ?? ''));
      else enqueue(task);
    }
  }

  function ask(hand: Hand, question: Question): void {
    hand.tasks = [];
    question
      .put(hand.thread)
      .catch((error: unknown) => failed(hand, [], error))
      .finally(() => {
        hand.tasks = undefined;
        dispatch();
      });
  }

  function join(backlog: Backlog, maxBytes = Number.POSITIVE_INFINITY): Pool {
    const member: Member = { backlog, maxBytes, tasks: new Set(), questions: new Set(), batches: {}, closed: false };
    return {
      run: (order) => submit(member, order as unknown as Order),
      probe: (candidate) => put(member, candidate as unknown as Candidate),
      remark: () => (hands[0] === here ? threadless?.reason : undefined),
      stats: () => ({
        threads: hands[0] === here ? 0 : hands.length,
        started: threads.filter(({ isAlive }) => isAlive).length,
        running: hands.reduce((sum, { tasks = [] }) => sum + tasks.filter((task) => task.member === member).length, 0),
        batches: { ...member.batches },
      }),
      async close() {
        member.closed = true;
        for (const task of [...member.tasks]) drop(task, closedError());
        for (const question of member.questions) question.reject(closedError());
        for (const hand of hands) haltIfUnheard(hand, closedError());
      },
    };
  }

  function submit(member: Member, order: Order): Promise<Uint8Array> {
    const { signal } = order.call;
    const { backlog, tasks } = member;
    if (member.closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(reasonOf(signal));
    tryThreadsAgain();
    if (hands[0] === here && threadless !== undefined && order.backend.threadOnly) {
      return Promise.reject(new NoThread(threadless.reason));
    }
    // Jobs that a free thread takes in a moment do not wait.
    if (backlog.waiting >= backlog.max + idle().length) return Promise.reject(queueFull(backlog.max));
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        if (task.settled) return;
        task.settled = true;
        tasks.delete(task);
        forget();
        done();
      };
      const task: Task = {
        member,
        order,
        group: groupOf(order),
        resolve: (hash) => settle(() => resolve(hash)),
        reject: (error) => settle(() => reject(error)),
        settled: false,
        retried: false,
      };
      tasks.add(task);
      const forget = signal === undefined ? () => {} : onAbort(signal, () => drop(task, reasonOf(signal)));
      enqueue(task);
      schedule();
    });
  }

  function put(member: Member, candidate: Candidate): Promise<string | undefined> {
    if (member.closed) return Promise.reject(closedError());
    tryThreadsAgain();
    return new Promise<string | undefined>((resolve, reject) => {
      let retried = false;
      const question: Question = {
        async put(thread) {
          if (member.closed) return;
          try {
            resolve(await thread.probe(candidate));
          } catch (error) {
            if (member.closed) return;
            if (!(error instanceof CannotStart || error instanceof ThreadDied)) return reject(error);
            if (error instanceof ThreadDied && retried) return reject(died(error));
            retried ||= error instanceof ThreadDied;
            questions.unshift(question);
            throw error;
          }
        },
        reject,
      };
      member.questions.add(question);
      questions.push(question);
      schedule();
    });
  }

  return {
    join,
    async close() {
      await Promise.all([...threads, fallback].map((thread) => thread.close()));
    },
  };

  function drop(task: Task, reason: unknown): void {
    const group = groups.get(task.group);
    if (group?.tasks.delete(task)) {
      task.member.backlog.waiting--;
      if (group.tasks.size === 0) groups.delete(group.name);
    }
    task.reject(reason);
  }
}

function handOf(thread: Thread): Hand {
  return { thread, tasks: undefined, halt: undefined, heldBytes: 0 };
}

/** The first jobs of a group, or all. */
function firstOf({ tasks }: Group, count: number): Task[] {
  const first: Task[] = [];
  for (const task of tasks) if (first.push(task) >= count) break;
  return first;
}

/** What a batch holds while it runs. */
function bytesOf(tasks: readonly Task[]): number {
  const [task] = tasks;
  if (task === undefined) return 0;
  const { kdf, backend, job } = task.order;
  const bytes = backend.lanes?.memoryBytes?.(tasks.map(({ order }) => order.job)) ?? jobCost(kdf, job).memoryBytes;
  return Number.isFinite(bytes) ? bytes : 0;
}

function isSooner(a: Flow, b: Flow): boolean {
  return a.due < b.due || (a.due === b.due && a.weight < b.weight);
}

/** What goes together: one kernel and one number of steps; where there are no lanes, jobs of one length. */
function groupOf<K extends CostlyKdf>({ kdf, backend, job, call }: Order<K>): string {
  const group = backend.lanes?.group(job) ?? jobCost(kdf, job).work;
  return `${call.priority ?? 'normal'} ${kdf} ${backend.name} ${group}`;
}

/** The least that one of those whose jobs come next may have. */
function leastBound(group: Group): number {
  return firstOf(group, group.width).reduce(
    (least, { member }) => Math.min(least, member.maxBytes),
    Number.POSITIVE_INFINITY,
  );
}

function died(cause: Error): DigestError {
  return digestError('ERR_BACKEND', 'the worker thread ended in the middle of a job, twice', { cause });
}

function queueFull(max: number): DigestError {
  return digestError('ERR_QUEUE_FULL', `${max} verifications are waiting already`, {
    limit: { param: 'maxQueue', max, actual: max + 1 },
    fix: 'try again later, or answer that the service is busy',
  });
}

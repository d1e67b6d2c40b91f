/**
 * Threads that take batches. A free thread takes at once what waits, as many jobs of one group as its lanes hold, and
 * never waits for more: one lone login runs alone at full speed, and a busy server fills the lanes.
 *
 * Jobs of different length take turns by the time that they have had (start-time fair queueing, Goyal and others, SIGCOMM
 * 1996): a login of a millisecond does not stand behind a hundred of a second each.
 */
import { type DigestError, digestError } from '../errors.js';
import type { CostlyKdf } from '../jobs.js';
import { onAbort } from '../kdf/abort.js';
import { jobCost } from '../kdf/cost.js';
import type { Candidate, Order, Priority } from '../kdf/executor.js';
import type { Backlog } from './lane.js';
import { type Batch, CannotStart, type Thread, ThreadDied } from './thread.js';

export interface Pool {
  run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array>;
  probe<K extends CostlyKdf>(candidate: Candidate<K>): Promise<string | undefined>;
  /** Why jobs run on the calling thread, where no other one can be started. */
  remark(): string | undefined;
  stats(): PoolStats;
  /** Rejects what waits and what runs with ERR_CLOSED, and ends the threads. */
  close(): Promise<void>;
}

export interface PoolStats {
  readonly threads: number;
  /** Jobs that are being computed. */
  readonly running: number;
  /** Batches so far by the number of jobs in them. */
  readonly batches: Readonly<Record<number, number>>;
}

/** How much of a turn a job is charged with: a high priority comes round sooner, and a low one still comes round. */
const WEIGHTS: Readonly<Record<Priority, number>> = { high: 0.25, normal: 1, low: 4 };
/** What a batch is charged with until one of its flow was timed. */
const FIRST_GUESS_MS = 10;

interface Task {
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
}

interface Question {
  put(thread: Thread): Promise<void>;
  reject(error: unknown): void;
}

/** @param fallback takes over where none of the threads can be started. */
export function createPool(threads: readonly Thread[], fallback: Thread, backlog: Backlog): Pool {
  const groups = new Map<string, Group>();
  const questions: Question[] = [];
  const flows = new Map<string, Flow>();
  const batches: Record<number, number> = {};
  let hands: Hand[] = threads.map(handOf);
  let threadless: string | undefined;
  let virtualNow = 0;
  let latestDue = 0;
  let scheduled = false;
  let closed = false;
  if (hands.length === 0) hands = [handOf(fallback)];

  const idle = (): Hand[] => hands.filter(({ tasks }) => tasks === undefined);

  /** After the caller's own task, so that jobs which come together are shared out over the free threads. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      dispatch();
    });
  }

  function dispatch(): void {
    const free = idle();
    for (const [index, hand] of free.entries()) {
      const question = questions.shift();
      if (question !== undefined) {
        ask(hand, question);
        continue;
      }
      const group = nextGroup();
      if (group === undefined) return;
      const share = Math.ceil(group.tasks.size / (free.length - index));
      work(hand, group.flow, take(group, Math.min(group.width, share)));
    }
  }

  function nextGroup(): Group | undefined {
    let next: Group | undefined;
    for (const group of groups.values()) if (next === undefined || isSooner(group.flow, next.flow)) next = group;
    return next;
  }

  function take(group: Group, count: number): Task[] {
    const { name, flow } = group;
    const tasks: Task[] = [];
    for (const task of group.tasks) {
      if (tasks.length === count) break;
      group.tasks.delete(task);
      tasks.push(task);
    }
    backlog.waiting -= tasks.length;
    groups.delete(name);
    // Behind the other groups of its flow.
    if (group.tasks.size > 0) groups.set(name, group);
    virtualNow = flow.due;
    flow.due += (flow.batchMs ?? FIRST_GUESS_MS) * flow.weight;
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
    backlog.waiting++;
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

  function work(hand: Hand, flow: Flow, tasks: readonly Task[]): void {
    hand.tasks = tasks;
    batches[tasks.length] = (batches[tasks.length] ?? 0) + 1;
    const halt = new AbortController();
    hand.halt = halt;
    const given = tasks.map(({ order }) => order) as unknown as Batch;
    const forget = tasks.map((task) => watch(task, () => tasks.every(({ settled }) => settled) && halt.abort()));
    const since = performance.now();
    hand.thread
      .run(given, halt.signal)
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
        dispatch();
      });
  }

  /** Tells when nobody waits for a running task any more. */
  function watch(task: Task, told: () => void): () => void {
    const { signal } = task.order.call;
    return signal === undefined ? () => {} : onAbort(signal, told);
  }

  function failed(hand: Hand, tasks: readonly Task[], error: unknown): void {
    if (error instanceof CannotStart) {
      hands = hands.filter((one) => one !== hand);
      if (hands.length === 0) {
        threadless = error.message;
        hands = [handOf(fallback)];
      }
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

  function again(tasks: readonly Task[]): void {
    for (const task of tasks) if (!task.settled) enqueue(task);
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

  return {
    run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      const { signal } = order.call;
      if (closed) return Promise.reject(closedError());
      if (signal?.aborted) return Promise.reject(signal.reason);
      // Jobs that a free thread takes in a moment do not wait.
      if (backlog.waiting >= backlog.max + idle().length) return Promise.reject(queueFull(backlog.max));
      return new Promise((resolve, reject) => {
        const settle = (done: () => void) => {
          if (task.settled) return;
          task.settled = true;
          forget();
          done();
        };
        const task: Task = {
          order: order as unknown as Order,
          group: groupOf(order),
          resolve: (hash) => settle(() => resolve(hash)),
          reject: (error) => settle(() => reject(error)),
          settled: false,
          retried: false,
        };
        const forget = signal === undefined ? () => {} : onAbort(signal, () => drop(task, signal.reason));
        enqueue(task);
        schedule();
      });
    },
    probe<K extends CostlyKdf>(candidate: Candidate<K>): Promise<string | undefined> {
      if (closed) return Promise.reject(closedError());
      return new Promise((resolve, reject) => {
        let retried = false;
        const question: Question = {
          async put(thread) {
            try {
              resolve(await thread.probe(candidate));
            } catch (error) {
              if (closed) return reject(closedError());
              if (!(error instanceof CannotStart || error instanceof ThreadDied)) return reject(error);
              if (error instanceof ThreadDied && retried) return reject(died(error));
              retried ||= error instanceof ThreadDied;
              questions.unshift(question);
              throw error;
            }
          },
          reject,
        };
        questions.push(question);
        schedule();
      });
    },
    remark: () => threadless,
    stats() {
      const running = hands.reduce((sum, { tasks }) => sum + (tasks?.length ?? 0), 0);
      return { threads: hands.length, running, batches: { ...batches } };
    },
    async close() {
      closed = true;
      for (const { tasks } of groups.values()) for (const task of tasks) drop(task, closedError());
      for (const question of questions.splice(0)) question.reject(closedError());
      for (const { tasks } of hands) for (const task of tasks ?? []) task.reject(closedError());
      const ended = [...threads, fallback].map((thread) => thread.close());
      // The calling thread has none to end: it stops at its next slice.
      for (const { halt } of hands) halt?.abort(closedError());
      await Promise.all(ended);
    },
  };

  function drop(task: Task, reason: unknown): void {
    const group = groups.get(task.group);
    if (group?.tasks.delete(task)) {
      backlog.waiting--;
      if (group.tasks.size === 0) groups.delete(group.name);
    }
    task.reject(reason);
  }
}

function handOf(thread: Thread): Hand {
  return { thread, tasks: undefined, halt: undefined };
}

function isSooner(a: Flow, b: Flow): boolean {
  return a.due < b.due || (a.due === b.due && a.weight < b.weight);
}

/** What goes together: one kernel and one number of steps; where there are no lanes, jobs of one length. */
function groupOf<K extends CostlyKdf>({ kdf, backend, job, call }: Order<K>): string {
  const group = backend.lanes?.group(job) ?? jobCost(kdf, job).work;
  return `${call.priority ?? 'normal'} ${kdf} ${backend.name} ${group}`;
}

function died(cause: Error): DigestError {
  return digestError('ERR_BACKEND', 'the worker thread ended in the middle of a job, twice', { cause });
}

function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'the verifier is closed');
}

function queueFull(max: number): DigestError {
  return digestError('ERR_QUEUE_FULL', `${max} verifications are waiting already`, {
    limit: { param: 'maxQueue', max, actual: max + 1 },
    fix: 'try again later, or answer that the service is busy',
  });
}

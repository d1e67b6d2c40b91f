/**
 * The engine's pool of worker threads without the threads: who is taken next, and how many at once. It has the rules of
 * src/engine/pool.ts, which a test holds it to.
 */

/** Jobs that can go together, and those that they take turns with. */
export interface JobClass {
  /** One name is one group. */
  readonly group: string;
  readonly flow: string;
  /** The most that go together. */
  readonly width: number;
  /** How much of a turn a job is charged with. */
  readonly weight: number;
}

export interface Batch<Job> {
  readonly jobs: readonly Job[];
  /** To be called when it is done. */
  done(durationMs: number): void;
}

export interface PoolModel<Job> {
  readonly waiting: number;
  readonly idle: number;
  enqueue(of: JobClass, job: Job): void;
  /** What the free threads take now. */
  dispatch(): Batch<Job>[];
}

/** What a batch is charged with until one of its flow was timed. */
const FIRST_GUESS_MS = 10;
/** And at least. */
const LEAST_MS = 0.01;

interface Flow {
  readonly weight: number;
  due: number;
  batchMs: number | undefined;
}

interface Group<Job> {
  readonly name: string;
  readonly flow: Flow;
  readonly width: number;
  /** From `from` on. */
  jobs: Job[];
  from: number;
}

export function createPoolModel<Job>(threads: number): PoolModel<Job> {
  const flows = new Map<string, Flow>();
  const groups = new Map<string, Group<Job>>();
  let waiting = 0;
  let idle = threads;
  let virtualNow = 0;
  let latestDue = 0;

  function flowOf({ flow: name, weight }: JobClass): Flow {
    let flow = flows.get(name);
    if (flow === undefined) {
      flow = { weight, due: 0, batchMs: undefined };
      flows.set(name, flow);
    }
    flow.due = Math.max(flow.due, virtualNow);
    return flow;
  }

  function nextGroup(): Group<Job> | undefined {
    let next: Group<Job> | undefined;
    for (const group of groups.values()) if (next === undefined || isSooner(group.flow, next.flow)) next = group;
    return next;
  }

  function take(group: Group<Job>, count: number): Job[] {
    const { flow } = group;
    const jobs = group.jobs.slice(group.from, group.from + count);
    group.from += jobs.length;
    waiting -= jobs.length;
    groups.delete(group.name);
    if (group.from < group.jobs.length) groups.set(group.name, group);
    if (group.from > 1024) {
      group.jobs = group.jobs.slice(group.from);
      group.from = 0;
    }
    virtualNow = flow.due;
    flow.due += Math.max(LEAST_MS, flow.batchMs ?? FIRST_GUESS_MS) * flow.weight;
    latestDue = Math.max(latestDue, flow.due);
    return jobs;
  }

  return {
    get waiting() {
      return waiting;
    },
    get idle() {
      return idle;
    },
    enqueue(of, job) {
      if (groups.size === 0 && idle === threads) virtualNow = latestDue;
      let group = groups.get(of.group);
      if (group === undefined) {
        group = { name: of.group, flow: flowOf(of), width: of.width, jobs: [], from: 0 };
        groups.set(of.group, group);
      }
      group.jobs.push(job);
      waiting++;
    },
    dispatch() {
      const batches: Batch<Job>[] = [];
      while (idle > 0) {
        const group = nextGroup();
        if (group === undefined) break;
        const share = Math.ceil((group.jobs.length - group.from) / idle);
        const { flow } = group;
        idle--;
        batches.push({
          jobs: take(group, Math.min(group.width, share)),
          done(durationMs) {
            flow.batchMs = flow.batchMs === undefined ? durationMs : (3 * flow.batchMs + durationMs) / 4;
            idle++;
          },
        });
      }
      return batches;
    },
  };
}

function isSooner(a: Flow, b: Flow): boolean {
  return a.due < b.due || (a.due === b.due && a.weight < b.weight);
}

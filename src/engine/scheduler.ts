/**
 * Whose turn it is, and which jobs go together: without threads, clocks or promises.
 *
 * Jobs of different length take turns by the time that they have had (start-time fair queueing, Goyal and others, SIGCOMM
 * 1996): a login of a millisecond does not wait for a hundred of a second each.
 */

/** How much of a turn a batch is charged with: a high priority comes round sooner, and a low one still comes round. */
export const WEIGHTS = { high: 0.25, normal: 1, low: 4 } as const;

/** What the scheduler has to know of a job. */
export interface JobClass {
  /** Jobs that take about as long, of one priority: fairness is between these. */
  readonly flow: string;
  /** The most that go together. */
  readonly width: number;
  /** How much of a turn a batch is charged with. */
  readonly weight: number;
}

/** It outlives its jobs, or those that come one at a time would never pay. */
interface Flow {
  readonly weight: number;
  /** Virtual time at which its next batch is due. */
  due: number;
  /** What a batch takes; undefined before any was timed. */
  batchMs: number | undefined;
}

/** Jobs that can go together. */
export interface Group<Job> {
  readonly name: string;
  readonly flow: Flow;
  readonly width: number;
  /** In the order in which they came. */
  readonly jobs: Set<Job>;
}

/**
 * What a batch is charged with until one of its flow was timed; and for ever where the clock does not advance, or else a low
 * priority would never come round.
 */
const FIRST_GUESS_MS = 10;

export class Scheduler<Job> {
  readonly #groups = new Map<string, Group<Job>>();
  readonly #flows = new Map<string, Flow>();
  #virtualNow = 0;
  #latestDue = 0;
  #waiting = 0;

  /** Jobs that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  *[Symbol.iterator](): Generator<Job, void, void> {
    for (const { jobs } of this.#groups.values()) yield* jobs;
  }

  /** @param isIdle nothing is being computed either. */
  add(job: Job, name: string, isIdle: boolean, classOf: (job: Job) => JobClass): void {
    // Time that a flow used while the others were idle is not charged.
    if (this.#groups.size === 0 && isIdle) this.#virtualNow = this.#latestDue;
    let group = this.#groups.get(name);
    if (group === undefined) {
      const { flow, width, weight } = classOf(job);
      group = { name, flow: this.#findFlow(flow, weight), width, jobs: new Set() };
      this.#groups.set(name, group);
    }
    group.jobs.add(job);
    this.#waiting++;
  }

  /** @returns whether it waited. */
  remove(job: Job, name: string): boolean {
    const group = this.#groups.get(name);
    if (!group?.jobs.delete(job)) return false;
    this.#waiting--;
    if (group.jobs.size === 0) this.#groups.delete(name);
    return true;
  }

  /** The group whose turn it is, of those that may come now. */
  next(mayCome: (group: Group<Job>) => boolean = () => true): Group<Job> | undefined {
    let next: Group<Job> | undefined;
    for (const group of this.#groups.values()) {
      if ((next === undefined || isSooner(group.flow, next.flow)) && mayCome(group)) next = group;
    }
    return next;
  }

  /** The first jobs of a group, which pays for one batch. */
  take(group: Group<Job>, count: number): Job[] {
    const { name, flow, jobs } = group;
    const taken = listFirst(group, count);
    if (taken.length === jobs.size) jobs.clear();
    else for (const job of taken) jobs.delete(job);
    this.#waiting -= taken.length;
    // After the other groups of its flow.
    if (jobs.size === 0 || this.#groups.size > 1) this.#groups.delete(name);
    if (jobs.size > 0) this.#groups.set(name, group);
    this.#virtualNow = flow.due;
    flow.due += (flow.batchMs || FIRST_GUESS_MS) * flow.weight;
    this.#latestDue = Math.max(this.#latestDue, flow.due);
    return taken;
  }

  /** What a batch of the group took. */
  recordDuration({ flow }: Group<Job>, durationMs: number): void {
    flow.batchMs = flow.batchMs === undefined ? durationMs : (3 * flow.batchMs + durationMs) / 4;
  }

  #findFlow(name: string, weight: number): Flow {
    let flow = this.#flows.get(name);
    if (flow === undefined) {
      flow = { weight, due: 0, batchMs: undefined };
      this.#flows.set(name, flow);
    }
    flow.due = Math.max(flow.due, this.#virtualNow);
    return flow;
  }
}

/** How many jobs of a group go together now: those that wait are shared out over the idle threads. */
export function countBatch<Job>({ width, jobs }: Group<Job>, idle: number): number {
  return Math.min(width, Math.ceil(jobs.size / idle));
}

/** The first jobs of a group, or all. */
export function listFirst<Job>({ jobs }: Group<Job>, count: number): Job[] {
  const first: Job[] = [];
  for (const job of jobs) if (first.push(job) >= count) break;
  return first;
}

function isSooner(a: Flow, b: Flow): boolean {
  return a.due < b.due || (a.due === b.due && a.weight < b.weight);
}

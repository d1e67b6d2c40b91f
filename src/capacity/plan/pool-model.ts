/** The engine's pool of worker threads without the threads: the engine's scheduler, driven by how many of them are idle. */
import { countBatch, type JobClass, Scheduler } from '../../engine/scheduler.js';

/** Jobs that can go together, and those that they take turns with. */
export interface ModelJobClass extends JobClass {
  /** One name is one group. */
  readonly group: string;
}

export interface ModelBatch<Job> {
  readonly jobs: readonly Job[];
  /** To be called when it is done. */
  done(durationMs: number): void;
}

export interface PoolModel<Job> {
  readonly waiting: number;
  readonly idle: number;
  enqueue(of: ModelJobClass, job: Job): void;
  /** What the free threads take now. */
  dispatch(): ModelBatch<Job>[];
}

/** Jobs are distinguished by identity. */
export function createPoolModel<Job>(threads: number): PoolModel<Job> {
  const scheduler = new Scheduler<Job>();
  let idle = threads;
  return {
    get waiting() {
      return scheduler.waiting;
    },
    get idle() {
      return idle;
    },
    enqueue(of, job) {
      scheduler.add(job, of.group, idle === threads, () => of);
    },
    dispatch() {
      const batches: ModelBatch<Job>[] = [];
      while (idle > 0) {
        const group = scheduler.next();
        if (group === undefined) break;
        const jobs = scheduler.take(group, countBatch(group, idle));
        idle--;
        batches.push({
          jobs,
          done(durationMs) {
            scheduler.recordDuration(group, durationMs);
            idle++;
          },
        });
      }
      return batches;
    },
  };
}

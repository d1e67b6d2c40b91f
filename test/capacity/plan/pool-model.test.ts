/** The model of the pool takes what the pool takes. */
import { afterEach, expect, test, vi } from 'vitest';
import { createPoolModel } from '../../../src/capacity/plan/pool-model.js';
import { seeded } from '../../../src/capacity/plan/random.js';
import { createPool } from '../../../src/engine/pool.js';
import type { Thread } from '../../../src/engine/thread.js';
import type { BcryptJob } from '../../../src/jobs.js';
import type { Backend } from '../../../src/kdf/contract.js';
import type { Priority } from '../../../src/kdf/executor.js';

afterEach(() => vi.restoreAllMocks());

const backend: Backend<BcryptJob> = {
  name: 'fake',
  kind: 'lanes',
  blocking: true,
  load: async () => () => new Uint8Array(),
  lanes: {
    width: ({ cost }) => 1 + (cost % 3),
    group: ({ cost }) => String(cost),
    load: async () => () => {
      throw new Error('nothing is derived');
    },
  },
};
const WEIGHTS: Readonly<Record<Priority, number>> = { high: 0.25, normal: 1, low: 4 };
const PRIORITIES = ['normal', 'normal', 'low', 'high'] as const;

/** What is under way, by the number of its thread. */
interface UnderWay {
  readonly ids: readonly number[];
  readonly since: number;
  finish(): void;
}

test.each([1, 2, 3, 4, 5, 6])(
  'jobs of several costs and priorities are taken in the same batches (%i threads)',
  async (threads) => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const real: UnderWay[] = [];
    const taken: number[][] = [];
    const thread = (): Thread => ({
      run: (batch) =>
        new Promise((resolve) => {
          const ids = batch.map(({ job }) => (job as BcryptJob).salt[0] ?? -1);
          taken.push(ids);
          real.push({ ids, since: clock, finish: () => resolve(batch.map(() => new Uint8Array())) });
        }),
      probe: async () => undefined,
      close: async () => {},
    });
    const pool = createPool(Array.from({ length: threads }, thread), thread(), { waiting: 0, max: 1e6 });
    const model = createPoolModel<number>(threads);
    const modelled: UnderWay[] = [];
    const modelTaken: number[][] = [];
    const dispatch = () => {
      for (const { jobs, done } of model.dispatch()) {
        modelTaken.push([...jobs]);
        const since = clock;
        modelled.push({ ids: jobs, since, finish: () => done(clock - since) });
      }
    };

    const random = seeded(threads);
    for (let id = 0, step = 0; step < 600; step++) {
      clock += 20 * random();
      if (random() < 0.62 && id < 250) {
        const cost = 8 + Math.floor(5 * random());
        const priority = PRIORITIES[Math.floor(PRIORITIES.length * random())] ?? 'normal';
        const job: BcryptJob = { password: new Uint8Array(), salt: Uint8Array.of(id), cost, variant: '2b' };
        void pool.run<'bcrypt'>({ kdf: 'bcrypt', backend, job, call: { priority } });
        const name = `${priority} ${cost}`;
        model.enqueue({ group: name, flow: name, width: 1 + (cost % 3), weight: WEIGHTS[priority] }, id);
        dispatch();
        id++;
      } else if (real.length > 0) {
        const index = Math.floor(real.length * random());
        real.splice(index, 1)[0]?.finish();
        modelled.splice(index, 1)[0]?.finish();
        dispatch();
      }
      await new Promise((resolve) => setImmediate(resolve));
      expect(modelTaken).toEqual(taken);
    }
    expect(taken.length).toBeGreaterThan(50);
    expect(Math.max(...taken.map(({ length }) => length))).toBe(3);
    void pool.close();
  },
);

/** Lanes or the native function, as measured: what is taken first, and what after the measuring. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { raceBackends } from '../../src/kdf/backend-race.js';
import type { Backend, DeriveMany, Lanes } from '../../src/kdf/contract.js';
import { exhaust, laneBackend } from '../../src/kdf/lanes.js';

interface Job {
  readonly kind: string;
  readonly by: string[];
}

afterEach(() => vi.restoreAllMocks());

/** Backends that take as long as the test says, on a clock of the test's. */
async function rivals(laneMs: number, nativeMs: number, guess = 2) {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
  const lanes: Lanes<Job> = {
    width: () => 3,
    group: ({ kind }) => kind,
    load: async () =>
      function* (jobs) {
        clock += laneMs;
        for (const { by } of jobs) by.push('lanes');
        yield;
        return jobs.map(() => new Uint8Array());
      },
  };
  const backend: Backend<Job> = raceBackends(laneBackend(lanes), {
    derive({ by }) {
      clock += nativeMs;
      by.push('native');
      return new Uint8Array();
    },
    kind: ({ kind }) => kind,
    lanes: () => 1,
    guess: () => guess,
    probe: ({ kind }) => ({ kind, by: [] }),
  });
  const deriveMany: DeriveMany<Job> = await (backend.lanes as Lanes<Job>).load();
  const used = (count: number, kind = 'a'): string[] => {
    const by: string[] = [];
    exhaust(deriveMany(Array.from({ length: count }, () => ({ kind, by }))));
    return [...new Set(by)];
  };
  const calibrate = (kind = 'a'): number => {
    let steps = 0;
    for (const _ of backend.calibrate?.({ kind, by: [] }) ?? []) steps++;
    return steps;
  };
  return { backend, used, calibrate };
}

describe('a backend that measures', () => {
  test('derives with what was guessed, before it has measured anything', async () => {
    const { used } = await rivals(1, 100);
    expect([used(1), used(2), used(3)]).toEqual([['native'], ['lanes'], ['lanes']]);
  });

  test('measures in many small steps, once for each kind', async () => {
    const { calibrate } = await rivals(1, 100);
    // Three runs of each: the native function, and one, two and three lanes; and one to warm up.
    expect(calibrate()).toBe(13);
    expect(calibrate()).toBe(0);
    expect(calibrate('b')).toBe(13);
  });

  test.each([
    [1, 100, [['lanes'], ['lanes'], ['lanes']]],
    [100, 1, [['native'], ['native'], ['native']]],
    [25, 10, [['native'], ['native'], ['lanes']]],
  ])('then takes what was faster: lanes %d ms, native %d ms', async (laneMs, nativeMs, expected) => {
    const { calibrate, used } = await rivals(laneMs, nativeMs);
    calibrate();
    expect([used(1), used(2), used(3)]).toEqual(expected);
    // Another kind is not measured yet.
    expect([used(1, 'b'), used(2, 'b')]).toEqual([['native'], ['lanes']]);
  });

  test('stays with the guess where there is next to no difference', async () => {
    const { calibrate, used } = await rivals(100, 101, 2);
    calibrate();
    expect(used(1)).toEqual(['native']);
  });

  test('is for threads that nothing else uses', async () => {
    expect((await rivals(1, 1)).backend.threadOnly).toBe(true);
  });
});

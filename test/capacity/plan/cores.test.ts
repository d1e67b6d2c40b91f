/** Cores that threads share, step by step. */
import { describe, expect, test } from 'vitest';
import { type Cores, createCores, type Running } from '../../../src/capacity/plan/cores.js';

/** Runs all to their end, and says when each was done. */
function ends(cores: Cores, works: readonly (readonly [name: string, ms: number, crowding?: number])[]) {
  const done: Record<string, number> = {};
  let now = 0;
  for (const [name, left, crowding = 1] of works) {
    const end = (): void => {
      done[name] = Math.round(100 * now) / 100;
    };
    cores.start({ left, crowding, done: end });
  }
  for (;;) {
    const { one, ms } = cores.soonest();
    if (one === undefined) return done;
    cores.advance(ms);
    now += ms;
    cores.remove(one);
    one.done();
  }
}

describe('cores', () => {
  test('are one for each thread while there are enough', () => {
    expect(
      ends(createCores(3), [
        ['a', 10],
        ['b', 20],
        ['c', 30],
      ]),
    ).toEqual({ a: 10, b: 20, c: 30 });
  });

  test('are shared by those who are on one of them', () => {
    expect(
      ends(createCores(1), [
        ['a', 10],
        ['b', 10],
        ['c', 10],
      ]),
    ).toEqual({ a: 30, b: 30, c: 30 });
    // c is on a's core: b does not notice.
    expect(
      ends(createCores(2), [
        ['a', 60],
        ['b', 60],
        ['c', 10],
      ]),
    ).toEqual({ c: 20, b: 60, a: 70 });
  });

  test('take over what waits elsewhere when they have nothing left', () => {
    // Until 10, c has done 5 of 30 on a's core; then it has b's, and a its own.
    expect(
      ends(createCores(2), [
        ['a', 30],
        ['b', 10],
        ['c', 30],
      ]),
    ).toEqual({ b: 10, a: 35, c: 35 });
  });

  test('are as busy as there are threads, and no busier', () => {
    const cores = createCores(2);
    const threads: Running[] = Array.from({ length: 3 }, () => ({ left: 1, crowding: 1, done() {} }));
    const busy = threads.map((one) => {
      cores.start(one);
      return cores.busy;
    });
    expect(busy).toEqual([1, 2, 2]);
    const then = threads.map((one) => {
      cores.remove(one);
      return cores.busy;
    });
    expect(then).toEqual([2, 1, 0]);
    expect(cores.soonest()).toEqual({ one: undefined, ms: Number.POSITIVE_INFINITY });
  });

  test('slow each other down by as many as are busy', () => {
    expect(ends(createCores(3), [['a', 10, 2]])).toEqual({ a: 10 });
    expect(
      ends(createCores(3), [
        ['a', 10, 2],
        ['b', 10, 2],
      ]),
    ).toEqual({ a: 15, b: 15 });
    expect(
      ends(createCores(3), [
        ['a', 10, 2],
        ['b', 10, 2],
        ['c', 10],
      ]),
    ).toEqual({ c: 10, a: 17.5, b: 17.5 });
  });
});

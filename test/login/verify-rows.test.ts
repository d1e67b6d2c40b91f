/** Rows in, verdicts out, without a verifier: what is read when, and how it ends. */
import { setMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createLife, type Life } from '../../src/engine/life.js';
import type { ManyInput } from '../../src/login/many.js';
import { verifyRows } from '../../src/login/verify-rows.js';
import type { Verdict } from '../../src/types.js';
import { turn } from '../support/orders.js';

interface Row extends ManyInput {
  readonly id: number;
}

const MISMATCH: Verdict = { outcome: 'mismatch' };
const rowOf = (id: number): Row => ({ id, password: 'x', passwordHasher: 'md5', passwordDigest: 'x' });

async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) await turn();
}

/** An iterator of `count` rows, synchronous, and verifications that the test ends. */
function setup(
  count: number,
  options: { concurrency?: number; signal?: AbortSignal; life?: Life } = {},
  maxQueue = 100,
) {
  const state = { read: 0, returned: 0, halted: 0 };
  const rows: Iterable<Row> = {
    [Symbol.iterator]: () => ({
      next() {
        if (state.read === count) return { done: true, value: undefined };
        return { done: false, value: rowOf(state.read++) };
      },
      return() {
        state.returned++;
        return { done: true, value: undefined };
      },
    }),
  };
  const begun = new Map<number, { resolve(verdict: Verdict): void; reject(error: unknown): void }>();
  const verdicts = verifyRows(rows, options, maxQueue, (row) => ({
    verify(halt) {
      setMaxListeners(0, halt);
      if (halt.aborted) state.halted++;
      halt.addEventListener('abort', () => state.halted++);
      return new Promise<Verdict>((resolve, reject) => begun.set(row.id, { resolve, reject }));
    },
    release() {},
  }));
  const end = (id: number) => begun.get(id)?.resolve(MISMATCH);
  return { state, verdicts, begun, end };
}

test.each([
  [{}, 1000, 64],
  [{ concurrency: 3 }, 1000, 3],
  [{ concurrency: 3 }, 2, 2],
  [{}, 5, 5],
])('with %j and room for %d, %d rows are read ahead', async (options, maxQueue, read) => {
  const { state, verdicts, begun } = setup(100, options, maxQueue);
  await settle();
  expect(state.read).toBe(0);
  const first = verdicts.next();
  await expect.poll(() => state.read).toBe(read);
  await settle();
  expect([state.read, begun.size]).toEqual([read, read]);
  const left = verdicts.return?.();
  expect(await first).toEqual({ done: true, value: undefined });
  await left;
});

test('a verdict that is there is delivered, and makes room for one row', async () => {
  const { state, verdicts, end } = setup(5, { concurrency: 2 });
  const first = verdicts.next();
  await settle();
  end(1);
  await settle();
  expect(state.read).toBe(2);
  end(0);
  expect(await first).toEqual({ done: false, value: { input: rowOf(0), verdict: MISMATCH } });
  expect(await verdicts.next()).toMatchObject({ value: { input: { id: 1 } } });
  expect(state.read).toBe(2);
  const third = verdicts.next();
  await settle();
  expect(state.read).toBe(4);
  end(2);
  expect(await third).toMatchObject({ value: { input: { id: 2 } } });
  await verdicts.return?.();
  expect(state.returned).toBe(1);
});

test('the end of the rows is the end, and the source is not closed again', async () => {
  const { state, verdicts, end } = setup(1);
  const first = verdicts.next();
  await settle();
  end(0);
  expect((await first).done).toBe(false);
  expect(await verdicts.next()).toEqual({ done: true, value: undefined });
  expect(state).toEqual({ read: 1, returned: 0, halted: 1 });
  const none = setup(0);
  expect(await none.verdicts.next()).toEqual({ done: true, value: undefined });
});

test('what is thrown while a row is verified is thrown in its place, and stops the others', async () => {
  const { state, verdicts, begun, end } = setup(5, { concurrency: 3 });
  const problem = new RangeError('broken');
  const first = verdicts.next();
  await settle();
  begun.get(1)?.reject(problem);
  end(0);
  expect(await first).toMatchObject({ value: { input: { id: 0 } } });
  await expect(verdicts.next()).rejects.toBe(problem);
  expect(state.returned).toBe(1);
  expect(state.halted).toBe(3);
  expect(await verdicts.next()).toEqual({ done: true, value: undefined });
});

test('a source that throws has its error after all that was read before', async () => {
  const problem = new Error('broken');
  let calls = 0;
  let returned = 0;
  const rows = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (calls++ === 1) throw problem;
        return { done: false, value: rowOf(0) };
      },
      async return() {
        returned++;
        return { done: true as const, value: undefined };
      },
    }),
  };
  const verdicts = verifyRows(rows, {}, 9, () => ({ verify: async () => MISMATCH, release() {} }));
  expect(await verdicts.next()).toMatchObject({ value: { input: { id: 0 } } });
  await expect(verdicts.next()).rejects.toBe(problem);
  expect([calls, returned]).toEqual([2, 0]);
});

test('an abort halts what is under way, reads no more, and is thrown after the last verdict', async () => {
  const controller = new AbortController();
  const { state, verdicts, end } = setup(9, { concurrency: 2, signal: controller.signal });
  const first = verdicts.next();
  await settle();
  controller.abort();
  expect(state.halted).toBe(2);
  end(0);
  end(1);
  expect(await first).toMatchObject({ value: { input: { id: 0 } } });
  expect(await verdicts.next()).toMatchObject({ value: { input: { id: 1 } } });
  await expect(verdicts.next()).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  expect(state).toMatchObject({ read: 2, returned: 1 });
});

test('after an abort nothing is begun of a row that is still being read', async () => {
  const controller = new AbortController();
  const given: ((row: Row) => void)[] = [];
  let begun = 0;
  const rows = {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise<{ done: false; value: Row }>((resolve) => given.push((value) => resolve({ done: false, value }))),
    }),
  };
  const verdicts = verifyRows(rows, { signal: controller.signal }, 9, () => {
    begun++;
    return { verify: async () => MISMATCH, release() {} };
  });
  const first = verdicts.next();
  await settle();
  controller.abort();
  await expect(first).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  given[0]?.(rowOf(0));
  await settle();
  expect(begun).toBe(0);
});

test('a signal that aborted before is noticed at the first verdict, and all is read before it without one', async () => {
  const aborted = setup(3, { signal: AbortSignal.abort() });
  await expect(aborted.verdicts.next()).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  expect(aborted.state.read).toBe(0);
});

test('an abort after the last row was read changes nothing', async () => {
  const controller = new AbortController();
  const { verdicts, end } = setup(1, { signal: controller.signal });
  const first = verdicts.next();
  await settle();
  controller.abort();
  end(0);
  expect(await first).toMatchObject({ value: { input: { id: 0 } } });
  expect(await verdicts.next()).toEqual({ done: true, value: undefined });
});

test('the signal is let go of at the end', async () => {
  const controller = new AbortController();
  const listeners = new Set<unknown>();
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = ((type: 'abort', listener: () => void, options?: { once?: boolean }) => {
    listeners.add(listener);
    add(type, listener, options);
  }) as never;
  signal.removeEventListener = ((type: 'abort', listener: () => void) => {
    listeners.delete(listener);
    remove(type, listener);
  }) as never;
  const { verdicts, end } = setup(1, { signal });
  const first = verdicts.next();
  await settle();
  expect(listeners.size).toBe(1);
  end(0);
  await first;
  await verdicts.next();
  expect(listeners.size).toBe(0);
});

test('rows that are promises are awaited', async () => {
  const rows = [Promise.resolve(rowOf(7))] as unknown as Row[];
  const verdicts = verifyRows(rows, {}, 9, () => ({ verify: async () => MISMATCH, release() {} }));
  expect(await verdicts.next()).toMatchObject({ value: { input: { id: 7 } } });
});

test('leaving by a throw gives it back, and closes the source', async () => {
  const { state, verdicts, end } = setup(5, { concurrency: 1 });
  const first = verdicts.next();
  await settle();
  end(0);
  await first;
  const problem = new Error('of the consumer');
  await expect(verdicts.throw?.(problem)).rejects.toBe(problem);
  expect(state.returned).toBe(1);
  expect(verdicts[Symbol.asyncIterator]()).toBe(verdicts);
});

test('what closing a source throws is thrown, but where it is in the middle of a read', async () => {
  const problem = new Error('closing failed');
  const source = (next: () => Promise<IteratorResult<Row>>) => ({
    [Symbol.asyncIterator]: () => ({
      next,
      return: () => Promise.reject(problem),
    }),
  });
  const take = () => ({ verify: async () => MISMATCH, release() {} });
  const idle = verifyRows(
    source(async () => ({ done: false, value: rowOf(0) })),
    { concurrency: 1 },
    9,
    take,
  );
  await idle.next();
  await expect(idle.return?.()).rejects.toBe(problem);
  const reading = verifyRows(
    source(() => new Promise(() => {})),
    {},
    9,
    take,
  );
  const first = reading.next();
  await settle();
  await reading.return?.();
  expect(await first).toEqual({ done: true, value: undefined });
});

test.each([
  ['no rows', undefined, undefined],
  ['null', null, undefined],
  ['a text', 'rows', undefined],
  ['an object', {}, undefined],
  ['a concurrency of nothing', [], 0],
  ['less than nothing', [], -1],
  ['half a concurrency', [], 1.5],
])('%s is wrong use', (_, rows, concurrency) => {
  const take = () => ({ verify: async () => MISMATCH, release() {} });
  expect(() => verifyRows(rows as never, { concurrency }, 9, take)).toThrow(TypeError);
});

describe('the end of the verifier', () => {
  const waiting = () => ({
    async *[Symbol.asyncIterator]() {
      yield rowOf(0);
      await new Promise(() => {});
    },
  });

  test('ends a read that never comes back, after the verdicts that are due', async () => {
    const life = createLife();
    const verdicts = verifyRows(waiting(), { life }, 9, () => ({ verify: async () => MISMATCH, release() {} }));
    expect(await verdicts.next()).toMatchObject({ value: { input: { id: 0 } } });
    const next = verdicts.next();
    await settle();
    life.end();
    await expect(next).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(await verdicts.next()).toEqual({ done: true, value: undefined });
  });

  test('before the first row reads nothing', async () => {
    const life = createLife();
    life.end();
    const { state, verdicts } = setup(9, { life });
    await expect(verdicts.next()).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(state.read).toBe(0);
  });

  test('after the last row changes nothing', async () => {
    const life = createLife();
    const { verdicts, end } = setup(1, { life });
    const first = verdicts.next();
    await settle();
    life.end();
    end(0);
    expect(await first).toMatchObject({ value: { input: { id: 0 } } });
    expect(await verdicts.next()).toEqual({ done: true, value: undefined });
  });
});

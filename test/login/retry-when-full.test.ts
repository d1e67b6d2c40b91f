/** Rows that find all full, without a verifier: when each is tried again, and when it is released. */
import { expect, test } from 'vitest';
import { digestError } from '../../src/errors.js';
import { retryWhenFull } from '../../src/login/retry-when-full.js';
import type { Verdict } from '../../src/types.js';
import { turn } from '../support/orders.js';

const FULL: Verdict = { outcome: 'rejected', error: digestError('ERR_QUEUE_FULL', 'full') };
const ABORTED: Verdict = { outcome: 'rejected', error: digestError('ERR_ABORTED', 'aborted') };
const MISMATCH: Verdict = { outcome: 'mismatch' };

/** Verifications by the name of their row, each ended by the test. */
function rows() {
  const { signal } = new AbortController();
  const log: string[] = [];
  const pending = new Map<string, { resolve(verdict: Verdict): void; reject(error: unknown): void }>();
  const verify = retryWhenFull((name: string) => {
    log.push(`take ${name}`);
    return {
      verify(halt) {
        expect(halt).toBe(signal);
        log.push(`verify ${name}`);
        return new Promise<Verdict>((resolve, reject) => pending.set(name, { resolve, reject }));
      },
      release: () => void log.push(`release ${name}`),
    };
  }, signal);
  const end = async (name: string, verdict: Verdict) => {
    pending.get(name)?.resolve(verdict);
    for (let i = 0; i < 4; i++) await turn();
  };
  return { log, verify, end, pending };
}

test('a row is taken once, verified once and released after that', async () => {
  const { log, verify, end } = rows();
  const verdict = verify('a');
  expect(log).toEqual(['take a', 'verify a']);
  await end('a', MISMATCH);
  expect(await verdict).toBe(MISMATCH);
  expect(log).toEqual(['take a', 'verify a', 'release a']);
});

test('a row that finds all full waits for another one to finish, and is tried again', async () => {
  const { log, verify, end } = rows();
  const [a, b] = [verify('a'), verify('b')];
  await end('b', FULL);
  expect(log).toEqual(['take a', 'verify a', 'take b', 'verify b']);
  await end('a', MISMATCH);
  expect(await a).toBe(MISMATCH);
  expect(log.slice(4)).toEqual(['release a', 'verify b']);
  await end('b', MISMATCH);
  expect(await b).toBe(MISMATCH);
  expect(log.slice(6)).toEqual(['release b']);
});

test('all that wait are tried again at once, and those that find all full do not wake each other', async () => {
  const { log, verify, end } = rows();
  const all = ['a', 'b', 'c'].map(verify);
  await end('b', FULL);
  await end('c', FULL);
  expect(log.filter((line) => line.startsWith('verify'))).toEqual(['verify a', 'verify b', 'verify c']);
  await end('a', MISMATCH);
  expect(log.slice(6)).toEqual(['release a', 'verify b', 'verify c']);
  await end('b', FULL);
  expect(log.slice(9)).toEqual([]);
  await end('c', MISMATCH);
  expect(log.slice(9)).toEqual(['release c', 'verify b']);
  await end('b', MISMATCH);
  expect(await Promise.all(all)).toEqual([MISMATCH, MISMATCH, MISMATCH]);
});

test('a row that finds all full where no other is under way has that for its answer', async () => {
  const { log, verify, end } = rows();
  const a = verify('a');
  await end('a', FULL);
  expect(await a).toBe(FULL);
  expect(log).toEqual(['take a', 'verify a', 'release a']);
  const [b, c] = [verify('b'), verify('c')];
  await end('b', FULL);
  await end('c', FULL);
  expect(await c).toBe(FULL);
  await end('b', FULL);
  expect(await b).toBe(FULL);
});

test('a row that is refused for another reason is not tried again', async () => {
  const { log, verify, end } = rows();
  const [a, b] = [verify('a'), verify('b')];
  await end('b', ABORTED);
  expect(await b).toBe(ABORTED);
  expect(log).toContain('release b');
  await end('a', MISMATCH);
  expect(await a).toBe(MISMATCH);
  expect(log.filter((line) => line === 'verify b')).toHaveLength(1);
});

test('a verification that throws is released, and wakes those that wait', async () => {
  const { log, verify, end, pending } = rows();
  const [a, b] = [verify('a'), verify('b')];
  await end('b', FULL);
  const problem = new RangeError('broken');
  pending.get('a')?.reject(problem);
  await expect(a).rejects.toBe(problem);
  await turn();
  expect(log.slice(4)).toEqual(['release a', 'verify b']);
  await end('b', MISMATCH);
  expect(await b).toBe(MISMATCH);
});

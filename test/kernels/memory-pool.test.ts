/** Memory that kernels share one after the other: kept, dropped, wiped. */
import { describe, expect, test, vi } from 'vitest';
import type { ScryptJob } from '../../src/jobs.js';
import { argon2Slices } from '../../src/kdf/argon2/slices.js';
import type { Slices } from '../../src/kdf/contract.js';
import { inTurns } from '../../src/kdf/lanes.js';
import { laneScrypt } from '../../src/kdf/scrypt/lanes.js';
import { compileKernel } from '../../src/kernels/load.js';
import { type MemoryLease, WasmMemoryPool } from '../../src/kernels/memory-pool.js';

const PAGE = 65_536;
const noFunctions = () => ({});

function dirty(lease: MemoryLease): void {
  lease.memory.fill(0xa5);
}

/** All slices at once. */
function release(lease: MemoryLease): void {
  for (const _ of lease.release());
}

describe('a memory that was given back', () => {
  test('is the next job’s, zero, where it is not too large to keep', () => {
    const pool = new WasmMemoryPool(4 * PAGE);
    const first = pool.lease(noFunctions, 3 * PAGE);
    dirty(first);
    release(first);
    const next = pool.lease(noFunctions, 2 * PAGE);
    expect(next.memory.buffer).toBe(first.memory.buffer);
    expect(next.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('is the next job’s, however large, and dropped where it is too large and none comes', () => {
    const due: (() => void)[] = [];
    const pool = new WasmMemoryPool(2 * PAGE, (callback) => due.push(callback));
    const first = pool.lease(noFunctions, 3 * PAGE);
    release(first);
    const next = pool.lease(noFunctions, PAGE);
    expect(next.memory.buffer).toBe(first.memory.buffer);
    // While it is used, it is not idle.
    due[0]?.();
    release(next);
    expect(pool.lease(noFunctions, PAGE).memory.buffer).toBe(first.memory.buffer);
    expect(due).toHaveLength(2);
  });

  test('is dropped where it is too large and none comes for a while', () => {
    const due: (() => void)[] = [];
    const pool = new WasmMemoryPool(2 * PAGE, (callback) => due.push(callback));
    const first = pool.lease(noFunctions, 3 * PAGE);
    release(first);
    due[0]?.();
    expect(pool.lease(noFunctions, PAGE).memory.buffer).not.toBe(first.memory.buffer);
  });

  test('is wiped also where it is dropped', () => {
    const pool = new WasmMemoryPool(0);
    const lease = pool.lease(noFunctions, PAGE);
    dirty(lease);
    release(lease);
    expect(lease.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('grows for a larger job, and the new part is zero too', () => {
    const pool = new WasmMemoryPool(8 * PAGE);
    const first = pool.lease(noFunctions, PAGE);
    dirty(first);
    release(first);
    const next = pool.lease(noFunctions, 5 * PAGE + 1);
    expect(next.memory.length).toBe(5 * PAGE + 1);
    expect(next.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('is wiped in slices, also those that are left where it is abandoned', () => {
    const pool = new WasmMemoryPool();
    const lease = pool.lease(noFunctions, 24 * 2 ** 20);
    dirty(lease);
    const slices = lease.release();
    expect(slices.next().done).toBe(false);
    expect(slices.return().done).toBe(false);
    expect(lease.memory[0]).toBe(0xa5);
    for (const _ of slices);
    expect(lease.memory.every((byte) => byte === 0)).toBe(true);
    expect(pool.lease(noFunctions, PAGE).memory.buffer).toBe(lease.memory.buffer);
  });
});

test('two jobs at once have two memories, and one of them is kept', () => {
  const pool = new WasmMemoryPool();
  const [first, second] = [pool.lease(noFunctions, PAGE), pool.lease(noFunctions, PAGE)];
  expect(first.memory.buffer).not.toBe(second.memory.buffer);
  release(first);
  release(second);
  expect(pool.lease(noFunctions, PAGE).memory.buffer).toBe(second.memory.buffer);
});

test('a kernel is linked once with a memory that stays', () => {
  const pool = new WasmMemoryPool();
  let links = 0;
  const link = () => {
    links++;
    return {};
  };
  for (let job = 0; job < 3; job++) release(pool.lease(link, PAGE));
  expect(links).toBe(1);
});

describe('a computation that is aborted on the calling thread', () => {
  const MB = 2 ** 20;
  const password = Uint8Array.of(1);
  const scryptJob: ScryptJob = { password, salt: new Uint8Array(8), N: 2 ** 15, r: 8, p: 1, dkLen: 32 };
  const argon2Job = {
    type: 'argon2id',
    version: 19,
    password,
    salt: new Uint8Array(16),
    m: 32_768,
    t: 1,
    p: 1,
    dkLen: 32,
  } as const;

  test.each<[name: string, slices: (pool: WasmMemoryPool) => Promise<Slices>]>([
    ['scrypt', async (pool) => (await laneScrypt(pool).lanes?.load())?.([scryptJob]) as Slices],
    [
      'argon2',
      async (pool) => {
        const link = await compileKernel('argon2');
        return argon2Slices(argon2Job, (bytes) => pool.lease(link, bytes));
      },
    ],
  ])('of %s wipes its memory in slices, and others have their turns between them', async (_, slicesOf) => {
    const pool = new WasmMemoryPool();
    let lease: MemoryLease | undefined;
    const original = pool.lease.bind(pool);
    vi.spyOn(pool, 'lease').mockImplementation((link, bytes) => {
      lease = original(link, bytes);
      return lease;
    });
    const halt = new AbortController();
    const running = inTurns(await slicesOf(pool), { signal: halt.signal, tickMs: 0 });
    const ended = running.catch((reason: unknown) => reason);
    while (lease === undefined) await new Promise((resolve) => setImmediate(resolve));
    const { memory } = lease;
    const wiped: number[] = [];
    let turns = 0;
    const fill = memory.fill.bind(memory);
    memory.fill = (value, from = 0, to = memory.length) => {
      wiped.push(to - from);
      setImmediate(() => turns++);
      return fill(value, from, to);
    };
    halt.abort('enough');
    expect(await ended).toBe('enough');
    const whole = wiped.filter((bytes) => bytes > 0);
    expect(whole.reduce((sum, bytes) => sum + bytes, 0)).toBe(memory.length);
    expect(whole.length).toBeGreaterThanOrEqual(memory.length / (8 * MB));
    expect(Math.max(...whole)).toBeLessThanOrEqual(8 * MB);
    expect(turns).toBeGreaterThanOrEqual(whole.length - 1);
    expect(memory.every((byte) => byte === 0)).toBe(true);
    // It was given back.
    expect(original(() => ({}), PAGE).memory.buffer).toBe(memory.buffer);
  });
});

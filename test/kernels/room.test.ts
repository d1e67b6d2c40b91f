/** Memory that kernels share one after the other: kept, dropped, wiped. */
import { describe, expect, test, vi } from 'vitest';
import type { ScryptJob } from '../../src/jobs.js';
import { argon2Slices } from '../../src/kdf/argon2/slices.js';
import type { Slices } from '../../src/kdf/contract.js';
import { inTurns } from '../../src/kdf/lanes.js';
import { laneScrypt } from '../../src/kdf/scrypt/lanes.js';
import { compileKernel } from '../../src/kernels/load.js';
import { type Room, Rooms } from '../../src/kernels/room.js';

const PAGE = 65_536;
const noFunctions = () => ({});

function dirty(room: Room): void {
  room.memory.fill(0xa5);
}

/** All slices at once. */
function leave(room: Room): void {
  for (const _ of room.leave());
}

describe('a memory that was given back', () => {
  test('is the next job’s, zero, where it is not too large to keep', () => {
    const rooms = new Rooms(4 * PAGE);
    const first = rooms.enter(noFunctions, 3 * PAGE);
    dirty(first);
    leave(first);
    const next = rooms.enter(noFunctions, 2 * PAGE);
    expect(next.memory.buffer).toBe(first.memory.buffer);
    expect(next.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('is the next job’s, however large, and dropped where it is too large and none comes', () => {
    const due: (() => void)[] = [];
    const rooms = new Rooms(2 * PAGE, (callback) => due.push(callback));
    const first = rooms.enter(noFunctions, 3 * PAGE);
    leave(first);
    const next = rooms.enter(noFunctions, PAGE);
    expect(next.memory.buffer).toBe(first.memory.buffer);
    // While it is used, it is not idle.
    due[0]?.();
    leave(next);
    expect(rooms.enter(noFunctions, PAGE).memory.buffer).toBe(first.memory.buffer);
    expect(due).toHaveLength(2);
  });

  test('is dropped where it is too large and none comes for a while', () => {
    const due: (() => void)[] = [];
    const rooms = new Rooms(2 * PAGE, (callback) => due.push(callback));
    const first = rooms.enter(noFunctions, 3 * PAGE);
    leave(first);
    due[0]?.();
    expect(rooms.enter(noFunctions, PAGE).memory.buffer).not.toBe(first.memory.buffer);
  });

  test('is wiped also where it is dropped', () => {
    const rooms = new Rooms(0);
    const room = rooms.enter(noFunctions, PAGE);
    dirty(room);
    leave(room);
    expect(room.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('grows for a larger job, and the new part is zero too', () => {
    const rooms = new Rooms(8 * PAGE);
    const first = rooms.enter(noFunctions, PAGE);
    dirty(first);
    leave(first);
    const next = rooms.enter(noFunctions, 5 * PAGE + 1);
    expect(next.memory.length).toBe(5 * PAGE + 1);
    expect(next.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('is wiped in slices, also those that are left where it is abandoned', () => {
    const rooms = new Rooms();
    const room = rooms.enter(noFunctions, 24 * 2 ** 20);
    dirty(room);
    const slices = room.leave();
    expect(slices.next().done).toBe(false);
    expect(slices.return().done).toBe(false);
    expect(room.memory[0]).toBe(0xa5);
    for (const _ of slices);
    expect(room.memory.every((byte) => byte === 0)).toBe(true);
    expect(rooms.enter(noFunctions, PAGE).memory.buffer).toBe(room.memory.buffer);
  });
});

test('two jobs at once have two memories, and one of them is kept', () => {
  const rooms = new Rooms();
  const [first, second] = [rooms.enter(noFunctions, PAGE), rooms.enter(noFunctions, PAGE)];
  expect(first.memory.buffer).not.toBe(second.memory.buffer);
  leave(first);
  leave(second);
  expect(rooms.enter(noFunctions, PAGE).memory.buffer).toBe(second.memory.buffer);
});

test('a kernel is linked once with a memory that stays', () => {
  const rooms = new Rooms();
  let links = 0;
  const link = () => {
    links++;
    return {};
  };
  for (let job = 0; job < 3; job++) leave(rooms.enter(link, PAGE));
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

  test.each<[name: string, slices: (rooms: Rooms) => Promise<Slices>]>([
    ['scrypt', async (rooms) => (await laneScrypt(rooms).lanes?.load())?.([scryptJob]) as Slices],
    [
      'argon2',
      async (rooms) => {
        const link = await compileKernel('argon2');
        return argon2Slices(argon2Job, (bytes) => rooms.enter(link, bytes));
      },
    ],
  ])('of %s wipes its memory in slices, and others have their turns between them', async (_, slicesOf) => {
    const rooms = new Rooms();
    let room: Room | undefined;
    const enter = rooms.enter.bind(rooms);
    vi.spyOn(rooms, 'enter').mockImplementation((link, bytes) => {
      room = enter(link, bytes);
      return room;
    });
    const halt = new AbortController();
    const running = inTurns(await slicesOf(rooms), { signal: halt.signal, tickMs: 0 });
    const ended = running.catch((reason: unknown) => reason);
    while (room === undefined) await new Promise((resolve) => setImmediate(resolve));
    const { memory } = room;
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
    expect(enter(() => ({}), PAGE).memory.buffer).toBe(memory.buffer);
  });
});

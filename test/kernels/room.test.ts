/** Memory that kernels share one after the other: kept, dropped, wiped. */
import { describe, expect, test } from 'vitest';
import { type Room, Rooms } from '../../src/kernels/room.js';

const PAGE = 65_536;
const noFunctions = () => ({});

function dirty(room: Room): void {
  room.memory.fill(0xa5);
}

describe('a memory that was given back', () => {
  test('is the next job’s, zero, where it is not too large to keep', () => {
    const rooms = new Rooms(4 * PAGE);
    const first = rooms.enter(noFunctions, 3 * PAGE);
    dirty(first);
    first.leave();
    const next = rooms.enter(noFunctions, 2 * PAGE);
    expect(next.memory.buffer).toBe(first.memory.buffer);
    expect(next.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('is the next job’s, however large, and dropped where it is too large and none comes', () => {
    const due: (() => void)[] = [];
    const rooms = new Rooms(2 * PAGE, (callback) => due.push(callback));
    const first = rooms.enter(noFunctions, 3 * PAGE);
    first.leave();
    const next = rooms.enter(noFunctions, PAGE);
    expect(next.memory.buffer).toBe(first.memory.buffer);
    // While it is used, it is not idle.
    due[0]?.();
    next.leave();
    expect(rooms.enter(noFunctions, PAGE).memory.buffer).toBe(first.memory.buffer);
    expect(due).toHaveLength(2);
  });

  test('is dropped where it is too large and none comes for a while', () => {
    const due: (() => void)[] = [];
    const rooms = new Rooms(2 * PAGE, (callback) => due.push(callback));
    const first = rooms.enter(noFunctions, 3 * PAGE);
    first.leave();
    due[0]?.();
    expect(rooms.enter(noFunctions, PAGE).memory.buffer).not.toBe(first.memory.buffer);
  });

  test('is wiped also where it is dropped', () => {
    const rooms = new Rooms(0);
    const room = rooms.enter(noFunctions, PAGE);
    dirty(room);
    room.leave();
    expect(room.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('grows for a larger job, and the new part is zero too', () => {
    const rooms = new Rooms(8 * PAGE);
    const first = rooms.enter(noFunctions, PAGE);
    dirty(first);
    first.leave();
    const next = rooms.enter(noFunctions, 5 * PAGE + 1);
    expect(next.memory.length).toBe(5 * PAGE + 1);
    expect(next.memory.every((byte) => byte === 0)).toBe(true);
  });

  test('is wiped in slices that need not all be run', () => {
    const room = new Rooms().enter(noFunctions, 24 * 2 ** 20);
    dirty(room);
    const slices = room.wipe();
    expect(slices.next().done).toBe(false);
    expect(room.memory[0]).toBe(0xa5);
    room.leave();
    expect(room.memory.every((byte) => byte === 0)).toBe(true);
  });
});

test('two jobs at once have two memories, and one of them is kept', () => {
  const rooms = new Rooms();
  const [first, second] = [rooms.enter(noFunctions, PAGE), rooms.enter(noFunctions, PAGE)];
  expect(first.memory.buffer).not.toBe(second.memory.buffer);
  first.leave();
  second.leave();
  expect(rooms.enter(noFunctions, PAGE).memory.buffer).toBe(second.memory.buffer);
});

test('a kernel is linked once with a memory that stays', () => {
  const rooms = new Rooms();
  let links = 0;
  const link = () => {
    links++;
    return {};
  };
  for (let job = 0; job < 3; job++) rooms.enter(link, PAGE).leave();
  expect(links).toBe(1);
});

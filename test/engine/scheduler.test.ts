/** The scheduler: whose turn it is. What goes together and when is tested with the pool. */
import { describe, expect, test } from 'vitest';
import { type JobClass, Scheduler } from '../../src/engine/scheduler.js';

const HIGH: JobClass = { flow: 'high', width: 1, weight: 0.25 };
const LOW: JobClass = { flow: 'low', width: 1, weight: 4 };

/** Takes the next job; another one of the same class comes in its place. */
function turnsOf(scheduler: Scheduler<object>, count: number, durationMs: number): string[] {
  const turns: string[] = [];
  for (let i = 0; i < count; i++) {
    const group = scheduler.next();
    if (group === undefined) break;
    scheduler.take(group, 1);
    scheduler.recordDuration(group, durationMs);
    turns.push(group.name);
    scheduler.add({}, group.name, false, () => (group.name === 'high' ? HIGH : LOW));
  }
  return turns;
}

describe('a low priority', () => {
  test.each([10, 0.5, 0])('is served next to a high one where each batch takes %d ms', (durationMs) => {
    const scheduler = new Scheduler<object>();
    scheduler.add({}, 'high', true, () => HIGH);
    scheduler.add({}, 'low', true, () => LOW);
    const turns = turnsOf(scheduler, 2000, durationMs);
    const low = turns.filter((name) => name === 'low').length;
    expect(low).toBeGreaterThan(1);
    expect(low).toBeLessThan(turns.length / 4);
  });
});

describe('jobs', () => {
  test('are counted, taken in their order and let go of', () => {
    const scheduler = new Scheduler<string>();
    for (const job of ['a', 'b', 'c', 'd']) scheduler.add(job, 'one', true, () => ({ ...HIGH, width: 2 }));
    expect(scheduler.waiting).toBe(4);
    expect(scheduler.remove('b', 'one')).toBe(true);
    expect(scheduler.remove('b', 'one')).toBe(false);
    expect(scheduler.remove('a', 'another')).toBe(false);
    const group = scheduler.next();
    expect(group && scheduler.take(group, 2)).toEqual(['a', 'c']);
    expect([...scheduler]).toEqual(['d']);
    expect(scheduler.remove('d', 'one')).toBe(true);
    expect(scheduler.waiting).toBe(0);
    expect(scheduler.next()).toBeUndefined();
  });

  test('that may not come now are passed', () => {
    const scheduler = new Scheduler<string>();
    scheduler.add('a', 'first', true, () => HIGH);
    scheduler.add('b', 'second', true, () => LOW);
    expect(scheduler.next(({ name }) => name !== 'first')?.name).toBe('second');
    expect(scheduler.next(() => false)).toBeUndefined();
  });
});

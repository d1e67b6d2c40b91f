/** A lane: width, order, bound, abort, close. Its jobs are promises that the test settles. */
import { describe, expect, test } from 'vitest';
import { type Backlog, type ConcurrencyLimiter, createLimiter } from '../../src/engine/limiter.js';
import { type Deferred, deferred, outcomes, turn } from '../support/orders.js';

interface Job {
  readonly name: string;
  readonly work: Deferred<string>;
  readonly outcome: Promise<string>;
}

/** A lane whose jobs are told in the order in which they start and are halted. */
function watched(width: number, max = 100, backlog: Backlog = { waiting: 0, max }) {
  const lane: ConcurrencyLimiter = createLimiter(width, backlog);
  const started: string[] = [];
  const halted: string[] = [];
  function run(name: string, signal?: AbortSignal): Job {
    const work = deferred<string>();
    const outcome = lane.run((halt) => {
      started.push(name);
      halt.addEventListener('abort', () => halted.push(name));
      return work.promise;
    }, signal);
    // A rejection that the test looks at later is handled by then.
    outcome.catch(() => {});
    return { name, work, outcome };
  }
  return { lane, backlog, started, halted, run };
}

describe('a lane', () => {
  test('starts as many jobs as it is wide, and the next one when one ends', async () => {
    const { run, started } = watched(2);
    const [a, b, c] = ['a', 'b', 'c', 'd'].map((name) => run(name));
    expect(started).toEqual(['a', 'b']);
    b?.work.resolve('B');
    expect(await b?.outcome).toBe('B');
    await turn();
    expect(started).toEqual(['a', 'b', 'c']);
    a?.work.reject(new Error('broken'));
    await expect(a?.outcome).rejects.toThrow('broken');
    await turn();
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    c?.work.resolve('C');
    expect(await c?.outcome).toBe('C');
  });

  test('refuses more than may wait, and takes the next when one has left', async () => {
    const { run, backlog } = watched(1, 2);
    const jobs = ['a', 'b', 'c', 'd'].map((name) => run(name));
    await expect(jobs[3]?.outcome).rejects.toMatchObject({
      code: 'ERR_QUEUE_FULL',
      limit: { param: 'maxQueue', max: 2, actual: 3 },
    });
    expect(backlog.waiting).toBe(2);
    jobs[0]?.work.resolve('A');
    await turn();
    expect(backlog.waiting).toBe(1);
    run('e');
    await expect(run('f').outcome).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
  });

  test('shares its bound with others, and refuses nothing that can start at once', async () => {
    const backlog: Backlog = { waiting: 0, max: 1 };
    const [one, other] = [watched(1, 1, backlog), watched(1, 1, backlog)];
    one.run('a');
    one.run('b');
    other.run('c');
    expect(other.started).toEqual(['c']);
    await expect(other.run('d').outcome).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
  });

  test('lets go of a waiting job on abort, and leaves the others', async () => {
    const { run, started, backlog } = watched(1);
    const controller = new AbortController();
    const a = run('a');
    const b = run('b', controller.signal);
    run('c');
    controller.abort('enough');
    await expect(b.outcome).rejects.toBe('enough');
    expect(backlog.waiting).toBe(1);
    a.work.resolve('A');
    await turn();
    expect(started).toEqual(['a', 'c']);
  });

  test('answers for a running job on abort at once, and halts it; its place is free when it has ended', async () => {
    const { run, started, halted } = watched(1);
    const controller = new AbortController();
    const a = run('a', controller.signal);
    run('b');
    controller.abort('enough');
    await expect(a.outcome).rejects.toBe('enough');
    expect(halted).toEqual(['a']);
    await turn();
    expect(started).toEqual(['a']);
    a.work.resolve('too late');
    await turn();
    expect(started).toEqual(['a', 'b']);
  });

  test('does not start a job whose signal is aborted already', async () => {
    const { run, started } = watched(1);
    await expect(run('a', AbortSignal.abort('before')).outcome).rejects.toBe('before');
    expect(started).toEqual([]);
  });

  test('settles what waits and what runs when it closes, and takes nothing more', async () => {
    const { lane, run, started, halted, backlog } = watched(1);
    const jobs = [run('a'), run('b')];
    lane.close();
    jobs.push(run('c'));
    expect(await outcomes(jobs.map(({ outcome }) => outcome))).toEqual(['ERR_CLOSED', 'ERR_CLOSED', 'ERR_CLOSED']);
    expect(backlog.waiting).toBe(0);
    jobs[0]?.work.reject(new Error('unheard'));
    await turn();
    expect({ started, halted }).toEqual({ started: ['a'], halted: ['a'] });
  });

  test('rejects a job whose signal is none, and keeps its place for others', async () => {
    const { run, started } = watched(1);
    await expect(run('a', {} as AbortSignal).outcome).rejects.toBeInstanceOf(TypeError);
    run('b');
    expect(started).toEqual(['b']);
  });
});

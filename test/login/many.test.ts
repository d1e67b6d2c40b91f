/** verifyMany: order, backpressure, ends of all kinds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clerkHashers,
  createRegistry,
  createVerifier,
  type ManyInput,
  type Verifier,
  type VerifierOptions,
} from '../../src/index.js';
import * as portable from '../../src/portable.js';
import { turn } from '../support/orders.js';
import { runs } from '../support/properties.js';
import { exampleOf, password, type Slow, slow, slowCredential } from './slow.js';

interface Row extends ManyInput {
  readonly id: number;
}

/** Rows `0 … count − 1`, and what became of their source. */
function source(count: number, problem?: Error) {
  const state = { read: 0, returned: 0 };
  async function* rows(): AsyncGenerator<Row> {
    try {
      for (let id = 0; id < count; id++) {
        state.read++;
        yield { id, password, ...slowCredential(id) };
      }
      if (problem !== undefined) throw problem;
    } finally {
      state.returned++;
    }
  }
  return { state, rows: rows() };
}

function slowVerifier(options: VerifierOptions = {}): Slow & { readonly verifier: Verifier } {
  const one = slow();
  return { ...one, verifier: createVerifier({ registry: createRegistry([...clerkHashers, one.hasher]), ...options }) };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await turn();
}

test.each([
  ['digestry', createVerifier],
  ['digestry/portable', portable.createVerifier],
] as const)('%s gives each row with its verdict, in the order of the rows', async (_, create) => {
  await using verifier = create();
  const rows = ['phpass', 'md5', 'nobody', 'sha256', 'pbkdf2_sha1', 'md5'].map((name, id) => ({
    id,
    ...exampleOf(name),
    password: id === 5 ? 'wrong' : password,
  }));
  const found: string[] = [];
  for await (const { input, verdict } of verifier.verifyMany(rows)) {
    expect(input).toBe(rows[input.id]);
    found.push(`${input.id} ${verdict.outcome}`);
  }
  expect(found).toEqual(['0 match', '1 match', '2 rejected', '3 match', '4 match', '5 mismatch']);
});

test('verdicts come in the order of the rows in whatever order the verifications end, and no more rows are read ahead', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 8 }),
      fc.infiniteStream(fc.nat()),
      async (count, concurrency, choices) => {
        const { verifier, begun } = slowVerifier();
        const { rows, state } = source(count);
        const delivered: number[] = [];
        const ended: boolean[] = [];
        let most = 0;
        const consumer = (async () => {
          for await (const { input, verdict } of verifier.verifyMany(rows, { concurrency })) {
            delivered.push(input.id);
            ended.push(verdict.outcome === 'match');
          }
        })();
        const finished = consumer.then(() => true);
        while (!(await Promise.race([finished, settle().then(() => false)]))) {
          // One row is with the consumer when the next is read.
          most = Math.max(most, state.read - delivered.length);
          const [choice = 0] = [...choices.take(1)];
          const waiting = [...begun.keys()];
          const id = waiting[choice % Math.max(1, waiting.length)];
          if (id === undefined) continue;
          begun.get(id)?.resolve(id % 2 === 0);
          begun.delete(id);
        }
        expect(delivered).toEqual(Array.from({ length: count }, (_, id) => id));
        expect(ended).toEqual(delivered.map((id) => id % 2 === 0));
        expect(most).toBeLessThanOrEqual(concurrency);
        expect(state.returned).toBe(count === 0 && state.read === 0 ? state.returned : 1);
        await verifier.close();
      },
    ),
    runs(40),
  );
});

describe('verifyMany', () => {
  test('reads nothing before it is asked, and no more while nobody asks', async () => {
    const { verifier, begun } = slowVerifier();
    const { rows, state } = source(10);
    const verdicts = verifier.verifyMany(rows, { concurrency: 3 });
    await settle();
    expect(state.read).toBe(0);
    const first = verdicts.next();
    await settle();
    expect([state.read, begun.size]).toEqual([3, 3]);
    for (const one of begun.values()) one.resolve(true);
    expect(await first).toMatchObject({ value: { input: { id: 0 }, verdict: { outcome: 'match' } } });
    await settle();
    expect(state.read).toBe(3);
    await verdicts.return?.();
    await verifier.close();
  });

  test('delivers a verdict as it is there, also while the source is slow', async () => {
    const { verifier, begun } = slowVerifier();
    async function* stuck(): AsyncGenerator<Row> {
      yield { id: 0, password, ...slowCredential(0) };
      await new Promise(() => {});
    }
    const verdicts = verifier.verifyMany(stuck(), { concurrency: 3 });
    const first = verdicts.next();
    await settle();
    begun.get(0)?.resolve(false);
    expect(await first).toMatchObject({ value: { verdict: { outcome: 'mismatch' } } });
    // And can be left while it waits for a row that never comes.
    const second = verdicts.next();
    await settle();
    verdicts.return?.();
    expect(await second).toEqual({ done: true, value: undefined });
    await verifier.close();
  });

  test('stops its source and what is under way when the consumer leaves', async () => {
    const { verifier, begun } = slowVerifier();
    const { rows, state } = source(10);
    const rejected: string[] = [];
    const hooked = createVerifier({
      registry: createRegistry([...clerkHashers, slow().hasher]),
      hooks: { onVerify: ({ code }) => rejected.push(code ?? '') },
    });
    const left = source(10);
    const verdicts = hooked.verifyMany(left.rows, { concurrency: 4 });
    verdicts.next().catch(() => {});
    await settle();
    await verdicts.return?.();
    await settle();
    expect(rejected).toEqual(['ERR_ABORTED', 'ERR_ABORTED', 'ERR_ABORTED', 'ERR_ABORTED']);
    expect(left.state).toEqual({ read: 4, returned: 1 });

    const loop = (async () => {
      for await (const _one of verifier.verifyMany(rows, { concurrency: 2 })) break;
    })();
    await settle();
    begun.get(0)?.resolve(true);
    await loop;
    expect(state).toEqual({ read: 2, returned: 1 });
    await Promise.all([verifier.close(), hooked.close()]);
  });

  test('stops its source when the consumer throws into it', async () => {
    const { verifier, begun } = slowVerifier();
    const { rows, state } = source(10);
    const verdicts = verifier.verifyMany(rows, { concurrency: 2 });
    const first = verdicts.next();
    await settle();
    begun.get(0)?.resolve(true);
    await first;
    const problem = new Error('of the consumer');
    await expect(verdicts.throw?.(problem)).rejects.toBe(problem);
    expect(state.returned).toBe(1);
    await verifier.close();
  });

  test('throws what its source throws, after all that was read before it', async () => {
    const problem = new Error('a broken row');
    const { verifier, begun } = slowVerifier();
    const { rows } = source(2, problem);
    const verdicts = verifier.verifyMany(rows, { concurrency: 5 });
    const first = verdicts.next();
    await settle();
    for (const one of begun.values()) one.resolve(true);
    expect(await first).toMatchObject({ value: { input: { id: 0 } } });
    expect(await verdicts.next()).toMatchObject({ value: { input: { id: 1 } } });
    await expect(verdicts.next()).rejects.toBe(problem);
    expect(await verdicts.next()).toEqual({ done: true, value: undefined });
    await verifier.close();
  });

  test('gives ERR_ABORTED to rows that were read, and throws it for the rest', async () => {
    const { verifier } = slowVerifier();
    const controller = new AbortController();
    const { rows, state } = source(10);
    const verdicts = verifier.verifyMany(rows, { concurrency: 2, signal: controller.signal });
    const first = verdicts.next();
    await settle();
    controller.abort();
    const aborted = { value: { verdict: { outcome: 'rejected', error: { code: 'ERR_ABORTED' } } } };
    expect(await first).toMatchObject(aborted);
    expect(await verdicts.next()).toMatchObject(aborted);
    await expect(verdicts.next()).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(state).toEqual({ read: 2, returned: 1 });

    const before = verifier.verifyMany(source(10).rows, { signal: AbortSignal.abort() });
    await expect(before.next()).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await verifier.close();
  });

  test('has each row verified where the queue or the memory holds fewer than it could read', async () => {
    const { passwordDigest } = exampleOf('argon2id');
    const digest = passwordDigest.replace('m=19456,t=2', 'm=64,t=1');
    const rows = Array.from({ length: 40 }, (_, id) => ({
      id,
      password,
      passwordHasher: 'argon2id',
      passwordDigest: digest,
    }));
    const outcomes = new Map<string, number>();
    for (const options of [{ maxQueue: 1, threads: 1 }, { maxMemoryBytes: 64 * 1024 }]) {
      await using verifier = createVerifier(options);
      for await (const { verdict } of verifier.verifyMany(rows)) {
        outcomes.set(verdict.outcome, (outcomes.get(verdict.outcome) ?? 0) + 1);
      }
    }
    expect([...outcomes]).toEqual([['mismatch', 80]]);
  });

  test('answers ERR_QUEUE_FULL or ERR_LIMIT where it is not its own rows that are in the way', async () => {
    await using verifier = createVerifier({ maxMemoryBytes: 1 });
    const found: string[] = [];
    for await (const { verdict } of verifier.verifyMany([{ password, ...exampleOf('argon2id') }])) {
      found.push(verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);
    }
    expect(found).toEqual(['ERR_LIMIT']);
  });

  test('reads each row once, also where it has to wait for the others', async () => {
    await using verifier = createVerifier({ maxMemoryBytes: 6000, threads: 1 });
    const reads = [0, 0, 0];
    const rows = reads.map((_, i) => ({
      ...exampleOf('bcrypt'),
      get password() {
        (reads[i] as number)++;
        const bytes = new TextEncoder().encode(password);
        setTimeout(() => bytes.fill(0), 1);
        return bytes;
      },
    }));
    for await (const { verdict } of verifier.verifyMany(rows)) expect(verdict.outcome).toBe('match');
    expect(reads).toEqual([1, 1, 1]);
  });

  test('accepts rows that are promises, and continues after an invalid row', async () => {
    await using verifier = createVerifier();
    const row = { password, ...exampleOf('md5') };
    const promised = [Promise.resolve(row)] as unknown as (typeof row)[];
    for await (const { verdict } of verifier.verifyMany(promised)) expect(verdict.outcome).toBe('match');
    const throwing = Object.defineProperty({ password }, 'passwordDigest', {
      get() {
        throw new Error('not loaded');
      },
    });
    const wrong: readonly (readonly [unknown, string])[] = [
      [null, 'ERR_MALFORMED'],
      [undefined, 'ERR_MALFORMED'],
      [5, 'ERR_MALFORMED'],
      [{ password }, 'ERR_MALFORMED'],
      [throwing, 'ERR_MALFORMED'],
      [{ ...row, password: 5 }, 'ERR_PASSWORD'],
      [{ ...row, password: undefined }, 'ERR_PASSWORD'],
      [{ ...row, passwordDigest: 5 }, 'ERR_MALFORMED'],
      [{ ...row, passwordDigest: null }, 'ERR_DISABLED'],
      [{ password, passwordHasher: null, passwordDigest: undefined }, 'ERR_DISABLED'],
    ];
    const rows = wrong.flatMap(([one]) => [row, one as never]);
    const found: unknown[] = [];
    for await (const { input, verdict } of verifier.verifyMany(rows)) {
      expect(input).toBe(rows[found.length]);
      found.push(verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);
    }
    expect(found).toEqual(wrong.flatMap(([, code]) => ['match', code]));
  });

  test.each([
    ['no rows', undefined, {}],
    ['a text', 'rows', {}],
    ['an object', {}, {}],
    ['no concurrency', [], { concurrency: 0 }],
    ['half a concurrency', [], { concurrency: 1.5 }],
    ['an endless concurrency', [], { concurrency: Number.POSITIVE_INFINITY }],
  ])('takes %s for wrong use', async (_, rows, options) => {
    await using verifier = createVerifier();
    expect(() => verifier.verifyMany(rows as never, options)).toThrow(TypeError);
  });
});

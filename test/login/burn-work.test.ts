/** Work that is made up, in derivations of a hasher that computes nothing. */
import { describe, expect, test } from 'vitest';
import { digestError, type ErrorCode } from '../../src/errors.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { burnWork, equalizeWork, estimateCostMs } from '../../src/login/equalize-work.js';
import type { UpgradeScheme } from '../../src/login/upgrade-scheme.js';
import { DEFAULT_LIMITS } from '../../src/policy.js';
import { createRegistry } from '../../src/registry.js';
import type { AnyHasher, Cost, Verdict } from '../../src/types.js';
import type { Setup } from '../../src/verify.js';

const pbkdf2 = clerkHashers.find(({ name }) => name === 'pbkdf2_sha256_django') as AnyHasher;
const hash = Buffer.alloc(32, 7).toString('base64');
const credentialOf = (iterations: number) => ({
  passwordHasher: pbkdf2.name,
  passwordDigest: `pbkdf2_sha256$${iterations}$salt$${hash}`,
});
const MATCH = { outcome: 'match' } as Verdict;
const MISMATCH: Verdict = { outcome: 'mismatch' };
const CALL = { priority: 'low' } as const;

/** The n-th derivation fails with `failure`. Iterations of each are recorded, and what the call brought along. */
function prepare(failsAt = 0, failure?: Error) {
  const iterations: unknown[] = [];
  const calls = new Set<unknown>();
  const counting: AnyHasher = {
    ...pbkdf2,
    derive(_, { params }) {
      iterations.push(params['iterations']);
      if (failure !== undefined && iterations.length === failsAt) throw failure;
      return new Uint8Array(32).fill(9);
    },
  };
  const registry = createRegistry([counting]);
  const backends = {
    equal: () => false,
    kdfs(call: unknown) {
      calls.add(call);
      return {};
    },
  };
  const setup = { registry, limits: DEFAULT_LIMITS, backends } as unknown as Setup;
  return { setup, iterations, calls };
}

/** 1000 iterations, in two digests for a share of it. */
const target = {
  cost: pbkdf2.cost(pbkdf2.parse(credentialOf(1000).passwordDigest).params),
  decoys: (fraction: number) =>
    fraction === 1
      ? [credentialOf(1000)]
      : [credentialOf(Math.round(600 * fraction)), credentialOf(Math.round(400 * fraction))],
} as unknown as UpgradeScheme;

const full = digestError('ERR_QUEUE_FULL', 'the queue is full');

describe('burnWork', () => {
  test('derives each decoy, and is a mismatch', async () => {
    const { setup, iterations, calls } = prepare();
    expect(await burnWork(setup, target, 1, 'x', CALL)).toEqual(MISMATCH);
    expect(await burnWork(setup, target, 0.5, 'x', CALL)).toEqual(MISMATCH);
    expect(iterations).toEqual([1000, 300, 200]);
    expect([...calls]).toEqual([CALL]);
  });

  test('is refused with the first decoy that is', async () => {
    const { setup, iterations } = prepare(1, full);
    expect(await burnWork(setup, target, 0.5, 'x', undefined)).toMatchObject({
      ...{ outcome: 'rejected', error: { code: 'ERR_QUEUE_FULL' } },
    });
    expect(iterations).toEqual([300]);
  });
});

describe('equalizeWork', () => {
  const whole = estimateCostMs(prepare().setup, credentialOf(1000));
  const run = async (wanted: number, share: number, verdict: Verdict = MATCH, prepared = prepare()) => {
    const effort = { spentMs: share * whole, wanted };
    const answer = await equalizeWork(prepared.setup, target, verdict, 'x', effort, CALL);
    return { answer, iterations: prepared.iterations, calls: prepared.calls };
  };

  test.each([
    [1, 0, [1000]],
    [1, 1, []],
    [1, 2, []],
    [1, 0.5, [300, 200]],
    [2, 0, [1000, 1000]],
    [2, 0.5, [1000, 300, 200]],
    [2, 1.5, [300, 200]],
    // A smaller share is not made up.
    [1, 1 - 1 / 64, [9, 6]],
    [1, 1 - 1 / 65, []],
  ])('of %d, of which %d is spent, derives %j', async (wanted, share, iterations) => {
    const done = await run(wanted, share);
    expect(done.iterations).toEqual(iterations);
    expect(done.answer).toBe(MATCH);
  });

  test('gives the call along', async () => expect([...(await run(1, 0)).calls]).toEqual([CALL]));

  test.each<ErrorCode>(['ERR_PASSWORD', 'ERR_QUEUE_FULL', 'ERR_ABORTED', 'ERR_CLOSED'])(
    'spends nothing on %s, which any user would get',
    async (code) => {
      const verdict: Verdict = { outcome: 'rejected', error: digestError(code, 'a message') };
      const { answer, iterations } = await run(1, 0, verdict);
      expect(answer).toBe(verdict);
      expect(iterations).toEqual([]);
    },
  );

  test.each<ErrorCode>(['ERR_MALFORMED', 'ERR_LIMIT', 'ERR_UNKNOWN_HASHER'])(
    'spends the work on %s, which is of this digest',
    async (code) => {
      const verdict: Verdict = { outcome: 'rejected', error: digestError(code, 'a message') };
      const { answer, iterations } = await run(1, 0, verdict);
      expect(answer).toBe(verdict);
      expect(iterations).toEqual([1000]);
    },
  );

  test('is refused where the work cannot be done, and does no more of it', async () => {
    const { answer, iterations } = await run(3, 0, MATCH, prepare(2, full));
    expect(answer).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_QUEUE_FULL' } });
    expect(iterations).toEqual([1000, 1000]);
  });
});

describe('the cost of a credential', () => {
  const { setup } = prepare();

  test('grows with its parameters', () => {
    expect(estimateCostMs(setup, credentialOf(2000))).toBeCloseTo(2 * estimateCostMs(setup, credentialOf(1000)), 9);
    expect(estimateCostMs(setup, credentialOf(1000))).toBeGreaterThan(0);
  });

  test('is that of its own hasher', () => {
    const cost: Cost = { ...pbkdf2.cost({ iterations: 1, keylen: 32 }), kdf: 'bcrypt', work: 1 };
    const other = { ...setup, registry: createRegistry([{ ...pbkdf2, cost: () => cost }]) };
    expect(estimateCostMs(other, credentialOf(1000))).not.toBe(estimateCostMs(setup, credentialOf(1000)));
  });

  test('is not known of a digest that cannot be read', () => {
    const cut = { ...credentialOf(1000), passwordDigest: 'pbkdf2_sha256$' };
    expect(() => estimateCostMs(setup, cut)).toThrow(expect.objectContaining({ code: 'ERR_MALFORMED' }));
    const limits = { ...DEFAULT_LIMITS, digestChars: 20 };
    expect(() => estimateCostMs({ ...setup, limits }, credentialOf(1000))).toThrow(
      expect.objectContaining({ code: 'ERR_LIMIT' }),
    );
  });
});

/** What a verifier counts, and what it tells its hooks. */
import { describe, expect, test } from 'vitest';
import {
  createVerifier,
  type HashEvent,
  type UpgradeEvent,
  type Verifier,
  type VerifierOptions,
  type VerifyEvent,
} from '../../src/index.js';
import { createLatency } from '../../src/login/latency.js';
import * as portable from '../../src/portable.js';
import { turn } from '../support/orders.js';
import { exampleOf, password } from './slow.js';

const upgradeTo = { hasher: 'bcrypt', cost: 5 } as const;

async function exercise(verifier: Verifier): Promise<void> {
  await verifier.verify(password, exampleOf('md5'));
  await verifier.verify('wrong', exampleOf('md5'));
  await verifier.verify(password, { passwordHasher: 'md5', passwordDigest: 'cut' });
  await verifier.verify(password, { ...exampleOf('md5'), passwordHasher: 'a name from a database' });
  await verifier.verifyUnknownUser(password);
  await verifier.hash('a'.repeat(73)).catch(() => {});
  await verifier.verifyAndUpgrade(password, exampleOf('phpass'), async () => true);
  await verifier.verifyAndUpgrade(password, exampleOf('phpass'), async () => false);
  await verifier.verifyAndUpgrade(password, exampleOf('phpass'), async () => Promise.reject(new Error('no')));
}

const counted = {
  queue: 0,
  running: 0,
  memoryBytes: 0,
  hashers: {
    md5: { match: 1, mismatch: 1, rejected: 1, latency: { count: 3 } },
    phpass: { match: 3, mismatch: 0, rejected: 0, latency: { count: 3 } },
  },
  unknownHasher: 1,
  unknownUsers: 1,
  hashes: { hashed: 3, rejected: 1 },
  upgrades: { saved: 1, conflict: 1, 'hash-failed': 0, 'save-failed': 1 },
  hookErrors: 0,
};

describe.each([
  ['digestry', createVerifier],
  ['digestry/portable', portable.createVerifier],
] as const)('stats() of %s', (_, create) => {
  test('counts outcomes by hasher, with names of the registry only', async () => {
    await using verifier = create({ upgradeTo });
    await exercise(verifier);
    // A job is done a moment before its place is free.
    await turn();
    const stats = verifier.stats();
    expect(stats).toMatchObject(counted);
    expect(Object.keys(stats.hashers).sort()).toEqual(['md5', 'phpass']);
    expect(stats.hashers['phpass']?.latency.maxMs).toBeGreaterThan(0);
    const { batches } = stats;
    const jobs = Object.entries(batches).reduce((sum, [size, count]) => sum + Number(size) * count, 0);
    expect(jobs).toBeGreaterThanOrEqual(7);
  });

  test('counts what waits and runs', async () => {
    const verifier = create();
    const slow = { ...exampleOf('bcrypt'), passwordDigest: exampleOf('bcrypt').passwordDigest.replace('$10$', '$16$') };
    const calls = Array.from({ length: 40 }, () => verifier.verify(password, slow));
    await turn();
    const { queue, running, memoryBytes } = verifier.stats();
    expect(queue + running).toBe(40);
    expect(memoryBytes).toBeGreaterThan(40 * 4096);
    await verifier.close();
    await Promise.all(calls);
    await turn();
    expect(verifier.stats()).toMatchObject({ hashers: { bcrypt: { rejected: 40 } }, memoryBytes: 0, queue: 0 });
  });
});

describe('hooks', () => {
  test('receive outcome, code and times of each call, and nothing secret', async () => {
    const verified: VerifyEvent[] = [];
    const hashed: HashEvent[] = [];
    const upgraded: UpgradeEvent[] = [];
    const before = Date.now();
    await using verifier = createVerifier({
      upgradeTo,
      hooks: {
        onVerify: (event) => verified.push(event),
        onHash: (event) => hashed.push(event),
        onUpgrade: (event) => upgraded.push(event),
      },
    });
    await exercise(verifier);
    const times = { startTimeMs: expect.any(Number), durationMs: expect.any(Number) };
    const phpass = { ...times, hasher: 'phpass', outcome: 'match', rehash: ['hasher'], unknownUser: false };
    expect(verified).toEqual([
      { ...times, hasher: 'md5', outcome: 'match', rehash: ['insecure', 'hasher'], unknownUser: false },
      { ...times, hasher: 'md5', outcome: 'mismatch', unknownUser: false },
      { ...times, hasher: 'md5', outcome: 'rejected', code: 'ERR_MALFORMED', unknownUser: false },
      { ...times, hasher: undefined, outcome: 'rejected', code: 'ERR_UNKNOWN_HASHER', unknownUser: false },
      { ...times, hasher: 'bcrypt', outcome: 'mismatch', unknownUser: true },
      ...[phpass, phpass, phpass],
    ]);
    expect(hashed).toEqual([
      { ...times, hasher: 'bcrypt', outcome: 'rejected', code: 'ERR_PASSWORD' },
      ...[1, 2, 3].map(() => ({ ...times, hasher: 'bcrypt', outcome: 'hashed' })),
    ]);
    const upgrade = { ...times, from: 'phpass', to: 'bcrypt' };
    expect(upgraded).toEqual(['saved', 'conflict', 'save-failed'].map((outcome) => ({ ...upgrade, outcome })));
    for (const { startTimeMs, durationMs } of [...verified, ...hashed, ...upgraded]) {
      expect(startTimeMs).toBeGreaterThan(before - 60_000);
      expect(durationMs).toBeGreaterThanOrEqual(0);
    }
    const text = JSON.stringify([verified, hashed, upgraded]);
    expect(text).not.toContain(password);
    expect(text).not.toContain('database');
    for (const name of ['md5', 'phpass']) expect(text).not.toContain(exampleOf(name).passwordDigest.slice(-8));
  });

  test.each([
    [
      'throw',
      () => {
        throw new Error('of a metric');
      },
    ],
    ['reject', async () => Promise.reject(new Error('of a metric'))],
  ])('that %s change nothing, and are counted', async (_, failing) => {
    const hooks = { onVerify: failing, onHash: failing, onUpgrade: failing } as NonNullable<VerifierOptions['hooks']>;
    await using verifier = createVerifier({ upgradeTo, hooks });
    await exercise(verifier);
    await turn();
    expect(verifier.stats()).toMatchObject({ ...counted, hookErrors: 8 + 4 + 3 });
  });

  test('see each wrong use as the caller’s, not as a verification', async () => {
    const events: unknown[] = [];
    await using verifier = createVerifier({ hooks: { onVerify: (event) => events.push(event) } });
    await verifier.verify(5 as never, exampleOf('md5')).catch(() => {});
    expect(events).toEqual([]);
  });

  test.each([
    ['null', null],
    ['a function', () => {}],
    ['one that there is not', { onLogin: () => {} }],
    ['one that is no function', { onVerify: 5 }],
  ])('that are %s are wrong use', (_, hooks) => {
    expect(() => createVerifier({ hooks: hooks as never })).toThrow(TypeError);
  });
});

describe('latency', () => {
  test('has quantiles by bucket, under the longest, and a bounded size', () => {
    const latency = createLatency();
    expect(latency.stats()).toMatchObject({ count: 0, sumMs: 0, maxMs: 0, p50Ms: 0, p99Ms: 0 });
    for (let ms = 1; ms <= 100; ms++) latency.add(ms);
    latency.add(123_456);
    const { buckets, ...rest } = latency.stats();
    expect(rest).toEqual({ count: 101, sumMs: 5050 + 123_456, maxMs: 123_456, p50Ms: 100, p95Ms: 100, p99Ms: 100 });
    expect(buckets).toHaveLength(15);
    expect(buckets.at(-1)).toEqual({ leMs: Number.POSITIVE_INFINITY, count: 1 });
    expect(buckets.find(({ leMs }) => leMs === 20)?.count).toBe(10);
    const one = createLatency();
    one.add(1.5);
    expect(one.stats()).toMatchObject({ p50Ms: 1.5, p99Ms: 1.5 });
  });
});

test('priority of another name is wrong use', async () => {
  await using verifier = createVerifier();
  for (const priority of ['high', 'normal', 'low', undefined] as const) {
    expect((await verifier.verify(password, exampleOf('md5'), { priority })).outcome).toBe('match');
  }
  for (const priority of ['urgent', 1, null]) {
    const call = { priority } as never;
    await expect(verifier.verify(password, exampleOf('md5'), call)).rejects.toThrow(/'high', 'normal' or 'low'/);
    await expect(verifier.hash(password, call)).rejects.toBeInstanceOf(TypeError);
    await expect(verifier.verifyUnknownUser(password, call)).rejects.toBeInstanceOf(TypeError);
  }
});

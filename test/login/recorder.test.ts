/** What a verifier counts and reports, without a verifier. */
import { expect, test } from 'vitest';
import { digestError } from '../../src/errors.js';
import { clerkHashers, createRegistry } from '../../src/index.js';
import type { Hooks } from '../../src/login/hooks.js';
import { createRecorder } from '../../src/login/stats.js';
import type { Verdict } from '../../src/types.js';

const registry = createRegistry(clerkHashers);
const engine = {
  waiting: 1,
  running: 2,
  threads: 3,
  started: 4,
  threadless: undefined,
  memoryBytes: 5,
  batches: { 1: 6 },
} as never;
const mismatch: Verdict = { outcome: 'mismatch' };
const failure = digestError('ERR_PASSWORD', 'too long');
const rejected: Verdict = { outcome: 'rejected', error: failure };
const match: Verdict = {
  outcome: 'match',
  rehash: [
    { reason: 'insecure', message: 'fast' },
    { reason: 'hasher', message: 'another' },
  ],
};

test('begins at zero', () => {
  expect(createRecorder(registry, {}).stats(engine)).toEqual({
    ...{
      queue: 1,
      running: 2,
      threads: 3,
      startedThreads: 4,
      threadless: undefined,
      memoryBytes: 5,
      batches: { 1: 6 },
    },
    ...{ hashers: {}, unknownHasher: 0, unknownUsers: 0, hookErrors: 0 },
    hashes: { hashed: 0, rejected: 0 },
    upgrades: { saved: 0, conflict: 0, 'hash-failed': 0, 'save-failed': 0 },
  });
});

test('counts verdicts by hasher, and names in no registry together', () => {
  const recorder = createRecorder(registry, {});
  for (const verdict of [match, mismatch, mismatch, rejected]) recorder.verified('md5', verdict, undefined);
  recorder.verified('bcrypt', match, performance.now() - 1e6);
  for (const name of ['a name', 'toString', undefined]) recorder.verified(name, rejected, undefined);
  recorder.unknownUser('bcrypt', mismatch, 0);
  const { hashers: counts, unknownHasher, unknownUsers } = recorder.stats(engine);
  expect(counts).toMatchObject({
    md5: { match: 1, mismatch: 2, rejected: 1, latency: { count: 4, sumMs: 0 } },
    bcrypt: { match: 1, mismatch: 0, rejected: 0, latency: { count: 1 } },
  });
  expect(Object.keys(counts)).toEqual(['md5', 'bcrypt']);
  expect(counts['bcrypt']?.latency.maxMs).toBeGreaterThanOrEqual(1e6);
  expect([unknownHasher, unknownUsers]).toEqual([3, 1]);
});

test('counts new digests and what became of them', () => {
  const recorder = createRecorder(registry, {});
  for (const error of [undefined, undefined, failure]) recorder.hashed('bcrypt', error, 0);
  for (const outcome of ['saved', 'conflict', 'conflict'] as const) recorder.upgraded('md5', 'bcrypt', { outcome }, 0);
  for (const outcome of ['hash-failed', 'save-failed'] as const) {
    recorder.upgraded('md5', 'bcrypt', { outcome, error: failure }, 0);
  }
  const stats = recorder.stats(engine);
  expect(stats.hashes).toEqual({ hashed: 2, rejected: 1 });
  expect(stats.upgrades).toEqual({ saved: 1, conflict: 2, 'hash-failed': 1, 'save-failed': 1 });
  recorder.hashed('bcrypt', undefined, 0);
  recorder.upgraded('md5', 'bcrypt', { outcome: 'saved' }, 0);
  // What was given out is of its moment.
  expect([stats.hashes.hashed, stats.upgrades.saved]).toEqual([2, 1]);
});

function listening() {
  const events: unknown[] = [];
  const note = (event: object) => void events.push(event);
  const hooks: Hooks = { onVerify: note, onHash: note, onUpgrade: note };
  return { events, recorder: createRecorder(registry, hooks) };
}

test('reports each event with its times, and codes where it has one', () => {
  const { events, recorder } = listening();
  const since = performance.now() - 1e6;
  recorder.verified('md5', match, since);
  recorder.verified('md5', mismatch, since);
  recorder.verified('a name', rejected, since);
  recorder.unknownUser('bcrypt', mismatch, since);
  recorder.hashed('bcrypt', undefined, since);
  recorder.hashed('bcrypt', failure, since);
  recorder.hashed('bcrypt', new Error('of no code'), since);
  recorder.upgraded('md5', 'bcrypt', { outcome: 'saved' }, since);
  recorder.upgraded('md5', 'bcrypt', { outcome: 'hash-failed', error: failure }, since);
  recorder.upgraded('md5', 'bcrypt', { outcome: 'save-failed', error: failure }, since);
  const times = { startTimeMs: performance.timeOrigin + since, durationMs: expect.any(Number) };
  const upgrade = { ...times, from: 'md5', to: 'bcrypt' };
  expect(events).toEqual([
    { ...times, hasher: 'md5', outcome: 'match', rehash: ['insecure', 'hasher'], unknownUser: false },
    { ...times, hasher: 'md5', outcome: 'mismatch', unknownUser: false },
    { ...times, hasher: undefined, outcome: 'rejected', code: 'ERR_PASSWORD', unknownUser: false },
    { ...times, hasher: 'bcrypt', outcome: 'mismatch', unknownUser: true },
    { ...times, hasher: 'bcrypt', outcome: 'hashed' },
    { ...times, hasher: 'bcrypt', outcome: 'rejected', code: 'ERR_PASSWORD' },
    { ...times, hasher: 'bcrypt', outcome: 'rejected' },
    { ...upgrade, outcome: 'saved' },
    { ...upgrade, outcome: 'hash-failed', code: 'ERR_PASSWORD' },
    { ...upgrade, outcome: 'save-failed' },
  ]);
  for (const event of events) {
    const { durationMs } = event as { readonly durationMs: number };
    expect(durationMs).toBeGreaterThanOrEqual(1e6);
    expect(durationMs).toBeLessThan(1e9);
  }
});

test('reports no verdict whose time was not asked for', () => {
  const { events, recorder } = listening();
  recorder.verified('md5', mismatch, undefined);
  expect(events).toEqual([]);
  expect(recorder.hasVerifyHook).toBe(true);
  expect(createRecorder(registry, {}).hasVerifyHook).toBe(false);
});

test('counts hooks that throw or reject, and calls them as methods', async () => {
  const hooks = {
    calls: 0,
    onVerify() {
      this.calls++;
      throw new Error('of a metric');
    },
    async onHash() {
      throw new Error('of a metric');
    },
    onUpgrade: () => ({}),
  };
  const recorder = createRecorder(registry, hooks as never);
  recorder.verified('md5', mismatch, 0);
  recorder.hashed('md5', undefined, 0);
  recorder.upgraded('md5', 'bcrypt', { outcome: 'saved' }, 0);
  await Promise.resolve().then(() => {});
  expect(recorder.stats(engine).hookErrors).toBe(2);
  expect(hooks.calls).toBe(1);
});

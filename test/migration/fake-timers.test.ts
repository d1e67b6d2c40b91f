/** Timers that a test has faked (Jest, Vitest) hang no check, whether its clock is faked too or not. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { check } from '../../src/migration/index.js';
import { BCRYPT, csvOf, temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();
const ROWS = 30_000;
const CSV = `id,password_hasher,password_digest\n${Array.from({ length: ROWS }, (_, i) => `${i},bcrypt,${BCRYPT}\n`).join('')}`;

const TIMERS = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
] as const;
const CLOCKS = ['performance', 'Date', 'hrtime'] as const;

afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['timers', TIMERS],
  ['timers and clocks', [...TIMERS, ...CLOCKS]],
  ['clocks', CLOCKS],
])('with faked %s', (_, toFake) => {
  test.each([1, 2])('a file is checked by %i threads', async (threads) => {
    const file = await folder.write('users.csv', CSV);
    vi.useFakeTimers({ toFake: [...toFake] });
    expect((await check([file], { threads })).totals.ok).toBe(ROWS);
  });

  test('a compressed file is checked', async () => {
    const file = await folder.write('users.csv.gz', gzipSync(CSV, { level: 1 }));
    vi.useFakeTimers({ toFake: [...toFake] });
    expect((await check([file])).totals.ok).toBe(ROWS);
  });

  test('known passwords are verified', async () => {
    const file = await folder.write('one.csv', csvOf([{ id: '1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT }]));
    const canaries = await folder.write('canaries.csv', 'id,password\n1,U*U\n');
    vi.useFakeTimers({ toFake: [...toFake] });
    const { canaries: found } = await check([file], { canaries });
    expect(found.matched + found.mismatched).toBe(1);
  });
});

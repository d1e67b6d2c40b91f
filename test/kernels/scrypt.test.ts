/** scrypt by WebAssembly against OpenSSL and @noble/hashes: every count of lanes, lanes with unequal inputs. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ScryptJob } from '../../src/jobs.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { laneScrypt } from '../../src/kdf/scrypt/lanes.js';
import { nativeScrypt } from '../../src/kdf/scrypt/openssl.js';
import { portableScrypt } from '../../src/kdf/scrypt/portable.js';
import { WasmMemoryPool } from '../../src/kernels/memory-pool.js';
import { loadedLanes, NO_PAUSE } from '../support/loaded-backends.js';
import { isZero } from '../support/memory-pools.js';
import { kdfVectors } from '../support/vectors.js';

const LANES = [1, 2, 3] as const;
const pool = new WasmMemoryPool();
const backends = await Promise.all(LANES.map((lanes) => loadedLanes(laneScrypt(pool, lanes))));
const [one, , three] = backends as [(typeof backends)[0], (typeof backends)[0], (typeof backends)[0]];
const native = await nativeScrypt.load();
const portable = await portableScrypt.load();

/** Around the block of SHA-256 and the most that a password has. */
const LENGTHS = [0, 1, 8, 31, 32, 33, 55, 56, 63, 64, 65, 128, 4096];
const DK_LENGTHS = [1, 31, 32, 33, 64, 65, 100];

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes as Uint8Array).toString('hex');
const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

function randomJob(cost: Pick<ScryptJob, 'N' | 'r' | 'p'>): ScryptJob {
  return {
    ...cost,
    password: randomBytes(pick(LENGTHS)),
    salt: randomBytes(pick([0, 1, 8, 16, 51, 52, 64, 200])),
    dkLen: pick(DK_LENGTHS),
  };
}

async function expectEqual(found: readonly Uint8Array[], jobs: readonly ScryptJob[]): Promise<void> {
  for (const [index, job] of jobs.entries()) {
    const title = `N=${job.N} r=${job.r} p=${job.p} password of ${job.password.length}, salt of ${job.salt.length}`;
    expect(hex(found[index]), title).toBe(hex(await native(job, NO_PAUSE)));
  }
  expect(found).toHaveLength(jobs.length);
}

describe.each(kdfVectors().filter(({ name }) => name.startsWith('scrypt')))('$name', ({ tests }) => {
  // RFC 7914's last takes a gibibyte.
  const some = tests.filter(({ inputs }) => Number(inputs['N']) * Number(inputs['r']) <= 2 ** 18);
  test.each(some)('#$tcId $comment', ({ inputs: { P, S, N, r, p, dkLen }, output }) => {
    const [password, salt] = [Buffer.from(String(P), 'hex'), Buffer.from(String(S), 'hex')];
    const job = { password, salt, N: Number(N), r: Number(r), p: Number(p), dkLen: Number(dkLen) };
    for (const backend of backends) expect(hex(exhaust(backend.deriveMany([job]))[0])).toBe(output);
  });
});

describe.each(LANES)('%i lanes', (lanes) => {
  const backend = backends[lanes - 1] as (typeof backends)[0];

  test.each(LANES.filter((count) => count <= lanes))('%i jobs at once agree with OpenSSL', async (count) => {
    for (let round = 0; round < 200; round++) {
      const cost = { N: 2 ** pick([1, 2, 3, 5, 7]), r: pick([1, 2, 3, 7, 8, 16]), p: pick([1, 1, 2, 3, 4]) };
      const jobs = Array.from({ length: count }, () => randomJob(cost));
      await expectEqual(exhaust(backend.deriveMany(jobs)), jobs);
    }
  });

  test.each(LENGTHS)('a password of %i bytes agrees with @noble/hashes', async (length) => {
    for (const dkLen of DK_LENGTHS) {
      const cost = { N: 16, r: 2, p: 3, dkLen };
      const jobs = Array.from({ length: lanes }, (_, index) => ({
        ...cost,
        password: randomBytes(length + index),
        salt: randomBytes(5 * index),
      }));
      const found = exhaust(backend.deriveMany(jobs));
      for (const [index, job] of jobs.entries()) {
        expect(hex(found[index])).toBe(hex(await portable(job, NO_PAUSE)));
      }
    }
  });

  test.each([
    // Slices that end within the steps, and one step that is more than a slice.
    { N: 2 ** 14, r: 8, p: 1 },
    { N: 2 ** 12, r: 3, p: 2 },
    { N: 2 ** 13, r: 1, p: 1 },
    { N: 2, r: 8191, p: 2 },
    { N: 4, r: 1, p: 700 },
  ])('N=$N r=$r p=$p', async (cost) => {
    const jobs = Array.from({ length: lanes }, () => randomJob(cost));
    await expectEqual(exhaust(backend.deriveMany(jobs)), jobs);
  });

  test('a job leaves zeros', async () => {
    const mine = new WasmMemoryPool();
    const fresh = await loadedLanes(laneScrypt(mine, lanes));
    exhaust(fresh.deriveMany(Array.from({ length: lanes }, () => randomJob({ N: 256, r: 8, p: 2 }))));
    expect(isZero(mine)).toBe(true);
  });

  test('an abandoned job leaves zeros, and the next is right', async () => {
    const mine = new WasmMemoryPool();
    const fresh = await loadedLanes(laneScrypt(mine, lanes));
    for (const slices of [0, 1, 3, 4, 6, 7]) {
      const abandoned = fresh.deriveMany(Array.from({ length: lanes }, () => randomJob({ N: 2048, r: 8, p: 1 })));
      for (let slice = 0; slice < slices; slice++) expect(abandoned.next().done).toBe(false);
      abandoned.return([]);
      exhaust(abandoned);
      expect(isZero(mine, lanes * 3 * 2 ** 20)).toBe(true);
      const next = [randomJob({ N: 64, r: 2, p: 1 })];
      await expectEqual(exhaust(fresh.deriveMany(next)), next);
    }
  });
});

test('derivations that take turns do not disturb each other', async () => {
  const jobs = [randomJob({ N: 4096, r: 8, p: 1 }), randomJob({ N: 2048, r: 8, p: 3 })];
  const running = jobs.map((job) => three.deriveMany([job]));
  const found: Uint8Array[] = [];
  while (found.filter(Boolean).length < jobs.length) {
    for (const [index, slices] of running.entries()) {
      const { done, value } = slices.next();
      if (done && value !== undefined) found[index] = value[0] as Uint8Array;
    }
  }
  await expectEqual(found, jobs);
});

test('what goes together has the same cost', () => {
  const cost = { N: 16, r: 2, p: 1 };
  expect(one.group(randomJob(cost))).toBe(one.group(randomJob(cost)));
  const others = [{ N: 32 }, { r: 1 }, { p: 2 }].map((other) => one.group(randomJob({ ...cost, ...other })));
  expect(new Set([one.group(randomJob(cost)), ...others]).size).toBe(4);
});

test.each([undefined, Number.NaN, 0, 1, 3, 14, 2.5, -2])('N = %s is left to those that refuse it', (N) => {
  expect(one.unsupported?.(randomJob({ N: N as number, r: 1, p: 1 }))).toEqual(expect.any(String));
});

describe('memory', () => {
  const job = randomJob({ N: 2 ** 15, r: 8, p: 1 });

  test('is reported for the lanes that are used', () => {
    const [single, pair] = [three.memoryBytes?.([job]) ?? 0, three.memoryBytes?.([job, job]) ?? 0];
    expect(single).toBeGreaterThan(2 ** 25);
    expect(pair).toBe(2 * single);
    expect(three.memoryBytes?.([{ ...job, p: 9 }])).toBeGreaterThan(3 * 2 ** 25);
  });

  test('that has no addresses for two lanes is used by one after the other', () => {
    const large = { ...job, N: 2 ** 21 };
    expect(three.memoryBytes?.([large, large, large])).toBeLessThan(2 ** 32);
  });

  test('over 4 GiB is refused before anything is allocated', () => {
    expect(one.unsupported?.({ ...job, N: 2 ** 22 })).toContain('4 GiB');
    expect(one.unsupported?.(job)).toBeUndefined();
  });
});

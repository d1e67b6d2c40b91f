/** The hash loop by WebAssembly against node:crypto and @noble/hashes: every count of lanes, lanes with unequal inputs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IteratedHashJob } from '../../src/jobs.js';
import { laneIteratedHash } from '../../src/kdf/iterated-hash/lanes.js';
import { nativeIteratedHash } from '../../src/kdf/iterated-hash/native.js';
import { portableIteratedHash } from '../../src/kdf/iterated-hash/portable.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { WORK_AT } from '../../src/kernels/iterated-hash-layout.js';
import { loadedLanes, NO_PAUSE } from '../support/loaded-backends.js';
import { passwordBytes } from '../support/passwords.js';
import { runs } from '../support/properties.js';
import { recordKernels } from '../support/recorded-kernels.js';

const ALGORITHMS = ['md5', 'sha512'] as const;
/** Bytes of a block that the suffix does not have: h before it, and the padding that must follow. */
const SIZES = { md5: { block: 64, taken: 16 + 9 }, sha512: { block: 128, taken: 64 + 17 } } as const;

const native = await nativeIteratedHash.load();
const portable = await portableIteratedHash.load();
const kernels = recordKernels();
const lanes = await loadedLanes(laneIteratedHash(kernels.load));

const filled = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (seed * 151 + i * 47 + (i >> 5)) & 255);

async function expectAgreement(jobs: readonly IteratedHashJob[]): Promise<void> {
  const found = exhaust(lanes.deriveMany(jobs));
  expect(found).toHaveLength(jobs.length);
  for (const [index, job] of jobs.entries()) {
    const bytes = Buffer.from(found[index] as Uint8Array);
    expect(bytes).toEqual(Buffer.from(await native(job, NO_PAUSE)));
    expect(bytes).toEqual(Buffer.from(await portable(job, NO_PAUSE)));
  }
  expect(kernels.holdSomething(WORK_AT)).toBe(false);
}

/** Suffixes that take so many blocks, first bytes and all else as they come. */
function jobsOf(algorithm: keyof typeof SIZES, count: number): fc.Arbitrary<IteratedHashJob[]> {
  const { block, taken } = SIZES[algorithm];
  return fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(12)).chain(([blocks, rounds]) => {
    const longest = blocks * block - taken;
    const suffix = fc.uint8Array({ minLength: Math.max(0, longest - block + 1), maxLength: longest, size: 'max' });
    const job = fc.record({ first: passwordBytes, suffix }).map((parts) => ({ algorithm, rounds, ...parts }));
    return fc.array(job, { minLength: count, maxLength: count });
  });
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const { block, taken } = SIZES[algorithm];

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i unequal jobs is that of one after the other', async (count) => {
    await fc.assert(
      fc.asyncProperty(jobsOf(algorithm, count), async (jobs) => {
        expect(new Set(jobs.map(lanes.group)).size).toBe(1);
        await expectAgreement(jobs);
      }),
      runs(60),
    );
  });

  test.each([0, 1, 2, 3].flatMap((blocks) => [-1, 0, 1].map((by) => blocks * block + block - taken + by)))(
    'of a suffix of %i bytes, around the edge of a block',
    async (length) => {
      for (const count of [1, 2, 3, 4, 8]) {
        const jobs = Array.from({ length: count }, (_, i) => ({
          algorithm,
          first: filled(length, i),
          suffix: filled(length, i + 1),
          rounds: 3,
        }));
        await expectAgreement(jobs);
      }
    },
  );

  test('takes an empty password, and one of 4096 bytes and more', async () => {
    for (const length of [0, 4095, 4096, 20_000]) {
      const jobs = Array.from({ length: 5 }, (_, i) => ({
        algorithm,
        first: filled(i, i),
        suffix: filled(length, i),
        rounds: 2,
      }));
      await expectAgreement(jobs);
    }
  });

  test('goes on from slice to slice', async () => {
    for (const count of [1, 2, 3, 4, 8]) {
      const jobs = Array.from({ length: count }, (_, i) => ({
        algorithm,
        first: filled(9, i),
        suffix: filled(17, i),
        rounds: 4099,
      }));
      const found = exhaust(lanes.deriveMany(jobs));
      for (const [i, job] of jobs.entries()) {
        expect(Buffer.from(found[i] as Uint8Array)).toEqual(Buffer.from(await native(job, NO_PAUSE)));
      }
    }
  });

  test('abandoned leaves nothing in memory and the kernel fit for the next', async () => {
    const job: IteratedHashJob = { algorithm, first: filled(5, 1), suffix: filled(200, 2), rounds: 100_000 };
    for (const count of [1, 2, 8]) {
      const abandoned = lanes.deriveMany(Array.from({ length: count }, () => job));
      abandoned.next();
      expect(kernels.holdSomething(WORK_AT)).toBe(true);
      abandoned.return([]);
      expect(kernels.holdSomething(WORK_AT)).toBe(false);
    }
    await expectAgreement([{ ...job, rounds: 4 }]);
  });

  test('leaves its inputs as they were', () => {
    const [first, suffix] = [filled(30, 1), filled(70, 2)];
    exhaust(lanes.deriveMany([{ algorithm, first, suffix, rounds: 2 }]));
    expect([...first, ...suffix]).toEqual([...filled(30, 1), ...filled(70, 2)]);
  });

  test('has as many lanes as its widest kernel', () => {
    const job = { algorithm, first: filled(1, 1), suffix: filled(1, 1), rounds: 1 };
    expect(lanes.width(job)).toBe({ md5: 8, sha512: 3 }[algorithm]);
  });
});

test('Jobs go together where algorithm, rounds and blocks are the same', () => {
  const one: IteratedHashJob = { algorithm: 'md5', first: filled(3, 1), suffix: filled(39, 1), rounds: 5 };
  expect(lanes.group({ ...one, first: filled(8, 1), suffix: filled(0, 1) })).toBe(lanes.group(one));
  for (const other of [{ algorithm: 'sha512' }, { rounds: 6 }, { suffix: filled(40, 1) }] as const) {
    expect(lanes.group({ ...one, ...other })).not.toBe(lanes.group(one));
  }
});

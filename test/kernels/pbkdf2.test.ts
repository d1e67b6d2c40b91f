/** PBKDF2 by WebAssembly against node:crypto and @noble/hashes: every count of lanes, lanes with unequal inputs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pbkdf2Job } from '../../src/jobs.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { lanePbkdf2 } from '../../src/kdf/pbkdf2/lanes.js';
import { nativePbkdf2 } from '../../src/kdf/pbkdf2/openssl.js';
import { portablePbkdf2 } from '../../src/kdf/pbkdf2/portable.js';
import { WORK_AT } from '../../src/kernels/pbkdf2-layout.js';
import { loadedLanes, NO_PAUSE } from '../support/loaded-backends.js';
import { passwordBytes } from '../support/passwords.js';
import { anyBytes, runs } from '../support/properties.js';
import { recordKernels } from '../support/recorded-kernels.js';

const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;
const BLOCK_BYTES = { sha1: 64, sha256: 64, sha512: 128 } as const;
const LANES = { sha1: 4, sha256: 4, sha512: 3 } as const;

const native = await nativePbkdf2.load();
const portable = await portablePbkdf2.load();
const kernels = recordKernels();
const lanes = await loadedLanes(lanePbkdf2(kernels.load));

const filled = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (seed * 151 + i * 47 + (i >> 5)) & 255);

async function expectAgreement(jobs: readonly Pbkdf2Job[]): Promise<void> {
  const found = exhaust(lanes.deriveMany(jobs));
  expect(found).toHaveLength(jobs.length);
  for (const [index, job] of jobs.entries()) {
    const bytes = Buffer.from(found[index] as Uint8Array);
    expect(bytes).toEqual(Buffer.from(await native(job, NO_PAUSE)));
    expect(bytes).toEqual(Buffer.from(await portable(job, NO_PAUSE)));
  }
  expect(kernels.holdSomething(WORK_AT)).toBe(false);
}

/** Jobs of as many blocks each; dkLen ends anywhere in the last of them. */
function jobsOf(prf: keyof typeof DIGEST_BYTES, count: number): fc.Arbitrary<Pbkdf2Job[]> {
  const digest = DIGEST_BYTES[prf];
  return fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 })).chain(([blocks, c]) => {
    const dkLen = fc.integer({ min: (blocks - 1) * digest + 1, max: blocks * digest });
    const job = fc.record({ password: passwordBytes, salt: anyBytes(150), dkLen });
    return fc.array(
      job.map((parts) => ({ prf, c, ...parts })),
      { minLength: count, maxLength: count },
    );
  });
}

describe.each(['sha1', 'sha256', 'sha512'] as const)('with %s', (prf) => {
  const one: Pbkdf2Job = { prf, password: filled(10, 1), salt: filled(16, 2), c: 3, dkLen: DIGEST_BYTES[prf] };

  test.each([1, 2, 3, 4, 5])('%i unequal jobs give what one after the other gives', async (count) => {
    await fc.assert(
      fc.asyncProperty(jobsOf(prf, count), async (jobs) => {
        expect(new Set(jobs.map(lanes.group)).size).toBe(1);
        await expectAgreement(jobs);
      }),
      runs(80),
    );
  });

  test('a key is hashed only where it is longer than a block, lane by lane', async () => {
    const block = BLOCK_BYTES[prf];
    const around = [0, block - 1, block, block + 1, 2 * block, 4096].map((length) => ({
      ...one,
      password: filled(length, length),
    }));
    for (const job of around) await expectAgreement([job]);
    await expectAgreement(around.slice(0, 4));
    await expectAgreement(around.slice(2, 6));
  });

  test('an empty salt and a long one stand side by side', async () => {
    await expectAgreement([
      { ...one, salt: new Uint8Array() },
      { ...one, salt: filled(1000, 3) },
    ]);
  });

  test('every dkLen up to a few blocks', async () => {
    for (let dkLen = 1; dkLen <= 2 * DIGEST_BYTES[prf] + 2; dkLen++) await expectAgreement([{ ...one, dkLen }]);
    await expectAgreement([{ ...one, dkLen: 9 * DIGEST_BYTES[prf] + 1 }]);
  });

  test('goes on from slice to slice', async () => {
    const c = 7001;
    const jobs = Array.from({ length: 3 }, (_, i) => ({ ...one, c, password: filled(8 + i, i) }));
    const found = exhaust(lanes.deriveMany(jobs));
    for (const [i, job] of jobs.entries()) {
      expect(Buffer.from(found[i] as Uint8Array)).toEqual(Buffer.from(await native(job, NO_PAUSE)));
    }
  });

  test('abandoned it leaves nothing in memory and the kernel fit for the next', async () => {
    for (const count of [1, 4]) {
      const abandoned = lanes.deriveMany(Array.from({ length: count }, () => ({ ...one, c: 1e9 })));
      abandoned.next();
      expect(kernels.holdSomething(WORK_AT)).toBe(true);
      abandoned.return([]);
      expect(kernels.holdSomething(WORK_AT)).toBe(false);
    }
    await expectAgreement([one]);
  });

  test('inputs stay as they were', () => {
    const [password, salt] = [filled(30, 1), filled(70, 2)];
    exhaust(lanes.deriveMany([{ ...one, password, salt }]));
    expect([...password, ...salt]).toEqual([...filled(30, 1), ...filled(70, 2)]);
  });

  test('blocks of one job are lanes: a job of two leaves room for at most half as many', () => {
    expect(lanes.width(one)).toBe(LANES[prf]);
    expect(lanes.width({ ...one, dkLen: one.dkLen + 1 })).toBe(Math.floor(LANES[prf] / 2));
    expect(lanes.width({ ...one, dkLen: 100 * one.dkLen })).toBe(1);
  });
});

test('Jobs go together where PRF, iterations and blocks are the same', () => {
  const one: Pbkdf2Job = { prf: 'sha1', password: filled(3, 1), salt: filled(9, 1), c: 5, dkLen: 32 };
  expect(lanes.group({ ...one, password: filled(80, 2), salt: filled(0, 1), dkLen: 40 })).toBe(lanes.group(one));
  for (const other of [{ prf: 'sha256' }, { c: 6 }, { dkLen: 20 }] as const) {
    expect(lanes.group({ ...one, ...other })).not.toBe(lanes.group(one));
  }
});

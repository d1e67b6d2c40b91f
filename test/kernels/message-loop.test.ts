/** Loops over messages by WebAssembly against node:crypto and @noble/hashes: every count of lanes, lanes with unequal inputs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CryptJob, IteratedHashJob } from '../../src/jobs.js';
import { laneCrypt } from '../../src/kdf/crypt/lanes.js';
import { nativeCrypt, nativeHashes } from '../../src/kdf/crypt/native.js';
import { portableCrypt, portableHashes } from '../../src/kdf/crypt/portable.js';
import { loopIteratedHash } from '../../src/kdf/iterated-hash/loops.js';
import { nativeIteratedHash } from '../../src/kdf/iterated-hash/native.js';
import { portableIteratedHash } from '../../src/kdf/iterated-hash/portable.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { WORK_AT } from '../../src/kernels/message-loop-layout.js';
import { type LoadedLanes, loadedLanes, NO_PAUSE } from '../support/loaded-backends.js';
import { passwordBytes } from '../support/passwords.js';
import { anyBytes, runs } from '../support/properties.js';
import { recordKernels } from '../support/recorded-kernels.js';

const kernels = recordKernels();
const crypt = await loadedLanes(laneCrypt(nativeHashes, kernels.load));
const loops = await loadedLanes(loopIteratedHash(kernels.load));
const others = {
  crypt: await Promise.all([nativeCrypt.load(), portableCrypt.load()]),
  loops: await Promise.all([nativeIteratedHash.load(), portableIteratedHash.load()]),
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const filled = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (seed * 151 + i * 47 + (i >> 5)) & 255);

/** Jobs of one group, as the engine would put them together. */
function groups<Job>({ group }: LoadedLanes<Job>, jobs: readonly Job[]): Job[][] {
  const found = new Map<string, Job[]>();
  for (const job of jobs) found.set(group(job), [...(found.get(group(job)) ?? []), job]);
  return [...found.values()];
}

async function expectAgreement<Job>(
  lanes: LoadedLanes<Job>,
  other: readonly ((job: Job, run: typeof NO_PAUSE) => Uint8Array | Promise<Uint8Array>)[],
  jobs: readonly Job[],
): Promise<void> {
  for (const group of groups(lanes, jobs)) {
    const found = exhaust(lanes.deriveMany(group)).map(hex);
    for (const derive of other) {
      const expected: string[] = [];
      for (const job of group) expected.push(hex(await derive(job, NO_PAUSE)));
      expect(found).toEqual(expected);
    }
  }
  expect(kernels.holdSomething(WORK_AT)).toBe(false);
}

const SCHEMES = ['md5_crypt', 'sha256_crypt', 'sha512_crypt', 'sha1_crypt'] as const;

describe.each(SCHEMES)('%s', (scheme) => {
  const jobOf = (password: Uint8Array, salt: Uint8Array, rounds: number) =>
    ({ scheme, password, salt, rounds }) as CryptJob;

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('of %i passwords of unequal lengths is that of one after the other', (count) =>
    expectAgreement(
      crypt,
      others.crypt,
      Array.from({ length: count }, (_, i) => jobOf(filled(i + 2, i), filled(8, i + 40), 44)),
    ),
  );

  test('of every length of a password and of a salt up to some blocks', async () => {
    const jobs = Array.from({ length: 100 }, (_, i) => jobOf(filled(i, i), filled(i % 23, i), 43));
    expect(groups(crypt, jobs).length).toBeGreaterThan(scheme === 'sha1_crypt' ? 0 : 3);
    await expectAgreement(crypt, others.crypt, jobs);
  });

  test('of any bytes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(passwordBytes, anyBytes(24)), { minLength: 1, maxLength: 8 }), (pairs) =>
        expectAgreement(
          crypt,
          others.crypt,
          pairs
            .map(([password, salt]) => jobOf(password, salt, 4))
            .filter((job) => crypt.unsupported?.(job) === undefined),
        ),
      ),
      runs(20),
    ));
});

describe('what goes together', () => {
  const salt = filled(16, 3);
  const group = (job: Partial<CryptJob>): string =>
    crypt.group({ scheme: 'sha512_crypt', salt, rounds: 5000, ...job } as CryptJob);

  test('are passwords whose messages have as many blocks', () => {
    const short = Array.from({ length: 16 }, (_, length) => group({ password: filled(length, 1) }));
    expect(new Set(short).size).toBe(1);
    expect(group({ password: filled(16, 1) })).not.toBe(short[0]);
  });

  test('are the same scheme and rounds', () => {
    const password = filled(8, 1);
    const all = [{}, { rounds: 5001 }, { scheme: 'sha256_crypt' as const }, { scheme: 'md5_crypt' as const }];
    expect(new Set(all.map((job) => group({ password, ...job }))).size).toBe(all.length);
  });

  test('is as much as there are lanes', () => {
    const password = filled(8, 1);
    const widths = SCHEMES.map((scheme) => crypt.width({ scheme, password, salt, rounds: 1 } as CryptJob));
    expect(widths).toEqual([8, 4, 3, 4]);
  });
});

test('a password that is too long for a lane is left to others, as is a scheme without a kernel', () => {
  const job = { scheme: 'sha512_crypt', salt: filled(16, 1), rounds: 5000 } as const;
  const reasons = [200, 300, 4096].map((length) => crypt.unsupported?.({ ...job, password: filled(length, 1) }));
  expect(reasons.map((reason) => reason === undefined)).toEqual([true, false, false]);
  const sun = { scheme: 'sun_md5_crypt', password: filled(3, 1), salt: filled(8, 1), rounds: 0 } as const;
  expect(crypt.unsupported?.(sun)).toBeTypeOf('string');
});

test('what comes before the rounds may be computed in JavaScript', async () => {
  const lanes = await loadedLanes(laneCrypt(portableHashes));
  await expectAgreement(lanes, others.crypt, [
    { scheme: 'sha512_crypt', password: filled(90, 1), salt: filled(16, 2), rounds: 7 },
  ]);
});

describe.each(['md5', 'sha1', 'sha256', 'sha512'] as const)('a chain of %s', (algorithm) => {
  test.each([1, 2, 3, 4, 5, 8, 9])('of %i jobs is that of one after the other', (count) => {
    const jobs: IteratedHashJob[] = Array.from({ length: count }, (_, i) => ({
      algorithm,
      first: filled(3 + i, i),
      prefix: filled(i, i),
      suffix: filled(9 - i, i),
      rounds: 50,
    }));
    return expectAgreement(loops, others.loops, jobs);
  });

  test('of any bytes before and after h', () =>
    fc.assert(
      fc.asyncProperty(anyBytes(100), anyBytes(700), anyBytes(700), fc.nat(9), (first, prefix, suffix, rounds) =>
        expectAgreement(loops, others.loops, [{ algorithm, first, prefix, suffix, rounds }]),
      ),
      runs(40),
    ));

  test('without bytes around h', () =>
    expectAgreement(loops, others.loops, [{ algorithm, first: filled(4, 1), suffix: filled(0, 1), rounds: 3000 }]));

  test('is left to others where its message is too long for a lane', () => {
    const job = { algorithm, first: filled(3, 1), rounds: 1 };
    const reasons = [3000, 4096].map((length) => loops.unsupported?.({ ...job, suffix: filled(length, 1) }));
    expect(reasons.map((reason) => reason === undefined)).toEqual([true, false]);
  });
});

test('an abandoned derivation leaves zeros', () => {
  const job = { scheme: 'sha512_crypt', password: filled(9, 1), salt: filled(16, 2), rounds: 100_000 } as const;
  const slices = crypt.deriveMany([job, job]);
  slices.next();
  expect(kernels.holdSomething(WORK_AT)).toBe(true);
  slices.return([]);
  expect(kernels.holdSomething(WORK_AT)).toBe(false);
});

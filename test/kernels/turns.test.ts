/** Derivations in slices on one thread: those of another verifier may come between any two of them. */
import { describe, expect, test } from 'vitest';
import type { Argon2Job, BcryptJob, CryptJob, Pbkdf2Job } from '../../src/jobs.js';
import { laneArgon2 } from '../../src/kdf/argon2/lanes.js';
import { laneBcrypt } from '../../src/kdf/bcrypt/lanes.js';
import type { Backend, Slices } from '../../src/kdf/contract.js';
import { laneCrypt } from '../../src/kdf/crypt/lanes.js';
import { portableHashes } from '../../src/kdf/crypt/portable.js';
import { laneIteratedHash } from '../../src/kdf/iterated-hash/lanes.js';
import { loopIteratedHash } from '../../src/kdf/iterated-hash/loops.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { lanePbkdf2 } from '../../src/kdf/pbkdf2/lanes.js';
import { measuredPbkdf2 } from '../../src/kdf/pbkdf2/openssl.js';
import { laneScrypt } from '../../src/kdf/scrypt/lanes.js';
import { laneYescrypt } from '../../src/kdf/yescrypt/lanes.js';
import { clerkHashers, createVerifier } from '../../src/portable.js';
import { loadedLanes } from '../support/loaded-backends.js';

const bytes = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (seed * 89 + i * 31) & 255);
const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => Buffer.from(hash).toString('hex'));

/** One slice of each, over and over, until all are done. */
function alternate(running: readonly Slices[]): string[][] {
  const found: string[][] = [];
  const left = new Map(running.entries());
  while (left.size > 0) {
    for (const [index, slices] of left) {
      const { done, value } = slices.next();
      if (!done) continue;
      found[index] = hex(value);
      left.delete(index);
    }
  }
  return found;
}

async function expectUndisturbed<Job>(backend: Backend<Job>, jobOf: (seed: number) => Job): Promise<void> {
  const { deriveMany, width } = await loadedLanes(backend);
  const most = width(jobOf(0));
  const batches = [1, most, 1, most].map((count, batch) =>
    Array.from({ length: count }, (_, index) => jobOf(10 * batch + index)),
  );
  const alone = batches.map((jobs) => hex(exhaust(deriveMany(jobs))));
  expect(new Set(alone.flat()).size).toBe(alone.flat().length);
  expect(alternate(batches.map((jobs) => deriveMany(jobs)))).toEqual(alone);
}

const salted = (seed: number) => ({ password: bytes(9 + seed, seed), salt: bytes(16, seed + 1) });

describe('derivations that take turns do not disturb each other', () => {
  test('bcrypt', () =>
    expectUndisturbed<BcryptJob>(laneBcrypt, (seed) => ({ ...salted(seed), cost: 6, variant: '2b' })));

  test.each(['sha1', 'sha256', 'sha512'] as const)('PBKDF2 with %s', (prf) =>
    expectUndisturbed<Pbkdf2Job>(lanePbkdf2(), (seed) => ({ ...salted(seed), prf, c: 10_000, dkLen: 20 })),
  );

  test('PBKDF2 by the measured backend, with lanes that share its kernels', async () => {
    const lanes = lanePbkdf2();
    const jobOf = (seed: number): Pbkdf2Job => ({ ...salted(seed), prf: 'sha256', c: 10_000, dkLen: 32 });
    const [own, measured] = await Promise.all([loadedLanes(lanes), loadedLanes(measuredPbkdf2(lanes))]);
    const alone = [1, 2].map((seed) => hex(exhaust(own.deriveMany([jobOf(seed)]))));
    expect(alternate([own.deriveMany([jobOf(1)]), measured.deriveMany([jobOf(2)])])).toEqual(alone);
  });

  test.each(['sha1', 'sha256'] as const)('the loop of %s', (algorithm) =>
    expectUndisturbed(loopIteratedHash(), (seed) => ({
      algorithm,
      first: bytes(9 + seed, seed),
      prefix: bytes(7, seed),
      suffix: bytes(200, seed),
      rounds: 8000,
    })),
  );

  test.each(['md5_crypt', 'sha256_crypt', 'sha512_crypt', 'sha1_crypt'] as const)('%s', (scheme) =>
    expectUndisturbed<CryptJob>(laneCrypt(portableHashes), (seed) => ({
      ...salted(seed),
      password: bytes(9, seed),
      scheme,
      rounds: 5000,
    })),
  );

  test.each(['md5', 'sha512'] as const)('the chain of %s', (algorithm) =>
    expectUndisturbed(laneIteratedHash(), (seed) => ({
      algorithm,
      first: bytes(9 + seed, seed),
      // Several blocks.
      suffix: bytes(200, seed),
      rounds: 8000,
    })),
  );

  test('scrypt', () =>
    expectUndisturbed(laneScrypt(), (seed) => ({ ...salted(seed), N: 4096, r: 8, p: 1, dkLen: 32 })));

  test('Argon2', () =>
    expectUndisturbed<Argon2Job>(laneArgon2(), (seed) => {
      return { ...salted(seed), type: 'argon2id', version: 19, m: 4096, t: 2, p: 1, dkLen: 32 };
    }));

  test('yescrypt', () =>
    expectUndisturbed<CryptJob>(laneYescrypt(portableHashes), (seed) => {
      return { ...salted(seed), scheme: 'yescrypt', flags: 182, N: 4096, r: 8, p: 1, t: 0 };
    }));
});

test.each(['bcrypt', 'pbkdf2_sha256', 'scrypt_werkzeug', 'argon2id', 'sha512_symfony', 'phpass'])(
  'verifiers that share a thread verify %s at the same time',
  async (name) => {
    const { password = '', digest } = clerkHashers.find((one) => one.name === name)?.example ?? { digest: '' };
    const verifiers = Array.from({ length: 3 }, () => createVerifier());
    const verdicts = await Promise.all(
      verifiers.map(({ verify }, index) =>
        verify(`${password}${index === 1 ? '!' : ''}`, { passwordHasher: name, passwordDigest: digest }),
      ),
    );
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['match', 'mismatch', 'match']);
    await Promise.all(verifiers.map(({ close }) => close()));
  },
);

/** What a job of crypt(3) says that it takes, which limits refuse before any work. */
import { expect, test } from 'vitest';
import type { CryptJob } from '../../src/jobs.js';
import { cryptCost, jobCost } from '../../src/kdf/cost.js';
import { DEFAULT_LIMITS, overLimit } from '../../src/policy.js';

const salt = new Uint8Array(16);
const jobOf = (scheme: CryptJob['scheme'], rounds: number, passwordBytes = 12): CryptJob =>
  ({ scheme, rounds, salt, password: new Uint8Array(passwordBytes) }) as CryptJob;
const refused = (job: CryptJob): string | undefined =>
  overLimit(undefined, jobCost('crypt', job), DEFAULT_LIMITS)?.limit?.param;

test('rounds are the work, and Solaris makes 4096 more', () => {
  const schemes = ['sha256_crypt', 'sha512_crypt', 'sha1_crypt', 'sun_md5_crypt'] as const;
  expect(schemes.map((scheme) => cryptCost({ scheme, rounds: 5000 }).work)).toEqual([5000, 5000, 5000, 9096]);
  expect(cryptCost({ scheme: 'md5_crypt' })).toMatchObject({ kdf: 'crypt', work: 1000, demands: [] });
});

test.each(['sha256_crypt', 'sha512_crypt', 'sha1_crypt', 'sun_md5_crypt'] as const)(
  'rounds of %s over the limit are refused',
  (scheme) => {
    const { cryptRounds } = DEFAULT_LIMITS;
    expect(refused(jobOf(scheme, cryptRounds))).toBeUndefined();
    expect(refused(jobOf(scheme, cryptRounds + 1))).toBe('rounds');
  },
);

test('a long password counts as often as it is hashed in a round', () => {
  expect(refused(jobOf('sha512_crypt', 656_000, 128))).toBeUndefined();
  expect(refused(jobOf('sha512_crypt', 5000, 4096))).toBeUndefined();
  expect(refused(jobOf('sha512_crypt', 656_000, 4096))).toBe('work');
  // Blocks are half as long.
  expect(refused(jobOf('sha512_crypt', 100_000, 4096))).toBeUndefined();
  expect(refused(jobOf('sha256_crypt', 100_000, 4096))).toBe('work');
  // The password is HMAC's key, which is hashed once.
  expect(refused(jobOf('sha1_crypt', 656_000, 4096))).toBeUndefined();
});

/** bcrypt by WebAssembly against bcrypt in TypeScript: every count of lanes, lanes with unequal inputs. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BcryptJob } from '../../src/jobs.js';
import { laneBcrypt } from '../../src/kdf/bcrypt/lanes.js';
import { portableBcrypt } from '../../src/kdf/bcrypt/portable.js';
import type { Lanes } from '../../src/kdf/contract.js';
import { exhaust, inTurns } from '../../src/kdf/lanes.js';
import { passwordBytes } from '../support/passwords.js';
import { runs } from '../support/properties.js';

const VARIANTS = ['2', '2a', '2b', '2x', '2y'] as const;
const portable = await portableBcrypt.load();
const deriveMany = await (laneBcrypt.lanes as Lanes<BcryptJob>).load();
const NO_PAUSE = { tickMs: Number.POSITIVE_INFINITY };

const job = (length: number, cost: number, index: number): BcryptJob => ({
  password: randomBytes(length),
  salt: randomBytes(16),
  cost,
  variant: VARIANTS[index % VARIANTS.length] as BcryptJob['variant'],
});

/** As jobs come: no two of a batch are alike but for their cost. */
const anyJobs = (count: number): fc.Arbitrary<BcryptJob[]> =>
  fc.integer({ min: 4, max: 5 }).chain((cost) => {
    const salt = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const parts = fc.record({ password: passwordBytes, salt, variant: fc.constantFrom(...VARIANTS) });
    return fc.array(
      parts.map((some) => ({ ...some, cost })),
      { minLength: count, maxLength: count },
    );
  });

describe.each([1, 2, 3])('%i lanes', (count) => {
  test('agree with one after the other on random jobs', async () => {
    await fc.assert(
      fc.asyncProperty(anyJobs(count), async (jobs) => {
        const found = exhaust(deriveMany(jobs)).map((hash) => Buffer.from(hash).toString('hex'));
        const expected: string[] = [];
        for (const one of jobs) expected.push(Buffer.from(await portable(one, NO_PAUSE)).toString('hex'));
        expect(found).toEqual(expected);
      }),
      runs(250),
    );
  });

  test.each([0, 1, 2, 55, 71, 72, 73, 200])(
    'agree with one after the other, passwords from %i bytes',
    async (length) => {
      for (const cost of [4, 5]) {
        const jobs = Array.from({ length: count }, (_, index) => job(length + 3 * index, cost, length + index));
        const found = await inTurns(deriveMany(jobs), NO_PAUSE);
        for (const [index, one] of jobs.entries()) {
          expect(Buffer.from(found[index] as Uint8Array)).toEqual(Buffer.from(await portable(one, NO_PAUSE)));
        }
      }
    },
  );
});

test('an abandoned derivation leaves the kernel fit for the next', async () => {
  const [one] = [job(20, 5, 1)];
  const abandoned = deriveMany([job(9, 6, 0)]);
  abandoned.next();
  abandoned.return([]);
  expect(await inTurns(deriveMany([one]), NO_PAUSE)).toEqual([await portable(one, NO_PAUSE)]);
});

/** bcrypt by WebAssembly against bcrypt in TypeScript: every count of lanes, lanes with unequal inputs. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BcryptJob } from '../../dist/jobs.js';
import { laneBcrypt } from '../../dist/kdf/bcrypt/lanes.js';
import { portableBcrypt } from '../../dist/kdf/bcrypt/portable.js';
import type { Lanes } from '../../dist/kdf/contract.js';
import { inTurns } from '../../dist/kdf/lanes.js';

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

describe.each([1, 2, 3])('%i lanes', (count) => {
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

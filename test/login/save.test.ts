/** What becomes of a new digest: whatever save does, no rejection. */
import { expect, test } from 'vitest';
import { upgrade } from '../../src/login/upgrade.js';

const previous = { passwordHasher: 'md5', passwordDigest: 'old' };
const next = { passwordHasher: 'bcrypt', passwordDigest: 'new' };

test.each([
  [true, 'saved'],
  [false, 'conflict'],
] as const)('save that answers %j is %s', async (answer, outcome) => {
  const asked: unknown[] = [];
  const save = (...given: unknown[]) => {
    asked.push(given);
    return answer;
  };
  expect(await upgrade(async () => next, save, previous)).toEqual({ outcome });
  expect(
    await upgrade(
      async () => next,
      async () => answer,
      previous,
    ),
  ).toEqual({ outcome });
  expect(asked).toEqual([[next, previous]]);
});

test.each([undefined, null, 1, 'true', {}])('save that answers %j has failed', async (answer) => {
  const save = (async () => answer) as never;
  expect(await upgrade(async () => next, save, previous)).toEqual({
    outcome: 'save-failed',
    error: expect.any(TypeError),
  });
});

test('keeps what save threw, or hashing', async () => {
  const error = new Error('of the database');
  expect(
    await upgrade(
      async () => next,
      () => Promise.reject(error),
      previous,
    ),
  ).toEqual({
    outcome: 'save-failed',
    error,
  });
  const unused = () => {
    throw new Error('save was called');
  };
  expect(await upgrade(() => Promise.reject(error), unused, previous)).toEqual({ outcome: 'hash-failed', error });
});

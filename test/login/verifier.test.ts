/** A verifier: its options, and its end. */
import { describe, expect, test } from 'vitest';
import { type Credential, createVerifier, type Verdict, type VerifierOptions } from '../../src/index.js';
import * as portable from '../../src/portable.js';
import { outcomes } from '../support/orders.js';

const password = 'correct horse battery staple';
const credential = (cost: number): Credential => ({
  passwordHasher: 'bcrypt',
  passwordDigest: `$2b$${String(cost).padStart(2, '0')}$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG`,
});
const codeOf = (verdict: Verdict): string => (verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);

describe.each([
  ['digestry', createVerifier],
  ['digestry/portable', portable.createVerifier],
] as const)('a verifier of %s', (_, create) => {
  test.each([
    ['an option that there is not', { thread: 4 }, /thread; did you mean threads\?/],
    ['an option in other letters', { maxqueue: 4 }, /maxqueue; did you mean maxQueue\?/],
    ['no thread', { threads: 0 }, /threads/],
    ['a budget of nothing', { maxMemoryBytes: 0 }, /maxMemoryBytes/],
    ['no queue', { maxQueue: 0 }, /maxQueue/],
    ['half a queue', { maxQueue: 1.5 }, /maxQueue/],
    ['a queue that is a text', { maxQueue: '10' }, /maxQueue/],
    ['an endless queue', { maxQueue: Number.POSITIVE_INFINITY }, /maxQueue/],
  ])('takes %s for wrong use', (_name, options, message) => {
    expect(() => create(options as unknown as VerifierOptions)).toThrow(TypeError);
    expect(() => create(options as unknown as VerifierOptions)).toThrow(message);
  });

  test('refuses verifications over maxQueue at once, and settles the others on close', async () => {
    const verifier = create({ maxQueue: 2, threads: 1 });
    const calls = Array.from({ length: 5 }, () => verifier.verify(password, credential(16)).then(codeOf));
    expect(await Promise.race(calls)).toBe('ERR_QUEUE_FULL');
    await verifier.close();
    const [full, closed] = ['ERR_QUEUE_FULL', 'ERR_CLOSED'];
    expect(await outcomes(calls)).toEqual([closed, closed, closed, full, full]);
  });

  test('answers ERR_CLOSED after close, which can be called again', async () => {
    const verifier = create();
    expect(codeOf(await verifier.verify(password, credential(10)))).toBe('match');
    const ends = [verifier.close(), verifier.close(), verifier[Symbol.asyncDispose]()];
    await Promise.all(ends);
    expect(codeOf(await verifier.verify(password, credential(10)))).toBe('ERR_CLOSED');
    await expect(verifier.backends()).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });

  test('is closed at the end of its block', async () => {
    let outlived: ReturnType<typeof create> | undefined;
    {
      await using verifier = create();
      outlived = verifier;
    }
    expect(codeOf(await outlived.verify(password, credential(4)))).toBe('ERR_CLOSED');
  });
});

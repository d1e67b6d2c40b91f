/** The event loop turns while costly digests are verified. Only their outcome and the number of turns are looked at. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, verify } from '../../src/index.js';

/** A tenth of a second of work and more, on any machine: a computation on this thread would be seen. */
const COSTLY = {
  bcrypt: { cost: 11 },
  phpass: { cost: 18 },
  sha512_symfony: { iterations: 150_000 },
  scrypt_werkzeug: { p: 3 },
  argon2id: { m: 65_536, t: 3 },
} as const;

describe('the event loop', () => {
  test.each(Object.entries(COSTLY))('turns while %s is verified', async (name, params) => {
    const hasher = clerkHashers.find((one) => one.name === name);
    if (hasher === undefined) throw new Error('one of the 22 is expected');
    const { password = '', digest } = hasher.example;
    // Loading and self-tests are done by then.
    expect((await verify(password, { passwordHasher: name, passwordDigest: digest })).outcome).toBe('match');
    const parsed = hasher.parse(digest);
    const costly = hasher.serialize({ ...parsed, params: { ...parsed.params, ...params } });
    let turns = 0;
    let done = false;
    const turn = (): void => {
      turns++;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    const verdict = await verify(password, { passwordHasher: name, passwordDigest: costly });
    done = true;
    expect(verdict.outcome).toBe('mismatch');
    // A computation on this thread would leave one or two.
    expect(turns).toBeGreaterThan(3);
  });
});

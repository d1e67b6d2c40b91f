/** Verifiers of one loaded copy: what they share, and what each has for itself. */
import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { computeMemoryBudget } from '../../src/engine/node.js';
import {
  type Credential,
  createParsed,
  createRegistry,
  createVerifier,
  defaultVerifier,
  defineHasher,
  hashCost,
  type Verdict,
  verify,
} from '../../src/index.js';
import type { CostlyJobs } from '../../src/jobs.js';
import { child } from '../support/child.js';

const password = 'U*U';
/** From crypt_blowfish's wrapper.c: cost 5, milliseconds. */
const cheap: Credential = {
  passwordHasher: 'bcrypt',
  passwordDigest: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
};
const slow = { ...cheap, passwordDigest: cheap.passwordDigest.replace('$05$', '$16$') };
const codeOf = (verdict: Verdict): string => (verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);

describe('verifiers', () => {
  test('that are many share the threads of one, and none is left when nothing comes', async () => {
    const { stdout } = await child(
      `const { availableParallelism } = await import('node:os');
       const all = Array.from({ length: 40 }, () => d.createVerifier());
       console.log(codes(await Promise.all(all.map((one) => one.verify(password, bcrypt)))).split(' ').length);
       console.log(workers.length > 0, workers.length <= availableParallelism());
       const stats = all[39].stats();
       console.log(stats.threads === availableParallelism(), stats.startedThreads === workers.length, stats.threadless);`,
    );
    expect(stdout).toBe('40\ntrue true\ntrue true undefined\n');
  });

  test('are closed one by one: what others wait for is answered', async () => {
    const [one, other] = [createVerifier(), createVerifier()];
    const closed = Array.from({ length: 2 * availableParallelism() }, () => one.verify(password, slow));
    const kept = Array.from({ length: 4 }, () => other.verify(password, cheap));
    // Both in the threads and in the queue by then.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await one.close();
    expect(new Set((await Promise.all(closed)).map(codeOf))).toEqual(new Set(['ERR_CLOSED']));
    expect((await Promise.all(kept)).map(codeOf)).toEqual(Array(4).fill('match'));
    expect(codeOf(await one.verify(password, cheap))).toBe('ERR_CLOSED');
    await other.close();
  });

  test('have a queue of their own', async () => {
    const [one, other] = [createVerifier({ maxQueue: 1 }), createVerifier()];
    const controller = new AbortController();
    const { signal } = controller;
    const many = Array.from({ length: 50 }, () => one.verify(password, slow, { signal }));
    const free = Array.from({ length: 10 }, () => other.verify(password, cheap, { priority: 'high' }));
    expect(other.stats()).toMatchObject({ queue: 10 });
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect((await Promise.all(many)).map(codeOf)).toContain('ERR_QUEUE_FULL');
    expect(new Set((await Promise.all(free)).map(codeOf))).toEqual(new Set(['match']));
    expect(other.stats()).toMatchObject({ queue: 0, running: 0 });
    await Promise.all([one.close(), other.close()]);
  });

  test('have threads of their own where they ask for some', async () => {
    const { stdout } = await child(
      `const [one, other] = [d.createVerifier({ threads: 1 }), d.createVerifier({ threads: 1 })];
       await Promise.all([one.verify(password, bcrypt), other.verify(password, bcrypt)]);
       console.log(workers.length, one.stats().threads, one.stats().startedThreads);
       await one.close();
       console.log(workers.filter(({ threadId }) => threadId !== -1).length, other.stats().startedThreads);`,
    );
    expect(stdout).toBe('2 1 1\n1 1\n');
  });
});

describe('close()', () => {
  test('waits for no native derivation: nothing can stop that', async () => {
    const { stdout } = await child(
      `const verifier = d.createVerifier({ threads: 1 });
       // Two blocks of SHA-1: OpenSSL on the thread.
       const of = (c) => ({ passwordHasher: 'pbkdf2_sha1', passwordDigest: 'pbkdf2_sha1$' + c + '$' + 'ab'.repeat(16) + '$' + '00'.repeat(32) });
       await verifier.verify(password, of(1));
       const running = verifier.verify(password, of(2_000_000));
       await new Promise((resolve) => setImmediate(resolve));
       workers[0].once('exit', () => console.log('exit'));
       console.log(verifier.stats().running);
       await verifier.close();
       console.log((await running).error?.code ?? (await running).outcome);`,
    );
    expect(stdout).toBe('1\nERR_CLOSED\nexit\n');
  });
});

describe('the default verifier', () => {
  afterEach(() => defaultVerifier().close());

  test('is the one of verify()', async () => {
    await verify(password, cheap);
    expect(defaultVerifier().stats().hashers['bcrypt']?.match).toBe(1);
    expect(defaultVerifier()).toBe(defaultVerifier());
  });

  test('is closed like another, and the next call makes one anew', async () => {
    const first = defaultVerifier();
    const late = verify(password, slow);
    await first.close();
    expect(codeOf(await late)).toBe('ERR_CLOSED');
    expect(codeOf(await first.verify(password, cheap))).toBe('ERR_CLOSED');
    expect(codeOf(await verify(password, cheap))).toBe('match');
    expect(defaultVerifier()).not.toBe(first);
  });

  test('is disposed of by `await using`', async () => {
    const first = defaultVerifier();
    await first[Symbol.asyncDispose]();
    expect(defaultVerifier()).not.toBe(first);
  });
});

describe('a plug-in', () => {
  const verifierOf = (
    derive: (
      kdfs: {
        readonly [K in 'scrypt' | 'iteratedHash' | 'bcrypt' | 'pbkdf2' | 'argon2' | 'crypt']: (
          job: never,
        ) => Promise<Uint8Array>;
      },
    ) => Promise<Uint8Array>,
  ) => {
    const odd = defineHasher({
      name: 'odd',
      example: { digest: 'x' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(32)),
      serialize: () => 'x',
      cost: () => hashCost('md5'),
      derive: (_, __, kdfs) => derive(kdfs as never),
    });
    return createVerifier({ registry: createRegistry([odd]) });
  };
  const credential = { passwordHasher: 'odd', passwordDigest: 'x' };

  test('whose promise never settles is answered by close()', async () => {
    const verifier = verifierOf(() => new Promise(() => {}));
    const [verdict, hanging] = [verifier.verify(password, credential), verifier.verify(password, credential)];
    await verifier.close();
    expect([codeOf(await verdict), codeOf(await hanging)]).toEqual(['ERR_CLOSED', 'ERR_CLOSED']);
  });

  const bytes = { password: new Uint8Array(3), salt: new Uint8Array(16) };
  const tooMuch: { readonly [K in keyof CostlyJobs]: readonly [CostlyJobs[K], string] } = {
    bcrypt: [{ ...bytes, cost: 17, variant: '2b' }, 'cost'],
    pbkdf2: [{ ...bytes, prf: 'sha1', c: 10_000_001, dkLen: 20 }, 'iterations'],
    scrypt: [{ ...bytes, N: 2 ** 20, r: 8, p: 1, dkLen: 32 }, 'memoryBytes'],
    argon2: [{ ...bytes, type: 'argon2id', version: 19, m: 2 ** 21, t: 1, p: 1, dkLen: 32 }, 'm'],
    iteratedHash: [{ algorithm: 'md5', first: bytes.salt, suffix: bytes.salt, rounds: 2 ** 25 }, 'iterations'],
    crypt: [{ scheme: 'sha512_crypt', ...bytes, rounds: 10_000_001 }, 'rounds'],
  };
  test.each(Object.entries(tooMuch))(
    'cannot ask for more %s than is allowed, whatever its cost says',
    async (kdf, [job, param]) => {
      const verifier = verifierOf((kdfs) => kdfs[kdf as keyof CostlyJobs](job as never));
      expect(await verifier.verify(password, credential)).toMatchObject({
        outcome: 'rejected',
        error: { code: 'ERR_LIMIT', hasher: 'odd', limit: { param } },
      });
      await verifier.close();
    },
  );

  test('cannot ask for more rounds of SHA-512 either', async () => {
    const job = { algorithm: 'sha512', first: bytes.salt, suffix: bytes.salt, rounds: 10_000_000 };
    const verifier = verifierOf((kdfs) => kdfs.iteratedHash(job as never));
    expect(await verifier.verify(password, credential)).toMatchObject({ error: { code: 'ERR_LIMIT' } });
    await verifier.close();
  });
});

test.each([
  [8e9, undefined, 4e9],
  [8e9, 0, 4e9],
  [8e9, 2e9, 1e9],
  [8e9, 2 ** 63, 4e9],
])('Of %d bytes, where a control group allows %s, %d are for what computes', (total, constrained, budget) => {
  expect(computeMemoryBudget(total, constrained)).toBe(budget);
});

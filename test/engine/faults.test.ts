/** What happens to many verifications at once when something goes wrong: each is answered, and nothing is left behind. */
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/engine.js';
import { createWorkerThread } from '../../src/engine/worker-thread.js';
import {
  type Credential,
  clerkHashers,
  createParsed,
  createRegistry,
  createVerifier,
  defineHasher,
  hashCost,
  type Verdict,
} from '../../src/index.js';
import type { BcryptJob, ScryptJob } from '../../src/jobs.js';
import { laneBcrypt } from '../../src/kdf/bcrypt/lanes.js';
import { portableBcrypt } from '../../src/kdf/bcrypt/portable.js';
import { child } from '../support/child.js';
import { NO_PAUSE } from '../support/loaded-backends.js';
import { bcryptJob, outcomes } from '../support/orders.js';

const password = 'U*U';
/** From crypt_blowfish's wrapper.c: cost 5, milliseconds. */
const cheap: Credential = {
  passwordHasher: 'bcrypt',
  passwordDigest: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
};
const codeOf = (verdict: Verdict): string => (verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);

function counted(codes: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const code of codes) found[code] = (found[code] ?? 0) + 1;
  return found;
}

describe('a thread that is killed', () => {
  test('by one of a batch: that one is ERR_BACKEND, and all others get their right hashes', async () => {
    const script = new URL('workers/dies-of-255.mjs', import.meta.url);
    const engine = createEngine({ threads: [createWorkerThread({ script }), createWorkerThread({ script })] });
    const jobs: BcryptJob[] = Array.from({ length: 30 }, (_, i) => ({
      ...bcryptJob(4),
      password: Uint8Array.of(i % 10 === 7 ? 255 : 1, i),
    }));
    const derive = await portableBcrypt.load();
    const expected = await Promise.all(
      jobs.map(async (job) => (job.password[0] === 255 ? 'ERR_BACKEND' : [...(await derive(job, NO_PAUSE))])),
    );
    const running = jobs.map((job) => engine.run({ kdf: 'bcrypt', backend: laneBcrypt, job, call: {} }));
    expect(await outcomes(running.map((hash) => hash.then((bytes) => [...bytes])))).toEqual(expected);
    expect(engine.stats()).toMatchObject({ waiting: 0, running: 0, memoryBytes: 0, threads: 2 });
    await engine.close();
  });

  test('in the middle of its work costs nobody an answer', async () => {
    const { stdout } = await child(
      `const verifier = d.createVerifier({ threads: 2 });
       await verifier.verify(password, bcrypt);
       const all = Array.from({ length: 40 }, (_, i) => verifier.verify(i % 2 ? password : 'another', bcrypt));
       await new Promise((resolve) => setImmediate(resolve));
       await Promise.all(workers.map((worker) => worker.terminate()));
       console.log(JSON.stringify(counts(await Promise.all(all))), workers.length > 2);
       await verifier.close();
       console.log(workers.every(({ threadId }) => threadId === -1));`,
    );
    expect(stdout).toBe('{"mismatch":20,"match":20} true\ntrue\n');
  });

  test('again and again before it answers: every verification is answered by the calling thread', async () => {
    const { stdout, stderr } = await child(
      `const verifier = d.createVerifier({ threads: 2 });
       let killing = true;
       const kill = async () => {
         // Before that it would be one that cannot start.
         for (const worker of workers) if (worker.ready) await worker.terminate();
         if (killing) setTimeout(kill, 20);
       };
       const some = { ...bcrypt, passwordDigest: bcrypt.passwordDigest.replace('$10$', '$12$') };
       const all = Array.from({ length: 8 }, () => verifier.verify(password, some));
       kill();
       const found = counts(await Promise.all(all));
       killing = false;
       console.log(Object.keys(found).join(), found.mismatch);
       console.log((await verifier.verify(password, bcrypt)).outcome);`,
    );
    expect(stdout).toBe('mismatch 8\nmatch\n');
    expect(stderr).toContain('DIGESTRY_NO_THREADS');
  });
});

describe('too many at once', () => {
  test('a full queue refuses the rest, answers what it took, and takes more when it is empty', async () => {
    const verifier = createVerifier({ threads: 1, maxQueue: 50 });
    const codes = await Promise.all(Array.from({ length: 500 }, () => verifier.verify(password, cheap).then(codeOf)));
    // One more than may wait: the thread is free when they come.
    expect(counted(codes)).toEqual({ match: 51, ERR_QUEUE_FULL: 449 });
    const more = await Promise.all(Array.from({ length: 50 }, () => verifier.verify(password, cheap).then(codeOf)));
    expect(counted(more)).toEqual({ match: 50 });
    await verifier.close();
  });

  test('half of ten thousand are aborted, before and while they run, and the other half are answered', async () => {
    const verifier = createVerifier({ threads: 2 });
    const early = new AbortController();
    const each = Array.from({ length: 2500 }, () => new AbortController());
    let answered = 0;
    const calls = Array.from({ length: 10_000 }, (_, i) => {
      const signal = i % 4 === 1 ? early.signal : i % 4 === 3 ? each[(i - 3) / 4]?.signal : undefined;
      const call = verifier.verify(i % 8 === 0 ? 'another' : password, cheap, { signal }).then(codeOf);
      // Each of these goes with the one that is answered: some wait by then, some are in a lane, some are done.
      if (signal === undefined) call.then(() => each[answered++]?.abort());
      return call;
    });
    early.abort();
    const codes = await Promise.all(calls);
    expect(counted(codes.filter((_, i) => i % 4 === 1))).toEqual({ ERR_ABORTED: 2500 });
    expect(counted(codes.filter((_, i) => i % 2 === 0))).toEqual({ mismatch: 1250, match: 3750 });
    const late = counted(codes.filter((_, i) => i % 4 === 3));
    expect((late['ERR_ABORTED'] ?? 0) + (late['match'] ?? 0)).toBe(2500);
    expect(late['ERR_ABORTED']).toBeGreaterThan(0);
    for (const { signal } of [early, ...each]) expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(codeOf(await verifier.verify(password, cheap))).toBe('match');
    await verifier.close();
  });

  test('a gibibyte of scrypt is not computed at once in a budget of a quarter', async () => {
    const { stdout } = await child(
      `const MIB = 2 ** 20;
       const verifier = d.createVerifier({ maxMemoryBytes: 256 * MIB });
       const found = counts(await Promise.all(Array.from({ length: 32 }, () => verifier.verify(password, scrypt))));
       // What was refused may come again.
       const after = await verifier.verify(password, scrypt);
       const whole = process.resourceUsage().maxRSS * 1024 < 1024 * MIB;
       console.log(JSON.stringify({ ...found, after: after.outcome, whole }));
       await verifier.close();`,
    );
    const { match, ERR_QUEUE_FULL: full, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ after: 'match', whole: true });
    expect(match + full).toBe(32);
    expect(match).toBeGreaterThan(0);
    // N = 2^15 and r = 8 are 32 MiB.
    expect(match).toBeLessThanOrEqual(8);
  });

  test('one that needs more than the whole budget is over a limit, not early', async () => {
    const example = clerkHashers.find(({ name }) => name === 'scrypt_werkzeug')?.example;
    const credential = { passwordHasher: 'scrypt_werkzeug', passwordDigest: example?.digest ?? '' };
    const verifier = createVerifier({ maxMemoryBytes: 2 ** 20 });
    expect(await verifier.verify('a', credential)).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_LIMIT', limit: { param: 'maxMemoryBytes', max: 2 ** 20 } },
    });
    // The cheap ones are answered all the same.
    expect(codeOf(await verifier.verify(password, cheap))).toBe('match');
    await verifier.close();
  });
});

test('A job whose parameters a plug-in left out is refused, and the budget of memory holds on', async () => {
  const odd = defineHasher({
    name: 'odd',
    example: { digest: 'x' },
    parse: () => createParsed({}, new Uint8Array(), new Uint8Array(32)),
    serialize: () => 'x',
    cost: () => hashCost('md5'),
    derive: (bytes, _, kdfs) => kdfs.scrypt({ password: bytes, salt: bytes, r: 8, p: 1, dkLen: 32 } as ScryptJob),
  });
  const scrypt = clerkHashers.find(({ name }) => name === 'scrypt_werkzeug')?.example.digest ?? '';
  const verifier = createVerifier({ registry: createRegistry([odd, ...clerkHashers]), maxMemoryBytes: 40 * 2 ** 20 });
  const verify = (passwordHasher: string, passwordDigest: string): Promise<string> =>
    verifier.verify('a', { passwordHasher, passwordDigest }).then(codeOf);
  expect(await verify('odd', 'x')).toBe('ERR_BACKEND');
  const both = [verify('scrypt_werkzeug', scrypt), verify('scrypt_werkzeug', scrypt)];
  expect(await Promise.all(both)).toEqual(['mismatch', 'ERR_QUEUE_FULL']);
  await verifier.close();
});

describe('after an end', () => {
  // The one stops at its next slice, the other with its thread.
  test.each(['lanes', 'bcryptjs'])(
    'no thread and no handle after close(), whatever was under way by %s',
    async (name) => {
      const { stdout, stderr } = await child(
        `const verifier = d.createVerifier({ threads: 2, maxQueue: 20, backends: { bcrypt: '${name}' } });
       await verifier.verify(password, bcrypt);
       const controller = new AbortController();
       const all = Array.from({ length: 40 }, (_, i) =>
         verifier.verify(password, i % 3 ? slow : scrypt, i % 2 ? { signal: controller.signal } : {}));
       verifier.backends().catch(() => {});
       await new Promise((resolve) => setImmediate(resolve));
       controller.abort();
       await verifier.close();
       const held = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort|Timeout/.test(name));
       console.log(held.length, workers.every(({ threadId }) => threadId === -1));
       console.log(Object.keys(counts(await Promise.all(all))).sort().join(' '));`,
      );
      expect(stderr).toBe('');
      expect(stdout).toBe('0 true\nERR_ABORTED ERR_CLOSED ERR_QUEUE_FULL\n');
    },
  );

  test('nothing that holds a process whose verifiers were used and forgotten', async () => {
    const { stdout, stderr } = await child(
      `for (const threads of [1, 2, 3]) {
         const verifier = d.createVerifier({ threads });
         const some = Array.from({ length: 2 * threads }, () => verifier.verify(password, bcrypt));
         console.log(codes(await Promise.all(some)));
       }
       d.createVerifier().verify(password, slow, { signal: AbortSignal.timeout(50) });`,
    );
    expect(stderr).toBe('');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => new Set(line.split(' '))),
    ).toEqual(Array(3).fill(new Set(['match'])));
  });
});

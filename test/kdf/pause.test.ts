/** Turns of the event loop that no test's fake timer and no clock stops. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CostlyJobs, CostlyKdf } from '../../src/jobs.js';
import { portableCatalogue } from '../../src/kdf/catalogue-portable.js';
import type { Backend } from '../../src/kdf/contract.js';
import { portableIteratedHash } from '../../src/kdf/iterated-hash/portable.js';
import { chooseClock, chooseLater, createTicker } from '../../src/kdf/pause.js';
import { portablePbkdf2 } from '../../src/kdf/pbkdf2/portable.js';
import { selectBackends } from '../../src/kdf/select.js';

const bytes = { password: new Uint8Array(3), salt: new Uint8Array(16) };
/** Some hundredths of a second each. */
const JOBS: { readonly [K in CostlyKdf]: CostlyJobs[K] } = {
  bcrypt: { ...bytes, cost: 10, variant: '2b' },
  pbkdf2: { ...bytes, prf: 'sha256', c: 100_000, dkLen: 32 },
  scrypt: { ...bytes, N: 4096, r: 8, p: 6, dkLen: 32 },
  argon2: { ...bytes, type: 'argon2id', version: 19, m: 8192, t: 4, p: 1, dkLen: 32 },
  iteratedHash: { algorithm: 'md5', first: bytes.salt, suffix: bytes.salt, rounds: 300_000 },
  crypt: { scheme: 'sha512_crypt', ...bytes, rounds: 60_000 },
};
const immediate = setImmediate;

/** Tasks of the event loop that came in the middle of the work. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const turn = (): void => {
    turns++;
    if (!done) immediate(turn);
  };
  immediate(turn);
  await work;
  done = true;
  return turns;
}

describe.each(['lanes', 'portable'])('the %s backends in slices', (kind) => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
  const derive = <K extends CostlyKdf>(kdf: K): Promise<Uint8Array> => {
    const kdfs = selectBackends(portableCatalogue, { [kdf]: kind }).kdfs();
    return (kdfs[kdf] as (job: CostlyJobs[K]) => Promise<Uint8Array>)(JOBS[kdf]);
  };

  test.each(Object.keys(JOBS) as CostlyKdf[])('give %s its turns where the clock stands still', async (kdf) => {
    vi.spyOn(performance, 'now').mockReturnValue(1);
    vi.spyOn(Date, 'now').mockReturnValue(1);
    // The clock is taken when a module loads.
    vi.resetModules();
    const { selectBackends: select } = await import('../../src/kdf/select.js');
    const { portableCatalogue: catalogue } = await import('../../src/kdf/catalogue-portable.js');
    const derive = select(catalogue, { [kdf]: kind }).kdfs()[kdf] as (job: unknown) => Promise<Uint8Array>;
    await derive(JOBS[kdf]);
    expect(await turnsDuring(derive(JOBS[kdf]))).toBeGreaterThan(2);
  });

  test.each(Object.keys(JOBS) as CostlyKdf[])('end with faked timers: %s', async (kdf) => {
    vi.useFakeTimers({ toFake: FAKED });
    expect(await derive(kdf)).toBeInstanceOf(Uint8Array);
  });

  test.each(Object.keys(JOBS) as CostlyKdf[])('stop %s at the next slice after an abort by a timer', async (kdf) => {
    const long = { ...JOBS[kdf], ...LONGER[kdf] } as CostlyJobs[CostlyKdf];
    const kdfs = selectBackends(portableCatalogue, { [kdf]: kind }).kdfs({ signal: AbortSignal.timeout(20) });
    const derived = (kdfs[kdf] as (job: unknown) => Promise<Uint8Array>)(long);
    await expect(derived).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

/** Minutes, or seconds where memory bounds it. */
const LONGER: { readonly [K in CostlyKdf]: { readonly [Name in string]: number } } = {
  bcrypt: { cost: 20 },
  pbkdf2: { c: 100_000_000 },
  scrypt: { p: 10_000 },
  argon2: { t: 10_000 },
  iteratedHash: { rounds: 1_000_000_000 },
  crypt: { rounds: 1_000_000_000 },
};
const FAKED: NonNullable<Parameters<typeof vi.useFakeTimers>[0]>['toFake'] = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'Date',
  'clearTimeout',
];

describe('the clock', () => {
  const performance = { now: () => 7 };
  test.each<[string, Parameters<typeof chooseClock>[0], number]>([
    ['hrtime of Node', { process: { hrtime: () => [2, 500_000] }, performance }, 2000.5],
    ['performance where a process has no hrtime', { process: {}, performance }, 7],
    ['performance where hrtime is a stub', { process: { hrtime: () => undefined as never }, performance }, 7],
    [
      'performance where hrtime throws',
      {
        process: {
          hrtime() {
            throw new Error('not here');
          },
        },
        performance,
      },
      7,
    ],
    ['one that stands still where there is none', {}, 0],
  ])('is %s', (_name, host, ms) => {
    expect(chooseClock(host)()).toBe(ms);
  });
});

describe('what begins a task', () => {
  const { setTimeout, setImmediate, MessageChannel } = globalThis;
  const fake = Object.assign(() => {}, { clock: {} });
  const mock = Object.assign(() => {}, { _isMockFunction: true });
  const timers = { getBuiltinModule: () => ({ setImmediate }) };
  test.each([
    ['Node', { setImmediate, setTimeout, MessageChannel }],
    ['Node with fake timers', { setImmediate: fake, setTimeout: fake, MessageChannel, process: timers }],
    [
      'Node with fake timers in its module, too',
      { setImmediate: fake, MessageChannel, process: { getBuiltinModule: () => ({ setImmediate: fake }) } },
    ],
    ['Jest with jsdom, where the global ones are taken away', { setTimeout: mock, process: timers }],
    ['a browser', { setTimeout, MessageChannel }],
    ['Cloudflare Workers', { setTimeout, MessageChannel, navigator: { userAgent: 'Cloudflare-Workers' } }],
    ['Vercel’s edge', { setTimeout }],
    [
      'a process that refuses',
      {
        setTimeout,
        process: {
          getBuiltinModule: () => {
            throw new Error('no');
          },
        },
      },
    ],
    ['nothing at all', {}],
  ])('is there in %s', async (name, host) => {
    const later = chooseLater(host as never);
    let called = 0;
    const first = new Promise<void>((resolve) =>
      later(() => {
        called++;
        resolve();
      }),
    );
    expect(called).toBe(0);
    await first;
    await new Promise<void>((resolve) => later(resolve));
    expect(called).toBe(1);
    expect(name).toBeTruthy();
  });

  beforeEach(() => vi.useRealTimers());
});

test('A thread of its own takes no turns', () => {
  const tick = createTicker({ tickMs: Number.POSITIVE_INFINITY });
  expect(Array.from({ length: 100 }, tick)).toEqual(Array(100).fill(undefined));
});

describe('a slice', () => {
  /** How often a derivation looks whether to pause: at each of its slices. */
  async function slicesOf<Job>({ load }: Backend<Job>, job: Job): Promise<number> {
    let slices = 0;
    const signal = {
      get aborted() {
        slices++;
        return false;
      },
    };
    await (await load())(job, { signal, tickMs: 1e9 });
    return slices;
  }
  const password = new Uint8Array(8);
  const salt = new Uint8Array(8);

  test('of PBKDF2 has as many rounds where the key has many blocks of few', async () => {
    const few = await slicesOf(portablePbkdf2, { prf: 'sha1', password, salt, c: 500, dkLen: 1000 });
    // 50 blocks of 499 rounds, 512 a slice.
    expect(few).toBeGreaterThanOrEqual(Math.floor((50 * 499) / 512));
  });

  test.each(['md5', 'sha512'] as const)('of a chain of %s has fewer rounds of a long password', async (algorithm) => {
    const job = { algorithm, first: salt, rounds: 1024 };
    const short = await slicesOf(portableIteratedHash, { ...job, suffix: password });
    const long = await slicesOf(portableIteratedHash, { ...job, suffix: new Uint8Array(4096) });
    expect(long).toBeGreaterThan(50 * (short - 2));
  });
});

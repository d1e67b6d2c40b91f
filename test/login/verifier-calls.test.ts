/** What a verifier makes of its options and of the arguments of its calls, on a platform without backends. */
import { describe, expect, test, vi } from 'vitest';
import { bcrypt } from '../../src/hashers/bcrypt.js';
import { bcryptPeppered } from '../../src/hashers/bcrypt-peppered.js';
import { defineHasher } from '../../src/hashers/define.js';
import { createParsed } from '../../src/hashers/parsed.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { hashCost } from '../../src/kdf/cost.js';
import type { Verifier } from '../../src/login/contract.js';
import type { HashEvent, UpgradeEvent, VerifyEvent } from '../../src/login/hooks.js';
import type { VerifierOptions } from '../../src/login/options.js';
import { createVerifierFor, replaceClose } from '../../src/login/verifier.js';
import { createRegistry } from '../../src/registry.js';
import type { AnyHasher } from '../../src/types.js';

const HASH = Uint8Array.of(1, 2, 3, 4);
const digest = { passwordHasher: 'made', passwordDigest: 'made$a' };
const upgradeTo = { hasher: 'bcrypt', cost: 4 } as const;

function platform(more: readonly AnyHasher[] = []) {
  const derived: string[] = [];
  const bounds: unknown[] = [];
  const orders: { readonly kdf: string; readonly call: { readonly priority?: string } }[] = [];
  let closed = 0;
  const made = defineHasher({
    name: 'made',
    prefixes: ['made$'],
    example: { digest: 'made$a' },
    parse: () => createParsed({}, new Uint8Array(), Uint8Array.from(HASH)),
    serialize: () => 'made$a',
    cost: () => hashCost('sha256'),
    derive(password) {
      const text = new TextDecoder().decode(password);
      derived.push(text);
      return text === 'right' ? HASH : new Uint8Array(4);
    },
  });
  const registry = createRegistry([bcrypt, bcryptPeppered, made, ...more]);
  const engine = {
    async run(order: never) {
      orders.push(order);
      return new Uint8Array(23).fill(7);
    },
    probe: async () => undefined,
    stats: () => ({
      running: 0,
      waiting: 3,
      memoryBytes: 0,
      threads: 0,
      startedThreads: 0,
      threadless: 'none',
      batches: {},
    }),
    async close() {
      closed++;
    },
  };
  const create = (options?: VerifierOptions) =>
    createVerifierFor(
      {
        catalogue: nodeCatalogue,
        registry,
        engine(given) {
          bounds.push(given);
          return engine as never;
        },
      },
      options,
    );
  return { create, registry, derived, bounds, orders, closed: () => closed };
}

describe('the options', () => {
  test('that bound the engine are given to it, and no others', () => {
    const { create, bounds } = platform();
    create();
    create({ threads: 2 });
    create({ maxQueue: 3, maxMemoryBytes: 4 });
    expect(bounds).toStrictEqual([{}, { threads: 2 }, { maxQueue: 3, maxMemoryBytes: 4 }]);
  });

  test('name the registry, or the platform does', async () => {
    const { create, registry } = platform();
    expect((await create().verify('right', digest)).outcome).toBe('match');
    const empty = create({ registry: createRegistry([]) });
    expect(await empty.verify('right', digest)).toMatchObject({ error: { code: 'ERR_UNKNOWN_HASHER' } });
    expect((await create({ registry }).verify('right', digest)).outcome).toBe('match');
  });

  test('that need a new digest are refused at once where it cannot be made', () => {
    const { create } = platform();
    const registry = createRegistry([]);
    expect(() => create({ registry, equalize: true })).toThrow(TypeError);
    expect(() => create({ registry, upgradeTo })).toThrow(TypeError);
    expect(() => create({ registry, equalize: false })).not.toThrow();
    expect(() => create({ upgradeTo: null as never })).toThrow(TypeError);
    expect(() => create({ registry }).needsRehash(digest)).toThrow(TypeError);
  });

  test('without upgradeTo make bcrypt of new digests, with a pepper the peppered one', async () => {
    const { create } = platform();
    expect((await create().hash('x')).passwordHasher).toBe('bcrypt');
    expect((await create({ pepper: 'pepper' }).hash('x')).passwordHasher).toBe('bcrypt_peppered');
    expect((await create({ upgradeTo }).hash('x')).passwordDigest).toMatch(/^\$2b\$04\$/);
  });

  test('with upgradeTo alone have matches measured against it', async () => {
    const { create } = platform();
    const sound = await create({ upgradeTo: { hasher: 'bcrypt', cost: 10 } }).hash('x');
    const reasons = async (options?: VerifierOptions) => {
      const verdict = await create(options).verify('x', sound);
      return verdict.outcome === 'match' && verdict.rehash.map(({ reason }) => reason);
    };
    expect(await reasons()).toEqual([]);
    expect(await reasons({ equalize: true })).toEqual([]);
    expect(await reasons({ upgradeTo: 'bcrypt' })).toEqual(['cost']);
  });

  test('with limits refuse what a plug-in asks of a KDF', async () => {
    const greedy = defineHasher({
      name: 'greedy',
      prefixes: ['greedy$'],
      example: { digest: 'greedy$a' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(23)),
      serialize: () => 'greedy$a',
      cost: () => hashCost('sha256'),
      derive: (password, _parsed, kdfs) =>
        bcrypt.derive(password, bcrypt.parse(bcrypt.example.digest.replace('$2b$10$', '$2b$14$')), kdfs) as never,
    });
    const { create, orders } = platform([greedy]);
    const greedyDigest = { passwordHasher: 'greedy', passwordDigest: 'greedy$a' };
    expect(await create({ limits: { bcryptCost: 13 } }).verify('x', greedyDigest)).toMatchObject({
      error: { code: 'ERR_LIMIT', limit: { param: 'cost' } },
    });
    expect(orders).toEqual([]);
    expect((await create({ limits: { bcryptCost: 14 } }).verify('x', greedyDigest)).outcome).toBe('mismatch');
    expect(orders).toHaveLength(1);
  });
});

describe('the end', () => {
  test('closes the engine once, however often it is called', async () => {
    const { create, closed } = platform();
    const verifier = create();
    const end = verifier.close();
    expect(verifier.close()).toBe(end);
    expect(verifier[Symbol.asyncDispose]()).toBe(end);
    await end;
    expect(closed()).toBe(1);
    expect(await verifier.verify('right', digest)).toMatchObject({ error: { code: 'ERR_CLOSED' } });
    await expect(verifier.hash('x')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });

  test('is that of a plug-in that never settles', async () => {
    const endless = defineHasher({
      name: 'endless',
      prefixes: ['endless$'],
      example: { digest: 'endless$a' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(4)),
      serialize: () => 'endless$a',
      cost: () => hashCost('sha256'),
      derive: () => new Promise<Uint8Array>(() => {}),
    });
    const { create } = platform([endless]);
    const verifier = create();
    const pending = verifier.verify('x', { passwordHasher: 'endless', passwordDigest: 'endless$a' });
    await verifier.close();
    expect(await pending).toMatchObject({ error: { code: 'ERR_CLOSED' } });
  });

  test('of a verifier can be replaced', () => {
    const { create } = platform();
    const close = async () => {};
    const verifier = replaceClose(create(), close);
    expect([verifier.close, verifier[Symbol.asyncDispose]]).toEqual([close, close]);
  });
});

describe('a call', () => {
  const bytes = () => new TextEncoder().encode('right');

  test('of verify with wrong arguments is a rejected promise', async () => {
    const { create } = platform();
    const verifier = create();
    for (const wrong of [
      () => verifier.verify(5 as never, digest),
      () => verifier.verify('x', null as never),
      () => verifier.verify('x', digest, { unknown: 1 } as never),
      () => verifier.verifyAny(5 as never, 'made$a'),
      () => verifier.verifyAny('x', 'made$a', undefined, { unknown: 1 } as never),
      () => verifier.verifyUnknownUser(5 as never),
      () => verifier.verifyUnknownUser('x', { unknown: 1 } as never),
      () => verifier.hash(5 as never),
      () => verifier.hash('x', { equalize: true } as never),
      () => verifier.verifyAndUpgrade(5 as never, digest, () => true),
      () => verifier.verifyAndUpgrade('x', digest, () => true, { unknown: 1 } as never),
      () => verifier.verifyAndUpgrade('x', null as never, () => true),
    ]) {
      const answer = wrong();
      expect(answer).toBeInstanceOf(Promise);
      await expect(answer).rejects.toBeInstanceOf(TypeError);
    }
  });

  test('is named where its options are wrong use', async () => {
    const verifier = platform().create();
    const wrong = { unknown: 1 } as never;
    await expect(verifier.verify('x', digest, wrong)).rejects.toThrow(/^verify: /);
    await expect(verifier.verifyAny('x', 'made$a', undefined, wrong)).rejects.toThrow(/^verifyAny: /);
    await expect(verifier.verifyUnknownUser('x', wrong)).rejects.toThrow(/^verifyUnknownUser: /);
    await expect(verifier.hash('x', wrong)).rejects.toThrow(/^hash: /);
    await expect(verifier.verifyAndUpgrade('x', digest, () => true, wrong)).rejects.toThrow(/^verifyAndUpgrade: /);
    expect(() => verifier.verifyMany([], wrong)).toThrow(/^verifyMany: /);
  });

  test.each([
    ['hash', 2, async (verifier: Verifier, password: Uint8Array) => void (await verifier.hash(password))],
    [
      'verifyMany',
      2,
      async (verifier: Verifier, password: Uint8Array) => {
        for await (const _one of verifier.verifyMany([{ password, ...digest }]));
      },
    ],
    [
      'verifyAndUpgrade',
      3,
      async (verifier: Verifier, password: Uint8Array) =>
        void (await verifier.verifyAndUpgrade(password, digest, () => true)),
    ],
  ])('of %s wipes all %i copies of the bytes', async (_, copies, call) => {
    const wiped = new Set<unknown>();
    const { fill } = Uint8Array.prototype;
    const spy = vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (
      this: Uint8Array,
      ...values: unknown[]
    ) {
      if (values[0] === 0 && Buffer.from(this).toString() === 'right') wiped.add(this);
      return fill.apply(this, values as never);
    } as never);
    const given = bytes();
    try {
      await call(platform().create({ upgradeTo }), given);
    } finally {
      spy.mockRestore();
    }
    expect(wiped.size).toBe(copies);
    expect(wiped.has(given)).toBe(false);
  });

  test('of verifyAny says which hasher matched', async () => {
    const { create } = platform();
    expect(await create().verifyAny('right', 'made$a')).toMatchObject({ outcome: 'match', hasher: 'made' });
  });

  test('of verifyUnknownUser derives a new digest', async () => {
    const { create, orders } = platform();
    expect(await create({ upgradeTo }).verifyUnknownUser('x')).toEqual({ outcome: 'mismatch' });
    expect(orders.map(({ kdf }) => kdf)).toEqual(['bcrypt']);
  });

  test('of verifyMany verifies each row, wiping what it copied', async () => {
    const { create, derived } = platform();
    const given = bytes();
    const rows = [{ password: given, ...digest }, { password: 'wrong', ...digest }, null as never, { password: 'x' }];
    const outcomes: unknown[] = [];
    for await (const { verdict } of create().verifyMany(rows as never)) {
      outcomes.push(verdict.outcome === 'rejected' ? verdict.error.field : verdict.outcome);
    }
    expect(outcomes).toEqual(['match', 'mismatch', 'row', 'row']);
    expect(derived).toEqual(['right', 'wrong']);
    expect(given).toEqual(bytes());
  });

  test('of verifyMany has its own concurrency, its signal and equalize', async () => {
    const { create, orders } = platform();
    const verifier = create({ upgradeTo, maxQueue: 1 });
    expect(() => verifier.verifyMany([], { concurrency: 0 })).toThrow(TypeError);
    expect(() => verifier.verifyMany([], { unknown: 1 } as never)).toThrow(TypeError);
    const rows = [{ password: 'wrong', ...digest }];
    for await (const { verdict } of verifier.verifyMany(rows, { equalize: true, concurrency: 2 }))
      expect(verdict.outcome).toBe('mismatch');
    expect(orders).toHaveLength(1);
    const aborted = verifier.verifyMany(rows, { signal: AbortSignal.abort() });
    await expect(aborted.next()).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });

  test.each([
    [undefined, 64],
    [2, 2],
  ])('of verifyMany with room for %s reads %d rows ahead', async (maxQueue, width) => {
    const endless = defineHasher({
      name: 'endless',
      prefixes: ['endless$'],
      example: { digest: 'endless$a' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(4)),
      serialize: () => 'endless$a',
      cost: () => hashCost('sha256'),
      derive: () => new Promise<Uint8Array>(() => {}),
    });
    const verifier = platform([endless]).create(maxQueue === undefined ? {} : { maxQueue });
    let read = 0;
    function* rows() {
      for (;;) {
        read++;
        yield { password: 'x', passwordHasher: 'endless', passwordDigest: 'endless$a' };
      }
    }
    const verdicts = verifier.verifyMany(rows());
    const first = verdicts.next();
    await expect.poll(() => read).toBe(width);
    await verdicts.return?.();
    await first;
    await verifier.close();
  });

  test('of hash takes the first form of the password, and wipes what it copied', async () => {
    const { create, orders } = platform();
    const given = bytes();
    await create({ upgradeTo }).hash(given);
    expect(given).toEqual(bytes());
    const passwords: string[] = [];
    const spied = {
      ...bcrypt,
      derive: (password: Uint8Array) => {
        passwords.push(new TextDecoder().decode(password));
        return new Uint8Array(23);
      },
    };
    const registry = createRegistry([defineHasher(spied as never)]);
    await create({ registry, upgradeTo, normalize: 'NFC' }).hash('e\u0301');
    expect(passwords).toEqual(['\u00e9']);
    expect(orders).toHaveLength(1);
    await expect(create({ upgradeTo }).hash('x', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ERR_ABORTED',
    });
  });
});

describe('verifyAndUpgrade', () => {
  const upgraded = async (
    options: VerifierOptions,
    save: (next: unknown, previous: unknown) => boolean | Promise<boolean>,
    password: string | Uint8Array = 'right',
    credential: typeof digest = digest,
  ) => {
    const events: (HashEvent | UpgradeEvent | VerifyEvent)[] = [];
    const note = (event: HashEvent | UpgradeEvent | VerifyEvent) => void events.push(event);
    const hooks = { onHash: note, onUpgrade: note, onVerify: note };
    const { create, orders, derived } = platform();
    const verdict = await create({ ...options, hooks }).verifyAndUpgrade(password, credential, save);
    return { verdict, events, orders, derived };
  };

  test('saves a new digest in the place of one that matched', async () => {
    const saved: unknown[] = [];
    const { verdict, orders, events } = await upgraded({ upgradeTo }, (...pair) => {
      saved.push(...pair);
      return true;
    });
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: true, rehash: expect.any(Array) });
    expect(verdict).not.toHaveProperty('upgradeError');
    expect(saved).toEqual([{ passwordHasher: 'bcrypt', passwordDigest: expect.stringMatching(/^\$2b\$04\$/) }, digest]);
    expect(orders.map(({ call }) => call.priority)).toEqual(['low']);
    expect(events.at(-1)).toMatchObject({ outcome: 'saved', from: 'made', to: 'bcrypt' });
  });

  test('measures a match against bcrypt where nothing was asked for', async () => {
    const { verdict, orders } = await upgraded({}, () => true);
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: true });
    expect(orders).toHaveLength(1);
  });

  test('that is not saved is not reported as an upgrade; an error is passed on', async () => {
    const conflict = await upgraded({ upgradeTo }, () => false);
    expect(conflict.verdict).toMatchObject({ outcome: 'match', upgraded: false });
    expect(conflict.verdict).not.toHaveProperty('upgradeError');
    const problem = new Error('database');
    const failed = await upgraded({ upgradeTo }, () => Promise.reject(problem));
    expect(failed.verdict).toMatchObject({ upgraded: false, upgradeError: problem });
    expect(failed.events.at(-1)).toMatchObject({ outcome: 'save-failed' });
  });

  test('saves nothing after a mismatch, a refusal, or a match that is good enough', async () => {
    const never = () => {
      throw new Error('save was called');
    };
    expect((await upgraded({ upgradeTo }, never, 'wrong')).verdict).toEqual({ outcome: 'mismatch' });
    const refused = await upgraded({ upgradeTo }, never, 'right', { ...digest, passwordDigest: null as never });
    expect(refused.verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_DISABLED' } });
    const good = { passwordHasher: 'bcrypt', passwordDigest: '' };
    const { create } = platform();
    const verifier = create({ upgradeTo: { hasher: 'bcrypt', cost: 10 } });
    good.passwordDigest = (await verifier.hash('right')).passwordDigest;
    expect(await verifier.verifyAndUpgrade('right', good, never)).toEqual({
      outcome: 'match',
      rehash: [],
      upgraded: false,
    });
  });

  test('works on a copy of the bytes, and leaves the caller’s alone', async () => {
    const given = new TextEncoder().encode('right');
    const kept = Uint8Array.from(given);
    const { verdict } = await upgraded({ upgradeTo }, () => true, given);
    expect(verdict).toMatchObject({ upgraded: true });
    expect(given).toEqual(kept);
  });

  test.each([undefined, null, 'save', {}])('takes %j in the place of save for wrong use', async (save) => {
    await expect(upgraded({ upgradeTo }, save as never)).rejects.toThrow(
      /^save must be a function \(next, previous\) => Promise<boolean> \(received /,
    );
  });
});

test('counts and backends are those of the verifier', async () => {
  const verifier = platform().create();
  await verifier.verify('right', digest);
  expect(verifier.stats()).toMatchObject({ queue: 3, threadless: 'none', hashers: { made: { match: 1 } } });
  expect((await verifier.backends()).length).toBeGreaterThan(0);
});

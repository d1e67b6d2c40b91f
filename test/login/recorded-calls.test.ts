/** What a call derives, in which order, what it wipes and what it records, with a hasher made for it. */
import { describe, expect, test } from 'vitest';
import { type DigestError, digestError } from '../../src/errors.js';
import { defineHasher } from '../../src/hashers/define.js';
import { createParsed } from '../../src/hashers/parsed.js';
import { bcryptCost } from '../../src/kdf/cost.js';
import type { Backends } from '../../src/kdf/select.js';
import type { Call } from '../../src/login/call.js';
import {
  type CallContext,
  hashRecorded,
  verifyCandidates,
  verifyCredential,
  verifyUnknownUser,
} from '../../src/login/recorded-calls.js';
import type { UpgradeScheme } from '../../src/login/upgrade-scheme.js';
import { DEFAULT_LIMITS, limitsFrom } from '../../src/policy.js';
import { createRegistry } from '../../src/registry.js';
import type { Limits, Password } from '../../src/types.js';
import type { Setup } from '../../src/verify.js';

const HASH = Uint8Array.of(1, 2, 3, 4);
const made = { passwordHasher: 'made', passwordDigest: 'made$a' };
const decoy = { passwordHasher: 'made', passwordDigest: 'made$decoy' };

interface Options {
  /** Of the digests `made$…`, by the password that matches. */
  readonly right?: string;
  readonly later?: boolean;
  readonly equalize?: boolean;
  readonly closed?: boolean;
  readonly hook?: boolean;
  readonly forms?: (password: Password) => readonly [Password] | readonly [Password, Password];
  readonly targetCost?: number;
  readonly freshBytes?: number;
  /** A digest that no password matches. */
  readonly never?: string;
  readonly limits?: Limits;
}

/** Two forms of a text that begins with "n": the text in capitals, and as it is. */
const both = (password: Password): readonly [Password] | readonly [Password, Password] =>
  typeof password === 'string' && password.startsWith('n') ? [password.toUpperCase(), password] : [password];

function context({
  right = 'right',
  later,
  equalize,
  closed,
  hook,
  forms = both,
  targetCost = 10,
  freshBytes = 4,
  never = decoy.passwordDigest,
  limits = DEFAULT_LIMITS,
}: Options = {}) {
  const derived: string[] = [];
  const recorded: unknown[][] = [];
  const shares: number[] = [];
  const made = (name: string) =>
    defineHasher({
      name,
      prefixes: [`${name}$`],
      example: { digest: `${name}$a` },
      parse(digest) {
        if (!digest.startsWith(`${name}$`)) throw digestError('ERR_MALFORMED', 'not made', { field: 'prefix' });
        return createParsed({ digest }, new Uint8Array(), Uint8Array.from(HASH));
      },
      serialize: ({ params }) => params.digest,
      cost: () => bcryptCost({ cost: 10 }),
      derive(password, { params }) {
        const text = new TextDecoder().decode(password);
        derived.push(`${params.digest} ${text}`);
        const hash = text === right && params.digest !== never ? HASH : new Uint8Array(4);
        return later ? Promise.resolve(Uint8Array.from(hash)) : Uint8Array.from(hash);
      },
    });
  const hasher = made('made');
  const backends: Backends = {
    kdfs: () => ({}) as never,
    equal: (a, b) => a.every((byte, i) => byte === b[i]),
    report: async () => [],
  };
  const setup: Setup = { registry: createRegistry([hasher, made('other')]), limits, backends };
  const scheme: UpgradeScheme = {
    hasher: 'made',
    cost: bcryptCost({ cost: targetCost }),
    maxPasswordBytes: 72,
    nulTerminated: false,
    peppered: false,
    fresh: () => createParsed({ digest: 'made$new' }, new Uint8Array(), new Uint8Array(freshBytes)),
    write: (_salt, hash) => ({ passwordHasher: 'made', passwordDigest: `made$${hash.join()}` }),
    decoys(fraction) {
      shares.push(fraction);
      return [decoy];
    },
    digestHasher: hasher as never,
  };
  const note =
    (what: string) =>
    (...values: unknown[]) =>
      void recorded.push([what, ...values]);
  const built: CallContext = {
    setup,
    recorder: {
      hasVerifyHook: hook ?? false,
      verified: note('verified'),
      unknownUser: note('unknownUser'),
      hashed: note('hashed'),
      upgraded: note('upgraded'),
      stats: () => ({}) as never,
    },
    listForms: forms,
    target: () => scheme,
    equalize,
    isClosed: () => closed ?? false,
  };
  return { built, setup, derived, recorded, shares };
}

const verifyIn = (
  { built, setup }: ReturnType<typeof context>,
  password: Password,
  taken: typeof made | DigestError = made,
  call: Call = {},
) => verifyCredential(built, setup, password, taken, call);

describe('a verification', () => {
  test('derives once, and records no time unless a hook is set', async () => {
    const one = context();
    const verdict = await verifyIn(one, 'right');
    expect(verdict).toMatchObject({ outcome: 'match' });
    expect(one.derived).toEqual(['made$a right']);
    expect(one.recorded).toEqual([['verified', 'made', verdict, undefined]]);
    expect(one.shares).toEqual([]);
  });

  test.each([{ hook: true }, { later: true }, { equalize: true }])(
    'is recorded with its start for %j',
    async (options) => {
      const one = context(options);
      const before = performance.now();
      await verifyIn(one, 'wrong');
      const since = one.recorded[0]?.[3] as number;
      expect(since).toBeGreaterThanOrEqual(before);
      expect(since).toBeLessThanOrEqual(performance.now());
    },
  );

  test('of a credential that is none is refused with the reason, under its hasher', async () => {
    const one = context();
    const error = digestError('ERR_MALFORMED', 'cut off', { hasher: 'made' });
    expect(await verifyIn(one, 'right', error)).toEqual({ outcome: 'rejected', error });
    expect(one.derived).toEqual([]);
    expect(one.recorded[0]?.slice(0, 2)).toEqual(['verified', 'made']);
  });

  test('after the end is refused, and not recorded', async () => {
    const one = context({ closed: true });
    expect(await verifyIn(one, 'right')).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_CLOSED' } });
    expect([one.derived, one.recorded]).toEqual([[], []]);
  });

  test.each([{}, { later: true }])('tries the second form only after a mismatch of the first: %j', async (options) => {
    const second = context({ ...options, right: 'n' });
    expect(await verifyIn(second, 'n')).toMatchObject({ outcome: 'match', rehash: [{ reason: 'normalization' }] });
    expect(second.derived).toEqual(['made$a N', 'made$a n']);
    const first = context({ ...options, right: 'N' });
    expect(await verifyIn(first, 'n')).toEqual({ outcome: 'match', rehash: [] });
    expect(first.derived).toEqual(['made$a N']);
    const neither = context(options);
    expect(await verifyIn(neither, 'n')).toEqual({ outcome: 'mismatch' });
    expect(neither.derived).toEqual(['made$a N', 'made$a n']);
    const refused = context({ ...options, forms: () => ['x'.repeat(5000), 'right'] });
    expect(await verifyIn(refused, 'right')).toMatchObject({ error: { code: 'ERR_PASSWORD' } });
    expect(refused.derived).toEqual([]);
  });

  test('says how a match of the second form was found', async () => {
    const verdict = await verifyIn(context({ right: 'n' }), 'n');
    expect(verdict).toMatchObject({
      rehash: [{ reason: 'normalization', message: 'password matched as typed, not in its normalized form' }],
    });
  });

  const broken = digestError('ERR_MALFORMED', 'cut off');

  test.each([
    ['a match as dear as a new digest', 'right', made, {}, []],
    ['a mismatch as dear as a new digest', 'wrong', made, {}, []],
    ['a match half as dear', 'right', made, { targetCost: 11 }, [0.5]],
    ['a broken digest', 'right', broken, {}, [1]],
    ['a broken digest, in both forms', 'n', broken, {}, [1, 1]],
    ['a digest of a hasher that refuses it', 'right', { ...made, passwordDigest: 'x' }, {}, [1]],
    ['a mismatch of two forms half as dear', 'n', made, { targetCost: 11 }, [1]],
    ['a match of the first of two forms', 'n', made, { right: 'N' }, []],
    ['a match of the second of two forms', 'n', made, { right: 'n' }, []],
    ['a match of the second of two forms half as dear', 'n', made, { right: 'n', targetCost: 11 }, [1]],
  ] as const)('makes up what %s lacks', async (_, password, taken, options, shares) => {
    const one = context({ ...options, equalize: true });
    await verifyIn(one, password, taken as typeof made);
    expect(one.shares).toEqual(shares);
    expect(one.derived.filter((line) => line.startsWith('made$decoy'))).toHaveLength(shares.length);
  });

  test('makes nothing up unless asked, and a call decides before the verifier', async () => {
    const without = context();
    await verifyIn(without, 'right', broken);
    await verifyIn(without, 'right', broken, { equalize: false });
    expect(without.shares).toEqual([]);
    await verifyIn(without, 'right', broken, { equalize: true });
    expect(without.shares).toEqual([1]);
    const always = context({ equalize: true });
    await verifyIn(always, 'right', broken, { equalize: false });
    expect(always.shares).toEqual([]);
  });

  test('that makes work up does it with a copy of the bytes, and leaves the caller’s alone', async () => {
    const one = context({ equalize: true, targetCost: 11, later: true });
    const bytes = new TextEncoder().encode('right');
    const pending = verifyIn(one, bytes);
    const kept = Uint8Array.from(bytes);
    bytes.fill(120);
    expect((await pending).outcome).toBe('match');
    expect(one.derived).toEqual(['made$a right', 'made$decoy right']);
    expect([...bytes]).toEqual([...kept].map(() => 120));
  });

  test('wipes the copy, and nothing where there is none', async () => {
    const copies: Password[] = [];
    const forms = (password: Password): readonly [Password] => {
      copies.push(password);
      return [password];
    };
    const bytes = new TextEncoder().encode('right');
    await verifyIn(context({ equalize: true, forms }), bytes);
    expect(copies[0]).not.toBe(bytes);
    expect(copies[0]).toEqual(new Uint8Array(5));
    await verifyIn(context({ forms }), bytes);
    expect(copies[1]).toBe(bytes);
    expect(new TextDecoder().decode(bytes)).toBe('right');
  });
});

describe('a search for the hasher', () => {
  const search = ({ built }: ReturnType<typeof context>, password: Password, digest: unknown, call: Call = {}) =>
    verifyCandidates(built, password, digest as string, undefined, call);

  test('is a match under the hasher that reads the digest', async () => {
    const one = context();
    const verdict = await search(one, 'right', 'made$a');
    expect(verdict).toEqual({ outcome: 'match', hasher: 'made', credential: made, rehash: [] });
    expect(one.recorded).toEqual([['verified', 'made', verdict, expect.any(Number)]]);
    expect(one.shares).toEqual([]);
  });

  test('that finds no match is recorded under the first that was tried', async () => {
    const one = context();
    expect(await search(one, 'wrong', 'other$a')).toEqual({ outcome: 'mismatch' });
    expect(one.recorded[0]?.slice(0, 2)).toEqual(['verified', 'other']);
  });

  test('rejects a malformed digest, and records it without a hasher', async () => {
    const one = context();
    expect(await search(one, 'right', 'x')).toMatchObject({ outcome: 'rejected' });
    expect(await search(one, 'right', null)).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_DISABLED' } });
    expect(one.recorded.map((line) => line.slice(0, 2))).toEqual([
      ['verified', undefined],
      ['verified', undefined],
    ]);
    expect(one.derived).toEqual([]);
  });

  test('after the end is refused, and not recorded', async () => {
    const one = context({ closed: true });
    expect(await search(one, 'right', 'made$a')).toMatchObject({ error: { code: 'ERR_CLOSED' } });
    expect([one.derived, one.recorded]).toEqual([[], []]);
  });

  test.each([
    ['right', 'made$a', {}, []],
    ['wrong', 'made$a', {}, []],
    ['right', 'x', {}, [1]],
    ['n', 'x', {}, [1, 1]],
    ['right', 'made$a', { targetCost: 11 }, [0.5]],
    ['n', 'made$a', { right: 'n' }, []],
    ['n', 'made$a', { right: 'N' }, []],
    ['n', 'made$a', { right: 'N', targetCost: 11 }, [0.5]],
    ['n', 'made$a', { targetCost: 11 }, [1]],
    ['x'.repeat(2000), 'made$a', { forms: (password: Password) => [password] as const }, []],
  ] as const)('makes up what is lacking: %s, %s, %j', async (password, digest, options, shares) => {
    const one = context({ ...options, equalize: true });
    await search(one, password, digest);
    expect(one.shares).toEqual(shares);
  });

  test('makes nothing up where a call says so, and does where it asks', async () => {
    const one = context({ equalize: true });
    await search(one, 'right', 'x', { equalize: false });
    expect(one.shares).toEqual([]);
    const other = context();
    await search(other, 'right', 'x');
    expect(other.shares).toEqual([]);
    await search(other, 'right', 'x', { equalize: true });
    expect(other.shares).toEqual([1]);
  });

  test('tries the reading with the companion first, and ends at the first match', async () => {
    const one = context();
    const verdict = await verifyCandidates(one.built, 'right', 'made$a', { salt: 'other' }, {});
    expect(verdict).toMatchObject({ outcome: 'match', hasher: 'other' });
    expect(one.derived).toEqual(['other$made$a right']);
    const none = context();
    expect(await verifyCandidates(none.built, 'wrong', 'made$a', { salt: 'other' }, {})).toEqual({
      outcome: 'mismatch',
    });
    expect(none.derived).toEqual(['other$made$a wrong', 'made$a wrong']);
    const second = context({ never: 'other$made$a' });
    const found = await verifyCandidates(second.built, 'right', 'made$a', { salt: 'other' }, {});
    expect(second.recorded).toEqual([['verified', 'made', found, expect.any(Number)]]);
    const dear = context({ equalize: true, targetCost: 12 });
    await verifyCandidates(dear.built, 'wrong', 'made$a', { salt: 'other' }, {});
    expect(dear.shares).toEqual([0.5]);
  });

  test('has spent nothing on a reading that was refused', async () => {
    const one = context({ equalize: true, limits: limitsFrom({ bcryptCost: 9 }) });
    expect(await search(one, 'right', 'made$a')).toMatchObject({ error: { code: 'ERR_LIMIT' } });
    expect(one.shares).toEqual([1]);
  });

  test('works on a copy of the bytes, and wipes it', async () => {
    const copies: Password[] = [];
    const forms = (password: Password): readonly [Password] => {
      copies.push(password);
      return [password];
    };
    const bytes = new TextEncoder().encode('right');
    expect((await search(context({ forms }), bytes, 'made$a')).outcome).toBe('match');
    expect(copies[0]).toEqual(new Uint8Array(5));
    expect(new TextDecoder().decode(bytes)).toBe('right');
  });
});

describe('an unknown user', () => {
  test('costs a new digest for each form, and is a mismatch', async () => {
    const one = context();
    expect(await verifyUnknownUser(one.built, 'x', {})).toEqual({ outcome: 'mismatch' });
    expect(one.shares).toEqual([1]);
    expect(one.recorded).toEqual([['unknownUser', 'made', { outcome: 'mismatch' }, expect.any(Number)]]);
    const two = context();
    await verifyUnknownUser(two.built, 'n', {});
    expect(two.derived).toEqual(['made$decoy N', 'made$decoy n']);
  });

  test('that is refused in the first form costs no second one', async () => {
    const one = context({ forms: () => ['x'.repeat(5000), 'right'] });
    expect(await verifyUnknownUser(one.built, 'x', {})).toMatchObject({ error: { code: 'ERR_PASSWORD' } });
    expect(one.shares).toEqual([1]);
    expect(one.derived).toEqual([]);
  });

  test('after the end is refused, and not recorded', async () => {
    const one = context({ closed: true });
    expect(await verifyUnknownUser(one.built, 'x', {})).toMatchObject({ error: { code: 'ERR_CLOSED' } });
    expect([one.shares, one.recorded]).toEqual([[], []]);
  });

  test('has its bytes copied, and the copy wiped', async () => {
    const copies: Password[] = [];
    const forms = (password: Password): readonly [Password] => {
      copies.push(password);
      return [password];
    };
    const bytes = new TextEncoder().encode('right');
    await verifyUnknownUser(context({ forms }).built, bytes, {});
    expect(copies[0]).toEqual(new Uint8Array(5));
    expect(new TextDecoder().decode(bytes)).toBe('right');
  });
});

describe('a new digest', () => {
  test('is recorded under the hasher that it is of', async () => {
    const one = context();
    expect(await hashRecorded(one.built, 'right', {})).toEqual({
      passwordHasher: 'made',
      passwordDigest: 'made$1,2,3,4',
    });
    expect(one.recorded).toEqual([['hashed', 'made', undefined, expect.any(Number)]]);
  });

  test.each([
    [{ closed: true }, 'ERR_CLOSED'],
    [{ freshBytes: 5 }, 'ERR_BACKEND'],
  ])('that fails is recorded with its error: %j', async (options, code) => {
    const one = context(options);
    await expect(hashRecorded(one.built, 'right', {})).rejects.toMatchObject({ code });
    expect(one.recorded).toEqual([['hashed', 'made', expect.objectContaining({ code }), expect.any(Number)]]);
  });
});

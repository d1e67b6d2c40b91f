/** verifyWith and its parts on hashers and backends made for it: what is derived, wiped, compared and answered. */
import { describe, expect, test } from 'vitest';
import { DigestError, digestError } from '../src/errors.js';
import { defineHasher } from '../src/hashers/define.js';
import { createParsed } from '../src/hashers/parsed.js';
import { bcryptCost, hashCost } from '../src/kdf/cost.js';
import type { Backends, JobOptions } from '../src/kdf/select.js';
import { DEFAULT_LIMITS } from '../src/policy.js';
import { createRegistry } from '../src/registry.js';
import type { AnyHasher, Password, Verdict } from '../src/types.js';
import {
  checkPassword,
  derive,
  isPassword,
  ownBytes,
  type Setup,
  takeCredential,
  verifyNow,
  verifyWith,
} from '../src/verify.js';

const HASH = Uint8Array.of(1, 2, 3, 4);
const credential = { passwordHasher: 'made', passwordDigest: 'made$digest' };

type Derive = (password: Uint8Array) => unknown;

interface Changes {
  readonly derive?: Derive;
  readonly parse?: (digest: string) => void;
  readonly cost?: number;
  readonly freeTail?: boolean;
}

function made({
  derive: deriving = () => HASH,
  parse = () => {},
  cost = 12,
  freeTail = false,
}: Changes = {}): AnyHasher {
  return defineHasher({
    name: 'made',
    prefixes: ['made$'],
    freeTail,
    example: { digest: 'made$digest' },
    parse: (digest) => {
      if (!digest.startsWith('made$')) throw digestError('ERR_MALFORMED', 'not made', { field: 'prefix', offset: 0 });
      parse(digest);
      return createParsed({}, new Uint8Array(), Uint8Array.from(HASH));
    },
    locate: (_, field) => (field === 'cost' ? 5 : undefined),
    serialize: () => 'made$digest',
    cost: () => bcryptCost({ cost }),
    derive: (password) => deriving(password) as Uint8Array,
  });
}

/** `length` of bytes is a getter of their prototype, which a property of their own hides. */
function claiming(length: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return Object.defineProperty(bytes, 'length', { value: length });
}

/** What the hasher was given for its KDFs, call by call. */
const calls: (JobOptions | undefined)[] = [];
const backends: Backends = {
  kdfs: (call) => {
    calls.push(call);
    return {} as never;
  },
  equal: (a, b) => a.every((byte, i) => byte === b[i]),
  report: async () => [],
};

function setup(changes: Changes = {}, more: Partial<Setup> = {}): Setup {
  return { registry: createRegistry([made(changes)]), limits: DEFAULT_LIMITS, backends, ...more };
}

const errorOf = (verdict: Verdict): DigestError | undefined =>
  verdict.outcome === 'rejected' ? verdict.error : undefined;

async function refusal(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('verifyWith', () => {
  test('answers match, and mismatch for other bytes of the same length', async () => {
    expect(await verifyWith(setup(), 'a', credential)).toEqual({ outcome: 'match', rehash: [] });
    const other = setup({ derive: () => Uint8Array.of(1, 2, 3, 5) });
    expect(await verifyWith(other, 'a', credential)).toEqual({ outcome: 'mismatch' });
    expect(await verifyWith(setup({ derive: async () => HASH }), 'a', credential)).toMatchObject({ outcome: 'match' });
    expect(await verifyWith(setup({ derive: async () => Uint8Array.of(1, 2, 3, 5) }), 'a', credential)).toEqual({
      outcome: 'mismatch',
    });
  });

  test('has reasons to rehash: of the digest, of the setup, and of what is wanted', async () => {
    const reasons = [{ reason: 'truncated', message: 'found' }] as never;
    const wanted = { hasher: 'other', cost: bcryptCost({ cost: 12 }) };
    const kinds = (verdict: Verdict) => (verdict.outcome === 'match' ? verdict.rehash.map(({ reason }) => reason) : []);
    expect(kinds(await verifyWith(setup({ cost: 4 }), 'a', credential))).toEqual(['cost']);
    expect(kinds(await verifyWith(setup({}, { reasons }), 'a', credential))).toEqual(['truncated']);
    expect(kinds(await verifyWith(setup({}, { wanted }), 'a', credential))).toEqual(['hasher']);
  });

  test('throws a TypeError for wrong arguments', async () => {
    await expect(verifyWith(setup(), 5 as never, credential)).rejects.toThrow(
      /^password must be .*\(received a number\)$/,
    );
    await expect(verifyWith(setup(), 5 as never, credential)).rejects.toBeInstanceOf(TypeError);
    await expect(verifyWith(setup(), 'a', null as never)).rejects.toBeInstanceOf(TypeError);
  });

  test('rejects a credential without a digest', async () => {
    const verdict = await verifyWith(setup(), 'a', { ...credential, passwordDigest: null });
    expect(errorOf(verdict)).toMatchObject({ code: 'ERR_DISABLED' });
  });

  test('takes the limit on characters for bytes too', async () => {
    const limits = { ...DEFAULT_LIMITS, digestChars: 3 };
    const given = { ...credential, passwordDigest: new Uint8Array(10) };
    expect(errorOf(await verifyWith(setup({}, { limits }), 'a', given))).toMatchObject({
      limit: { max: 3, actual: 10 },
    });
  });
});

describe('takeCredential', () => {
  test('answers a credential, or an error as data', () => {
    expect(takeCredential(setup(), credential)).toEqual(credential);
    expect(takeCredential(setup(), { ...credential, passwordDigest: '' })).toBeInstanceOf(DigestError);
  });

  test('throws for what is no credential', () => {
    expect(() => takeCredential(setup(), 5 as never)).toThrow(TypeError);
  });
});

describe('verifyNow', () => {
  test('answers at once where nothing is to wait for, and a promise where something is', async () => {
    expect(verifyNow(setup(), 'a', credential)).toEqual({ outcome: 'match', rehash: [] });
    const later = verifyNow(setup({ derive: async () => HASH }), 'a', credential);
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toEqual({ outcome: 'match', rehash: [] });
  });

  test('rejects a digest that is too costly, with the place of the field, and derives nothing', () => {
    let derived = 0;
    const costly = setup({ cost: 17, derive: () => ++derived });
    expect(verifyNow(costly, 'a', credential)).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_LIMIT', hasher: 'made', field: 'cost', offset: 5, limit: { max: 16, actual: 17 } },
    });
    expect(derived).toBe(0);
  });

  test('applies the limit on characters', () => {
    const limits = { ...DEFAULT_LIMITS, digestChars: credential.passwordDigest.length - 1 };
    expect(verifyNow(setup({}, { limits }), 'a', credential)).toMatchObject({
      error: { code: 'ERR_LIMIT', limit: { param: 'digestChars' } },
    });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret'))],
  ])('gives ERR_BACKEND where the hasher %s, with what it threw as the cause only', async (_, deriving) => {
    const error = errorOf(await verifyNow(setup({ derive: deriving }), 'a', credential));
    expect(error).toMatchObject({ code: 'ERR_BACKEND', hasher: 'made', cause: { message: 'secret' } });
    expect(error?.message).toMatch(/./);
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test.each([
    [
      'throws',
      () => {
        throw digestError('ERR_UNVERIFIABLE', 'coded');
      },
    ],
    ['rejects', () => Promise.reject(digestError('ERR_UNVERIFIABLE', 'coded'))],
  ])('keeps the code where the hasher %s one, and adds its name', async (_, deriving) => {
    const error = errorOf(await verifyNow(setup({ derive: deriving }), 'a', credential));
    expect(error).toMatchObject({ code: 'ERR_UNVERIFIABLE', hasher: 'made' });
  });

  test.each([
    ['a shorter hash', () => HASH.slice(1)],
    ['a longer hash', () => Uint8Array.of(...HASH, 0)],
    ['a shorter hash later', async () => HASH.slice(1)],
    ['nothing later', async () => undefined],
    ['text later', async () => 'text'],
    ['an object that claims the length', async () => ({ length: 4 })],
    ['an object of another length', async () => ({ length: 3 })],
    ['bytes that claim the length', () => claiming(4, HASH.slice(1))],
    ['bytes that claim another length', () => claiming(3, Uint8Array.from(HASH))],
  ])('gives ERR_BACKEND where the hasher derives %s', async (_, deriving) => {
    const verdict = await verifyNow(setup({ derive: deriving as Derive }), 'a', credential);
    expect(errorOf(verdict)).toMatchObject({
      code: 'ERR_BACKEND',
      hasher: 'made',
      message: expect.stringMatching(/./),
    });
    // Noticed before it is compared: nothing was thrown.
    expect(errorOf(verdict)?.cause).toBeUndefined();
  });

  test('gives ERR_BACKEND where backends cannot compare', async () => {
    const broken = {
      ...backends,
      equal: () => {
        throw new Error('no');
      },
    };
    for (const deriving of [() => HASH, async () => HASH]) {
      const verdict = await verifyNow(setup({ derive: deriving }, { backends: broken }), 'a', credential);
      expect(errorOf(verdict)).toMatchObject({ code: 'ERR_BACKEND', hasher: 'made' });
    }
  });

  test('names no hasher where it fails before one is known', () => {
    const registry = {
      ...createRegistry([made()]),
      parse: () => {
        throw new Error('bug');
      },
    };
    const verdict = verifyNow(setup({}, { registry }), 'a', credential) as Verdict;
    expect(errorOf(verdict)).toMatchObject({ code: 'ERR_BACKEND', hasher: undefined });
  });

  describe('with password and digest exchanged', () => {
    const swapped = (password: Password, changes: Changes = {}, hasher = 'made') =>
      errorOf(verifyNow(setup(changes), password, { passwordHasher: hasher, passwordDigest: 'secret' }) as Verdict);

    test('gives a hint', () => {
      expect(swapped('made$digest')).toMatchObject({ code: 'ERR_MALFORMED', hint: expect.stringMatching(/./) });
    });

    test.each([
      ['the password is no digest', 'other', {}, 'made'],
      ['the password is bytes', new TextEncoder().encode('made$digest'), {}, 'made'],
      ['the password is long', `made$${'a'.repeat(508)}`, {}, 'made'],
      ['the hasher reads any text', 'made$digest', { freeTail: true }, 'made'],
      ['the hasher is unknown', 'made$digest', {}, 'nosuch'],
    ])('gives none where %s', (_, password, changes, hasher) => {
      expect(swapped(password, changes, hasher)?.hint ?? '').not.toMatch(/password and digest/);
    });

    test('gives one up to the bound', () => {
      expect(swapped(`made$${'a'.repeat(507)}`)?.hint).toMatch(/./);
    });
  });
});

describe('derive', () => {
  const hasher = made();
  const digest = hasher.parse(credential.passwordDigest);
  const run = (changes: Changes, password: Password, call?: JobOptions, more: Partial<Setup> = {}) =>
    derive(setup(changes, more), made(changes), digest, password, call);

  test('gives the hasher UTF-8, in a copy that is wiped', async () => {
    const seen: { readonly text: string; readonly bytes: Uint8Array }[] = [];
    const record = (bytes: Uint8Array): Uint8Array => {
      seen.push({ text: new TextDecoder().decode(bytes), bytes });
      return HASH;
    };
    run({ derive: record }, 'pä');
    await run({ derive: async (bytes) => record(bytes) }, 'pä');
    const own = new TextEncoder().encode('pä');
    run({ derive: record }, own);
    const throwing = (bytes: Uint8Array) => {
      record(bytes);
      throw new Error('broken');
    };
    await refusal(() => run({ derive: throwing }, 'pä'));
    await refusal(() => run({ derive: async (bytes) => throwing(bytes) }, 'pä'));
    expect(seen.map(({ text }) => text)).toEqual(['pä', 'pä', 'pä', 'pä', 'pä']);
    for (const { bytes } of seen) expect([...bytes]).toEqual([0, 0, 0]);
    expect(new TextDecoder().decode(own)).toBe('pä');
  });

  test('does not wipe before the hash is there', async () => {
    let later = '';
    await run(
      {
        derive: async (bytes) => {
          await new Promise((resolve) => setTimeout(resolve));
          later = new TextDecoder().decode(bytes);
          return HASH;
        },
      },
      'abc',
    );
    expect(later).toBe('abc');
  });

  test.each([
    ['text', 'aaaa', 'aaaaa', 5],
    ['text of more bytes than characters', 'ää', 'äää', 6],
    ['text of more characters than that, which is not encoded', 'aaaa', 'äääää', 5],
    ['bytes', new Uint8Array(4), new Uint8Array(5), 5],
    ['bytes that claim another length', claiming(5, new Uint8Array(4)), claiming(4, new Uint8Array(5)), 5],
  ])('accepts %s at the limit and refuses it above', async (_, at, over, actual) => {
    const limits = { ...DEFAULT_LIMITS, passwordBytes: 4 };
    expect(run({}, at, undefined, { limits })).toBe(HASH);
    expect(await refusal(() => run({}, over, undefined, { limits }))).toMatchObject({
      code: 'ERR_PASSWORD',
      field: 'password',
      limit: { param: 'passwordBytes', max: 4, actual },
      message: expect.stringMatching(/\b4\b/),
      fix: expect.stringContaining('limits.passwordBytes'),
    });
  });

  test.each([
    ['a proxy of bytes', () => new Proxy(new Uint8Array(4), {})],
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable(new Uint8Array(4), {});
        revoke();
        return proxy;
      },
    ],
  ])('refuses %s as unreadable', async (_, make) => {
    const password = make();
    expect(isPassword(password)).toBe(true);
    expect(await refusal(() => run({}, password))).toMatchObject({
      code: 'ERR_PASSWORD',
      field: 'password',
      message: expect.stringMatching(/./),
      fix: expect.stringMatching(/./),
    });
  });

  test('binds its KDFs to a call that brings a signal or a priority, and to no other', () => {
    const { signal } = new AbortController();
    const given = [undefined, {}, { signal }, { priority: 'low' }] as (JobOptions | undefined)[];
    calls.length = 0;
    for (const call of given) run({}, 'a', call);
    expect(calls).toEqual([undefined, undefined, { signal }, { priority: 'low' }]);
  });

  test('does nothing for a signal that is aborted already', async () => {
    let derived = 0;
    const error = await refusal(() => run({ derive: () => ++derived }, 'a', { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'ERR_ABORTED', hasher: 'made', message: expect.stringMatching(/./) });
    expect(derived).toBe(0);
  });

  test('ends with ERR_ABORTED when the signal says so, and takes its listener back', async () => {
    const abort = new AbortController();
    const never = run({ derive: () => new Promise(() => {}) }, 'a', { signal: abort.signal });
    abort.abort(new Error('reason'));
    expect(await refusal(() => never)).toMatchObject({ code: 'ERR_ABORTED', hasher: 'made' });
  });

  test('listens to its signal for as long as it derives', async () => {
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const counted = {
      aborted: false,
      get reason() {
        return signal.reason;
      },
      addEventListener: (_: string, listener: unknown) => listeners.add(listener),
      removeEventListener: (_: string, listener: unknown) => listeners.delete(listener),
    } as unknown as AbortSignal;
    let end = (_: Uint8Array) => {};
    const running = run(
      {
        derive: () =>
          new Promise((resolve) => {
            end = resolve as never;
          }),
      },
      'a',
      { signal: counted },
    );
    expect(listeners.size).toBe(1);
    end(HASH);
    expect(await running).toBe(HASH);
    await Promise.resolve();
    expect(listeners.size).toBe(0);
  });

  test('takes an error for an abort where the signal is aborted', async () => {
    const abort = new AbortController();
    const failing = () => {
      abort.abort();
      throw new Error('stopped');
    };
    const error = await refusal(() => run({ derive: failing }, 'a', { signal: abort.signal }));
    expect(error).toMatchObject({ code: 'ERR_ABORTED' });
  });

  test('ends with its verifier', async () => {
    const closed = digestError('ERR_CLOSED' as never, 'closed');
    const within = () => Promise.reject(closed);
    expect(await refusal(() => run({ derive: () => new Promise(() => {}) }, 'a', undefined, { within }))).toBe(closed);
  });
});

describe('a password', () => {
  test.each([
    ['text', ''],
    ['bytes', new Uint8Array()],
    ['a Buffer', Buffer.from('a')],
  ])('is %s', (_, value) => {
    expect(isPassword(value)).toBe(true);
    expect(() => checkPassword(value)).not.toThrow();
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['an array', [1]],
    ['a Uint16Array', new Uint16Array(1)],
  ])('is not %s', (_, value) => {
    expect(isPassword(value)).toBe(false);
    expect(() => checkPassword(value as never)).toThrow(TypeError);
    expect(() => checkPassword(value as never)).toThrow(/^password must be /);
  });

  test('is copied, without the rest of its buffer', () => {
    const whole = Uint8Array.of(1, 2, 3, 4);
    const copy = ownBytes(whole.subarray(1, 3));
    expect([...copy]).toEqual([2, 3]);
    expect(copy.buffer.byteLength).toBe(2);
    expect(copy.buffer).not.toBe(whole.buffer);
  });

  test('cannot be read where it is detached, or a proxy', () => {
    const detached = new Uint8Array(4);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    for (const bytes of [detached, new Proxy(new Uint8Array(4), {})]) {
      expect(() => ownBytes(bytes)).toThrow(expect.objectContaining({ code: 'ERR_PASSWORD' }));
    }
  });
});

test('a cost without demands is within every limit', () => {
  const free = defineHasher({ ...made(), cost: () => hashCost('md5') });
  const verdict = verifyNow({ ...setup(), registry: createRegistry([free]) }, 'a', credential);
  expect(verdict).toMatchObject({ outcome: 'match' });
});

/** Wrong use is a TypeError that names what came, as a rejected promise where the function gives one. */
import { describe, expect, test } from 'vitest';
import {
  type AbortSignalLike,
  conformance,
  convert,
  createRegistry,
  createVerifier,
  defineHasher,
  identify,
  needsRehash,
  parse,
  repair,
  validate,
  verify,
  verifyAny,
} from '../../src/index.js';
import { exampleOf, password } from './slow.js';

const md5 = exampleOf('md5');
const save = async () => true;
const wrong = <T>(value: unknown): T => value as T;

/** What a function says of a value in the place of its argument. */
function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('what came is named', () => {
  test.each([
    ['null', null],
    ['a number', 5],
    ['a string', 'bcrypt'],
    ['an array', []],
  ] as const)('%s in the place of an object', (name, value) => {
    const given = wrong<never>(value);
    const calls: readonly (() => unknown)[] = [
      () => createVerifier(given),
      () => createVerifier({ limits: given }),
      () => createVerifier({ hooks: given }),
      () => createVerifier({ registry: given }),
      () => validate(md5, given),
      () => parse(md5, given),
      () => identify(md5.passwordDigest, given),
      () => convert(md5.passwordDigest, given),
      () => repair(md5, given),
      () => needsRehash(md5, undefined, given),
      () => defineHasher(given),
    ];
    for (const call of calls) {
      const error = thrownBy(call);
      expect(error, String(call)).toBeInstanceOf(TypeError);
      const isNamed = (error as TypeError).message.includes(`received ${name}`);
      expect(isNamed, `${call}: ${(error as TypeError).message}`).toBe(true);
    }
  });

  test.each([null, undefined, 5, 'bcrypt'])('%j in the place of a credential or a registry', (value) => {
    const given = wrong<never>(value);
    for (const call of [() => parse(given), () => validate(given), () => repair(given), () => needsRehash(given)]) {
      expect(thrownBy(call), String(call)).toMatchObject({
        name: 'TypeError',
        message: expect.stringMatching(/received (?:null|undefined|a number|a string)/),
      });
    }
    if (typeof value !== 'string') expect(() => createRegistry(given)).toThrow(/received/);
    expect(() => createRegistry([given])).toThrow(/received/);
  });

  test('as a rejected promise, never a throw', async () => {
    await using verifier = createVerifier();
    const calls: readonly (() => Promise<unknown>)[] = [
      () => verify(wrong(5), md5),
      () => verify(password, wrong(null)),
      () => verify(password, md5, wrong(null)),
      () => verifyAny(wrong(undefined), md5.passwordDigest),
      () => verifyAny(password, md5.passwordDigest, wrong({ peper: 'x' })),
      () => verifier.verifyAndUpgrade(wrong(null), md5, save),
      () => verifier.verifyAndUpgrade(password, md5, wrong(undefined)),
      () => verifier.verifyUnknownUser(wrong({})),
      () => verifier.hash(wrong([])),
      () => conformance(wrong(null), []),
    ];
    for (const call of calls) {
      const answer = thrownBy(call);
      expect(answer, String(call)).toBeInstanceOf(Promise);
      await expect(answer, String(call)).rejects.toBeInstanceOf(TypeError);
    }
  });
});

describe('a misspelt option', () => {
  test.each([
    ['sginal', 'signal'],
    ['Signal', 'signal'],
    ['prioritty', 'priority'],
    ['equalise', 'equalize'],
  ])('%s is refused, and %s is named', async (name, meant) => {
    await using verifier = createVerifier();
    const options = wrong<never>({ [name]: undefined });
    for (const call of [
      verifier.verify(password, md5, options),
      verifier.verifyAndUpgrade(password, md5, save, options),
      verifier.verifyUnknownUser(password, options),
      verifier.verifyAny(password, md5.passwordDigest, {}, options),
    ]) {
      await expect(call).rejects.toMatchObject({ name: 'TypeError', message: expect.stringContaining(`${meant}?`) });
    }
    expect(() => verifier.verifyMany([], options)).toThrow(TypeError);
  });

  test('of other calls is refused too', async () => {
    await using verifier = createVerifier();
    await expect(verifier.hash(password, wrong({ equalize: true }))).rejects.toThrow(TypeError);
    expect(() => verifier.verifyMany([], wrong({ concurency: 5 }))).toThrow(/concurrency\?/);
    expect(() => createVerifier(wrong({ maxqueue: 5 }))).toThrow(/maxQueue\?/);
    expect(() => createVerifier({ limits: wrong({ bcryptcost: 5 }) })).toThrow(/bcryptCost\?/);
    expect(() => createVerifier({ hooks: wrong({ onverify() {} }) })).toThrow(/onVerify\?/);
    expect(() => validate(md5, wrong({ targt: 'clerk' }))).toThrow(/target\?/);
    expect(() => convert('x', { system: wrong('beter-auth') })).toThrow(/better-auth\?/);
  });

  test('undefined is as good as absent', async () => {
    const none = { signal: undefined, priority: undefined, equalize: undefined };
    await using verifier = createVerifier({
      ...{
        registry: undefined,
        limits: { bcryptCost: undefined },
        backends: { bcrypt: undefined },
        maxQueue: undefined,
      },
      ...{ threads: undefined, maxMemoryBytes: undefined, upgradeTo: undefined, normalize: undefined },
      ...{ equalize: undefined, pepper: undefined, hooks: { onVerify: undefined } },
    });
    expect((await verifier.verify(password, md5, none)).outcome).toBe('match');
    expect((await verifier.verify(password, md5, undefined)).outcome).toBe('match');
    expect(validate(md5, { registry: undefined, limits: undefined, target: undefined }).ok).toBe(true);
  });
});

/** As packages for Node before 15 have it: no reason, no throwIfAborted, not an EventTarget of the platform. */
function polyfilled(aborted = false) {
  const listeners = new Set<() => void>();
  const signal: AbortSignalLike & { aborted: boolean } = {
    aborted,
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
  };
  return {
    signal,
    listeners,
    abort() {
      signal.aborted = true;
      for (const listener of listeners) listener();
    },
  };
}

describe('a signal', () => {
  test('may be null', async () => {
    await using verifier = createVerifier();
    expect((await verifier.verify(password, md5, { signal: null })).outcome).toBe('match');
    for await (const { verdict } of verifier.verifyMany([{ password, ...md5 }], { signal: null })) {
      expect(verdict.outcome).toBe('match');
    }
  });

  test('of a polyfill is heard, before and during a call', async () => {
    await using verifier = createVerifier();
    const gone = { outcome: 'rejected', error: { code: 'ERR_ABORTED' } };
    const before = polyfilled(true);
    expect(await verifier.verify(password, md5, { signal: before.signal })).toMatchObject(gone);
    for (const name of ['bcrypt', 'argon2id', 'pbkdf2_sha256', 'phpass', 'scrypt_werkzeug']) {
      const during = polyfilled();
      expect((await verifier.verify(password, exampleOf(name), { signal: during.signal })).outcome).toBe('match');
      const verdict = verifier.verify(password, exampleOf(name), { signal: during.signal });
      during.abort();
      expect(await verdict).toMatchObject(gone);
    }
  });

  test('of a polyfill has one listener, however many calls there are', async () => {
    await using verifier = createVerifier();
    const { signal, listeners } = polyfilled();
    for (let i = 0; i < 20; i++) await verifier.verify(password, md5, { signal });
    expect(listeners.size).toBe(1);
  });

  test.each([5, {}, 'abort', { aborted: false }])('that is none is wrong use: %j', async (signal) => {
    await expect(verify(password, md5, { signal: wrong(signal) })).rejects.toBeInstanceOf(TypeError);
  });
});

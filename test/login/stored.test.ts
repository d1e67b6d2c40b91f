/** What a database gives in the place of two strings is data: an answer with a code, for equal work, and never a throw. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import {
  createVerifier,
  DigestError,
  type Password,
  parse,
  type StoredCredential,
  type Verdict,
  validate,
  verify,
} from '../../src/index.js';
import * as portable from '../../src/portable.js';
import { exampleOf, password, spied } from './slow.js';

const codeOf = (verdict: Verdict): string => (verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);
const utf8 = (text: string) => new TextEncoder().encode(text);
const { passwordHasher, passwordDigest } = exampleOf('md5');

const STORED: readonly (readonly [what: string, row: unknown, code: string, field: string | undefined])[] = [
  ['a null digest', { passwordHasher, passwordDigest: null }, 'ERR_DISABLED', 'digest'],
  ['an undefined digest', { passwordHasher, passwordDigest: undefined }, 'ERR_DISABLED', 'digest'],
  ['an absent digest', { passwordHasher }, 'ERR_DISABLED', 'digest'],
  ['an empty digest', { passwordHasher, passwordDigest: '' }, 'ERR_DISABLED', 'digest'],
  ['empty bytes', { passwordHasher, passwordDigest: new Uint8Array() }, 'ERR_DISABLED', 'digest'],
  ['null and null', { passwordHasher: null, passwordDigest: null }, 'ERR_DISABLED', 'digest'],
  ['an unknown hasher and null', { passwordHasher: 'google', passwordDigest: null }, 'ERR_DISABLED', 'digest'],
  ['a mark without a hasher', { passwordHasher: null, passwordDigest: '!' }, 'ERR_DISABLED', 'digest'],
  ['a null hasher', { passwordHasher: null, passwordDigest }, 'ERR_UNKNOWN_HASHER', 'passwordHasher'],
  ['an absent hasher', { passwordDigest }, 'ERR_UNKNOWN_HASHER', 'passwordHasher'],
  ['a number for a digest', { passwordHasher, passwordDigest: 5 }, 'ERR_MALFORMED', 'passwordDigest'],
  ['an object for a digest', { passwordHasher, passwordDigest: {} }, 'ERR_MALFORMED', 'passwordDigest'],
  ['a number for a hasher', { passwordHasher: 5, passwordDigest }, 'ERR_MALFORMED', 'passwordHasher'],
  [
    'bytes that are no UTF-8',
    { passwordHasher, passwordDigest: Uint8Array.of(0xff) },
    'ERR_MALFORMED',
    'passwordDigest',
  ],
  ['a megabyte of bytes', { passwordHasher, passwordDigest: new Uint8Array(2 ** 20) }, 'ERR_LIMIT', 'passwordDigest'],
];

describe.each([
  ['digestry', verify],
  ['digestry/portable', portable.verify],
] as const)('verify of %s', (_, verifyHere) => {
  test.each(STORED)('rejects %s', async (_what, row, code, field) => {
    const verdict = await verifyHere(password, row as StoredCredential);
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { code, field } });
  });

  test('reads a digest and a hasher that are bytes as text', async () => {
    for (const bytes of [utf8(passwordDigest), Buffer.from(passwordDigest)]) {
      expect(codeOf(await verifyHere(password, { passwordHasher, passwordDigest: bytes }))).toBe('match');
      expect(codeOf(await verifyHere('wrong', { passwordHasher: utf8('md5'), passwordDigest: bytes }))).toBe(
        'mismatch',
      );
    }
  });
});

describe('the other functions', () => {
  test.each(STORED)('agree on %s', async (_what, row, code) => {
    const stored = row as StoredCredential;
    expect(() => parse(stored)).toThrow(DigestError);
    expect(validate(stored)).toMatchObject({ ok: false, error: { code } });
    await using verifier = createVerifier();
    const save = () => Promise.reject(new Error('nothing is to be saved'));
    expect(codeOf((await verifier.verifyAndUpgrade(password, stored, save)) as Verdict)).toBe(code);
    for await (const { verdict } of verifier.verifyMany([{ password, ...stored }])) expect(codeOf(verdict)).toBe(code);
  });

  test('upgrade a digest that is bytes, with its text as the previous one', async () => {
    await using verifier = createVerifier({ upgradeTo: { hasher: 'bcrypt', cost: 4 } });
    const previous: unknown[] = [];
    const stored = { passwordHasher, passwordDigest: Buffer.from(passwordDigest) };
    const verdict = await verifier.verifyAndUpgrade(password, stored, (_next, old) => previous.push(old) > 0);
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: true });
    expect(previous).toEqual([{ passwordHasher, passwordDigest }]);
  });
});

describe('with equalize', () => {
  const upgradeTo = { hasher: 'bcrypt', cost: 5 } as const;

  test.each(STORED)('%s costs what a new digest would', async (_what, row) => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
    await verifier.verify(password, row as StoredCredential);
    expect(derived).toEqual([{ variant: '2b', cost: 5 }]);
  });
});

describe('a credential', () => {
  test('is read once, before anything is waited for', async () => {
    const reads: string[] = [];
    const moving = {
      get passwordHasher() {
        reads.push('hasher');
        return reads.length > 2 ? 'bcrypt' : passwordHasher;
      },
      get passwordDigest() {
        reads.push('digest');
        return reads.length > 2 ? 'moved' : passwordDigest;
      },
    };
    await using verifier = createVerifier({ equalize: true, upgradeTo: { hasher: 'bcrypt', cost: 4 } });
    expect(codeOf(await verifier.verify(password, moving))).toBe('match');
    expect(reads).toEqual(['hasher', 'digest']);
    reads.length = 0;
    const verdict = await verifier.verifyAndUpgrade(password, moving, () => true);
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: true });
    expect(reads).toEqual(['hasher', 'digest']);
  });

  test('that changes during the call changes nothing', async () => {
    const row = { ...exampleOf('bcrypt') } as { passwordHasher: string; passwordDigest: string };
    const bytes = utf8(password);
    await using verifier = createVerifier({ upgradeTo: 'bcrypt', hooks: {} });
    const verdict = verifier.verify(bytes, row);
    Object.assign(row, { passwordHasher: 'md5', passwordDigest: 'x' });
    bytes.fill(0);
    expect(codeOf(await verdict)).toBe('match');
    expect(Object.keys(verifier.stats().hashers)).toEqual(['bcrypt']);
  });
});

describe('values of another realm', () => {
  const foreign = runInNewContext(
    `({ bytes: (text) => Uint8Array.from(text, (one) => one.charCodeAt(0)), row: (it) => ({ ...it }) })`,
  ) as { bytes(text: string): Uint8Array; row<T>(it: T): T };

  test.each(['md5', 'bcrypt', 'phpass', 'scrypt_firebase', 'pbkdf2_sha256', 'argon2id'])(
    'verify by %s',
    async (name) => {
      const example = exampleOf(name);
      const bytes = foreign.bytes(password);
      expect(bytes instanceof Uint8Array).toBe(false);
      expect(codeOf(await verify(bytes, foreign.row(example)))).toBe('match');
      const digest = { ...example, passwordDigest: foreign.bytes(example.passwordDigest) };
      expect(codeOf(await verify(password, digest))).toBe('match');
    },
  );

  test('upgrade, hash and level', async () => {
    await using verifier = createVerifier({ equalize: true, upgradeTo: { hasher: 'bcrypt', cost: 4 } });
    const bytes = foreign.bytes(password);
    const saved = await verifier.verifyAndUpgrade(bytes, exampleOf('md5'), async () => true);
    expect(saved).toMatchObject({ outcome: 'match', upgraded: true });
    expect(codeOf(await verifier.verify(password, await verifier.hash(bytes)))).toBe('match');
    expect(bytes).toEqual(foreign.bytes(password));
  });
});

describe('bytes that cannot be read', () => {
  function detached(): Uint8Array {
    const bytes = utf8(password);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  }
  function outOfBounds(): Uint8Array {
    const Resizable = ArrayBuffer as unknown as new (
      length: number,
      options: { maxByteLength: number },
    ) => ArrayBuffer & { resize(length: number): void };
    const buffer = new Resizable(16, { maxByteLength: 16 });
    const bytes = new Uint8Array(buffer, 8, 8);
    buffer.resize(4);
    return bytes;
  }

  test.each([
    ['detached', detached],
    ['of a buffer that shrank', outOfBounds],
    ['a proxy', () => new Proxy(utf8(password), {})],
  ] as const)('are a coded error: %s', async (_, make) => {
    const refused = { outcome: 'rejected', error: { code: 'ERR_PASSWORD', field: 'password' } };
    const given = make() as Password;
    for (const name of ['md5', 'bcrypt']) {
      for (const equalize of [false, true]) {
        await using verifier = createVerifier({ equalize, upgradeTo: { hasher: 'bcrypt', cost: 4 } });
        expect(await verifier.verify(given, exampleOf(name))).toMatchObject(refused);
        expect(await verifier.verifyAndUpgrade(given, exampleOf(name), () => true)).toMatchObject(refused);
        expect(await verifier.verifyUnknownUser(given)).toMatchObject(refused);
        expect(await verifier.verifyAny(given, passwordDigest)).toMatchObject(refused);
        await expect(verifier.hash(given)).rejects.toMatchObject({ code: 'ERR_PASSWORD' });
      }
    }
  });

  test.each([
    ['detached', detached],
    ['of a buffer that shrank', outOfBounds],
    ['a proxy', () => new Proxy(utf8(password), {})],
  ] as const)('are no digest, and no account without a password: %s', async (_, make) => {
    const credential = { passwordHasher: 'md5', passwordDigest: make() };
    expect(await verify(password, credential)).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_MALFORMED', field: 'passwordDigest' },
    });
  });
});

describe('a copy of the password that is kept for longer than the caller may keep it', () => {
  test('is wiped: by each call that makes one', async () => {
    const marked = 'U*U kept';
    const given = utf8(marked);
    const wiped: Uint8Array[] = [];
    const fill = Uint8Array.prototype.fill;
    const spy = vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, ...args) {
      if (args[0] === 0 && Buffer.from(this).toString() === marked) wiped.push(this);
      return fill.apply(this, args as [number]);
    });
    await using verifier = createVerifier({ equalize: true, upgradeTo: { hasher: 'bcrypt', cost: 4 } });
    const { passwordHasher, passwordDigest } = exampleOf('md5');
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      verify: () => verifier.verify(given, { passwordHasher: null, passwordDigest: null }),
      verifyAny: () => verifier.verifyAny(given, null),
      verifyMany: () => verifier.verifyMany([{ password: given, passwordHasher, passwordDigest }]).next(),
      verifyUnknownUser: () => verifier.verifyUnknownUser(given),
      hash: () => verifier.hash(given),
      verifyAndUpgrade: () => verifier.verifyAndUpgrade(given, { passwordHasher, passwordDigest }, () => true),
    };
    try {
      for (const [name, call] of Object.entries(calls)) {
        wiped.length = 0;
        await call();
        // The copy that is derived from, and the one that was kept.
        expect(wiped.length, name).toBeGreaterThanOrEqual(2);
        expect(wiped, name).not.toContain(given);
      }
    } finally {
      spy.mockRestore();
    }
    expect(Buffer.from(given).toString()).toBe(marked);
  });
});

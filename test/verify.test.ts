/** verify(): verdicts for data, TypeErrors for wrong use, bounds, aborts. */
import { describe, expect, test } from 'vitest';
import {
  type CallOptions,
  type Credential,
  clerkHashers,
  createParsed,
  createRegistry,
  createVerifier,
  defineHasher,
  hashCost,
  md5Salted,
  type Password,
  type Verdict,
  verify,
} from '../src/index.js';
import * as portable from '../src/portable.js';

const password = 'correct horse battery staple';
const exampleOf = (name: string): Credential => ({
  passwordHasher: name,
  passwordDigest: clerkHashers.find((one) => one.name === name)?.example.digest ?? '',
});
const codeOf = (verdict: Verdict): string => (verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);

describe.each([
  ['digestry', verify],
  ['digestry/portable', portable.verify],
] as const)('%s', (_, verifyHere) => {
  test.each(clerkHashers.map(({ name, example }) => [name, example] as const))(
    'verifies the example of %s',
    async (name, example) => {
      const expected = example.password === undefined ? 'ERR_UNVERIFIABLE' : 'match';
      expect(codeOf(await verifyHere(example.password ?? 'x', exampleOf(name)))).toBe(expected);
    },
  );

  test.each([
    ['no password', undefined],
    ['null', null],
    ['a number', 12_345],
    ['an array of bytes', [1, 2, 3]],
    ['an ArrayBuffer', new ArrayBuffer(3)],
  ])('takes %s for wrong use', async (_name, wrong) => {
    await expect(verifyHere(wrong as unknown as Password, exampleOf('md5'))).rejects.toBeInstanceOf(TypeError);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'bcrypt'],
    ['an object of other names', { hasher: 'bcrypt', digest: 'x' }],
  ])('takes %s for wrong use of a credential', async (_name, wrong) => {
    await expect(verifyHere(password, wrong as unknown as Credential)).rejects.toBeInstanceOf(TypeError);
  });

  test('takes text and its UTF-8 bytes for the same password, and leaves the bytes alone', async () => {
    const bytes = new TextEncoder().encode(password);
    expect(codeOf(await verifyHere(bytes, exampleOf('sha256')))).toBe('match');
    expect(new TextDecoder().decode(bytes)).toBe(password);
  });

  test('refuses a password over the limit by its bytes, not its characters', async () => {
    const limit = { param: 'passwordBytes', max: 4096 };
    for (const long of ['a'.repeat(4097), 'é'.repeat(2049), new Uint8Array(4097), 'a'.repeat(1_000_000)]) {
      expect(await verifyHere(long, exampleOf('md5'))).toMatchObject({
        outcome: 'rejected',
        error: { code: 'ERR_PASSWORD', limit },
      });
    }
    expect(codeOf(await verifyHere('é'.repeat(2048), exampleOf('md5')))).toBe('mismatch');
  });

  test('says that digest and password look exchanged', async () => {
    const { passwordDigest } = exampleOf('bcrypt');
    const verdict = await verifyHere(passwordDigest, { passwordHasher: 'bcrypt', passwordDigest: password });
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { hint: expect.any(String) } });
  });

  test('answers ERR_ABORTED to a signal that is aborted before, and to one that aborts meanwhile', async () => {
    const before = await verifyHere(password, exampleOf('bcrypt'), { signal: AbortSignal.abort() });
    expect(codeOf(before)).toBe('ERR_ABORTED');
    const controller = new AbortController();
    const slow = {
      passwordHasher: 'bcrypt',
      passwordDigest: exampleOf('bcrypt').passwordDigest.replace('$10$', '$15$'),
    };
    const pending = verifyHere(password, slow, { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    expect(codeOf(await pending)).toBe('ERR_ABORTED');
  });
});

describe('a verifier of my own', () => {
  test('has my hashers, in my order of salt and password', async () => {
    const registry = createRegistry([md5Salted({ order: 'password-first' })]);
    await using verifier = createVerifier({ registry });
    const credential = { passwordHasher: 'md5_salted', passwordDigest: 'kJ8dQ2vR$9500ac6c18fc756f59ea50ce44223c08' };
    expect(codeOf(await verifier.verify(password, credential))).toBe('match');
    expect(codeOf(await verifier.verify(password, exampleOf('bcrypt')))).toBe('ERR_UNKNOWN_HASHER');
    expect(codeOf(await verify(password, credential))).toBe('mismatch');
  });

  test('has my limits, before anything is computed', async () => {
    await using verifier = createVerifier({ limits: { bcryptCost: 9, digestChars: 80, passwordBytes: 8 } });
    expect(codeOf(await verifier.verify('x', exampleOf('bcrypt')))).toBe('ERR_LIMIT');
    expect(codeOf(await verifier.verify('x', exampleOf('scrypt_firebase')))).toBe('ERR_LIMIT');
    expect(codeOf(await verifier.verify('123456789', exampleOf('md5')))).toBe('ERR_PASSWORD');
    expect(() => createVerifier({ limits: { bcryptcost: 9 } as never })).toThrow(TypeError);
  });

  test('has the backends that I name', async () => {
    await using verifier = createVerifier({ backends: { bcrypt: 'bcryptjs', argon2: 'portable', hash: 'portable' } });
    const report = await verifier.backends();
    const used = report.filter(({ state }) => state === 'used').map(({ kdf, name }) => `${kdf} ${name}`);
    expect(used).toContain('bcrypt bcryptjs');
    expect(used).toContain('argon2 @noble/hashes');
    expect(used).toContain('hash @noble/hashes');
    expect(codeOf(await verifier.verify(password, exampleOf('bcrypt')))).toBe('match');
    expect(() => createVerifier({ backends: { bcrypt: 'openssl' as never } })).toThrow(TypeError);
  });

  test('tells what a named backend cannot do, as ERR_BACKEND', async () => {
    await using verifier = createVerifier({ backends: { bcrypt: 'bcryptjs' } });
    const bytes = Uint8Array.of(0xff, 0xfe);
    expect(await verifier.verify(bytes, exampleOf('bcrypt'))).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_BACKEND', hasher: 'bcrypt', message: expect.stringContaining('bcryptjs') },
    });
  });
});

describe('a plug-in that fails', () => {
  const failing = (derive: () => Uint8Array | Promise<Uint8Array>) =>
    createVerifier({
      registry: createRegistry([
        defineHasher({
          name: 'failing',
          example: { digest: 'x' },
          parse: () => createParsed({}, new Uint8Array(), new Uint8Array(4)),
          serialize: () => 'x',
          cost: () => hashCost('md5'),
          derive,
        }),
      ]),
    });
  const credential = { passwordHasher: 'failing', passwordDigest: 'x' };

  test.each([
    [
      'throws',
      () => {
        throw new Error(`about ${password}`);
      },
    ],
    ['rejects', () => Promise.reject(new Error(`about ${password}`))],
    ['derives another length', () => new Uint8Array(3)],
    ['derives nothing', () => undefined as unknown as Uint8Array],
    ['derives text', () => 'text' as unknown as Uint8Array],
    ['derives text later', () => Promise.resolve('text' as unknown as Uint8Array)],
  ])('and %s gives ERR_BACKEND without its message', async (_, derive) => {
    const verdict = await failing(derive).verify(password, credential);
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_BACKEND', hasher: 'failing' } });
    expect(JSON.stringify(verdict)).not.toContain(password);
  });

  test.each(['parse', 'cost'])('in its %s gives ERR_BACKEND', async (method) => {
    const fail = () => {
      throw new RangeError(`about ${password}`);
    };
    const definition = {
      name: 'failing',
      example: { digest: 'x' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(4)),
      serialize: () => 'x',
      cost: () => hashCost('md5'),
      derive: () => new Uint8Array(4),
    };
    const verifier = createVerifier({ registry: createRegistry([defineHasher({ ...definition, [method]: fail })]) });
    const verdict = await verifier.verify(password, { ...credential, passwordDigest: 'failing' });
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_BACKEND' } });
    expect(JSON.stringify(verdict)).not.toContain(password);
  });
});

test.each([
  ['pbkdf2', { prf: 'sha256', c: undefined, dkLen: 32 }],
  ['pbkdf2', { prf: 'sha1', c: 1000, dkLen: Number.NaN }],
  ['bcrypt', { cost: undefined, variant: '2b' }],
  ['scrypt', { N: 16, r: 1, p: 1.5, dkLen: 4 }],
  ['argon2', { type: 'argon2id', version: 19, m: 8, t: 1, dkLen: 4 }],
  ['iteratedHash', { algorithm: 'md5', rounds: -1 }],
  ['iteratedHash', { algorithm: 'md5', prefix: 'text', rounds: 1 }],
  ['crypt', { scheme: 'sha512_crypt', rounds: undefined }],
  ['crypt', { scheme: 'constructor', rounds: 1 }],
  ['crypt', { scheme: 'md5_crypt', magic: '$1$' }],
] as const)(
  'a plug-in whose job of %s lacks its parameters gives ERR_BACKEND, and no hash of something else',
  async (kdf, rest) => {
    const bytes = new Uint8Array(16);
    const job = { password: bytes, salt: bytes, first: bytes, suffix: bytes, ...rest };
    const odd = defineHasher({
      name: 'odd',
      example: { digest: 'odd' },
      parse: () => createParsed({}, bytes, bytes),
      serialize: () => 'odd',
      cost: () => hashCost('md5'),
      derive: (_password, _parsed, kdfs) => kdfs[kdf](job as never),
    });
    const verifier = createVerifier({ registry: createRegistry([odd]) });
    const verdict = await verifier.verify(password, { passwordHasher: 'odd', passwordDigest: 'odd' });
    expect(codeOf(verdict)).toBe('ERR_BACKEND');
    await verifier.close();
  },
);

describe('wrong use of a call', () => {
  test.each([
    ['null', null],
    ['a number', 5],
    ['a signal that is none', { signal: { aborted: false } }],
  ])('is a TypeError: %s', async (_, call) => {
    await expect(verify(password, exampleOf('md5'), call as unknown as CallOptions)).rejects.toBeInstanceOf(TypeError);
  });

  test('a signal that is aborted stops cheap hashers as well', async () => {
    const verdict = await verify(password, exampleOf('md5'), { signal: AbortSignal.abort() });
    expect(codeOf(verdict)).toBe('ERR_ABORTED');
  });
});

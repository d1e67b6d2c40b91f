/** Bytes whose properties throw or lie: they are read by what they are, or answered with a code. */
import { describe, expect, test } from 'vitest';
import {
  type AnyHasher,
  clerkHashers,
  createRegistry,
  createVerifier,
  defineHasher,
  needsRehash,
  type Password,
  parse,
  repair,
  validate,
} from '../../src/index.js';

const sha256 = clerkHashers.find(({ name }) => name === 'sha256') as AnyHasher;
const { example } = sha256;
const thrown = () => {
  throw new Error('x');
};
const PROPERTIES = ['length', 'byteLength', 'byteOffset', 'buffer', 'constructor', 'fill', 'slice', Symbol.iterator];

/** The bytes of a text, whose every property throws. */
function hostile(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  for (const name of PROPERTIES) Object.defineProperty(bytes, name, { get: thrown });
  return bytes;
}

function lying(text: string): Uint8Array {
  return Object.defineProperty(new TextEncoder().encode(text), 'length', { value: 2 ** 40 });
}

const trapped = () => new Proxy(new Uint8Array(1), { getPrototypeOf: thrown, get: thrown }) as Password;
function revoked(): Password {
  const { proxy, revoke } = Proxy.revocable(new Uint8Array(1), {});
  revoke();
  return proxy;
}

describe.each([
  ['throw', hostile],
  ['lie', lying],
])('bytes whose properties %s', (_, bytesOf) => {
  test('are a digest like any other', async () => {
    const credential = { passwordHasher: bytesOf('sha256'), passwordDigest: bytesOf(example.digest) };
    expect(parse(credential).hash).toHaveLength(32);
    expect(validate(credential).ok).toBe(true);
    expect(repair(credential)).toBeUndefined();
    expect(needsRehash(credential)).toBe(true);
    const verifier = createVerifier();
    expect(await verifier.verify(example.password ?? '', credential)).toMatchObject({ outcome: 'match' });
    await verifier.close();
  });

  test('are a password like any other', async () => {
    const credential = { passwordHasher: 'sha256', passwordDigest: example.digest };
    const verifier = createVerifier({ upgradeTo: { hasher: 'bcrypt', cost: 4 } });
    const password = () => bytesOf(example.password ?? '');
    expect(await verifier.verify(password(), credential)).toMatchObject({ outcome: 'match' });
    const rows = [{ password: password(), ...credential }];
    for await (const { verdict } of verifier.verifyMany(rows)) expect(verdict).toMatchObject({ outcome: 'match' });
    expect(await verifier.verifyUnknownUser(password())).toMatchObject({ outcome: 'mismatch' });
    expect(await verifier.hash(password())).toMatchObject({ passwordHasher: 'bcrypt' });
    await verifier.close();
  });

  test('are measured against the limits by what they are', async () => {
    const credential = { passwordHasher: 'sha256', passwordDigest: example.digest };
    const verifier = createVerifier({ limits: { passwordBytes: 3, digestChars: 100 } });
    const verdict = await verifier.verify(bytesOf('four'), credential);
    expect(verdict).toMatchObject({ error: { code: 'ERR_PASSWORD', limit: { max: 3, actual: 4 } } });
    const long = { ...credential, passwordDigest: bytesOf('x'.repeat(301)) };
    expect(await verifier.verify('x', long)).toMatchObject({ error: { code: 'ERR_LIMIT', limit: { actual: 301 } } });
    await verifier.close();
  });
});

test.each([
  ['whose traps throw', trapped],
  ['that was revoked', revoked],
])('a proxy %s is a password and a digest that cannot be read', async (_, make) => {
  const credential = { passwordHasher: 'sha256', passwordDigest: example.digest };
  const verifier = createVerifier();
  expect(await verifier.verify(make(), credential)).toMatchObject({ error: { code: 'ERR_PASSWORD' } });
  const rows = [{ password: make(), ...credential }];
  for await (const { verdict } of verifier.verifyMany(rows)) {
    expect(verdict).toMatchObject({ error: { code: 'ERR_PASSWORD' } });
  }
  const proxied = { ...credential, passwordDigest: make() };
  expect(await verifier.verify('x', proxied)).toMatchObject({ error: { code: 'ERR_MALFORMED' } });
  expect(validate(proxied)).toMatchObject({ error: { code: 'ERR_MALFORMED' } });
  await verifier.close();
});

test('a derived hash that lies about its length is no match', async () => {
  const lies = (hash: Uint8Array) => Object.defineProperty(hash, 'length', { value: 32 });
  const plugin = defineHasher({ ...(sha256 as AnyHasher), derive: () => lies(new Uint8Array(0)) });
  const verifier = createVerifier({ registry: createRegistry([plugin]) });
  const verdict = await verifier.verify('x', { passwordHasher: 'sha256', passwordDigest: example.digest });
  expect(verdict).toMatchObject({ error: { code: 'ERR_BACKEND' } });
  await verifier.close();
});

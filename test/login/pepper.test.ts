/** The pepper of bcrypt_peppered, once for the verifier instead of in each row. */
import { createHash, createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { clerkHashers, createRegistry, createVerifier, defineHasher } from '../../src/index.js';
import { withPepper } from '../../src/login/pepper.js';
import { exampleOf, password } from './slow.js';

const pepper = 'pepper';
const whole = exampleOf('bcrypt_peppered');
const bare = { ...whole, passwordDigest: whole.passwordDigest.slice(0, 60) };

test('verifies rows without it, and rows that have it, or another one', async () => {
  await using verifier = createVerifier({ pepper });
  expect((await verifier.verify(password, bare)).outcome).toBe('match');
  expect((await verifier.verify(password, whole)).outcome).toBe('match');
  expect((await verifier.verify('wrong', bare)).outcome).toBe('mismatch');
  await using other = createVerifier({ pepper: 'another one' });
  expect((await other.verify(password, bare)).outcome).toBe('mismatch');
  expect((await other.verify(password, whole)).outcome).toBe('match');
  await using none = createVerifier();
  expect(await none.verify(password, bare)).toMatchObject({ error: { code: 'ERR_WRONG_HASHER' } });
});

test('leaves bcrypt without a pepper alone', async () => {
  await using verifier = createVerifier({ pepper });
  expect((await verifier.verify(password, exampleOf('bcrypt'))).outcome).toBe('match');
});

test('is what new digests are made with and written without', async () => {
  await using verifier = createVerifier({ pepper, upgradeTo: { hasher: 'bcrypt_peppered', cost: 5 } });
  const credential = await verifier.hash(password);
  expect(credential).toEqual({ passwordHasher: 'bcrypt_peppered', passwordDigest: expect.stringMatching(/^.{60}$/) });
  expect(await verifier.verify(password, credential)).toEqual({ outcome: 'match', rehash: [] });
  await using none = createVerifier();
  const readded = { ...credential, passwordDigest: `${credential.passwordDigest}$${pepper}` };
  expect((await none.verify(password, readded)).outcome).toBe('match');
  expect((await verifier.verifyUnknownUser(password)).outcome).toBe('mismatch');
});

test('is kept by an upgrade where nothing else was asked for', async () => {
  await using verifier = createVerifier({ pepper });
  let next: unknown;
  await verifier.verifyAndUpgrade(password, bare, async (one) => {
    next = one;
    return true;
  });
  expect(next).toEqual({
    passwordHasher: 'bcrypt_peppered',
    passwordDigest: expect.stringMatching(/^\$2b\$12\$.{53}$/),
  });
});

test.each([
  ['empty', ''],
  ['of two lines', 'one\ntwo'],
  ['half a surrogate pair', '\ud800'],
  ['bytes', new Uint8Array(4)],
])('that is %s is wrong use', (_, wrong) => {
  expect(() => createVerifier({ pepper: wrong as string })).toThrow(TypeError);
});

test('shows in no error and no verdict', async () => {
  const secret = 'xQ7~vW2^kZ9|jH4`pL5';
  expect(() => createVerifier({ pepper: `${secret}\n` })).toThrow(
    expect.objectContaining({ name: 'TypeError', message: expect.not.stringContaining(secret) }),
  );
  await using verifier = createVerifier({ pepper: secret, limits: { bcryptCost: 4 }, maxQueue: 1 });
  const verdicts = [
    await verifier.verify(password, bare),
    await verifier.verify(password, { ...bare, passwordDigest: `${bare.passwordDigest}x` }),
    await verifier.verify(password, { ...bare, passwordDigest: bare.passwordDigest.slice(0, 50) }),
    await verifier.verify(password, { ...bare, passwordHasher: 'md5' }),
  ];
  for (const verdict of verdicts) expect(verdict.outcome).toBe('rejected');
  expect(inspect(verdicts, { depth: 9, showHidden: true })).not.toContain(secret);
  expect(JSON.stringify(verdicts)).not.toContain(secret);
});

test('that is the key of an HMAC is a hasher of one’s own, for old digests and new ones', async () => {
  const bcrypt = clerkHashers.find(({ name }) => name === 'bcrypt');
  if (bcrypt === undefined) throw new Error('there is a hasher bcrypt');
  const key = new TextEncoder().encode('a key');
  const keyed = defineHasher<object, unknown>({
    ...bcrypt,
    derive(bytes, digest, kdfs) {
      const mac = Buffer.from(kdfs.hmac('sha256', key, bytes)).toString('base64');
      return bcrypt.derive(new TextEncoder().encode(mac), digest, kdfs);
    },
  });
  const registry = createRegistry(clerkHashers.map((one) => (one === bcrypt ? keyed : one)));
  await using verifier = createVerifier({ registry, upgradeTo: { hasher: 'bcrypt', cost: 5 } });
  const credential = await verifier.hash(password);
  expect((await verifier.verify(password, credential)).outcome).toBe('match');
  await using plain = createVerifier();
  const mac = createHmac('sha256', key).update(password).digest('base64');
  expect((await plain.verify(mac, credential)).outcome).toBe('match');
});

test('that would have no effect is refused for a new digest', async () => {
  await using verifier = createVerifier({ pepper, upgradeTo: { hasher: 'bcrypt_peppered', cost: 4 } });
  expect((await verifier.verify('x'.repeat(71), await verifier.hash('x'.repeat(71)))).outcome).toBe('match');
  for (const long of ['x'.repeat(72), '\u00e9'.repeat(36), new Uint8Array(72).fill(120)]) {
    await expect(verifier.hash(long)).rejects.toMatchObject({
      code: 'ERR_PASSWORD',
      hasher: 'bcrypt_peppered',
      field: 'password',
      limit: { param: 'passwordBytes', max: 71, actual: 72 },
    });
  }
  const saved = await verifier.verifyAndUpgrade('x'.repeat(72), await md5Of('x'.repeat(72)), () => true);
  expect(saved).toMatchObject({ outcome: 'match', upgraded: false, upgradeError: { code: 'ERR_PASSWORD' } });
});

async function md5Of(text: string) {
  return { passwordHasher: 'md5', passwordDigest: createHash('md5').update(text).digest('hex') };
}

test('is taken by a registry that is the same but for one hasher', () => {
  const registry = createRegistry(clerkHashers);
  const { registry: own, pepper: bytes } = withPepper(registry, pepper);
  expect(Buffer.from(bytes).toString()).toBe(pepper);
  expect(own.names).toEqual(registry.names);
  expect(own.hashers.filter((hasher, i) => hasher !== registry.hashers[i]).map(({ name }) => name)).toEqual([
    'bcrypt_peppered',
  ]);
});

test('is written where it is another one than the verifier’s', () => {
  const { registry } = withPepper(createRegistry(clerkHashers), pepper);
  const hasher = registry.get('bcrypt_peppered');
  const spelled = (text: string) => hasher?.serialize(registry.parse({ ...whole, passwordDigest: text }));
  expect(spelled(bare.passwordDigest)).toBe(bare.passwordDigest);
  expect(spelled(`${bare.passwordDigest}$${pepper}`)).toBe(bare.passwordDigest);
  for (const other of ['peppex', 'xepper', 'peppers', 'peppe'])
    expect(spelled(`${bare.passwordDigest}$${other}`), other).toBe(`${bare.passwordDigest}$${other}`);
});

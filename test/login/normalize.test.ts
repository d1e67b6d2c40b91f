/** `normalize`: the form that is asked for, then the password as it was typed, and the work of both. */
import { expect, test } from 'vitest';
import { createVerifier } from '../../src/index.js';
import { exampleOf, spied } from './slow.js';

const composed = '\u00e9t\u00e9';
const decomposed = 'e\u0301te\u0301';
const upgradeTo = { hasher: 'bcrypt', cost: 5 } as const;

async function digestOf(password: string) {
  await using verifier = createVerifier({ upgradeTo });
  return await verifier.hash(password);
}

test('matches a digest of either form, and asks for a new one where it is the other', async () => {
  await using verifier = createVerifier({ upgradeTo, normalize: 'NFC' });
  const normal = await digestOf(composed);
  const raw = await digestOf(decomposed);
  expect(await verifier.verify(decomposed, normal)).toEqual({ outcome: 'match', rehash: [] });
  expect(await verifier.verify(composed, normal)).toEqual({ outcome: 'match', rehash: [] });
  expect(await verifier.verify(decomposed, raw)).toMatchObject({
    outcome: 'match',
    rehash: [{ reason: 'normalization' }],
  });
  expect((await verifier.verify(composed, raw)).outcome).toBe('mismatch');
  expect((await verifier.verify('other', raw)).outcome).toBe('mismatch');
});

test('replaces a digest of the typed form by one of the normalized form', async () => {
  await using verifier = createVerifier({ upgradeTo, normalize: 'NFC' });
  let stored = await digestOf(decomposed);
  const verdict = await verifier.verifyAndUpgrade(decomposed, stored, (next) => {
    stored = next;
    return true;
  });
  expect(verdict).toMatchObject({ outcome: 'match', upgraded: true, rehash: [{ reason: 'normalization' }] });
  expect(await verifier.verify(composed, stored)).toEqual({ outcome: 'match', rehash: [] });
});

test('keeps a digest that is stronger than a new one would be', async () => {
  await using verifier = createVerifier({ upgradeTo: { hasher: 'bcrypt', cost: 4 }, normalize: 'NFC' });
  const verdict = await verifier.verifyAndUpgrade(decomposed, await digestOf(decomposed), () => true);
  expect(verdict).toEqual({ outcome: 'match', rehash: [], upgraded: false });
});

test('derives twice at most, and once where the forms are the same', async () => {
  const { registry, derived } = spied('bcrypt');
  await using verifier = createVerifier({ registry, upgradeTo, normalize: 'NFKC' });
  const normal = await digestOf(composed);
  const count = async (password: string) => {
    derived.length = 0;
    await verifier.verify(password, normal);
    return derived.length;
  };
  expect([await count(decomposed), await count(composed), await count('wrong'), await count('e\u0301')]).toEqual([
    1, 1, 1, 2,
  ]);
});

test('with equalize: an unknown user, a broken and a cheap digest cost what a mismatch does', async () => {
  const { registry, derived } = spied('bcrypt');
  await using verifier = createVerifier({ registry, upgradeTo, normalize: 'NFC', equalize: true });
  const work = async (call: () => Promise<unknown>) => {
    derived.length = 0;
    await call();
    return derived.reduce((sum, { cost }) => sum + 2 ** Number(cost), 0);
  };
  const real = await digestOf('something else');
  const nobody = { passwordHasher: null, passwordDigest: null };
  for (const [password, forms] of [
    ['plain', 1],
    [decomposed, 2],
  ] as const) {
    const wanted = forms * 2 ** 5;
    expect(await work(() => verifier.verify(password, real))).toBe(wanted);
    expect(await work(() => verifier.verifyUnknownUser(password))).toBe(wanted);
    expect(await work(() => verifier.verify(password, nobody))).toBe(wanted);
    expect(await work(() => verifier.verify(password, exampleOf('md5')))).toBe(wanted);
  }
});

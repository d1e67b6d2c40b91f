/** The registry of a verifier with a pepper: which digests are written without it. */
import { expect, test } from 'vitest';
import { clerkHashers, createRegistry } from '../../src/index.js';
import { withPepper } from '../../src/login/pepper.js';
import { exampleOf } from './slow.js';

const registry = createRegistry(clerkHashers);
const bare = exampleOf('bcrypt_peppered').passwordDigest.slice(0, 60);
const peppered = withPepper(registry, 'pepper').registry.get('bcrypt_peppered');
const written = (digest: string) => peppered?.serialize(peppered.parse(digest));

test('a digest is written without this pepper', () => {
  expect(written(bare)).toBe(bare);
  expect(written(`${bare}$pepper`)).toBe(bare);
});

test.each(['pepped', 'reppep', 'other', 'peppe', 'peppers'])('a digest is written with another one: %s', (other) => {
  expect(written(`${bare}$${other}`)).toBe(`${bare}$${other}`);
});

test('the other hashers stay as they are', () => {
  const { registry: own, pepper } = withPepper(registry, 'é');
  expect(own.names).toEqual(registry.names);
  expect(own.hashers.filter((one) => registry.get(one.name) !== one).map(({ name }) => name)).toEqual([
    'bcrypt_peppered',
  ]);
  expect(pepper).toEqual(new TextEncoder().encode('é'));
});

test('a registry without the hasher is wrong use, and names it', () => {
  expect(() => withPepper(createRegistry([]), 'pepper')).toThrow(/bcrypt_peppered/);
});

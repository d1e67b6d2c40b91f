/** Whose signature a text begins with, and tables that are made once for a registry. */
import { expect, test } from 'vitest';
import { oncePerRegistry } from '../../src/recognize/once.js';
import { beginsLike, getSignatures, signatureTable } from '../../src/recognize/signatures.js';
import type { AnyHasher } from '../../src/types.js';

const hasher = (name: string, ...prefixes: string[]) => ({ name, prefixes }) as unknown as AnyHasher;
const all = [hasher('short', '$a$'), hasher('none'), hasher('long', '{Z}', '$A$b$'), hasher('letters', 'zA', '@[`{')];

const owners = (text: string) =>
  signatureTable(all)
    .startingLike(text)
    .map(({ name }) => name);

test.each([
  ['$a$', ['short']],
  ['$A$x', ['short']],
  ['$a$b$', ['short', 'long']],
  ['$a$B$x', ['short', 'long']],
  ['{z}', ['long']],
  ['{Z}x', ['long']],
  ['ZA', ['letters']],
  ['za', ['letters']],
  ['@[`{', ['letters']],
  ['@[@{', []],
  ['`[`{', []],
  ['@{`{', []],
  ['@[`[', []],
  ['$a', []],
  ['$b$', []],
  ['x$a$', []],
  ['z', []],
  ['', []],
])('%j is of %j', (text, expected) => expect(owners(text)).toEqual(expected));

test('answers are frozen, and one for all texts with a signature', () => {
  const table = signatureTable(all);
  for (const text of ['$a$', 'nothing']) expect(Object.isFrozen(table.startingLike(text))).toBe(true);
  expect(table.startingLike('$a$1')).toBe(table.startingLike('$a$2'));
});

test('a beginning is compared without the case of ASCII letters', () => {
  expect(beginsLike('AbC', 'aBc')).toBe(true);
  expect(beginsLike('AZ', 'az')).toBe(true);
  expect(beginsLike('abc', 'abcd')).toBe(false);
  expect(beginsLike('abc', 'b')).toBe(false);
  expect(beginsLike('abx', 'abc')).toBe(false);
  // The Kelvin sign, which toLowerCase() makes a "k" of.
  expect(beginsLike('\u212a', 'k')).toBe(false);
  expect(beginsLike('[', '{')).toBe(false);
  expect(beginsLike('@', '`')).toBe(false);
  expect(beginsLike('abc', '')).toBe(true);
});

test('a table is made once for an array of hashers', () => {
  expect(getSignatures(all)).toBe(getSignatures(all));
  expect(getSignatures([...all])).not.toBe(getSignatures(all));
  let made = 0;
  const counted = oncePerRegistry((hashers) => [hashers.length, made++]);
  expect(counted(all)).toBe(counted(all));
  expect(counted([])).toEqual([0, 1]);
  expect(made).toBe(2);
});

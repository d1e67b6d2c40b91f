/** What SASL does to user names and passwords. */
import { expect, test } from 'vitest';
import { utf8 } from '../../src/encoding/bytes.js';
import type { Kdfs } from '../../src/jobs.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';

function derive(recipe: string, value: Uint8Array): Uint8Array {
  const input = { password: value, bytes: {}, params: {}, hashBytes: 0 };
  return compileRecipe(parseRecipe(recipe)).derive(input, {} as Kdfs) as Uint8Array;
}

const textOf = (recipe: string, value: string): string => Buffer.from(derive(recipe, utf8(value))).toString('utf8');

test.each([
  ['joe@example.com', 'joe:example.com'],
  ['joe', 'joe:'],
  ['', ':'],
  ['joe@', 'joe:'],
  // Dovecot takes the last one, so that a user may be user@domain@realm.
  ['joe@example.com@realm', 'joe@example.com:realm'],
  ['jörg@exämple', 'jörg:exämple'],
])('the realm of %j', (username, joined) => {
  expect(textOf('user_realm($p)', username)).toBe(joined);
});

test('prepares a password, and keeps one that SASLprep refuses', () => {
  expect(textOf('saslprep($p)', 'a\u00a0b\u00ad')).toBe('a b');
  expect(textOf('saslprep($p)', 'a\u{1f511}\u00ad')).toBe('a\u{1f511}\u00ad');
  expect(derive('saslprep($p)', Uint8Array.of(0xff, 0xfe))).toEqual(Uint8Array.of(0xff, 0xfe));
});

/** Names that are none: the TypeError says what came. */
import { expect, test } from 'vitest';
import { convert, createVerifier, validate } from '../src/index.js';
import { check } from '../src/migration/index.js';

const credential = { passwordHasher: 'md5', passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' };
const wrong = <T>(value: unknown) => value as T;

test.each<[what: string, call: () => unknown, received: string]>([
  ['backends: null', () => createVerifier({ backends: wrong(null) }), 'null'],
  ['backends: a string', () => createVerifier({ backends: wrong('native') }), 'a string'],
  ['an unknown KDF', () => createVerifier({ backends: wrong({ bcrpt: 'native' }) }), '"bcrpt"'],
  ['an unknown backend', () => createVerifier({ backends: wrong({ bcrypt: 'fast' }) }), '"fast"'],
  ['a backend that is no name', () => createVerifier({ backends: wrong({ bcrypt: 5 }) }), 'a number'],
  ['a system that is no name', () => convert('x', { system: wrong(5) }), 'a number'],
  ['an unknown system', () => convert('x', { system: wrong('djngo') }), '"djngo"'],
  ['an unknown target', () => validate(credential, { target: wrong('auth') }), '"auth"'],
])('%s', (_, call, received) => {
  expect(call).toThrow(TypeError);
  expect(call).toThrow(`(received ${received})`);
});

test('of check', async () => {
  await expect(check(['none.csv'], { hasher: 'bcrpt' })).rejects.toThrow('(received "bcrpt")');
  await expect(check(['none.csv'], { target: wrong('auth') })).rejects.toThrow('(received "auth")');
});

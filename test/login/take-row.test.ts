/** A row of verifyMany: its password and its credential, or why it cannot be verified. */
import { expect, test } from 'vitest';
import { clerkHashers, createRegistry } from '../../src/index.js';
import { takeRow } from '../../src/login/many.js';
import { copyPassword, wipeCopy } from '../../src/login/password-copy.js';
import { DEFAULT_LIMITS } from '../../src/policy.js';

const setup = { registry: createRegistry(clerkHashers), limits: DEFAULT_LIMITS, backends: {} as never };
const credential = { passwordHasher: 'md5', passwordDigest: '0'.repeat(32) };
const take = (row: unknown) => takeRow(setup, row as never);

test('is its password and its credential, without the rest', () => {
  expect(take({ id: 1, password: 'x', ...credential })).toEqual({ password: 'x', credential });
  const password = new Uint8Array(3);
  expect(take({ password, ...credential })).toEqual({ password, credential });
});

const thrown = new Error('not loaded');
const throwing = {
  get password(): string {
    throw thrown;
  },
};

test.each([
  [null, { code: 'ERR_MALFORMED', field: 'row', message: 'a row must be an object (is null)' }],
  [undefined, { code: 'ERR_MALFORMED', field: 'row', message: 'a row must be an object (is undefined)' }],
  ['x', { code: 'ERR_MALFORMED', field: 'row', message: 'a row must be an object (is a string)' }],
  [throwing, { code: 'ERR_MALFORMED', field: 'row', message: 'reading the row failed', cause: thrown }],
  [{ password: 'x' }, { code: 'ERR_MALFORMED' }],
  [{ password: 'x', ...credential, passwordDigest: null }, { code: 'ERR_DISABLED' }],
  [
    { ...credential },
    {
      ...{ code: 'ERR_PASSWORD', field: 'password', fix: undefined },
      message: 'password must be a string or a Uint8Array (is undefined)',
    },
  ],
  [
    { password: 5, ...credential },
    { code: 'ERR_PASSWORD', field: 'password' },
  ],
])('is refused with its field: %#', (row, expected) => {
  expect(take(row)).toMatchObject(expected);
});

test('that is none says of which form rows are', () => {
  const fix = 'pass rows of { password, passwordHasher, passwordDigest }';
  expect(take(null)).toMatchObject({ fix });
  expect(take(throwing)).toMatchObject({ fix });
});

test('bytes are copied and the copy is wiped, text is what it is', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const copy = copyPassword(bytes);
  expect(copy).toEqual(bytes);
  expect(copy).not.toBe(bytes);
  wipeCopy(bytes, copy);
  expect(copy).toEqual(new Uint8Array(3));
  expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
  wipeCopy(bytes, bytes);
  expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
  expect(copyPassword('x')).toBe('x');
  expect(() => wipeCopy('x', 'y')).not.toThrow();
});

test('bytes that cannot be read stay what they are', () => {
  const detached = new Uint8Array(new ArrayBuffer(8));
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  expect(copyPassword(detached)).toBe(detached);
});

/** Salts of new digests: each character as likely as the others. */
import { afterEach, expect, test, vi } from 'vitest';
import { randomAlphanumeric, randomBytes } from '../../src/login/salt.js';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The platform's random source gives these bytes, one after the other, in a circle. */
function drawing(bytes: readonly number[]) {
  let at = 0;
  return vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    const view = array as Uint8Array;
    for (let i = 0; i < view.length; i++) view[i] = bytes[at++ % bytes.length] as number;
    return array;
  });
}

const text = (salt: Uint8Array) => new TextDecoder().decode(salt);

afterEach(() => vi.restoreAllMocks());

test('is as many bytes as asked for, from the platform', () => {
  drawing([1, 2, 3]);
  expect([...randomBytes(5)]).toEqual([1, 2, 3, 1, 2]);
  expect(randomBytes(0)).toHaveLength(0);
});

test('has each letter and digit for four of the bytes', () => {
  drawing(Array.from({ length: 248 }, (_, byte) => byte));
  expect(text(randomAlphanumeric(248))).toBe(ALPHANUMERIC.repeat(4));
});

test('skips bytes that would favour the first letters, and draws again', () => {
  const source = drawing([247, 248, 255, 0]);
  expect(text(randomAlphanumeric(4))).toBe('9A9A');
  expect(source).toHaveBeenCalledTimes(2);
});

test('draws no more than it needs', () => {
  const source = drawing([0]);
  expect(text(randomAlphanumeric(3))).toBe('AAA');
  expect(source).toHaveBeenCalledTimes(1);
});

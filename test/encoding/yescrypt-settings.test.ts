import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeYescryptSettings,
  encodeYescryptSettings,
  findYescryptFault,
  YESCRYPT_FLAGS,
} from '../../src/encoding/yescrypt-settings.js';
import { rejection } from '../support/rejection.js';

const decode = (text: string) => decodeYescryptSettings(text, 0, text.length, 'settings');

describe('the parameters of yescrypt', () => {
  test.each([
    ['j9T', { flags: YESCRYPT_FLAGS, N: 4096, r: 32, p: 1, t: 0 }],
    ['jC5', { flags: YESCRYPT_FLAGS, N: 32768, r: 8, p: 1, t: 0 }],
    ['.75', { flags: 0, N: 1024, r: 8, p: 1, t: 0 }],
    ['/75', { flags: 1, N: 1024, r: 8, p: 1, t: 0 }],
    ['j75..', { flags: YESCRYPT_FLAGS, N: 1024, r: 8, p: 2, t: 0 }],
    ['j75/.', { flags: YESCRYPT_FLAGS, N: 1024, r: 8, p: 1, t: 1 }],
    ['j/.', { flags: YESCRYPT_FLAGS, N: 4, r: 1, p: 1, t: 0 }],
  ])('are read from %s and written so', (text, settings) => {
    expect(decode(text)).toEqual(settings);
    expect(encodeYescryptSettings(settings)).toBe(text);
  });

  test('are the same after writing and reading', () => {
    const settings = fc
      .record({
        flags: fc.constantFrom(0, 1, YESCRYPT_FLAGS),
        N: fc.integer({ min: 2, max: 31 }).map((log) => 2 ** log),
        r: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 2 ** 20 })),
        p: fc.integer({ min: 1, max: 300 }),
        t: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 30 })),
      })
      .filter((one) => findYescryptFault(one) === undefined);
    fc.assert(
      fc.property(settings, (one) => {
        expect(decode(encodeYescryptSettings(one))).toEqual(one);
      }),
    );
  });

  test.each([
    ['empty', '', 'ERR_MALFORMED'],
    ['cut off after N', 'j9', 'ERR_MALFORMED'],
    ['cut off inside a number', 'j9z', 'ERR_MALFORMED'],
    ['with a character outside the alphabet', 'j9+', 'ERR_MALFORMED'],
    ['with N = 2', 'j.5', 'ERR_MALFORMED'],
    ['with N = 2^33', 'jU5', 'ERR_MALFORMED'],
    ['of other boxes', 'k9T', 'ERR_MALFORMED'],
    ['with a letter too many', 'j75...', 'ERR_MALFORMED'],
    ['with more lanes than blocks', 'j/...', 'ERR_MALFORMED'],
    ['of scrypt with t', '.75/.', 'ERR_MALFORMED'],
    ['with a ROM', 'j755C', 'ERR_UNSUPPORTED'],
    ['of an upgraded hash', 'j751.', 'ERR_UNSUPPORTED'],
  ])('are refused %s', (_, text, code) => {
    expect(rejection(() => decode(text))).toMatchObject({ code, field: 'settings' });
  });

  test('that are over a limit are numbers still: nothing is allocated for them', () => {
    expect(decode('jR5').N).toBe(2 ** 30);
  });
});

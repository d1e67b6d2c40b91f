/** Runs of text with fields of their own: the settings of yescrypt, Domino's salt and hash. */
import { describe, expect, test } from 'vitest';
import { encodeHex } from '../../src/encoding/hex.js';
import { compileLayout, layout, special } from '../../src/layout/index.js';
import { rejection } from '../support/rejection.js';

const YESCRYPT = compileLayout(layout`$y$${special('yescrypt')}$`);
const LOTUS6 = compileLayout(layout`(G${special('lotus6')})`);
const LOTUS8 = compileLayout(layout`(H${special('lotus8')})`);

describe('the settings of yescrypt', () => {
  test.each([
    ['j9T', { flags: 182, N: 4096, r: 32, parallelism: 1, t: 0 }],
    ['j75', { flags: 182, N: 1024, r: 8, parallelism: 1, t: 0 }],
    ['.6.', { flags: 0, N: 512, r: 1, parallelism: 1, t: 0 }],
  ])('%s', (text, params) => {
    const match = YESCRYPT.parse(`$y$${text}$`);
    expect(match.params).toEqual(params);
    expect(YESCRYPT.print(match.params, match.bytes)).toBe(`$y$${text}$`);
  });

  test.each(['j9', 'j', '', 'j9T4', 'j9!', 'j9Tzzzzzzzzzzz', `j9T${'.'.repeat(40)}`])('refuses %j', (text) => {
    const { code, field, offset } = rejection(() => YESCRYPT.parse(`$y$${text}$`));
    expect(['ERR_MALFORMED', 'ERR_UNSUPPORTED']).toContain(code);
    expect(field).toBe('N');
    expect(offset).toBeGreaterThanOrEqual(3);
  });
});

describe("Domino's runs", () => {
  test('salt and 74 bits of hash', () => {
    const text = '(GDJ0nDZI8l8RJzlRbemg)';
    const { bytes } = LOTUS6.parse(text);
    expect(encodeHex(bytes['salt'] as Uint8Array)).toBe('3530313634');
    expect(encodeHex(bytes['hash'] as Uint8Array)).toBe('88bc86d3f6f6e5a30a80');
    expect(LOTUS6.print({}, bytes)).toBe(text);
    // Of the last byte two bits are there.
    const derived = new Uint8Array(16).fill(0xff);
    expect(LOTUS6.trimHash?.(derived)).toEqual(Uint8Array.of(...new Array(9).fill(0xff), 0xc0));
  });

  test('salt, iterations and hash', () => {
    const text = '(HC34tD3KtDp4oCZWmCJ4qC30mC30mC3KmC30mCcA5ovrMLH9M)';
    const match = LOTUS8.parse(text);
    expect(match.params).toEqual({ iterations: 5000 });
    expect(match.bytes['salt']).toHaveLength(16);
    expect(encodeHex(match.bytes['hash'] as Uint8Array)).toBe('6285cb9d56551256');
    expect(LOTUS8.print(match.params, match.bytes)).toBe(text);
    expect(() => LOTUS8.print({ iterations: 1e10 }, match.bytes)).toThrow();
    expect(() => LOTUS6.print(match.params, match.bytes)).toThrow();
  });

  test.each([
    ['(GDJ0nDZI8l8RJzlRbem-)', 'hash', 20],
    ['(GDJ0nDZI8l8RJzlRbem)', 'hash', 20],
    ['(GDJ0nDZI8l8RJzlRbemgg)', 'hash', 21],
  ])('refuses %s', (text, field, offset) => {
    expect(rejection(() => LOTUS6.parse(text))).toMatchObject({ code: 'ERR_MALFORMED', field, offset });
  });

  test('refuses iterations other than a decimal number', () => {
    const text = '(HC34tD3KtDp4oCZWmCJ4qC30mCzzmC3KmC30mCcA5ovrMLH9M)';
    expect(rejection(() => LOTUS8.parse(text))).toMatchObject({ code: 'ERR_MALFORMED', field: 'iterations' });
  });
});

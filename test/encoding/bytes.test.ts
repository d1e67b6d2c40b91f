/** Text to bytes and back against Buffer, with everything that UTF-8 storage cannot hold. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { concat, latin1, utf8, utf8Text, utf16le } from '../../src/encoding/bytes.js';
import { anyBytes, anyText, runs, textOf } from '../support/properties.js';

test('encodes as Buffer does, also halves of surrogate pairs', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(40), textOf('abcé€😀\0', 20)), (text) => {
      expect(Buffer.from(utf8(text))).toEqual(Buffer.from(text, 'utf8'));
      expect(Buffer.from(utf16le(text))).toEqual(Buffer.from(text, 'utf16le'));
      expect(Buffer.from(latin1(text))).toEqual(Buffer.from(text, 'latin1'));
    }),
    runs(500),
  );
});

test('makes U+FFFD of half a surrogate pair', () => {
  expect([...utf8('a\ud800b')]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62]);
  expect([...utf8('\udc00')]).toEqual([0xef, 0xbf, 0xbd]);
});

test('keeps a NUL and a BOM, which are bytes of a password like others', () => {
  expect([...utf8('\0a\0')]).toEqual([0, 0x61, 0]);
  expect([...utf8('\ufeffa')]).toEqual([0xef, 0xbb, 0xbf, 0x61]);
  expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
});

test('reads back every text that is well-formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      fc.pre(text.isWellFormed());
      expect(utf8Text(utf8(text))).toBe(text);
    }),
    runs(500),
  );
});

test('has no text for bytes that are not UTF-8', () => {
  fc.assert(
    fc.property(anyBytes(20), (bytes) => {
      const text = Buffer.from(bytes).toString('utf8');
      const sound = Buffer.from(text, 'utf8').equals(Buffer.from(bytes));
      expect(utf8Text(bytes)).toBe(sound ? text : undefined);
    }),
    runs(500),
  );
  // Overlong, half a surrogate, past U+10FFFF, cut off.
  for (const wrong of [
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    expect(utf8Text(Uint8Array.from(wrong))).toBeUndefined();
  }
});

test('reads and writes UTF-8 without TextEncoder and TextDecoder, as in jsdom', async () => {
  vi.stubGlobal('TextEncoder', undefined);
  vi.stubGlobal('TextDecoder', undefined);
  vi.resetModules();
  try {
    const bare = await import('../../src/encoding/bytes.js');
    for (const text of ['', 'abc', 'päss€😀\0', '\ufeffa']) {
      expect([...bare.utf8(text)]).toEqual([...Buffer.from(text)]);
      expect(bare.utf8Text(bare.utf8(text))).toBe(text);
    }
    for (const wrong of [
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xe2, 0x82],
    ]) {
      expect(bare.utf8Text(Uint8Array.from(wrong))).toBeUndefined();
    }
  } finally {
    vi.unstubAllGlobals();
  }
});

test('joins as Buffer.concat does, in new memory', () => {
  fc.assert(
    fc.property(fc.array(anyBytes(10), { maxLength: 5 }), (parts) => {
      const whole = concat(...parts);
      expect(Buffer.from(whole)).toEqual(Buffer.concat(parts));
      for (const part of parts) expect(whole.buffer).not.toBe(part.buffer);
    }),
    runs(200),
  );
});

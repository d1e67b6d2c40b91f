/** Canonical spellings, character by character, against the decoders and what hashers refuse. */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { createFingerprint, fingerprintSpans } from '../../../../src/migration/assess/fingerprint.js';
import * as codecs from '../../../../src/migration/assess/layouts/codecs.js';
import { createDigestSpans } from '../../../../src/migration/assess/layouts/layout.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
type Codec = codecs.SpanCodec;

const ALPHABETS: readonly (readonly [name: string, codec: Codec, characters: string])[] = [
  ['hex', codecs.hex, `${DIGITS}abcdef`],
  ['base64Unpadded', codecs.base64Unpadded, `${LETTERS}${DIGITS}+/`],
  ['base64Padded', codecs.base64Padded, `${LETTERS}${DIGITS}+/`],
  ['bcrypt64', codecs.bcrypt64, `./${LETTERS}${DIGITS}`],
  ['crypt64', codecs.crypt64, `./${LETTERS}${DIGITS}`],
  ['crypt64Text', codecs.crypt64Text, `./${LETTERS}${DIGITS}`],
  ['plainText', codecs.plainText, `-./_${LETTERS}${DIGITS}`],
];

/** Whether all characters are in the alphabet, as fingerprints find it. */
function isInside({ alphabet }: Codec, bytes: Uint8Array): boolean {
  const spans = { ...createDigestSpans(), hashEnd: bytes.length, hashAlphabet: alphabet, saltAlphabet: alphabet };
  return fingerprintSpans(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), spans, createFingerprint());
}

test.each(ALPHABETS)(
  'the alphabet of %s has its characters and no other byte, at any place',
  (_, codec, characters) => {
    const wrong: string[] = [];
    for (let byte = 0; byte < 256; byte++) {
      const expected = byte < 128 && characters.includes(String.fromCharCode(byte));
      for (let length = 1; length <= 7; length++) {
        for (let at = 0; at < length; at++) {
          const bytes = new Uint8Array(length).fill(characters.charCodeAt(0));
          bytes[at] = byte;
          if (isInside(codec, bytes) !== expected) wrong.push(`byte ${byte} at ${at} of ${length}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  },
);

/** Where the characters end, between others; undefined for -1. */
function endOf(codec: Codec, text: string): number | undefined {
  const bytes = Buffer.from(`zz${text}zz`);
  const end = codec.digitsEnd(bytes, 2, bytes.length - 2);
  return end === -1 ? undefined : end - 2;
}

/** The characters before the end are all in the alphabet. */
function isTaken(codec: Codec, text: string): boolean {
  const end = endOf(codec, text);
  return end !== undefined && isInside(codec, Uint8Array.from(Buffer.from(text.slice(0, end))));
}

describe('the end', () => {
  test.each([
    ['base64Unpadded', codecs.base64Unpadded, (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')],
    ['base64Padded', codecs.base64Padded, (bytes: Buffer) => bytes.toString('base64')],
    ['hex', codecs.hex, (bytes: Buffer) => bytes.toString('hex')],
  ] as const)('of %s is that of whole bytes', (_, codec, encode) => {
    for (let length = 1; length < 10; length++) {
      const text = encode(Buffer.alloc(length, 0xff));
      expect(endOf(codec, text), text).toBe(text.replaceAll('=', '').length);
    }
    expect(endOf(codec, '')).toBeUndefined();
  });

  test('of Base64 is not there for one character more, nor for padding that is too much or too little', () => {
    for (const text of [
      'A',
      'AAAAA',
      'AA=',
      'AAA',
      'AA',
      'AAA==',
      'A===',
      '====',
      'AAAA====',
      'AAAA=',
      'AA=A',
      'AAAA==',
    ]) {
      expect(isTaken(codecs.base64Padded, text), text).toBe(false);
    }
    for (const text of ['AA==', 'AAA=', 'AAAA', 'AAAAAA=='])
      expect(isTaken(codecs.base64Padded, text), text).toBe(true);
    for (const text of ['A', 'AAAAA', 'AAAAAAAAA']) expect(endOf(codecs.base64Unpadded, text), text).toBeUndefined();
    for (const text of ['a', 'abc']) expect(endOf(codecs.hex, text), text).toBeUndefined();
  });

  /** Bits of the last character that belong to no byte: of two characters 4, of three 2. */
  test.each([
    ['base64Unpadded', codecs.base64Unpadded, `${LETTERS}${DIGITS}+/`, [15, 3]],
    ['bcrypt64', codecs.bcrypt64, `./${LETTERS}${DIGITS}`, [15, 3]],
    ['crypt64', codecs.crypt64, `./${DIGITS}${LETTERS}`, [60, 48]],
  ] as const)('of %s is not there where spare bits are set', (_, codec, characters, [ofTwo, ofThree]) => {
    for (const [value, last] of [...characters].entries()) {
      expect(endOf(codec, `${last}${last}`) !== undefined, last).toBe((value & ofTwo) === 0);
      expect(endOf(codec, `${last}${last}${last}`) !== undefined, last).toBe((value & ofThree) === 0);
      expect(endOf(codec, last.repeat(4))).toBe(4);
      expect(endOf(codec, last.repeat(5))).toBeUndefined();
    }
  });

  test.each([
    ['plainText', codecs.plainText],
    ['crypt64Text', codecs.crypt64Text],
  ])('of %s is that of any text but an empty one', (_, codec) => {
    for (const text of ['a', 'ab', 'abc', '====']) expect(endOf(codec, text)).toBe(text.length);
    expect(endOf(codec, '')).toBeUndefined();
  });
});

describe('a hash that hashers may refuse', () => {
  const mayBeRefused = (codec: Codec, text: string): boolean | undefined => {
    const bytes = Buffer.from(`zz${text}zz`);
    return codec.mayBeRefused?.(bytes, 2, bytes.length - 2);
  };
  /** Each at each of the first three places, among bytes that are digits. */
  const bytesNear = (byte: number) => [0, 1, 2].map((at) => Buffer.from('aF09aF09').fill(byte, at, at + 1));
  const isHexDigit = (byte: number) => /[0-9A-Fa-f]/.test(String.fromCharCode(byte));

  test.each([
    ['hex', codecs.hex, (bytes: Buffer) => bytes.toString('hex')],
    ['base64Unpadded', codecs.base64Unpadded, (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')],
    ['base64Padded', codecs.base64Padded, (bytes: Buffer) => bytes.toString('base64')],
  ] as const)('is in %s one whose first three bytes are hexadecimal digits', (_, codec, encode) => {
    for (let byte = 0; byte < 256; byte++) {
      for (const bytes of bytesNear(byte)) {
        expect(mayBeRefused(codec, encode(bytes)), `${byte} in ${bytes.toString('hex')}`).toBe(isHexDigit(byte));
      }
    }
    // Later ones do not count.
    expect(mayBeRefused(codec, encode(Buffer.from([...Buffer.from('abc'), 0xff, 0xff, 0xff])))).toBe(true);
  });

  test('is in hexadecimal also a shorter one of these', () => {
    expect(['', '61', '6162'].map((text) => mayBeRefused(codecs.hex, text))).toEqual([true, true, true]);
    expect(['ff', '61ff'].map((text) => mayBeRefused(codecs.hex, text))).toEqual([false, false]);
  });

  test('is in Base64 also one whose first eight characters are hexadecimal digits, or that has fewer', () => {
    const { base64Unpadded } = codecs;
    expect(mayBeRefused(base64Unpadded, '0123abCD')).toBe(true);
    expect(mayBeRefused(base64Unpadded, '0123abCDxyz+')).toBe(true);
    for (let at = 0; at < 8; at++) {
      const other = `${'0123abCD'.slice(0, at)}+${'0123abCD'.slice(at + 1)}xyz`;
      expect(mayBeRefused(base64Unpadded, other), other).toBe(false);
    }
    expect(mayBeRefused(base64Unpadded, '+++++++')).toBe(true);
    expect(mayBeRefused(base64Unpadded, '++++++++')).toBe(false);
  });

  test('is never one in an alphabet of crypt(3)', () => {
    for (const codec of [codecs.bcrypt64, codecs.crypt64, codecs.plainText]) expect(codec.mayBeRefused).toBeUndefined();
  });
});

test('Base64 is written as hexadecimal, byte for byte', () => {
  for (let length = 0; length < 20; length++) {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 89 + 7) & 255));
    const text = Buffer.from(`zz${bytes.toString('base64').replaceAll('=', '')}zz`);
    const into = Buffer.alloc(60, 0x2a);
    const end = codecs.writeHex(text, 2, text.length - 2, into, 5);
    expect(end).toBe(5 + 2 * length);
    expect(into.toString('latin1', 0, end + 1)).toBe(`*****${bytes.toString('hex')}*`);
  }
});

test('values of Base64 are those of RFC 4648, and 0 for any other byte', () => {
  const expected = Array.from({ length: 256 }, (_, byte) =>
    Math.max(0, `${LETTERS}${DIGITS}+/`.indexOf(String.fromCharCode(byte))),
  );
  expect([...codecs.base64Values]).toEqual(expected);
});

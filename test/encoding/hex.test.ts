/** Hexadecimal against Buffer on what is sound, and strict on what is not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeHex, encodeHex, isHex, upperHexAt } from '../../src/encoding/hex.js';
import { DigestError } from '../../src/errors.js';
import { anyBytes, anyText, LOOKALIKES, runs, textOf } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const ASCII = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));
const WRONG = [...ASCII.filter((character) => !/[0-9a-fA-F]/.test(character)), ...LOOKALIKES];

test('writes what Buffer writes, and reads it back', () => {
  fc.assert(
    fc.property(anyBytes(80), anyText(5), anyText(5), (bytes, before, after) => {
      const text = encodeHex(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('hex'));
      const found = decodeHex(before + text + after, before.length, before.length + text.length, 'hash');
      expect(Buffer.from(found)).toEqual(Buffer.from(bytes));
    }),
    runs(300),
  );
});

test('reads capitals as the same bytes', () => {
  fc.assert(
    fc.property(anyBytes(40), (bytes) => {
      const text = encodeHex(bytes).toUpperCase();
      expect(Buffer.from(decodeHex(text, 0, text.length, 'hash'))).toEqual(Buffer.from(bytes));
    }),
    runs(100),
  );
});

describe('refuses', () => {
  const digest = 'salt$00112233aabb$rest';
  const start = 5;
  const end = 17;

  test.each(Array.from({ length: end - start }, (_, i) => start + i))('each wrong character at offset %i', (at) => {
    for (const wrong of WRONG) {
      const damaged = digest.slice(0, at) + wrong + digest.slice(at + 1);
      const { code, field, offset } = rejection(() => decodeHex(damaged, start, end, 'salt'));
      expect({ wrong, code, field, offset }).toEqual({ wrong, code: 'ERR_MALFORMED', field: 'salt', offset: at });
    }
  });

  test('an odd number of digits, at its end', () => {
    const { code, field, offset } = rejection(() => decodeHex(digest, start, end - 1, 'salt'));
    expect({ code, field, offset }).toEqual({ code: 'ERR_MALFORMED', field: 'salt', offset: end - 1 });
  });

  test('a wrong character of an odd number, at the character: it is the better clue', () => {
    expect(rejection(() => decodeHex('a0b1c2x', 0, 7, 'hash')).offset).toBe(6);
    expect(rejection(() => decodeHex('ag0b1c2', 0, 7, 'hash')).offset).toBe(1);
  });
});

test('says of any text either its bytes or a place in it', () => {
  const text = fc.oneof(textOf('0123456789abcdefABCDEF', 12), textOf('0aFg ', 8), anyText(12));
  fc.assert(
    fc.property(text, (given) => {
      const answer = attempt(() => decodeHex(given, 0, given.length, 'hash'));
      const sound = /^(?:[0-9a-fA-F]{2})*$/.test(given);
      if (sound) expect(Buffer.from(answer as Uint8Array)).toEqual(Buffer.from(given, 'hex'));
      else expect(answer).toBeInstanceOf(DigestError);
      if (answer instanceof DigestError) expect(answer.offset).toBeLessThanOrEqual(given.length);
    }),
    runs(1000),
  );
});

test('isHex and upperHexAt tell what a pattern tells', () => {
  const text = fc.oneof(textOf('0123456789abcdefABCDEF', 9), textOf('09afAFgG$', 6), anyText(6));
  fc.assert(
    fc.property(text, (given) => {
      expect(isHex(given)).toBe(/^(?:[0-9a-fA-F]{2})+$/.test(given));
      expect(upperHexAt(given, 0, given.length)).toBe(given.search(/[A-F]/));
    }),
    runs(500),
  );
});

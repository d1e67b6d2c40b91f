/** The Base64 of crypt(3) against its definition in big integers: little-endian, six bits a character. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crypt64Character, crypt64Value, decodeCrypt64, encodeCrypt64 } from '../../src/encoding/crypt64.js';
import { DigestError } from '../../src/errors.js';
import { anyBytes, anyText, LOOKALIKES, runs, textOf } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const CRYPT = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ASCII = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));
const WRONG = [...ASCII.filter((character) => !CRYPT.includes(character)), ...LOOKALIKES];

/** The bytes as one little-endian number, written from its lowest six bits up. */
function byDefinition(bytes: Uint8Array): string {
  let number = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < Math.ceil((bytes.length * 8) / 6); i++) {
    text += CRYPT[Number(number & 63n)];
    number >>= 6n;
  }
  return text;
}

test('writes what its definition says, and reads it back', () => {
  fc.assert(
    fc.property(anyBytes(40), anyText(5), anyText(5), (bytes, before, after) => {
      const text = encodeCrypt64(bytes);
      expect(text).toBe(byDefinition(bytes));
      const found = decodeCrypt64(before + text + after, before.length, before.length + text.length, 'hash');
      expect(Buffer.from(found)).toEqual(Buffer.from(bytes));
    }),
    runs(300),
  );
});

test('refuses each wrong character at each position', () => {
  const sound = 'IQRaTwmfeRo7ud9Fh4E2P.';
  for (let at = 0; at < sound.length; at++) {
    for (const wrong of WRONG) {
      const damaged = `$P$9${sound.slice(0, at)}${wrong}${sound.slice(at + 1)}`;
      const { code, field, offset } = rejection(() => decodeCrypt64(damaged, 4, 26, 'hash'));
      expect({ wrong, code, field, offset }).toEqual({ wrong, code: 'ERR_MALFORMED', field: 'hash', offset: 4 + at });
    }
  }
});

// 22 characters hold 16 bytes and 4 bits: the last character is one of the first four.
test('refuses set bits that belong to no byte', () => {
  for (const [value, character] of [...CRYPT].entries()) {
    const text = '.'.repeat(21) + character;
    const answer = attempt(() => decodeCrypt64(text, 0, 22, 'hash'));
    if (value < 4) expect(answer).toHaveLength(16);
    else expect(answer).toMatchObject({ code: 'ERR_MALFORMED', field: 'hash', offset: 21 });
  }
});

test('says of any text either bytes that are written the same or a place in it', () => {
  // A length that bytes can have: one character more than a multiple of four is no byte.
  const given = fc.oneof(textOf(CRYPT, 12), textOf('./01z', 8), anyText(12)).filter(({ length }) => length % 4 !== 1);
  fc.assert(
    fc.property(given, (text) => {
      const answer = attempt(() => decodeCrypt64(text, 0, text.length, 'hash'));
      if (answer instanceof DigestError) expect(answer.offset).toBeLessThan(text.length);
      else expect(encodeCrypt64(answer)).toBe(text);
    }),
    runs(1000),
  );
});

test('gives each of the 64 characters its value, and no other code unit one', () => {
  const valued = Array.from({ length: 0x10000 }, (_, unit) => unit).filter((unit) => crypt64Value(unit) !== -1);
  expect(String.fromCharCode(...valued.sort((a, b) => crypt64Value(a) - crypt64Value(b)))).toBe(CRYPT);
  expect(valued.map(crypt64Value)).toEqual(valued.map((_, i) => i));
  expect(valued.map((_, i) => crypt64Character(i)).join('')).toBe(CRYPT);
});

/** bcrypt's Base64 against Buffer's in another alphabet and against bcryptjs. */
import bcryptjs from 'bcryptjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBcrypt64, encodeBcrypt64, unusedBitsBcrypt64 } from '../../src/encoding/bcrypt64.js';
import { anyBytes, anyText, LOOKALIKES, runs, textOf } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BCRYPT = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ASCII = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));
const WRONG = [...ASCII.filter((character) => !BCRYPT.includes(character)), ...LOOKALIKES];

function translated(bytes: Uint8Array): string {
  const standard = Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return [...standard].map((character) => BCRYPT[STANDARD.indexOf(character)]).join('');
}

test('writes what Buffer writes in the other alphabet, and reads it back', () => {
  fc.assert(
    fc.property(anyBytes(40), anyText(5), anyText(5), (bytes, before, after) => {
      const text = encodeBcrypt64(bytes);
      expect(text).toBe(translated(bytes));
      const end = before.length + text.length;
      const found = decodeBcrypt64(before + text + after, before.length, end, 'salt');
      expect(Buffer.from(found)).toEqual(Buffer.from(bytes));
      expect(unusedBitsBcrypt64(before + text + after, before.length, end)).toBe(false);
    }),
    runs(300),
  );
});

test.each([16, 23])('writes %i bytes as bcryptjs writes them', (length) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (bytes) => {
      const text = encodeBcrypt64(bytes);
      expect(text).toBe(bcryptjs.encodeBase64([...bytes], length));
      expect([...decodeBcrypt64(text, 0, text.length, 'hash')]).toEqual([...bcryptjs.decodeBase64(text, length)]);
    }),
    runs(100),
  );
});

test('refuses each wrong character at each position', () => {
  const sound = 'N9qo8uLOickgx2ZMRZoMye';
  for (let at = 0; at < sound.length; at++) {
    for (const wrong of WRONG) {
      const damaged = `$2b$10$${sound.slice(0, at)}${wrong}${sound.slice(at + 1)}`;
      const { code, field, offset } = rejection(() => decodeBcrypt64(damaged, 7, 29, 'salt'));
      expect({ wrong, code, field, offset }).toEqual({ wrong, code: 'ERR_MALFORMED', field: 'salt', offset: 7 + at });
    }
  }
});

// 22 characters hold 16 bytes and 4 bits, 31 hold 23 bytes and 2 bits.
test.each([
  ['salt', 22, 16],
  ['hash', 31, 4],
])('drops the unused bits of a %s and tells whether one is set', (_, length, step) => {
  const head = '.'.repeat(length - 1);
  const clean = decodeBcrypt64(`${head}.`, 0, length, 'x').length;
  for (const [value, character] of [...BCRYPT].entries()) {
    const text = head + character;
    const bytes = decodeBcrypt64(text, 0, length, 'x');
    expect(bytes).toHaveLength(clean);
    expect(unusedBitsBcrypt64(text, 0, length)).toBe(value % step !== 0);
    expect(encodeBcrypt64(bytes)).toBe(head + BCRYPT[value - (value % step)]);
  }
});

test('says of any text either its bytes or a place in it', () => {
  fc.assert(
    fc.property(fc.oneof(textOf(BCRYPT, 12), anyText(12)), (given) => {
      const answer = attempt(() => decodeBcrypt64(given, 0, given.length, 'hash'));
      const at = [...Array(given.length).keys()].find((i) => !BCRYPT.includes(given[i] as string));
      if (at === undefined) expect(answer).toHaveLength((given.length * 3) >> 2);
      else expect(answer).toMatchObject({ code: 'ERR_MALFORMED', field: 'hash', offset: at });
    }),
    runs(500),
  );
});

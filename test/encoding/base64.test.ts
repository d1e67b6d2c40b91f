/** The four readings of Base64 against Buffer on what is sound, and strict on what is not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Base64,
  base64,
  base64Adapted,
  base64Lenient,
  base64Unpadded,
  decodeBase64,
  encodeBase64,
} from '../../src/encoding/base64.js';
import { DigestError } from '../../src/errors.js';
import { anyBytes, anyText, LOOKALIKES, runs, textOf } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ASCII = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));

interface Reading {
  readonly name: string;
  readonly variant: Base64;
  /** All that it reads. */
  readonly characters: string;
  /** From Buffer's Base64 to its own. */
  readonly write: (standard: string) => string;
  /** Back, for text of its characters. */
  readonly standard: (text: string) => string;
}

const same = (text: string) => text;
const unpad = (text: string) => text.replace(/=+$/, '');
const pad = (text: string) => text + '='.repeat((4 - (text.length % 4)) % 4);

const READINGS: readonly Reading[] = [
  { name: 'base64', variant: base64, characters: `${LETTERS}+/`, write: same, standard: same },
  { name: 'base64Unpadded', variant: base64Unpadded, characters: `${LETTERS}+/`, write: unpad, standard: pad },
  {
    name: 'base64Lenient',
    variant: base64Lenient,
    characters: `${LETTERS}+/-_`,
    write: same,
    standard: (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  },
  {
    name: 'base64Adapted',
    variant: base64Adapted,
    characters: `${LETTERS}./`,
    write: (text) => unpad(text).replaceAll('+', '.'),
    standard: (text) => pad(text.replaceAll('.', '+')),
  },
];

describe.each(READINGS)('$name', ({ variant, characters, write, standard }) => {
  const decode = (text: string) => decodeBase64(text, 0, text.length, 'hash', variant);
  const padded = variant.padding === 'required';

  test('writes what Buffer writes, and reads it back', () => {
    fc.assert(
      fc.property(anyBytes(80), anyText(5), anyText(5), (bytes, before, after) => {
        const text = encodeBase64(bytes, variant);
        expect(text).toBe(write(Buffer.from(bytes).toString('base64')));
        const end = before.length + text.length;
        const found = decodeBase64(before + text + after, before.length, end, 'hash', variant);
        expect(Buffer.from(found)).toEqual(Buffer.from(bytes));
      }),
      runs(200),
    );
  });

  test('refuses each wrong character at each position', () => {
    const sound = write('AQIDBAUGBwgJ');
    const wrong = [...ASCII, ...LOOKALIKES].filter((character) => !characters.includes(character) && character !== '=');
    for (let at = 0; at < sound.length; at++) {
      for (const character of wrong) {
        const damaged = `$${sound.slice(0, at)}${character}${sound.slice(at + 1)}$`;
        const error = rejection(() => decodeBase64(damaged, 1, damaged.length - 1, 'salt', variant));
        const { code, field, offset } = error;
        const place = { code: 'ERR_MALFORMED', field: 'salt', offset: at + 1 };
        expect({ character, code, field, offset }).toEqual({ character, ...place });
      }
    }
  });

  test('refuses "=" between digits', () => {
    const { code, field, offset } = rejection(() => decode(write('AQ=DBAUG')));
    expect({ code, field, offset }).toEqual({ code: 'ERR_MALFORMED', field: 'hash', offset: 2 });
  });

  // One byte leaves 4 unused bits in the second character, two bytes leave 2 in the third.
  test.each([
    ['one byte', 'A', 16],
    ['two bytes', 'AA', 4],
  ])('takes the last character of %s only with unused bits of zero', (_, digits, step) => {
    for (const [value, character] of [...characters.slice(0, 64)].entries()) {
      const text = digits + character + (padded ? '='.repeat(3 - digits.length) : '');
      if (value % step === 0) expect(encodeBase64(decode(text), variant)).toBe(text);
      else expect(rejection(() => decode(text))).toMatchObject({ code: 'ERR_MALFORMED', offset: digits.length });
    }
  });

  test('refuses one character more than whole bytes have', () => {
    const text = padded ? 'AAAAA===' : 'AAAAA';
    expect(rejection(() => decode(text))).toMatchObject({ code: 'ERR_MALFORMED', field: 'hash', offset: 5 });
  });

  test('takes padding as the variant has it, and no other', () => {
    for (const digits of ['', 'AA', 'AAA', 'AAAA', 'AAAAAA']) {
      for (let pads = 0; pads <= 5; pads++) {
        const answer = attempt(() => decode(digits + '='.repeat(pads)));
        const wanted = padded ? (4 - (digits.length % 4)) % 4 : 0;
        if (pads === wanted) expect(answer).toBeInstanceOf(Uint8Array);
        else expect(answer).toMatchObject({ code: 'ERR_MALFORMED', field: 'hash', offset: digits.length });
      }
    }
  });

  test('says of any text either its bytes or a place in it', () => {
    const text = fc.oneof(textOf(characters, 12), textOf('AQgw+/-_.=', 8), anyText(12));
    fc.assert(
      fc.property(text, (given) => {
        const digits = padded ? given.replace(/={0,2}$/, '') : given;
        const written = standard(given);
        const bytes = Buffer.from(written, 'base64');
        const sound = [...digits].every((one) => characters.includes(one)) && bytes.toString('base64') === written;
        const answer = attempt(() => decode(given));
        if (sound) expect(Buffer.from(answer as Uint8Array)).toEqual(bytes);
        else expect(answer).toBeInstanceOf(DigestError);
        if (answer instanceof DigestError) expect(answer.offset).toBeLessThanOrEqual(given.length);
      }),
      runs(1000),
    );
  });
});

test('tells the right padding as a fix where it is known', () => {
  const fixOf = (text: string, bytes?: number) =>
    rejection(() => decodeBase64(text, 0, text.length, 'hash', base64, bytes)).fix;
  expect(fixOf('AA=', 1)).toContain('"=="');
  expect(fixOf('AAA', 2)).toContain('"="');
  expect(fixOf('AAAA=', 3)).toContain('"="');
  expect(fixOf('AAAA=', 3)).not.toBe(fixOf('AAA', 2));
});

test('tells no fix for padding where the bytes would be other ones than were cut off', () => {
  const fixOf = (text: string, bytes?: number) =>
    rejection(() => decodeBase64(text, 0, text.length, 'hash', base64, bytes)).fix;
  for (const [cut, bytes] of [
    ['AAA', undefined],
    ['AAA', 3],
    ['AAB', 2],
    ['AAAAA', 4],
  ] as const) {
    expect(fixOf(cut, bytes)).toBeUndefined();
  }
  expect(rejection(() => decodeBase64('AA\nA=', 0, 5, 'hash', base64, 2))).toMatchObject({ offset: 2, fix: undefined });
});

test('reads either alphabet leniently, also both in one text', () => {
  expect(Buffer.from(decodeBase64('-_+/', 0, 4, 'hash', base64Lenient)).toString('base64')).toBe('+/+/');
});

/** Decimal integers: what Number() and parseInt() let through is refused, at its place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeDecimal } from '../../src/encoding/decimal.js';
import { anyText, LOOKALIKES, runs, textOf } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const decode = (text: string, min?: number, max?: number) => decodeDecimal(text, 0, text.length, 'cost', min, max);
const ASCII = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));

test('reads every whole number that is written plainly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), anyText(4), anyText(4), (number, a, b) => {
      const text = a + String(number) + b;
      expect(decodeDecimal(text, a.length, text.length - b.length, 'cost')).toBe(number);
    }),
    runs(500),
  );
});

describe('refuses', () => {
  test.each([
    ['nothing', '', 0],
    ['a sign +', '+10', 0],
    ['a sign -', '-10', 0],
    ['a minus sign of typography', '\u221210', 0],
    ['an exponent', '1e3', 1],
    ['a fraction', '10.0', 2],
    ['hexadecimal', '0x10', 1],
    ['a binary prefix', '0b11', 1],
    ['a separator of thousands', '10,000', 2],
    ['an underscore', '10_000', 2],
    ['a space before', ' 10', 0],
    ['a space after', '10 ', 2],
    ['a line end', '10\n', 2],
    ['a no-break space', '10\u00a0', 2],
    ['a BOM', '\ufeff10', 0],
    ['full-width digits', '\uff11\uff10', 0],
    ['Arabic-Indic digits', '\u0661\u0660', 0],
    ['mathematical digits', '\ud835\udfcf0', 0],
    ['a superscript', '1\u00b2', 1],
    ['a BigInt suffix', '10n', 2],
    ['Infinity', 'Infinity', 0],
    ['NaN', 'NaN', 0],
    ['one leading zero', '010', 0],
    ['two zeros', '00', 0],
    ['a number under the minimum', '0', 0],
    ['the first number that is not safe', '9007199254740992', 0],
    ['a number that rounds to a safe one in no way', '9007199254740993', 0],
    ['2^64', '18446744073709551616', 0],
    ['four hundred digits', '9'.repeat(400), 0],
  ])('%s', (_, text, at) => {
    const { code, field, offset } = rejection(() => decode(text));
    expect({ code, field, offset }).toEqual({ code: 'ERR_MALFORMED', field: 'cost', offset: at });
  });

  test('each wrong character at each position', () => {
    const wrong = [...ASCII.filter((character) => !/\d/.test(character)), ...LOOKALIKES];
    for (let at = 0; at < 5; at++) {
      for (const character of wrong) {
        const text = `$${'12345'.slice(0, at)}${character}${'12345'.slice(at + 1)}$`;
        const { code, field, offset } = rejection(() => decodeDecimal(text, 1, 6, 'cost'));
        const place = { code: 'ERR_MALFORMED', field: 'cost', offset: at + 1 };
        expect({ character, code, field, offset }).toEqual({ character, ...place });
      }
    }
  });
});

test('takes the largest safe integer', () => {
  expect(decode('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
});

test('holds to its range at both edges', () => {
  expect(decode('4', 4, 31)).toBe(4);
  expect(decode('31', 4, 31)).toBe(31);
  expect(rejection(() => decode('3', 4, 31))).toMatchObject({ code: 'ERR_MALFORMED', offset: 0 });
  expect(rejection(() => decode('32', 4, 31))).toMatchObject({ code: 'ERR_MALFORMED', offset: 0 });
});

test('takes a plain zero where the minimum is zero', () => {
  expect(decode('0', 0)).toBe(0);
});

test('tells a leading zero how to be written', () => {
  expect(rejection(() => decode('08')).fix).toContain('cost');
});

test('takes any text for a number exactly where it is one', () => {
  fc.assert(
    fc.property(fc.oneof(textOf('0123456789', 18), textOf('01+-eE. x', 5), anyText(6)), (text) => {
      const plain = /^[1-9][0-9]*$/.test(text) && BigInt(text) <= BigInt(Number.MAX_SAFE_INTEGER);
      const answer = attempt(() => decode(text));
      if (plain) expect(answer).toBe(Number(text));
      else expect(answer).toMatchObject({ code: 'ERR_MALFORMED', field: 'cost', offset: expect.any(Number) });
    }),
    runs(1000),
  );
});

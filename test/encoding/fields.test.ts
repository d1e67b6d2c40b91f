/** Splitting at a separator against String.split, and the two ways to have the wrong number of fields. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectPrefix, splitFields } from '../../src/encoding/fields.js';
import { DigestError } from '../../src/errors.js';
import { anyText, runs } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const NAMES = ['iterations', 'salt', 'hash', 'keylen'];

test('cuts as String.split cuts, with offsets in the whole text', () => {
  const field = anyText(6).map((text) => text.replaceAll('$', ''));
  fc.assert(
    fc.property(anyText(4), fc.array(field, { minLength: 3, maxLength: 4 }), (before, fields) => {
      const text = before + fields.join('$');
      const { starts, ends } = splitFields(text, '$', NAMES, before.length, 3);
      expect(starts.map((start, i) => text.slice(start, ends[i]))).toEqual(fields);
    }),
    runs(300),
  );
});

test('takes a separator of the method part for itself', () => {
  expect(splitFields('scrypt:16:8:1', ':', ['N', 'r', 'p'], 7)).toEqual({ starts: [7, 10, 12], ends: [9, 11, 13] });
});

describe('names', () => {
  test.each([
    // An empty text has one empty field.
    ['', 'salt'],
    ['1000', 'salt'],
    ['1000$salt', 'hash'],
    ['1000$salt$hash', 'keylen'],
  ])('the first field that is missing in "%s", at its end', (text, missing) => {
    const { code, field, offset } = rejection(() => splitFields(text, '$', NAMES));
    expect({ code, field, offset }).toEqual({ code: 'ERR_MALFORMED', field: missing, offset: text.length });
  });

  test('the last field where there is one too many, at its separator', () => {
    const { code, field, offset } = rejection(() => splitFields('1$s$h$32$x', '$', NAMES));
    expect({ code, field, offset }).toEqual({ code: 'ERR_MALFORMED', field: 'keylen', offset: 8 });
  });

  test('an empty field too many', () => {
    expect(rejection(() => splitFields('1$s$h$32$', '$', NAMES)).offset).toBe(8);
  });
});

test('lets the last fields be absent down to the least', () => {
  expect(splitFields('1$s$h', '$', NAMES, 0, 3).starts).toEqual([0, 2, 4]);
  expect(rejection(() => splitFields('1$s', '$', NAMES, 0, 3))).toMatchObject({ field: 'hash', offset: 3 });
});

test('says of any text either as many fields as it has, or a place in it', () => {
  fc.assert(
    fc.property(anyText(10), (text) => {
      const answer = attempt(() => splitFields(text, '$', NAMES, 0, 2));
      const parts = text.split('$').length;
      if (parts >= 2 && parts <= 4) expect(answer).not.toBeInstanceOf(DigestError);
      else expect(answer).toMatchObject({ code: 'ERR_MALFORMED', field: expect.any(String) });
    }),
    runs(500),
  );
});

describe('a prefix', () => {
  const PREFIX = 'pbkdf2_sha1$';

  test('is passed where it is there', () => {
    expect(expectPrefix(`${PREFIX}1000$aa`, PREFIX)).toBe(PREFIX.length);
  });

  test.each(Array.from({ length: PREFIX.length }, (_, at) => at))('is refused at its character %i', (at) => {
    for (const wrong of ['#', '\ud800', '\0']) {
      const text = `${PREFIX.slice(0, at)}${wrong}${PREFIX.slice(at + 1)}1000$aa`;
      const { code, field, offset } = rejection(() => expectPrefix(text, PREFIX));
      expect({ code, field, offset }).toEqual({ code: 'ERR_MALFORMED', field: 'prefix', offset: at });
    }
  });

  test('is refused at the end of a text that ends within it', () => {
    for (let length = 0; length < PREFIX.length; length++) {
      expect(rejection(() => expectPrefix(PREFIX.slice(0, length), PREFIX)).offset).toBe(length);
    }
  });

  test('is compared with its case', () => {
    expect(rejection(() => expectPrefix('PBKDF2_SHA1$', PREFIX)).offset).toBe(0);
  });
});

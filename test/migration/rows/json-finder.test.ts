/** The kernel finds in JSON, and in what is none, what the scanner finds a byte at a time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonFinder, type JsonFinder, JsonScanner } from '../../../src/migration/rows/json-finder.js';
import { runs } from '../../support/properties.js';

const kernel = createJsonFinder();
const scanner = new JsonScanner();
const LF = 10;

/** Text of what decides, with long runs of what does not. */
const nasty = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...'"\\{}[]:,\n\r\t u1x', '\\"', '\\\\', '\\u00e9', '\0', '\x1f', 'é') },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((count) => 'a'.repeat(count)) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((count) => '\\'.repeat(count)) },
    ),
    { maxLength: 120 },
  )
  .map((parts) => Buffer.from(parts.join('')));

function tokensOf(finder: JsonFinder, bytes: Buffer, from: number, lineEnd: number): unknown {
  finder.text.set(bytes);
  finder.findTokens(from, bytes.length, lineEnd);
  const { count, end, isEscaped } = finder;
  return { end, isEscaped, places: [...finder.places.subarray(0, count + 4)] };
}

function elementsOf(finder: JsonFinder, pieces: readonly Buffer[]): unknown {
  finder.beginElements();
  const found: unknown[] = [];
  for (const piece of pieces) {
    finder.text.set(piece);
    finder.findElements(piece.length);
    for (const place of finder.places.subarray(0, 2 * finder.count)) found.push(place);
    found.push(finder.end);
    if (finder.end < piece.length) break;
  }
  return found;
}

test('it is the kernel that is tested', () => expect(kernel).not.toBeInstanceOf(JsonScanner));

describe('the tokens of any text are the same', () => {
  test.each([LF, 0])('with the line end %i', (lineEnd) => {
    fc.assert(
      fc.property(nasty, fc.nat(20), (bytes, from) => {
        const start = Math.min(from, bytes.length);
        expect(tokensOf(kernel, bytes, start, lineEnd)).toEqual(tokensOf(scanner, bytes, start, lineEnd));
      }),
      runs(3000),
    );
  });

  test('of a full piece too', () => {
    const bytes = Buffer.from('{"a":[1,2,"b\\n"]},\n'.repeat(4000)).subarray(0, 64 * 1024);
    expect(tokensOf(kernel, bytes, 0, LF)).toEqual(tokensOf(scanner, bytes, 0, LF));
    const commas = Buffer.alloc(64 * 1024, ',');
    expect(tokensOf(kernel, commas, 0, LF)).toEqual(tokensOf(scanner, commas, 0, LF));
    expect(elementsOf(kernel, [commas])).toEqual(elementsOf(scanner, [commas]));
  });
});

test('the elements of any text are the same, in one piece or in several', () => {
  fc.assert(
    fc.property(nasty, fc.nat(10), (bytes, vectors) => {
      const cut = Math.min(16 * vectors, bytes.length);
      const whole = elementsOf(scanner, [bytes]);
      expect(elementsOf(kernel, [bytes])).toEqual(whole);
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      expect(elementsOf(kernel, pieces)).toEqual(elementsOf(scanner, pieces));
    }),
    runs(3000),
  );
});

test.each([kernel, scanner])('tokens are brackets, marks, quotes and beginnings', (finder) => {
  const text = '{"a\\"b": [tru, -1.5e3 x] ,"\\u0041\\n\\x":""}';
  const bytes = Buffer.from(text);
  finder.text.set(bytes);
  finder.findTokens(0, bytes.length, LF);
  const found = [...finder.places.subarray(0, finder.count)].map((place) => text[place]).join('');
  expect(found).toBe('{"":[t,-x],"ux":""}');
});

test.each([kernel, scanner])('elements are told with the line ends before them', (finder) => {
  const text = '{"a":[{}]},\n\n"],[", {"b":"}"}\n] , [';
  expect(elementsOf(finder, [Buffer.from(text)])).toEqual([
    ...[0, 0, 9, 0, 10, 0, 18, 2, 20, 2, 28, 2, 30, 3],
    Math.min(text.length, 32),
  ]);
});

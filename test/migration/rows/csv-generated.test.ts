/** Generated CSV: the machine against its acceleration, against other blocks, and against another parser. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { newFinder } from '../../../src/migration/rows/finder.js';
import { scanText } from '../../support/csv.js';
import { runs } from '../../support/properties.js';

/** Of one text: well-formed fields and records mostly, and anything. */
function csv(delimiter: string, recordEnds: readonly string[], pieces: readonly string[]): fc.Arbitrary<string> {
  const { length } = [delimiter, ...recordEnds];
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pieces) },
    { weight: length, arbitrary: fc.constantFrom(delimiter, ...recordEnds) },
    { weight: 1, arbitrary: fc.constantFrom('"', '""', ' "', '" ', '\t', ' ', '\0') },
  );
  return fc.array(piece, { maxLength: 60 }).map((all) => all.join(''));
}

const WELL_FORMED = ['a', 'é', '山', '"b"', '"c""d"', '""', '"x,;y"', 'Jane Doe', '$2b$10$abcdefghijklmnopqrstuv'];
const LINES_IN_QUOTES = ['"e\nf"', '"\r\n"', '"\n\r"'];

describe('with the kernel, records are the same as without', () => {
  const finder = newFinder();

  test('the kernel is there', () => expect(finder).toBeDefined());

  test.each([
    [',', '\n', ['\n', '\r\n']],
    [';', '\n', ['\r\n']],
    ['\t', '\n', ['\n', '\r']],
    [',', '\r', ['\r']],
    [';', '\r', ['\r', '\n', '\r\n']],
  ])('separated by %j and %j', (delimiter, recordEnd, ends) => {
    const row = `a${delimiter}b${recordEnd}`;
    const text = csv(delimiter, ends, [...WELL_FORMED, ...LINES_IN_QUOTES, '"\r"', row.repeat(8)]);
    // Each of them begins at another place of the kernel's step, and something follows the last.
    const shift = fc.nat(70).map((length) => `${'x'.repeat(length)}${recordEnd}`);
    const end = row.repeat(80);
    const long = fc
      .array(fc.tuple(text, shift), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.flat().join('') + end);
    fc.assert(
      fc.property(long, fc.nat(2000), (text, split) => {
        const splits = [split % (Buffer.byteLength(text) + 1)];
        const dialect = { delimiter, recordEnd };
        expect(scanText(text, { ...dialect, finder }, splits)).toEqual(scanText(text, dialect));
      }),
      runs(250),
    );
  });

  test.each([
    ['\n', '"1",jane@example.com,"Doe, Jane",$2b$10$abcdefghijklmnopqrstuv\r\n'],
    ['\n', '1,"{""a"": ""b""}","x\r\ny\n"\n'],
    ['\r', '"1","a ""b""\r\nc\n",d\r'],
  ])('over more than the kernel has room for at once, %#', (recordEnd, row) => {
    const large = `"${'{""key"": ""value""}\n'.repeat(8000)}"`;
    const text = `${row.repeat(1000)}2,"a\nb",c${recordEnd}${row.repeat(1500)}"3"x",y${recordEnd}${row}${large}${recordEnd}${row.repeat(1000)}`;
    expect(scanText(text, { recordEnd, finder })).toEqual(scanText(text, { recordEnd }));
  });

  test.each([
    ...['"a"\rb",c\n', '"a"\r\n"b"\r\n', '"a"b,"c"\n', 'a"b\n', '"a""b","""c"""\n', '"\r\n"",""\n",x\n', '"a" ,b\n'],
    ...['"a"\r\r\n"b",c\n', '"a",\n"b",,"",\n', '"a",b\r,"c"\rd,e\n"\n'],
  ])('where %j is anywhere within a step', (records) => {
    for (const recordEnd of ['\n', '\r']) {
      for (let before = 0; before < 66; before++) {
        const text = `${'x'.repeat(before)}${recordEnd}${records}${`a,b${recordEnd}`.repeat(120)}`;
        expect(scanText(text, { recordEnd, finder }), `after ${before}`).toEqual(scanText(text, { recordEnd }));
      }
    }
  });

  test('where every byte is a record', () => {
    const text = `${'\n'.repeat(70_000)}${','.repeat(70_000)}\n${'"",'.repeat(25_000)}\n`;
    expect(scanText(text, { finder })).toEqual(scanText(text));
  });
});

describe.each([
  ['LF and CRLF', '\n', ['\n', '\r\n']],
  ['CR', '\r', ['\r', '\n']],
])('with %s, records are the same', (_, recordEnd, ends) => {
  test('wherever blocks end', () => {
    fc.assert(
      fc.property(csv(',', ends, [...WELL_FORMED, ...LINES_IN_QUOTES]), fc.array(fc.nat(400)), (text, places) => {
        const whole = scanText(text, { recordEnd });
        const length = Buffer.byteLength(text);
        for (let split = 0; split <= length; split++) expect(scanText(text, { recordEnd }, [split])).toEqual(whole);
        expect(
          scanText(
            text,
            { recordEnd },
            places.map((place) => place % (length + 1)),
          ),
        ).toEqual(whole);
      }),
      runs(50),
    );
  });
});

describe('another parser finds the same', () => {
  // Where a closing quote is followed by blanks and then by nothing, Papa Parse finds no end of it; and where records end
  // with CR it takes an LF there for a blank. Both are left out: a last line end is added, and no LF is among CRs.
  test.each([
    [',', '\n', ['\n', '\r\n', '\r'], LINES_IN_QUOTES],
    ['|', '\n', ['\n'], LINES_IN_QUOTES],
    ['\t', '\n', ['\n', '\r\n'], LINES_IN_QUOTES],
    [',', '\r', ['\r'], ['"e\rf"']],
    [';', '\r', ['\r'], ['"\r\r"']],
  ])('separated by %j and %j', (delimiter, recordEnd, ends, lines) => {
    let irregular = 0;
    let unclosed = 0;
    fc.assert(
      fc.property(csv(delimiter, ends, [...WELL_FORMED, ...lines]), (beginning) => {
        const text = beginning + recordEnd;
        const { records, rest } = scanText(text, { delimiter, recordEnd });
        const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: recordEnd as '\n' | '\r' });
        const isUnclosed = errors.some(({ code }) => code === 'MissingQuotes');
        const stray = new Set(errors.filter(({ code }) => code === 'InvalidQuotes').map(({ row }) => row));
        expect(rest).toBe(isUnclosed ? 'quoted' : 'none');
        // It adds what follows the last line end, or what is left of an unclosed record.
        expect(records.map(({ fields }) => withoutCr(fields))).toEqual(data.slice(0, -1).map(withoutCr));
        expect(records.map((record) => record.stray)).toEqual(data.slice(0, -1).map((_, i) => stray.has(i)));
        irregular += stray.size;
        unclosed += Number(isUnclosed);
      }),
      runs(800),
    );
    expect(Math.min(irregular, unclosed)).toBeGreaterThan(20);
  });
});

/** The CR of a CRLF belongs to the line end for the machine, and to the last field for Papa Parse. */
function withoutCr(fields: readonly string[]): string[] {
  return fields.map((field, i) => (i === fields.length - 1 ? field.replace(/\r+$/, '') : field));
}

/**
 * Bytes that are not UTF-8: in JSON they reject their record, in other formats the file is read no further. A quote that never
 * pairs is reported with its line.
 */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckReport, check } from '../../../src/migration/index.js';
import { BCRYPT, temporaryFolder } from '../../support/exports.js';
import { runs } from '../../support/properties.js';

const folder = temporaryFolder();
const ROWS = 30;
/** An overlong form, a lone continuation, half a character, a surrogate in UTF-8, and Latin-1. */
const BROKEN = ['\xc0\xaf', '\x80', '\xe2\x82', '\xed\xa0\x80', 'M\xfcller'];
const FORMS = {
  ndjson: (records: readonly string[]) => records.map((record) => `${record}\n`).join(''),
  json: (records: readonly string[]) => `[\n${records.join(',\n')}\n]\n`,
  'json of users': (records: readonly string[]) => `\xef\xbb\xbf{"realm": "x", "users": [${records.join(',\n')}]}`,
} as const;

/** Each is a character a byte. */
function recordsOf(broken: ReadonlyMap<number, string>): readonly string[] {
  return Array.from({ length: ROWS }, (_, row) => {
    const bytes = broken.get(row) ?? '';
    const [id, name, key] = [
      [bytes, '', ''],
      ['', bytes, ''],
      ['', '', bytes],
    ][row % 3] as [string, string, string];
    const digest = BCRYPT.replace('N9', String(row).padStart(2, '0'));
    return `{"id":"${id}${row}","name":"Z\xc3\xbc ${name}","note${key}":1,"password_hash":"${digest}"}`;
  });
}

function expectRejected({ input, totals, findings }: CheckReport, lines: readonly number[]): void {
  expect(input.problem).toBeUndefined();
  expect(totals).toMatchObject({ rows: ROWS, ok: ROWS - lines.length, rejected: lines.length });
  const errors = findings.filter(({ code }) => code === 'ERR_ROW');
  expect(errors.map(({ count }) => count)).toEqual(lines.length === 0 ? [] : [lines.length]);
  expect(errors.flatMap(({ examples }) => examples.map(({ line }) => line))).toEqual(lines.slice(0, 3));
}

describe.each(Object.keys(FORMS) as (keyof typeof FORMS)[])('in %s', (form) => {
  test('each broken record is rejected, however the export comes', async () => {
    const place = fc.tuple(fc.nat(ROWS - 1), fc.constantFrom(...BROKEN));
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), fc.nat(), async (places, n) => {
        const broken = new Map(places);
        const bytes = Buffer.from(FORMS[form](recordsOf(broken)), 'latin1');
        const lines = [...broken.keys()].sort((a, b) => a - b).map((row) => row + (form === 'json' ? 2 : 1));
        const size = 1 + (n % 100);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        expectRejected(await check([await folder.write('plain', bytes)]), lines);
        expectRejected(await check(['-'], { stdin: Readable.from(pieces) }), lines);
        expectRejected(await check([await folder.write('packed.gz', gzipSync(bytes))]), lines);
      }),
      runs(8),
    );
  });
});

test.each([
  ['csv', 'id,password_hash\n'],
  ['ldif', 'dn: uid=a\nuserPassword: x\n\n'],
])('in %s, the file is read up to there', async (name, head) => {
  const text = `${head}1,${BCRYPT}\n2\xff,${BCRYPT}\n`;
  const { input } = await check([await folder.write(name, Buffer.from(text, 'latin1'))]);
  expect(input.problem).toMatchObject({ code: 'not-text', byteOffset: text.indexOf('\xff') });
});

test('three threads find the same broken records as one', async () => {
  const records = Array.from({ length: 200_000 }, (_, row) => {
    const name = row % 40_000 === 7 ? '\xff' : 'a name';
    return `{"id":"${row}","name":"${name}","note":"${'.'.repeat(30)}","password_hash":"${BCRYPT}"}`;
  });
  const file = await folder.write('large.ndjson', Buffer.from(FORMS.ndjson(records), 'latin1'));
  const [one, three] = await Promise.all([1, 3].map((threads) => check([file], { threads })));
  expect(one?.totals).toMatchObject({ rows: 200_000, rejected: 5 });
  expect({ ...three, timing: undefined }).toEqual({ ...one, timing: undefined });
}, 60_000);

describe('a quote that never pairs', () => {
  const rows = Array.from({ length: 100 }, (_, row) => ({ id: `${row}`, name: row === 50 ? '"nick' : 'x' }));
  const records = rows.map(({ id, name }) => `{"id":"${id}","name":"${name}","password_hash":"${BCRYPT}"}`);
  const csv = ['id,name,password_hash', ...rows.map(({ id, name }) => `${id},${name},${BCRYPT}`), ''].join('\n');

  test.each([
    ['json', FORMS.json(records), 'not-json', 52],
    ['csv', csv, 'unclosed-quote', 52],
  ])('ends the reading of %s, with its line', async (name, text, code, line) => {
    const { input, totals } = await check([await folder.write(`quote.${name}`, text)]);
    expect(input.problem).toMatchObject({ code, line });
    expect(totals.rows).toBe(50);
  });

  test('rejects its line of NDJSON', async () => {
    const { input, totals } = await check([await folder.write('quote.ndjson', FORMS.ndjson(records))]);
    expect(input.problem).toBeUndefined();
    expect(totals).toMatchObject({ rows: 100, ok: 99, rejected: 1 });
  });
});

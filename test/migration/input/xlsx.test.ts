/** Excel workbooks: of several programs, and those that are damaged or too large. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/migration/index.js';
import { openWorkbook } from '../../../src/migration/input/xlsx.js';
import { MD5_OF_PASSWORD, temporaryFolder } from '../../support/exports.js';
import { zipOf } from '../../support/zip.js';

const folder = temporaryFolder();
const path = (name: string): string => fileURLToPath(new URL(`../../fixtures/workbooks/${name}`, import.meta.url));

describe('a workbook', () => {
  test.each(['openpyxl', 'xlsxwriter', 'xlsxwriter-inline'])(
    'of %s is read, a row of the sheet a line',
    async (name) => {
      const { input, totals, findings } = await check([path(`${name}.xlsx`)], { table: 'Users' });
      expect([input.problem, input.format, input.source]).toEqual([undefined, 'xlsx', 'clerk']);
      expect(totals).toMatchObject({ rows: 6, ok: 3, rejected: 2, missing: 1 });
      const rejected = findings.filter(({ severity }) => severity === 'error').flatMap(({ examples }) => examples);
      expect(rejected.map(({ line, id }) => [line, id]).sort()).toEqual([
        [6, '5'],
        [8, '7'],
      ]);
    },
  );

  test('of Gnumeric is read', async () => {
    const { totals } = await check([path('gnumeric.xlsx')]);
    expect(totals).toMatchObject({ rows: 4, ok: 3, missing: 1 });
  });

  test('has its first sheet read, or the one that is named', async () => {
    expect((await check([path('xlsxwriter.xlsx')])).totals.rows).toBe(6);
    expect((await check([path('openpyxl.xlsx')])).input.problem?.code).toBe('no-digest-field');
    expect((await check([path('openpyxl.xlsx')], { table: 'users' })).totals.rows).toBe(6);
    expect((await check([path('openpyxl.xlsx')], { table: 'people' })).input.problem?.code).toBe('no-table');
  });

  test('in a pipe is named', async () => {
    const stdin = Readable.from([readFileSync(path('xlsxwriter.xlsx'))]);
    expect((await check(['-'], { stdin })).input.problem?.code).toBe('other-file-kind');
  });

  test('cut off anywhere, or damaged, is reported', async () => {
    const whole = readFileSync(path('gnumeric.xlsx'));
    for (let end = 64; end < whole.length; end += 311) {
      const file = await folder.write('cut.xlsx', whole.subarray(0, end));
      expect([end, (await check([file])).input.problem?.code]).toEqual([end, 'damaged']);
    }
    for (let at = 40; at < whole.length; at += 173) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0xff;
      const { input } = await check([await folder.write('damaged.xlsx', damaged)]);
      expect([
        undefined,
        'damaged',
        'other-file-kind',
        'no-rows',
        'no-table',
        'no-digest-field',
        'too-large',
      ]).toContain(input.problem?.code);
    }
  });
});

const HEAD = `<row r="1"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>password_digest</t></is></c></row>`;

function workbook(rows: string, shared?: string): Buffer {
  return zipOf({
    'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/s.xml"/></Relationships>',
    'xl/worksheets/s.xml': `<worksheet><sheetData>${HEAD}${rows}</sheetData></worksheet>`,
    ...(shared !== undefined && { 'xl/sharedStrings.xml': `<sst>${shared}</sst>` }),
  });
}

async function checked(content: Buffer, options?: CheckOptions) {
  return check([await folder.write('made.xlsx', content)], options);
}

describe('cells', () => {
  test('are in the column of their reference; texts come in runs, without how they are pronounced', async () => {
    const shared = `<si><r><t>${MD5_OF_PASSWORD.slice(0, 10)}</t></r><r><rPr/><t>${MD5_OF_PASSWORD.slice(10)}</t></r><rPh><t>x</t></rPh></si>`;
    const rows = '<row r="3"><c r="B3" t="s"><v>0</v></c></row><row><c t="str"><v>a</v></c><c t="s"><v>9</v></c></row>';
    const { totals, input } = await checked(workbook(rows, shared), { hasher: 'md5' });
    expect([input.problem, totals.rows, totals.ok, totals.missing]).toEqual([undefined, 2, 1, 1]);
  });
});

test('cells that are left out of a row cost nothing but their commas', async () => {
  const fd = openSync(await folder.write('wide.xlsx', workbook('<row><c r="XFD2"><v>1</v></c></row>')), 'r');
  try {
    const lines: string[] = [];
    for await (const piece of (await openWorkbook(fd, undefined))?.csv ?? []) lines.push(piece.toString());
    expect(lines.join('')).toBe(`"id","password_digest"\n${','.repeat(16_383)}"1"\n`);
  } finally {
    closeSync(fd);
  }
});

describe('what is too large is reported, whatever the archive says:', () => {
  const cell = (text: string, reference = 'A2'): string =>
    `<row r="2"><c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c></row>`;
  test.each([
    ['a cell', () => workbook(cell('x'.repeat(20 * 2 ** 20)))],
    ['an attribute', () => workbook(`<row r="2" x="${'x'.repeat(20 * 2 ** 20)}"></row>`)],
    ['shared texts', () => workbook(cell('x'), `<si><t>${'x'.repeat(2 ** 20)}</t></si>`.repeat(60))],
    ['a column', () => workbook(cell('x', 'ZZZ2'))],
    ['a depth of tags', () => workbook('<a>'.repeat(100_000))],
    ['a row', () => workbook('<row r="99999999"><c><v>1</v></c></row>')],
  ])('%s', async (_, make) => {
    expect((await checked(make())).input.problem?.code).toBe('too-large');
  });

  test('entities are not expanded', async () => {
    const rows = '<row r="2"><c t="str"><v>&lol;</v></c></row>';
    expect((await checked(workbook(rows))).input.problem?.code).toBe('damaged');
  });
});

test('another archive is named', async () => {
  const { input } = await checked(zipOf({ 'users.csv': 'id,password_digest\n' }));
  expect(input.problem?.code).toBe('other-file-kind');
});

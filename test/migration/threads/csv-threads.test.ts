/** A large CSV with everything in quotes that a quote is for: threads, and shards, give the report of one. */
import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CheckReport, check } from '../../../src/migration/index.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
/** Enough for threads to be started. */
const ROWS = 230_000;
const DIGEST = '$2b$10$abcdefghijklmnopqrstuuOeUeuOeUeuOeUeuOeUeuOeUeuOeUeue';
const NOTES = [
  ...['plain', '"Doe, Jane"', '"the ""first"""', '"two\nlines"', '"three\r\n""\r\nlines"', '""', '"""a"",""b"""'],
  ...['5" wide', '"{""provider"": ""email"", ""providers"": [""email""]}"', '"blank after" ', '山田', '"\n\n\n"'],
];

const comparable = ({ timing: _, ...report }: CheckReport) => report;

describe.each(['\n', '\r\n', '\r'])('rows that end with %j', (newline) => {
  let file: string;
  let one: CheckReport;
  /** Physical lines of rows whose digest is damaged, and of those with a stray quote. */
  const damaged: number[] = [];
  const stray: number[] = [];

  beforeAll(async () => {
    file = folder.path(`nasty-${newline.length}${newline.charCodeAt(0)}.csv`);
    const rows: string[] = [`id,note,password_hasher,password_digest,last${newline}`];
    let line = 2;
    for (let i = 0; i < ROWS; i++) {
      let note = NOTES[(i * 7 + (i >> 5)) % NOTES.length] as string;
      if (newline === '\r') note = note.replaceAll(/\r?\n/g, '\r');
      let digest = i % 3 === 0 ? `"${DIGEST}"` : DIGEST;
      if (i % 50_000 === 40_000) {
        digest = 'cut off';
        damaged.push(line);
      }
      if (i % 100_000 === 50_000) {
        note = '"Jane "JJ" Doe"';
        stray.push(line);
      }
      rows.push(`${i},${note},bcrypt,${digest},"last of a row, ""${i % 10}"""${newline}`);
      line += 1 + (note.match(newline === '\r' ? /\r/g : /\n/g)?.length ?? 0);
    }
    await writeFile(file, rows.join(''));
    one = await check([file], { threads: 1 });
  }, 120_000);

  test('are counted, on their lines', () => {
    expect(one.totals).toMatchObject({ rows: ROWS, rejected: damaged.length + stray.length });
    const linesOf = (code: string) =>
      one.findings.filter((finding) => finding.code === code).map(({ examples }) => examples.map(({ line }) => line));
    expect(linesOf('ERR_MALFORMED')).toEqual([damaged.slice(0, 3)]);
    expect(linesOf('ERR_ROW')).toEqual([stray.slice(0, 3)]);
  });

  test.each([2, 3])('by %i threads as by one', async (threads) => {
    expect(comparable(await check([file], { threads }))).toEqual(comparable(one));
  });

  test('each in one shard', async () => {
    const shards = [0, 1, 2].map((index) => check([file], { shard: { index, of: 3 }, threads: 2 }));
    const totals = (await Promise.all(shards)).map((report) => report.totals);
    expect(totals.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
    expect(totals.reduce((sum, { rejected }) => sum + rejected, 0)).toBe(one.totals.rejected);
    for (const { rows } of totals) expect(rows).toBeGreaterThan(ROWS / 6);
  });
});

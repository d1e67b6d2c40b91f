/** Several threads, or shards, give the report of one: exactly, whatever is in the rows. */
import { truncateSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Expectation } from '../../../bench/support/export/expectation.js';
import { generateExport } from '../../../bench/support/export/generate.js';
import { isRecord, parseJson } from '../../../src/encoding/json.js';
import { clerkHashers, createRegistry } from '../../../src/index.js';
import { type CheckOptions, type CheckReport, check } from '../../../src/migration/index.js';
import { mergeReports } from '../../../src/reports/merge-reports.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
/** Enough for threads to be started, and for each of them to have many turns. */
const ROWS = 300_000;

const comparable = ({ timing: _, ...report }: CheckReport) => report;

/**
 * Two lists of records, each of which has some line ends, between what is no record. A thread that comes to the end of
 * the first one reads the second alone. Lines that are not JSON are left out, or could take in others.
 */
function toJson(lines: string): { readonly text: string; readonly left: number } {
  const all = lines.split('\n').filter((line) => line.trim() !== '');
  const records = all.filter((line) => isRecord(parseJson(line)));
  const middle = Math.floor(0.7 * records.length);
  const listed = (part: readonly string[]) =>
    part.map((record, i) => (i % 5 === 0 ? record.replaceAll('","', '",\n "') : record)).join(',\n');
  const text = `{"realm":{"name":"users\\":["},"roles":[{"id":1}],"users":[${listed(records.slice(0, middle))}],
"groups":[{"id":2}],"more":{"people":[${listed(records.slice(middle))}]},"end":[]}`;
  return { text, left: all.length - records.length };
}

describe.each([
  ['csv', '\n'],
  ['csv', '\r\n'],
  ['ndjson', '\n'],
  ['json', '\n'],
] as const)('%s of 300 000 rows with %j', (format, newline) => {
  let file: string;
  let one: CheckReport;
  let expected: Expectation;

  beforeAll(async () => {
    const made = generateExport({ rows: ROWS, shape: format === 'json' ? 'ndjson' : format, newline, seed: 7 });
    file = folder.path(`large-${newline.length}.${format}`);
    if (format === 'json') {
      const { text, left } = toJson(Buffer.concat([...made.chunks]).toString());
      await writeFile(file, text);
      const { totals, ...rest } = made.expected();
      expected = { ...rest, totals: { ...totals, rows: totals.rows - left, rejected: totals.rejected - left } };
    } else {
      await writeFile(file, made.chunks);
      expected = made.expected();
    }
    one = await check([file], { threads: 1 });
  }, 120_000);

  test('one thread finds what its generator counted', () => {
    expect(one.totals).toEqual(expected.totals);
    // There are more salts than are told apart exactly.
    expect({ ...one.duplicates, salts: 0 }).toEqual({ ...expected.duplicates, salts: 0 });
  });

  test.each([2, 3])('%i threads give the same report', async (threads) => {
    expect(comparable(await check([file], { threads }))).toEqual(comparable(one));
  });

  test('so do rows that are all read as text', async () => {
    // A registry of the caller's own may say of one digest what it does not say of the next.
    const registry = createRegistry(clerkHashers);
    // Salts are estimated here, from another sample.
    const exact = ({ timing: _, findings, duplicates, ...rest }: CheckReport) => ({
      ...{ ...rest, duplicates: { ...duplicates, salts: 0 } },
      findings: findings.filter(({ code }) => code !== 'NOTE_SALT_SHARED'),
    });
    expect(exact(await check([file], { registry }))).toEqual(exact(one));
  });

  test('outputs are the same, in the order of the rows', async () => {
    const written = async (options: CheckOptions) => {
      const [out, rejects] = [folder.path('out'), folder.path('rejects')];
      const report = await check([file], { ...options, out, rejects });
      return [JSON.stringify(comparable(report)), await readFile(out, 'utf8'), await readFile(rejects, 'utf8')];
    };
    const single = await written({ threads: 1 });
    const several = await written({ threads: 3 });
    for (const [i, text] of several.entries()) expect(text === single[i], `output ${i}`).toBe(true);
  });

  test('shards are parts of it, each row in one of them', async () => {
    const shards: CheckReport[] = [];
    for (let index = 0; index < 3; index++) shards.push(await check([file], { shard: { index, of: 3 }, threads: 2 }));
    for (const { totals } of shards) expect(totals.rows).toBeGreaterThan(ROWS / 6);
    const merged = mergeReports(
      shards.map((report, i) => ({ name: `${i}.json`, report })),
      {},
    );
    expect(merged.totals).toEqual(one.totals);
    expect(merged.hashers).toEqual(one.hashers);
    const own = ({ findings }: Pick<CheckReport, 'findings'>) =>
      findings.filter(({ code }) => !/_(DUPLICATE|SHARED)$/.test(code));
    expect(own(merged)).toEqual(own(one));
  });
});

describe('while one thread reads alone what comes after the list of users', () => {
  /** Bytes of the list, for which threads are started. */
  const LIST = 26 * 2 ** 20;
  let whole: Buffer;

  beforeAll(() => {
    const records = (bytes: number): string => {
      const record = `{"id":"x","note":"${'.'.repeat(300)}","password_hash":"$2b$10$${'a'.repeat(53)}"}`;
      return Array(Math.ceil(bytes / record.length))
        .fill(record)
        .join(',\n');
    };
    whole = Buffer.from(`{"users":[${records(LIST)}],\n"more":{"people":[${records(2 * LIST)}]}}`);
  });

  test('an abort ends it', async () => {
    const file = folder.path('aborted.json');
    await writeFile(file, whole);
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = (_: number, bytes: number) => bytes > LIST && controller.abort(reason);
    await expect(check([file], { threads: 3, onProgress, signal: controller.signal })).rejects.toBe(reason);
  });

  test('a file that is cut off meanwhile is reported', async () => {
    const file = folder.path('truncated.json');
    await writeFile(file, whole);
    let isCut = false;
    const onProgress = (_: number, bytes: number) => {
      if (bytes <= LIST || isCut) return;
      isCut = true;
      truncateSync(file, LIST);
    };
    const { input, totals } = await check([file], { threads: 3, onProgress });
    expect(isCut).toBe(true);
    expect(input.problem?.code).toMatch(/^(?:changed|cut-off)$/);
    expect(totals.rows).toBeGreaterThan(0);
  });
});

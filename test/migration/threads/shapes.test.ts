/** Large exports in the shapes of platforms: the same report from one thread, several, and shards. */
import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECK_CASES } from '../../../bench/support/check-cases.js';
import type { Expectation } from '../../../bench/support/export/expectation.js';
import { generateExport } from '../../../bench/support/export/generate.js';
import { type ShapeName, shapes } from '../../../bench/support/export/shapes/index.js';
import { type CheckOptions, type CheckReport, check } from '../../../src/migration/index.js';
import { parseFirebaseConfig } from '../../../src/migration/sources/firebase-config.js';
import { mergeReports } from '../../../src/reports/merge-reports.js';
import { temporaryFolder } from '../../support/exports.js';

/** Threads are used from 24 MiB on. */
const BYTES = 26 * 2 ** 20;
/** Formats that are checked in shards. */
const SHARDED = new Set(['csv', 'ndjson', 'json', 'ldif', 'sql']);
const SHARDS = 3;

const folder = temporaryFolder();

/** Rows for about so many bytes. */
function rowsOf(shape: ShapeName): number {
  const sample = 500;
  const { chunks } = generateExport({ shape, rows: sample });
  const bytes = [...chunks].reduce((sum, { length }) => sum + length, 0);
  return Math.ceil((BYTES * sample) / bytes);
}

/** Without times. */
function comparable({ timing: _, ...report }: CheckReport) {
  return report;
}

/** A workbook is read by one thread. */
const names = CHECK_CASES.map(({ shape }) => shape).filter((shape) => shapes[shape].packed === undefined);

describe.each(names)('26 MiB in the shape of %s', (shape) => {
  const { firebaseConfig, extension, format } = shapes[shape];
  const options: CheckOptions = firebaseConfig === undefined ? {} : { firebase: parseFirebaseConfig(firebaseConfig) };
  const file = folder.path(`${shape}.${extension}`);
  let expected: Expectation;
  let one: CheckReport;

  beforeAll(async () => {
    const made = generateExport({ shape, rows: rowsOf(shape), seed: 11 });
    await writeFile(file, made.chunks);
    expected = made.expected();
    one = await check([file], { ...options, threads: 1 });
  }, 120_000);
  afterAll(() => rm(file));

  test('one thread finds what its generator counted', () => {
    expect(one.totals).toEqual(expected.totals);
    // There are more salts than are told apart exactly.
    expect({ ...one.duplicates, salts: 0 }).toEqual({ ...expected.duplicates, salts: 0 });
    expect(one.input.problem).toBeUndefined();
  });

  test('three threads give the same report', async () => {
    expect(comparable(await check([file], { ...options, threads: 3 }))).toEqual(comparable(one));
  }, 120_000);

  test.runIf(SHARDED.has(format))(
    'shards are parts of it, each row in one of them',
    async () => {
      const shards: CheckReport[] = [];
      for (let index = 0; index < SHARDS; index++) {
        shards.push(await check([file], { ...options, shard: { index, of: SHARDS } }));
      }
      const merged = mergeReports(
        shards.map((report, i) => ({ name: `${i}.json`, report })),
        {},
      );
      expect(merged.totals).toEqual(expected.totals);
      expect(merged.hashers).toEqual(one.hashers);
    },
    120_000,
  );
});

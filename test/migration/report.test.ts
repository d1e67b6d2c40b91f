/** The report: its shape is the contract of `check --json`. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type CheckReport, check } from '../../src/migration/index.js';
import { BCRYPT, csvOf, ndjsonOf, temporaryFolder, USERS } from '../support/exports.js';

const folder = temporaryFolder();
const SAMPLE = new URL('../../vectors/sample/users.csv', import.meta.url).pathname;
const number = expect.any(Number);
const text = expect.any(String);
const shared = { values: number, rows: number, exact: expect.any(Boolean) };

/** Keys and types of everything; throws where one is missing, one is more, or one has another type. */
function checkShape(report: CheckReport): void {
  const counts = { rows: number, ok: number, warned: number, rejected: number };
  expect(report).toEqual({
    version: 1,
    input: { files: expect.any(Array), bytes: number, rows: number, format: text, source: text, sourceReason: text },
    target: null,
    totals: { ...counts, disabled: number, missing: number },
    hashers: expect.any(Object),
    findings: expect.any(Array),
    duplicates: { digests: number, rows: number, exact: expect.any(Boolean), ids: shared, salts: shared },
    canaries: {
      ...{ matched: 0, mismatched: 0, missing: 0, suggestions: [] },
      ...{ rejected: [], hashers: {}, examples: [] },
    },
    timing: { durationMs: number, rowsPerSecond: number, peakRssBytes: number },
  });
  for (const hasher of Object.values(report.hashers)) {
    expect(hasher).toEqual({ ...counts, params: expect.any(Object), parameterSets: expect.any(Array) });
    const inSets = hasher.parameterSets.reduce((sum, { rows }) => sum + rows, 0);
    expect(inSets).toBe(hasher.ok + hasher.warned);
    for (const values of Object.values(hasher.params)) {
      for (const rows of Object.values(values)) expect(rows).toBeGreaterThan(0);
    }
  }
  expect(new Set(report.findings.map(({ kind }) => kind)).size).toBe(report.findings.length);
  for (const finding of report.findings) {
    expect(finding).toEqual({
      kind: expect.stringMatching(new RegExp(`^${finding.code}(?:/${finding.hasher ?? ''}(?:/|$)|$)`)),
      code: expect.stringMatching(/^(ERR|WARN|NOTE)_[A-Z_]+$/),
      hasher: finding.hasher === null ? null : text,
      field: finding.field === null ? null : text,
      severity: expect.stringMatching(/^(error|warning|note)$/),
      count: number,
      message: text,
      fix: finding.fix === null ? null : text,
      examples: finding.examples.map(() => ({ line: number, id: text })),
    });
    // Of what several rows share one row a value is told.
    const told = /_(DUPLICATE|SHARED)$/.test(finding.code) ? 1 : Math.min(3, finding.count);
    expect(finding.examples.length).toBeGreaterThanOrEqual(told);
    expect(finding.examples.length).toBeLessThanOrEqual(3);
  }
}

describe('the report of the sample', () => {
  test('has the keys and types of the contract', async () => checkShape(await check([SAMPLE])));

  test('adds up', async () => {
    const { totals, hashers, findings, input } = await check([SAMPLE]);
    const { ok, warned, rejected, disabled, missing } = totals;
    expect(ok + warned + rejected + disabled + missing).toBe(totals.rows);
    expect(input.rows).toBe(totals.rows);
    const sum = (key: 'ok' | 'warned' | 'rejected' | 'rows') =>
      Object.values(hashers).reduce((total, counts) => total + counts[key], 0);
    const unreadable = findings.find(({ code }) => code === 'ERR_ROW')?.count ?? 0;
    expect([sum('ok'), sum('warned'), sum('rejected') + unreadable]).toEqual([ok, warned, rejected]);
    expect(sum('rows') + unreadable).toBe(ok + warned + rejected);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.reduce((total, { count }) => total + count, 0)).toBe(rejected);
  });

  test('names the physical lines of the file', async () => {
    const { findings } = await check([SAMPLE]);
    const lines = readFileSync(SAMPLE, 'utf8').split('\n');
    const examples = findings.flatMap((finding) => finding.examples).filter(({ id }) => id !== '');
    expect(examples.length).toBeGreaterThan(50);
    for (const { line, id } of examples) expect(lines[line - 1]?.startsWith(`${id},`), `${line} ${id}`).toBe(true);
  });

  test('is the same a second time, but for the timing', async () => {
    const [first, second] = [await check([SAMPLE]), await check([SAMPLE])];
    expect(JSON.stringify({ ...second, timing: 0 })).toBe(JSON.stringify({ ...first, timing: 0 }));
  });

  test('has every hasher in it', async () => {
    expect(Object.keys((await check([SAMPLE])).hashers)).toHaveLength(23);
  });
});

test('of several files counts them as one export, and says in which an example is', async () => {
  const files = [await folder.write('a.csv', csvOf(USERS)), await folder.write('b.ndjson', ndjsonOf(USERS))];
  const one = await check([files[0] as string]);
  const two = await check(files);
  for (const [name, rows] of Object.entries(one.totals)) expect(two.totals).toHaveProperty(name, 2 * rows);
  expect(two.findings[0]?.examples.map(({ file }) => file)).toContain(files[0]);
  // u1, u2, u11 and u12 have the bytes of one digest between them.
  expect(one.duplicates).toMatchObject({ digests: 1, rows: 4 });
  expect(two.duplicates.rows).toBeGreaterThan(8);
  expect(two.input).toMatchObject({ files, format: 'mixed', source: 'generic' });
});

test('a problem in the second file leaves the counts of the first', async () => {
  const files = [await folder.write('good.csv', csvOf(USERS)), folder.path('none')];
  const { input, totals } = await check(files);
  expect(input.problem).toMatchObject({ code: 'not-found', file: files[1], fix: expect.any(String) });
  expect(totals.rows).toBe(12);
});

test('a target is named, and its refusals are errors', async () => {
  const file = await folder.write('there.csv', csvOf(USERS));
  const { target, totals, findings } = await check([file], { target: 'node-bcrypt' });
  expect(target).toBe('node-bcrypt');
  expect(totals.rejected).toBeGreaterThan((await check([file])).totals.rejected);
  expect(findings.some(({ code }) => code === 'ERR_UNSUPPORTED')).toBe(true);
});

test('limits are the caller’s', async () => {
  const file = await folder.write('limits.csv', csvOf([{ digest: BCRYPT }]));
  expect((await check([file], { limits: { bcryptCost: 9 } })).findings[0]?.code).toBe('ERR_LIMIT');
  await expect(check([file], { limits: { nope: 1 } as never })).rejects.toThrow(TypeError);
});

test('stdin comes in pieces of any size', async () => {
  const bytes = Buffer.from(`\ufeff${csvOf(USERS)}`);
  const stdin = Readable.from(Array.from(bytes, (byte) => Buffer.from([byte])));
  const report = await check(['-'], { stdin });
  checkShape(report);
  expect(report.totals).toEqual((await check([await folder.write('whole.csv', bytes)])).totals);
  expect(report.input.bytes).toBe(bytes.length);
});

test('an abort ends it with the reason of the signal', async () => {
  const file = await folder.write('abort.csv', csvOf(USERS));
  const reason = new Error('enough');
  await expect(check([file], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('progress is told', async () => {
  const seen: number[] = [];
  await check([await folder.write('progress.csv', csvOf(USERS))], { onProgress: (rows) => seen.push(rows) });
  expect(seen.at(-1)).toBe(12);
});

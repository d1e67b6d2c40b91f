/** The readers of check and bench reports: what they take, and what they say about a file that is something else. */
import { describe, expect, test } from 'vitest';
import { InputProblem } from '../../src/files/input-problem.js';
import { parseBenchReport, readBenchReport } from '../../src/reports/read-bench-report.js';
import { parseCheckReport, readCheckReport } from '../../src/reports/read-check-report.js';
import { BENCH } from '../support/bench-reports.js';
import { temporaryFolder } from '../support/exports.js';
import { findingWith, reportWith } from '../support/reports.js';

const folder = temporaryFolder();

type Path = readonly (string | number)[];

/** A copy with another value at the path; without the field where the value is undefined. */
function changedAt(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  const changed = changedAt(copy[key], rest, to);
  if (changed === undefined) delete copy[key];
  else Object.defineProperty(copy, key, { value: changed, enumerable: true, configurable: true, writable: true });
  return copy;
}

function problemOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(InputProblem);
    return (error as InputProblem).message;
  }
  return 'none';
}

const CHECK = reportWith({ findings: [findingWith()] });

describe('a check report', () => {
  test('is taken as it is, with fields that a newer version may have added', () => {
    const report = JSON.parse(JSON.stringify({ ...CHECK, added: { by: 'a newer version' } }));
    expect(parseCheckReport(report)).toEqual(report);
  });

  test.each<[Path, unknown, string]>([
    [['totals', 'ok'], -1, 'totals.ok must be a non-negative integer'],
    [['totals', 'ok'], 1e300, 'totals.ok must be a non-negative integer'],
    [['totals', 'ok'], '1', 'totals.ok must be a non-negative integer'],
    [['totals', 'ok'], 99, 'totals must add up to totals.rows'],
    [['input', 'rows'], 99, 'totals.rows must equal input.rows'],
    [['input', 'files'], 'users.csv', 'input.files must be an array'],
    [['input', 'format'], 'xml', 'input.format must be a format such as csv'],
    [['input', 'shard'], { index: 2, of: 2 }, 'input.shard must have index < of'],
    [['input', 'shard'], { index: 0, of: 1e9 }, 'input.shard must have index < of'],
    [['findings', 0, 'code'], '\u001b[31m', 'findings.0.code must be a code'],
    [['findings', 0, 'kind'], undefined, 'findings.0.kind is missing'],
    [['findings', 0, 'severity'], 'fatal', 'findings.0.severity must be error, warning or note'],
    [['findings', 0, 'examples', 0, 'line'], null, 'findings.0.examples.0.line must be a non-negative integer'],
    [['findings'], undefined, 'findings is missing'],
    [['hashers', 'bcrypt'], { rows: 1 }, 'hashers.*.ok is missing'],
    [['hashers', '\u001b[31mname'], 1, 'hashers.* must be an object'],
    [['hashers', '__proto__'], { rows: 1 }, 'hashers.*.ok is missing'],
    [['hashers', 'bcrypt', 'params', 'cost'], { '10': -1 }, 'hashers.*.params.*.* must be a non-negative integer'],
    [['hashers', 'bcrypt', 'parameterSets', 0, 'params', 'cost'], {}, 'params.* must be a number or a string'],
    [['canaries', 'rejected'], [{ code: 'ERR_LIMIT', hasher: 1 }], 'canaries.rejected.0.hasher must be a string'],
    [['version'], 99, 'version must be 1'],
    [['version'], undefined, 'version is missing'],
    [['merged'], {}, 'merged.reports is missing'],
  ])('with %j of %j is refused with the field and what it must be', (path, to, message) => {
    expect(problemOf(() => parseCheckReport(changedAt(CHECK, path, to)))).toContain(message);
  });

  test.each<[unknown, string]>([
    [null, 'it is null'],
    [[], 'it is an array'],
    ['text', 'it is a string'],
    [{ users: [] }, 'it is an export'],
    [BENCH, 'it is a report of digestry bench'],
    [{ results: [] }, 'version is missing'],
  ])('is not %j', (value, message) => {
    expect(problemOf(() => parseCheckReport(value))).toContain(message);
  });
});

describe('a bench report', () => {
  test('is taken as it is', () => {
    const report = JSON.parse(JSON.stringify({ ...BENCH, comparison: [] }));
    expect(parseBenchReport(report)).toEqual(report);
  });

  test.each<[Path, unknown, string]>([
    ...[0.5, 2.5, 1e12, -1, null, '2'].map((cores): [Path, unknown, string] => [
      ['machine', 'cores'],
      cores,
      'machine.cores must be an integer from 1 to 1024',
    ]),
    [['machine'], 5, 'machine must be an object'],
    [['noise', 'referenceMs'], 0, 'noise.referenceMs must be a number over 0'],
    [['results'], {}, 'results must be an array'],
    [['results', 0], null, 'results.0 must be an object'],
    [['results', 1, 'alone', 'medianMs'], 0, 'results.1.alone.medianMs must be a number over 0'],
    [['results', 1, 'alone', 'medianMs'], 'fast', 'results.1.alone.medianMs must be a number over 0'],
    [['results', 0, 'batch', 'msEach'], 1e300, 'results.0.batch.msEach must be a number over 0'],
    [['results', 0, 'params', 'cost'], {}, 'results.0.params.* must be a number or a string'],
    [['interrupted'], 'yes', 'interrupted must be true'],
  ])('with %j of %j is refused with the field and what it must be', (path, to, message) => {
    expect(problemOf(() => parseBenchReport(changedAt(BENCH, path, to)))).toContain(message);
  });

  test('is not a check report', () => {
    expect(problemOf(() => parseBenchReport(CHECK))).toContain('it is a report of digestry check');
  });
});

describe.each([
  ['check', readCheckReport, CHECK],
  ['bench', readBenchReport, BENCH],
] as const)('the file of a %s report', (name, read, report) => {
  const json = JSON.stringify(report);

  test.each([
    ['as it was written', json],
    ['with a byte order mark', Buffer.from(`\ufeff${json}`)],
    ['in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${json}`, 'utf16le')],
  ])('is read %s', async (_, content) => {
    expect(await read(await folder.write(`${name}.json`, content))).toEqual(JSON.parse(json));
  });

  test.each([
    ['empty', '', 'the file is empty'],
    ['blank', ' \n', 'the file is empty'],
    ['another kind of text', 'bcrypt', 'it is another kind of text'],
    ['cut off', json.slice(0, -9), 'it is damaged or was cut off'],
    ['NDJSON', '{"id":1}\n{"id":2}\n', 'it is NDJSON'],
    ['HTML', '<!doctype html>', 'it is an HTML page'],
    ['in Latin-1', Buffer.from([0x7b, 0xe9, 0x7d, 0x0a]), 'not valid UTF-8'],
    ['nested', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested too deep'],
    ['too large', ' '.repeat(17 * 2 ** 20), 'file too large (limit 16 MiB)'],
  ])('is refused where it is %s, with what to do', async (_, content, message) => {
    const file = await folder.write(`${name}.other`, content);
    await expect(read(file)).rejects.toMatchObject({
      name: 'InputProblem',
      message: expect.stringContaining(message),
      file,
    });
  });

  test('is a problem where there is none, and after an abort the reason', async () => {
    const file = folder.path('none');
    await expect(read(file)).rejects.toMatchObject({ name: 'InputProblem', file });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(read(file, { signal })).rejects.toThrow('enough');
  });
});

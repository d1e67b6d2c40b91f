/** A report of `check --json`, read back from a file that may hold anything. */
import { isRecord, type JsonRecord } from '../encoding/json.js';
import { InputProblem } from '../files/input-problem.js';
import type { HasherCounts, Report, SharedValues } from './check-report.js';
import { describeJson, parseReportText, readReportText } from './report-file.js';

/** A part of an export by its bytes: one of `of`, numbered from 0. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Values of all parameters together, and the digests that have them. */
export interface ParameterSet {
  readonly params: Readonly<Record<string, number | string>>;
  readonly rows: number;
}

/** A report that may be of one shard. */
export type PartReport = Omit<Report, 'input' | 'hashers'> & {
  readonly input: Report['input'] & { readonly shard?: Shard };
  readonly hashers: Readonly<Record<string, HasherCounts & { readonly parameterSets?: readonly ParameterSet[] }>>;
};

/** The largest real ones have some hundred kilobytes: findings and parameters are bounded, rows are not in it. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_SHARDS = 1_000_000;
const FIX = 'name files that were written by: digestry check … --json > FILE';

/** @throws {InputProblem} where the file cannot be read, or holds no report; the signal's reason after an abort. */
export async function readReport(file: string, signal?: AbortSignal): Promise<PartReport> {
  const text = await readReportText(file, { maxBytes: MAX_BYTES, signal });
  if (text === undefined) {
    throw new InputProblem(`the file is over ${MAX_BYTES / 2 ** 20} MiB, and no report is`, { file, fix: FIX });
  }
  let value: unknown;
  try {
    value = parseReportText(text);
    return reportOf(value);
  } catch (error) {
    if (error instanceof InputProblem) throw new InputProblem(error.message, { file, fix: FIX });
    if (!(error instanceof Misfit)) throw error;
    const known = describeJson(value);
    const what = known === undefined ? error.message : `it is ${known}`;
    throw new InputProblem(`this is no report of digestry check: ${what}`, { file, fix: FIX });
  }
}

/** Where a value is another than a report has there. Names and values of the file stay out of it. */
class Misfit extends Error {}

function reportOf(value: unknown): PartReport {
  const report = record(value, 'it');
  if (Object.hasOwn(report, 'merged')) {
    throw new Misfit('it was merged already; merge the reports of the shards themselves, all at once');
  }
  checkInput(record(report['input'], 'input'));
  if (report['target'] !== null) text(report['target'], 'target');
  checkTotals(record(report['totals'], 'totals'));
  if ((report['totals'] as JsonRecord)['rows'] !== (report['input'] as JsonRecord)['rows']) {
    throw new Misfit('its totals are not of the rows of its input');
  }
  for (const counts of Object.values(record(report['hashers'], 'hashers'))) checkHasher(record(counts, 'a hasher'));
  for (const finding of list(report['findings'], 'findings')) checkFinding(record(finding, 'a finding'));
  const duplicates = record(report['duplicates'], 'duplicates');
  numbers(duplicates, 'duplicates', ['digests', 'rows']);
  for (const name of ['ids', 'salts'] satisfies (keyof Report['duplicates'])[]) {
    numbers(record(duplicates[name], `duplicates.${name}`), `duplicates.${name}`, [
      'values',
      'rows',
    ] satisfies (keyof SharedValues)[]);
  }
  checkCanaries(record(report['canaries'], 'canaries'));
  if (report['output'] !== undefined) checkOutput(record(report['output'], 'output'));
  numbers(record(report['timing'], 'timing'), 'timing', ['durationMs', 'peakRssBytes']);
  return report as unknown as PartReport;
}

function checkInput(input: JsonRecord): void {
  for (const file of list(input['files'], 'input.files')) text(file, 'input.files');
  numbers(input, 'input', ['bytes', 'rows']);
  text(input['format'], 'input.format');
  text(input['source'], 'input.source');
  if (input['sourceReason'] !== undefined) text(input['sourceReason'], 'input.sourceReason');
  if (input['problem'] !== undefined) {
    const problem = record(input['problem'], 'input.problem');
    text(problem['message'], 'input.problem.message');
    for (const name of ['file', 'fix']) if (problem[name] !== undefined) text(problem[name], `input.problem.${name}`);
    const places = ['line', 'byteOffset'].filter((name) => problem[name] !== undefined);
    numbers(problem, 'input.problem', places);
  }
  if (input['withoutDigests'] !== undefined) {
    const { message, fix } = record(input['withoutDigests'], 'input.withoutDigests');
    text(message, 'input.withoutDigests.message');
    if (fix !== undefined) text(fix, 'input.withoutDigests.fix');
  }
  if (input['shard'] !== undefined) {
    const shard = record(input['shard'], 'input.shard');
    numbers(shard, 'input.shard', ['index', 'of']);
    const { index, of } = shard as unknown as Shard;
    if (index >= of || of > MAX_SHARDS) throw new Misfit('input.shard is no shard');
  }
}

function checkTotals(totals: JsonRecord): void {
  numbers(totals, 'totals', ['rows', 'ok', 'warned', 'rejected', 'disabled', 'missing']);
  const { rows, ok, warned, rejected, disabled, missing } = totals as unknown as Report['totals'];
  if (ok + warned + rejected + disabled + missing !== rows) throw new Misfit('its totals do not add up');
}

function checkHasher(hasher: JsonRecord): void {
  numbers(hasher, 'hashers', ['rows', 'ok', 'warned', 'rejected']);
  for (const values of Object.values(record(hasher['params'], 'params'))) {
    const counts = record(values, 'params');
    numbers(counts, 'params', Object.keys(counts), 'params');
  }
  for (const one of hasher['parameterSets'] === undefined ? [] : list(hasher['parameterSets'], 'parameterSets')) {
    const set = record(one, 'parameterSets');
    numbers(set, 'parameterSets', ['rows']);
    for (const value of Object.values(record(set['params'], 'parameterSets'))) {
      if (typeof value !== 'number') text(value, 'parameterSets');
    }
  }
}

function checkFinding(finding: JsonRecord): void {
  const { code, severity, hasher, field, fix } = finding;
  if (typeof code !== 'string' || !/^(?:ERR|WARN|NOTE)_[A-Z_]{1,60}$/.test(code)) throw new Misfit('a code is none');
  if (severity !== 'error' && severity !== 'warning' && severity !== 'note') throw new Misfit('a severity is none');
  for (const value of [hasher, field, fix]) if (value !== null) text(value, 'findings');
  text(finding['message'], 'findings.message');
  numbers(finding, 'findings', ['count']);
  checkExamples(finding['examples']);
}

function checkExamples(value: unknown): void {
  for (const one of list(value, 'examples')) {
    const example = record(one, 'examples');
    numbers(example, 'examples', ['line']);
    text(example['id'], 'examples.id');
    if (example['file'] !== undefined) text(example['file'], 'examples.file');
  }
}

function checkCanaries(canaries: JsonRecord): void {
  numbers(canaries, 'canaries', ['matched', 'mismatched', 'missing']);
  if (canaries['refused'] !== undefined) numbers(canaries, 'canaries', ['refused']);
  for (const one of list(canaries['rejected'], 'canaries.rejected')) {
    const reason = record(one, 'canaries.rejected');
    numbers(reason, 'canaries.rejected', ['count']);
    for (const name of ['code', 'hasher', 'message']) text(reason[name], `canaries.rejected.${name}`);
  }
  for (const one of Object.values(record(canaries['hashers'], 'canaries.hashers'))) {
    numbers(record(one, 'canaries.hashers'), 'canaries.hashers', ['matched', 'mismatched']);
  }
  checkExamples(canaries['examples']);
  for (const one of list(canaries['suggestions'], 'canaries.suggestions')) text(one, 'canaries.suggestions');
}

function checkOutput(output: JsonRecord): void {
  for (const [name, counts] of [
    ['out', ['rows', 'converted', 'repaired', 'canonical']],
    ['rejects', ['rows']],
  ] as const) {
    if (output[name] === undefined) continue;
    const one = record(output[name], `output.${name}`);
    text(one['file'], `output.${name}.file`);
    if (name === 'out') text(one['format'], 'output.out.format');
    numbers(one, `output.${name}`, one['formulas'] === undefined ? counts : [...counts, 'formulas']);
  }
}

function record(value: unknown, at: string): JsonRecord {
  if (!isRecord(value)) throw new Misfit(`${at} is no object`);
  return value;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Misfit(`${at} is no list`);
  return value;
}

function text(value: unknown, at: string): void {
  if (typeof value !== 'string') throw new Misfit(`${at} is no text`);
}

/** @param told instead of the names, where these are the file's own. */
function numbers(values: JsonRecord, at: string, names: readonly string[], told?: string): void {
  for (const name of names) {
    const value = values[name];
    if (!Number.isSafeInteger(value) || (value as number) < 0) {
      throw new Misfit(`${told ?? `${at}.${name}`} is no whole number from 0`);
    }
  }
}

/** The one reader of check reports. */
import * as v from 'valibot';
import { InputProblem, type InputProblemCode } from '../files/input-problem.js';
import { canarySuggestion } from './canary-suggestion-schema.js';
import {
  type CheckReport,
  type Example,
  type HasherCounts,
  REPORT_VERSION,
  type ReportFinding,
  type SharedValues,
} from './check-report.js';
import { type ReadReportOptions, readReportFile } from './report-file.js';
import { count, dictionary, type Expected, flag, list, params, parseReport, record, text } from './schema.js';

const MAX_SHARDS = 1_000_000;
/** Problems of a newer version of digestry are read too. */
const problemCode: v.GenericSchema<InputProblemCode> = v.custom(
  (value) => typeof value === 'string' && /^[a-z0-9-]+$/.test(value),
  'must be the code of a problem',
);
/** Codes are names, whichever version of digestry has added them. */
const code: v.GenericSchema<ReportFinding['code']> = v.custom(
  (value) => typeof value === 'string' && /^(?:ERR|WARN|NOTE)_[A-Z_]{1,60}$/.test(value),
  'must be a code such as ERR_MALFORMED',
);
const textOrNull = v.union([v.string(), v.null()], 'must be a string or null');
const optionalText = v.exactOptional(text);
const optionalCount = v.exactOptional(count);
const examples: v.GenericSchema<Example[]> = list(record({ file: optionalText, line: count, id: text }));
const shared: v.GenericSchema<SharedValues> = record({ values: count, rows: count, exact: flag });
const outcomes = { rows: count, ok: count, warned: count, rejected: count };

const input: v.GenericSchema<CheckReport['input']> = record({
  files: list(text),
  bytes: count,
  rows: count,
  format: v.picklist(['csv', 'ndjson', 'json', 'ldif', 'colons', 'mixed'], 'must be a format such as csv'),
  source: text,
  sourceReason: optionalText,
  shard: v.exactOptional(
    v.pipe(
      record({ index: count, of: count }),
      v.check(({ index, of }) => index < of && of <= MAX_SHARDS, `must have index < of ≤ ${MAX_SHARDS}`),
    ),
  ),
  withoutDigests: v.exactOptional(record({ message: text, fix: optionalText })),
  problem: v.exactOptional(
    record({
      code: problemCode,
      message: text,
      file: optionalText,
      line: optionalCount,
      byteOffset: optionalCount,
      fix: optionalText,
    }),
  ),
});

const hasher: v.GenericSchema<HasherCounts> = record({
  ...outcomes,
  params: dictionary(dictionary(count)),
  parameterSets: list(record({ params, rows: count })),
});

const finding: v.GenericSchema<ReportFinding> = record({
  kind: text,
  code,
  hasher: textOrNull,
  field: textOrNull,
  severity: v.picklist(['error', 'warning', 'note'], 'must be error, warning or note'),
  count,
  message: text,
  fix: textOrNull,
  examples,
});

const schema: v.GenericSchema<CheckReport> = record({
  version: v.literal(REPORT_VERSION, `must be ${REPORT_VERSION}: the report is of another version of digestry`),
  input,
  target: textOrNull,
  totals: v.pipe(
    record({ ...outcomes, disabled: count, missing: count }),
    v.check(
      ({ rows, ok, warned, rejected, disabled, missing }) => ok + warned + rejected + disabled + missing === rows,
      'must add up to totals.rows',
    ),
  ),
  hashers: dictionary(hasher),
  findings: list(finding),
  duplicates: record({ digests: count, rows: count, exact: flag, ids: shared, salts: shared }),
  canaries: record({
    matched: count,
    mismatched: count,
    missing: count,
    refused: optionalCount,
    rejected: list(record({ code, hasher: text, count, message: text })),
    hashers: dictionary(record({ matched: count, mismatched: count })),
    examples,
    suggestions: list(canarySuggestion),
  }),
  output: v.exactOptional(
    record({
      out: v.exactOptional(
        record({
          file: text,
          format: v.picklist(['ndjson', 'clerk-csv'], 'must be ndjson or clerk-csv'),
          ...{
            rows: count,
            converted: count,
            repaired: count,
            canonical: count,
            targetForm: optionalCount,
            formulas: optionalCount,
          },
        }),
      ),
      rejects: v.exactOptional(record({ file: text, rows: count })),
    }),
  ),
  timing: record({ durationMs: count, rowsPerSecond: count, peakRssBytes: count }),
  merged: v.exactOptional(
    record({ reports: count, missing: list(record({ files: list(text), of: count, indexes: list(count) })) }),
  ),
});

const EXPECTED: Expected = {
  command: 'digestry check',
  fix: 'pass a file written by: digestry check … --json > FILE',
};

/** @throws {InputProblem} with the path of the first field that does not fit. */
export function parseCheckReport(value: unknown): CheckReport {
  const report = parseReport(schema, value, EXPECTED);
  if (report.totals.rows !== report.input.rows) {
    throw new InputProblem('invalid-report', 'not a report of digestry check: totals.rows must equal input.rows', {
      fix: EXPECTED.fix,
    });
  }
  return report;
}

/** @throws {InputProblem} where the file cannot be read or is something else; the signal's reason after an abort. */
export async function readCheckReport(file: string, options: ReadReportOptions = {}): Promise<CheckReport> {
  return await readReportFile(file, parseCheckReport, EXPECTED.fix, options);
}

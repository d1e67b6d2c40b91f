/** Reports as a check makes them, and as nobody would wish them. */

import type { CheckReport, HasherCounts, ReportFinding } from '../../src/migration/index.js';
import { REPORT_VERSION } from '../../src/reports/check-report.js';

const NOTHING_SHARED = { values: 0, rows: 0, exact: true };

type Counts = Omit<HasherCounts, 'parameterSets'> & Partial<Pick<HasherCounts, 'parameterSets'>>;

export type Changed = Partial<Omit<CheckReport, 'hashers'>> & { readonly hashers?: Readonly<Record<string, Counts>> };

/** A check of one row of bcrypt that will verify, but for what is given. */
export function reportWith(changed: Changed = {}): CheckReport {
  const { hashers, ...rest } = changed;
  const given: Readonly<Record<string, Counts>> = hashers ?? {
    bcrypt: { rows: 1, ok: 1, warned: 0, rejected: 0, params: { variant: { '2b': 1 }, cost: { '10': 1 } } },
  };
  return {
    version: REPORT_VERSION,
    input: { files: ['users.csv'], bytes: 100, rows: 1, format: 'csv', source: 'generic' },
    target: null,
    totals: { rows: 1, ok: 1, warned: 0, rejected: 0, disabled: 0, missing: 0 },
    hashers: Object.fromEntries(Object.entries(given).map(([name, counts]) => [name, withSets(counts)])),
    findings: [],
    duplicates: { digests: 0, rows: 0, exact: true, ids: NOTHING_SHARED, salts: NOTHING_SHARED },
    canaries: {
      ...{ matched: 0, mismatched: 0, missing: 0 },
      ...{ rejected: [], hashers: {}, examples: [], suggestions: [] },
    },
    timing: { durationMs: 1500, rowsPerSecond: 1000, peakRssBytes: 100 * 2 ** 20 },
    ...rest,
  };
}

/** The sets that the histograms allow, where the test has none: the first value of each, and one set a value of the first. */
function withSets({ parameterSets, ...counts }: Counts): HasherCounts {
  if (parameterSets !== undefined) return { ...counts, parameterSets };
  const value = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
  const usual = Object.entries(counts.params).map(([name, values]) => [name, value(Object.keys(values)[0] ?? '')]);
  const [varying] = Object.entries(counts.params).filter(([, values]) => Object.keys(values).length > 1);
  if (varying === undefined) {
    return { ...counts, parameterSets: [{ params: Object.fromEntries(usual), rows: counts.ok + counts.warned }] };
  }
  const [name, values] = varying;
  const sets = Object.entries(values).map(([text, rows]) => ({
    params: { ...Object.fromEntries(usual), [name]: value(text) },
    rows,
  }));
  return { ...counts, parameterSets: sets };
}

let kinds = 0;

/** Each of a kind of its own, but for what is given. */
export function findingWith(changed: Partial<ReportFinding> = {}): ReportFinding {
  return {
    kind: `ERR_MALFORMED/bcrypt/hash/${++kinds}`,
    ...{ code: 'ERR_MALFORMED', hasher: 'bcrypt', field: 'hash', severity: 'error', count: 3 },
    ...{ message: 'cut off', fix: 'export it again', examples: [{ line: 2, id: 'ada' }] },
    ...changed,
  };
}

/** Breaks out of text, of an attribute, of a style sheet and of a script; and turns text around. */
export const HOSTILE = `"><img src=x onerror=alert(1)></style><script>alert('2')</script>&\`\u202e\u0000\ud800<!--]]>`;

/** Every text that comes from a file or a name is hostile. */
export function hostileReport(): CheckReport {
  const example = { file: HOSTILE, line: 7, id: HOSTILE };
  const counts = { rows: 4, ok: 2, warned: 1, rejected: 1 };
  return reportWith({
    input: {
      ...{ files: [HOSTILE, HOSTILE], bytes: 1, rows: 4, format: 'mixed', source: HOSTILE, sourceReason: HOSTILE },
      problem: { code: 'cut-off', message: HOSTILE, file: HOSTILE, line: 3, byteOffset: 9, fix: HOSTILE },
    },
    target: HOSTILE,
    totals: { ...counts, disabled: 0, missing: 0 },
    hashers: {
      [HOSTILE]: { ...counts, params: { [HOSTILE]: { [HOSTILE]: 3, b: 1 }, single: { [HOSTILE]: 4 } } },
      md5: { ...counts, params: { __proto__: { '1': 1, '2': 1 } } },
    },
    findings: (['error', 'warning', 'note'] as const).map((severity) =>
      findingWith({
        ...{ severity, code: HOSTILE as never, hasher: HOSTILE, field: HOSTILE },
        ...{ message: HOSTILE, fix: HOSTILE, examples: [example, example] },
      }),
    ),
    canaries: {
      ...{ matched: 1, mismatched: 1, missing: 1 },
      rejected: [{ code: 'ERR_LIMIT', hasher: HOSTILE, count: 1, message: HOSTILE }],
      hashers: { [HOSTILE]: { matched: 1, mismatched: 1 } },
      examples: [example],
      suggestions: [
        { kind: 'reading', hasher: HOSTILE, digest: { kind: 'other-hasher', hasher: HOSTILE }, matched: 1, of: 1 },
        { kind: 'separate-salt', construction: 'pbkdf2', algorithm: HOSTILE, hasher: HOSTILE, matched: 1, of: 1 },
      ],
    },
    output: {
      out: { file: HOSTILE, format: 'ndjson', rows: 3, converted: 1, repaired: 1, canonical: 1 },
      rejects: { file: HOSTILE, rows: 1 },
    },
  });
}

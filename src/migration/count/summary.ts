/** From a tally to the part of the report that it is: sorted, so that the same counts give the same report. */

import type { CheckReport, HasherCounts, ReportFinding, SharedValues } from '../../reports/check-report.js';
import { sortFindings } from '../../reports/finding-order.js';
import { byText } from './bounded-map.js';
import type { Shared } from './duplicates.js';
import { type CountedSet, type HasherTally, makeHistograms, type Tally } from './tally.js';

/** The most frequent ones: a report is read by people too. */
const SETS_SHOWN = 100;

/**
 * @param shared digests, ids and salts that are on several rows.
 * @param files by whose index the tally knows them.
 */
export function summarize(
  { totals, hashers, kinds, others }: Tally,
  { digests, ids, salts }: Readonly<Record<'digests' | 'ids' | 'salts', Shared>>,
  files: readonly string[],
): Pick<CheckReport, 'totals' | 'hashers' | 'findings' | 'duplicates'> {
  const byRows = [...hashers].sort(([a, x], [b, y]) => y.rows - x.rows || byText(a, b));
  const placed = (places: readonly { readonly file: number; readonly line: number; readonly id?: string }[]) =>
    places.map(({ file, line, id = '' }) =>
      // With one file its name would only repeat.
      files.length > 1 ? { file: files[file] as string, line, id } : { line, id },
    );
  const findings = [...kinds.entries.values(), ...others.values()].map(
    ({ finding, count, examples }): ReportFinding => {
      const { message, fix, ...data } = finding;
      return { ...data, count, message, fix, examples: placed(examples) };
    },
  );
  if (ids.values > 0) findings.push({ ...describeSharedIds(ids), examples: placed(ids.examples) });
  if (salts.values > 0) findings.push({ ...describeSharedSalts(salts), examples: placed(salts.examples) });
  return {
    totals: { ...totals },
    hashers: Object.fromEntries(byRows.map(([name, counts]) => [name, summarizeHasher(counts)])),
    findings: sortFindings(findings),
    duplicates: {
      digests: digests.values,
      rows: digests.rows,
      exact: digests.exact,
      ids: pickNumbers(ids),
      salts: pickNumbers(salts),
    },
  };
}

function describeSharedIds(ids: Shared): Omit<ReportFinding, 'examples'> {
  return {
    kind: 'WARN_ID_DUPLICATE',
    code: 'WARN_ID_DUPLICATE',
    hasher: null,
    field: 'id',
    severity: 'warning',
    count: ids.rows,
    message: `${countValues(ids, 'id is', 'ids are')} on more than one row; an import takes the first and refuses the others`,
    fix: 'leave one row of each user in the export; --id-field names another column where this one is not the id',
  };
}

function describeSharedSalts(salts: Shared): Omit<ReportFinding, 'examples'> {
  return {
    kind: 'NOTE_SALT_SHARED',
    code: 'NOTE_SALT_SHARED',
    hasher: null,
    field: 'salt',
    severity: 'note',
    count: salts.rows,
    message: `${countValues(salts, 'salt is', 'salts are')} on more than one row: one search finds the passwords of all of them`,
    fix: null,
  };
}

function countValues({ values, exact }: Shared, one: string, many: string): string {
  return `${exact ? '' : 'about '}${values} ${values === 1 ? one : many}`;
}

function pickNumbers({ values, rows, exact }: Shared): SharedValues {
  return { values, rows, exact };
}

function summarizeHasher(counts: HasherTally): HasherCounts {
  const { rows, ok, warned, rejected, sets } = counts;
  const params = [...makeHistograms(counts)].map(([name, { rows, other }]) => {
    const sorted = [...rows.entries].sort(([a], [b]) => byText(String(a), String(b)));
    const histogram = Object.fromEntries(sorted.map(([value, { count }]) => [value, count]));
    return [name, other === 0 ? histogram : { ...histogram, other }] as const;
  });
  const parameterSets = [...sets.entries].sort(([a, x], [b, y]) => y.rows - x.rows || byText(a, b));
  return {
    rows,
    ok,
    warned,
    rejected,
    params: Object.fromEntries(params),
    parameterSets: parameterSets
      .slice(0, SETS_SHOWN)
      .map(([, { params, rows }]: [string, CountedSet]) => ({ params, rows })),
  };
}

/** From a tally to the part of the report that it is: sorted, so that the same counts give the same report. */
import { type Shared, sharedOf } from './duplicates.js';
import type { HasherCounts, Report, ReportFinding, Severity, SharedValues } from './report.js';
import type { Counts, Tally } from './tally.js';

/** @param files by whose index the tally knows them. */
export function summaryOf(
  tally: Tally,
  files: readonly string[],
): Pick<Report, 'totals' | 'hashers' | 'findings' | 'duplicates'> {
  const { totals, hashers, kinds } = tally;
  const byRows = [...hashers].sort(([a, x], [b, y]) => y.rows - x.rows || order(a, b));
  const [digests, ids, salts] = [sharedOf(tally.digests), sharedOf(tally.ids), sharedOf(tally.salts)];
  const placed = (places: readonly { readonly file: number; readonly line: number; readonly id?: string }[]) =>
    places.map(({ file, line, id = '' }) =>
      // With one file its name would only repeat.
      files.length > 1 ? { file: files[file] as string, line, id } : { line, id },
    );
  const findings = [...kinds.values()].map(({ kind, count, examples }): ReportFinding => {
    const { code, hasher, field, severity, message, fix } = kind;
    return { code, hasher, field, severity, count, message, fix, examples: placed(examples) };
  });
  if (ids.values > 0) findings.push({ ...sharedIds(ids), examples: placed(ids.examples) });
  if (salts.values > 0) findings.push({ ...sharedSalts(salts), examples: placed(salts.examples) });
  findings.sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count || order(keyOf(a), keyOf(b)));
  return {
    totals: { ...totals },
    hashers: Object.fromEntries(byRows.map(([name, counts]) => [name, shown(counts)])),
    findings,
    duplicates: {
      digests: digests.values,
      rows: digests.rows,
      exact: digests.exact,
      ids: numbersOf(ids),
      salts: numbersOf(salts),
    },
  };
}

function sharedIds(ids: Shared): Omit<ReportFinding, 'examples'> {
  return {
    code: 'WARN_ID_DUPLICATE',
    hasher: null,
    field: 'id',
    severity: 'warning',
    count: ids.rows,
    message: `${counted(ids, 'id is', 'ids are')} on more than one row; an import takes the first and refuses the others`,
    fix: 'leave one row of each user in the export; --id-field names another column where this one is not the id',
  };
}

function sharedSalts(salts: Shared): Omit<ReportFinding, 'examples'> {
  return {
    code: 'NOTE_SALT_SHARED',
    hasher: null,
    field: 'salt',
    severity: 'note',
    count: salts.rows,
    message: `${counted(salts, 'salt is', 'salts are')} on more than one row: one search finds the passwords of all of them`,
    fix: null,
  };
}

function counted({ values, exact }: Shared, one: string, many: string): string {
  return `${exact ? '' : 'about '}${values} ${values === 1 ? one : many}`;
}

function numbersOf({ values, rows, exact }: Shared): SharedValues {
  return { values, rows, exact };
}

function keyOf({ code, hasher, field, fix }: ReportFinding): string {
  return `${code} ${hasher} ${field} ${fix}`;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function shown({ rows, ok, warned, rejected, params }: Counts): HasherCounts {
  const histograms = [...params].map(([name, values]) => {
    const sorted = [...values].sort(([a], [b]) => order(String(a), String(b)));
    return [name, Object.fromEntries(sorted)] as const;
  });
  return { rows, ok, warned, rejected, params: Object.fromEntries(histograms) };
}

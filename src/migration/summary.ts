/** From a tally to the part of the report that it is: sorted, so that the same counts give the same report. */
import type { HasherCounts, Report, ReportFinding, Severity } from './report.js';
import type { Counts, Tally } from './tally.js';

/** @param files by whose index the tally knows them. */
export function summaryOf(
  { totals, hashers, kinds, duplicates }: Tally,
  files: readonly string[],
): Pick<Report, 'totals' | 'hashers' | 'findings' | 'duplicates'> {
  const byRows = [...hashers].sort(([a, x], [b, y]) => y.rows - x.rows || order(a, b));
  const findings = [...kinds.values()].sort(
    (a, b) => RANK[a.kind.severity] - RANK[b.kind.severity] || b.count - a.count || order(a.kind.key, b.kind.key),
  );
  const { digests, rows, exact } = duplicates;
  return {
    totals: { ...totals },
    hashers: Object.fromEntries(byRows.map(([name, counts]) => [name, shown(counts)])),
    findings: findings.map(({ kind, count, examples }): ReportFinding => {
      const { code, hasher, field, severity, message, fix } = kind;
      const places = examples.map(({ file, line, id }) =>
        // With one file its name would only repeat.
        files.length > 1 ? { file: files[file] as string, line, id } : { line, id },
      );
      return { code, hasher, field, severity, count, message, fix, examples: places };
    }),
    duplicates: { digests, rows, exact },
  };
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

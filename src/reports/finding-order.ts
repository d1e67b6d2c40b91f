/** The order of findings in every report, so that the same counts give the same report. */
import type { ReportFinding, Severity } from './check-report.js';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** By severity, then the most frequent first, then by kind. */
export function sortFindings(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  return [...findings].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count || compareText(a.kind, b.kind),
  );
}

/** By UTF-16 code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

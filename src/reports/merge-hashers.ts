/** Counts of hashers and their parameters, of several reports together. */
import type { CheckReport, HasherCounts } from './check-report.js';
import { compareText } from './finding-order.js';
import { sum } from './merge-parts.js';

const MAX_PARAMETER_SETS = 100;

type ReportedSet = HasherCounts['parameterSets'][number];

export function mergeHashers(reports: readonly CheckReport[]): Readonly<Record<string, HasherCounts>> {
  const together = new Map<string, CheckReport['hashers'][string][]>();
  for (const { hashers } of reports) {
    for (const [name, counts] of Object.entries(hashers)) {
      together.set(name, [...(together.get(name) ?? []), counts]);
    }
  }
  const merged = [...together].map(([name, counts]) => [name, mergeCounts(counts)] as const);
  return Object.fromEntries(merged.sort(([a, x], [b, y]) => y.rows - x.rows || compareText(a, b)));
}

function mergeCounts(parts: readonly CheckReport['hashers'][string][]): HasherCounts {
  const params = new Map<string, Map<string, number>>();
  const sets = new Map<string, ReportedSet>();
  for (const part of parts) {
    for (const [name, values] of Object.entries(part.params)) {
      const counts = params.get(name) ?? new Map<string, number>();
      for (const [value, rows] of Object.entries(values)) counts.set(value, (counts.get(value) ?? 0) + rows);
      params.set(name, counts);
    }
    for (const { params: values, rows } of part.parameterSets) {
      const key = JSON.stringify(Object.entries(values).sort(([a], [b]) => compareText(a, b)));
      sets.set(key, { params: values, rows: rows + (sets.get(key)?.rows ?? 0) });
    }
  }
  const of = (name: 'rows' | 'ok' | 'warned' | 'rejected'): number => sum(parts, (part) => part[name]);
  const histograms = [...params].map(([name, counts]): [string, HasherCounts['params'][string]] => [
    name,
    Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b))),
  ]);
  return {
    ...{ rows: of('rows'), ok: of('ok'), warned: of('warned'), rejected: of('rejected') },
    params: Object.fromEntries(histograms),
    parameterSets: mostFrequent(sets),
  };
}

function mostFrequent(sets: ReadonlyMap<string, ReportedSet>): readonly ReportedSet[] {
  const ordered = [...sets.values()].sort((a, b) => b.rows - a.rows || compareText(spellSet(a), spellSet(b)));
  return ordered.slice(0, MAX_PARAMETER_SETS);
}

/** As a tally orders them. */
function spellSet({ params }: ReportedSet): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value},`)
    .join('');
}

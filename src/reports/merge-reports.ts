/**
 * One report from those of the parts of an export: its shards, or its files. What two parts have in common (a digest, an
 * id, a salt on rows of both) is not known from them: reports hold no fingerprints, by which guesses could be tried.
 */
import { mergeSuggestions } from './canary-suggestion.js';
import {
  type CanaryReport,
  type CheckReport,
  type OutputReport,
  REPORT_VERSION,
  type SharedValues,
} from './check-report.js';
import { compareText } from './finding-order.js';
import { judgeMerged } from './judge-canaries.js';
import { firstExamples, mergeFindings, placeExamples } from './merge-findings.js';
import { mergeHashers } from './merge-hashers.js';
import { mergeInputs } from './merge-inputs.js';
import {
  checkAlike,
  checkSameQuestions,
  checkUnmerged,
  findMissing,
  groupByFiles,
  knownCanaries,
  missingShardsProblem,
  type Part,
  sum,
} from './merge-parts.js';

export interface MergeOptions {
  /** Shards may be missing; the report says which. */
  readonly partial?: boolean | undefined;
}

/**
 * Exact in all but duplicates and timing: durations are the longest, memory the largest of any part.
 * @throws {InputProblem} where parts are missing, given twice, or of checks that are not alike; its file is the report's.
 */
export function mergeReports(parts: readonly Part[], { partial = false }: MergeOptions = {}): CheckReport {
  checkUnmerged(parts);
  const sets = groupByFiles(parts);
  for (const set of sets) checkAlike(set);
  checkSameQuestions(parts);
  const missing = sets.flatMap(findMissing);
  if (!partial) for (const one of missing) throw missingShardsProblem(one);
  const ordered = sets.flat();
  const reports = ordered.map(({ report }) => report);
  const files = [...new Set(reports.flatMap(({ input }) => input.files))];
  const rows = sum(reports, ({ input }) => input.rows);
  const durationMs = Math.max(...reports.map(({ timing }) => timing.durationMs));
  const output = mergeOutputs(reports);
  const canaries = mergeCanaries(reports, files);
  const counted = {
    totals: mergeTotals(reports),
    hashers: mergeHashers(reports),
    findings: mergeFindings(reports, files),
    canaries,
  };
  return {
    version: REPORT_VERSION,
    merged: { reports: reports.length, missing },
    input: mergeInputs(reports, files, rows),
    target: (reports[0] as CheckReport).target,
    ...judgeMerged(counted),
    duplicates: {
      digests: sum(reports, ({ duplicates }) => duplicates.digests),
      rows: sum(reports, ({ duplicates }) => duplicates.rows),
      exact: false,
      ids: mergeShared(reports, ({ duplicates }) => duplicates.ids),
      salts: mergeShared(reports, ({ duplicates }) => duplicates.salts),
    },
    canaries,
    ...(output && { output }),
    timing: {
      durationMs,
      rowsPerSecond: durationMs === 0 ? 0 : Math.round((1000 * rows) / durationMs),
      peakRssBytes: Math.max(...reports.map(({ timing }) => timing.peakRssBytes)),
    },
  };
}

function mergeTotals(reports: readonly CheckReport[]): CheckReport['totals'] {
  const of = (name: keyof CheckReport['totals']): number => sum(reports, ({ totals }) => totals[name]);
  return {
    ...{ rows: of('rows'), ok: of('ok'), warned: of('warned'), rejected: of('rejected') },
    ...{ disabled: of('disabled'), missing: of('missing') },
  };
}

function mergeShared(reports: readonly CheckReport[], of: (report: CheckReport) => SharedValues): SharedValues {
  return {
    values: sum(reports, (report) => of(report).values),
    rows: sum(reports, (report) => of(report).rows),
    exact: false,
  };
}

/** Each part was given all known passwords: what one misses another may have. */
function mergeCanaries(reports: readonly CheckReport[], files: readonly string[]): CanaryReport {
  const all = reports.map(({ canaries }) => canaries);
  const known = Math.max(...all.map(knownCanaries));
  const found = sum(all, (canaries) => knownCanaries(canaries) - canaries.missing);
  const rejected = new Map<string, CanaryReport['rejected'][number]>();
  const hashers = new Map<string, { matched: number; mismatched: number }>();
  for (const canaries of all) {
    for (const { code, hasher, message, count } of canaries.rejected) {
      const key = `${code} ${hasher}`;
      const before = rejected.get(key);
      rejected.set(key, { code, hasher, count: count + (before?.count ?? 0), message: before?.message ?? message });
    }
    for (const [name, { matched, mismatched }] of Object.entries(canaries.hashers)) {
      const its = hashers.get(name) ?? { matched: 0, mismatched: 0 };
      hashers.set(name, { matched: its.matched + matched, mismatched: its.mismatched + mismatched });
    }
  }
  const refused = sum(all, ({ refused = 0 }) => refused);
  const examples = reports.flatMap(({ canaries, input }) => placeExamples(files, input.files, canaries.examples));
  return {
    matched: sum(all, ({ matched }) => matched),
    mismatched: sum(all, ({ mismatched }) => mismatched),
    ...(refused > 0 && { refused }),
    // Of an id on rows of two parts both are verified.
    missing: Math.max(0, known - found),
    rejected: [...rejected.values()].sort(
      (a, b) => b.count - a.count || compareText(a.code + a.hasher, b.code + b.hasher),
    ),
    hashers: Object.fromEntries([...hashers].sort(([a], [b]) => compareText(a, b))),
    examples: firstExamples(examples, files),
    suggestions: mergeSuggestions(all.flatMap(({ suggestions }) => suggestions)),
  };
}

/** Each part has written files of its own. */
function mergeOutputs(reports: readonly CheckReport[]): OutputReport | undefined {
  const outs = reports.flatMap(({ output }) => (output?.out === undefined ? [] : [output.out]));
  const rejects = reports.flatMap(({ output }) => (output?.rejects === undefined ? [] : [output.rejects]));
  const [first] = outs;
  if (first === undefined && rejects.length === 0) return undefined;
  const named = (files: readonly { readonly file: string }[]): string => files.map(({ file }) => file).join(', ');
  const of = (name: 'rows' | 'converted' | 'repaired' | 'canonical'): number => sum(outs, (out) => out[name]);
  const targetForm = sum(outs, (out) => out.targetForm ?? 0);
  const formulas = sum(outs, (out) => out.formulas ?? 0);
  return {
    ...(first && {
      out: {
        file: named(outs),
        format: first.format,
        rows: of('rows'),
        converted: of('converted'),
        repaired: of('repaired'),
        canonical: of('canonical'),
        ...(targetForm > 0 && { targetForm }),
        ...(formulas > 0 && { formulas }),
      },
    }),
    ...(rejects.length > 0 && { rejects: { file: named(rejects), rows: sum(rejects, ({ rows }) => rows) } }),
  };
}

/**
 * One report from those of the parts of an export: its shards, or its files. What two parts have in common (a digest, an
 * id, a salt on rows of both) is not known from them: reports hold no fingerprints, by which guesses could be tried.
 */
import { InputProblem } from '../files/input-problem.js';
import {
  type CanaryReport,
  type Example,
  type HasherCounts,
  type MissingShards,
  type OutputReport,
  REPORT_VERSION,
  type Report,
  type ReportFinding,
  type Shard,
  type SharedValues,
} from './check-report.js';
import { compareText, sortFindings } from './finding-order.js';
import { judgeMerged } from './judge-canaries.js';

export interface Part {
  /** Where the report was read, for messages. */
  readonly name: string;
  readonly report: Report;
}

export interface MergeOptions {
  /** Shards may be missing; the report says which. */
  readonly partial?: boolean | undefined;
}

const EXAMPLES = 3;
const MAX_PARAMETER_SETS = 100;
const SHOWN_MISSING = 8;

/**
 * Exact in all but duplicates and timing: durations are the longest, memory the largest of any part.
 * @throws {InputProblem} where parts are missing, given twice, or of checks that are not alike; its file is the report's.
 */
export function mergeReports(parts: readonly Part[], { partial = false }: MergeOptions = {}): Report {
  for (const { name, report } of parts) {
    if (report.merged === undefined) continue;
    throw new InputProblem('the report is itself merged', {
      file: name,
      fix: 'merge the reports of all parts at once',
    });
  }
  const sets = byFiles(parts);
  for (const set of sets) checkAlike(set);
  checkSameQuestions(parts);
  const missing = sets.flatMap(missingOf);
  if (!partial) for (const one of missing) throw missingShards(one);
  const ordered = sets.flat();
  const reports = ordered.map(({ report }) => report);
  const files = [...new Set(reports.flatMap(({ input }) => input.files))];
  const rows = sum(reports, ({ input }) => input.rows);
  const durationMs = Math.max(...reports.map(({ timing }) => timing.durationMs));
  const output = mergedOutput(reports);
  const canaries = mergedCanaries(reports, files);
  const counted = {
    totals: mergedTotals(reports),
    hashers: mergedHashers(reports),
    findings: mergedFindings(reports, files),
    canaries,
  };
  return {
    version: REPORT_VERSION,
    merged: { reports: reports.length, missing },
    input: mergedInput(reports, files, rows),
    target: (reports[0] as Report).target,
    ...judgeMerged(counted),
    duplicates: {
      digests: sum(reports, ({ duplicates }) => duplicates.digests),
      rows: sum(reports, ({ duplicates }) => duplicates.rows),
      exact: false,
      ids: mergedShared(reports, ({ duplicates }) => duplicates.ids),
      salts: mergedShared(reports, ({ duplicates }) => duplicates.salts),
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

/** The parts of one export together, in the order of its shards. */
function byFiles(parts: readonly Part[]): Part[][] {
  const sets = new Map<string, Part[]>();
  for (const part of parts) {
    const key = JSON.stringify(part.report.input.files);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [part]);
    else set.push(part);
  }
  return [...sets.values()].map((set) => set.sort((a, b) => indexOf(a) - indexOf(b)));
}

function indexOf({ report }: Part): number {
  return report.input.shard?.index ?? 0;
}

/** Parts of one export are all its shards, each once, or one report of all of it. */
function checkAlike(set: readonly Part[]): void {
  const [first, ...others] = set as [Part, ...Part[]];
  let before = first;
  for (const part of others) {
    const [a, b] = [before.report.input.shard, part.report.input.shard];
    if (a === undefined || b === undefined) {
      const file = part.name;
      if (a === b) {
        const fix =
          part.report.input.files[0] === '-'
            ? 'exports read from stdin cannot be distinguished; check files instead'
            : 'give each report once';
        throw new InputProblem(`it is of the same export as ${before.name}`, { file, fix });
      }
      throw new InputProblem(`one of this and ${before.name} is of a shard, and the other of all of the export`, {
        file,
        fix: 'give the reports of the shards, or the one report of all of it',
      });
    }
    if (a.of !== b.of) {
      throw new InputProblem(`it is one of ${b.of} shards, and ${before.name} one of ${a.of}`, {
        file: part.name,
        fix: 'check all shards of an export with the same number of them: --shard I/N',
      });
    }
    if (a.index === b.index) {
      throw new InputProblem(`shard ${shardText(b)} is in ${before.name} too`, {
        file: part.name,
        fix: 'give each report once',
      });
    }
    before = part;
  }
}

/** What decides over the counts: parts that were asked other questions have no common answer. */
function checkSameQuestions(parts: readonly Part[]): void {
  const known = parts.map(({ report }) => knownCanaries(report.canaries));
  const [first] = parts as readonly [Part, ...Part[]];
  // A part without rows, or one that could not be read, does not tell its source, nor what it would have written.
  const telling = parts.filter(({ report }) => report.input.rows > 0 && report.input.problem === undefined);
  const isShard = parts.some(({ report }) => report.input.shard !== undefined);
  for (const [i, { name, report }] of parts.entries()) {
    const refuse = (what: string, fix: string): InputProblem =>
      new InputProblem(`it was checked with another ${what} than ${first.name}`, { file: name, fix });
    if (report.target !== first.report.target) throw refuse('target', 'check all parts with the same --target');
    if (known[i] !== known[0] && report.input.problem === undefined && first.report.input.problem === undefined) {
      throw refuse('set of known passwords', 'check all parts with the same --canaries');
    }
  }
  const [model, ...rest] = telling;
  if (model === undefined) return;
  for (const { name, report } of rest) {
    const refuse = (what: string, fix: string): InputProblem =>
      new InputProblem(`it was checked ${what} than ${model.name}`, { file: name, fix });
    const { input, output } = model.report;
    if (isShard && (report.input.source !== input.source || report.input.format !== input.format)) {
      throw refuse('as of another source or format', 'check all shards with the same --source');
    }
    if ((report.output?.out === undefined) !== (output?.out === undefined)) {
      throw refuse(
        'with another use of --out',
        'check all parts with --out, or all without: it decides what is counted',
      );
    }
  }
}

function missingOf(set: readonly Part[]): MissingShards[] {
  const { files, shard } = (set[0] as Part).report.input;
  if (shard === undefined) return [];
  const there = new Set(set.map(indexOf));
  const indexes = Array.from({ length: shard.of }, (_, index) => index).filter((index) => !there.has(index));
  return indexes.length === 0 ? [] : [{ files, of: shard.of, indexes }];
}

function missingShards({ files, of, indexes }: MissingShards): InputProblem {
  return new InputProblem(`${missingText({ files, of, indexes })}; shards are numbered 0 to ${of - 1}`, {
    fix: `check it: digestry check ${files.join(' ')} --shard ${indexes[0]}/${of} --json; or merge what there is: --partial`,
  });
}

/** `shards 3, 5 of 8 are missing (users.csv)` */
export function missingText({ files, of, indexes }: MissingShards): string {
  const more = indexes.length > SHOWN_MISSING ? ` and ${indexes.length - SHOWN_MISSING} more` : '';
  const shown = indexes.slice(0, SHOWN_MISSING).join(', ') + more;
  return `${indexes.length === 1 ? 'shard' : 'shards'} ${shown} of ${of} ${indexes.length === 1 ? 'is' : 'are'} missing (${files.join(', ')})`;
}

function shardText({ index, of }: Shard): string {
  return `${index}/${of}`;
}

function mergedInput(reports: readonly Report[], files: readonly string[], rows: number): Report['input'] {
  const inputs = reports.map(({ input }) => input);
  const telling = inputs.some((input) => input.rows > 0) ? inputs.filter((input) => input.rows > 0) : inputs;
  const [format, ...formats] = new Set(telling.map((input) => input.format));
  const [source, ...sources] = new Set(telling.map((input) => input.source));
  const reasons = new Set(telling.flatMap(({ sourceReason }) => (sourceReason === undefined ? [] : [sourceReason])));
  const problem = inputs.find((input) => input.problem !== undefined)?.problem ?? unreadShards(inputs);
  return {
    files,
    bytes: sum(inputs, ({ bytes }) => bytes),
    rows,
    format: formats.length > 0 ? 'mixed' : (format as Report['input']['format']),
    source: sources.length > 0 ? 'mixed' : (source as string),
    ...(reasons.size > 0 && { sourceReason: [...reasons].join('; ') }),
    ...(problem && { problem }),
  };
}

/** What a check of all of an export would have said, where no shard of it has a digest. */
function unreadShards(inputs: readonly Report['input'][]): Report['input']['problem'] {
  const exports = new Map<string, Report['input'][]>();
  for (const input of inputs) {
    if (input.shard === undefined) continue;
    const key = JSON.stringify(input.files);
    exports.set(key, [...(exports.get(key) ?? []), input]);
  }
  for (const shards of exports.values()) {
    // Where a shard is missing, it may have the rows.
    if (shards.length < (shards[0]?.shard?.of ?? 0)) continue;
    const filled = shards.filter(({ rows }) => rows > 0);
    const [first] = filled;
    const file = shards[0]?.files.length === 1 ? { file: shards[0].files[0] as string } : {};
    if (first === undefined) return { ...file, message: 'the file has no rows', fix: 'export it again' };
    if (first.withoutDigests !== undefined && filled.every(({ withoutDigests }) => withoutDigests !== undefined)) {
      return { ...file, ...first.withoutDigests };
    }
  }
  return undefined;
}

function mergedTotals(reports: readonly Report[]): Report['totals'] {
  const of = (name: keyof Report['totals']): number => sum(reports, ({ totals }) => totals[name]);
  return {
    ...{ rows: of('rows'), ok: of('ok'), warned: of('warned'), rejected: of('rejected') },
    ...{ disabled: of('disabled'), missing: of('missing') },
  };
}

type ParameterSet = HasherCounts['parameterSets'][number];

function mergedHashers(reports: readonly Report[]): Readonly<Record<string, HasherCounts>> {
  const together = new Map<string, Report['hashers'][string][]>();
  for (const { hashers } of reports) {
    for (const [name, counts] of Object.entries(hashers)) {
      together.set(name, [...(together.get(name) ?? []), counts]);
    }
  }
  const merged = [...together].map(([name, counts]) => [name, mergedCounts(counts)] as const);
  return Object.fromEntries(merged.sort(([a, x], [b, y]) => y.rows - x.rows || compareText(a, b)));
}

function mergedCounts(parts: readonly Report['hashers'][string][]): HasherCounts {
  const params = new Map<string, Map<string, number>>();
  const sets = new Map<string, ParameterSet>();
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

function mostFrequent(sets: ReadonlyMap<string, ParameterSet>): readonly ParameterSet[] {
  const ordered = [...sets.values()].sort((a, b) => b.rows - a.rows || compareText(spelled(a), spelled(b)));
  return ordered.slice(0, MAX_PARAMETER_SETS);
}

/** As a tally orders them. */
function spelled({ params }: ParameterSet): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value},`)
    .join('');
}

function mergedFindings(reports: readonly Report[], files: readonly string[]): readonly ReportFinding[] {
  const merged = new Map<string, ReportFinding>();
  for (const { findings, input } of reports) {
    for (const finding of findings) {
      const before = merged.get(finding.kind);
      const placed = { ...finding, examples: placedIn(files, input.files, finding.examples) };
      merged.set(finding.kind, before === undefined ? placed : joined(before, placed, files));
    }
  }
  return sortFindings([...merged.values()].map((finding) => withinParts(finding, reports)));
}

/** Two of a kind: the message is that of the first row. */
function joined(a: ReportFinding, b: ReportFinding, files: readonly string[]): ReportFinding {
  const examples = firstOf([...a.examples, ...b.examples], files);
  const first = examples[0] !== undefined && !a.examples.includes(examples[0]) ? b : a;
  return { ...first, count: a.count + b.count, examples };
}

/** What was counted in each part alone says so. */
function withinParts(finding: ReportFinding, reports: readonly Report[]): ReportFinding {
  const of = (name: 'ids' | 'salts'): number => sum(reports, ({ duplicates }) => duplicates[name].values);
  switch (finding.code) {
    case 'WARN_ID_DUPLICATE':
      return {
        ...finding,
        message: `${of('ids')} times an id is on several rows of one part (of two parts this is not known); an import takes the first and refuses the others`,
      };
    case 'NOTE_SALT_SHARED':
      return {
        ...finding,
        message: `${of('salts')} times a salt is on several rows of one part (of two parts this is not known): one search finds the passwords of all of them`,
      };
    default:
      return finding;
  }
}

/** With one file its name would only repeat. */
function placedIn(files: readonly string[], own: readonly string[], examples: readonly Example[]): readonly Example[] {
  if (files.length === 1) return examples;
  return examples.map(({ file = own[0] as string, line, id }) => ({ file, line, id }));
}

function firstOf(examples: readonly Example[], files: readonly string[]): readonly Example[] {
  const at = ({ file }: Example): number => (file === undefined ? 0 : files.indexOf(file));
  return [...examples].sort((a, b) => at(a) - at(b) || a.line - b.line).slice(0, EXAMPLES);
}

function mergedShared(reports: readonly Report[], of: (report: Report) => SharedValues): SharedValues {
  return {
    values: sum(reports, (report) => of(report).values),
    rows: sum(reports, (report) => of(report).rows),
    exact: false,
  };
}

/** How many known passwords the check was given. */
function knownCanaries({ matched, mismatched, missing, rejected }: CanaryReport): number {
  return matched + mismatched + missing + sum(rejected, ({ count }) => count);
}

/** Each part was given all known passwords: what one misses another may have. */
function mergedCanaries(reports: readonly Report[], files: readonly string[]): CanaryReport {
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
  const examples = reports.flatMap(({ canaries, input }) => placedIn(files, input.files, canaries.examples));
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
    examples: firstOf(examples, files),
    suggestions: [...new Set(all.flatMap(({ suggestions }) => suggestions))],
  };
}

/** Each part has written files of its own. */
function mergedOutput(reports: readonly Report[]): OutputReport | undefined {
  const outs = reports.flatMap(({ output }) => (output?.out === undefined ? [] : [output.out]));
  const rejects = reports.flatMap(({ output }) => (output?.rejects === undefined ? [] : [output.rejects]));
  const [first] = outs;
  if (first === undefined && rejects.length === 0) return undefined;
  const named = (files: readonly { readonly file: string }[]): string => files.map(({ file }) => file).join(', ');
  const of = (name: 'rows' | 'converted' | 'repaired' | 'canonical'): number => sum(outs, (out) => out[name]);
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
        ...(formulas > 0 && { formulas }),
      },
    }),
    ...(rejects.length > 0 && { rejects: { file: named(rejects), rows: sum(rejects, ({ rows }) => rows) } }),
  };
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

/** The report of a check as lines for a terminal of 80 columns. */
import type { Example, HasherCounts, Report, ReportFinding, Severity } from '../migration/index.js';
import { type MergedReport, missingText } from '../migration/merge-reports.js';
import { table, wrapped } from './table.js';
import { grouped, harmless, type Style, stylist, type Terminal, WIDTH } from './terminal.js';

const TITLES: Readonly<Record<Severity, string>> = {
  error: 'Errors: these will never verify as they are',
  warning: 'Warnings: these verify here, and may make trouble elsewhere',
  note: 'Notes',
};
/** A terminal shows the most frequent kinds. */
const SHOWN: Readonly<Record<Severity, number>> = { error: 12, warning: 8, note: 10 };
/** Holds a parameter and its values together. */
const NO_BREAK = '\u00a0';
/** For the counts to the right of notes. */
const NOTE_ROOM = 18;
const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', note: 'dim' };

/** A report, or one that others were merged to. */
export type AnyReport = Report | MergedReport;

export function reportLines(report: AnyReport, terminal: Terminal): string[] {
  const style = stylist(terminal);
  const sections = [inputLines(report, style), totalLines(report, style)];
  const hashers = Object.entries(report.hashers);
  if (hashers.length > 0) sections.push(hasherLines(hashers, style));
  for (const severity of ['error', 'warning', 'note'] as const) {
    const findings = report.findings.filter(
      (one) => one.severity === severity && !(report.output?.out && isMending(one)),
    );
    if (findings.length > 0) sections.push(sectionLines(severity, findings, style));
  }
  sections.push(canaryLines(report, style), outputLines(report), verdictLines(report, style), nextLines(report));
  return sections.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

type Stylist = ReturnType<typeof stylist>;

function mergedOf(report: AnyReport): MergedReport['merged'] | undefined {
  return 'merged' in report ? report.merged : undefined;
}

function inputLines(report: AnyReport, style: Stylist): string[] {
  const { input, target, timing } = report;
  const merged = mergedOf(report);
  const files = input.files.map((file) => (file === '-' ? 'stdin' : harmless(file, WIDTH))).join(', ');
  const facts = [
    input.format,
    `source ${input.source}`,
    input.shard && `shard ${input.shard.index}/${input.shard.of}`,
    merged && `merged from ${counted(merged.reports, 'report')}`,
    rowsText(input.rows),
    target === null ? undefined : `target ${target}`,
    `${(timing.durationMs / 1000).toFixed(1)} s`,
    // Of a short run the start of the program is most.
    timing.durationMs > 1000 ? `${grouped(timing.rowsPerSecond)} rows/s` : undefined,
  ];
  return [
    ...wrapped(files, WIDTH, '').map((line) => style('bold', line)),
    ...wrapped(facts.filter((fact) => fact !== undefined).join(' · '), WIDTH, ''),
    ...(input.sourceReason === undefined
      ? []
      : wrapped(`${input.source}: ${input.sourceReason}`, WIDTH, '').map((line) => style('dim', line))),
  ];
}

function totalLines({ totals, output }: Report, style: Stylist): string[] {
  const share = (count: number) => (totals.rows === 0 ? '' : `${((100 * count) / totals.rows).toFixed(1)} %`);
  const rows: readonly (readonly [label: string, count: number, style: Style])[] = [
    ['will verify', totals.ok, 'green'],
    ['will verify, with a warning', totals.warned, 'yellow'],
    [output?.out ? 'will never verify' : 'will never verify as they are', totals.rejected, 'red'],
    ['marked as disabled', totals.disabled, 'dim'],
    ['without a digest', totals.missing, 'dim'],
  ];
  const countWidth = Math.max(...rows.map(([, count]) => grouped(count).length));
  return rows.map(([label, count, colour]) =>
    style(
      count === 0 ? 'dim' : colour,
      `  ${label.padEnd(30)}  ${grouped(count).padStart(countWidth)}  ${share(count).padStart(7)}`,
    ),
  );
}

function hasherLines(hashers: readonly (readonly [string, HasherCounts])[], style: Stylist): string[] {
  const columns = [
    { title: 'hasher' },
    { title: 'rows', align: 'right' },
    { title: 'ok', align: 'right' },
    { title: 'warned', align: 'right' },
    { title: 'rejected', align: 'right' },
    { title: 'parameters' },
  ] as const;
  const cells = hashers.map(([name, { rows, ok, warned, rejected, params }]) => [
    name,
    ...[rows, ok, warned, rejected].map(grouped),
    paramsText(params),
  ]);
  const [head = '', ...body] = table(columns, cells);
  return [style('bold', head), ...body.map((line) => line.replaceAll(NO_BREAK, ' '))];
}

/** `cost 10, 12` or `iterations 1,000–600,000`. */
function paramsText(params: HasherCounts['params']): string {
  return Object.entries(params)
    .map((one) => paramText(...one).replaceAll(' ', NO_BREAK))
    .join('; ');
}

function paramText(name: string, values: Readonly<Record<string, number>>): string {
  const keys = Object.keys(values);
  const numbers = keys.map(Number);
  if (keys.length > 2 && numbers.every(Number.isFinite)) {
    return `${name} ${grouped(Math.min(...numbers))}–${grouped(Math.max(...numbers))}`;
  }
  return `${name} ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''}`;
}

function sectionLines(severity: Severity, findings: readonly ReportFinding[], style: Stylist): string[] {
  const shown = findings.slice(0, SHOWN[severity]);
  const lines = severity === 'note' ? noteLines(shown) : shown.flatMap((finding) => findingLines(finding, style));
  const left = findings.length - shown.length;
  if (left > 0) lines.push(style('dim', `  and ${left} more ${left === 1 ? 'kind' : 'kinds'}: --json has all`));
  return [style('bold', TITLES[severity]), ...lines];
}

function noteLines(findings: readonly ReportFinding[]): string[] {
  return findings.flatMap(({ hasher, message, count }) => {
    const text = hasher === null || message.startsWith(hasher) ? message : `${hasher}: ${message}`;
    const rows = rowsText(count);
    const [first = '', ...more] = wrapped(harmless(text, 300), WIDTH - NOTE_ROOM, '  ');
    return [`${first.padEnd(WIDTH - rows.length)}${rows}`, ...more.map((line) => `  ${line}`)];
  });
}

export function rowsText(count: number): string {
  return counted(count, 'row');
}

function counted(count: number, one: string): string {
  return `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;
}

function findingLines(
  { code, hasher, field, severity, count, message, fix, examples }: ReportFinding,
  style: Stylist,
): string[] {
  const head = [code, hasher, field].filter((part) => part !== null).join('  ');
  const rows = rowsText(count);
  const lines = [
    `  ${style(STYLES[severity], head)}${' '.repeat(Math.max(2, WIDTH - 2 - head.length - rows.length))}${rows}`,
  ];
  const told = hasher !== null && message.startsWith(`${hasher}: `) ? message.slice(hasher.length + 2) : message;
  lines.push(...wrapped(harmless(told, 600), WIDTH, '    '));
  if (fix !== null) lines.push(...wrapped(`fix: ${harmless(fix, 600)}`, WIDTH, '    '));
  const shown = examples.map(exampleText);
  lines.push(...wrapped(`e.g. ${shown.join(', ')}`, WIDTH, '    ').map((line) => style('dim', line)));
  return lines;
}

function exampleText({ file, line, id }: Example): string {
  const where = file === undefined ? `line ${line}` : `${harmless(file)} line ${line}`;
  return id === '' ? where : `${where} (${harmless(id, 24)})`;
}

function canaryLines({ canaries }: Report, style: Stylist): string[] {
  const { matched, mismatched, missing, rejected, examples, suggestions } = canaries;
  const unverified = rejected.reduce((sum, { count }) => sum + count, 0);
  if (matched + mismatched + missing + unverified === 0) return [];
  const lines = [style('bold', 'Known passwords')];
  const tell = (count: number, what: string, colour: Style) => {
    if (count > 0) lines.push(style(colour, `  ${grouped(count)} ${what}`));
  };
  tell(matched, matched === 1 ? 'matches' : 'match', 'green');
  tell(mismatched, mismatched === 1 ? 'does not match' : 'do not match', 'red');
  if (mismatched > 0) {
    const shown = examples.map(exampleText);
    lines.push(...wrapped(`e.g. ${shown.join(', ')}`, WIDTH, '    ').map((line) => style('dim', line)));
  }
  for (const suggestion of suggestions) lines.push(...wrapped(suggestion, WIDTH, '    '));
  if (mismatched > 0 && suggestions.length === 0) lines.push('    no other reading of these digests fits them');
  for (const { count, message } of rejected) {
    lines.push(...wrapped(`${grouped(count)} cannot be verified: ${harmless(message, 300)}`, WIDTH, '  '));
  }
  tell(missing, missing === 1 ? 'is of no user with a digest' : 'are of no user with a digest', 'yellow');
  return lines;
}

/** Told with the file that it was done for, where there is one. */
function isMending({ code }: ReportFinding): boolean {
  return code === 'NOTE_CONVERTED' || code === 'NOTE_REPAIRED' || code === 'NOTE_CANONICAL';
}

function outputLines({ output, findings }: Report): string[] {
  if (output === undefined) return [];
  const { out, rejects } = output;
  const lines: string[] = [];
  const fileText = (file: string) => (file === '-' ? 'stdout' : harmless(file, 200));
  if (out !== undefined) {
    const done = [
      [out.converted, 'converted'],
      [out.repaired, 'repaired'],
      [out.canonical, 'spelled canonically'],
    ] as const;
    const parts = done.filter(([count]) => count > 0).map(([count, what]) => `${grouped(count)} ${what}`);
    const how = parts.length === 0 ? '' : `; of these ${parts.join(', ')}`;
    lines.push(...wrapped(`Written to ${fileText(out.file)}: ${rowsText(out.rows)}, ready${how}`, WIDTH, ''));
    const mended = findings.filter(isMending);
    lines.push(...noteLines(mended.slice(0, SHOWN.note)));
    if (mended.length > SHOWN.note) lines.push(`  and ${mended.length - SHOWN.note} more kinds: --json has all`);
  }
  if (rejects !== undefined) {
    lines.push(...wrapped(`Written to ${fileText(rejects.file)}: ${rowsText(rejects.rows)}, rejected`, WIDTH, ''));
  }
  return lines;
}

function verdictLines(report: AnyReport, style: Stylist): string[] {
  const { totals, duplicates, input, output, canaries } = report;
  const merged = mergedOf(report);
  const lines: string[] = [];
  if (duplicates.digests > 0) {
    const about = merged ? 'Within each part ' : duplicates.exact ? '' : 'about ';
    const text = `${about}${grouped(duplicates.digests)} ${duplicates.digests === 1 ? 'digest is' : 'digests are'} on more than one user (${grouped(duplicates.rows)} rows)`;
    lines.push(...wrapped(text, WIDTH, ''));
  }
  const whole = totals.ok + totals.warned;
  if (input.problem !== undefined) lines.push(style('red', 'The input was not read to its end.'));
  else if (whole + totals.rejected === 0) lines.push(style('yellow', 'No row has a digest.'));
  else if (totals.rejected === 0)
    lines.push(
      style('green', whole === 1 ? 'The one digest will verify.' : `All ${grouped(whole)} digests will verify.`),
    );
  else {
    const of = grouped(whole + totals.rejected);
    const as = output?.out === undefined ? ' as they are' : '';
    lines.push(style('red', `${grouped(totals.rejected)} of ${of} digests will never verify${as}.`));
  }
  for (const missing of merged?.missing ?? []) {
    const text = `Not all of the export: ${harmless(missingText(missing), 300)}.`;
    lines.push(...wrapped(text, WIDTH, '').map((line) => style('red', line)));
  }
  if (canaries.mismatched > 0) lines.push(style('red', 'Known passwords do not match: import nothing before they do.'));
  return lines;
}

/** What to do now. */
function nextLines({ totals, target, input, output, findings }: Report): string[] {
  const steps: string[] = [];
  const hasRejected = input.problem === undefined && totals.rejected > 0;
  if (hasRejected) {
    steps.push('Next: mend these rows in the export as said above, or leave them out, and check it again.');
  }
  if (output?.out === undefined && findings.some(({ code }) => code === 'NOTE_CONVERTED')) {
    steps.push('Converted digests are not what the export has: import what --out FILE writes.');
  } else if (output?.out === undefined && hasRejected) {
    steps.push('--out FILE writes the rows that will verify, with what can be converted or repaired.');
  }
  if (target === null && totals.ok + totals.warned > 0) {
    steps.push('Whether a service takes them: --target clerk, or another; digestry check --help lists them.');
  }
  return steps.flatMap((step) => wrapped(step, WIDTH, ''));
}

/** The report of a check as lines for a terminal of 80 columns. */

import { sanitizeForDisplay } from '../../encoding/display.js';
import type { Example, HasherCounts, ReportFinding, Severity } from '../../migration/index.js';
import type { CheckReport } from '../../reports/check-report.js';
import { formatAmount, formatCount, formatPercent } from '../quantity.js';
import { table, wrapped } from '../table.js';
import { type Style, type StyleTarget, type Stylist, stylist, WIDTH } from '../terminal-style.js';
import { formatSuggestion } from './canary-suggestions.js';
import {
  type CheckOutcome,
  canarySentences,
  duplicatesText,
  fileText,
  isRepairNote,
  listOutcomes,
  NO_OTHER_READING,
  outputSentences,
  rowsText,
  severityTitle,
} from './sentences.js';
import { describeVerdict, nextSteps } from './verdict.js';

/** A terminal shows the most frequent kinds. */
const SHOWN: Readonly<Record<Severity, number>> = { error: 12, warning: 8, note: 10 };
/** Holds a parameter and its values together. */
const NO_BREAK = '\u00a0';
/** For the counts to the right of notes. */
const NOTE_ROOM = 18;
const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', note: 'dim' };
const MOODS: Readonly<Record<CheckOutcome['mood'], Style>> = {
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  doubtful: 'red',
  quiet: 'dim',
  faint: 'dim',
};

export function reportLines(report: CheckReport, terminal: StyleTarget): string[] {
  const style = stylist(terminal);
  const sections = [inputLines(report, style), totalLines(report, style)];
  const hashers = Object.entries(report.hashers);
  if (hashers.length > 0) sections.push(hasherLines(hashers, style));
  for (const severity of ['error', 'warning', 'note'] as const) {
    const findings = report.findings.filter(
      (one) => one.severity === severity && !(report.output?.out && isRepairNote(one)),
    );
    if (findings.length > 0) sections.push(sectionLines(severity, findings, style));
  }
  sections.push(canaryLines(report, style), outputLines(report), verdictLines(report, style), nextLines(report));
  return sections.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function inputLines(report: CheckReport, style: Stylist): string[] {
  const { input, target, timing } = report;
  const merged = report.merged;
  const files = input.files.map((file) => sanitizeForDisplay(fileText(file, 'stdin'), WIDTH)).join(', ');
  const facts = [
    input.format,
    `source ${input.source}`,
    input.shard && `shard ${input.shard.index}/${input.shard.of}`,
    merged && `merged from ${formatAmount(merged.reports, 'report')}`,
    rowsText(input.rows),
    target === null ? undefined : `target ${target}`,
    `${(timing.durationMs / 1000).toFixed(1)} s`,
    // Of a short run the start of the program is most.
    timing.durationMs > 1000 ? `${formatCount(timing.rowsPerSecond)} rows/s` : undefined,
  ];
  return [
    ...wrapped(files, WIDTH, '').map((line) => style('bold', line)),
    ...wrapped(facts.filter((fact) => fact !== undefined).join(' · '), WIDTH, ''),
    ...(input.sourceReason === undefined
      ? []
      : wrapped(`${input.source}: ${input.sourceReason}`, WIDTH, '').map((line) => style('dim', line))),
  ];
}

function totalLines(report: CheckReport, style: Stylist): string[] {
  const { totals } = report;
  const outcomes = listOutcomes(report);
  const countWidth = Math.max(...outcomes.map(({ rows }) => formatCount(rows).length));
  return outcomes.map(({ name, rows, mood }) =>
    style(
      rows === 0 ? 'dim' : MOODS[mood],
      `  ${name.padEnd(30)}  ${formatCount(rows).padStart(countWidth)}  ${formatPercent(rows, totals.rows).padStart(7)}`,
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
    ...[rows, ok, warned, rejected].map(formatCount),
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
    return `${name} ${formatCount(Math.min(...numbers))}–${formatCount(Math.max(...numbers))}`;
  }
  return `${name} ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''}`;
}

function sectionLines(severity: Severity, findings: readonly ReportFinding[], style: Stylist): string[] {
  const shown = findings.slice(0, SHOWN[severity]);
  const lines = severity === 'note' ? noteLines(shown) : shown.flatMap((finding) => findingLines(finding, style));
  const left = findings.length - shown.length;
  if (left > 0) lines.push(style('dim', `  and ${left} more ${left === 1 ? 'kind' : 'kinds'}; --json lists all`));
  return [style('bold', severityTitle(severity, findings)), ...lines];
}

function noteLines(findings: readonly ReportFinding[]): string[] {
  return findings.flatMap(({ hasher, message, count }) => {
    const text = hasher === null ? message : `${hasher}: ${message}`;
    const rows = rowsText(count);
    const [first = '', ...more] = wrapped(sanitizeForDisplay(text, 300), WIDTH - NOTE_ROOM, '  ');
    return [`${first.padEnd(WIDTH - rows.length)}${rows}`, ...more.map((line) => `  ${line}`)];
  });
}

function findingLines(finding: ReportFinding, style: Stylist): string[] {
  const { code, hasher, field, severity, count, message, fix, examples } = finding;
  const head = [code, hasher, field].filter((part) => part !== null).join('  ');
  const rows = rowsText(count);
  const lines = [
    `  ${style(STYLES[severity], head)}${' '.repeat(Math.max(2, WIDTH - 2 - head.length - rows.length))}${rows}`,
  ];
  lines.push(...wrapped(sanitizeForDisplay(message, 600), WIDTH, '    '));
  if (fix !== null) lines.push(...wrapped(`fix: ${sanitizeForDisplay(fix, 600)}`, WIDTH, '    '));
  const shown = examples.map(exampleText);
  lines.push(...wrapped(`e.g. ${shown.join(', ')}`, WIDTH, '    ').map((line) => style('dim', line)));
  return lines;
}

function exampleText({ file, line, id }: Example): string {
  const where = file === undefined ? `line ${line}` : `${sanitizeForDisplay(file)} line ${line}`;
  return id === '' ? where : `${where} (${sanitizeForDisplay(id, 24)})`;
}

function canaryLines(report: CheckReport, style: Stylist): string[] {
  const { mismatched, examples, suggestions } = report.canaries;
  const sentences = canarySentences(report);
  if (sentences.length === 0) return [];
  const lines = [style('bold', 'Known passwords')];
  for (const { mood, text, of } of sentences) {
    lines.push(...wrapped(text, WIDTH, '  ').map((line) => (of === 'rejected' ? line : style(MOODS[mood], line))));
    if (of !== 'mismatched') continue;
    const shown = examples.map(exampleText);
    lines.push(...wrapped(`e.g. ${shown.join(', ')}`, WIDTH, '    ').map((line) => style('dim', line)));
    for (const suggestion of suggestions) lines.push(...wrapped(formatSuggestion(suggestion), WIDTH, '    '));
    if (mismatched > 0 && suggestions.length === 0) lines.push(`    ${NO_OTHER_READING}`);
  }
  return lines;
}

function outputLines(report: CheckReport): string[] {
  const { output, findings } = report;
  return outputSentences(report).flatMap((sentence, i) => {
    const lines = wrapped(sentence, WIDTH, '');
    if (i > 0 || output?.out === undefined) return lines;
    const repaired = findings.filter(isRepairNote);
    lines.push(...noteLines(repaired.slice(0, SHOWN.note)));
    if (repaired.length > SHOWN.note) lines.push(`  and ${repaired.length - SHOWN.note} more kinds; --json lists all`);
    return lines;
  });
}

function verdictLines(report: CheckReport, style: Stylist): string[] {
  const duplicates = duplicatesText(report);
  return [
    ...(duplicates === undefined ? [] : wrapped(duplicates, WIDTH, '')),
    ...describeVerdict(report).flatMap(({ mood, text }) =>
      wrapped(text, WIDTH, '').map((line) => style(MOODS[mood], line)),
    ),
  ];
}

function nextLines(report: CheckReport): string[] {
  return nextSteps(report).flatMap(({ text }, i) =>
    wrapped(i === 0 ? `Next: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text, WIDTH, ''),
  );
}

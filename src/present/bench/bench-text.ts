/** A bench as text for a terminal. */
import type { Compared } from '../../capacity/bench/index.js';
import type { BenchReport, BenchResult } from '../../reports/bench-report.js';
import { formatAmount, formatBytes, formatDuration, formatPercent, formatRate, formatRatio } from '../quantity.js';
import { wrapped } from '../table.js';
import { type StyleTarget, type Stylist, stylist, WIDTH } from '../terminal-style.js';

const HEADS = ['alone', '±', 'p99', '1 core', '', '±', 'memory'] as const;
const MEASURED_AS = ' =';

export function benchLines(report: BenchReport, terminal: StyleTarget): string[] {
  const style = stylist(terminal);
  const { machine, digestry, results } = report;
  const head = `digestry ${digestry} · ${machine.cpu}, ${formatAmount(machine.cores, 'core')}`;
  const versions = `Node ${machine.node} with OpenSSL ${machine.openssl}, ${machine.platform}`;
  return [
    ...wrapped(style('bold', head), WIDTH + style('bold', '').length, ''),
    ...wrapped(versions, WIDTH, ''),
    '',
    ...(results.length === 0 ? ['Nothing was measured.'] : [...tableLines(report, style), '', ...legend(results)]),
    ...skippedLines(report),
    ...noiseLines(report, style),
  ];
}

/** By its backend where somebody has chosen that. */
export function nameResult({ label, backend }: Pick<BenchResult, 'label' | 'backend'>): string {
  return backend === 'auto' ? label : `${label}, ${backend}`;
}

function tableLines({ results, machine }: BenchReport, style: Stylist): string[] {
  const threads = Math.max(...results.map(({ allCores }) => allCores.threads));
  const heads = HEADS.map((head) =>
    head === '' ? `${threads} ${threads === 1 ? 'thread' : threads > machine.cores ? 'threads' : 'cores'}` : head,
  );
  const rows = results.flatMap((result, index) => makeRows(result, results[index - 1]));
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  // Remaining space goes between the columns.
  const used = labelWidth + widths.reduce((sum, width) => sum + width, 0);
  const gap = ' '.repeat(Math.max(1, Math.min(3, Math.floor((WIDTH - used) / widths.length))));
  const line = (label: string, cells: readonly string[]) =>
    [label.padEnd(labelWidth), ...cells.map((cell, column) => cell.padStart(widths[column] ?? 0))].join(gap).trimEnd();
  return [style('dim', line('', heads)), ...rows.map(({ label, cells }) => line(label, cells))];
}

interface BenchRow {
  readonly label: string;
  /** None in a line that only names what is under it. */
  readonly cells: readonly string[];
}

/** The hasher, its parameters under it, and the backends under those; a name is not repeated. */
function makeRows(result: BenchResult, before: BenchResult | undefined): BenchRow[] {
  const { hasher, label, backend, measuredAs } = result;
  const params = label.slice(hasher.length + 1);
  const parts = [hasher, ...(params === '' ? [] : [params]), ...(backend === 'auto' ? [] : [backend])];
  const known = before === undefined ? 0 : sharedParts(before, hasher, label);
  const mark = measuredAs === undefined ? '' : MEASURED_AS;
  return parts
    .map((part, depth) => {
      const last = depth === parts.length - 1;
      return { label: `${'  '.repeat(depth)}${part}${last ? mark : ''}`, cells: last ? makeCells(result) : [], depth };
    })
    .filter(({ depth, cells }) => depth >= known || cells.length > 0);
}

function sharedParts(before: BenchResult, hasher: string, label: string): number {
  if (before.label === label) return 2;
  return before.hasher === hasher ? 1 : 0;
}

function makeCells({ alone, batch, allCores, memory }: BenchResult): string[] {
  return [
    formatDuration(alone.medianMs),
    formatPercent(alone.spread),
    formatDuration(alone.p99Ms),
    formatRate(batch.perSecond),
    formatRate(allCores.perSecond),
    formatPercent(allCores.spread),
    memory.perVerificationBytes === 0 ? '' : formatBytes(memory.perVerificationBytes),
  ];
}

function legend(results: readonly BenchResult[]): string[] {
  const words = [
    'alone: one verification, its median, ± half of its 95 % interval;',
    'cores: verifications per second with one thread per core and callers queued.',
    'Hashers that take microseconds run on the calling thread only.',
  ];
  if (results.some(({ measuredAs }) => measuredAs !== undefined)) {
    words.push(`"${MEASURED_AS.trim()}": same derivation as a row above, whose numbers it shows.`);
  }
  return wrapped(words.join(' '), WIDTH, '');
}

/** Cases with the same reason share a line: `argon2id on node:crypto (7)`. */
function skippedLines({ skipped }: BenchReport): string[] {
  if (skipped.length === 0) return [];
  const lines = [...new Set(skipped.map(({ reason }) => reason))].flatMap((reason) => {
    const counts = new Map<string, string[]>();
    for (const { hasher, label, backend } of skipped.filter((one) => one.reason === reason)) {
      const what = backend === 'auto' ? hasher : `${hasher} on ${backend}`;
      counts.set(what, [...(counts.get(what) ?? []), label.slice(hasher.length)]);
    }
    const items = [...counts].map(([what, [params = '', ...more]]) =>
      more.length > 0 ? `${what} (${more.length + 1})` : what + params,
    );
    return hanging(`${items.join(', ')}: ${reason}`);
  });
  return ['', 'Not measured:', ...lines];
}

function hanging(text: string): string[] {
  return wrapped(text, WIDTH, '    ').map((line, index) => (index === 0 ? line.slice(2) : line));
}

function noiseLines({ noise }: BenchReport, style: Stylist): string[] {
  if (!noise.noisy) return ['', `The machine was quiet: a fixed loop varied by ${formatPercent(noise.spread)}.`];
  const lines = [
    `This machine is noisy (± ${formatPercent(noise.spread)}): ${noise.reason ?? ''}.`,
    'Close other programs, or measure for longer (--seconds 300); a shared virtual machine may never be quiet.',
    'Compare rows with each other; ignore small differences.',
  ];
  return ['', ...wrapped(lines.join(' '), WIDTH, '').map((line) => style('yellow', line))];
}

export function comparisonLines(compared: readonly Compared[], terminal: StyleTarget): string[] {
  const style = stylist(terminal);
  const names = compared.map(nameResult);
  const width = Math.min(44, Math.max(0, ...names.map((name) => name.length)));
  const reasons = new Set(compared.map(({ reason }) => reason).filter((reason) => reason !== undefined));
  const lines = compared.map(({ alone, allCores, verdict }, index) => {
    const name = (names[index] as string).slice(0, width).padEnd(width);
    const colour = ({ slower: 'red', faster: 'green' } as const)[verdict as 'slower' | 'faster'];
    const said = colour === undefined ? verdict : style(colour, verdict);
    const [one, all] = [alone, allCores].map((ratio) =>
      (ratio === undefined ? '' : formatRatio(ratio.ratio)).padStart(6),
    );
    return `${name} ${one} ${all}  ${said}`.trimEnd();
  });
  const [least, most] = findRange(compared);
  const sure =
    least === undefined
      ? []
      : [
          `Changes smaller than ${formatRange(formatPercent(least - 1), formatPercent((most ?? least) - 1))} could not be detected.`,
        ];
  const words = [
    'Speed relative to the older report, alone and on all cores (over 1 is faster).',
    ...sure,
    ...[...reasons].map((reason) => `Not comparable: ${reason}.`),
  ];
  return ['', style('bold', 'Against the older report'), ...lines, '', ...wrapped(words.join(' '), WIDTH, '')];
}

/** What the smallest and the largest interval would have hidden. */
function findRange(compared: readonly Compared[]): [number?, number?] {
  const halves = compared
    .flatMap(({ alone, allCores }) => [alone, allCores])
    .filter((ratio) => ratio !== undefined)
    .map(({ ratio, high }) => high / ratio);
  return halves.length === 0 ? [] : [Math.min(...halves), Math.max(...halves)];
}

function formatRange(least: string, most: string): string {
  return least === most ? least : `${least} to ${most}`;
}

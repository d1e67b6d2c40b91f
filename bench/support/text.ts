/** Rows as text: a table for the terminal, 100 characters wide at most, and one for Markdown. */
import { formatDuration, formatNumber, formatRate, formatRatio } from '../../src/present/quantity.js';
import { type Amount, holds, type Row } from './row.js';

const HEADS = ['what', 'against', 'ours', 'theirs', 'result', '±', 'wanted', 'holds'] as const;
const RIGHT_ALIGNED = [2, 3, 4, 5, 6];

function cells(row: Row): string[] {
  const { what, against, ours, theirs, measured, spread, missing } = row;
  const unit = measured?.unit ?? 'times';
  return [
    what,
    against ?? '',
    amount(ours),
    amount(theirs),
    measured === undefined ? (missing ?? '') : amount(measured),
    spread === undefined ? '' : `${(100 * spread).toFixed(0)} %`,
    wantedText(row, unit),
    holdsText(row),
  ];
}

function wantedText({ wanted }: Row, unit: Amount['unit']): string {
  if (wanted === undefined) return '';
  const { least, most, stretch } = wanted;
  if (least !== undefined && most !== undefined) return `${least}–${amount({ value: most, unit })}`;
  const bound = least === undefined ? `≤ ${amount({ value: most ?? 0, unit })}` : `≥ ${amount({ value: least, unit })}`;
  return stretch ? `(${bound})` : bound;
}

function holdsText(row: Row): string {
  const held = holds(row);
  if (held === undefined) return '';
  const text = held ? 'yes' : 'no';
  return row.wanted?.stretch ? `(${text})` : text;
}

/** Three digits that count, and a unit. */
export function amount(of: Amount | undefined): string {
  if (of === undefined) return '';
  const { value, unit } = of;
  if (unit === 'times') return formatRatio(value);
  if (unit === 'MiB') return `${formatNumber(value)} MiB`;
  return unit === 'ms' ? formatDuration(value) : formatRate(value);
}

/** Broken after commas, 100 characters at most where that can be. */
export function wrapped(text: string): string {
  const lines = [''];
  for (const part of text.split(/(?<=,) /)) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + 1 + part.length > 100) lines.push(part);
    else lines[lines.length - 1] = line === '' ? part : `${line} ${part}`;
  }
  return lines.join('\n');
}

export function terminalTable(rows: readonly Row[]): string {
  const table = [[...HEADS], ...rows.map(cells)];
  const widths = HEADS.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const aligned = (text: string, column: number): string =>
    RIGHT_ALIGNED.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  const lines = table.map((line) => line.map(aligned).join('  ').trimEnd());
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines.join('\n');
}

/** How many of what is wanted hold. */
export function summary(rows: readonly Row[]): string {
  const wanted = rows.filter((row) => row.wanted !== undefined && row.wanted.stretch === undefined);
  const held = wanted.filter((row) => holds(row) === true);
  return `${held.length} of ${wanted.length} wanted hold`;
}

export function markdownTable(rows: readonly Row[]): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const rule = `|${HEADS.map((_, column) => (RIGHT_ALIGNED.includes(column) ? '---:' : '---')).join('|')}|`;
  return [line(HEADS), rule, ...rows.map((row) => line(cells(row)))].join('\n');
}

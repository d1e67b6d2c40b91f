/** The values of a parameter as the columns of a chart: each its own, or ranges where they are many. */
import type { BarColumn } from '../charts/index.js';
import { formatCompact } from '../quantity.js';

/** More are not legible on a phone. */
const MOST = 10;
/** Sizes are powers of two from here on; smaller numbers are read as they are. */
const LARGE = 1024;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const OTHER = 'other';
/** As parameters are; other values are words. */
const NUMBER = /^\d{1,15}$/;

export interface Histogram {
  readonly columns: readonly BarColumn[];
  /** What the labels mean, where they are not the values. */
  readonly remark?: string;
}

/** @param values how many digests have each. */
export function makeHistogram(values: Readonly<Record<string, number>>): Histogram {
  const { [OTHER]: rest = 0, ...counted } = values;
  const more: readonly BarColumn[] = rest > 0 ? [{ label: OTHER, value: rest, tone: 'quiet' }] : [];
  if (!Object.keys(counted).every((value) => NUMBER.test(value))) return mostFrequent(values);
  const numbers = Object.entries(counted).map(([value, rows]) => [Number(value), rows] as const);
  const sorted = numbers.toSorted(([a], [b]) => a - b);
  const room = MOST - more.length;
  if (sorted.length > room) return inRanges(sorted, room, more);
  const label = makeLabels(sorted.map(([value]) => value));
  const columns = sorted.map(([value, rows]): BarColumn => ({ label: label(value), value: rows }));
  return { columns: [...columns, ...more] };
}

function mostFrequent(values: Readonly<Record<string, number>>): Histogram {
  const sorted = Object.entries(values).toSorted(([, a], [, b]) => b - a);
  const shown = sorted.length > MOST ? sorted.slice(0, MOST - 1) : sorted;
  const columns = shown
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, rows]): BarColumn => ({ label: value.slice(0, 6), value: rows }));
  const rest = sorted.slice(shown.length).reduce((sum, [, rows]) => sum + rows, 0);
  return { columns: rest > 0 ? [...columns, { label: OTHER, value: rest, tone: 'quiet' }] : columns };
}

/** Where ranges may begin, the finer first. */
const STEPS: readonly (readonly number[])[] = [[1, 2, 5], [1, 3], [1]];

function inRanges(
  sorted: readonly (readonly [value: number, rows: number])[],
  room: number,
  more: readonly BarColumn[],
): Histogram {
  const least = sorted[0]?.[0] ?? 0;
  const most = sorted.at(-1)?.[0] ?? 0;
  const starts = least < 1 || most / least < 2 * MOST ? evenStarts(least, most, room) : roundStarts(least, most, room);
  const counts = starts.map(() => 0);
  for (const [value, rows] of sorted) {
    const at = Math.max(
      0,
      starts.findLastIndex((start) => start <= value),
    );
    counts[at] = (counts[at] ?? 0) + rows;
  }
  const columns = starts.map((start, i): BarColumn => ({ label: formatCompact(start), value: counts[i] ?? 0 }));
  return { columns: [...columns, ...more], remark: 'each column from its number to the next' };
}

function evenStarts(least: number, most: number, room: number): number[] {
  const step = Math.ceil((most - least + 1) / room);
  const starts: number[] = [];
  for (let start = least; start <= most && starts.length < room; start += step) starts.push(start);
  return starts;
}

function roundStarts(least: number, most: number, room: number): number[] {
  for (const steps of STEPS) {
    const starts = decades(least, most).flatMap((ten) => steps.map((step) => step * ten));
    const first = Math.max(
      0,
      starts.findLastIndex((start) => start <= least),
    );
    const used = starts.slice(first).filter((start) => start <= most);
    if (used.length <= room) return used;
  }
  const tens = decades(least, most);
  const every = Math.ceil(tens.length / room);
  return tens.filter((_, i) => i % every === 0);
}

function decades(least: number, most: number): number[] {
  const tens: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.floor(Math.log10(most)); power++) {
    tens.push(10 ** power);
  }
  return tens;
}

/** `2¹⁵` where all are powers of two, as sizes of memory are. */
function makeLabels(values: readonly number[]): (value: number) => string {
  const allPowers = values.every((value) => value > 0 && Number.isInteger(Math.log2(value)));
  if (!allPowers || Math.max(...values) < LARGE) {
    return (value) => (value < 10_000 ? String(value) : formatCompact(value));
  }
  return (value) => `2${Array.from(String(Math.log2(value)), (digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

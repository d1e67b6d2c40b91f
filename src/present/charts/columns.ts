/** A histogram: upright columns, a value each. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { type Markup, markup } from '../html/markup.js';
import { formatCompact, formatCount } from '../quantity.js';
import { type ChartText, frame, place, rounded, type Tone } from './chart.js';

export interface BarColumn {
  /** Below it: a few characters, or they run into each other on a phone. */
  readonly label: string;
  /** Not below 0. */
  readonly value: number;
  readonly tone?: Tone | undefined;
}

export interface ColumnChart extends ChartText {
  /** Ten are legible at the width of a phone. */
  readonly columns: readonly BarColumn[];
  /** Of the tallest column, in px. */
  readonly height?: number | undefined;
  /** What is counted: `rows`. */
  readonly unit?: string | undefined;
}

/** For the values above and the labels below, in px. */
const ABOVE = 18;
const BELOW = 20;
/** Above this number of columns, numbers have little room on a phone. */
const CROWDED = 6;
/** A few columns would be as wide as the page. In percent. */
const MOST_WIDE = 14;

export function columnChart(chart: ColumnChart): Markup {
  const { columns, height = 96, unit = '' } = chart;
  const names = columns.map((_, i) => String(i));
  const band = scaleBand(names, [0, Math.min(100, columns.length * MOST_WIDE)]).paddingInner(0.22);
  const tallest = Math.max(Number.MIN_VALUE, ...columns.map(({ value }) => value));
  const y = scaleLinear([0, tallest], [0, height]);
  const base = ABOVE + height;
  const digits = columns.length > CROWDED ? 2 : 3;
  const shapes = columns.map(({ label, value, tone = 'series-1' }, i) => {
    const x = band(String(i)) ?? 0;
    const middle = place(x + band.bandwidth() / 2);
    const tall = value > 0 ? Math.max(2, y(value)) : 0;
    return markup`<rect class="tone-${tone}" x="${place(x)}" y="${rounded(base - tall)}" width="${place(band.bandwidth())}" height="${rounded(tall)}"><title>${label}: ${formatCount(value)} ${unit}</title></rect><text class="chart-value" x="${middle}" y="${rounded(base - tall - 5)}" text-anchor="middle">${formatCompact(value, digits)}</text><text class="chart-label" x="${middle}" y="${base + 15}" text-anchor="middle">${label}</text>`;
  });
  const floor = markup`<line class="chart-axis" x1="0" x2="100%" y1="${base + 0.5}" y2="${base + 0.5}"/>`;
  const facts = columns.map(({ label, value }) => `${label}: ${formatCount(value)}${unit === '' ? '' : ` ${unit}`}`);
  return frame(chart, base + BELOW, facts, [shapes, floor]);
}

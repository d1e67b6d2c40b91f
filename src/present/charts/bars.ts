/** Horizontal bars, each of one or several parts one after the other. */
import { scaleLinear } from 'd3-scale';
import { type Markup, markup } from '../html/markup.js';
import { formatCount } from '../quantity.js';
import { type ChartText, frame, place, type Series } from './chart.js';

export interface Bar {
  /** Above the bar, on the left. */
  readonly label: string;
  /** Above the bar, on the right: usually its value. */
  readonly note?: string | undefined;
  /** One for each of the series, none below 0. */
  readonly values: readonly number[];
}

export interface StackedBars extends ChartText {
  readonly series: readonly Series[];
  readonly bars: readonly Bar[];
  /** Value of a bar of the whole width. Default: the longest bar. */
  readonly max?: number | undefined;
  /** How a value is said. */
  readonly format?: ((value: number) => string) | undefined;
}

/** A row with its text is so high, in px. */
const ROW = 40;
const TEXT_BASE = 14;
const BAR_TOP = 21;
const BAR_HEIGHT = 11;
/** Less is not seen, and what is there should be. In percent of the width. */
const LEAST = 0.35;

export function stackedBars(chart: StackedBars): Markup {
  const { series, bars, format = formatCount } = chart;
  const longest = Math.max(0, ...bars.map(({ values }) => sum(values)));
  const width = scaleLinear([0, Math.max(chart.max ?? longest, Number.MIN_VALUE)], [0, 100]).clamp(true);
  const rows = bars.map(({ label, note, values }, i) => {
    const top = i * ROW;
    let end = 0;
    const parts = values.map((value, at) => {
      if (!(value > 0)) return undefined;
      const start = end;
      end = Math.min(100, start + Math.max(width(value), LEAST));
      const { name, tone } = series[at] as Series;
      return markup`<rect class="tone-${tone}" x="${place(start)}" y="${top + BAR_TOP}" width="${place(end - start)}" height="${BAR_HEIGHT}"><title>${name}: ${format(value)}</title></rect>`;
    });
    const right =
      note === undefined
        ? undefined
        : markup`<text class="chart-note" x="100%" y="${top + TEXT_BASE}" text-anchor="end">${note}</text>`;
    return markup`<text class="chart-label" x="0" y="${top + TEXT_BASE}">${label}</text>${right}<rect class="chart-track" x="0" y="${top + BAR_TOP}" width="100%" height="${BAR_HEIGHT}"/>${parts}`;
  });
  return frame(
    chart,
    Math.max(1, bars.length) * ROW - (ROW - BAR_TOP - BAR_HEIGHT),
    bars.map((bar) => said(bar, series, format)),
    rows,
  );
}

/** One bar without text: shares of a whole. `height` in px. */
export function shareBar(
  chart: ChartText & { readonly parts: readonly (Series & { readonly value: number })[]; readonly height?: number },
): Markup {
  const parts = chart.parts.filter(({ value }) => value > 0);
  const whole = sum(parts.map(({ value }) => value));
  // What is too small to see takes its width from the others.
  const widths = parts.map(({ value }) => Math.max((100 * value) / whole, 2 * LEAST));
  const scale = 100 / sum(widths);
  let end = 0;
  const rects = parts.map(({ name, tone, value }, i) => {
    const start = end;
    end += (widths[i] as number) * scale;
    return markup`<rect class="tone-${tone}" x="${place(start)}" y="0" width="${place(end - start)}" height="100%"><title>${name}: ${formatCount(value)}</title></rect>`;
  });
  const facts = parts.map(({ name, value }) => `${name}: ${formatCount(value)}`);
  const track = markup`<rect class="chart-track" x="0" y="0" width="100%" height="100%"/>`;
  return frame(chart, chart.height ?? 22, facts, [track, rects]);
}

function said({ label, note, values }: Bar, series: readonly Series[], format: (value: number) => string): string {
  if (series.length < 2) return `${label}: ${note ?? values.map(format).join()}`;
  const parts = values.flatMap((value, i) => (value > 0 ? [`${series[i]?.name} ${format(value)}`] : []));
  return `${label}: ${parts.join(', ')}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

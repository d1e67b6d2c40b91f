/** Several series of points over two axes. */
import { type ScaleLinear, type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { type Markup, markup } from '../html/markup.js';
import { formatCompact } from '../quantity.js';
import { type ChartText, frame, place, rounded, type Series } from './chart.js';

export interface Axis {
  /** What is measured, with its unit. */
  readonly label: string;
  /** Equal steps are equal factors; all values must be above 0. */
  readonly log?: boolean | undefined;
  /** End of the axis. Default: by the data. An axis that is not logarithmic begins at 0 at least. */
  readonly domain?: readonly [number, number] | undefined;
  /** Which values are marked, where the usual round ones are not what was measured. */
  readonly ticks?: readonly number[] | undefined;
  readonly format?: ((value: number) => string) | undefined;
}

export interface LineSeries extends Series {
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChart extends ChartText {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
  /** Of the area between the axes, in px. */
  readonly height?: number | undefined;
}

/** Within the width, in percent: room for the numbers of the y axis, which are on its lines. */
const [LEFT, RIGHT] = [11, 97];
/** px */
const ABOVE = 34;
const BELOW = 44;
const MOST_TICKS = 5;
/** Distinguishable without colour. */
const DASHES = ['', '7 4', '2 4', '10 3 2 3', '1 3', '5 2'];

export function lineChart(chart: LineChart): Markup {
  const { series, height = 200 } = chart;
  const all = series.flatMap(({ points }) => points);
  const x = makeScale(
    chart.x,
    all.map(([value]) => value),
    [LEFT, RIGHT],
  );
  const y = makeScale(
    chart.y,
    all.map(([, value]) => value),
    [ABOVE + height, ABOVE],
  );
  if (chart.y.domain === undefined) y.nice(MOST_TICKS);
  const saidX = chart.x.format ?? formatCompact;
  const saidY = chart.y.format ?? formatCompact;
  const base = ABOVE + height;

  const grid = makeTicks(y, chart.y).map((value) => {
    const at = rounded(y(value));
    return markup`<line class="chart-grid" x1="0" x2="100%" y1="${at}" y2="${at}"/><text class="chart-value" x="0" y="${rounded(at - 4)}">${saidY(value)}</text>`;
  });
  const marks = makeTicks(x, chart.x).map((value) => {
    const at = place(x(value));
    return markup`<line class="chart-axis" x1="${at}" x2="${at}" y1="${base}" y2="${base + 4}"/><text class="chart-value" x="${at}" y="${base + 18}" text-anchor="middle">${saidX(value)}</text>`;
  });
  const axes = markup`<line class="chart-axis" x1="0" x2="100%" y1="${base}" y2="${base}"/><text class="chart-note" x="0" y="12">${chart.y.label}</text><text class="chart-note" x="100%" y="${base + 37}" text-anchor="end">${chart.x.label}</text>`;

  const path = line<readonly [number, number]>(
    ([value]) => rounded(x(value)),
    ([, value]) => rounded(y(value)),
  );
  const paths = series.map(({ tone, points }, i) => {
    const dashes = DASHES[i % DASHES.length] ?? '';
    return markup`<path class="chart-line line-${tone}" d="${path(points) ?? ''}" stroke-dasharray="${dashes === '' ? 'none' : dashes}" vector-effect="non-scaling-stroke"/>`;
  });
  const total = base + BELOW;
  // A path has no percentages: this one is drawn a hundred wide and stretched, but for its stroke.
  const stretched = markup`<svg width="100%" height="${total}" viewBox="0 0 100 ${total}" preserveAspectRatio="none">${paths}</svg>`;
  const dots = series.flatMap(({ name, tone, points }) =>
    points.map(
      ([px, py]) =>
        markup`<circle class="tone-${tone}" cx="${place(x(px))}" cy="${rounded(y(py))}" r="3.5"><title>${name}: ${saidY(py)} at ${saidX(px)}</title></circle>`,
    ),
  );
  const facts = series.map(
    ({ name, points }) => `${name}: ${points.map(([px, py]) => `${saidY(py)} at ${saidX(px)}`).join(', ')}`,
  );
  return frame(chart, total, facts, [grid, axes, marks, stretched, dots]);
}

type Scale = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

function makeScale({ log = false, domain }: Axis, values: readonly number[], range: readonly [number, number]): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const found = Number.isFinite(least) && Number.isFinite(most) ? ([least, most] as const) : ([1, 10] as const);
  if (log) {
    const [from, to] = domain ?? (found[0] === found[1] ? ([found[0] / 2, found[1] * 2] as const) : found);
    return scaleLog([Math.max(from, Number.MIN_VALUE), to], range);
  }
  const [from, to] = domain ?? ([Math.min(0, found[0]), found[1] > 0 ? found[1] : 1] as const);
  return scaleLinear([from, to], range);
}

/** A logarithmic axis offers more ticks than there is room for. */
function makeTicks(scale: Scale, { log = false, ticks: wanted }: Axis): readonly number[] {
  if (wanted !== undefined) return wanted;
  const ticks = scale.ticks(MOST_TICKS);
  if (!log || ticks.length <= MOST_TICKS + 1) return ticks;
  const round = ticks.filter((value) => /^[125]/.test(value.toPrecision(1)));
  const tens = round.filter((value) => value.toPrecision(1).startsWith('1'));
  const few = round.length <= MOST_TICKS + 1 ? round : tens;
  const step = Math.ceil(few.length / (MOST_TICKS + 1));
  return few.filter((_, i) => i % step === 0);
}

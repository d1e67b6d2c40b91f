/** Throughput against concurrency as an SVG file that stands by itself, on light and on dark pages. */
import { chartStyle, lineChart, type Markup, markup, SERIES_TONES } from '../../src/present/charts/index.js';
import type { Noise } from '../../src/reports/bench-report.js';
import type { Machine } from './machine.js';

/** As bench/results/concurrency-*.json has it. */
export interface Concurrency {
  /** As in ISO 8601. */
  readonly date: string;
  readonly commit?: string;
  readonly machine: Machine;
  readonly noise: Noise;
  /** `bcrypt cost 10` */
  readonly what: string;
  readonly callers: readonly number[];
  readonly services: readonly {
    readonly name: string;
    /** Logins a second with so many callers, the median of the rounds. */
    readonly perSecond: readonly number[];
  }[];
}

const WIDTH = 760;
const MARGIN = 24;
/** Of the title and of the names of the lines. */
const HEAD = 84;
const PLOT = 300;
const FOOT = 34;
/** Of what `lineChart` puts above and below its plot. */
const AROUND = 78;

/** It has a ground of its own: a reader's page may be dark where the reader's system is not. */
const STYLE = `${chartStyle}
:root{--card:#fff;color:#1a1f26;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
@media screen and (prefers-color-scheme:dark){:root{--card:#181c22;color:#e8ebef}}
.card{fill:var(--card)}
.head{font-size:17px;font-weight:600;fill:currentColor}
.name{font-size:13px;fill:currentColor}
.foot{font-size:12px;fill:var(--chart-muted)}`;

export function concurrencyChart({ date, machine, noise, what, callers, services }: Concurrency): string {
  const series = services.map(({ name, perSecond }, i) => ({
    name,
    tone: SERIES_TONES[i] ?? 'series-1',
    points: callers.map((count, at) => [count, perSecond[at] ?? 0] as const),
  }));
  const title = `Logins a second by callers at a time, ${what}, ${machine.cores} cores`;
  const chart = lineChart({
    title,
    height: PLOT,
    x: { label: 'callers at a time', log: true, ticks: callers, format: String },
    y: { label: 'logins a second', format: (value) => String(Math.round(value)) },
    series,
  });
  const height = HEAD + PLOT + AROUND + FOOT;
  const place = (x: number, y: number, content: Markup): Markup =>
    markup`<svg x="${x}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="${height - y}">${content}</svg>`;
  const said = noise.noisy
    ? `The machine was noisy (± ${Math.round(100 * noise.spread)} %): only the order of the lines says something.`
    : 'Each caller sends the next password when the last is answered.';
  const foot = `${machine.cpu}, Node ${machine.node}, ${date}. ${said}`;
  const body = markup`<rect class="card" width="100%" height="100%" rx="12"/><text class="head" x="${MARGIN}" y="36">${title}</text>${names(series)}${place(MARGIN, HEAD, chart)}<text class="foot" x="${MARGIN}" y="${height - 16}">${foot}</text>`;
  // The style sheet is ours, and as text in an element it must not be escaped.
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"><style>${STYLE}</style>${body}</svg>\n`;
}

/** In the order of the lines from the top. */
function names(series: readonly { readonly name: string; readonly tone: string }[]): Markup[] {
  const step = (WIDTH - 2 * MARGIN) / Math.max(4, series.length);
  return series.map(({ name, tone }, i) => {
    const x = MARGIN + i * step;
    return markup`<rect class="tone-${tone}" x="${x}" y="57" width="12" height="12" rx="2"/><text class="name" x="${x + 19}" y="68">${name}</text>`;
  });
}

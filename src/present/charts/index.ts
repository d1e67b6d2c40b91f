/** Charts as SVG text, from plain data; no script, no network, nothing of the data unescaped. */

export { type Content, type Markup, markup } from '../html/markup.js';
export { type Bar, type StackedBars, shareBar, stackedBars } from './bars.js';
export { type ChartText, legend, SERIES_TONES, type Series, type SeriesTone, type Tone } from './chart.js';
export { chartStyle } from './chart-style.js';
export { type BarColumn, type ColumnChart, columnChart } from './columns.js';
export { type Axis, type LineChart, type LineSeries, lineChart } from './lines.js';

/** A bench as one page of HTML: no script, no network, nothing outside of it. */
import type { Compared, Ratio } from '../../capacity/bench/index.js';
import type { BenchReport, BenchResult } from '../../reports/bench-report.js';
import {
  type Axis,
  type Content,
  type LineSeries,
  legend,
  lineChart,
  type Markup,
  markup,
  SERIES_TONES,
  stackedBars,
} from '../charts/index.js';
import { htmlDocument } from '../html/document.js';
import { facts } from '../html/section.js';
import { formatAmount, formatBytes, formatDuration, formatPercent, formatRate, formatRatio } from '../quantity.js';
import { nameResult } from './bench-text.js';

/** One of the lines of a chart for each of its colours. */
const MOST_LINES = SERIES_TONES.length;

/** @param compared with an older report. */
export function benchPage(report: BenchReport, compared?: readonly Compared[]): string {
  const { machine, results, noise } = report;
  const mood = noise.noisy ? 'warning' : 'good';
  const title = `${formatAmount(results.length, 'result')} of ${machine.cpu}, ${formatAmount(machine.cores, 'core')}`;
  const sections: readonly (readonly [id: string, title: string, content: Content])[] = [
    ['alone', 'One verification', alone(results)],
    ['load', 'Under load', load(results)],
    ['numbers', 'All numbers', numbers(results)],
    ...(compared === undefined ? [] : ([['compared', 'Against the older report', comparison(compared)]] as const)),
    ...(report.skipped.length === 0 ? [] : ([['skipped', 'Not measured', skipped(report)]] as const)),
    ['machine', 'The machine', machineFacts(report)],
  ];
  const nav = sections.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`);
  const body = sections.map(([id, name, content]) => markup`<section id="${id}"><h2>${name}</h2>${content}</section>`);
  return htmlDocument(
    `digestry bench: ${title}`,
    markup`<main><header class="verdict ${mood}"><p class="brand">digestry bench <span>Node ${machine.node} · OpenSSL ${machine.openssl} · ${day(report)}</span></p><h1>${title}</h1>${noiseAdvice(report)}</header><nav aria-label="Sections"><ul>${nav}</ul></nav>${body}</main><footer><p>Made by digestry ${report.digestry}, ${day(report)}. This page contains no password and no name of the machine.</p></footer>`,
  );
}

function noiseAdvice({ noise, interrupted }: BenchReport): Content {
  const stopped = interrupted
    ? markup`<div class="advice"><p>The bench was interrupted: this page has the results so far.</p></div>`
    : undefined;
  if (!noise.noisy) return stopped;
  return [
    stopped,
    markup`<div class="advice"><p><b>The machine was noisy</b> (± ${formatPercent(noise.spread)}): ${noise.reason}.</p><p>Compare rows with each other; ignore small differences.</p></div>`,
  ];
}

function alone(results: readonly BenchResult[]): Content {
  const bars = [...results]
    .sort((a, b) => b.alone.medianMs - a.alone.medianMs)
    .map((result) => ({
      label: nameResult(result),
      note: `${formatDuration(result.alone.medianMs)} ± ${formatPercent(result.alone.spread)}`,
      values: [result.alone.medianMs],
    }));
  const chart = stackedBars({
    title: 'Median time of one verification, nothing else running',
    series: [{ name: 'median', tone: 'series-1' }],
    bars,
    format: formatDuration,
  });
  return figure('The median of one verification at a time, slowest first, ± half of its 95 % interval', chart);
}

/** A card for each hasher that goes to other threads. */
function load(results: readonly BenchResult[]): Content {
  const costly = results.filter(({ kdf, measuredAs }) => kdf !== 'hash' && measuredAs === undefined);
  if (costly.length === 0) {
    return markup`<p>These hashers take microseconds and run on the calling thread: more threads or callers change nothing.</p>`;
  }
  const hashers = [...new Set(costly.map(({ hasher }) => hasher))];
  const cards = hashers.map((hasher) =>
    card(hasher, costly.filter((one) => one.hasher === hasher).slice(0, MOST_LINES)),
  );
  return markup`<div class="cards">${cards}</div>`;
}

/** None where nothing has two points: with memory for one caller only. */
function card(hasher: string, results: readonly BenchResult[]): Markup | undefined {
  const lines = (pointsOf: PointsOf): LineSeries[] =>
    results.map((result, i) => ({
      // Its hasher is above.
      name: nameResult(result).slice(hasher.length + 1) || hasher,
      tone: SERIES_TONES[i] ?? 'series-1',
      points: pointsOf(result).filter(([x, y]) => x > 0 && Number.isFinite(y)),
    }));
  const chart = (caption: string, by: string, y: Axis, pointsOf: PointsOf): Markup | undefined => {
    const series = lines(pointsOf);
    const ticks = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
    if (ticks.length < 2) return undefined;
    const x = { label: by, log: true, ticks, format: String };
    return figure(caption, lineChart({ title: `${hasher}: ${y.label} by ${by}`, x, y, series }));
  };
  const rate = { label: 'a second', format: axisRate };
  const latency = { label: 'p99', format: (ms: number) => (ms === 0 ? '0' : formatDuration(ms)) };
  const charts = [
    chart('Verifications a second, by callers at a time', 'callers', rate, ({ allCores }) =>
      allCores.byCallers.map(({ callers, perSecond }) => [callers, perSecond]),
    ),
    chart('Latency that 99 of 100 stay under, by callers', 'callers', latency, ({ allCores }) =>
      allCores.byCallers.map(({ callers, p99Ms }) => [callers, p99Ms]),
    ),
    chart('Verifications a second on one thread, by how many go together in its lanes', 'lanes', rate, ({ batch }) =>
      batch.byLanes.map(({ lanes, perSecond }) => [lanes, perSecond]),
    ),
    chart('Verifications a second, by threads', 'threads', rate, ({ allCores }) =>
      allCores.byThreads.map(({ threads, perSecond }) => [threads, perSecond]),
    ),
  ];
  if (charts.every((one) => one === undefined)) return undefined;
  return markup`<div class="card"><h3><code>${hasher}</code></h3>${legend(lines(() => []))}${charts}</div>`;
}

type PointsOf = (result: BenchResult) => readonly (readonly [number, number])[];

function axisRate(value: number): string {
  return value === 0 ? '0' : formatRate(value);
}

function figure(caption: string, chart: Markup): Markup {
  return markup`<figure><figcaption>${caption}</figcaption>${chart}</figure>`;
}

const COLUMNS = ['Alone', '±', 'p95', 'p99', '1 core', 'All cores', '±', 'Memory'] as const;

function numbers(results: readonly BenchResult[]): Content {
  const rows = results.map((result) => {
    const { alone: one, batch, allCores, memory, measuredAs } = result;
    const cells = [
      formatDuration(one.medianMs),
      formatPercent(one.spread),
      formatDuration(one.p95Ms),
      formatDuration(one.p99Ms),
      formatRate(batch.perSecond),
      formatRate(allCores.perSecond),
      formatPercent(allCores.spread),
      memory.perVerificationBytes === 0 ? '' : formatBytes(memory.perVerificationBytes),
    ];
    const same = measuredAs === undefined ? undefined : markup` <span class="lesser">as ${measuredAs}</span>`;
    return row([nameResult(result), same], cells, COLUMNS);
  });
  return makeTable(['Hasher', ...COLUMNS], rows);
}

function comparison(compared: readonly Compared[]): Content {
  const heads = ['Alone', 'All cores', 'Verdict'] as const;
  const rows = compared.map((one) =>
    row([one.label], [formatInterval(one.alone), formatInterval(one.allCores), one.reason ?? one.verdict], heads),
  );
  return [
    markup`<p class="lesser">Speed relative to the older report, with a 95 % interval that holds for all rows at once.</p>`,
    makeTable(['Hasher', ...heads], rows),
  ];
}

function formatInterval(speedup: Ratio | undefined): string {
  if (speedup === undefined) return '';
  const { ratio, low, high } = speedup;
  return `${formatRatio(ratio)} (${formatRatio(low)} to ${formatRatio(high)})`;
}

function row(name: Content, cells: readonly string[], heads: readonly string[]): Markup {
  const data = cells.map((cell, i) => markup`<td data-name="${heads[i]}">${cell}</td>`);
  return markup`<tr><th scope="row">${name}</th>${data}</tr>`;
}

function makeTable(heads: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<table><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}

function skipped(report: BenchReport): Markup {
  return facts(report.skipped.map((one) => [nameResult(one), one.reason]));
}

function machineFacts({ machine, noise, date, digestry }: BenchReport): Markup {
  return facts([
    ['Processor', `${machine.cpu}, ${formatAmount(machine.cores, 'core')}`],
    ['Memory', formatBytes(machine.memoryBytes)],
    ['Platform', machine.platform],
    ['Node', `${machine.node} with OpenSSL ${machine.openssl}`],
    ['digestry', digestry],
    ['Date', date],
    ['Noise', `a fixed loop of ${formatDuration(noise.referenceMs)} varied by ± ${formatPercent(noise.spread)}`],
  ]);
}

function day({ date }: BenchReport): string {
  return date.slice(0, 10);
}

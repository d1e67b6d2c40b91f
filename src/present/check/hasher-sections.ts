/** Which hashers the rows have, with which parameters, and how strong that is. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { Registry } from '../../registry.js';
import type { CheckReport, HasherCounts } from '../../reports/check-report.js';
import { type Content, columnChart, legend, type Markup, markup, shareBar, stackedBars } from '../charts/index.js';
import { folded, nameText, type Section, shortened } from '../html/section.js';
import { formatCompact, formatCount, formatPercent } from '../quantity.js';
import { makeHistogram } from './histogram.js';
import { rowsText } from './sentences.js';
import { unprovedRows } from './verdict.js';

/** Hashers are 22, and those of plug-ins as many as they like. */
const MOST = 60;
function makeSeries(report: CheckReport) {
  const { canaries } = report;
  return [
    { name: canaries.mismatched > 0 ? 'right form' : 'will verify', tone: 'good' },
    { name: 'with a warning', tone: 'warning' },
    { name: unprovedRows(report) > 0 ? 'rejected' : 'will not verify', tone: 'bad' },
  ] as const;
}

type Named = readonly [name: string, counts: HasherCounts];

export function hashersSection(report: CheckReport, registry: Registry): Section | undefined {
  const { hashers, totals } = report;
  const series = makeSeries(report);
  const all: readonly Named[] = Object.entries(hashers).sort(([, a], [, b]) => b.rows - a.rows);
  if (all.length === 0) return undefined;
  const shown = all.slice(0, MOST);
  const bars = shown.map(([name, { rows, ok, warned, rejected }]) => ({
    label: labelHasher(name, registry),
    note: `${rows < MUCH ? formatCount(rows) : formatCompact(rows)} · ${formatPercent(rows, totals.rows)}`,
    values: [ok, warned, rejected],
  }));
  const left = all.length - shown.length;
  const content: Content = [
    legend(series),
    ...chunks(bars, BARS).map((some, i) => {
      const title = i === 0 ? 'Rows by hasher' : `Rows by hasher, from ${formatCount(i * BARS + 1)} on`;
      return stackedBars({ title, series, bars: some, max: all[0]?.[1].rows });
    }),
    left > 0 ? markup`<p class="lesser">and ${formatCount(left)} more hashers: check --json has all</p>` : undefined,
  ];
  return { id: 'hashers', link: 'Hashers', title: 'Hashers', content };
}

/** A chart has no second line for a longer name, on a phone. */
const LABEL = 28;
/** A name of this length leaves no space for more digits; the parts of the bar have them. */
const MUCH = 1e7;
/** A chart is never broken between two sheets of paper, so none is as high as one. */
const BARS = 10;

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function labelHasher(name: string, registry: Registry): string {
  return registry.get(name)?.insecure ? `${name} · insecure` : sanitizeForDisplay(name, LABEL);
}

/** Parameters that have several values, as histograms; the others in words. */
export function parametersSection({ hashers }: CheckReport): Section | undefined {
  const all = Object.entries(hashers).filter(([, { params }]) => Object.keys(params).length > 0);
  if (all.length === 0) return undefined;
  const [first, more] = [all.slice(0, OPEN_CARDS), all.slice(OPEN_CARDS, MOST)];
  const cards = markup`<div class="cards">${first.map(parameterCard)}</div>`;
  const rest =
    more.length === 0
      ? undefined
      : folded(`${more.length} more ${more.length === 1 ? 'hasher' : 'hashers'}`, [
          markup`<div class="cards">${more.map(parameterCard)}</div>`,
        ]);
  return { id: 'parameters', link: 'Parameters', title: 'Parameters', content: [cards, rest] };
}

const OPEN_CARDS = 6;
const MOST_PARAMETERS = 8;

function parameterCard([name, { rows, params }]: Named): Markup {
  const shown = Object.entries(params).slice(0, MOST_PARAMETERS);
  const several = shown.filter(([, values]) => Object.keys(values).length > 1);
  const single = shown.filter(([, values]) => Object.keys(values).length === 1);
  const charts = several.map(([param, values]) => {
    const { columns, remark } = makeHistogram(values);
    const title = `${nameText(name)}: digests by ${nameText(param)}`;
    return markup`<figure><figcaption><code>${nameText(param)}</code>${remark === undefined ? undefined : markup` <span class="lesser">${remark}</span>`}</figcaption>${columnChart({ title, columns, height: 64, unit: 'digests' })}</figure>`;
  });
  const words = single
    .map(([param, values]) => `${nameText(param)} ${valueText(Object.keys(values)[0] ?? '')}`)
    .join(', ');
  return markup`<article class="card"><h3><code>${nameText(name)}</code> <span class="lesser">${rowsText(rows)}</span></h3>${charts}${words === '' ? undefined : markup`<p class="lesser">All have ${words}</p>`}</article>`;
}

function valueText(value: string): string {
  return /^\d+$/.test(value) ? formatCount(Number(value)) : nameText(value);
}

const STRENGTHS = [
  { name: "at today's minimum or above", tone: 'good' },
  { name: 'below it, or not a recommended hash', tone: 'warning' },
  { name: 'insecure: fast or broken', tone: 'bad' },
] as const;

/** Of digests that will verify: what a thief of the table would have to do. */
export function strengthSection({ hashers, findings }: CheckReport, registry: Registry): Section | undefined {
  const low = new Map<string, number>();
  for (const { code, hasher, count } of findings) {
    if (code === 'NOTE_LOW_COST' && hasher !== null) low.set(hasher, (low.get(hasher) ?? 0) + count);
  }
  const sums: [strong: number, weak: number, insecure: number] = [0, 0, 0];
  const insecure: string[] = [];
  for (const [name, { ok, warned }] of Object.entries(hashers)) {
    const rows = ok + warned;
    if (rows === 0) continue;
    if (registry.get(name)?.insecure) {
      sums[2] += rows;
      insecure.push(`${name} (${formatCount(rows)})`);
    } else {
      const weak = Math.min(rows, low.get(name) ?? 0);
      sums[1] += weak;
      sums[0] += rows - weak;
    }
  }
  const whole = sums[0] + sums[1] + sums[2];
  if (whole === 0) return undefined;
  const parts = STRENGTHS.map((one, i) => ({ ...one, value: sums[i] ?? 0 }));
  const named = parts.map(({ value, ...one }) => ({
    ...one,
    note: `${formatCount(value)} · ${formatPercent(value, whole)}`,
  }));
  const content: Content = [
    shareBar({ title: 'Strength of the digests that will verify', parts }),
    legend(named),
    insecure.length === 0
      ? undefined
      : markup`<p>Passwords of a leaked table of these are found quickly; replace them at the first sign-in: <b>${shortened(insecure.join(', '), 2000)}</b>.</p>`,
    markup`<p class="lesser">Minima: OWASP Password Storage Cheat Sheet. Only digests that will verify. The notes name the parameters.</p>`,
  ];
  return { id: 'strength', link: 'Strength', title: 'Strength of the digests', content };
}

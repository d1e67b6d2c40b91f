/**
 * What charts have in common. They are SVG without a fixed width: places are percentages and text has the size of the
 * page's, so that a chart fills a phone and a sheet of paper alike, and is as legible on both. Colours are classes, which
 * `chartStyle` gives a value for light, dark and paper.
 */
import { type Content, type Markup, markup } from '../html/markup.js';

/** What a colour means. Those of outcomes differ in lightness too, for eyes and printers that see no hue. */
export type Tone = 'good' | 'warning' | 'bad' | 'doubtful' | 'quiet' | 'faint' | SeriesTone;
export type SeriesTone = 'series-1' | 'series-2' | 'series-3' | 'series-4' | 'series-5' | 'series-6';

export const SERIES_TONES: readonly SeriesTone[] = [
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
];

/** Named in a legend. */
export interface Series {
  readonly name: string;
  readonly tone: Tone;
}

export interface ChartText {
  /** What the chart shows: read out in its place, and shown by a pointer that rests on it. */
  readonly title: string;
  /** Description in words. Default: made of the data. */
  readonly description?: string | undefined;
}

/** A longer description is cut: screen readers read all of it. */
const MAX_SPOKEN = 40;

/** @param height in px. @param facts a few words each, which become the description if it is missing. */
export function frame(
  { title, description }: ChartText,
  height: number,
  facts: readonly string[],
  content: Content,
): Markup {
  const left = facts.length - MAX_SPOKEN;
  const spoken = [...facts.slice(0, MAX_SPOKEN), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
  return markup`<svg class="chart" role="img" width="100%" height="${height}" xmlns="http://www.w3.org/2000/svg"><title>${title}</title><desc>${description ?? spoken}</desc>${content}</svg>`;
}

/** Names the colours of a chart with several series. */
export function legend(series: readonly (Series & { readonly note?: string })[]): Markup {
  const items = series.map(
    ({ name, tone, note }) =>
      markup`<li><span class="chart-key tone-${tone}"></span>${name}${note === undefined ? undefined : markup` <span class="chart-note">${note}</span>`}</li>`,
  );
  return markup`<ul class="chart-legend">${items}</ul>`;
}

/** A percentage as an SVG attribute has it, without digits that no screen shows. */
export function place(percentage: number): string {
  return `${rounded(percentage)}%`;
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

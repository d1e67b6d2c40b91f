/** The style sheet of charts: what their classes look like on a light screen, on a dark one and on paper. */

/**
 * Petrol, amber and red: a green would be a grey to many, and amber and red are far apart in lightness. The series are
 * Okabe and Ito's, who chose them for all kinds of colour vision (https://jfly.uni-koeln.de/color/), the pale ones
 * darkened for a white ground.
 */
const LIGHT = {
  'tone-good': '#00708f',
  'tone-warning': '#c07c00',
  'tone-bad': '#b3202c',
  'tone-doubtful': '#d2727b',
  'tone-quiet': '#8b929d',
  'tone-faint': '#cdd2d9',
  'tone-series-1': '#0067a5',
  'tone-series-2': '#d55e00',
  'tone-series-3': '#00876a',
  'tone-series-4': '#b8578f',
  'tone-series-5': '#8a6a00',
  'tone-series-6': '#3d9bd1',
  'chart-track': '#eceef1',
  'chart-line': '#d9dce2',
  'chart-axis': '#8b929d',
};
const DARK = {
  'tone-good': '#35b1cf',
  'tone-warning': '#f0c050',
  'tone-bad': '#ec5a62',
  'tone-doubtful': '#a8505b',
  'tone-quiet': '#7d8694',
  'tone-faint': '#4b535f',
  'tone-series-1': '#5db3ec',
  'tone-series-2': '#f08c3c',
  'tone-series-3': '#3fc29f',
  'tone-series-4': '#dd8fbc',
  'tone-series-5': '#d9b84a',
  'tone-series-6': '#9bd2f5',
  'chart-track': '#262b33',
  'chart-line': '#2f353e',
  'chart-axis': '#69727f',
};

const TONES = Object.keys(LIGHT).filter((name) => name.startsWith('tone-'));
const properties = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** Goes into the `<style>` of a page. Text takes the page's font and colour; `--chart-muted` is that of lesser text. */
export const chartStyle: string = `
:root{${properties(LIGHT)};--chart-muted:#565e6b}
@media screen and (prefers-color-scheme:dark){:root{${properties(DARK)};--chart-muted:#a9b1bd}}
${TONES.map((tone) => `.${tone}{fill:var(--${tone});background:var(--${tone})}.line-${tone.slice(5)}{stroke:var(--${tone})}`).join('\n')}
.chart{display:block;overflow:visible;max-width:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chart rect{rx:2px}
.chart text{font-size:.8125rem;fill:currentColor}
.chart .chart-value{font-size:.75rem;fill:var(--chart-muted);font-variant-numeric:tabular-nums}
.chart .chart-note{fill:var(--chart-muted);font-variant-numeric:tabular-nums}
.chart-track{fill:var(--chart-track)}
.chart-grid{stroke:var(--chart-line)}
.chart-axis{stroke:var(--chart-axis)}
.chart-line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.chart-legend{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;list-style:none;margin:.5rem 0;padding:0}
.chart-legend .chart-note{color:var(--chart-muted);font-variant-numeric:tabular-nums}
.chart-key{display:inline-block;width:.75em;height:.75em;margin-inline-end:.5em;border-radius:2px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
`;

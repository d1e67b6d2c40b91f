/** Charts as text: what they say of the data, and that nothing of it becomes markup. */
import { describe, expect, test } from 'vitest';
import {
  type Content,
  chartStyle,
  columnChart,
  legend,
  lineChart,
  markup,
  SERIES_TONES,
  shareBar,
  stackedBars,
} from '../../../src/present/charts/index.js';

const HOSTILE = `"><script>alert('1')</script>&\`\u202e\u0000\ud800<!--`;
const text = (content: Content) => String(markup`${content}`);
/** Attributes of the elements of this name. */
const attributes = (svg: string, element: string, name: string) =>
  [...svg.matchAll(new RegExp(`<${element} [^>]*?\\b${name}="([^"]*)"`, 'g'))].map(([, value]) => value);

describe('markup', () => {
  test('escapes every value, in text and in attributes', () => {
    const made = text(markup`<p title="${HOSTILE}">${HOSTILE}</p>`);
    expect(made).not.toMatch(/<script|<!--|['`]/);
    expect(made.match(/[<>]/g)).toHaveLength(4);
    expect(made.match(/"/g)).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(made).not.toMatch(/[\u0000\u202e]/);
    expect(made.isWellFormed()).toBe(true);
  });

  test('takes its own kind as it is, lists one after the other, and nothing for undefined', () => {
    const items = ['a', 'b<'].map((name) => markup`<li>${name}</li>`);
    expect(text(markup`<ul>${items}${undefined}</ul>`)).toBe('<ul><li>a</li><li>b&lt;</li></ul>');
  });

  test('does not take what only looks like its own kind', () => {
    expect(text({ toString: () => '<b>' } as unknown as string)).toBe('&lt;b&gt;');
  });
});

const SERIES = [
  { name: 'ok', tone: 'good' },
  { name: 'rejected', tone: 'bad' },
] as const;

describe('bars', () => {
  const bars = [
    { label: 'bcrypt', note: '1,000 rows', values: [750, 250] },
    { label: 'md5', note: '500 rows', values: [500, 0] },
  ];
  const svg = text(stackedBars({ title: 'Rows by hasher', series: SERIES, bars }));

  test('are as long as their values, the longest as the width', () => {
    const tones = attributes(svg, 'rect', 'class').filter((one) => one?.startsWith('tone-'));
    expect(tones).toEqual(['tone-good', 'tone-bad', 'tone-good']);
    const widths = attributes(svg, 'rect', 'width').filter((one) => one !== '100%');
    expect(widths).toEqual(['75%', '25%', '50%']);
  });

  test('are said in words', () => {
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title>Rows by hasher</title>');
    expect(svg).toContain('<desc>bcrypt: ok 750, rejected 250; md5: ok 500</desc>');
  });

  test('show what is there, however small, within the width', () => {
    const values = [1e9, 1, 1, 1];
    const series = [...SERIES, ...SERIES];
    const small = text(stackedBars({ title: 't', series, bars: [{ label: 'l', values }] }));
    const widths = attributes(small, 'rect', 'width').map((one) => Number.parseFloat(one as string));
    expect(widths).toHaveLength(5);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(0);
  });

  test('have a track where there is nothing', () => {
    for (const none of [[], [{ label: 'none', values: [0, 0] }]]) {
      expect(text(stackedBars({ title: 't', series: SERIES, bars: none }))).not.toMatch(/NaN|Infinity/);
    }
  });

  test('of shares fill the width', () => {
    const parts = [
      { name: 'ok', tone: 'good', value: 1e9 },
      { name: 'bad', tone: 'bad', value: 1 },
      { name: 'none', tone: 'faint', value: 0 },
    ] as const;
    const share = text(shareBar({ title: 't', parts }));
    const widths = attributes(share, 'rect', 'width').slice(1);
    expect(widths).toHaveLength(2);
    expect(widths.reduce((all, one) => all + Number.parseFloat(one as string), 0)).toBeCloseTo(100, 1);
    expect(share).toContain('<desc>ok: 1,000,000,000; bad: 1</desc>');
    expect(text(shareBar({ title: 't', parts: [] }))).not.toMatch(/NaN|Infinity/);
  });
});

describe('columns', () => {
  test('are as tall as their values, with the value above and the label below', () => {
    const columns = [
      { label: '10', value: 1_200_000 },
      { label: '12', value: 600_000 },
      { label: '13', value: 0 },
    ];
    const svg = text(columnChart({ title: 'cost', columns, height: 100, unit: 'rows' }));
    expect(attributes(svg, 'rect', 'height')).toEqual(['100', '50', '0']);
    expect(svg).toContain('>1.2M</text>');
    expect(svg).toContain('>12</text>');
    expect(svg).toContain('<desc>10: 1,200,000 rows; 12: 600,000 rows; 13: 0 rows</desc>');
  });

  test('are drawn of nothing too', () => {
    expect(text(columnChart({ title: 't', columns: [] }))).not.toMatch(/NaN|Infinity/);
    expect(text(columnChart({ title: 't', columns: [{ label: 'a', value: 0 }] }))).not.toMatch(/NaN|Infinity/);
  });
});

describe('lines', () => {
  const points = [
    [1, 10],
    [2, 19],
    [64, 300],
  ] as const;

  test.each([false, true])('go through their points, log axes %s', (log) => {
    const svg = text(
      lineChart({
        title: 'Throughput',
        x: { label: 'callers', log },
        y: { label: 'per second', log },
        series: [{ name: 'bcrypt', tone: 'series-1', points }],
      }),
    );
    expect(svg).not.toMatch(/NaN|Infinity/);
    const [path = ''] = attributes(svg, 'path', 'd');
    const drawn = path.split(/[ML]/).filter((one) => one !== '');
    const dots = attributes(svg, 'circle', 'cx').map(
      (x, i) => `${x?.slice(0, -1)},${attributes(svg, 'circle', 'cy')[i]}`,
    );
    expect(drawn).toEqual(dots);
    const xs = drawn.map((one) => Number(one.split(',')[0]));
    const ys = drawn.map((one) => Number(one.split(',')[1]));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(ys).toEqual([...ys].sort((a, b) => b - a));
    expect(svg).toContain('<desc>bcrypt: 10 at 1, 19 at 2, 300 at 64</desc>');
  });

  test('have few ticks, over many decades too', () => {
    const svg = text(
      lineChart({
        title: 't',
        x: { label: 'x', log: true },
        y: { label: 'y', log: true },
        series: [
          {
            name: 's',
            tone: 'series-2',
            points: [
              [1, 0.001],
              [1e9, 1e9],
            ],
          },
        ],
      }),
    );
    expect(attributes(svg, 'text', 'text-anchor').length).toBeLessThanOrEqual(8);
    expect(attributes(svg, 'line', 'class').filter((one) => one === 'chart-grid').length).toBeGreaterThan(1);
  });

  test('mark the values that are asked for', () => {
    const x = { label: 'threads', ticks: [1, 2, 64], format: (value: number) => `${value} threads` };
    const svg = text(
      lineChart({ title: 't', x, y: { label: 'y' }, series: [{ name: 's', tone: 'series-1', points }] }),
    );
    for (const tick of x.ticks) expect(svg).toContain(`>${tick} threads</text>`);
  });

  test.each([[], [[5, 5]]] as const)('are drawn of %j', (...few) => {
    for (const log of [false, true]) {
      const series = [{ name: 's', tone: 'series-1', points: few as never }] as const;
      expect(text(lineChart({ title: 't', x: { label: 'x', log }, y: { label: 'y', log }, series }))).not.toMatch(
        /NaN|Infinity/,
      );
    }
  });
});

test('nothing of the data becomes markup', () => {
  const charts = [
    stackedBars({
      title: HOSTILE,
      series: [{ name: HOSTILE, tone: 'good' }],
      bars: [{ label: HOSTILE, note: HOSTILE, values: [1] }],
    }),
    columnChart({ title: HOSTILE, unit: HOSTILE, columns: [{ label: HOSTILE, value: 1 }] }),
    lineChart({
      title: HOSTILE,
      description: HOSTILE,
      x: { label: HOSTILE },
      y: { label: HOSTILE, format: () => HOSTILE },
      series: [{ name: HOSTILE, tone: 'series-1', points: [[1, 1]] }],
    }),
    shareBar({ title: HOSTILE, parts: [{ name: HOSTILE, tone: 'bad', value: 1 }] }),
    legend([{ name: HOSTILE, tone: 'bad', note: HOSTILE }]),
  ];
  for (const chart of charts) {
    expect(text(chart)).toContain('&lt;script&gt;');
    expect(text(chart)).not.toMatch(/<script|<!--|'/);
  }
});

test('every tone has a colour, on light and on dark', () => {
  for (const tone of ['good', 'warning', 'bad', 'quiet', 'faint', ...SERIES_TONES]) {
    expect(chartStyle.split(`--tone-${tone}:`)).toHaveLength(3);
    expect(chartStyle).toContain(`.tone-${tone}{`);
  }
});

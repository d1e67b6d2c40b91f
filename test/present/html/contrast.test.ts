/**
 * The colours of the report page, level AA: https://www.w3.org/TR/WCAG22/#contrast-minimum (text),
 * https://www.w3.org/TR/WCAG22/#non-text-contrast (shapes). What Chromium makes of them is in the tests of each page.
 */
import { describe, expect, test } from 'vitest';
import { chartStyle } from '../../../src/present/charts/index.js';
import { pageStyle } from '../../../src/present/html/page-style.js';

type Colours = ReadonlyMap<string, string>;

/** The custom properties of each scheme: `dark` has those that differ. */
function readColours(scheme: 'light' | 'dark'): Colours {
  const found = new Map<string, string>();
  for (const style of [pageStyle, chartStyle]) {
    const [, light = '', dark = ''] =
      /:root\{([^}]*)\}\s*@media screen and \(prefers-color-scheme:dark\)\{:root\{([^}]*)\}\}/.exec(style) ?? [];
    for (const part of [light, scheme === 'dark' ? dark : '']) {
      for (const [, name = '', colour = ''] of part.matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)) found.set(name, colour);
    }
  }
  return found;
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(colours: Colours, front: string, back: string): number {
  const [a, b] = [front, back].map((name) => luminance(colours.get(name) ?? 'none'));
  return (Math.max(a as number, b as number) + 0.05) / (Math.min(a as number, b as number) + 0.05);
}

const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['paper', 'card', 'warning-wash', 'bad-wash']],
  ['muted', ['paper', 'card']],
  ['chart-muted', ['card']],
  ['link', ['paper', 'card']],
  ['good-ink', ['paper', 'card', 'good-wash']],
  ['warning-ink', ['paper', 'card']],
  ['bad-ink', ['paper', 'card', 'bad-wash']],
];

describe.each(['light', 'dark'] as const)('in %s colours', (scheme) => {
  const colours = readColours(scheme);
  const tones = [...colours.keys()].filter((name) => name.startsWith('tone-'));

  test.each(TEXTS.flatMap(([front, backs]) => backs.map((back) => [front, back] as const)))(
    '%s is legible on %s',
    (front, back) => {
      expect(contrast(colours, front, back)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('shapes are seen on a card: outcomes, "may not verify" among them, series, findings', () => {
    expect(tones).toHaveLength(12);
    expect(tones).toContain('tone-doubtful');
    // Rows without a digest need nothing: their part of a bar is like its track, and the legend counts them.
    const pale = tones.filter((tone) => contrast(colours, tone, 'card') < 3);
    expect(pale).toEqual(['tone-faint']);
  });

  test.each(['good', 'warning', 'bad'])(
    'the mark of a verdict that is %s is seen, and so is the sign in it',
    (mood) => {
      expect(contrast(colours, `tone-${mood}`, 'paper')).toBeGreaterThanOrEqual(3);
      expect(pageStyle).toContain('.mark path{fill:none;stroke:var(--card)');
      expect(contrast(colours, 'card', `tone-${mood}`)).toBeGreaterThanOrEqual(3);
    },
  );

  test('what may not verify differs from what will not, and from what will', () => {
    expect(contrast(colours, 'tone-doubtful', 'tone-bad')).toBeGreaterThan(1.5);
    expect(contrast(colours, 'tone-doubtful', 'tone-good')).toBeGreaterThan(1.5);
  });
});

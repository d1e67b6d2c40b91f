/** The page in a real browser: on a phone, on a wide screen, in the dark and on paper; and it asks nobody for anything. */

import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../src/migration/index.js';
import { makePage } from '../../../src/present/check/make-page.js';
import type { CheckReport } from '../../../src/reports/check-report.js';
import { BENCH } from '../../support/bench-reports.js';
import { openChromium } from '../../support/chromium.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder } from '../../support/exports.js';
import { hostileReport, reportWith } from '../../support/reports.js';

const SAMPLE = new URL('../../../vectors/sample/users.csv', import.meta.url).pathname;
const FIXTURES = new URL('../../fixtures/exports/', import.meta.url).pathname;
const folder = temporaryFolder();
const DOUBTFUL = csvOf([
  { id: '1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT, salt: '' },
  { id: '2', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(0, -1), salt: '' },
  { id: '3', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD, salt: 'kJ8dQ2vR' },
  { id: '4', passwordHasher: '', passwordDigest: '', salt: '' },
]);
let browser: Browser;
/** Files by the report that they are of. */
const pages = new Map<string, string>();

beforeAll(async () => {
  const large = { rows: 123_456_789, ok: 120_000_000, warned: 3_000_000, rejected: 456_789 };
  const cost = Object.fromEntries(Array.from({ length: 28 }, (_, i) => [String(i + 4), 4_387_654]));
  const reports: Readonly<Record<string, CheckReport>> = {
    sample: await check([SAMPLE], { target: 'clerk' }),
    django: await check([`${FIXTURES}django.csv`, `${FIXTURES}werkzeug.csv`]),
    // Rows that may not verify: their salt is in a column of its own.
    doubtful: await check([await folder.write('doubtful.csv', DOUBTFUL)]),
    hostile: hostileReport(),
    large: reportWith({
      totals: { ...large, disabled: 0, missing: 0 },
      hashers: { bcrypt: { ...large, params: { cost } }, pbkdf2_sha256_django: { ...large, params: {} } },
    }),
  };
  for (const [name, report] of Object.entries(reports)) {
    const file = folder.path(`${name}.html`);
    await writeFile(file, await makePage(report, { bench: BENCH, madeBy: 'digestry', date: new Date(0) }));
    pages.set(name, pathToFileURL(file).href);
  }
  browser = await openChromium();
});
afterAll(() => browser?.close());

/** What a page says, asks for and does beside being shown. */
async function opened(name: string, options: BrowserContextOptions = {}): Promise<{ page: Page; noise: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const noise: string[] = [];
  const url = pages.get(name) ?? '';
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, noise };
}

const NAMES = ['sample', 'django', 'doubtful', 'hostile', 'large'];
const WIDTHS = [360, 768, 1280];

describe.each(NAMES)('the page of %s', (name) => {
  test('asks for nothing, and has no error', async () => {
    const { page, noise } = await opened(name);
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate<number>('document.scripts.length')).toBe(0);
    expect(await page.evaluate<number>('document.styleSheets[0].cssRules.length')).toBeGreaterThan(20);
    expect(noise).toEqual([]);
    await page.context().close();
  });

  test.each(WIDTHS)('fits into %i px, with everything unfolded', async (width) => {
    const { page } = await opened(name, { viewport: { width, height: 800 } });
    for (const unfold of [false, true]) {
      if (unfold) await page.evaluate(OPEN_ALL);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.evaluate<string[]>(BEYOND)).toEqual([]);
    }
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('is legible in %s colours', async (colorScheme) => {
    const { page } = await opened(name, { colorScheme });
    await page.evaluate(OPEN_ALL);
    const texts = await page.evaluate<readonly { text: string; contrast: number }[]>(CONTRASTS);
    expect(texts.length).toBeGreaterThan(20);
    // WCAG 2.2, 1.4.3: 4.5 to 1.
    expect(texts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    await page.context().close();
  });
});

describe('charts', () => {
  test.each(WIDTHS)('have texts that do not run into each other at %i px', async (width) => {
    for (const name of ['sample', 'large']) {
      const { page } = await opened(name, { viewport: { width, height: 800 } });
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate<string[]>(COLLISIONS)).toEqual([]);
      await page.context().close();
    }
  });

  test('have texts of the size of the page, on a phone too', async () => {
    const { page } = await opened('sample', { viewport: { width: 360, height: 800 } });
    const sizes = await page.evaluate<readonly number[]>(
      `[...document.querySelectorAll('.chart text')].map((text) => parseFloat(getComputedStyle(text).fontSize))`,
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
    await page.context().close();
  });

  test('have their colours, and others in the dark', async () => {
    const fills: string[][] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await opened('sample', { colorScheme });
      fills.push(await page.evaluate<string[]>(FILLS));
      await page.context().close();
    }
    const [light = [], dark = []] = fills;
    expect(light.length).toBeGreaterThan(3);
    expect(light.filter((fill) => dark.includes(fill))).toEqual([]);
    expect([...light, ...dark]).not.toContain('rgb(0, 0, 0)');
  });

  test('have a name and a description for screen readers', async () => {
    const { page } = await opened('sample');
    const said = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('svg[role=img]')].map((svg) => svg.querySelector('title').textContent + svg.querySelector('desc').textContent)`,
    );
    expect(said.length).toBeGreaterThan(10);
    expect(said.filter((text) => text.length < 20)).toEqual([]);
    await page.context().close();
  });
});

describe('on paper', () => {
  test('what is folded on a screen is there', async () => {
    const { page } = await opened('sample', { colorScheme: 'dark' });
    const folded = await page.evaluate<number>(`document.querySelectorAll('details').length`);
    expect(folded).toBeGreaterThan(2);
    expect(await page.evaluate<number>(VISIBLE_FOLDED)).toBe(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate<number>(VISIBLE_FOLDED)).toBe(folded);
    await page.context().close();
  });

  test('it is light, also where the screen is dark', async () => {
    const { page } = await opened('sample', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const [paper, ink] = await page.evaluate<readonly string[]>(
      `[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]`,
    );
    expect(paper).toBe('rgb(255, 255, 255)');
    expect(ink).toMatch(/^rgb\((?:\d|[1-4]\d), /);
    await page.context().close();
  });

  test.each(NAMES)('%s becomes a PDF', async (name) => {
    const { page, noise } = await opened(name);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(10_000);
    expect(noise).toEqual([]);
    await page.context().close();
  });
});

test('where there is no browser the tests fail, and say which package has one', async () => {
  const { PATH } = process.env;
  process.env['PATH'] = '/nowhere';
  await expect(openChromium()).rejects.toThrow('apt-get install chromium');
  process.env['PATH'] = PATH;
});

// Run in the page, by the browser's own means.

const OPEN_ALL = `for (const one of document.querySelectorAll('details')) one.open = true`;

/** What stands out of the window, on the right or on the left. */
const BEYOND = `
[...document.querySelectorAll('body *')].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  // What only readers of the screen are told is cut away.
  const cut = element.closest('thead') && getComputedStyle(element.closest('thead')).position === 'absolute';
  return width > 0 && !cut && (right > innerWidth + 1 || left < -1);
}).map((element) => element.outerHTML.slice(0, 90))`;

/** The contrast of each piece of text with what is behind it, by WCAG's formula. */
const CONTRASTS = `
(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (text === '' || element.closest('title, desc') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parts(element.closest('svg') ? style.fill : style.color)), light(behind(element))];
    found.push({ text: text.slice(0, 40), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return found;
})()`;

/** Texts of one chart that lie on each other by more than a pixel. */
const COLLISIONS = `
[...document.querySelectorAll('svg.chart')].flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBBox()]);
  return texts.flatMap(([a, one], i) => texts.slice(i + 1).filter(([, other]) =>
    Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 1 &&
    Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 3,
  ).map(([b]) => a + ' on ' + b));
})`;

const FILLS = `
[...new Set([...document.querySelectorAll('.chart [class^=tone-]')].map((shape) => getComputedStyle(shape).fill))]`;

const VISIBLE_FOLDED = `
[...document.querySelectorAll('details')].filter((details) =>
  [...details.children].some((child) => child.tagName !== 'SUMMARY' && child.checkVisibility() && child.getBoundingClientRect().height > 0),
).length`;

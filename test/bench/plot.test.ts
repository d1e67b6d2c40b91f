/** The picture in bench/README.md is drawn from the numbers that it names. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawnFrom, PICTURE, pictureOf } from '../../bench/plot.js';

const picture = readFileSync(PICTURE, 'utf8');

test('the picture is that of its results, which have machine, Node and commit', () => {
  const measured = drawnFrom(picture);
  if (measured === undefined) throw new Error('the picture names no results');
  const [, name = ''] = /from (\S+) -->/.exec(picture) ?? [];
  expect(picture, `node --import ./bench/support/typescript.mjs bench/plot.ts --draw ${name}`).toBe(
    pictureOf(name, measured),
  );
  expect(measured).toMatchObject({
    machine: { cpu: expect.any(String), node: expect.any(String) },
    noise: { noisy: expect.any(Boolean) },
  });
  expect(measured.commit).toMatch(/^[0-9a-f]{7,}\+?$/);
  expect(measured.services[0]?.name).toBe('digestry');
  for (const { perSecond } of measured.services) expect(perSecond).toHaveLength(measured.callers.length);
});

test('the picture loads nothing, and bench/README.md shows it', () => {
  expect(picture).not.toMatch(/<script|href=|url\(|@import|@font-face/);
  expect(picture).toContain('prefers-color-scheme:dark');
  expect(readFileSync(new URL('../../bench/README.md', import.meta.url), 'utf8')).toContain(
    '(results/concurrency.svg)',
  );
});

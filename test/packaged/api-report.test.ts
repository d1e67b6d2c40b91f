/** What is public is what the reports in test/meta/api-report show. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ENTRIES, REPORTS, readApiReport, writeApiReports } from '../../scripts/api-report.js';

const written = mkdtempSync(join(tmpdir(), 'digestry-api-'));
beforeAll(() => writeApiReports(written));
afterAll(() => rmSync(written, { recursive: true, force: true }));

test('each entry point has a report', () => {
  const entries = Object.keys(manifest.exports).filter((path) => path !== './package.json');
  expect(Object.keys(ENTRIES)).toHaveLength(entries.length);
});

describe.each(Object.keys(ENTRIES))('the public types of %s', (name) => {
  test('are those of its report: run npm run api:update and read the diff', () => {
    const report = readApiReport(written, name);
    expect(report.length).toBeGreaterThan(10_000);
    expect(report).toBe(readApiReport(REPORTS, name));
  });
});

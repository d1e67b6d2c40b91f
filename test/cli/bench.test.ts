/** digestry bench as users start it. How fast anything is here is asserted nowhere. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { selectCases } from '../../src/capacity/bench/cases.js';
import { formatBenchProgress } from '../../src/cli/bench-progress.js';
import { benchPage } from '../../src/present/bench/bench-page.js';
import { benchLines, comparisonLines } from '../../src/present/bench/bench-text.js';
import type { BenchReport, BenchResult } from '../../src/reports/bench-report.js';
import { BIN, codeIn, digestry, ROOT } from '../support/cli.js';

// Named in tables of tests, which are read before any hook runs.
const folder = mkdtempSync(join(tmpdir(), 'digestry-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const terminal = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: { NO_COLOR: '1' } };

describe('a bench', () => {
  test('prints a table in 80 columns, and nothing on stderr', async () => {
    const { code, stdout, stderr } = await digestry(['bench', 'md5', 'awscognito', '--seconds', '1']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^md5 +[\d.]+ [µm]?s +/m);
    expect(stdout).toMatch(/^ {2}awscognito: \S/m);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('as JSON has what is promised of it, with a costly hasher on two threads', async () => {
    const args = ['bench', 'phpass', '--params', 'cost=7', '--threads', '2', '--seconds', '1', '--json'];
    const { code, stdout, stderr } = await digestry(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report: BenchReport = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(['machine', 'digestry', 'date', 'noise', 'results', 'skipped']);
    expect(report.machine).toMatchObject({ node: process.versions.node, openssl: process.versions.openssl });
    expect(new Date(report.date).toISOString()).toBe(report.date);
    const [result] = report.results;
    expect(result).toMatchObject({
      ...{ hasher: 'phpass', label: 'phpass cost=7', params: { cost: 7 }, backend: 'auto', kdf: 'iteratedHash' },
      ...{ cost: { work: 129, memoryBytes: 0 }, memory: { perVerificationBytes: 0 } },
      allCores: { threads: 2 },
    });
    const numbers = [result?.alone.medianMs, result?.alone.p99Ms, result?.batch.perSecond, result?.allCores.perSecond];
    for (const number of numbers) expect(number).toBeGreaterThan(0);
    expect(result?.allCores.byThreads.map(({ threads }) => threads)).toEqual([1, 2]);
    expect(result?.allCores.byCallers.at(0)?.callers).toBe(1);
    const lanes = result?.batch.byLanes.map((point) => point.lanes) ?? [];
    // What is between needs time, of which a busy machine has too little.
    expect([1, 2, 4, 8]).toEqual(expect.arrayContaining(lanes));
    expect([lanes.at(0), lanes.at(-1)]).toEqual([1, 8]);
    for (const { lanes: together, perSecond, batchMs } of result?.batch.byLanes ?? []) {
      expect((together * 1000) / batchMs / perSecond).toBeCloseTo(1, 6);
    }
  });

  test('writes its report and its page, and compares with an older report', async () => {
    const [json, html] = [join(folder, 'old.json'), join(folder, 'bench.html')];
    const first = await digestry(['bench', 'sha256', '--seconds', '1', '--save', json, '--report', html]);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    const old: BenchReport = JSON.parse(readFileSync(json, 'utf8'));
    const page = readFileSync(html, 'utf8');
    expect(page).toMatch(/^<!doctype html>\n[\s\S]*<svg [\s\S]*sha256[\s\S]*<\/html>\n$/);
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(statSync(html).mode & 0o077).toBe(0);

    const again = await digestry(['bench', 'sha256', '--seconds', '1', '--json', '--compare', json]);
    const { comparison } = JSON.parse(again.stdout);
    expect(comparison).toHaveLength(1);
    // The machine decides which verdict it is, and the verdict decides over the code.
    expect(again.code).toBe(comparison[0].verdict === 'slower' ? 1 : 0);

    const elsewhere = join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, JSON.stringify({ ...old, machine: { ...old.machine, node: '18.0.0' } }));
    const other = await digestry(['bench', 'sha256', '--seconds', '1', '--compare', elsewhere]);
    expect(other.code).toBe(0);
    expect(other.stdout).toMatch(/\b18\.0\.0\b/);
  });

  test('of nothing that can be measured ends with 1', async () => {
    const { code, stdout } = await digestry(['bench', 'awscognito', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ results: [], skipped: [{ hasher: 'awscognito' }] });
  });
});

test('on a terminal it shows how far it is, and Ctrl-C ends it with what it has', async () => {
  const older = join(folder, 'older.json');
  writeFileSync(older, 'a whole report');
  const command = `"${process.execPath}" "${BIN}" bench phpass --params cost=7 --params cost=24 --seconds 3600 --save "${older}"`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: ROOT, env: { ...process.env, TERM: 'xterm' } });
  let shown = '';
  let stopped = false;
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (stopped || !shown.includes('1 of 2 · phpass cost=24 · alone')) return;
      stopped = true;
      child.stdin.write('\u0003');
    });
  });
  expect(code).toBe(130);
  expect(shown).toContain('self-test');
  const table = shown.slice(shown.lastIndexOf('\u001b[K'));
  expect(table).toContain('  cost=7');
  expect(table).not.toContain('  cost=24');
  expect(table).toMatch(/^digestry: interrupted/m);
  expect(readFileSync(older, 'utf8')).toBe('a whole report');
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}, 600_000);

test('another report than one of a bench ends with 2, and is not written over', async () => {
  const bad = join(folder, 'bad.json');
  writeFileSync(bad, '{"results":[]}');
  const { code, stdout, stderr } = await digestry(['bench', 'md5', '--compare', bad, '--save', bad]);
  expect([code, stdout, codeIn(stderr)]).toEqual([2, '', 'invalid-report']);
  expect(readFileSync(bad, 'utf8')).toBe('{"results":[]}');
});

describe('what it prints', () => {
  /** Each case of a whole bench on every backend, with the longest texts that numbers have. */
  function longest(backend: string): BenchReport {
    const results = selectCases({ backend }).map(
      ({ hasher, label, shape, cost, backend: name }, i): BenchResult => ({
        ...{ hasher: hasher.name, label, params: shape.params, backend: name, kdf: cost.kdf },
        cost: { work: cost.work, memoryBytes: 1023 * 2 ** 20 },
        alone: { medianMs: 999.4, p95Ms: 999.4, p99Ms: 999.4, spread: 1.99, runs: 3 },
        batch: {
          ...{ perSecond: 999_400, msEach: 1, spread: 1.99, runs: 3 },
          byLanes: [1, 3].map((lanes) => ({ lanes, perSecond: 999_400, batchMs: 1 })),
        },
        allCores: {
          ...{ perSecond: 999_400, threads: 128, spread: 1.99, runs: 3, byThreads: [{ threads: 1, perSecond: 1 }] },
          byCallers: [{ callers: 1, perSecond: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1 }],
        },
        memory: { perVerificationBytes: 1023 * 2 ** 20, peakRssBytes: 1 },
        ...(i % 3 === 0 && { measuredAs: 'bcrypt cost=12' }),
      }),
    );
    return {
      machine: {
        ...{ cpu: 'Neoverse-N1 of a name that goes on and on <b>', cores: 128, node: '20.20.2', openssl: '3.0.19' },
        ...{ platform: 'linux x64', memoryBytes: 2 ** 40 },
      },
      ...{ digestry: '0.1.0', date: '2026-11-23T00:00:00.000Z', results },
      noise: { spread: 0.4, noisy: true, reason: 'the same loop took 5.0 to 9.0 ms', referenceMs: 7 },
      skipped: [{ hasher: 'argon2id', label: 'argon2id m=19456', backend: 'node:crypto', reason: 'x '.repeat(90) }],
    };
  }

  test.each(['auto', 'all'])('fits 80 columns with any measurement, backend %s', (backend) => {
    const report = longest(backend);
    const compared = report.results.map(({ label, backend: name }) => ({
      ...{ label, backend: name, verdict: 'no difference seen' as const },
      ...{ alone: { ratio: 10, low: 1, high: 99 }, allCores: { ratio: 10, low: 1, high: 99 } },
    }));
    const lines = [...benchLines(report, terminal), ...comparisonLines(compared, terminal)];
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).toContain('pbkdf2_sha256_django\n  iterations=600000');
  });

  test('tells what has one reason together', () => {
    const skip = (label: string, backend: string, reason: string) => ({ hasher: 'argon2id', label, backend, reason });
    const skipped = [
      ...[skip('argon2id m=1', 'node:crypto', 'absent'), skip('argon2id m=2', 'node:crypto', 'absent')],
      ...[skip('argon2id m=2', 'lanes', 'no time'), skip('argon2id m=3', 'auto', 'no time')],
    ];
    const said = benchLines({ ...longest('auto'), skipped }, terminal).join('\n');
    expect(said).toContain('\n  argon2id on node:crypto (2): absent\n  argon2id on lanes m=2, argon2id m=3: no time\n');
  });

  test('on the page has every result, and the machine only as text', () => {
    const report = longest('auto');
    const page = benchPage(report, [{ label: 'md5', backend: 'auto', verdict: 'slower' }]);
    for (const { label } of report.results) expect(page).toContain(label);
    expect(page).toContain('on and on &lt;b&gt;');
    expect(page).not.toContain('on and on <b>');
  });

  test('as progress fits a line', () => {
    const label = `pbkdf2_sha256_django ${'x'.repeat(90)}`;
    const text = formatBenchProgress({ done: 1, cases: 40, label, phase: 'alone', elapsedMs: 1000, budgetMs: 60_000 });
    expect(text.length).toBeLessThan(80);
    const short = formatBenchProgress({
      done: 1,
      cases: 4,
      label: 'md5',
      phase: 'alone',
      elapsedMs: 1000,
      budgetMs: 60_000,
    });
    expect(short).toBe('1 of 4 · md5 · alone · at most 59 s left');
  });
});

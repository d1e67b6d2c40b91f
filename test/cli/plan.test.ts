/** digestry plan as users start it; the times are those of a bench report, so nothing depends on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BenchResult } from '../../src/reports/bench-report.js';
import { BENCH, benchResult } from '../support/bench-reports.js';
import { codeIn, digestry } from '../support/cli.js';

let folder: string;
let bench: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'digestry-plan-'));
  bench = join(folder, 'bench.json');
  writeFileSync(bench, JSON.stringify(BENCH));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = (...args: string[]) => digestry(['plan', '--bench', bench, ...args]);

describe('digestry plan', () => {
  test('prints a plan in 80 columns, with what it assumes', async () => {
    const { code, stdout, stderr } = await plan(
      ...['--mix', 'bcrypt:10=0.6,bcrypt:11=0.1,phpass=0.3', '--logins-per-second', '50'],
      ...['--upgrade-to', 'bcrypt:12', '--cores-per-machine', '4'],
    );
    expect([code, stderr]).toEqual([0, '']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    // Of the mix, of the bench, and of the upgrade.
    for (const label of ['bcrypt cost=10', 'bcrypt cost=11', 'Node 20.20.2', 'bcrypt cost=12']) {
      expect(stdout).toContain(label);
    }
  });

  test('prints one JSON object, of numbers that are numbers', async () => {
    const { code, stdout, stderr } = await plan(
      ...['--mix', 'bcrypt:10', '--logins-per-second', '500', '--upgrade-to', 'bcrypt:12', '--months', '0,2', '--json'],
    );
    expect([code, stderr]).toEqual([0, '']);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      measured: { on: { cpu: 'A processor', cores: 2, node: '20.20.2' }, now: false, noisy: false },
      p99Ms: 1000,
      mix: [{ hasher: 'bcrypt', label: 'bcrypt cost=10', params: { cost: 10 }, share: 1, aloneMs: 60, together: 3 }],
      leftOut: [],
      machine: { cores: 2, threads: 2, uvThreadpoolSize: null },
      demand: { loginsPerSecond: 500 },
      upgrade: { to: 'bcrypt cost=12', replaced: 1, months: [{ month: 0 }, { month: 2 }] },
    });
    expect(found.demand.machines).toBeGreaterThan(7);
    expect(stdout.split(/\bnull\b/)).toHaveLength(2);
    expect(Object.keys(found)).toEqual([
      'measured',
      'p99Ms',
      'mix',
      'leftOut',
      'login',
      'machine',
      'demand',
      'upgrade',
      'assumptions',
    ]);
  });

  test('takes what a check has counted, from a file and from stdin', async () => {
    const check = await digestry(['check', 'vectors/sample/users.csv', '--json', '--exit-zero']);
    const file = join(folder, 'check.json');
    writeFileSync(file, check.stdout);
    const results = JSON.stringify({
      ...BENCH,
      results: [
        ...BENCH.results,
        ...[
          'pbkdf2_sha1',
          'pbkdf2_sha256',
          'pbkdf2_sha512',
          'sha512_symfony',
          'sha256',
          'ldap_ssha',
          'hmac_sha256_utf16_b64',
        ].map(resultOf),
      ],
    });
    const whole = join(folder, 'whole.json');
    writeFileSync(whole, results);
    const args = ['--logins-per-second', '5', '--bench', whole, '--json'];
    const [fromFile, fromStdin] = await Promise.all([
      digestry(['plan', '--from', file, ...args]),
      digestry(['plan', '--from', '-', ...args], { input: check.stdout }),
    ]);
    expect([fromFile.code, fromFile.stderr]).toEqual([0, '']);
    expect(fromStdin.stdout).toBe(fromFile.stdout);
    const { mix } = JSON.parse(fromFile.stdout);
    expect(mix.reduce((sum: number, { share }: { share: number }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(new Set(mix.map(({ hasher }: { hasher: string }) => hasher)).size).toBeGreaterThan(15);
  });

  test('ends with 1 where no number of machines is enough', async () => {
    const { code, stdout } = await plan('--mix', 'bcrypt:10', '--logins-per-second', '5', '--p99-ms', '20', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).demand.machines).toBeNull();
  });

  test('measures this machine where no bench is given', async () => {
    const args = ['--mix', 'phpass:8,md5', '--logins-per-second', '1', '--confirm', '0.1', '--json'];
    const { code, stdout, stderr } = await digestry(['plan', ...args]);
    // On a slow machine a line now and then says how far it is.
    expect([code, stderr.replace(/^measuring .*\n/gm, '')]).toEqual([0, '']);
    const { measured, mix, confirmed } = JSON.parse(stdout);
    const pair = { predicted: expect.any(Number), measured: expect.any(Number), ratio: expect.any(Number) };
    expect(confirmed).toEqual({
      logins: { saturated: expect.any(Number), atRandom: expect.any(Number) },
      ...{ seconds: 0.1, saturationPerSecond: pair, p50Ms: pair, p99Ms: pair },
      ...{ perSecond: expect.any(Number), eventLoopBusy: expect.any(Number), others: expect.any(Number) },
    });
    expect(confirmed.perSecond / confirmed.saturationPerSecond.predicted).toBeCloseTo(0.7, 10);
    for (const one of [confirmed.saturationPerSecond, confirmed.p50Ms, confirmed.p99Ms]) {
      expect(one.measured).toBeGreaterThan(0);
    }
    expect(measured).toMatchObject({ now: true, on: { node: process.versions.node } });
    for (const { label, measuredAs, aloneMs } of mix) {
      expect(measuredAs).toBe(label);
      expect(aloneMs).toBeGreaterThan(0);
    }
  });
});

function resultOf(hasher: string): BenchResult {
  return benchResult(hasher, {}, 1, 1);
}

test('a set that the bench has no time for ends with 2', async () => {
  const { code, stdout, stderr } = await plan('--logins-per-second', '5', '--mix', 'pbkdf2_sha1:1000');
  expect([code, stdout, codeIn(stderr)]).toEqual([2, '', 'no-timing']);
});

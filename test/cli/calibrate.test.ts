/** digestry calibrate as users start it. What it measures is this machine's; what it may never do is not. */
import { describe, expect, test } from 'vitest';
import type { Calibration } from '../../src/capacity/calibrate/calibrate.js';
import { calibrationLines } from '../../src/present/calibrate/calibrate-text.js';
import { digestry } from '../support/cli.js';

describe('digestry calibrate', () => {
  test('gives OWASP’s minimum where a millisecond is wanted, and says so', async () => {
    const args = ['calibrate', '--kdf', 'bcrypt', '--target-ms', '1'];
    const [json, plain] = [await digestry([...args, '--json']), await digestry(args)];
    expect([json.code, json.stderr, plain.code, plain.stderr]).toEqual([0, '', 0, '']);
    const { machine, targetMs, calibrations } = JSON.parse(json.stdout);
    expect([machine.node, targetMs]).toEqual([process.versions.node, 1]);
    expect(calibrations).toEqual([
      expect.objectContaining({
        algorithm: 'bcrypt',
        upgradeTo: { hasher: 'bcrypt', cost: 10 },
        label: 'bcrypt cost=10',
        mix: 'bcrypt:10',
        reason: 'minimum',
        minimum: 'bcrypt cost=10',
        ms: expect.any(Number),
        perSecondPerCore: expect.any(Number),
      }),
    ]);
    for (const line of plain.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(plain.stdout).toContain("upgradeTo: { hasher: 'bcrypt', cost: 10 }");
    expect(plain.stdout).toContain('--upgrade-to bcrypt:10');
  });

  test('has its table in 80 columns, also of the longest lines that there can be', () => {
    const shared = {
      minimum: 'scrypt_werkzeug N=131072,r=8,p=1',
      perSecondPerCore: 0.0123,
      memoryBytes: 1023.5 * 2 ** 20,
      mostMemoryBytes: 1023.5 * 2 ** 30,
      spread: 0.5,
    };
    const found: Calibration[] = [
      {
        ...shared,
        algorithm: 'pbkdf2',
        upgradeTo: { hasher: 'pbkdf2_sha256_django', iterations: 10_000_000 },
        label: 'pbkdf2_sha256_django iterations=10000000',
        mix: 'pbkdf2_sha256_django:10000000',
        ms: 999.4,
        reason: 'limit',
      },
      {
        ...shared,
        algorithm: 'scrypt',
        upgradeTo: { hasher: 'scrypt_werkzeug', N: 131_072, r: 8, p: 16 },
        label: 'scrypt_werkzeug N=131072,r=8,p=16',
        mix: 'scrypt_werkzeug:N=131072,r=8,p=16',
        ms: 12_345,
        reason: 'minimum',
      },
    ];
    const machine = { cpu: 'A processor with a long name', cores: 128, node: '20.20.2' };
    const circumstances = { machine, noisy: true, targetMs: 12_345, concurrency: 10_000 };
    const lines = calibrationLines(found, circumstances, { stdout: {}, env: {} });
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines.join(' ')).toContain('the most that a verifier accepts');
  });
});

/** Whole commands are measured with their children's processor time and memory. */
import { platform } from 'node:process';
import { expect, test } from 'vitest';
import { runNode } from '../../bench/support/command.js';

const WORK = 'const kept = Buffer.alloc(64e6, 1); const end = Date.now() + 200; while (Date.now() < end); ';

test('a command gives its output and the time until its end', async () => {
  const { stdout, wallMs } = await runNode(['--eval', `${WORK} console.log(kept.length)`]);
  expect(stdout).toBe('64000000\n');
  expect(wallMs).toBeGreaterThan(200);
});

test.runIf(platform === 'linux')('Linux tells the processor time of a command, and the memory at most', async () => {
  const busy = await runNode(['--eval', WORK]);
  const idle = await runNode(['--eval', '0']);
  expect(busy.cpuMs).toBeGreaterThan(0);
  expect(busy.peakBytes).toBeGreaterThan(64e6);
  expect(idle.peakBytes ?? 0).toBeLessThan(busy.peakBytes as number);
});

test('a command that fails is not measured', async () => {
  await expect(runNode(['--eval', 'process.exit(3)'])).rejects.toThrow('ended with 3');
});

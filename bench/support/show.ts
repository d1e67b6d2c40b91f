/** Results of tinybench as lines: median rate, its spread, and the ratio to the first of the table. */
import { cpus } from 'node:os';
import type { Bench } from 'tinybench';

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What the numbers were taken on. */
export function machine(): string {
  return `node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores`;
}

/** @param perRun operations that one run of a task does. */
export function show(title: string, bench: Bench, perRun = 1): void {
  say(`\n${title}`);
  const rates = bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name} did not complete: ${result.state}`);
    const { p50, p75, p99 } = result.latency;
    return { name, rate: (1000 * perRun) / p50, spread: (p75 - p50) / p50, p99: p99 / perRun };
  });
  const first = rates[0]?.rate ?? 1;
  for (const { name, rate, spread } of rates) {
    const ratio = (rate / first).toFixed(2);
    say(`  ${name.padEnd(28)} ${grouped(rate).padStart(12)} /s  ± ${(100 * spread).toFixed(0)} %  × ${ratio}`);
  }
}

function grouped(rate: number): string {
  return Math.round(rate).toLocaleString('en-US');
}

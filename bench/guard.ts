/**
 * `npm run bench:check`: have the hot paths become slower? Ends with 1 where that is certain. `-- --update` makes what is
 * measured the new baseline of this processor and Node.
 */
import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpuName } from '../src/capacity/measure/machine.js';
import { commitHere } from './support/commit.js';
import { type Baseline, baselineFor, type Guarded, type GuardRow, guardedOf, judged } from './support/guard.js';
import { RUN_TYPESCRIPT } from './support/run-typescript.js';
import { say } from './support/show.js';

/** The interval of nine leaves the lowest and the highest out. */
const PROCESSES = 9;
const BASELINES = new URL('./results/hot-paths.json', import.meta.url);
const RATIOS = new URL('./support/hot-path-ratios.ts', import.meta.url);

function ratiosOfProcess(): Promise<Record<string, number>> {
  const child = fork(RATIOS, { execArgv: [...RUN_TYPESCRIPT] });
  return new Promise((resolve, reject) => {
    let ratios: Record<string, number> | undefined;
    child.on('message', (message) => {
      ratios = message as Record<string, number>;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (ratios !== undefined && code === 0) resolve(ratios);
      else reject(new Error(`measuring ended with ${signal ?? code}`));
    });
  });
}

function readBaselines(): Baseline[] {
  return existsSync(BASELINES) ? (JSON.parse(readFileSync(BASELINES, 'utf8')) as Baseline[]) : [];
}

function updated(baselines: readonly Baseline[], where: string, ratios: Guarded): Baseline[] {
  const commit = commitHere();
  const fresh: Baseline = { where, ...(commit !== undefined && { commit }), ratios };
  return [...baselines.filter((one) => one.where !== where), fresh].sort((a, b) => (a.where < b.where ? -1 : 1));
}

function line({ name, now, before, verdict }: GuardRow): string {
  const interval = ({ median, low, high }: Guarded[string]) =>
    `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  const change = before === undefined ? '' : `${(now.median / before.median).toFixed(2)}×`;
  const past = before === undefined ? '' : interval(before);
  return `${name.padEnd(24)} ${interval(now).padStart(18)} ${past.padStart(18)} ${change.padStart(6)}  ${verdict}`;
}

const where = `${cpuName()}, Node ${process.versions.node.split('.')[0]}`;
const processes: Record<string, number>[] = [];
for (let i = 0; i < PROCESSES; i++) {
  if (process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${PROCESSES} processes `);
  processes.push(await ratiosOfProcess());
}
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
const ratios = guardedOf(processes);
const baselines = readBaselines();
if (process.argv.includes('--update')) {
  writeFileSync(BASELINES, `${JSON.stringify(updated(baselines, where, ratios), null, 2)}\n`);
  say(`The baseline of ${where} is written to bench/results/hot-paths.json.`);
} else {
  const baseline = baselineFor(baselines, where);
  const rows = judged(ratios, baseline, where);
  say(`${'times its reference loop'.padEnd(24)} ${'now'.padStart(18)} ${'baseline'.padStart(18)}`);
  for (const row of rows) say(line(row));
  if (baseline === undefined) say('There is no baseline: npm run bench:check -- --update makes one.');
  else if (baseline.where !== where) {
    say(`The baseline is of ${baseline.where}, and this is ${where}: only what is half as slow again is told.`);
  }
  const slower = rows.filter(({ verdict }) => verdict === 'slower');
  say(
    slower.length === 0
      ? 'No hot path is slower.'
      : `Slower for certain: ${slower.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = slower.length === 0 ? 0 : 1;
}

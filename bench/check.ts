/** An export of bcrypt digests checked by the command line on two cores, against papaparse and zod. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hashers } from '../dist/index.js';
import { type Contestant, race } from './support/race.js';
import { mebibytes, perSecond, type Row, times } from './support/row.js';
import { writeUsers } from './support/users-csv.js';
import { present } from './support/versus.js';
import { versionOf } from './thirdparty/load.js';

const run = promisify(execFile);
const ROWS = 1_000_000;
const MANY_ROWS = 4 * ROWS;
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What a process says of its work. */
interface Done {
  readonly rows: number;
  readonly durationMs: number;
  readonly peakRssBytes: number;
}

/** @returns rows that are fine, and the time from after the start of the process to its report. */
async function checkByDigestry(file: string): Promise<Done> {
  const { stdout } = await run(process.execPath, [path('../dist/cli/main.js'), 'check', file, '--json']);
  const { totals, timing } = JSON.parse(stdout);
  return { rows: totals.ok, durationMs: timing.durationMs, peakRssBytes: timing.peakRssBytes };
}

async function checkByZod(file: string): Promise<Done> {
  const names = hashers.map(({ name }) => name);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', path('thirdparty/check-csv.ts'), file, ...names]);
  return JSON.parse(stdout);
}

function checker(name: string, file: string, check: (file: string) => Promise<Done>): Contestant {
  return {
    name,
    // All rows are fine; what a bad one is to each of them is not compared.
    proves: async () => (await check(file)).rows === ROWS,
    measure: async () => (await check(file)).durationMs / ROWS,
  };
}

export async function ask(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'digestry-bench-'));
  try {
    const file = join(folder, 'users.csv');
    await writeUsers(file, ROWS);
    const ours = checker('digestry', file, checkByDigestry);
    const rivals = ['papaparse', 'zod'].every((name) => versionOf(name) !== undefined);
    const theirs = rivals ? checker('papaparse + zod', file, checkByZod) : undefined;
    const measured = await race(present([ours, theirs]), { rounds: 3, warmUpMs: 0 });
    await writeUsers(file, MANY_ROWS);
    const { peakRssBytes } = await checkByDigestry(file);
    const rate = (one: Contestant) => perSecond(1000 / measured.ms(one));
    const rows: Row[] = [
      {
        what: `check, memory at ${MANY_ROWS / 1e6} M rows`,
        measured: mebibytes(peakRssBytes),
        wanted: { most: 300 },
      },
    ];
    if (theirs === undefined) return rows;
    const { ratio, spread } = measured.faster(ours, theirs);
    const speed = { ours: rate(ours), theirs: rate(theirs), measured: times(ratio), spread };
    return [{ what: 'check of CSV, rows', against: theirs.name, ...speed, wanted: { least: 10 } }, ...rows];
  } finally {
    await rm(folder, { recursive: true });
  }
}

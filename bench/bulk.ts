/** Ten million rows of bcrypt digests checked by the command line on two cores, against papaparse with zod, and csv-parse. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clerkHashers } from '../src/index.js';
import { runNode } from './support/command.js';
import { type Contestant, race } from './support/race.js';
import { type Amount, mebibytes, perSecond, type Row, times } from './support/row.js';
import { writeUsers } from './support/users-csv.js';
import { present } from './support/versus.js';
import { versionOf } from './thirdparty/load.js';

const ROWS = 10_000_000;
/** Of a rival that would take a minute for the others. */
const FEWER_ROWS = 1_000_000;
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const SIZE = `${ROWS / 1e6} M rows`;

/** Of a whole command, its start included. */
interface Done {
  /** That passed. */
  readonly rows: number;
  readonly durationMs: number;
  readonly peakBytes: number | undefined;
}

async function checkByDigestry(file: string): Promise<Done> {
  const { stdout, wallMs, peakBytes } = await runNode([path('../dist/cli/main.js'), 'check', file, '--json']);
  const { totals, timing } = JSON.parse(stdout);
  return { rows: totals.ok, durationMs: wallMs, peakBytes: peakBytes ?? timing.peakRssBytes };
}

async function checkByZod(file: string): Promise<Done> {
  const names = clerkHashers.map(({ name }) => name);
  const { stdout, wallMs, peakBytes } = await runNode([path('thirdparty/check-csv.mjs'), file, 'columns', ...names]);
  return { rows: JSON.parse(stdout).passed, durationMs: wallMs, peakBytes };
}

async function readByCsvParse(file: string): Promise<Done> {
  const { stdout, wallMs, peakBytes } = await runNode([path('thirdparty/check-csv-parse.mjs'), file]);
  return { rows: JSON.parse(stdout).rows, durationMs: wallMs, peakBytes };
}

function rateOf({ rows, durationMs }: Done): Amount {
  return perSecond((1000 * rows) / durationMs);
}

function memoryOf({ peakBytes }: Done): Row {
  return { what: 'its memory', measured: mebibytes(peakBytes ?? Number.NaN), wanted: { most: 300 } };
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
    const isHere = (...names: readonly string[]) => names.every((name) => versionOf(name) !== undefined);
    const zod = isHere('papaparse', 'zod') ? checker('papaparse + zod', file, checkByZod) : undefined;
    const measured = await race(present([ours, zod]), { rounds: 3, warmUpMs: 0 });
    const rate = (one: Contestant) => perSecond(1000 / measured.ms(one));
    const rows: Row[] = [];
    if (zod !== undefined) {
      const { ratio, spread } = measured.faster(ours, zod);
      const speed = { ours: rate(ours), theirs: rate(zod), measured: times(ratio), spread };
      rows.push({ what: `check of CSV, ${SIZE}`, against: zod.name, ...speed, wanted: { least: 10 } });
    }
    rows.push({ what: `check of CSV, ${SIZE}`, measured: rate(ours), wanted: { least: 3_500_000 } });
    rows.push(memoryOf(await checkByDigestry(file)));
    await writeUsers(file, ROWS, 'ndjson');
    const ndjson = await checkByDigestry(file);
    rows.push({ what: `check of NDJSON, ${SIZE}`, measured: rateOf(ndjson), wanted: { least: 2_000_000 } });
    rows.push(memoryOf(ndjson));
    if (isHere('csv-parse')) {
      await writeUsers(file, FEWER_ROWS);
      const [one, other] = [await checkByDigestry(file), await readByCsvParse(file)];
      const speed = { ours: rateOf(one), theirs: rateOf(other), measured: times(other.durationMs / one.durationMs) };
      rows.push({ what: 'check of CSV, 1 M rows', against: 'csv-parse', ...speed });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

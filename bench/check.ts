/**
 * `digestry check` of exports in the shapes of platforms, against what people write for them: whole commands in turns,
 * start-up included.
 *
 *     npm run bench -- check --rows 100000 --shape clerk --shape ldif --rounds 5 --cpu
 *
 * `--cpu` compares processor time, for a machine that others use too: threads do not count then.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clerkHashers } from '../src/index.js';
import { CHECK_CASES, type CheckCase } from './support/check-cases.js';
import { type Ran, runNode } from './support/command.js';
import type { Expectation } from './support/export/expectation.js';
import { generateExport } from './support/export/generate.js';
import { shapes } from './support/export/shapes/index.js';
import { type Contestant, type Race, race } from './support/race.js';
import { type Ask, mebibytes, ms, perSecond, type Row, times } from './support/row.js';
import { present } from './support/versus.js';
import { versionOf } from './thirdparty/load.js';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const FEW_ROWS = 880;
const ROUNDS = 3;
/** Of what takes less than a second. */
const MANY_ROUNDS = 9;
/** Threads pay from so many rows on. */
const THREADS_FROM = 3_000_000;

/** What is measured of a run. */
type Clock = 'wallMs' | 'cpuMs';

interface Written {
  readonly file: string;
  readonly flags: readonly string[];
  readonly expected: Expectation;
}

/** A command as a contestant. It is measured only where its answer is right. */
interface Command extends Contestant {
  /** The most that a run held. */
  peakBytes(): number | undefined;
}

export const ask: Ask = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      shape: { type: 'string', multiple: true },
      rounds: { type: 'string', default: `${ROUNDS}` },
      cpu: { type: 'boolean', default: false },
    },
  });
  const cases = casesOf(values.shape);
  const rounds = countOf('--rounds', values.rounds);
  const count = values.rows === undefined ? undefined : countOf('--rows', values.rows);
  const folder = await mkdtemp(join(tmpdir(), 'digestry-bench-'));
  try {
    const rows: Row[] = [];
    for (const one of cases) {
      const asked = { ...one, rows: count ?? one.rows };
      rows.push(...(await askOne(asked, folder, values.cpu ? 'cpuMs' : 'wallMs', rounds)));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** All, or those of these shapes. */
function casesOf(names: readonly string[] | undefined): readonly CheckCase[] {
  if (names === undefined) return CHECK_CASES;
  return names.map((name) => {
    const found = CHECK_CASES.find(({ shape }) => shape === name);
    if (found !== undefined) return found;
    throw new Error(
      `--shape: no measured shape is ${name}; known: ${CHECK_CASES.map(({ shape }) => shape).join(', ')}`,
    );
  });
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`${option} must be a positive integer`);
}

async function askOne(one: CheckCase, folder: string, clock: Clock, rounds: number): Promise<Row[]> {
  const large = await write(one, folder);
  const rows = [...(await askLarge(one, large, clock, rounds)), ...(await askSmall(one, folder, clock))];
  await rm(large.file);
  return rows;
}

async function askLarge(one: CheckCase, written: Written, clock: Clock, rounds: number): Promise<Row[]> {
  const { shape, rows, least } = one;
  const ours = digestry('digestry', written, clock);
  const isParallel = clock === 'wallMs' && availableParallelism() > 1;
  const single = isParallel ? digestry('one thread', written, clock, ['--threads', '1']) : undefined;
  const theirs = rivalOf(one, written, clock);
  const measured = await race(present([ours, single, theirs]), { rounds, warmUpMs: 0 });
  const what = `${shape}, ${countText(rows)} rows`;
  const answer = pairs(measured, ours, rows);
  const found =
    theirs === undefined ? [{ what, measured: perSecond(rateOf(measured, ours, rows)) }] : answer(what, theirs, least);
  const threads = single === undefined ? [] : answer('  two threads', single, rows >= THREADS_FROM ? 1.6 : undefined);
  const peakBytes = ours.peakBytes();
  const memory =
    peakBytes === undefined ? [] : [{ what: '  its memory', measured: mebibytes(peakBytes), wanted: { most: 300 } }];
  return [...found, ...threads, ...memory];
}

/** Start-up counts: most exports are small. */
async function askSmall(one: CheckCase, folder: string, clock: Clock): Promise<Row[]> {
  const written = await write({ ...one, rows: FEW_ROWS }, folder);
  const ours = digestry('digestry', written, clock);
  const bare = command('bare Node', ['--eval', '0'], clock, () => true);
  const theirs = rivalOf(one, written, clock);
  const measured = await race(present([ours, bare, theirs]), { rounds: MANY_ROUNDS, warmUpMs: 0 });
  const { ratio, spread } = measured.faster(bare, ours);
  const speed = { ours: ms(measured.ms(ours)), theirs: ms(measured.ms(bare)), measured: times(ratio), spread };
  const what = `  ${FEW_ROWS} rows`;
  const startUp: Row = { what, against: 'bare Node', ...speed, wanted: { most: 2.7 } };
  if (theirs === undefined) return [startUp];
  const against = measured.faster(ours, theirs);
  return [
    startUp,
    {
      ...{ what, against: theirs.name, ours: ms(measured.ms(ours)), theirs: ms(measured.ms(theirs)) },
      ...{ measured: times(against.ratio), spread: against.spread },
    },
  ];
}

async function write({ shape, rows }: CheckCase, folder: string): Promise<Written> {
  const { extension, firebaseConfig } = shapes[shape];
  const file = join(folder, `${shape}-${rows}.${extension}`);
  const { chunks, expected } = generateExport({ shape, rows });
  await writeFile(file, chunks);
  if (firebaseConfig === undefined) return { file, flags: [], expected: expected() };
  const config = join(folder, 'hash-config.txt');
  await writeFile(config, firebaseConfig);
  return { file, flags: ['--firebase-config', config], expected: expected() };
}

function digestry(
  name: string,
  { file, flags, expected }: Written,
  clock: Clock,
  more: readonly string[] = [],
): Command {
  const args = [path('../dist/cli/main.js'), 'check', file, '--json', '--exit-zero', ...flags, ...more];
  const wanted = JSON.stringify(expected.totals);
  return command(name, args, clock, (stdout) => JSON.stringify(JSON.parse(stdout).totals) === wanted);
}

function rivalOf({ shape, rival }: CheckCase, { file, expected }: Written, clock: Clock): Command | undefined {
  if (rival === undefined) return undefined;
  const isHere = rival.packages.every((name) => versionOf(name) !== undefined);
  if (!isHere || expected.input.bytes > (rival.mostBytes ?? Number.POSITIVE_INFINITY)) return undefined;
  const args = [path(`thirdparty/${rival.script}`), file, shape, ...clerkHashers.map(({ name }) => name)];
  const { rows, missing } = expected.totals;
  // Entries without a password have no line to count.
  const wanted = shapes[shape].format === 'ldif' ? rows - missing : rows;
  return command(rival.name, args, clock, (stdout) => JSON.parse(stdout).rows === wanted);
}

function command(name: string, args: readonly string[], clock: Clock, isRight: (stdout: string) => boolean): Command {
  let peakBytes: number | undefined;
  async function run(): Promise<Ran> {
    const ran = await runNode(args);
    if (!isRight(ran.stdout)) throw new Error(`${name} gives a wrong answer`);
    if (ran.peakBytes !== undefined) peakBytes = Math.max(peakBytes ?? 0, ran.peakBytes);
    return ran;
  }
  return {
    name,
    // Each run is looked at: a first one would take as long as a round.
    proves: () => true,
    async measure() {
      const elapsed = (await run())[clock];
      if (elapsed === undefined) throw new Error('the processor time of commands is known on Linux only');
      return elapsed;
    },
    peakBytes: () => peakBytes,
  };
}

/** A rate each, and how many times faster ours is. */
function pairs(measured: Race, ours: Contestant, rows: number) {
  return (what: string, other: Contestant, least: number | undefined): Row[] => {
    const { ratio, spread } = measured.faster(ours, other);
    const rate = (one: Contestant) => perSecond(rateOf(measured, one, rows));
    const speed = { ours: rate(ours), theirs: rate(other), measured: times(ratio), spread };
    return [{ what, against: other.name, ...speed, ...(least !== undefined && { wanted: { least } }) }];
  };
}

function rateOf(measured: Race, one: Contestant, rows: number): number {
  return (1000 * rows) / measured.ms(one);
}

function countText(rows: number): string {
  return rows >= 1e6 ? `${rows / 1e6} M` : rows >= 1e4 ? `${rows / 1e3} k` : `${rows}`;
}

/**
 * Runs the questions, each in a process of its own: all, or those that are named. Options go to the one question that is
 * named before them. Prints one table.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commitHere } from './support/commit.js';
import { pinnableCores, thisMachine } from './support/machine.js';
import { QUESTIONS, type QuestionName } from './support/questions.js';
import { describe, writeResults } from './support/results.js';
import type { Row } from './support/row.js';
import { RUN_TYPESCRIPT } from './support/run-typescript.js';
import { summary, terminalTable, wrapped } from './support/text.js';
import { installRivals } from './thirdparty/install.js';

const ALL = Object.keys(QUESTIONS) as QuestionName[];
const LEGEND =
  'Medians of rounds in turns, ± half the distance of their quartiles.\nWhat is in brackets was hoped for.';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What does not belong to the result. */
function tell(text: string): void {
  process.stderr.write(text);
}

/** @param cores that it may be held on: the last ones are taken, as the first has more interrupts. */
function answer(name: QuestionName, cores: readonly number[] | undefined, options: readonly string[]): Promise<Row[]> {
  const held = cores?.slice(-QUESTIONS[name]).join(',');
  const command = held === undefined ? [process.execPath] : ['taskset', '-c', held, process.execPath];
  const script = fileURLToPath(new URL('./support/answer.ts', import.meta.url));
  const [program = '', ...args] = [...command, ...RUN_TYPESCRIPT, script, name, ...options];
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    let rows: Row[] | undefined;
    child.on('message', (message) => {
      rows = message as Row[];
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (rows !== undefined && code === 0) resolve(rows);
      else reject(new Error(`${name} ended with ${signal ?? code}`));
    });
  });
}

const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const [asked, options] = firstOption === -1 ? [args, []] : [args.slice(0, firstOption), args.slice(firstOption)];
const unknown = asked.filter((name) => !ALL.includes(name as QuestionName));
if (unknown.length > 0) {
  tell(`there is no question ${unknown.join(', ')}; there are ${ALL.join(', ')}\n`);
  process.exit(2);
}
if (options.length > 0 && asked.length !== 1) {
  tell('options need one question before them\n');
  process.exit(2);
}
if (!installRivals()) tell('they cannot be installed: rows against them are left out\n');
const cores = pinnableCores();
const machine = thisMachine();
const rows: Record<string, Row[]> = {};
for (const name of ALL.filter((one) => asked.length === 0 || asked.includes(one))) {
  const since = performance.now();
  tell(`${name} … `);
  try {
    rows[name] = await answer(name, cores, options);
  } catch (error) {
    rows[name] = [{ what: name, missing: 'failed' }];
    tell(`${(error as Error).message} `);
    process.exitCode = 1;
  }
  tell(`${((performance.now() - since) / 1000).toFixed(0)} s\n`);
}
const all = Object.values(rows).flat();
const [here, versions] = describe(machine);
say(`\n${wrapped(here)}\n${wrapped(`against ${versions}`)}`);
if (cores === undefined)
  say('Not held on one core, as there is no taskset here: what uses more than one looks better than it is.');
say(`\n${terminalTable(all)}\n\n${summary(all)}. ${LEGEND}`);
if (asked.length === 0 && process.exitCode === undefined) {
  const commit = commitHere();
  const results = {
    date: new Date().toISOString().slice(0, 10),
    ...(commit !== undefined && { commit }),
    machine,
    rows,
  };
  say(`Written to bench/results/${writeResults(results)}`);
}

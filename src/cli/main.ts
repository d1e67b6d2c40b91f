#!/usr/bin/env node
/** The command digestry. */
import { type Command, CommanderError } from 'commander';
import { DigestError } from '../errors.js';
import { InputProblem } from '../files/input-problem.js';
import { OutputProblem, writeProblem } from '../files/output-problem.js';
import { VERSION } from '../version.js';
import { bugProblem, type Problem, tellProblem, UsageError } from './problem.js';
import { createProgram, fullName, wantedCommand } from './program.js';
import { EXIT, type Terminal } from './terminal.js';

const terminal: Terminal = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };
const exit = (code: number): void => {
  process.exitCode = code;
};
let running = 'digestry';

async function main(args: readonly string[]): Promise<void> {
  try {
    const wanted = wantedCommand(args);
    const program = await createProgram({ terminal, exit }, (name) => name === wanted);
    program.hook('preAction', (_, command: Command) => {
      running = fullName(command);
    });
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    // The help that was asked for, or that shows which commands there are.
    exit(error.exitCode === 0 ? EXIT.fine : EXIT.usage);
    return;
  }
  const problem = problemIn(error);
  exit(problem === undefined ? EXIT.bug : EXIT.usage);
  tellProblem(terminal, problem ?? bugProblem(error, VERSION));
}

/** Undefined for an unexpected error. */
function problemIn(error: unknown): Problem | undefined {
  if (error instanceof UsageError) {
    const { message, fix = `see ${running} --help`, code, field } = error;
    return { message, fix, code, field };
  }
  const isKnown = error instanceof InputProblem || error instanceof OutputProblem || error instanceof DigestError;
  return isKnown ? error : undefined;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `digestry … | head` closes the pipe, which is not an error: the exit code stays.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
    if (stream === process.stdout) tellProblem(terminal, writeProblem('stdout', error));
    process.exit(EXIT.usage);
  });
}
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

await main(process.argv.slice(2));

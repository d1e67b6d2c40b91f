#!/usr/bin/env node
/** The command digestry: the process around a run. */
import { writeProblem } from '../files/output-problem.js';
import { tellProblem } from './problem.js';
import { createRun } from './run.js';
import { EXIT, type Terminal } from './terminal.js';

const terminal: Terminal = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };
const run = createRun({
  terminal,
  exit(code) {
    process.exitCode = code;
  },
});

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `digestry … | head` closes the pipe, which is not an error: the exit code stays.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
    if (stream === process.stdout) tellProblem(terminal, writeProblem('stdout', error));
    process.exit(EXIT.usage);
  });
}
process.on('uncaughtException', (error) => {
  run.fail(error);
  process.exit();
});

await run.start(process.argv.slice(2));

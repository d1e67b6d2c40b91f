#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
/** The command digestry. */
import { sanitizeForDisplay } from '../encoding/display.js';
import { InputProblem } from '../files/input-problem.js';
import { OutputProblem } from '../files/output-problem.js';
import { VERSION } from '../version.js';
import { benchCommand } from './bench.js';
import { bugLine } from './bug.js';
import { calibrateCommand } from './calibrate.js';
import { checkCommand } from './check.js';
import { convertCommand } from './convert.js';
import { doctorCommand } from './doctor.js';
import { hashersCommand } from './hashers.js';
import { identifyCommand } from './identify.js';
import { parseCommand } from './parse.js';
import { planCommand } from './plan.js';
import { reportCommand } from './report.js';
import { EXIT, type Exit, type Terminal, talk, talkText, UsageError } from './terminal.js';
import { verifyCommand } from './verify.js';

const terminal: Terminal = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };
const COMMANDS = [
  checkCommand,
  reportCommand,
  verifyCommand,
  identifyCommand,
  parseCommand,
  convertCommand,
  hashersCommand,
  doctorCommand,
  benchCommand,
  planCommand,
  calibrateCommand,
];

/** Commander repeats arguments. */
const output = {
  writeOut: (text: string) => talkText({ stderr: terminal.stdout }, text),
  writeErr: (text: string) => talkText(terminal, text),
};

const exit: Exit = (code) => {
  process.exitCode = code;
};

async function main(): Promise<void> {
  const program = new Command('digestry')
    .description('Password digests: pre-validate exports, verify passwords, tell formats apart, plan logins.')
    .version(VERSION)
    .showHelpAfterError('(digestry --help shows the commands)')
    .addHelpText('after', '\nFirst: digestry check users.csv\nEach command has its own --help.')
    .exitOverride()
    .configureOutput(output);
  for (const create of COMMANDS) {
    const command = create(terminal, exit);
    program.addCommand(command);
    for (const one of [command, ...command.commands]) {
      one.configureOutput(output);
      const name = one === command ? command.name() : `${command.name()} ${one.name()}`;
      one.showHelpAfterError(`(digestry ${name} --help shows how it is used)`).exitOverride();
    }
  }
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  // Commander has said what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) exit(error.exitCode === 0 ? EXIT.fine : EXIT.usage);
  else if (error instanceof UsageError || error instanceof InputProblem) {
    exit(EXIT.usage);
    const place =
      error instanceof InputProblem && error.file !== undefined ? `${sanitizeForDisplay(error.file, 200)}: ` : '';
    talk(terminal, `digestry: ${place}${error.message}`);
    if (error instanceof InputProblem && error.fix !== undefined) talk(terminal, `  fix: ${error.fix}`);
  } else if (error instanceof OutputProblem) {
    exit(EXIT.usage);
    talk(terminal, `digestry: ${sanitizeForDisplay(error.file, 200)}: ${error.message}`);
    talk(terminal, `  fix: ${error.fix}`);
  } else {
    exit(EXIT.bug);
    talk(terminal, bugLine(error, VERSION));
  }
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `digestry … | head` closes the pipe, which is no error: the code that is due stays.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
    if (stream === process.stdout) talk(terminal, `digestry: the output cannot be written (${error.code})`);
    process.exit(EXIT.usage);
  });
}
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

await main();

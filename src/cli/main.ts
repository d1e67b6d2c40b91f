#!/usr/bin/env node
/** The command digestry. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { checkCommand } from './check.js';
import { convertCommand } from './convert.js';
import { doctorCommand } from './doctor.js';
import { hashersCommand } from './hashers.js';
import { identifyCommand } from './identify.js';
import { parseCommand } from './parse.js';
import { EXIT, type ExitCode, type Terminal, talk, UsageError } from './terminal.js';
import { verifyCommand } from './verify.js';

const terminal: Terminal = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };
const COMMANDS = [
  checkCommand,
  verifyCommand,
  identifyCommand,
  parseCommand,
  convertCommand,
  hashersCommand,
  doctorCommand,
];

async function main(): Promise<void> {
  const exit = (code: ExitCode) => {
    process.exitCode = code;
  };
  const program = new Command('digestry')
    .description('Password digests: pre-validate exports, verify passwords, tell formats apart.')
    .version(version())
    .showHelpAfterError('(digestry --help shows the commands)');
  for (const command of COMMANDS) program.addCommand(command(terminal, exit));
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    exit(codeOf(error));
  }
}

function codeOf(error: unknown): ExitCode {
  // Commander has said what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (error instanceof UsageError) {
    talk(terminal, `digestry: ${error.message}`);
    return EXIT.usage;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : 'an unknown error';
  talk(terminal, `digestry: this is a bug of digestry, not of your data.\n${detail}`);
  return EXIT.bug;
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

// `digestry … | head` closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
  throw error;
});

await main();

/** The commands as one program. A command's own file is loaded where the command is wanted, not before. */
import { Command, type CommanderError } from 'commander';
import { WIDTH } from '../present/terminal-style.js';
import { VERSION } from '../version.js';
import { COMMANDS } from './commands.js';
import { UsageError } from './problem.js';
import { type Context, talkText } from './terminal.js';

const HELP = `
Example:
  digestry check users.csv

Each command has its own help: digestry check --help`;

/** @param isWanted by a command's name; the others have their name and description only. */
export async function createProgram(
  streams: Omit<Context, 'program'>,
  isWanted: (name: string) => boolean,
): Promise<Command> {
  const { terminal } = streams;
  const context: Context = { ...streams, program: () => createProgram(streams, () => true) };
  const program = new Command('digestry')
    .description('Verify password digests, and find out before a migration which will fail.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .configureHelp({ helpWidth: WIDTH, subcommandTerm: (command) => command.name() })
    .configureOutput({
      // Commander repeats arguments.
      writeOut: (text) => talkText({ stderr: terminal.stdout }, text),
      writeErr: (text) => talkText(terminal, text),
      // Thrown, and reported like every other problem.
      outputError: () => undefined,
    })
    .commandsGroup('Shell:')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', HELP)
    .exitOverride();
  for (const { name, group, description, load } of COMMANDS) {
    const command = program.command(name).description(description).helpGroup(group);
    if (isWanted(name)) (await load())(command, context);
  }
  for (const command of allCommands(program)) command.exitOverride((error) => throwUsage(error, command));
  return program;
}

/** The name of the command that the arguments begin with. */
export function wantedCommand(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  return first === 'help' ? second : first;
}

export function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** `digestry report merge` */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

/** `error: unknown command 'chekc'` and, on a line of its own, `(Did you mean check?)` */
const MEANT = /^(?:error: )?([\s\S]*?)(?:\n\(Did you mean (?:one of )?(.*)\?\))?$/;
/** `option '--kdf <kdf>' argument 'md5' is invalid. Allowed choices are bcrypt, scrypt.`; of arguments, `for argument 'x'` after it. */
const CHOICES = /^([\s\S]* is invalid(?: for argument '[^']*')?)\. Allowed choices are (.*)\.$/;

function throwUsage(error: CommanderError, command: Command): never {
  // The help or the version, which is printed.
  if (error.exitCode === 0 || error.code === 'commander.help') throw error;
  const [, message = error.message, meant] = MEANT.exec(error.message) ?? [];
  const [, invalid, choices] = CHOICES.exec(message) ?? [];
  if (invalid !== undefined) throw new UsageError(invalid, `use one of ${choices}`);
  const help = `see ${fullName(command)} --help`;
  throw new UsageError(message, meant === undefined ? help : `use ${meant.replaceAll(', ', ' or ')}, or ${help}`);
}

/** The commands as one program. A command's own file is loaded where the command is wanted, not before. */
import { Command, type CommanderError } from 'commander';
import { nearestName } from '../encoding/received.js';
import { WIDTH } from '../present/terminal-style.js';
import { VERSION } from '../version.js';
import { COMMANDS } from './commands.js';
import { UsageError } from './problem.js';
import { type Context, talkText, widthOf } from './terminal.js';

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
    .configureHelp({
      helpWidth: Math.min(WIDTH, widthOf(terminal.stdout)),
      subcommandTerm: (command) => command.name(),
    })
    .configureOutput({
      // Commander repeats arguments.
      writeOut: (text) => talkText({ stderr: terminal.stdout }, text),
      writeErr: (text) => talkText(terminal, text),
      // Thrown, and reported like every other problem.
      outputError: () => undefined,
    })
    .addHelpText('after', HELP)
    .exitOverride();
  for (const { name, group, description, load } of COMMANDS) {
    const command = program.command(name).description(description).helpGroup(group);
    if (isWanted(name)) (await load())(command, context);
  }
  program
    .command('help')
    .description('show the help of a command')
    .helpGroup('Shell:')
    .argument('[command...]', 'a command, or a command and its subcommand')
    .action((path: string[]) => findCommand(program, path).outputHelp());
  for (const command of allCommands(program)) {
    command.helpCommand(false).exitOverride((error) => throwUsage(error, command));
  }
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

/** @throws {UsageError} */
function findCommand(program: Command, path: readonly string[]): Command {
  return path.reduce((within, name) => {
    const found = within.commands.find((one) => one.name() === name);
    if (found === undefined) throw unknownCommand(within, name);
    return found;
  }, program);
}

/** What is wrong with the arguments is read from the command: commander's sentences are not ours. */
const PROBLEMS: Readonly<Record<string, (command: Command) => UsageError>> = {
  'commander.unknownCommand': (command) => unknownCommand(command, command.args[0] ?? ''),
  'commander.unknownOption': unknownFlag,
  'commander.excessArguments': tooManyArguments,
  'commander.missingArgument': missingArgument,
  'commander.optionMissingArgument': missingValue,
  'commander.missingMandatoryOptionValue': missingFlag,
};

function throwUsage(error: CommanderError, command: Command): never {
  const toProblem = PROBLEMS[error.code];
  // The help or the version, which is printed.
  throw toProblem === undefined ? error : toProblem(command);
}

function seeHelp(command: Command, nearest?: string): string {
  const help = `see ${fullName(command)} --help`;
  return nearest === undefined ? help : `use ${nearest}, or ${help}`;
}

/** The word is not repeated: it may be a digest or a password. */
function unknownCommand(command: Command, word: string): UsageError {
  const names = command.commands.map((one) => one.name());
  return new UsageError('unknown command', seeHelp(command, nearestName(word, names)));
}

/** The first argument that is an unknown flag. What follows `=` may be a password. */
function unknownFlag(command: Command): UsageError {
  const [given = ''] = command.args.find((arg) => /^-./.test(arg))?.split('=') ?? [];
  const named = /^--[a-z][a-z-]*$/i.test(given) ? ` ${given}` : '';
  if (command.options.some(({ long }) => long === given)) {
    return new UsageError(`${given} takes no value`, seeHelp(command));
  }
  const names = command.options.flatMap(({ long }) => long?.slice(2) ?? []);
  const nearest = nearestName(given.replace(/^-+/, ''), names);
  return new UsageError(`unknown flag${named}`, seeHelp(command, nearest && `--${nearest}`));
}

function tooManyArguments(command: Command): UsageError {
  const { args, registeredArguments } = command;
  const most = registeredArguments.length;
  const takes = most === 0 ? 'no arguments' : most === 1 ? '1 argument' : `${most} arguments`;
  return new UsageError(`${command.name()} takes ${takes} (given ${args.length})`, seeHelp(command));
}

function missingArgument(command: Command): UsageError {
  const missing = command.registeredArguments.find(({ required }, i) => required && command.args[i] === undefined);
  return new UsageError(`no ${missing?.name() ?? 'argument'} given`, seeHelp(command));
}

/** A flag takes the argument after it, whatever that is: without a value it is the last one. */
function missingValue(command: Command): UsageError {
  const flag = programOf(command).rawArgs.at(-1) ?? '';
  return new UsageError(`${flag} needs a value`, seeHelp(command));
}

function programOf(command: Command): Command & { readonly rawArgs: readonly string[] } {
  return command.parent === null ? (command as ReturnType<typeof programOf>) : programOf(command.parent);
}

function missingFlag(command: Command): UsageError {
  const missing = command.options.find(
    (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
  );
  return new UsageError(`no ${missing?.long} given`, `add ${missing?.flags}, or ${seeHelp(command)}`);
}

/** digestry completion: scripts for shells, made from the definitions of the commands. */
import { Argument, type Command, type Option } from 'commander';
import { defaultRegistry } from '../library.js';
import { systemNames } from '../recognize/systems/index.js';
import { backendChoices } from './bench.js';
import { type CompletedCommand, type CompletedFlag, type Shell, scripts, type Values } from './completion-scripts.js';
import { checkChoice } from './flags.js';
import { type Context, print } from './terminal.js';

const HELP = `
Install digestry globally (npm install --global digestry), then add this to your
shell:
  bash  eval "$(digestry completion bash)"           in ~/.bashrc
  zsh   eval "$(digestry completion zsh)"            in ~/.zshrc, after compinit
  fish  digestry completion fish > ~/.config/fish/completions/digestry.fish`;

export function defineCompletion(command: Command, { terminal, program }: Context): void {
  command
    .addArgument(shellArgument())
    .addHelpText('after', HELP)
    .action(async (shell: Shell) => {
      await print(terminal, ...scripts[shell](describeCommands(await program())).split('\n'));
    });
}

function shellArgument(): Argument {
  const shells = Object.keys(scripts);
  return new Argument('<shell>', 'your shell').choices(shells).argParser((shell) => {
    checkChoice('unknown shell', shell, shells);
    return shell;
  });
}

/** The command, and its subcommands after it. */
export function describeCommands(command: Command, path = '', siblings: readonly string[] = []): CompletedCommand[] {
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  const own: CompletedCommand = {
    path,
    subcommands: subcommands.map((one) => ({ name: one.name(), description: one.description() })),
    flags: help.visibleOptions(command).map(describeFlag),
    values: command.name() === 'help' ? siblings : argumentValues(command),
  };
  const names = subcommands.map((one) => one.name()).filter((name) => name !== 'help');
  return [own, ...subcommands.flatMap((one) => describeCommands(one, `${path} ${one.name()}`.trim(), names))];
}

function argumentValues({ registeredArguments: [argument] }: Command): Values {
  return argument === undefined ? [] : describeValues(argument.name(), argument.argChoices);
}

function describeFlag({ short, long, description, flags, argChoices }: Option): CompletedFlag {
  const placeholder = /<(.+)>/.exec(flags)?.[1];
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    ...(placeholder !== undefined && { values: describeValues(placeholder, argChoices) }),
  };
}

/** By the name that stands for the value in the help. */
function describeValues(placeholder: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return choices;
  if (/^file\b/.test(placeholder)) return 'files';
  if (placeholder === 'hasher') return [...defaultRegistry.names];
  if (placeholder === 'system') return systemNames;
  if (placeholder === 'backend') return backendChoices();
  return [];
}

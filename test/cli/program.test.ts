/** The definitions of the commands: what their help says, and that a flag means one thing. */
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { allCommands, createProgram, fullName, wantedCommand } from '../../src/cli/program.js';

let commands: Command[];
beforeAll(async () => {
  const stream = new PassThrough();
  const terminal = { stdin: stream, stdout: stream, stderr: stream, env: {} };
  commands = allCommands(await createProgram({ terminal, exit: () => undefined }, () => true));
});

/** The help with the texts after it, as it is printed. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), writeErr: (part) => (text += part) });
  command.outputHelp();
  return text;
}

describe('help', () => {
  test('fits 80 columns for every command', () => {
    expect(commands.length).toBe(COMMANDS.length + 3);
    for (const command of commands) {
      const wide = helpOf(command)
        .split('\n')
        .filter((line) => line.length > 80);
      expect(wide, fullName(command)).toEqual([]);
    }
  });

  test('of a command begins with a verb and has up to 60 characters', () => {
    for (const { name, description } of COMMANDS) {
      expect(description, name).toMatch(/^[a-z]+ /);
      expect(description.length, name).toBeLessThanOrEqual(60);
    }
  });

  test('lists a command in few words: one line each', () => {
    const [program] = commands as [Command];
    for (const { name, description } of COMMANDS) {
      expect(helpOf(program)).toMatch(new RegExp(`^  ${name} +${description}$`, 'm'));
    }
  });

  test('ends with the exit codes where there are others than 0 and 2', () => {
    const silent = commands.filter((command) => !helpOf(command).includes('\nExit codes: 0 ')).map(fullName);
    expect(silent).toEqual([
      ...['digestry', 'digestry report', 'digestry hashers', 'digestry calibrate', 'digestry doctor'],
      ...['digestry completion', 'digestry help'],
    ]);
  });
});

describe('a flag', () => {
  /** What stands for the value of each flag, in all commands. */
  const placeholders = () => {
    const found = new Map<string, Set<string>>();
    for (const { options } of commands) {
      for (const { long, flags } of options) {
        const values = found.get(long as string) ?? new Set();
        found.set(long as string, values.add(/<(.+)>/.exec(flags)?.[1] ?? ''));
      }
    }
    return found;
  };

  test('takes the same kind of value in every command', () => {
    const several = [...placeholders()].filter(([, values]) => values.size > 1);
    expect(placeholders().size).toBeGreaterThan(30);
    expect(several).toEqual([]);
  });

  test('has the kind of value that its name says', () => {
    const kinds = Object.fromEntries([...placeholders()].map(([flag, values]) => [flag, [...values][0]]));
    expect(kinds).toMatchObject({
      '--report': 'file.html',
      '--bench': 'file.json',
      '--from': 'file.json',
      '--compare': 'file.json',
      '--save': 'file.json',
      '--hasher': 'hasher',
      '--kdf': 'kdf',
      '--source': 'source',
      '--target': 'target',
      '--system': 'system',
    });
  });

  test('of a name that is used up is not there', () => {
    const flagsOf = (name: string) => commands.find((one) => one.name() === name)?.options.map(({ long }) => long);
    expect(flagsOf('plan')).not.toContain('--report');
    expect(flagsOf('calibrate')).not.toContain('--hasher');
    expect(flagsOf('bench')).not.toContain('--out');
  });
});

describe('the command that is wanted', () => {
  test.each<[string[], string | undefined]>([
    [[], undefined],
    [['--help'], undefined],
    [['check', 'users.csv'], 'check'],
    [['help', 'plan'], 'plan'],
    [['help'], undefined],
    [['--', 'check'], 'check'],
  ])('of %j is %s', (args, name) => expect(wantedCommand(args)).toBe(name));
});

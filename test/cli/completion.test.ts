/** Completion as the shells run it. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultRegistry } from '../../src/library.js';
import { sources } from '../../src/migration/sources/index.js';
import { systemNames } from '../../src/recognize/systems/index.js';
import { targets } from '../../src/targets/index.js';
import { digestry } from '../support/cli.js';
import { temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();
const ALL_HASHERS = [...defaultRegistry.names];
const COMMANDS = [
  ...['check', 'report', 'verify', 'identify', 'parse', 'convert', 'discover', 'hashers'],
  ...['bench', 'plan', 'calibrate', 'doctor', 'completion', 'help'],
];

/** What is typed, the last word unfinished, and what the shell offers. `files`: the names of files. */
const CASES: readonly (readonly [typed: string, offered: readonly string[] | 'files'])[] = [
  ['digestry ', COMMANDS],
  ['digestry ch', ['check']],
  ['digestry report ', ['merge']],
  ['digestry report merge --p', ['--partial']],
  ['digestry check --ca', ['--canaries', '--canary-pepper']],
  ['digestry check --source ', ['auto', ...sources.map(({ name }) => name)]],
  ['digestry check --target ', targets.map(({ name }) => name)],
  ['digestry check --json --hasher ', ALL_HASHERS],
  ['digestry check --hasher bcrypt_p', ['bcrypt_peppered']],
  ['digestry check ', 'files'],
  ['digestry check --out ', 'files'],
  // A file that is called as a command.
  ['digestry check report --exit', ['--exit-zero']],
  ['digestry convert --system ', systemNames],
  ['digestry bench ', ALL_HASHERS],
  ['digestry plan --from ', 'files'],
  ['digestry calibrate --kdf ', ['argon2id', 'scrypt', 'bcrypt', 'pbkdf2']],
  ['digestry completion ', ['bash', 'zsh', 'fish']],
  ['digestry help ca', ['calibrate']],
];

type Complete = (script: string, words: readonly string[]) => string[] | 'files';

const SHELLS: Readonly<Record<string, Complete>> = {
  // The default of an empty answer are files: complete -o default.
  bash: (script, words) => {
    const given = words.map((word) => `'${word}'`).join(' ');
    const offered = run('bash', [
      '-c',
      `source ${script}; COMP_WORDS=(${given}); COMP_CWORD=${words.length - 1}; _digestry; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]);
    return offered.length === 0 ? 'files' : offered;
  },
  // The functions of its completion system are replaced by those that print what they are given.
  zsh: (script, words) => {
    const given = words.map((word) => `'${word}'`).join(' ');
    const offered = run('zsh', [
      '-fc',
      `compdef() { : }; _files() { print files }; _describe() { print -l -- \${(P)2} }
      source ${script}; words=(${given}); CURRENT=${words.length}; _digestry`,
    ]);
    if (offered[0] === 'files') return 'files';
    // The completion system keeps those that begin as the word does.
    return offered
      .map((line) => (/^((?:[^\\:]|\\.)*)/.exec(line)?.[1] ?? '').replaceAll('\\:', ':'))
      .filter((word) => word.startsWith(words.at(-1) as string));
  },
  fish: (script, words) => {
    const offered = run('fish', ['--no-config', '-c', `source ${script}; complete -C '${words.join(' ')}'`]);
    const found = offered.map((line) => line.split('\t')[0] as string);
    return found.some((word) => word.includes('/')) ? 'files' : found;
  },
};

function run(shell: string, args: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

for (const [shell, complete] of Object.entries(SHELLS)) {
  const installed = spawnSync(shell, ['--version']).status === 0;

  describe.skipIf(!installed)(`completion in ${shell}`, () => {
    let script: string;
    beforeAll(async () => {
      const { code, stdout } = await digestry(['completion', shell]);
      expect(code).toBe(0);
      script = await folder.write(`script.${shell}`, stdout);
    });

    test.each(CASES)('%s', (typed, offered) => {
      const found = complete(script, typed.split(' '));
      if (offered === 'files') expect(found).toBe('files');
      else expect([...found].sort()).toEqual([...offered].sort());
    });
  });
}

test('another shell is refused', async () => {
  const { code, stdout } = await digestry(['completion', 'tcsh']);
  expect([code, stdout]).toEqual([2, '']);
});

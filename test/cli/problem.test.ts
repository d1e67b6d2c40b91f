/** The one format of problems, in every command. */
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { bugProblem, inFlag, type Problem, rejectedLines, tellProblem } from '../../src/cli/problem.js';
import { InputProblem } from '../../src/files/input-problem.js';
import { DigestError } from '../../src/index.js';
import { digestry } from '../support/cli.js';
import { temporaryFolder } from '../support/exports.js';
import { fixture } from '../support/fixtures.js';

const folder = temporaryFolder();

function printedLines(problem: Problem): string[] {
  const stderr = new PassThrough();
  tellProblem({ stderr }, problem);
  return String(stderr.read()).split('\n').slice(0, -1);
}

describe('a problem', () => {
  test('of a digest has its code, its place, its hasher and what to do', () => {
    const error = new DigestError('ERR_LIMIT', 'cost is 17, limit is 16', {
      ...{ hasher: 'bcrypt', field: 'cost', offset: 4, fix: 'raise it', hint: 'or not' },
    });
    const place = 'ERR_LIMIT in cost, offset 4';
    expect(printedLines(error)).toEqual([
      `digestry: ${place}: bcrypt: cost is 17, limit is 16`,
      '  fix: raise it',
      '  hint: or not',
    ]);
    expect(rejectedLines(error, 80)).toEqual([
      'rejected  ERR_LIMIT  in cost, offset 4',
      '  bcrypt: cost is 17, limit is 16',
      '  fix: raise it',
      '  hint: or not',
    ]);
  });

  test('of a file has its name, line and byte', () => {
    expect(printedLines({ message: 'cut off', file: 'a\nb', line: 1200, byteOffset: 34_000 })).toEqual([
      'digestry: a\ufffdb, line 1,200, byte 34,000: cut off',
    ]);
    expect(printedLines({ code: 'cut-off', message: 'cut off', file: 'a', line: 2 })).toEqual([
      'digestry: cut-off in a, line 2: cut off',
    ]);
    expect(printedLines({ message: 'cut off', file: '-' })).toEqual(['digestry: stdin: cut off']);
  });

  test('of one of several digests has its number', () => {
    expect(printedLines({ message: 'doubtful', digest: 3, fix: 'do' })).toEqual([
      'digestry: digest 3: doubtful',
      '  fix: do',
    ]);
  });

  test('with the value of a flag has its code and the flag', () => {
    const wrong = inFlag('--mix', new InputProblem('invalid-mix', 'no mix', { fix: 'write it' }));
    expect(printedLines(wrong as Problem)).toEqual(['digestry: invalid-mix in --mix: no mix', '  fix: write it']);
    const unknown = new DigestError('ERR_UNKNOWN_HASHER', 'unknown', { field: 'hasher' });
    expect(inFlag('--mix', unknown)).toMatchObject({ code: 'ERR_UNKNOWN_HASHER', field: '--mix' });
    const limit = new DigestError('ERR_LIMIT', 'over', { field: 'cost', offset: 4, fix: 'less' });
    expect(inFlag('--mix', limit)).toMatchObject({ code: 'ERR_LIMIT', field: '--mix', offset: undefined, fix: 'less' });
    const other = new Error('other');
    expect(inFlag('--mix', other)).toBe(other);
  });

  test('is wrapped to 80 columns, and no line of it can be taken for another', () => {
    const lines = printedLines({ message: `${'word '.repeat(40)}\ndigestry: forged`, fix: 'do it '.repeat(30) });
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.filter((line) => line.startsWith('digestry: '))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('  fix: '))).toHaveLength(1);
  });

  test('that nobody expected has the class and the place of the error, not its message', () => {
    const error = new TypeError('about a secret');
    error.stack = `TypeError: about a secret\n    at f (/somewhere/dist/chunks/library.js:1:2)`;
    const { message } = bugProblem(error, '1.2.3');
    expect(message).toContain('TypeError at dist/chunks/library.js:1:2 (digestry 1.2.3, node v');
    expect(message).not.toContain('secret');
    expect(bugProblem('a secret', '1.2.3').message).not.toContain('secret');
  });
});

describe('"-"', () => {
  test('is stdin for every file that a command reads', async () => {
    const check = await digestry(['check', 'vectors/sample/users.csv', '--json']);
    const whole = await folder.write('check.json', check.stdout);
    const [merged, fromStdin] = await Promise.all([
      digestry(['report', 'merge', whole, '--json']),
      digestry(['report', 'merge', '-', '--json'], { input: check.stdout }),
    ]);
    expect(JSON.parse(fromStdin.stdout).totals).toEqual(JSON.parse(merged.stdout).totals);
    const config = 'base64_signer_key: AAAA\nbase64_salt_separator: Bw==\nrounds: 8\nmem_cost: 14\n';
    const secret = await digestry(['check', fixture('firebase.csv'), '--firebase-config', '-'], { input: config });
    expect([secret.code, secret.stderr]).toEqual([1, '']);
  });

  test('is stdout for every file that a command writes, and the rest goes to stderr', async () => {
    const { code, stdout, stderr } = await digestry(['bench', 'md5', '--seconds', '1', '--save', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ results: [{ hasher: 'md5' }] });
    expect(stderr).toContain('md5');
  });
});

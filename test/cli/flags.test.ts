/** Values of flags: what is accepted, and what the problem names. */
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import {
  checkInputs,
  checkOutputs,
  collect,
  nameStdout,
  parsePositive,
  parseWhole,
  printerBeside,
} from '../../src/cli/flags.js';
import { UsageError } from '../../src/cli/problem.js';

describe('numbers', () => {
  test.each<[string, number]>([
    ['0.5', 0.5],
    ['1e3', 1000],
    [' 7 ', 7],
    ['1000', 1000],
  ])('%j is positive', (text, value) => expect(parsePositive('--x', text, 1000)).toBe(value));

  test.each(['', ' ', '0', '-1', '1001', 'many', 'NaN', 'Infinity'])('%j is not, up to 1000', (text) => {
    expect(() => parsePositive('--x', text, 1000)).toThrow(UsageError);
  });

  test.each<[string, number]>([
    ['1', 1],
    ['1024', 1024],
    ['007', 7],
  ])('%j is whole', (text, value) => expect(parseWhole('--x', text, 1024)).toBe(value));

  test.each(['', '0', '1025', '1.5', '1e3', '-1', ' 1', '0x10'])('%j is not, up to 1024', (text) => {
    expect(() => parseWhole('--x', text, 1024)).toThrow(UsageError);
  });
});

describe('"-"', () => {
  test('is accepted once', () => {
    expect(() => checkInputs({ FILE: ['-', 'a'], '--bench': 'b', '--canaries': undefined })).not.toThrow();
    expect(() => checkOutputs({ '--out': '-', '--report': 'a' })).not.toThrow();
  });

  test('given twice is refused by the names of the flags that have it', () => {
    const twice = () => checkInputs({ FILE: ['-'], '--bench': 'b', '--canaries': '-' });
    expect(twice).toThrow(UsageError);
    expect(twice).toThrow(/FILE and --canaries\b/);
    expect(() => checkInputs({ FILE: ['-', '-'] })).toThrow(UsageError);
    expect(() => checkOutputs({ '--out': '-', '--report': '-' })).toThrow(/--out and --report\b/);
  });

  test('is what other names of stdout become', () => {
    expect(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1', '-'].map(nameStdout)).toEqual(['-', '-', '-', '-']);
    expect([nameStdout('out'), nameStdout(undefined)]).toEqual(['out', undefined]);
  });

  test('moves what is printed beside it to stderr', () => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const terminal = { stdin, stdout, stderr, env: {} };
    expect(printerBeside(terminal, ['-', undefined]).stdout).toBe(stderr);
    expect(printerBeside(terminal, ['out', undefined]).stdout).toBe(stdout);
  });
});

test('a flag that is given several times collects its values', () => {
  expect(collect('b', collect('a'))).toEqual(['a', 'b']);
});

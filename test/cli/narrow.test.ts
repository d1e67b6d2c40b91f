/** Terminals of fewer than 80 columns: lines are broken between words, and nothing is lost. */
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createRun } from '../../src/cli/run.js';
import { talk, talkOver } from '../../src/cli/terminal.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { breakLine, renderLine, stylist } from '../../src/present/terminal-style.js';

const SAMPLE = 'vectors/sample/users.csv';
const DIGESTS = clerkHashers.map(({ example }) => example.digest).join('\n');

interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

async function run(
  args: readonly string[],
  screen: Screen,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const stdin = new PassThrough();
  const [stdout, stderr] = [Object.assign(new PassThrough(), screen), Object.assign(new PassThrough(), screen)];
  const printed = [stdout, stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return chunks;
  });
  stdin.end(DIGESTS);
  await createRun({ terminal: { stdin, stdout, stderr, env: {} }, exit: () => undefined }).start(args);
  await Promise.all([stdout, stderr].map((stream) => finished(stream.end())));
  const [out = '', talk = ''] = printed.map((chunks) => Buffer.concat(chunks).toString());
  // A slow machine shows a progress line, and erases it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
  return { stdout: out, stderr: talk.replaceAll(/\r[^\r\n]*\u001b\[K/g, '') };
}

const linesOf = (text: string): string[] => stripVTControlCharacters(text).split('\n');
const wordsOf = (text: string): string[] => stripVTControlCharacters(text).split(/\s+/);

test.each([
  [['check', SAMPLE]],
  [['check', '--help']],
  [['hashers']],
  [['identify']],
  [['parse']],
  [['verify', '--hasher', 'md5', '--digest', 'x']],
  [['plan', '--logins-per-second', '5', '--mix', 'bcript']],
])('%j fits 40 columns', async (args) => {
  const [wide, narrow, piped] = await Promise.all([
    run(args, { isTTY: true, columns: 80 }),
    run(args, { isTTY: true, columns: 40 }),
    run(args, { columns: 40 }),
  ]);
  const text = narrow.stdout + narrow.stderr;
  for (const line of linesOf(text).filter((one) => one.trim().includes(' '))) {
    expect(line.length, line).toBeLessThanOrEqual(40);
  }
  expect(linesOf(text).length).toBeGreaterThan(linesOf(piped.stdout + piped.stderr).length);
  // The time that a check took is in its report.
  const words = (one: { readonly stdout: string; readonly stderr: string }) =>
    wordsOf(one.stdout + one.stderr).filter((word) => !/\d|^m?s$/.test(word));
  if (!args.includes('--help')) expect(words(narrow)).toEqual(words(wide));
});

test('a terminal that does not say its width gets the lines as they are', async () => {
  const args = ['hashers'];
  const [unknown, piped] = await Promise.all([run(args, { isTTY: true, columns: 0 }), run(args, {})]);
  expect(linesOf(unknown.stdout)).toEqual(linesOf(piped.stdout));
});

test('a line is broken between words, with its indent and its styles', () => {
  expect(breakLine('  one two three', 9)).toEqual(['  one two', '  three']);
  expect(breakLine('  one two three', 15)).toEqual(['  one two three']);
  expect(breakLine('one  two      three', 8)).toEqual(['one two', 'three']);
  expect(breakLine('a-word-that-does-not-fit and others', 10)).toEqual(['a-word-that-does-not-fit', 'and others']);
  expect(breakLine('', 10)).toEqual(['']);
  const style = stylist({ stdout: { isTTY: true }, env: {} });
  const styled = `${style('red', 'one')} ${style('bold', 'two')} three`;
  expect(breakLine(styled, 13)).toEqual([styled]);
  expect(breakLine(styled, 12).map(renderLine)).toEqual(['\u001b[31mone\u001b[39m \u001b[1mtwo\u001b[22m', 'three']);
});

test('a line that is erased never fills the width, so that all of it is erased', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 20 });
  talkOver({ stderr }, 'x'.repeat(30));
  expect(String(stderr.read())).toBe(`\r${'x'.repeat(19)}\u001b[K`);
  talk({ stderr }, 'some words that do not fit');
  expect(String(stderr.read())).toBe('some words that do\nnot fit\n');
});

/** Text from outside never steers the terminal: it is made safe where it is printed, in one place. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { displayJson, displayText } from '../../src/encoding/display.js';
import { filesIn } from '../meta/imports.js';
import { digestry, type Ended, ROOT } from '../support/cli.js';
import { BCRYPT, csvOf, temporaryFolder, USERS } from '../support/exports.js';

const folder = temporaryFolder();
/** Colour, a window title, a cursor up, C1 CSI, DEL, a line of its own, other directions, separators. */
const HOSTILE =
  '\u001b[31m\u001b]0;t\u0007\u001b[2A\u009b1m\u007f\r\nAll digests will verify.\u202e\u2066\u061c\u200f\u2028\u2029\u0085';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

function expectHarmless({ stdout, stderr }: Ended): void {
  expect(stdout.length + stderr.length).toBeGreaterThan(0);
  expect(stdout).not.toMatch(STEERS);
  expect(stderr).not.toMatch(STEERS);
  expect(`${stdout}\n${stderr}`.split('\n').map((line) => line.trim())).not.toContain('All digests will verify.');
}

/** The same value with the hostile text in every text and name that may be any. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return ['code', 'severity'].includes(key) ? value : value + HOSTILE;
  if (Array.isArray(value)) return value.map((one) => poisoned(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]));
}

describe('in a report', () => {
  async function report(): Promise<string> {
    const { stdout } = await digestry(['check', await folder.write('u.csv', csvOf(USERS)), '--json']);
    const { hashers, ...others } = poisoned(JSON.parse(stdout)) as { hashers: Record<string, unknown> };
    const named = Object.fromEntries(Object.entries(hashers).map(([name, one]) => [name + HOSTILE, one]));
    return folder.write('poisoned.json', JSON.stringify({ ...others, hashers: { ...hashers, ...named } }));
  }

  /** As bench printed it, poisoned. */
  let bench = '';
  beforeAll(async () => {
    const { stdout } = await digestry(['bench', 'md5', 'bcrypt', '--seconds', '1', '--json']);
    bench = await folder.write('bench.json', JSON.stringify(poisoned(JSON.parse(stdout))));
  });

  test.each([
    ['report merge', (file: string) => ['report', 'merge', file]],
    ['report merge --json', (file: string) => ['report', 'merge', file, '--json']],
    ['report merge --report', (file: string) => ['report', 'merge', file, '--report', '-']],
    ['plan', (file: string) => ['plan', '--from', file, '--logins-per-second', '1', '--bench', bench]],
    ['bench --compare', () => ['bench', 'md5', '--seconds', '1', '--compare', bench]],
  ] as const)('%s', async (_, args) => expectHarmless(await digestry(args(await report()))));
});

describe('elsewhere', () => {
  const name = HOSTILE.replaceAll('/', '');

  test('in the name of a file, of a column, of a hasher, in an id and a digest', async () => {
    const user = {
      [`c${HOSTILE}`]: HOSTILE,
      id: `i${HOSTILE}`,
      passwordHasher: `h${HOSTILE}`,
      passwordDigest: `d${HOSTILE}`,
    };
    const file = await folder.write(`u${name}.csv`, csvOf([user, ...USERS]));
    const columns = await folder.write(`c${name}.csv`, csvOf([{ [`a${HOSTILE}`]: '1' }]));
    const runs = [
      ['check', file],
      ['check', file, '--json'],
      ['check', file, columns],
      ['check', columns],
      ['check', file, '--out', folder.path(`none${name}/out`)],
      ['check', folder.path(`none${name}`)],
      ['report', 'merge', file],
      ['report', 'merge', folder.path(`none${name}`)],
      ['plan', '--logins-per-second', '1', '--from', folder.path(`none${name}`)],
      ['bench', 'md5', '--compare', folder.path(`none${name}`)],
    ];
    for (const ended of await Promise.all(runs.map((args) => digestry(args)))) expectHarmless(ended);
  });

  test('in arguments, also those that commander repeats', async () => {
    const runs = [
      ['identify', HOSTILE],
      ['identify', '--json', BCRYPT + HOSTILE],
      ['parse', HOSTILE],
      ['parse', '--json', '--hasher', 'bcrypt', HOSTILE],
      ['parse', '--hasher', HOSTILE, BCRYPT],
      ['convert', HOSTILE],
      ['verify', '--hasher', HOSTILE, '--digest', HOSTILE],
      ['bench', HOSTILE],
      ['bench', 'md5', '--backend', HOSTILE],
      ['plan', '--logins-per-second', '1', '--mix', HOSTILE],
      ['calibrate', '--hasher', HOSTILE],
      ['check', 'x', '--source', HOSTILE],
      ['check', 'x', `--${HOSTILE}`],
      [HOSTILE],
    ];
    for (const ended of await Promise.all(runs.map((args) => digestry(args)))) expectHarmless(ended);
  });
});

describe('structure', () => {
  test('only terminal.ts writes to the terminal, and only it has escapes', () => {
    const texts = filesIn('src/cli/', '.ts').map(
      (file) => [file, readFileSync(`${ROOT}src/cli/${file}`, 'utf8')] as const,
    );
    const writing = /\b(?:stdout|stderr)\s*\.\s*write\b|\bconsole\s*\.|\\u001b|\\x1b/;
    expect(texts.filter(([, text]) => writing.test(text)).map(([file]) => file)).toEqual(['terminal.ts']);
  });

  test('JSON is made safe without changing its value', () => {
    const value = { [HOSTILE]: [HOSTILE, { a: HOSTILE }] };
    for (const indent of [undefined, 2]) {
      const json = displayJson(value, indent);
      expect(json).not.toMatch(STEERS);
      expect(JSON.parse(json)).toEqual(value);
    }
    expect(displayText(HOSTILE)).not.toMatch(/[\n]/);
  });
});

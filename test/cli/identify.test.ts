/** digestry identify as users start it. */
import { expect, test } from 'vitest';
import { codeIn, digestry } from '../support/cli.js';
import { BCRYPT } from '../support/exports.js';

const AMBIGUOUS = 'pbkdf2_sha256$1000$c2FsdHNhbHQ=$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=';

test('says what is certain, what is ambiguous and what converts; 1 where nothing is known', async () => {
  const [certain, ambiguous, foreign, unknown] = await Promise.all([
    digestry(['identify', BCRYPT]),
    digestry(['identify', AMBIGUOUS]),
    digestry(['identify', `bcrypt$${BCRYPT}`]),
    digestry(['identify', 'nothing']),
  ]);
  const texts = { certain, ambiguous, foreign, unknown };
  const blocks = Object.entries(texts).map(([name, { stdout }]) => `${name}\n${stdout}`);
  await expect(blocks.join('\n')).toMatchFileSnapshot('identify.golden');
  expect([certain, ambiguous, foreign, unknown].map(({ code }) => code)).toEqual([0, 0, 0, 1]);
  expect([certain, ambiguous, foreign, unknown].map(({ stderr }) => stderr).join('')).toBe('');
});

test('several digests are numbered, from arguments and from lines', async () => {
  const [given, piped] = await Promise.all([
    digestry(['identify', BCRYPT, 'nothing']),
    digestry(['identify'], { input: `${BCRYPT}\r\n\nnothing\n` }),
  ]);
  expect(given.stdout).toMatch(/^1 {2}bcrypt {2}certain\n[\s\S]*^2 {2}unknown\n/m);
  // Its line, though the one before is empty.
  expect(piped.stdout).toMatch(/^1 {2}bcrypt {2}certain\n[\s\S]*^3 {2}unknown\n/m);
});

test('--json is an array a line; names of Object.prototype and a megabyte are unknown', async () => {
  const input = [AMBIGUOUS, '__proto__', 'constructor', 'x'.repeat(2 ** 20)].join('\n');
  const { code, stdout } = await digestry(['identify', '--json'], { input });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatchObject([
    { hasher: 'pbkdf2_sha256', certainty: 'ambiguous' },
    { hasher: 'pbkdf2_sha256_django', certainty: 'ambiguous' },
  ]);
  expect(lines.slice(1)).toEqual([[], [], []]);
  expect(code).toBe(1);
});

test('input without lines is refused before it fills memory', async () => {
  const { code, stderr } = await digestry(['identify'], { input: 'x'.repeat(9 * 2 ** 20) });
  expect([code, codeIn(stderr)]).toEqual([2, 'record-too-long']);
});

test.each(['identify', 'parse', 'convert'])('%s without a digest is wrong use', async (command) => {
  for (const input of ['', '\n\r\n']) {
    const { code, stdout, stderr } = await digestry([command], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^digestry: .*\n {2}fix: /);
  }
});

test.each(['identify', 'parse', 'convert'])('%s - reads stdin, as without arguments', async (command) => {
  const input = `${BCRYPT}\nnothing\nbcrypt$${BCRYPT}\n`;
  const [dash, none] = await Promise.all([digestry([command, '-'], { input }), digestry([command], { input })]);
  expect(dash).toEqual(none);
  expect(dash.stdout).not.toBe('');
});

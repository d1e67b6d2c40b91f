/** What all commands have in common: streams, colours, secrets, closed pipes, bugs. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { DigestError, parse } from '../../src/index.js';
import { digestry, type Ended, ROOT, shell } from '../support/cli.js';
import { BCRYPT, csvOf, ndjsonOf, temporaryFolder } from '../support/exports.js';

const SAMPLE = 'vectors/sample/users.csv';
const COMMANDS = [
  ...['check', 'report', 'verify', 'identify', 'parse', 'convert', 'hashers', 'doctor', 'bench', 'plan', 'calibrate'],
];
const folder = temporaryFolder();

describe('usage', () => {
  test('each command has help, which fits 80 columns, on stdout', async () => {
    const ended = await Promise.all(
      [[], ...COMMANDS.map((name) => [name])].map((args) => digestry([...args, '--help'])),
    );
    for (const { code, stdout, stderr } of ended) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }
    for (const name of COMMANDS) expect(ended[0]?.stdout).toContain(`\n  ${name} `);
  });

  test('--version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'));
    expect(await digestry(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('no command ends with 2 and the help on stderr, an unknown one with 2 and a problem', async () => {
    const [none, unknown, help] = await Promise.all([digestry([]), digestry(['chekc']), digestry(['--help'])]);
    expect(none).toEqual({ code: 2, stdout: '', stderr: help.stdout });
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^digestry: .*\n {2}fix: /) });
  });

  test('help of a command is what its --help prints', async () => {
    for (const path of [[], ['check'], ['report'], ['report', 'merge']]) {
      const [help, flag] = await Promise.all([digestry(['help', ...path]), digestry([...path, '--help'])]);
      expect(help).toEqual(flag);
      expect(help.code).toBe(0);
    }
  });
});

describe('colours', () => {
  const onTerminal = (env: Readonly<Record<string, string>> = {}) =>
    shell(`export -f digestry; script -qefc "bash -c 'digestry check ${SAMPLE}'" /dev/null`, {
      env: { TERM: 'xterm', SHELL: '/bin/bash', ...env },
      // At the end of its input, script ends the terminal, be the command done or not.
      endless: true,
    });

  test('are there on a terminal only, and not where NO_COLOR or a dumb terminal says so', async () => {
    const [coloured, uncoloured, ...plain] = await Promise.all([
      onTerminal(),
      onTerminal({ NO_COLOR: '1' }),
      onTerminal({ TERM: 'dumb' }),
      digestry(['check', SAMPLE]),
    ]);
    expect(coloured.code).toBe(1);
    expect(coloured.stdout).toContain('\u001b[');
    // Colours, and not the erasing of a progress line, which a slow machine shows.
    const erased = { ...uncoloured, stdout: uncoloured.stdout.replaceAll('\u001b[K', '') };
    for (const { code, stdout } of [erased, ...plain]) {
      expect(code).toBe(1);
      expect(stdout).toContain('users.csv');
      expect(stdout).not.toContain('\u001b');
    }
  });

  test('an empty NO_COLOR forbids nothing', async () => {
    expect((await onTerminal({ NO_COLOR: '' })).stdout).toContain('\u001b[');
  });
});

describe('a reader that has enough', () => {
  test('ends the command quietly, with the code that was due', async () => {
    const lines = await folder.write('lines', `nothing\n${`${BCRYPT}\n`.repeat(20_000)}`);
    const [check, identify, json] = await Promise.all([
      shell(`digestry check ${SAMPLE} | head -1; exit \${PIPESTATUS[0]}`),
      shell(`digestry identify < ${lines} | head -1; exit \${PIPESTATUS[0]}`),
      shell(`digestry hashers --json | head -1; exit \${PIPESTATUS[0]}`),
    ]);
    expect(check).toEqual({ code: 1, stdout: `${SAMPLE}\n`, stderr: '' });
    expect(identify).toEqual({ code: 1, stdout: '1  unknown\n', stderr: '' });
    expect(json).toEqual({ code: 0, stdout: '[\n', stderr: '' });
  });

  test('is waited for where it is slow, and gets every line', async () => {
    const users = Array.from({ length: 3000 }, (_, i) => ({
      id: `${i}`,
      password: '',
      passwordHasher: 'md5',
      passwordDigest: 'x',
    }));
    const lines = await folder.write('users.ndjson', ndjsonOf(users));
    const { stdout } = await shell(`digestry verify --stdin < ${lines} | (sleep 1; wc -l)`);
    expect(Number(stdout)).toBe(3000);
  });

  test('reports a full disk', async () => {
    const { code, stderr } = await shell('digestry hashers > /dev/full');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^digestry: no-space in stdout: .*\n {2}fix: /);
  });
});

describe('a bug', () => {
  const broken = (where: string) =>
    `data:text/javascript,${encodeURIComponent(`const was = ${where}; ${where} = function (...args) {
      if (new Error().stack.includes('dist/')) throw new TypeError('about ${BCRYPT}');
      return was.apply(this, args);
    }`)}`;

  test('asks for a report on stderr, without any data, and ends with 70', async () => {
    const file = await folder.write('bug.csv', csvOf([{ password_hash: BCRYPT }]));
    const ended = await Promise.all([
      digestry(['check', file], { nodeArgs: ['--import', broken('process.memoryUsage.rss')] }),
      digestry(['convert', BCRYPT], { nodeArgs: ['--import', broken('JSON.stringify')] }),
      digestry(['identify', '--json'], { input: BCRYPT, nodeArgs: ['--import', broken('JSON.stringify')] }),
    ]);
    for (const { code, stdout, stderr } of ended) {
      expect(code).toBe(70);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^digestry: unexpected TypeError at dist\/[\s\S]*\n {2}fix: report this message/);
      expect(stderr).not.toContain(BCRYPT.slice(7));
    }
  });
});

describe('secrets', () => {
  interface User {
    readonly password_hasher: string;
    readonly password_digest: string;
  }
  const users = Papa.parse<User>(readFileSync(`${ROOT}/${SAMPLE}`, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const digests = users.map((user) => user.password_digest).filter((digest) => digest.length >= 16);

  /** Each digest, and its salt and hash in the usual spellings where they are long enough to be no chance. */
  const secrets = new Set(digests);
  for (const { password_hasher, password_digest } of users) {
    try {
      const { salt, hash } = parse({ passwordHasher: password_hasher, passwordDigest: password_digest });
      for (const bytes of [salt, hash].map((one) => Buffer.from(one)).filter(({ length }) => length >= 8)) {
        for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const) secrets.add(bytes.toString(encoding));
      }
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
    }
  }

  const expectNone = (ended: Ended) => {
    for (const secret of secrets) {
      if (ended.stdout.includes(secret) || ended.stderr.includes(secret)) expect.fail(`shown: ${secret}`);
    }
  };

  test('of the sample are in the output of no command but convert, which is for that', async () => {
    const lines = [...new Set(digests.filter((digest) => !/[\r\n]/.test(digest)))].join('\n');
    const password = 'a password that nobody has';
    const ndjson = users
      .map((user) =>
        JSON.stringify({ password, passwordHasher: user.password_hasher, passwordDigest: user.password_digest }),
      )
      .slice(0, 40)
      .join('\n');
    const ended = await Promise.all([
      digestry(['check', SAMPLE]),
      digestry(['check', SAMPLE, '--json', '--target', 'auth0']),
      digestry(['check', SAMPLE, '--digest-field', 'primary_email_address', '--json']),
      digestry(['check', SAMPLE, '--hasher-field', 'id']),
      digestry(['identify'], { input: lines }),
      digestry(['parse'], { input: lines }),
      digestry(['parse', '--json', '--hasher', 'md5_salted'], { input: lines }),
      digestry(['verify', '--stdin'], { input: ndjson }),
      // Without a header the first user stands where the names of columns would.
      digestry(['check', '-'], { input: readFileSync(`${ROOT}/${SAMPLE}`, 'utf8').split('\n').slice(1).join('\n') }),
      digestry(['check', '-', '--digest-field', 'x'], { input: lines }),
    ]);
    expect(secrets.size).toBeGreaterThan(2000);
    for (const one of ended) {
      expect(one.stdout.length + one.stderr.length).toBeGreaterThan(50);
      expectNone(one);
      expect(one.stdout + one.stderr).not.toContain(password);
    }
  });
});

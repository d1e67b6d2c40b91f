/** digestry check as users start it: exit codes, streams, input of every kind. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/migration/index.js';
import { codeIn, digestry, ROOT, shell } from '../support/cli.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, ndjsonOf, temporaryFolder, USERS } from '../support/exports.js';

const SAMPLE = 'vectors/sample/users.csv';
const folder = temporaryFolder();
const sound = csvOf([{ id: '1', password_hash: BCRYPT }]);

describe('exit codes', () => {
  test('0 where every digest will verify, 1 with rejected rows, 0 for those with --exit-zero', async () => {
    const [fine, rejected, zero] = await Promise.all([
      digestry(['check', await folder.write('fine.csv', sound)]),
      digestry(['check', SAMPLE]),
      digestry(['check', SAMPLE, '--exit-zero']),
    ]);
    expect([fine.code, rejected.code, zero.code]).toEqual([0, 1, 0]);
    expect([fine.stderr, rejected.stderr, zero.stderr]).toEqual(['', '', '']);
    const timeless = (text: string) => text.replace(/[\d.]+ s( · [\d,]+ rows\/s)?$/m, '');
    expect(timeless(zero.stdout)).toBe(timeless(rejected.stdout));
  });

  test('0 where nobody has a digest, and it says so', async () => {
    const file = await folder.write('nobody.csv', csvOf([{ id: '1', password_hash: '' }]));
    const { code, stdout } = await digestry(['check', file, '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as CheckReport).totals).toMatchObject({ rows: 1, missing: 1, ok: 0, rejected: 0 });
  });

  test.each([
    ['missing', undefined, 'not-found'],
    ['empty', '', 'empty'],
    ['binary', Buffer.from([0, 1, 2, 3]), 'other-file-kind'],
    ['latin1', Buffer.from('id,password_hash\ncaf\xe9,x\n', 'latin1'), 'not-text'],
    ['header', 'id,password_hash\n', 'no-rows'],
    ['columns', 'id,email\n1,jane@example.com\n', 'no-digest-field'],
    ['fields', '{"id":1,"email":"jane@example.com"}\n', 'no-digest-field'],
    ['twice', 'id,password_hash,password_hash\n1,a,b\n', 'duplicate-column'],
    ['quote', `${sound}2,"x\n`, 'unclosed-quote'],
    ['json', `[{"id":"1","password_hash":"${BCRYPT}"},{"id"`, 'cut-off'],
  ])('2 where the input cannot be read, whatever the flags: %s', async (name, content, problem) => {
    const file = content === undefined ? folder.path(name) : await folder.write(name, content);
    const { code, stdout, stderr } = await digestry(['check', file, '--exit-zero']);
    expect(code).toBe(2);
    expect(codeIn(stderr)).toBe(problem);
    expect(stderr).toMatch(/^ {2}fix: /m);
    expect(stderr).not.toContain('jane');
    if (['quote', 'json'].includes(name)) {
      expect(stdout).not.toBe('');
      expect(stderr).toMatch(/\b1 row\b/);
    } else {
      expect(stdout).toBe('');
    }
  });
});

describe('input', () => {
  test('from stdin, of every format, gzip too, gives the same counts', async () => {
    const inputs = [csvOf(USERS), ndjsonOf(USERS), JSON.stringify(USERS), gzipSync(csvOf(USERS))];
    const ended = await Promise.all(inputs.map((input) => digestry(['check', '-', '--json'], { input })));
    const reports = ended.map(({ stdout }) => JSON.parse(stdout) as CheckReport);
    for (const { input, totals, findings } of reports) {
      expect(input.files).toEqual(['-']);
      expect(totals).toEqual(reports[0]?.totals);
      expect(findings.length).toBe(reports[0]?.findings.length);
    }
    expect(ended.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
  });

  test('that goes on for ever is not waited for where it cannot be an export', async () => {
    const input = 'PK\x03\x04 and more of an archive';
    const { code, stderr } = await digestry(['check', '-'], { input, endless: true });
    expect(code).toBe(2);
    expect(codeIn(stderr)).toBe('other-file-kind');
    expect(stderr).toMatch(/ in stdin: /);
  });

  test('has its fields and its hasher named by flags', async () => {
    const file = await folder.write('named.csv', `who,how,pw\nu1,,${MD5_OF_PASSWORD}\nu2,md5,broken\n`);
    const flags = ['--id-field', 'who', '--hasher-field', 'how', '--digest-field', 'pw', '--hasher', 'md5'];
    const { code, stdout } = await digestry(['check', file, ...flags, '--json']);
    expect(code).toBe(1);
    const { totals, findings } = JSON.parse(stdout) as CheckReport;
    expect(totals).toMatchObject({ ok: 1, rejected: 1 });
    expect(findings.find(({ severity }) => severity === 'error')?.examples).toMatchObject([{ line: 3, id: 'u2' }]);
  });
});

describe('output', () => {
  test('--json is one object, the same a second time but for the timing, also with a problem', async () => {
    const [first, second, problem] = await Promise.all([
      digestry(['check', SAMPLE, '--json']),
      digestry(['check', SAMPLE, '--json']),
      digestry(['check', 'none.csv', '--json']),
    ]);
    const parsed = [first, second].map(({ stdout }) => ({ ...(JSON.parse(stdout) as CheckReport), timing: 0 }));
    expect(parsed[0]).toEqual(parsed[1]);
    expect(Object.keys(JSON.parse(first.stdout))).toEqual([
      'version',
      'input',
      'target',
      'totals',
      'hashers',
      'findings',
      'duplicates',
      'canaries',
      'timing',
    ]);
    expect(problem.code).toBe(2);
    expect((JSON.parse(problem.stdout) as CheckReport).input.problem?.message).toBe('no such file');
  });

  test('has lines of at most 80 characters, also for long names, many rows and a target', async () => {
    const users = [...USERS, { id: 'x'.repeat(300), passwordHasher: 'md5', passwordDigest: 'y'.repeat(100) }];
    const file = await folder.write(`${'long-name-'.repeat(6)}.csv`, csvOf(users));
    const ended = await Promise.all([
      digestry(['check', SAMPLE, '--target', 'node-bcrypt']),
      digestry(['check', SAMPLE, '--target', 'auth0']),
      digestry(['check', file, file, SAMPLE], {}),
    ]);
    for (const { stdout } of ended) {
      for (const line of stdout.split('\n').filter((line) => line.includes(' '))) {
        expect(line.length, line).toBeLessThanOrEqual(80);
      }
    }
  });

  test('shows control characters of a file as harmless ones', async () => {
    const file = await folder.write('escape.csv', csvOf([{ id: '\u001b[31mred\u0007', password_hash: 'xyz' }]));
    const { stdout } = await digestry(['check', file]);
    expect(stdout).toContain('(\ufffd[31mred\ufffd)');
    expect(stdout).not.toContain('\u001b');
  });

  test('names the next step', async () => {
    const [rejected, aimed] = await Promise.all([
      digestry(['check', SAMPLE]),
      digestry(['check', SAMPLE, '--target', 'clerk']),
    ]);
    expect(rejected.stdout).toContain('--target clerk');
    expect(aimed.stdout).not.toContain('--target clerk');
  });
});

test('npm start ends with 0, with the report and without noise', async () => {
  // Its second half: the first builds, which other tests must not see happen.
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  const [, command = ''] = manifest.scripts.start.split('&& ');
  const { code, stdout, stderr } = await shell(`cd "${ROOT}" && ${command}`);
  expect(command).toContain('vectors/sample/users.csv');
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain('users.csv');
});

/** digestry check with --out, --rejects and --canaries as users start it: streams, signals, disks, exit codes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { progressOn } from '../../src/cli/progress.js';
import type { CheckReport } from '../../src/migration/index.js';
import { formatSuggestion } from '../../src/present/check/canary-suggestions.js';
import { canarySentences } from '../../src/present/check/sentences.js';
import { describeVerdict } from '../../src/present/check/verdict.js';
import { BIN, codeIn, digestry, endsBy, ROOT, shell } from '../support/cli.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder, USERS } from '../support/exports.js';
import { shown } from '../support/secrets.js';

const SAMPLE = 'vectors/sample/users.csv';
const folder = temporaryFolder();
let number = 0;
beforeEach(() => mkdir(folder.path(String(++number))));
const own = (name: string) => folder.path(`${number}/${name}`);
const left = async () => (await readdir(folder.path(String(number)))).sort();
const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const ROW = `u,bcrypt,${BCRYPT}\n`;
const HEAD = 'id,passwordHasher,passwordDigest\n';

async function export_(content = csvOf(USERS)): Promise<string> {
  await writeFile(own('in.csv'), content);
  return own('in.csv');
}

describe('--out and --rejects', () => {
  test('are written with rejected rows too; the report says what was done', async () => {
    const { code, stdout, stderr } = await digestry([
      'check',
      SAMPLE,
      '--out',
      own('out'),
      '--rejects',
      own('rejects'),
    ]);
    expect([code, stderr]).toEqual([1, '']);
    const [out, rejects] = [lines(await readFile(own('out'), 'utf8')), lines(await readFile(own('rejects'), 'utf8'))];
    const text = stdout.replace(/\s+/g, ' ');
    for (const written of [out, rejects]) expect(text).toContain(`${written.length} rows`);
    expect(text).toContain(`${rejects.length} of ${out.length + rejects.length} digests`);
    for (const line of lines(stdout)) expect(line.length).toBeLessThanOrEqual(80);
    expect(await left()).toEqual(['out', 'rejects']);
  });

  test('end with 0 where everything that was wrong could be mended', async () => {
    const file = await export_(`${HEAD}u,BCrypt,${BCRYPT}\n`);
    expect((await digestry(['check', file])).code).toBe(1);
    const { code, stdout } = await digestry(['check', file, '--out', own('out'), '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as CheckReport).output?.out).toMatchObject({ rows: 1, repaired: 1 });
  });

  test('- is stdout, and the report is on stderr then', async () => {
    const file = await export_();
    const [out, rejects, json, csv] = await Promise.all([
      digestry(['check', file, '--out', '-']),
      digestry(['check', file, '--rejects', '-']),
      digestry(['check', file, '--out', '-', '--json']),
      digestry(['check', file, '--out', '-', '--out-format', 'clerk-csv']),
    ]);
    for (const { code } of [out, rejects, json, csv]) expect(code).toBe(1);
    for (const line of lines(out.stdout)) expect(Object.keys(JSON.parse(line))).toContain('passwordDigest');
    for (const line of lines(rejects.stdout)) expect(Object.keys(JSON.parse(line))).toContain('code');
    expect(out.stderr).toMatch(/\bstdout\b/);
    expect((JSON.parse(json.stderr) as CheckReport).output?.out).toMatchObject({
      file: '-',
      rows: lines(out.stdout).length,
    });
    expect(lines(csv.stdout)[0]).toBe('id,password_digest,password_hasher');
    for (const { passwordDigest = '' } of USERS) expect(shown(passwordDigest, out.stderr + rejects.stdout)).toEqual([]);
  });

  test('rows go through a pipe back into check, and nothing is left to do', async () => {
    const { stdout } = await shell(
      `digestry check "${SAMPLE}" --out - 2>/dev/null | digestry check - --out /dev/null --json`,
    );
    const { totals, output, input } = JSON.parse(stdout) as CheckReport;
    expect(input.problem).toBeUndefined();
    expect(totals.rejected).toBe(0);
    expect(output?.out).toMatchObject({ converted: 0, repaired: 0, canonical: 0, rows: totals.rows });
  });

  test('of two inputs are one', async () => {
    const file = await export_();
    const { stdout } = await digestry(['check', file, SAMPLE, '--out', own('out'), '--json']);
    const { output, totals } = JSON.parse(stdout) as CheckReport;
    expect(output?.out?.rows).toBe(totals.ok + totals.warned);
    expect(lines(await readFile(own('out'), 'utf8'))).toHaveLength(totals.ok + totals.warned);
  });

  test('wrong usage ends with 2 and a hint, and nothing is written', async () => {
    const file = await export_();
    const uses: readonly (readonly [args: string[], problem: string | undefined])[] = [
      [['--out', file], 'is-input'],
      [['--rejects', file], 'is-input'],
      [['--out', own('a'), '--rejects', own('a')], 'same-output'],
      [['--out', '-', '--rejects', '-'], undefined],
      [['--out', own('none/out')], 'no-folder'],
      [['--out', own('.')], 'is-folder'],
      [['--canaries', own('none')], 'not-found'],
      [['--canaries', file], 'missing-column'],
    ];
    const ended = await Promise.all(uses.map(([args]) => digestry(['check', file, ...args])));
    for (const [i, { code, stdout, stderr }] of ended.entries()) {
      expect([code, stdout, codeIn(stderr)], stderr).toEqual([2, '', uses[i]?.[1]]);
    }
    expect(await left()).toEqual(['in.csv']);
    expect(await readFile(file, 'utf8')).toBe(csvOf(USERS));
  });

  test('no file with a secret is written over', async () => {
    const file = await export_();
    await writeFile(own('secret'), 'base64_signer_key: AAAA\nbase64_salt_separator: Bw==\nrounds: 8\nmem_cost: 14\n');
    await writeFile(own('known.csv'), 'id,password\nu1,x\n');
    const before = await readFile(own('secret'), 'utf8');
    const ended = await Promise.all(
      [
        ['--firebase-config', own('secret')],
        ['--source', 'devise', '--pepper-file', own('secret')],
        ['--canaries', own('known.csv'), '--canary-pepper', own('secret')],
      ].map((flags) => digestry(['check', file, ...flags, '--out', own('secret')])),
    );
    for (const { code, stderr } of ended) {
      expect([code, codeIn(stderr)]).toEqual([2, 'is-input']);
    }
    expect(await readFile(own('secret'), 'utf8')).toBe(before);
  });

  test('a broken input ends with 2, leaves nothing and says so', async () => {
    const file = await export_(`${csvOf(USERS)}x,bcrypt,"open\n`);
    const { code, stderr } = await digestry(['check', file, '--out', own('out'), '--rejects', own('rejects')]);
    expect([code, codeIn(stderr)]).toEqual([2, 'unclosed-quote']);
    expect(await left()).toEqual(['in.csv']);
  });

  test('no room ends with 2 and one clear line, and leaves nothing', async () => {
    const file = await export_(HEAD + ROW.repeat(20_000));
    const [device, limited, pipe] = await Promise.all([
      digestry(['check', file, '--out', '/dev/full']),
      // In blocks of 1024 bytes: what the disk would have room for.
      shell(`ulimit -f 64; digestry check "${file}" --out "${own('out')}" --rejects "${own('rejects')}"`),
      shell(`digestry check "${file}" --out - > /dev/full`),
    ]);
    for (const { code, stdout } of [device, limited, pipe]) expect([code, stdout]).toEqual([2, '']);
    for (const { stderr } of [device, limited, pipe]) expect(codeIn(stderr)).toBe('no-space');
    expect(await left()).toEqual(['in.csv']);
  });

  test('a reader that goes away ends it with 2: not all rows were taken', async () => {
    const file = await export_(HEAD + ROW.repeat(50_000));
    const line = `digestry check "${file}" --out - --rejects "${own('rejects')}" 2>/dev/null | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = await shell(line);
    expect(lines(stdout)[1]).toBe('2');
    expect(await left()).toEqual(['in.csv']);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s in the middle of stdin ends it and leaves nothing',
    async (signal) => {
      const child = spawn(process.execPath, [BIN, 'check', '-', '--out', own('out'), '--rejects', own('rejects')], {
        cwd: ROOT,
      });
      const closed = once(child, 'close');
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.stdin.on('error', () => {
        // It ends without having read everything.
      });
      child.stdin.write(HEAD + ROW.repeat(20_000));
      while ((await left()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill(signal);
      expect(endsBy(signal)).toContainEqual(await closed);
      expect(output).toBe('');
      expect(await left()).toEqual([]);
    },
  );
});

describe('--canaries', () => {
  const users = (salted: string) =>
    csvOf([
      { id: 'good', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD },
      { id: 'salted', passwordHasher: 'md5_salted', passwordDigest: salted },
    ]);
  const SALT_FIRST = 'kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c';
  const PASSWORD_FIRST = 'kJ8dQ2vR$9500ac6c18fc756f59ea50ce44223c08';
  const KNOWN = 'id,password\ngood,password\nsalted,correct horse battery staple\n';

  test('are counted and end with 0 where they match', async () => {
    const file = await export_(users(SALT_FIRST));
    await writeFile(own('known.csv'), KNOWN);
    const { code, stdout } = await digestry(['check', file, '--canaries', own('known.csv'), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).canaries).toMatchObject({ matched: 2, mismatched: 0, missing: 0 });
  });

  test('that do not match end with 1, with the reason, the same in JSON; 0 with --exit-zero', async () => {
    const file = await export_(users(PASSWORD_FIRST));
    await writeFile(own('known.csv'), `${KNOWN}nobody,"a,b"\n`);
    const args = ['check', file, '--canaries', own('known.csv')];
    const [text, json, zero] = await Promise.all([
      digestry(args),
      digestry([...args, '--json']),
      digestry([...args, '--exit-zero']),
    ]);
    expect([text.code, json.code, zero.code]).toEqual([1, 1, 0]);
    const report = JSON.parse(json.stdout) as CheckReport;
    const { canaries } = report;
    const flat = text.stdout.replace(/\s+/g, ' ');
    for (const said of [...canarySentences(report), ...describeVerdict(report)]) {
      expect(flat).toContain(said.text);
    }
    expect(flat).toContain('line 3 (salted)');
    for (const suggestion of canaries.suggestions) expect(flat).toContain(formatSuggestion(suggestion));
    expect(canaries).toMatchObject({
      matched: 1,
      mismatched: 1,
      missing: 1,
      suggestions: [{ digest: { kind: 'password-first' } }],
    });
    expect(text.stdout + json.stdout + text.stderr).not.toContain('battery');
  });

  test('peppers come from files or from the environment, and are not shown', async () => {
    const file = await export_(
      csvOf([
        {
          id: 'p',
          passwordHasher: 'bcrypt',
          passwordDigest: '$2a$10$N9qo8uLOickgx2ZMRZoMyeQdg/3qzcNa/6WVlwgLiFKiSikr0GtR2',
        },
      ]),
    );
    await writeFile(own('known.csv'), 'id,password\np,correct horse battery staple\n');
    await writeFile(own('other'), 'not this secret one\n');
    await writeFile(own('pepper'), 'pepper\r\n');
    const args = ['check', file, '--canaries', own('known.csv')];
    const [fromFile, fromEnv] = await Promise.all([
      digestry([...args, '--json', '--canary-pepper', own('other'), '--canary-pepper', own('pepper')]),
      digestry([...args, '--json'], { env: { DIGESTRY_CANARY_PEPPER: 'pepper' } }),
    ]);
    const peppersOf = (stdout: string) =>
      (JSON.parse(stdout) as CheckReport).canaries.suggestions.map((one) => one.kind === 'reading' && one.digest);
    expect(peppersOf(fromFile.stdout)).toEqual([{ kind: 'pepper', pepper: 2 }]);
    expect(peppersOf(fromEnv.stdout)).toEqual([{ kind: 'pepper', pepper: 1 }]);
    expect(fromFile.stdout + fromFile.stderr).not.toContain('secret');
  });

  test('a pepper that is no whole text is refused, for Devise and for known passwords, with 2', async () => {
    const file = await export_();
    await writeFile(own('known.csv'), 'id,password\nu1,x\n');
    const contents: readonly (readonly [content: string | Uint8Array, problem: string])[] = [
      ['', 'empty'],
      ['\n', 'empty'],
      ['\ufeffsecret', 'not-text'],
      [Uint8Array.of(0x73, 0x65, 0x63, 0xff), 'not-text'],
      ['x'.repeat(2 ** 20 + 1), 'too-large'],
    ];
    for (const [content, problem] of contents) {
      await writeFile(own('pepper'), content);
      const ended = await Promise.all([
        digestry(['check', file, '--source', 'devise', '--pepper-file', own('pepper')]),
        digestry(['check', file, '--canaries', own('known.csv'), '--canary-pepper', own('pepper')]),
      ]);
      for (const { code, stderr } of ended) {
        expect([code, codeIn(stderr)]).toEqual([2, problem]);
        expect(stderr).not.toContain('sec');
      }
    }
  });
});

describe('progress', () => {
  type Moment = readonly [ms: number, rows: number, bytes: number, total?: number];
  const shownAt = (isTTY: boolean, quiet: boolean, ...moments: readonly Moment[]) =>
    shownOn('xterm', isTTY, quiet, moments);

  function shownOn(TERM: string, isTTY: boolean, quiet: boolean, moments: readonly Moment[]) {
    const written: string[] = [];
    let now = 0;
    const stderr = { isTTY, write: (text: string) => written.push(text) > 0 } as never;
    const progress = progressOn({ stderr, env: { TERM } }, quiet, () => now);
    for (const [ms, rows, bytes, total] of moments) {
      now = ms;
      progress.show(rows, bytes, total);
    }
    progress.end();
    return written;
  }

  test('on a terminal is one line with rate and time left, and goes away', () => {
    expect(shownAt(true, true, [50, 10, 5, 100], [2000, 4000, 25, 100], [2100, 4100, 26, 100])).toEqual([
      '\r25 % · 4,000 rows · 2,000 rows/s · 6 s left\u001b[K',
      '\r\u001b[K',
    ]);
  });

  test('says no time left where the size is not known, and minutes and hours where it is long', () => {
    expect(shownAt(true, false, [2000, 4000, 25])[0]).toBe('\r4,000 rows · 2,000 rows/s\u001b[K');
    expect(shownAt(true, false, [2000, 4000, 1, 100])[0]).toContain('4 min left');
    expect(shownAt(true, false, [2000, 4000, 1, 10_000])[0]).toContain('5 h 34 min left');
  });

  test('elsewhere is a plain line every ten seconds, and nothing for a program', () => {
    const moments = [
      [9000, 1, 1, 2],
      [10_000, 100, 1, 2],
      [15_000, 150, 1, 2],
      [20_000, 200, 1, 2],
    ] as const;
    expect(shownAt(false, false, ...moments)).toEqual([
      '50 % · 100 rows · 10 rows/s · 10 s left\n',
      '50 % · 200 rows · 10 rows/s · 20 s left\n',
    ]);
    expect(shownAt(false, true, ...moments)).toEqual([]);
    // A terminal that shows escape sequences instead of erasing a line is as good as a log.
    expect(shownOn('dumb', true, false, moments)).toEqual(shownAt(false, false, ...moments));
    expect(shownOn('dumb', true, true, moments)).toEqual([]);
  });
});

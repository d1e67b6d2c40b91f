/** digestry check --report as users start it: the page is whole or not there, whatever happens to the check. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { BENCH, benchResult } from '../support/bench-reports.js';
import { BIN, codeIn, digestry, endsBy, ROOT, shell } from '../support/cli.js';
import { BCRYPT, csvOf, temporaryFolder, USERS } from '../support/exports.js';
import { faultIn, textOf } from '../support/markup.js';
import { shown } from '../support/secrets.js';

const folder = temporaryFolder();
let number = 0;
beforeEach(async () => {
  await mkdir(folder.path(String(++number)));
  await writeFile(own('in.csv'), csvOf(USERS));
});
const own = (name: string) => folder.path(`${number}/${name}`);
const left = async () => (await readdir(folder.path(String(number)))).sort();
const page = async (name = 'page.html') => {
  const html = await readFile(own(name), 'utf8');
  expect(faultIn(html)).toBeUndefined();
  return textOf(html);
};
const HEAD = 'id,passwordHasher,passwordDigest\n';

describe('the page', () => {
  test('is written with rejected rows too, for its owner, and the report says where', async () => {
    const { code, stdout, stderr } = await digestry(['check', own('in.csv'), '--report', own('page.html')]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.replace(/\s+/g, '')).toContain(own('page.html'));
    const text = await page();
    const [verdict = ''] = /\d+ of \d+ digests will not verify as they are\./.exec(stdout) ?? ['no verdict'];
    expect(text).toContain(verdict);
    expect((await stat(own('page.html'))).mode & 0o777).toBe(0o600);
    expect(await left()).toEqual(['in.csv', 'page.html']);
    const html = await readFile(own('page.html'), 'utf8');
    for (const { passwordDigest = '' } of USERS) expect(shown(passwordDigest, html)).toEqual([]);
  });

  test('is the same with --json, --out and --rejects as without them', async () => {
    const outputs = ['--out', own('out'), '--rejects', own('rejects'), '--json'];
    const { stdout } = await digestry(['check', own('in.csv'), '--report', own('page.html'), ...outputs]);
    expect(JSON.parse(stdout).totals.rows).toBe(USERS.length);
    expect(await page()).toContain(own('rejects'));
    expect(await left()).toEqual(['in.csv', 'out', 'page.html', 'rejects']);
  });

  test('- is stdout, and the report is on stderr then', async () => {
    const { code, stdout, stderr } = await digestry(['check', own('in.csv'), '--report', '-']);
    expect(code).toBe(1);
    expect(faultIn(stdout)).toBeUndefined();
    expect(stderr).toContain('in.csv');
    expect(stderr).not.toMatch(/^digestry: /m);
  });

  test('of a broken input is written, and says so', async () => {
    await writeFile(own('in.csv'), `${csvOf(USERS)}x,bcrypt,"open\n`);
    const { code, stdout } = await digestry(['check', own('in.csv'), '--report', own('page.html')]);
    expect(code).toBe(2);
    expect(stdout.replace(/\s+/g, '')).toContain(own('page.html'));
    expect(await page()).toMatch(new RegExp(`\\b${USERS.length} rows\\b`));
  });

  test('of an input without a digest is written', async () => {
    await writeFile(own('in.csv'), `${HEAD}a,bcrypt,\n`);
    const { code } = await digestry(['check', own('in.csv'), '--report', own('page.html')]);
    expect(code).toBe(0);
    expect(await page()).not.toBe('');
  });

  test('takes the cost of logins from a benchmark', async () => {
    const machine = { ...BENCH.machine, cpu: 'Slow CPU', cores: 1, node: '24.0.0' };
    const bench = { ...BENCH, machine, results: [benchResult('bcrypt', { cost: 10 }, 7000, 3000)] };
    await writeFile(own('bench.json'), JSON.stringify(bench));
    const args = ['check', own('in.csv'), '--report', own('page.html'), '--bench', own('bench.json')];
    expect((await digestry(args)).code).toBe(1);
    const text = await page();
    for (const value of ['Slow CPU', '24.0.0', '7 s 3 s']) expect(text).toContain(value);
  });

  test('takes the place of an older one, and not before it is whole', async () => {
    await writeFile(own('page.html'), 'old');
    const failed = await digestry(['check', own('in.csv'), '--canaries', own('none'), '--report', own('page.html')]);
    expect(failed.code).toBe(2);
    expect(await readFile(own('page.html'), 'utf8')).toBe('old');
    await digestry(['check', own('in.csv'), '--report', own('page.html')]);
    expect(await page()).toContain('in.csv');
    expect(await left()).toEqual(['in.csv', 'page.html']);
  });
});

describe('nothing is written', () => {
  test('in wrong use, which ends with 2 and a hint', async () => {
    await writeFile(own('known.csv'), 'id,password\nu1,x\n');
    await writeFile(own('bench.json'), '{}');
    const uses: readonly (readonly [args: string[], problem: string | undefined])[] = [
      [['--report', own('in.csv')], 'is-input'],
      [['--report', own('known.csv'), '--canaries', own('known.csv')], 'is-input'],
      [['--report', own('a'), '--out', own('a')], 'same-output'],
      [['--report', '-', '--out', '-'], undefined],
      [['--report', own('none/page.html')], 'no-folder'],
      [['--report', own('.')], 'is-folder'],
      [['--report', own('a'), '--bench', own('bench.json')], 'invalid-report'],
      [['--report', own('a'), '--bench', own('none')], 'not-found'],
      [['--bench', own('bench.json')], undefined],
    ];
    const ended = await Promise.all(uses.map(([args]) => digestry(['check', own('in.csv'), ...args])));
    for (const [i, { code, stdout, stderr }] of ended.entries()) {
      expect([code, stdout, codeIn(stderr)], stderr).toEqual([2, '', uses[i]?.[1]]);
    }
    expect(await left()).toEqual(['bench.json', 'in.csv', 'known.csv']);
    expect(await readFile(own('in.csv'), 'utf8')).toBe(csvOf(USERS));
  });

  test('over the benchmark that it is of', async () => {
    await writeFile(own('bench.json'), JSON.stringify(BENCH));
    const args = ['check', own('in.csv'), '--bench', own('bench.json')];
    const [asPage, asOut] = await Promise.all([
      digestry([...args, '--report', own('bench.json')]),
      digestry([...args, '--report', own('a'), '--out', own('bench.json')]),
    ]);
    for (const { code, stderr } of [asPage, asOut]) {
      expect([code, codeIn(stderr)]).toEqual([2, 'is-input']);
    }
    expect(await left()).toEqual(['bench.json', 'in.csv']);
  });

  test('where there is no room, which ends with 2 after what was found', async () => {
    const [device, limited] = await Promise.all([
      digestry(['check', own('in.csv'), '--report', '/dev/full']),
      // In blocks of 1024 bytes: what the disk would have room for.
      shell(`ulimit -f 4; digestry check "${own('in.csv')}" --report "${own('page.html')}"`),
    ]);
    for (const { code, stdout, stderr } of [device, limited]) {
      expect([code, codeIn(stderr)]).toEqual([2, 'no-space']);
      expect(stdout).toContain('in.csv');
      expect(stdout).not.toContain('page.html');
    }
    expect(await left()).toEqual(['in.csv']);
  });

  test.each([['SIGINT'], ['SIGTERM']] as const)('after %s in the middle of stdin, which ends it', async (signal) => {
    const child = spawn(process.execPath, [BIN, 'check', '-', '--report', own('page.html')], { cwd: ROOT });
    const closed = once(child, 'close');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.stdin.on('error', () => {
      // It ends without having read everything.
    });
    child.stdin.write(`${HEAD}${`u,bcrypt,${BCRYPT}\n`.repeat(2000)}`);
    // The page's temporary file.
    while ((await left()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill(signal);
    expect(endsBy(signal)).toContainEqual(await closed);
    expect(output).toBe('');
    expect(await left()).toEqual(['in.csv']);
  });
});

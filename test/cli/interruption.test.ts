/** Signals end a command in every state: while a pipe has no other end, while rows are looked for, and a second time. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { BIN, endsBy, ROOT } from '../support/cli.js';
import { csvOf, MD5_OF_PASSWORD, temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();
let number = 0;
const own = (name: string) => folder.path(`${number}/${name}`);
const left = async () => (await readdir(folder.path(`${number}/outs`))).sort();

beforeEach(async () => {
  await mkdir(folder.path(String(++number)));
  await mkdir(own('outs'));
  await writeFile(own('users.csv'), csvOf([{ id: '1', password_hash: MD5_OF_PASSWORD }]));
  await writeFile(own('known.csv'), 'id,password\n1,password\n');
  await promisify(execFile)('mkfifo', [own('pipe')]);
});

function start(args: readonly string[]): { readonly child: ChildProcess; readonly closed: Promise<unknown[]> } {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: ['pipe', 'ignore', 'ignore'] });
  return { child, closed: once(child, 'close') };
}

/** Files that a process has open. */
async function openFiles({ pid }: ChildProcess): Promise<readonly string[]> {
  const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
  return Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(5);
}

describe('a pipe that has no writer yet', () => {
  const READS: readonly (readonly [string, () => string[]])[] = [
    ['as the export', () => ['check', own('pipe'), '--out', own('outs/out')]],
    ['as the known passwords', () => ['check', own('users.csv'), '--canaries', own('pipe')]],
    ['as a pepper to try', () => check('--canaries', own('known.csv'), '--canary-pepper', own('pipe'))],
    ['as the pepper of Devise', () => check('--source', 'devise', '--pepper-file', own('pipe'))],
    ['as the parameters of Firebase', () => check('--firebase-config', own('pipe'))],
    ['as the benchmark of a page', () => check('--report', own('outs/page'), '--bench', own('pipe'))],
    ['as a report to merge', () => ['report', 'merge', own('pipe')]],
    ['as an older benchmark', () => ['bench', 'md5', '--compare', own('pipe')]],
    ['as the report of a plan', () => ['plan', '--logins-per-second', '1', '--from', own('pipe')]],
    ['as the benchmark of a plan', () => ['plan', '--logins-per-second', '1', '--mix', 'md5', '--bench', own('pipe')]],
  ];
  const check = (...flags: string[]) => ['check', own('users.csv'), '--out', own('outs/out'), ...flags];

  test.each(READS)('%s', async (_, args) => {
    const { child, closed } = start(args());
    await until(async () => (await openFiles(child)).includes(own('pipe')));
    child.kill('SIGINT');
    expect(endsBy('SIGINT')).toContainEqual(await closed);
    expect(await left()).toEqual([]);
  });
});

describe('a pipe that has no reader yet', () => {
  test.each([
    ['--rejects', () => ['check', own('users.csv'), '--out', own('outs/other'), '--rejects', own('pipe')]],
    ['--out, with a page', () => ['check', own('users.csv'), '--report', own('outs/other'), '--out', own('pipe')]],
    ['--report of bench', () => ['bench', 'md5', '--save', own('outs/other'), '--report', own('pipe')]],
  ] as const)('%s', async (_, args) => {
    const { child, closed } = start(args());
    await until(async () => (await left()).length > 0);
    child.kill('SIGTERM');
    expect(endsBy('SIGTERM')).toContainEqual(await closed);
    expect(await left()).toEqual([]);
  });

  test('gets all rows once it has one', async () => {
    const { closed } = start(['check', own('users.csv'), '--hasher', 'md5', '--out', own('pipe')]);
    const { stdout } = await promisify(execFile)('cat', [own('pipe')]);
    expect(JSON.parse(stdout)).toMatchObject({ id: '1', passwordDigest: MD5_OF_PASSWORD });
    expect(await closed).toEqual([0, null]);
  });
});

describe('an export without rows, as long as one likes', () => {
  test.each([
    ['numbers in JSON', 'n.json', () => `{"roles":[${'1,2,3,4,5,'.repeat(3_000_000)}1]}`],
    ['numbers in gzip', 'n.json.gz', () => gzipSync(`{"roles":[${'1,2,3,4,5,'.repeat(3_000_000)}1]}`, { level: 1 })],
    ['arrays of records that are not users', 'r.json', () => `{"roles":[${'{"a":1},'.repeat(2_000_000)}{"a":1}]}`],
  ] as const)('%s', async (_, name, content) => {
    await writeFile(own(name), content());
    const { child, closed } = start(['check', own(name), '--out', own('outs/out')]);
    await until(async () => (await left()).length > 0);
    await setTimeout(100);
    child.kill('SIGINT');
    expect(endsBy('SIGINT')).toContainEqual(await closed);
    expect(await left()).toEqual([]);
  });
});

describe('a command that does not end in order', () => {
  /** It has a temporary file, and a thread that waits for ever: `process.exit` would wait for that. */
  const program = (graceMs: number) => `
    import { open, writeFileSync } from 'node:fs';
    import { interruptible } from '${ROOT}src/cli/interruption.ts';
    import { temporaryName } from '${ROOT}src/files/temporary.ts';
    interruptible({ graceMs: ${graceMs} });
    open(${JSON.stringify(own('pipe'))}, 'r', () => {});
    setInterval(() => {}, 1000);
    writeFileSync(temporaryName(${JSON.stringify(own('outs/out'))}, 'tmp'), '');`;

  async function started(graceMs: number) {
    await writeFile(own('program.mts'), program(graceMs));
    const child = spawn(process.execPath, ['--import', 'tsx', own('program.mts')], { cwd: ROOT, stdio: 'ignore' });
    const closed = once(child, 'close');
    await until(async () => (await left()).length > 0);
    return { child, closed };
  }

  test('ends after its grace, without its temporary files', async () => {
    const { child, closed } = await started(50);
    child.kill('SIGTERM');
    expect(await closed).toEqual([null, 'SIGTERM']);
    expect(await left()).toEqual([]);
  });

  test('ends at once with a second signal, also within its grace period', async () => {
    const { child, closed } = await started(2 ** 30);
    child.kill('SIGINT');
    await setTimeout(200);
    child.kill('SIGINT');
    expect(await closed).toEqual([null, 'SIGINT']);
    expect(await left()).toEqual([]);
  });
});

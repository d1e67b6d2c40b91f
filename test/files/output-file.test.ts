/** All outputs of a run get their names, or none; and where an output goes. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, symlink, unlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { findDestination } from '../../src/files/destination.js';
import { commitTogether, openOutput } from '../../src/files/output-file.js';
import { OutputProblem, writeProblem } from '../../src/files/output-problem.js';
import { findLeftovers, removeTemporaries, temporaryName } from '../../src/files/temporary.js';
import { temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();
let number = 0;
beforeEach(() => mkdir(folder.path(String(++number))));
const own = (name: string) => folder.path(`${number}/${name}`);
const left = async () => (await readdir(folder.path(String(number)))).sort();
const textOf = (name: string) => readFile(own(name), 'utf8');

async function written(...names: readonly string[]) {
  const outputs = await Promise.all(names.map((name) => openOutput(own(name))));
  for (const [i, output] of outputs.entries()) await output.write(`new ${names[i]}`);
  return outputs;
}

describe('outputs that are committed together', () => {
  test('are all there, and nothing else is', async () => {
    await writeFile(own('a'), 'old a');
    await commitTogether(await written('a', 'b'));
    expect([await textOf('a'), await textOf('b')]).toEqual(['new a', 'new b']);
    expect(await left()).toEqual(['a', 'b']);
  });

  test('are none of them there where the last cannot be, and what was there before is', async () => {
    await writeFile(own('a'), 'old a');
    const outputs = await written('a', 'b', 'c');
    await mkdir(own('c'));
    await expect(commitTogether(outputs)).rejects.toMatchObject({ code: 'is-folder', file: own('c') });
    for (const output of outputs) await output.discard();
    expect(await left()).toEqual(['a', 'c']);
    expect(await textOf('a')).toBe('old a');
  });

  test('are none of them there where a device is full', async () => {
    const outputs = [...(await written('a')), await openOutput('/dev/full')];
    await outputs[1]?.write('x');
    await expect(commitTogether(outputs)).rejects.toMatchObject({ code: 'no-space', file: '/dev/full' });
    for (const output of outputs) await output.discard();
    expect(await left()).toEqual([]);
  });
});

describe('an output goes', () => {
  test('through a link that leads nowhere yet to what it names', async () => {
    await mkdir(own('there'));
    await symlink('there/file', own('link'));
    await symlink(own('link'), own('link to it'));
    await commitTogether(await written('link to it'));
    expect(await readFile(own('there/file'), 'utf8')).toBe('new link to it');
    expect(await readlink(own('link'))).toBe('there/file');
    expect(await readlink(own('link to it'))).toBe(own('link'));
  });

  test.each([
    ['a link into no folder', 'none/file', 'no such folder'],
    ['a link to a folder', '.', 'this is a folder'],
    ['a link to itself', 'link', 'the symbolic links form a loop'],
  ])('not through %s', async (_, target, message) => {
    await symlink(target, own('link'));
    await expect(openOutput(own('link'))).rejects.toMatchObject({ message });
    expect(await left()).toEqual(['link']);
  });

  test('not to a folder', async () => {
    await expect(openOutput(own('.'))).rejects.toMatchObject({ message: 'this is a folder' });
    await expect(openOutput(`${own('a')}/`)).rejects.toMatchObject({ message: 'this is a folder' });
  });

  test('to a device, a pipe or an open file as what it is', async () => {
    await promisify(execFile)('mkfifo', [own('pipe')]);
    expect((await findDestination('/dev/null')).kind).toBe('device');
    expect((await findDestination(own('pipe'))).kind).toBe('pipe');
    expect((await findDestination(own('new'))).kind).toBe('file');
    expect((await findDestination('/proc/self/exe')).kind).toBe('file');
  });

  test('to a name as long as a name may be', async () => {
    for (const name of ['x'.repeat(255), 'é'.repeat(127)]) await commitTogether(await written(name));
    expect(await left()).toHaveLength(2);
  });
});

describe('temporary files', () => {
  test('of a process that ended are found, those of a living one and other files are not', async () => {
    // No pid is as high.
    await writeFile(own('.a.4194305-0123456789ab.tmp'), '');
    await writeFile(own('.a.4194305-0123456789ab.old'), '');
    for (const other of [`.a.${process.pid}-0123456789ab.tmp`, '.a.1-x.tmp', '.b.4194305-0123456789ab.tmp', 'a.tmp']) {
      await writeFile(own(other), '');
    }
    expect(await findLeftovers(own('a'))).toEqual([
      { file: own('.a.4194305-0123456789ab.old'), kind: 'old' },
      { file: own('.a.4194305-0123456789ab.tmp'), kind: 'tmp' },
    ]);
    expect(await findLeftovers(own('none/a'))).toEqual([]);
  });

  test('have names that differ from those of other files', () => {
    expect(temporaryName(own('a'), 'tmp')).not.toBe(temporaryName(own('a'), 'tmp'));
  });
});

describe('a process that is ended in the middle of a commit', () => {
  test.each([1, 2, 3])('puts back what was there before, after %i of 3', async (count) => {
    await writeFile(own('a'), 'old a');
    await writeFile(own('c'), 'old c');
    const outputs = await written('a', 'b', 'c');
    for (const output of outputs) await output.finish();
    for (const output of outputs.slice(0, count)) await output.commit(true);
    removeTemporaries();
    expect(await left()).toEqual(['a', 'c']);
    expect([await textOf('a'), await textOf('c')]).toEqual(['old a', 'old c']);
  });

  test('keeps the second name of what cannot be put back', async () => {
    await writeFile(own('a'), 'old a');
    const [output] = await written('a');
    await output?.finish();
    await output?.commit(true);
    await unlink(own('a'));
    await mkdir(own('a'));
    removeTemporaries();
    const [old = '', ...others] = await left();
    expect(others).toEqual(['a']);
    expect(await textOf(old)).toBe('old a');
  });

  test('leaves what has been settled', async () => {
    await writeFile(own('a'), 'old a');
    await commitTogether(await written('a', 'b'));
    removeTemporaries();
    expect([await textOf('a'), await textOf('b')]).toEqual(['new a', 'new b']);
  });
});

describe('an error of node:fs becomes a problem', () => {
  test.each([
    ['ENOSPC', 'no-space'],
    ['EDQUOT', 'no-space'],
    ['EFBIG', 'no-space'],
    ['EACCES', 'no-permission'],
    ['EPERM', 'no-permission'],
    ['EROFS', 'read-only'],
    ['ENOENT', 'no-folder'],
    ['ENOTDIR', 'not-a-folder'],
    ['EISDIR', 'is-folder'],
    ['ENAMETOOLONG', 'name-too-long'],
    ['ELOOP', 'link-loop'],
    ['EPIPE', 'pipe-closed'],
    ['EIO', 'unwritable'],
    [undefined, 'unwritable'],
  ])('%s is %s', (from, code) => {
    const cause = Object.assign(new Error('x'), { code: from });
    const problem = writeProblem('out', cause);
    expect(problem).toBeInstanceOf(OutputProblem);
    expect(problem).toMatchObject({ code, file: 'out', cause, fix: expect.stringMatching(/./) });
  });
});

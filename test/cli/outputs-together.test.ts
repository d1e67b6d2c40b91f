/** Outputs of check as users see them: all or none, after a killed run, through links, for spreadsheets. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/migration/index.js';
import { outputSentences } from '../../src/present/check/sentences.js';
import { BIN, codeIn, digestry, ROOT, shell } from '../support/cli.js';
import { BCRYPT, csvOf, temporaryFolder, USERS } from '../support/exports.js';

const folder = temporaryFolder();
let number = 0;
beforeEach(async () => {
  await mkdir(folder.path(String(++number)));
  await writeFile(own('in.csv'), csvOf(USERS));
});
const own = (name: string) => folder.path(`${number}/${name}`);
const left = async () => (await readdir(folder.path(String(number)))).sort();

describe('writes all outputs, or none', () => {
  test('where the page cannot be: what was found is printed, and old files stay', async () => {
    await writeFile(own('out'), 'old');
    const flags = ['--out', own('out'), '--rejects', own('rejects'), '--report', '/dev/full'];
    const [text, json] = [
      await digestry(['check', own('in.csv'), ...flags]),
      await digestry(['check', own('in.csv'), ...flags, '--json']),
    ];
    for (const { code, stderr } of [text, json]) {
      expect([code, codeIn(stderr)]).toEqual([2, 'no-space']);
    }
    expect(text.stdout).not.toContain('rejects');
    expect((JSON.parse(json.stdout) as CheckReport).output).toBeUndefined();
    expect(await left()).toEqual(['in.csv', 'out']);
    expect(await readFile(own('out'), 'utf8')).toBe('old');
  });

  test('where the rejects cannot get their name at the end', async () => {
    const args = ['check', '-', '--out', own('out'), '--rejects', own('rejects'), '--report', own('page')];
    const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: ['pipe', 'ignore', 'ignore'] });
    const closed = once(child, 'close');
    child.stdin.write(csvOf(USERS));
    while ((await left()).length < 4) await setTimeout(5);
    await mkdir(own('rejects'));
    child.stdin.end();
    expect(await closed).toEqual([2, null]);
    expect(await left()).toEqual(['in.csv', 'rejects']);
  });

  test('of bench too', async () => {
    const { code } = await digestry(['bench', 'md5', '--seconds', '1', '--save', own('out'), '--report', '/dev/full']);
    expect(code).toBe(2);
    expect(await left()).toEqual(['in.csv']);
  });
});

test('what a killed run left is named by the next one, and not deleted', async () => {
  const args = ['check', '-', '--out', own('out')];
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: ['pipe', 'ignore', 'ignore'] });
  const closed = once(child, 'close');
  while ((await left()).length < 2) await setTimeout(5);
  child.kill('SIGKILL');
  await closed;
  const [leftover = ''] = await left();
  expect(leftover).toMatch(/^\.out\.\d+-[0-9a-f]{12}\.tmp$/);
  const { code, stderr } = await digestry(['check', own('in.csv'), '--out', own('out')]);
  expect(code).toBe(1);
  expect(stderr.replace(/\s+/g, '')).toContain(leftover);
  expect(stderr).toMatch(/^ {2}fix: /m);
  expect(await left()).toEqual([leftover, 'in.csv', 'out']);
});

test('a link that leads nowhere yet stays a link', async () => {
  await symlink(own('target'), own('link'));
  await digestry(['check', own('in.csv'), '--out', own('link')]);
  expect(await readFile(own('target'), 'utf8')).toContain(BCRYPT);
  expect(await readFile(own('link'), 'utf8')).toContain(BCRYPT);
});

test('/dev/stdout is stdout: the report does not stand between the rows', async () => {
  const { stdout } = await shell(`digestry check ${own('in.csv')} --out /dev/stdout 2>/dev/null | cat`);
  for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('passwordDigest');
});

test('ids that a spreadsheet takes for formulas are counted, said, and written as they are', async () => {
  const ids = ['=1+1', '+1', '-1', '@x', '\tx', 'a=b'];
  await writeFile(own('in.csv'), csvOf(ids.map((id) => ({ id, password_hash: BCRYPT }))));
  const args = ['check', own('in.csv'), '--out', own('out')];
  const csv = await digestry([...args, '--out-format', 'clerk-csv', '--json']);
  const text = await digestry([...args, '--out-format', 'clerk-csv']);
  const written = await readFile(own('out'), 'utf8');
  const ndjson = await digestry([...args, '--json']);
  expect((JSON.parse(csv.stdout) as CheckReport).output?.out?.formulas).toBe(5);
  expect((JSON.parse(ndjson.stdout) as CheckReport).output?.out).not.toHaveProperty('formulas');
  for (const id of ids.slice(0, 4)) expect(written).toContain(`\n${id},$2b$`);
  const said = outputSentences(JSON.parse(csv.stdout));
  expect(said.length).toBeGreaterThan(1);
  for (const sentence of said) expect(text.stdout.replace(/\s+/g, ' ')).toContain(sentence);
});

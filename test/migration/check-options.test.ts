/** The options of a check: each is known, and each is checked before a file is opened. */
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { check } from '../../src/migration/index.js';
import { BCRYPT, csvOf, temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();
const CSV = csvOf([{ id: '1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT }]);
/** What the message says first: whose use is wrong, and not what broke inside. */
const wrongUse = (where: string) =>
  expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(new RegExp(`^${where}\\b`)) });

test.each([null, undefined, 'users.csv', [], [5], [null], [new URL('file:///users.csv')], {}])(
  '%j are no files',
  async (files) => {
    await expect(check(files as never)).rejects.toEqual(wrongUse('check: files'));
  },
);

test.each([null, 5, 'clerk', [], { traget: 'clerk' }, { out_format: 'ndjson' }])(
  '%j are no options',
  async (options) => {
    await expect(check(['none.csv'], options as never)).rejects.toEqual(wrongUse('check'));
  },
);

test.each([
  ...['source', 'hasher', 'idField', 'hasherField', 'digestField', 'table', 'pepper', 'canaries', 'out'].map(
    (name) => [name, 5] as const,
  ),
  ...['target', 'limits', 'registry', 'stdin', 'stdout', 'signal', 'shard', 'columns', 'canaryPeppers', 'reads'].map(
    (name) => [name, 5] as const,
  ),
  ...['firebase', 'onProgress', 'outFormat', 'rejects'].map((name) => [name, 5] as const),
  ['target', {}],
  ['target', null],
  ['registry', {}],
  ['stdin', {}],
  ['stdout', {}],
  ['signal', {}],
  ['shard', null],
  ['columns', 'a,b'],
  ['columns', [5]],
  ['canaryPeppers', 'secret'],
  ['outFormat', 'csv'],
  ['hasher', null],
] as const)('%s: %j is wrong use, and nothing is opened', async (name, value) => {
  const out = folder.path('out.ndjson');
  const file = await folder.write('in.csv', CSV);
  await expect(check([file], { out, [name]: value } as never)).rejects.toBeInstanceOf(TypeError);
  await expect(check([file], { out, [name]: value } as never)).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`^(?:check: )?${name}\\b`)),
  });
  expect((await readdir(folder.path('.'))).filter((entry) => entry.includes('out'))).toEqual([]);
});

test.each([
  ['CSV', CSV],
  ['NDJSON', `{"id":"1","passwordDigest":"${BCRYPT}"}\n`],
  ['a JSON of one list', `[{"id":"1","passwordDigest":"${BCRYPT}"}]`],
  ['LDIF', `dn: uid=jane\nuid: jane\nuserPassword: {CRYPT}${BCRYPT}\n`],
])('a table is refused where the export has none: %s', async (_, text) => {
  const file = await folder.write('one', text);
  expect((await check([file])).totals).toMatchObject({ rows: 1, ok: 1 });
  expect((await check([file], { table: 'users' })).input.problem).toMatchObject({ code: 'unused-table', file });
});

test('a signal may be null, and each option undefined', async () => {
  const file = await folder.write('in.csv', CSV);
  const none = { source: undefined, target: undefined, out: undefined, onProgress: undefined, shard: undefined };
  expect((await check([file], { ...none, signal: null } as never)).totals.ok).toBe(1);
});

test.each([
  ['texts', [CSV]],
  ['objects', [{}]],
])('a stream of %s is refused as stdin', async (_, chunks) => {
  await expect(check(['-'], { stdin: Readable.from(chunks) })).rejects.toEqual(wrongUse('check: stdin'));
});

test('a stream of Uint8Array is read as one of buffers', async () => {
  const chunks = [new Uint8Array(Buffer.from(CSV.slice(0, 30))), new Uint8Array(Buffer.from(CSV.slice(30)))];
  expect((await check(['-'], { stdin: Readable.from(chunks) })).totals).toMatchObject({ rows: 1, ok: 1 });
});

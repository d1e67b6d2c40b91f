/** The file of known passwords: what is taken of it, and why it is refused. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { MAX_CANARIES, readCanaries } from '../../../../src/migration/assess/canaries/read.js';
import { temporaryFolder } from '../../../support/exports.js';

const folder = temporaryFolder();
const nothing = () => Readable.from([]);
const readText = async (text: string) => readCanaries(await folder.write('known.csv', text), nothing());

test('passwords are taken as they are, by id', async () => {
  const text = 'other,password,id\nx, a ,u1\ny,"b,""c""",u2\nz,,u3\n';
  expect([...(await readText(text))]).toEqual([
    ['u1', ' a '],
    ['u2', 'b,"c"'],
    ['u3', ''],
  ]);
});

test('stdin is read for -', async () => {
  const stdin = Readable.from([Buffer.from('id,password\nu1,x\n')]);
  expect([...(await readCanaries('-', stdin))]).toEqual([['u1', 'x']]);
  expect(stdin.destroyed).toBe(true);
});

test.each([
  ['a row with a comma too many', 'id,password\nu0,x\nu1,a,b\n', { code: 'invalid-row', line: 3 }],
  ['a row without id', 'id,password\nu0,x\n,a\n', { code: 'no-id', line: 3 }],
  ['an id twice', 'id,password\nu1,x\nu2,a\nu1,y\n', { code: 'duplicate-id', line: 4 }],
  ['no rows', 'id,password\n', { code: 'no-rows' }],
  ['no id column', 'user,password\nu1,x\n', { code: 'missing-column' }],
  ['no password column', 'id,pass\nu1,x\n', { code: 'missing-column' }],
  ['two id columns', 'id,password,id\nu1,x,y\n', { code: /missing-column|duplicate-column/ }],
])('%s is refused', async (_, text, { code, ...place }) => {
  const problem = await readText(text).catch((error: unknown) => error);
  expect(problem).toMatchObject({
    ...{ name: 'InputProblem', file: folder.path('known.csv'), fix: expect.stringMatching(/\w/) },
    ...{ code: typeof code === 'string' ? code : expect.stringMatching(code), ...place },
    message: expect.stringMatching(/\w/),
  });
});

test('a file that is not there is refused with its name', async () => {
  const file = folder.path('absent.csv');
  await expect(readCanaries(file, nothing())).rejects.toMatchObject({ name: 'InputProblem', code: 'not-found', file });
});

test('as many are read as are held, and not one more', async () => {
  const rows = Array.from({ length: MAX_CANARIES }, (_, i) => `u${i},x\n`).join('');
  expect((await readText(`id,password\n${rows}`)).size).toBe(MAX_CANARIES);
  await expect(readText(`id,password\n${rows}one-more,x\n`)).rejects.toMatchObject({
    ...{ code: 'too-many-canaries', line: MAX_CANARIES + 2, fix: expect.stringMatching(/\w/) },
    message: expect.stringContaining(String(MAX_CANARIES)),
  });
});

test('an abort is thrown as its reason', async () => {
  const reason = new Error('enough');
  const file = await folder.write('known.csv', 'id,password\nu1,x\n');
  await expect(readCanaries(file, nothing(), AbortSignal.abort(reason))).rejects.toBe(reason);
});

/** phpMyAdmin's JSON: the rows of one of its tables, at their lines. */
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../../src/migration/index.js';
import { takeTable } from '../../../src/migration/input/json-tables.js';
import { bindSource } from '../../../src/migration/input/origin.js';
import { temporaryFolder } from '../../support/exports.js';
import { runs } from '../../support/properties.js';
import { cut } from '../../support/reading.js';

const folder = temporaryFolder();
const CASE = fileURLToPath(new URL('../../fixtures/cases/32-sql-exports/wp_users.json', import.meta.url));

function table(name: string, rows: readonly object[]): string {
  const lines = rows.map((row) => JSON.stringify(row)).join(',\n');
  return `{"type":"table","name":"${name}","database":"wp","data":\n[\n${lines}\n]\n}`;
}

function exported(...tables: readonly string[]): string {
  const head = '{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"}';
  return `[\n${[head, '{"type":"database","name":"wp"}', ...tables].join(',\n')}\n]\n`;
}

const POSTS = table('wp_posts', [
  { ID: '1', post_content: 'a "[{}]" \\ ]}' },
  { ID: '2', post_content: '' },
]);
const USERS = table('wp_users', [
  { ID: '1', user_login: 'a]', user_pass: '$P$BDMPe4OOj2UoYQNUsVMvBXtAvOQiLv.' },
  { ID: '2', user_login: 'b"}\\', user_pass: null },
  { ID: '3', user_login: 'c', user_pass: 'broken' },
]);
const EMPTY = table('wp_links', []);

test('the table of the users is read, and its lines are those of the file', async () => {
  const file = await folder.write('tables.json', exported(EMPTY, POSTS, USERS, EMPTY, POSTS));
  const { input, totals, findings } = await check([file]);
  expect([input.problem, input.format, input.source]).toEqual([undefined, 'json', 'wordpress']);
  expect(totals).toMatchObject({ rows: 3, ok: 1, missing: 1, rejected: 1 });
  const lines = exported(EMPTY, POSTS, USERS).split('\n');
  const line = lines.findIndex((text) => text.includes('broken')) + 1;
  expect(findings.find(({ severity }) => severity === 'error')?.examples[0]?.line).toBe(line);
});

test('a case', async () => {
  expect((await check([CASE])).totals).toMatchObject({ rows: 2, ok: 2 });
  expect((await check([CASE], { table: 'wp_users' })).totals).toMatchObject({ rows: 2, ok: 2 });
});

test('two tables that could be it are reported, and one can be named', async () => {
  const other = table('old_users', [{ id: 7, password_hash: 'x' }]);
  const file = await folder.write('two.json', exported(USERS, other));
  expect((await check([file])).input.problem?.code).toBe('ambiguous-table');
  expect((await check([file], { table: 'old_users' })).totals.rows).toBe(1);
});

test('none is reported', async () => {
  const file = await folder.write('none.json', exported(POSTS, EMPTY));
  expect((await check([file])).input.problem?.code).toBe('no-digest-field');
});

test('pieces of any size give the same', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (places) => {
      const text = exported(EMPTY, POSTS, USERS, EMPTY);
      const read = async (pieces: readonly string[]): Promise<string> => {
        async function* all(): AsyncGenerator<string> {
          yield* pieces;
        }
        let out = '';
        for await (const piece of takeTable(all(), bindSource(undefined, {}))) out += piece;
        return out;
      };
      const whole = await read([text]);
      expect(JSON.parse(whole)).toHaveLength(3);
      expect(whole.split('\n')).toHaveLength(text.split('\n').length);
      expect(await read(cut(text, places))).toBe(whole);
    }),
    runs(100),
  ));

/** Files without a header, whose columns the caller names. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { check } from '../../../src/migration/index.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const path = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/cases/32-sql-exports/${name}`, import.meta.url));
const COLUMNS = ['id', 'email', 'password', 'remember_token', 'created_at'];

describe('columns that the caller names', () => {
  test('are those of the text of a COPY, where \\N is NULL', async () => {
    const { totals, input } = await check([path('copy.tsv')], { columns: COLUMNS });
    expect(input.problem).toBeUndefined();
    expect(totals).toMatchObject({ rows: 2, ok: 1, missing: 1, disabled: 0 });
  });

  test('are those of a CSV without header, whose first row is a user', async () => {
    const { totals, input } = await check([path('headless.csv')], { columns: COLUMNS });
    expect([input.problem, input.format]).toEqual([undefined, 'csv']);
    expect(totals).toMatchObject({ rows: 2, ok: 2 });
  });

  test('may be those of the header that is there', async () => {
    const { totals } = await check([path('users.tsv')], { columns: COLUMNS });
    expect(totals).toMatchObject({ rows: 2, ok: 1, missing: 1 });
  });

  test('have to be as many as the first row has', async () => {
    for (const name of ['headless.csv', 'copy.tsv']) {
      const { input } = await check([path(name)], { columns: COLUMNS.slice(0, 4) });
      expect(input.problem?.code).toBe('no-columns');
    }
  });

  test('decide on the source, and on the field', async () => {
    const columns = ['ID', 'user_login', 'user_pass'];
    const text = '1\tadmin\t$P$BDMPe4OOj2UoYQNUsVMvBXtAvOQiLv.\r\n2\t\\N\t\\N\r\n3\ta\\tb\t\\\\N';
    const { totals, input } = await check([await folder.write('wp.tsv', text)], { columns });
    expect([input.source, input.problem]).toEqual(['wordpress', undefined]);
    expect(totals).toMatchObject({ rows: 3, ok: 1, missing: 2, disabled: 0 });
  });

  test('are those of a dump that names none', async () => {
    const file = fileURLToPath(new URL('../../fixtures/dumps/mysqldump-data-only.sql', import.meta.url));
    const columns = ['id', 'email', 'password', 'kind', 'avatar', 'token', 'is_admin', 'balance', 'bio', 'lower_email'];
    const { totals, input } = await check([file], { columns });
    expect(input.problem).toBeUndefined();
    expect(totals).toMatchObject({ rows: 6, ok: 2, disabled: 0, missing: 3 });
  });
});

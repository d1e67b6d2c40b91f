/** LDIF and password files: several threads, or shards, give the report of one. */
import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateExport } from '../../../bench/support/export/generate.js';
import { type CheckReport, check } from '../../../src/migration/index.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const comparable = ({ timing: _, ...report }: CheckReport) => report;

/** Enough bytes for threads to be started. */
const LDIF_ROWS = 66_000;
const PASSWD_ROWS = 80_000;

const KINDS = ['!', '*', '', 'x', `$6$72820166$${'a'.repeat(86)}`];
const HOME = `/home/${'folder/'.repeat(32)}`;

function* passwdLines(newline: string): Generator<string> {
  for (let row = 0; row < PASSWD_ROWS; row++) {
    const salt = row.toString(36).padStart(21, '.');
    const digest = row % 3 === 0 ? KINDS[row % KINDS.length] : `$2b$10$${salt}e${salt}abcdefghe`;
    yield `user${row}:${digest}:${row}:100:Jane Doe:${HOME}:/bin/sh${newline}`;
    if (row % 1000 === 999) yield `${['# a comment', '', 'user:x', 'no colon'][(row / 1000) & 3]}${newline}`;
  }
}

describe.each([
  ['ldif', '\n'],
  ['colons', '\r\n'],
] as const)('%s with %j', (format, newline) => {
  const file = folder.path(`${format}-${newline.length}`);
  let one: CheckReport;

  beforeAll(async () => {
    if (format === 'colons') await writeFile(file, passwdLines(newline));
    else {
      const made = generateExport({ rows: LDIF_ROWS, shape: 'ldif', seed: 7 });
      const text = Buffer.concat([...made.chunks]).toString();
      await writeFile(file, text.replaceAll('\n', newline));
    }
    one = await check([file], { threads: 1 });
  }, 120_000);

  test('two threads give the same report', async () => {
    expect(one.input).toMatchObject({ format });
    expect(one.input).not.toHaveProperty('problem');
    expect(one.totals.rows).toBeGreaterThan(LDIF_ROWS - 1);
    expect(comparable(await check([file], { threads: 2 }))).toEqual(comparable(one));
  }, 120_000);

  test('each row is in one of the shards', async () => {
    let rows = 0;
    let ok = 0;
    for (let index = 0; index < 2; index++) {
      const { totals } = await check([file], { shard: { index, of: 2 } });
      expect(totals.rows).toBeGreaterThan(one.totals.rows / 4);
      rows += totals.rows;
      ok += totals.ok;
    }
    expect([rows, ok]).toEqual([one.totals.rows, one.totals.ok]);
  }, 120_000);
});

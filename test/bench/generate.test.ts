/** The script that writes an export, what a check of it has to find, and what that check needs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CHECK_CASES } from '../../bench/support/check-cases.js';
import { shapeNames, shapes } from '../../bench/support/export/shapes/index.js';
import { ROOT } from '../support/cli.js';
import { temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();

function generate(...args: string[]) {
  const script = `${ROOT}/scripts/generate-export.ts`;
  return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { cwd: ROOT, encoding: 'utf8' });
}

test('it writes the export and its counts, and the hash parameters of Firebase', () => {
  const out = folder.path('users.json');
  const { status } = generate('--shape', 'firebase', '--rows', '30', '--out', out);
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8')).users).toHaveLength(30);
  expect(JSON.parse(readFileSync(`${out}.expected.json`, 'utf8')).input).toMatchObject({
    rows: 30,
    source: 'firebase',
  });
  expect(readFileSync(`${out}.hash-config.txt`, 'utf8')).toContain('base64_signer_key');
});

test('it lists the shapes where none of that name is known', () => {
  const { status, stderr } = generate('--shape', 'constructor', '--out', folder.path('nothing'));
  expect(status).toBe(2);
  for (const name of shapeNames) expect(stderr).toContain(`  ${name} `);
});

describe('the measured shapes', () => {
  test('are of every format that has a shape of a platform', () => {
    const formats = new Set(CHECK_CASES.map(({ shape }) => shapes[shape].format));
    expect([...formats].sort()).toEqual(['csv', 'json', 'ldif', 'ndjson', 'sql', 'xlsx']);
  });

  test('have rivals that are files of bench/thirdparty', () => {
    for (const { rival } of CHECK_CASES) {
      if (rival === undefined) continue;
      expect(readFileSync(`${ROOT}/bench/thirdparty/${rival.script}`, 'utf8')).not.toBe('');
    }
  });
});

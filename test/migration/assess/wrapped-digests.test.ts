/** An export whose digests are wrapped, encoded once more or locked: said of each row, and undone by --out. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../../src/index.js';
import { check } from '../../../src/migration/index.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const BCRYPT = exampleOf('bcrypt');
const ARGON2 = exampleOf('argon2id');
const MD5 = exampleOf('md5');

const WRAPPED: readonly (readonly [name: string, text: string, digest: string])[] = [
  ['bcrypt', `b'${BCRYPT}'`, BCRYPT],
  ['bcrypt', `{BCRYPT}${BCRYPT}`, BCRYPT],
  ['bcrypt', Buffer.from(BCRYPT).toString('base64'), BCRYPT],
  ['bcrypt', `\\x${Buffer.from(BCRYPT).toString('hex')}`, BCRYPT],
  ['bcrypt', `s:60:"${BCRYPT}";`, BCRYPT],
  ['argon2id', `Some("${ARGON2}")`, ARGON2],
  ['argon2id', `${ARGON2}=`, ARGON2],
  ['argon2id', ARGON2.replaceAll('$', '%24'), ARGON2],
];

const LOCKED = ['{CRYPT}!', `!${BCRYPT}`, "b'!'", '{SSHA}*'];
const LOST = ['<memory at 0x7f3c5c1d2e80>', '[object Object]', '#NAME?'];

const csvOf = (rows: readonly (readonly string[])[]) =>
  `${[['id', 'hasher', 'digest'], ...rows].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')}\n`;

describe('wrapped digests in an export', () => {
  test.each([
    ['with their hasher', true],
    ['without it', false],
  ])('%s are refused as they stand, and undone by --out', async (_, isNamed) => {
    const rows = WRAPPED.map(([hasher, text], i) => [`u${i}`, isNamed ? hasher : '', text]);
    const file = await folder.write(`wrapped-${isNamed}.csv`, csvOf(rows));
    const options = { source: 'generic' as const, idField: 'id', digestField: 'digest', hasherField: 'hasher' };
    const alone = await check([file], options);
    expect(alone.totals).toMatchObject({ rows: WRAPPED.length, ok: 0, warned: 0, rejected: WRAPPED.length });
    expect(alone.findings.every(({ message, fix }) => !`${message} ${fix}`.includes('new password'))).toBe(true);
    const out = folder.path(`out-${isNamed}`);
    const { totals } = await check([file], { ...options, out });
    expect(totals).toMatchObject({ ok: WRAPPED.length, rejected: 0 });
    const ready = (await readFile(out, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ready).toMatchObject(
      WRAPPED.map(([passwordHasher, , passwordDigest]) => ({ passwordHasher, passwordDigest })),
    );
  });

  test('are never taken for a bare hash of another hasher', async () => {
    const twice = [Buffer.from(MD5).toString('base64'), Buffer.from(MD5).toString('hex')];
    for (const hasher of ['hmac_sha256_utf16_b64', 'sha256']) {
      const file = await folder.write(`twice-${hasher}.csv`, csvOf(twice.map((text, i) => [`u${i}`, hasher, text])));
      const { totals } = await check([file], {
        source: 'generic',
        idField: 'id',
        digestField: 'digest',
        hasherField: 'hasher',
      });
      expect(totals).toMatchObject({ ok: 0, warned: 0, rejected: 2 });
    }
  });
});

test('locked accounts are disabled rows, and lost digests rejected ones', async () => {
  const rows = [...LOCKED, ...LOST].map((text, i) => [`u${i}`, 'bcrypt', text]);
  const file = await folder.write('locked.csv', csvOf(rows));
  const { totals, findings } = await check([file], {
    source: 'generic',
    idField: 'id',
    digestField: 'digest',
    hasherField: 'hasher',
  });
  expect(totals).toMatchObject({ disabled: LOCKED.length, rejected: LOST.length });
  expect(findings.filter(({ severity }) => severity === 'error').every(({ code }) => code === 'ERR_MALFORMED')).toBe(
    true,
  );
});

/** Digests in the form that a target takes: the same digest, read back from it. */

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { clerkHashers, convert, validate } from '../../src/index.js';
import { type CheckOptions, check } from '../../src/migration/index.js';
import { csvOf, temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();

async function written(target: CheckOptions['target'], passwordHasher: string, passwordDigest: string) {
  const file = await folder.write('in.csv', csvOf([{ id: '1', passwordHasher, passwordDigest }]));
  const out = folder.path('out.ndjson');
  const report = await check([file], { out, ...(target && { target }) });
  const text = await readFile(out, 'utf8');
  return { report, digest: text === '' ? undefined : (JSON.parse(text).passwordDigest as string) };
}

const example = (name: string): string => clerkHashers.find((one) => one.name === name)?.example.digest as string;
const [hash, salt, key, separator, rounds, memCost] = example('scrypt_firebase').split('$');

test('Supabase gets $fbscrypt$, which is the same digest', async () => {
  const { report, digest } = await written('supabase', 'scrypt_firebase', example('scrypt_firebase'));
  expect(digest).toBe(`$fbscrypt$v=1,n=${memCost},r=${rounds},p=1,ss=${separator},sk=${key}$${salt}$${hash}`);
  expect(convert(digest as string)?.passwordDigest).toBe(example('scrypt_firebase'));
  expect(report.totals).toMatchObject({ ok: 1, rejected: 0 });
  expect(report.output?.out).toMatchObject({ rows: 1, converted: 0, targetForm: 1 });
});

test('Supabase gets no ss where the separator is empty, and what has the form already stays as it is', async () => {
  const bare = [hash, salt, key, '', rounds, memCost].join('$');
  expect((await written('supabase', 'scrypt_firebase', bare)).digest).toBe(
    `$fbscrypt$v=1,n=${memCost},r=${rounds},p=1,sk=${key}$${salt}$${hash}`,
  );
  const own = `$fbscrypt$v=1,n=${memCost},r=${rounds},p=1,ss=${separator},sk=${key}$${salt}$${hash}`;
  const file = await folder.write('own.csv', csvOf([{ id: '1', encrypted_password: own, instance_id: '0' }]));
  const out = folder.path('own.ndjson');
  await check([file], { out, target: 'supabase' });
  expect(JSON.parse(await readFile(out, 'utf8')).passwordDigest).toBe(own);
});

test('node-bcrypt gets $2b$ for $2y$, and $2x$ is refused', async () => {
  const digest = example('bcrypt').replace(/^\$2.\$/, '$2y$');
  const found = await written('node-bcrypt', 'bcrypt', digest);
  expect(found.digest).toBe(digest.replace('$2y$', '$2b$'));
  expect(found.report.totals).toMatchObject({ ok: 1, rejected: 0 });
  const bug = await written('node-bcrypt', 'bcrypt', digest.replace('$2y$', '$2x$'));
  expect(bug.digest).toBeUndefined();
  expect(bug.report.totals).toMatchObject({ ok: 0, warned: 0, rejected: 1 });
  const own = digest.replace('$2y$', '$2b$');
  expect((await written('node-bcrypt', 'bcrypt', own)).digest).toBe(own);
});

describe('Auth0', () => {
  test.each(['pbkdf2_sha1', 'pbkdf2_sha256', 'pbkdf2_sha256_django', 'pbkdf2_sha512', 'pbkdf2_sha512_hex'])(
    'gets a PHC string of %s, of the same salt and hash',
    async (name) => {
      const { digest } = await written('auth0', name, example(name));
      expect(digest).toMatch(/^\$pbkdf2-sha(?:1|256|512)\$i=\d+,l=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/);
      const own = validate({ passwordHasher: name, passwordDigest: example(name) });
      const back = validate(convert(digest as string) as { passwordHasher: string; passwordDigest: string });
      if (!own.ok || !back.ok) throw new Error('both are sound');
      expect(Buffer.compare(back.parsed.hash, own.parsed.hash)).toBe(0);
      expect(Buffer.compare(back.parsed.salt, own.parsed.salt)).toBe(0);
      expect(back.parsed.params).toEqual(own.parsed.params);
    },
  );

  test.each(['md5_salted', 'sha256_salted', 'scrypt_werkzeug', 'bcrypt_peppered'])(
    'takes %s in several fields: that is said, and the row is not ready',
    async (name) => {
      const { report, digest } = await written('auth0', name, example(name));
      expect(digest).toBeUndefined();
      expect(report.totals).toMatchObject({ ok: 0, warned: 0, rejected: 1 });
      expect(report.findings[0]).toMatchObject({ code: 'ERR_TARGET_FORM', hasher: name });
    },
  );

  test('is asked without --out whether it takes the digest in any form', async () => {
    const credential = { id: '1', passwordHasher: 'md5_salted', passwordDigest: example('md5_salted') };
    const file = await folder.write('asked.csv', csvOf([credential]));
    expect((await check([file], { target: 'auth0' })).totals.rejected).toBe(0);
  });
});

test('without a target nothing is changed', async () => {
  expect((await written(undefined, 'scrypt_firebase', example('scrypt_firebase'))).digest).toBe(
    example('scrypt_firebase'),
  );
});

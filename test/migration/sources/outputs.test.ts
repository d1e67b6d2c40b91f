/** What becomes of a platform's digests with --out and without, and what its rejected rows say. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { verify } from '../../../src/index.js';
import { type CheckOptions, type CheckReport, check } from '../../../src/migration/index.js';
import { temporaryFolder } from '../../support/exports.js';
import { firebaseOptions, fixture, PASSWORD, reportOf } from '../../support/fixtures.js';

const folder = temporaryFolder();
const GENERIC: CheckOptions = { idField: 'login', digestField: 'pw' };

interface Written {
  readonly report: CheckReport;
  readonly ready: readonly { id: string; passwordHasher: string; passwordDigest: string }[];
  readonly rejects: readonly Record<string, unknown>[];
}

async function written(file: string, options: CheckOptions = {}): Promise<Written> {
  const [out, rejects] = [folder.path('out'), folder.path('rejects')];
  const report = await check([file], { ...options, out, rejects });
  const records = async (name: string) =>
    (await readFile(name, 'utf8')).split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { report, ready: await records(out), rejects: await records(rejects) };
}

const count = ({ findings }: CheckReport, code: string): number =>
  findings.filter((finding) => finding.code === code).reduce((sum, finding) => sum + finding.count, 0);

describe('digests of other systems', () => {
  test.each(['django.csv', 'keycloak.json', 'werkzeug.csv', 'better-auth.csv', 'firebase.csv', 'auth0-import.json'])(
    '%s: its source converts them, with --out and without',
    async (name) => {
      const options: CheckOptions = name.startsWith('firebase') ? await firebaseOptions() : {};
      const alone = await reportOf(name, options);
      const { report, ready } = await written(fixture(name), options);
      expect(report.totals).toEqual(alone.totals);
      expect(report.output?.out?.converted).toBe(count(alone, 'NOTE_CONVERTED'));
      expect(count(report, 'NOTE_CONVERTED')).toBe(count(alone, 'NOTE_CONVERTED'));
      expect(count(alone, 'NOTE_CONVERTED')).toBeGreaterThan(0);
      expect(ready).toHaveLength(report.totals.ok + report.totals.warned);
      for (const row of ready) expect((await verify(PASSWORD, row)).outcome, row.id).toBe('match');
    },
  );

  test('the generic source reports as they stand, with the fix, and converts with --out', async () => {
    const alone = await reportOf('generic.csv', GENERIC);
    expect(alone.totals).toMatchObject({ ok: 1, rejected: 2 });
    expect(alone.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        kind: 'ERR_UNKNOWN_HASHER/unknown/passwordHasher/atlassian+pbkdf2_sha1',
        fix: expect.any(String),
      },
      { kind: 'ERR_UNKNOWN_HASHER/unknown/passwordHasher/spring+bcrypt', fix: expect.any(String) },
    ]);
    expect(count(alone, 'NOTE_CONVERTED')).toBe(0);
    const { report, ready } = await written(fixture('generic.csv'), GENERIC);
    expect(report.totals).toMatchObject({ ok: 3, rejected: 0 });
    expect(report.output?.out).toMatchObject({ converted: 2, repaired: 0 });
    for (const row of ready) expect((await verify(PASSWORD, row)).outcome).toBe('match');
  });

  test('Clerk’s own, too, which converts nothing', async () => {
    const file = await folder.write('clerk.csv', 'id,password_digest,password_hasher\n1,{bcrypt}$2a$04$x,\n');
    const { findings, input } = await check([file]);
    expect(input.source).toBe('clerk');
    expect(findings[0]).toMatchObject({ code: 'ERR_MALFORMED', hasher: 'unknown' });
  });

  test('that no hasher holds are named without a source too', async () => {
    const file = await folder.write('crypt.csv', `id,password_hash\n1,$6$abcdefgh$${'a'.repeat(86)}\n`);
    const { findings } = await check([file], { source: 'generic' });
    expect(findings[0]).toMatchObject({ kind: 'ERR_UNSUPPORTED/unknown/digest/sha-512-crypt-6' });
  });

  test('that are damaged are repaired and converted with --out, and keep what their source found', async () => {
    const digest = 'bcrypt$$2b$04$Njjk3e3t9IezfneFEQz7A.6AgAr/XeZAH2T2t2cQZO8RDtpMkaEBq ';
    const file = await folder.write('django.csv', `id,password,last_login,is_staff\n1,${digest},\n`);
    const alone = await check([file]);
    expect(alone.input.source).toBe('django');
    expect(alone.totals.rejected).toBe(1);
    const { report, ready } = await written(file);
    expect(ready).toMatchObject([{ passwordHasher: 'bcrypt' }]);
    expect(report.output?.out).toMatchObject({ rows: 1, converted: 1 });
  });

  test('findings of the reader are kept next to the repair of the digest', async () => {
    const file = await folder.write(
      'short.csv',
      'id,password_hash,a,b\n1,{bcrypt}$2a$04$Lp8iSOjv4wkJJbeypo6qn.wuU2j80tspLVffSkw.uet3u5Q.1ABAa,x\n',
    );
    const { report } = await written(file, { source: 'generic' });
    expect(report.totals.warned).toBe(1);
    expect([count(report, 'WARN_ROW'), count(report, 'NOTE_CONVERTED')]).toEqual([1, 1]);
  });
});

describe('a rejected row', () => {
  test('of a source that has no digest to give says why', async () => {
    const { report, rejects } = await written(fixture('django.csv'));
    expect(rejects).toHaveLength(report.totals.rejected);
    expect(rejects).toMatchObject(
      ['9', '10', '11'].map((id) => ({
        id,
        hasher: 'unknown',
        code: 'ERR_UNSUPPORTED',
        field: 'digest',
        offset: null,
      })),
    );
  });

  test('of Firebase without its hash parameters says what is missing', async () => {
    const { rejects } = await written(fixture('firebase.csv'));
    expect(rejects[0]).toMatchObject({
      hasher: 'scrypt_firebase',
      field: 'signerKey',
      code: 'ERR_UNSUPPORTED',
    });
  });

  test('that names no hasher says that, with --out and without', async () => {
    const file = await folder.write('bare.csv', `id,password_hash\n1,${'0'.repeat(64)}\n`);
    const alone = await check([file], { source: 'generic' });
    const { rejects, report } = await written(file, { source: 'generic' });
    for (const { findings } of [alone, report]) {
      expect(findings[0]).toMatchObject({ code: 'ERR_UNKNOWN_HASHER', field: 'passwordHasher' });
      expect(findings[0]?.fix).toContain('--hasher NAME');
    }
    expect(rejects[0]).toMatchObject({ code: 'ERR_UNKNOWN_HASHER', field: 'passwordHasher' });
  });

  test('is none where a mark stands under a name that is no hasher’s', async () => {
    const file = await folder.write('marks.csv', 'id,password_hasher,password_hash\n1,BCrypt,!\n2,,*0\n3,nope,x\n');
    for (const options of [{}, { out: folder.path('out') }]) {
      expect((await check([file], { source: 'generic', ...options })).totals).toMatchObject({
        disabled: 3,
        rejected: 0,
      });
    }
  });
});

/** digestry check on exports of platforms: the source it tells, and the secrets that a source needs. */
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/migration/index.js';
import { codeIn, digestry, type Surroundings } from '../support/cli.js';
import { BCRYPT, temporaryFolder } from '../support/exports.js';
import { fixture, textOf } from '../support/fixtures.js';

const folder = temporaryFolder();

async function checked(args: readonly string[], surroundings?: Surroundings) {
  const { code, stdout, stderr } = await digestry(['check', ...args, '--json'], surroundings);
  return { code, stdout, stderr, report: (stdout === '' ? undefined : JSON.parse(stdout)) as CheckReport | undefined };
}

describe('the source', () => {
  test('is detected, and the reason is printed', async () => {
    const { code, report } = await checked([fixture('wordpress.csv')]);
    expect(code).toBe(1);
    expect(report?.input).toMatchObject({ source: 'wordpress', sourceReason: expect.stringMatching(/user_pass/) });
    const { stdout } = await digestry(['check', fixture('wordpress.csv')]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(report?.input.sourceReason);
  });

  test('converts, and what to import is said, with --out and without', async () => {
    const file = fixture('keycloak-users-0.json');
    const [alone, written] = await Promise.all([
      digestry(['check', file]),
      digestry(['check', file, '--out', folder.path('out')]),
    ]);
    for (const { stdout } of [alone, written]) expect(stdout).toContain('Keycloak pbkdf2-sha256');
    expect(alone.stdout.replace(/\s+/g, ' ')).toContain('--out FILE');
    expect(written.stdout).not.toContain('--out FILE');
    expect(written.stdout.replace(/\s+/g, '')).toContain(folder.path('out'));
  });

  test('is detected from stdin too', async () => {
    const { report } = await checked(['-'], { input: await textOf('shadow') });
    expect(report?.input).toMatchObject({ source: 'shadow', format: 'colons' });
  });

  test('that is named has no reason', async () => {
    const { report } = await checked([fixture('django.csv'), '--source', 'django']);
    expect(report?.input.source).toBe('django');
    expect(report?.input).not.toHaveProperty('sourceReason');
  });

  test('that could be one of several is asked for, with 2', async () => {
    const file = await folder.write('several.csv', `id,password,salt\n1,${'5f4dcc3b'.repeat(16)},abc\n`);
    const { code, stderr } = await digestry(['check', file]);
    expect([code, codeIn(stderr)]).toEqual([2, 'ambiguous-source']);
    expect(stderr).toMatch(/--source symfony[\s\S]*--source\s+generic/);
    expect(stderr).not.toContain('5f4dcc3b');
  });
});

describe("Firebase's hash parameters", () => {
  test('make the digests, and are shown nowhere', async () => {
    const key = /base64_signer_key: (\S{20})/.exec(await textOf('firebase-hash-config.txt'))?.[1] ?? '';
    const { code, report, stdout, stderr } = await checked([
      fixture('firebase.csv'),
      '--firebase-config',
      fixture('firebase-hash-config.txt'),
    ]);
    // One hash of the sample is REDACTED.
    expect(code).toBe(1);
    expect(report?.hashers).toMatchObject({ scrypt_firebase: { rows: 2, ok: 2 } });
    expect(key).toHaveLength(20);
    expect(stdout + stderr).not.toContain(key);
  });

  test('that are not there, or not whole, are wrong usage', async () => {
    const half = await folder.write('half.txt', 'base64_signer_key: jxspr8Ki0RYycVU8zykb\n');
    const uses: readonly (readonly [file: string, problem: string])[] = [
      [folder.path('none.txt'), 'not-found'],
      [half, 'invalid-firebase-config'],
    ];
    for (const [file, problem] of uses) {
      const { code, stdout, stderr } = await checked([fixture('firebase.csv'), '--firebase-config', file]);
      expect([code, stdout, codeIn(stderr)]).toEqual([2, '', problem]);
      expect(stderr).toContain(' in --firebase-config: ');
      expect(stderr).not.toContain('jxspr8');
    }
  });
});

test("Firebase's hash parameters for another export are refused", async () => {
  const file = await folder.write('no-firebase.csv', `id,password_hash\n1,${BCRYPT}\n`);
  const { code, stderr } = await checked([file, '--firebase-config', fixture('firebase-hash-config.txt')]);
  expect([code, codeIn(stderr)]).toEqual([2, 'unused-firebase-config']);
});

describe("Devise's pepper", () => {
  test('comes from a file, without the line end of its last line, and is shown nowhere', async () => {
    const file = await folder.write('pepper', 'pe$per with a space\n');
    const { code, report, stdout, stderr } = await checked([fixture('devise.csv'), '--pepper-file', file]);
    expect(code).toBe(0);
    expect(report?.hashers).toMatchObject({ bcrypt_peppered: { rows: 1, ok: 1 } });
    expect(stdout + stderr).not.toContain('pe$per');
  });

  test('comes from the environment where the source is named', async () => {
    const env = { DIGESTRY_PEPPER: 'pe$per' };
    const [named, told] = await Promise.all([
      checked([fixture('devise.csv'), '--source', 'devise'], { env }),
      checked([fixture('devise.csv')], { env }),
    ]);
    expect(Object.keys(named.report?.hashers ?? {})).toEqual(['bcrypt_peppered']);
    expect(Object.keys(told.report?.hashers ?? {})).toEqual(['bcrypt']);
  });

  test('for another export is refused, and so is an empty one', async () => {
    const file = await folder.write('other.csv', `id,password_hash\n1,${BCRYPT}\n`);
    const [other, empty] = await Promise.all([
      checked([file, '--pepper-file', await folder.write('some', 'pe$per')]),
      checked([fixture('devise.csv'), '--pepper-file', await folder.write('nothing', '\n')]),
    ]);
    expect([other.code, empty.code]).toEqual([2, 2]);
    expect([other, empty].map(({ stderr }) => codeIn(stderr))).toEqual(['unused-pepper', 'empty']);
    expect(other.stdout + other.stderr).not.toContain('pe$per');
  });
});

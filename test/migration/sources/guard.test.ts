/** Digests that look sound, and of which other fields of the row say that something is missing. */
import { createHash, createHmac } from 'node:crypto';
import bcryptjs from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { chooseExitCode } from '../../../src/cli/report-exit.js';
import { clerkHashers } from '../../../src/index.js';
import { type CheckOptions, type CheckReport, check } from '../../../src/migration/index.js';
import { saltByContent } from '../../../src/migration/sources/index.js';
import { csvOf, ndjsonOf, temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
let written = 0;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const MD5 = md5('abcdpassword');
const SHA256 = sha256('passwordabcd');
const BCRYPT = bcryptjs.hashSync('something else', 4);
const ASPNET = 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+eapfQ2DLYVzR2Tfo+tEAR0sqkDF1CBNfbJ4f4zyRc+A==';
const ARGON2 = '$argon2id$v=19$m=65536,t=3,p=4$cI6PYa4pLK+IlqtofcxPfw$HFqD0/McUX0X5P3ipH9mpqyrNjdhYaXZheIlphf6s0o';

async function reportOf(text: string, ending: string, options: CheckOptions = {}): Promise<CheckReport> {
  return check([await folder.write(`${++written}.${ending}`, text)], options);
}

type Flat = Readonly<Record<string, string>>;

/** The same rows in every format. */
async function reports(rows: readonly Flat[], options: CheckOptions = {}): Promise<readonly CheckReport[]> {
  return Promise.all([
    reportOf(csvOf(rows), 'csv', options),
    reportOf(ndjsonOf(rows), 'ndjson', options),
    reportOf(JSON.stringify(rows), 'json', options),
    reportOf(JSON.stringify({ users: rows }, null, 1), 'json', options),
  ]);
}

function errorsOf({ findings }: CheckReport): readonly string[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

function expectRefused(report: CheckReport, code: string, rejected = report.totals.rows): void {
  expect(report.input.problem).toBeUndefined();
  expect(report.totals).toMatchObject({ ok: 0, warned: 0, rejected });
  expect(errorsOf(report)).toEqual([code]);
  expect(chooseExitCode(report, false)).toBe(1);
}

const NAMED: CheckOptions = { source: 'generic', digestField: 'pw' };

describe('a digest that shows less than another field says', () => {
  test.each([
    ['algorithm', 'bcrypt-sha256', BCRYPT],
    ['algo', 'SHA512+bcrypt', BCRYPT],
    ['hash_method', 'bcrypt(md5)', BCRYPT],
    ['password_type', 'md5', BCRYPT],
    ['hashAlgorithm', 'argon2id-hmac', ARGON2],
    ['password_scheme', 'argon2(bcrypt)', ARGON2],
    ['pepper_version', '2', BCRYPT],
    ['is_peppered', 'true', ARGON2],
    ['is_legacy_md5', 'true', BCRYPT],
    ['isLegacyMd5', '1', BCRYPT],
    ['legacy_hash', 't', BCRYPT],
    ['isLegacyHash', 'yes', ARGON2],
    ['is_legacy_password', '1', BCRYPT],
    ['md5_migrated', 'TRUE', BCRYPT],
    ['migratedFromSha1', '1', ARGON2],
    ['sha256_wrapped', '1', BCRYPT],
  ])('never counts: %s is %s', async (name, value, pw) => {
    for (const report of await reports([{ id: '1', pw, [name]: value }], NAMED)) expectRefused(report, 'ERR_PREHASH');
  });

  test.each([
    ['algorithm', 'bcrypt', BCRYPT],
    ['hash_method', '2b', BCRYPT],
    ['algo', 'argon2id', ARGON2],
    ['password_type', '', BCRYPT],
    ['pepper_version', '0', BCRYPT],
    ['is_legacy_md5', 'false', BCRYPT],
    ['md5_migrated', '0', BCRYPT],
    ['legacy_hash', '', BCRYPT],
    ['legacy_hash', MD5, BCRYPT],
  ])('counts where it says no more: %s is %j', async (name, value, pw) => {
    for (const report of await reports([{ id: '1', pw, [name]: value }], NAMED)) {
      expect(report.totals).toMatchObject({ rejected: 0 });
    }
  });

  test('decides for each row', async () => {
    const rows = [
      { id: '1', pw: BCRYPT, algorithm: 'bcrypt' },
      { id: '2', pw: BCRYPT, algorithm: 'bcrypt(sha1)' },
    ];
    for (const report of await reports(rows, NAMED)) expect(report.totals).toMatchObject({ rows: 2, rejected: 1 });
  });
});

describe('a hash without salt, and a salt in another field,', () => {
  test.each([
    ...['salt', 'password_salt', 'passwd_salt', 'pass_salt', 'hash_salt', 'Salt', 'PasswordSalt', 'PASSWORD-SALT'],
    ...['password salt', 'usersalt', 'members_pass_salt', 'pwSalt', 'salt_value', 'saltString', 'pepper', 'salt2'],
    ...['nonce', 'passwordNonce', 'Salz', 'sal'],
  ])('is never passed over: %s', async (name) => {
    const rows = ['1', '2'].map((id) => ({ id, pw: MD5, [name]: `ab${id}d` }));
    for (const report of await reports(rows, { ...NAMED, hasher: 'md5' })) expectRefused(report, 'ERR_SALT_SEPARATE');
  });

  test.each([
    ['md5', MD5],
    ['sha256', SHA256],
    ['md5', MD5.toUpperCase()],
    ['hmac_sha256_utf16_b64', createHash('sha256').update('x').digest('base64')],
    [undefined, createHash('sha1').update('x').digest('hex')],
    [undefined, createHash('sha512').update('x').digest('hex')],
    [undefined, createHash('sha512').update('x').digest('base64')],
    [undefined, MD5],
    [undefined, SHA256],
  ])('of %s: %s', async (hasher, pw) => {
    for (const report of await reports([{ id: '1', pw, salt: 'abcd' }], { ...NAMED, hasher })) {
      expectRefused(report, 'ERR_SALT_SEPARATE');
    }
  });

  test('is found under the name that a column gives, and in the ready rows too', async () => {
    const rows = [{ id: '1', password_digest: MD5, password_hasher: 'md5', salt: 'abcd', salt_position: 'prefix' }];
    const out = folder.path('ready.ndjson');
    for (const report of await reports(rows)) expectRefused(report, 'ERR_SALT_SEPARATE');
    const [report] = await Promise.all([reportOf(csvOf(rows), 'csv', { out })]);
    expect(report?.output?.out?.rows).toBe(0);
  });

  test('is of those rows only in which the salt is filled', async () => {
    const rows = [
      { id: '1', pw: MD5, salt: '' },
      { id: '2', pw: MD5, salt: 'abcd' },
      { id: '3', pw: MD5, salt: 'NULL' },
      { id: '4', pw: MD5, salt: '\\N' },
    ];
    for (const { totals, findings } of await reports(rows, { ...NAMED, hasher: 'md5' })) {
      expect(totals).toMatchObject({ rows: 4, ok: 3, rejected: 1 });
      expect(findings.find(({ code }) => code === 'ERR_SALT_SEPARATE')).toMatchObject({
        ...{ field: 'salt', hasher: 'md5', count: 1, examples: [{ id: '2' }] },
      });
    }
  });

  test.each([
    [{ id: '1', pw: MD5, security: { salt: 'abcd' } }],
    [{ id: '1', pw: MD5, a: { b: { c: { passwordSalt: 'abcd' } } } }],
    [{ id: '1', pw: MD5, salt: { value: 'abcd', position: 'prefix' } }],
    [{ id: '1', pw: MD5, salts: ['abcd'] }],
    [{ id: '1', pw: MD5, hashes: [{ salt: 'abcd' }] }],
    [{ id: '1', pw: MD5, salt: 1234 }],
  ])('is found within %j', async (row) => {
    const options = { ...NAMED, hasher: 'md5' };
    expectRefused(await reportOf(JSON.stringify([row]), 'json', options), 'ERR_SALT_SEPARATE');
    const lines = [row, { ...row, id: '2' }].map((one) => `${JSON.stringify(one)}\n`).join('');
    expectRefused(await reportOf(lines, 'ndjson', options), 'ERR_SALT_SEPARATE');
  });

  test('is found in a record of NDJSON whose first one has none', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => ({ id: `u${i}`, pw: md5(`${i}`) }));
    const text = ndjsonOf([...lines, { id: 'x', pw: MD5, salt: 'abcd' } as Flat]);
    const { totals } = await reportOf(text, 'ndjson', { ...NAMED, hasher: 'md5' });
    expect(totals).toMatchObject({ rows: 51, ok: 50, rejected: 1 });
  });

  test('is told by its values where its name says nothing', async () => {
    const salts = ['aX3', 'q9$', 'Zr1', '0kP', 'v%8'];
    const rows = salts.map((s, i) => ({ id: `${i}`, email: `u${i}@example.com`, pw: md5(`${s}x${i}`), s }));
    for (const report of await reports(rows, { ...NAMED, hasher: 'md5' })) expectRefused(report, 'ERR_SALT_SEPARATE');
    const hex = rows.map(({ id, pw }) => ({ id, extra: md5(id).slice(0, 16), pw }));
    for (const report of await reports(hex, { ...NAMED, hasher: 'md5' })) expectRefused(report, 'ERR_SALT_SEPARATE');
  });

  test('is not the password alone where iterations are counted', async () => {
    const rows = ['1000', '1'].map((iterations, i) => ({ id: `${i}`, pw: md5(`${i}`), iterations }));
    for (const report of await reports(rows, { ...NAMED, hasher: 'md5' })) {
      expect(report.totals).toMatchObject({ ok: 1, rejected: 1 });
      expect(errorsOf(report)).toEqual(['ERR_PREHASH']);
    }
  });

  test.each(['is_salted', 'peppered', 'salt_position'])('is said by %s, and by its contrary not', async (name) => {
    const rows = ['true', 'false'].map((value, i) => ({ id: `${i}`, pw: md5(`${i}`), [name]: value }));
    for (const { totals } of await reports(rows, { ...NAMED, hasher: 'md5' })) {
      expect(totals).toMatchObject({ ok: 1, rejected: 1 });
    }
  });

  test.each([
    ['names', ['anna', 'bert', 'carl', 'dora']],
    ['numbers', ['1001', '1002', '1003', '1004']],
    ['dates', ['2020-01-01', '2020-01-02', '2020-01-03', '2020-01-04']],
    ['one value', ['aX3', 'aX3', 'aX3', 'aX3']],
  ])('is not seen in %s', async (_, values) => {
    const rows = values.map((city2, i) => ({ id: `${i}`, pw: md5(`${i}`), other: city2 }));
    for (const { totals } of await reports(rows, { ...NAMED, hasher: 'md5' })) expect(totals.ok).toBe(4);
  });

  test.each(['user_token', 'activation_code', 'uuid', 'session_key'])('is not seen in random %s', async (name) => {
    const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id, pw: md5(id), [name]: md5(`${id}x`).slice(0, 12) }));
    for (const { totals } of await reports(rows, { ...NAMED, hasher: 'md5' })) expect(totals.ok).toBe(4);
  });

  test.each([
    ['salt-password', (s: string, p: string) => md5(s + p)],
    ['password-salt', (s: string, p: string) => md5(p + s)],
    ['hash-of-password-salt', (s: string, p: string) => md5(md5(p) + s)],
    ['hash-of-salt-hash-of-password', (s: string, p: string) => md5(md5(s) + md5(p))],
    ['salt-hash-of-password', (s: string, p: string) => md5(s + md5(p))],
    ['salted-thrice', (s: string, p: string) => md5(s + md5(s + md5(p)))],
    ['salt-password-salt', (s: string, p: string) => md5(s + p + s)],
    ['hmac-keyed-by-salt', (s: string, p: string) => createHmac('md5', s).update(p).digest('hex')],
    ['hmac-keyed-by-password', (s: string, p: string) => createHmac('md5', p).update(s).digest('hex')],
  ])('is explained by known passwords: %s', async (construction, of) => {
    const users = ['a', 'b', 'c'].map((id) => ({ id, password: of(`s${id}`, `pw ${id}`), salt: `s${id}` }));
    const canaries = await folder.write(
      `known-${++written}.csv`,
      csvOf(users.map(({ id }) => ({ id, password: `pw ${id}` }))),
    );
    const { canaries: found, totals } = await reportOf(csvOf(users), 'csv', { canaries });
    expect(totals).toMatchObject({ ok: 0, rejected: 3 });
    expect(found).toMatchObject({ matched: 0, mismatched: 3, refused: 3 });
    const takes = construction === 'salt-password' ? { hasher: 'md5_salted' } : {};
    expect(found.suggestions).toEqual([
      { kind: 'separate-salt', construction, algorithm: 'md5', ...takes, matched: 3, of: 3 },
    ]);
  });
});

describe('a digest with its own salt, and a second one in another field,', () => {
  const SYMFONY = clerkHashers.find(({ name }) => name === 'sha512_symfony')?.example.digest as string;

  test.each([
    ['bcrypt', BCRYPT],
    ['argon2id', ARGON2],
    ['sha512_symfony', SYMFONY],
    ['md5_salted', `other$${MD5}`],
  ])('never counts, and the field is named: %s', async (hasher, pw) => {
    const rows = [{ id: '1', pw, by: hasher, password_salt: 'N2fX9qTzLw0a' }];
    for (const report of await reports(rows, { ...NAMED, hasherField: 'by' })) {
      expectRefused(report, 'ERR_SALT_SEPARATE');
      expect(report.findings.find(({ code }) => code === 'ERR_SALT_SEPARATE')).toMatchObject({
        ...{ field: 'password_salt', hasher, count: 1 },
      });
    }
  });

  test('is of those rows only in which it is filled', async () => {
    const rows = ['', 'abcd', 'NULL', '\\N'].map((salt, i) => ({ id: `${i}`, pw: BCRYPT, salt }));
    for (const { totals } of await reports(rows, NAMED)) expect(totals).toMatchObject({ rows: 4, ok: 3, rejected: 1 });
  });

  test.each([
    ['in bcrypt, with its cost', BCRYPT, BCRYPT.slice(0, 29)],
    ['in bcrypt', BCRYPT, BCRYPT.slice(7, 29)],
    ['in Argon2', ARGON2, ARGON2.split('$')[4] as string],
    ['in Argon2, in hexadecimal', ARGON2, Buffer.from(ARGON2.split('$')[4] as string, 'base64').toString('hex')],
    ['short', `aX3$${MD5}`, 'aX3'],
  ])('may be its own: %s', async (_, pw, salt) => {
    const by = pw.startsWith('$2') ? 'bcrypt' : pw.startsWith('$') ? 'argon2id' : 'md5_salted';
    const options = { ...NAMED, hasherField: 'by' };
    for (const { totals } of await reports([{ id: '1', pw, by, salt }], options)) expect(totals.rejected).toBe(0);
  });

  test.each(['is_salted', 'salted', 'salt_position', 'salt_rounds'])('is not said by %s', async (name) => {
    for (const { totals } of await reports([{ id: '1', pw: BCRYPT, [name]: '1' }], NAMED)) expect(totals.ok).toBe(1);
  });

  test('counts where the caller names the hasher', async () => {
    const options = { ...NAMED, hasher: 'bcrypt' };
    for (const { totals } of await reports([{ id: '1', pw: BCRYPT, salt: 'abcd' }], options)) {
      expect(totals).toMatchObject({ ok: 1, rejected: 0 });
    }
  });

  test.each([
    ['password-salt', (pw: string, salt: string) => pw + salt],
    ['salt-password', (pw: string, salt: string) => salt + pw],
  ])('is explained by known passwords: %s', async (order, of) => {
    const users = ['a', 'b', 'c'].map((id) => {
      const crypted_password = bcryptjs.hashSync(of(`pw ${id}`, `salt ${id}`), 4);
      return { id, crypted_password, password_salt: `salt ${id}` };
    });
    const known = csvOf(users.map(({ id }) => ({ id, password: `pw ${id}` })));
    const canaries = await folder.write(`second-${++written}.csv`, known);
    const options = { source: 'generic', digestField: 'crypted_password', canaries } as const;
    const { canaries: found, totals } = await reportOf(csvOf(users), 'csv', options);
    expect(totals).toMatchObject({ ok: 0, rejected: 3 });
    expect(found).toMatchObject({ matched: 0, mismatched: 3, refused: 3 });
    expect(found.suggestions).toEqual([{ kind: 'second-salt', order, matched: 3, of: 3 }]);
  });
});

describe('a product that hashes before the hasher does', () => {
  test.each<[string, Flat, CheckOptions?]>([
    ['Flask-Security', { id: '1', password: BCRYPT, active: 't', fs_uniquifier: md5('u') }],
    ['Flask-Security with Argon2', { id: '1', password: ARGON2, fs_uniquifier: md5('u') }],
    ['Flask-Security 3', { id: '1', password: BCRYPT, login_count: '3', current_login_ip: '::1' }],
    ['vBulletin 5', { userid: '1', token: BCRYPT, scheme: 'blowfish:10' }, { source: 'generic', digestField: 'token' }],
    ['vBulletin 6', { userid: '1', token: ARGON2, scheme: 'argon2id' }, { source: 'generic', digestField: 'token' }],
    ['SMF 2.1', { id_member: '1', member_name: 'a', passwd: BCRYPT, password_salt: 'x' }, { digestField: 'passwd' }],
    ['NodeBB', { uid: '1', username: 'a', userslug: 'a', password: BCRYPT }],
    ['NodeBB, wrapped', { uid: '1', username: 'a', password: BCRYPT, 'password:shaWrapped': '1' }],
    ['Matomo', { login: 'a', password: BCRYPT, email: 'a@b.c', superuser_access: '0', ts_password_modified: 'x' }],
    ['WoltLab', { userID: '1', username: 'a', password: BCRYPT, userOnlineGroupID: '3' }],
    [
      'BCrypt.Net',
      { Id: '1', UserName: 'a', PasswordHash: BCRYPT },
      { source: 'generic', digestField: 'PasswordHash' },
    ],
    ['ASP.NET', { Id: '1', NormalizedUserName: 'A', password_hash: BCRYPT, SecurityStamp: 'S' }],
    [
      'Bitwarden, whose server is ASP.NET',
      { Id: '1', MasterPassword: ASPNET, KdfIterations: '600000', SecurityStamp: 'S' },
      { source: 'werkzeug', digestField: 'MasterPassword' },
    ],
    ['a field that says so', { id: '1', password: BCRYPT, prehash: 'sha512' }],
    ['PrestaShop', { id_customer: '1', passwd: MD5 }, { source: 'generic', digestField: 'passwd', hasherField: 'h' }],
  ])('%s is said to', async (name, row, options) => {
    const rows = name === 'PrestaShop' ? [{ ...row, h: 'md5' }] : [row];
    for (const report of await reports(rows, options)) {
      expectRefused(report, 'ERR_PREHASH');
      expect(report.findings[0]?.fix).toBeTruthy();
    }
  });

  test('says nothing of users without a password, nor of forms that it does not hash twice', async () => {
    const rows = [
      { id: '1', password: '', fs_uniquifier: 'a' },
      { id: '2', password: 'NULL', fs_uniquifier: 'b' },
    ];
    for (const { totals } of await reports(rows)) expect(totals).toMatchObject({ rejected: 0, ok: 0 });
    const unwrapped = [{ uid: '1', userslug: 'a', password: BCRYPT, 'password:shaWrapped': '' }];
    for (const { totals } of await reports(unwrapped)) expect(totals.ok).toBe(1);
  });

  test('is believed by the caller who names the hasher', async () => {
    const rows = [{ id: '1', password: BCRYPT, fs_uniquifier: 'a' }];
    for (const { totals } of await reports(rows, { hasher: 'bcrypt' })) expect(totals.ok).toBe(1);
  });

  test('is found by a pepper among the candidates', async () => {
    const pre = (p: string) => createHmac('sha512', 'S3').update(p).digest('base64');
    const users = ['a', 'b'].map((id) => ({ id, password: bcryptjs.hashSync(pre(`pw ${id}`), 4), fs_uniquifier: id }));
    const known = csvOf(users.map(({ id }) => ({ id, password: `pw ${id}` })));
    const canaries = await folder.write(`known-${++written}.csv`, known);
    const report = await reportOf(csvOf(users), 'csv', { canaries, canaryPeppers: ['no', 'S3'] });
    expect(report.canaries).toMatchObject({ mismatched: 2, refused: 2 });
    expect(report.canaries.suggestions).toMatchObject([{ password: { kind: 'pepper-hmac-sha512-base64', pepper: 2 } }]);
  });
});

describe('a value that is no text where the digest is looked for', () => {
  test.each([
    [{ hash: 'x', hashSettings: { salt: 'y' } }, 'object-with-digest', 'password.hash'],
    [{}, 'object', undefined],
    [[], 'list', undefined],
    [['$2b$'], 'list', undefined],
    [5, 'number', undefined],
    [false, 'boolean', undefined],
    [{ $binary: { base64: '//79', subType: '00' } }, 'bytes', undefined],
    [{ [BCRYPT]: 1 }, 'object', undefined],
  ])('is rejected and named: %j', async (password, cause, inner) => {
    const row = { id: '1', password };
    for (const [text, ending] of [
      [JSON.stringify([row]), 'json'],
      [JSON.stringify(row), 'json'],
      [`${JSON.stringify(row)}\n${JSON.stringify({ ...row, id: '2' })}\n`, 'ndjson'],
    ] as const) {
      const report = await reportOf(text, ending);
      expectRefused(report, 'ERR_NOT_TEXT');
      expect(report.findings[0]?.kind).toBe(`ERR_NOT_TEXT/unknown/passwordDigest/${cause}`);
      if (inner !== undefined) expect(report.findings[0]?.fix).toContain(`--digest-field ${inner}`);
      expect(JSON.stringify(report)).not.toContain(BCRYPT);
      expect(chooseExitCode(report, true)).toBe(1);
    }
  });

  test('is read where it is the bytes of a digest', async () => {
    const bytes = Buffer.from(BCRYPT);
    const values = [
      { $binary: { base64: bytes.toString('base64'), subType: '00' } },
      { $binary: bytes.toString('base64'), $type: '00' },
      bytes.toJSON(),
    ];
    const text = values.map((password, i) => JSON.stringify({ _id: { $oid: `${i}` }, password })).join('\n');
    const report = await reportOf(text, 'ndjson');
    expect(report.totals).toMatchObject({ rows: 3, ok: 3 });
  });

  test("is Auth0's object without a hash in it", async () => {
    const rows = [{ email: 'a@example.com', custom_password_hash: { algorithm: 'md5', hash: MD5 } }];
    expectRefused(await reportOf(JSON.stringify(rows), 'json'), 'ERR_NOT_TEXT');
    const none = [{ email: 'a@example.com', custom_password_hash: null, password_hash: null }];
    expect((await reportOf(JSON.stringify(none), 'json')).totals.missing).toBe(1);
  });
});

describe('a row of another way to sign in', () => {
  test.each<[string, readonly Flat[]]>([
    [
      'Better Auth',
      [
        { id: 'a1', accountId: 'x', providerId: 'credential', userId: 'u1', password: BCRYPT },
        { id: 'a2', accountId: 'y', providerId: 'google', userId: 'u1', password: '' },
      ],
    ],
    [
      'a table of identities',
      [
        { user_id: 'u1', provider: 'email', password: BCRYPT },
        { user_id: 'u1', provider: 'github', password: '' },
      ],
    ],
    [
      'identities, the other first',
      [
        { user_id: 'u1', provider: 'google', password: '' },
        { user_id: 'u1', provider: 'credentials', password: BCRYPT },
      ],
    ],
  ])('is no duplicate id: %s', async (_, rows) => {
    for (const { totals, duplicates, findings } of await reports(rows)) {
      expect(totals).toMatchObject({ rows: 2, ok: 1, missing: 1 });
      expect(duplicates.ids).toMatchObject({ values: 0, rows: 0 });
      expect(findings.map(({ code }) => code)).not.toContain('WARN_ID_DUPLICATE');
    }
  });

  test('and two rows with passwords are one', async () => {
    const row = { user_id: 'u1', provider: 'email', password: BCRYPT };
    for (const { duplicates } of await reports([row, row])) expect(duplicates.ids.values).toBe(1);
  });
});

test.each(['pw', 'password'])('digests in %s, next to a column of keys in hexadecimal, are not salts', (name) => {
  const values = (row: number) => ({ [name]: `$2b$10$${sha256(`${row}`).slice(0, 53)}`, device: md5(`${row}`) });
  const records = Array.from({ length: 20 }, (_, row) => {
    const record: Flat = values(row);
    return { record, field: (field: string) => record[field] };
  });
  const sample = { format: 'ndjson', fields: new Set([name, 'device']), records, header: undefined } as const;
  expect(saltByContent(sample)).toBeUndefined();
});

/** Known passwords against their digests, and what is said where they do not match. */
import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import bcryptjs from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { validate } from '../../../../src/index.js';
import { type CheckOptions, type CheckReport, check } from '../../../../src/migration/index.js';
import type { CanarySuggestion } from '../../../../src/reports/canary-suggestion.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder } from '../../../support/exports.js';
import { hasherVectors } from '../../../support/vectors.js';

const folder = temporaryFolder();

interface Known {
  readonly hasher: string;
  readonly digest: string;
  readonly password: string;
}

const files = hasherVectors();

/** Sound vectors of a hasher with passwords in text that cost little. */
function vectors(hasher: string, order?: string, speed: 'fast' | 'slow' = 'fast'): Known[] {
  const groups = files.find((file) => file.hasher === hasher)?.groups ?? [];
  return groups
    .filter(({ options }) => options?.order === order)
    .flatMap(({ tests }) => tests)
    .filter(
      (one) =>
        one.expect === 'match' &&
        (speed === 'slow' || one.speed !== 'slow') &&
        one.canonical !== false &&
        'utf8' in one.password,
    )
    .map(({ digest, password }) => ({ hasher, digest, password: (password as { utf8: string }).utf8 }))
    .filter(({ password }) => password.length > 3 && password.length < 60 && !/[\r\n\0]/.test(password));
}

let written = 0;

/** The users as an export and their passwords as canaries. */
async function report(users: readonly Known[], options: CheckOptions = {}): Promise<CheckReport> {
  const n = ++written;
  const rows = users.map(({ hasher, digest }, i) => ({ id: `u${i}`, passwordHasher: hasher, passwordDigest: digest }));
  const known = users.map(({ password }, i) => ({ id: `u${i}`, password }));
  const file = await folder.write(`${n}.csv`, csvOf(rows));
  return check([file], { ...options, canaries: await folder.write(`${n}-known.csv`, csvOf(known)) });
}

async function suggestions(users: readonly Known[], options?: CheckOptions): Promise<readonly CanarySuggestion[]> {
  expect(users.length).toBeGreaterThan(1);
  const { canaries } = await report(users, options);
  expect(canaries.rejected).toEqual([]);
  expect(canaries.mismatched).toBeGreaterThan(0);
  return canaries.suggestions;
}

const otherHasher = (hasher: string, other: string, matched: number): CanarySuggestion => ({
  ...{ kind: 'reading', hasher, digest: { kind: 'other-hasher', hasher: other }, matched, of: matched },
});
const changed = (users: readonly Known[], change: (user: Known) => Partial<Known>): Known[] =>
  users.map((user) => ({ ...user, ...change(user) }));
const sha = (algorithm: string, password: string | Uint8Array) => createHash(algorithm).update(password).digest('hex');
const md5s = (passwords: readonly string[], bytes: (password: string) => string | Uint8Array): Known[] =>
  passwords.map((password) => ({ hasher: 'md5', digest: sha('md5', bytes(password)), password }));

test('are counted: matched, not matched, missing, and those that cannot be verified with the reason', async () => {
  const file = await folder.write(
    'counts.csv',
    csvOf([
      { id: 'good', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD },
      { id: 'django', passwordHasher: '', passwordDigest: `bcrypt$${bcryptjs.hashSync('password', 4)}` },
      { id: 'bad', passwordHasher: 'sha256', passwordDigest: sha('sha256', 'password') },
      { id: 'empty', passwordHasher: 'md5', passwordDigest: '' },
      { id: 'costly', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$10$', '$20$') },
      { id: 'costly2', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$10$', '$20$') },
      { id: 'broken', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(9) },
      { id: 'pool', passwordHasher: 'awscognito', passwordDigest: 'awscognito#eu-west-1_Ab12Cd34E#client#jane' },
      { id: 'other', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD },
    ]),
  );
  const known = ['good', 'django', 'empty', 'costly', 'costly2', 'broken', 'pool', 'nobody']
    .map((id) => `${id},password\n`)
    .join('');
  const canaries = await folder.write('counts-known.csv', `id,password\n${known}bad,"no, ""this"" one"\n`);
  const found = (await check([file], { canaries })).canaries;
  expect(found).toMatchObject({ matched: 2, mismatched: 1, missing: 2, suggestions: [] });
  expect(found.rejected.map(({ code, count }) => [code, count])).toEqual([
    ['ERR_LIMIT', 2],
    ['ERR_MALFORMED', 1],
    ['ERR_UNVERIFIABLE', 1],
  ]);
  expect(found.hashers).toEqual({
    ...{ bcrypt: { matched: 1, mismatched: 0 }, md5: { matched: 1, mismatched: 0 } },
    ...{ sha256: { matched: 0, mismatched: 1 } },
  });
  expect(found.examples).toEqual([{ line: 4, id: 'bad' }]);
});

describe('of every hasher', () => {
  const hashers = files.map(({ hasher }) => hasher).filter((hasher) => hasher !== 'awscognito');

  test.each(hashers)('%s match their digests', async (hasher) => {
    const order = hasher.endsWith('_salted') ? 'salt-first' : undefined;
    const users = vectors(hasher, order).slice(0, 4);
    expect(users.length).toBeGreaterThan(0);
    expect((await report(users)).canaries).toMatchObject({ matched: users.length, mismatched: 0, suggestions: [] });
  });
});

describe('that do not match are explained by', () => {
  test.each(['md5_salted', 'sha256_salted'])('the other order of %s', async (hasher) => {
    const users = vectors(hasher, 'password-first').slice(0, 9);
    expect(await suggestions(users)).toEqual([
      { kind: 'reading', hasher, digest: { kind: 'password-first' }, matched: 9, of: 9 },
    ]);
  });

  test.each([
    ['pbkdf2_sha256', 'pbkdf2_sha256_django'],
    ['pbkdf2_sha256_django', 'pbkdf2_sha256'],
    ['phpass', 'md5_phpass'],
    ['md5_phpass', 'phpass'],
  ])('%s that is %s', async (named, hasher) => {
    const users = changed(vectors(hasher), () => ({ hasher: named }))
      .filter(({ digest }) => validate({ passwordHasher: named, passwordDigest: digest }).ok)
      .slice(0, 4);
    expect((await suggestions(users))[0]).toEqual(otherHasher(named, hasher, users.length));
  });

  test('pbkdf2_sha512 that is pbkdf2_sha512_hex, and the reverse', async () => {
    const hex = changed(vectors('pbkdf2_sha512_hex').slice(0, 3), ({ digest }) => ({
      ...{ hasher: 'pbkdf2_sha512', digest: digest.replace('_hex', '') },
    }));
    expect(await suggestions(hex)).toEqual([otherHasher('pbkdf2_sha512', 'pbkdf2_sha512_hex', 3)]);
    const text = ['one', 'two'].map((password) => ({
      hasher: 'pbkdf2_sha512_hex',
      digest: `pbkdf2_sha512_hex$10$abcd$${pbkdf2Sync(password, 'abcd', 10, 64, 'sha512').toString('hex')}`,
      password,
    }));
    expect(await suggestions(text)).toEqual([otherHasher('pbkdf2_sha512_hex', 'pbkdf2_sha512', 2)]);
  });

  test('pbkdf2_sha1 whose salt is text that reads as hexadecimal', async () => {
    const users = ['one', 'two'].map((password) => ({
      hasher: 'pbkdf2_sha1',
      digest: `pbkdf2_sha1$10$abcd$${pbkdf2Sync(password, 'abcd', 10, 32, 'sha1').toString('hex')}`,
      password,
    }));
    expect(await suggestions(users)).toEqual([
      { kind: 'reading', hasher: 'pbkdf2_sha1', digest: { kind: 'text-salt' }, matched: 2, of: 2 },
    ]);
  });

  test('bcrypt that is bcrypt_sha256_django, and the reverse', async () => {
    const users = changed(vectors('bcrypt_sha256_django').slice(0, 3), ({ digest }) => ({
      ...{ hasher: 'bcrypt', digest: digest.slice('bcrypt_sha256$'.length) },
    }));
    expect(await suggestions(users)).toEqual([otherHasher('bcrypt', 'bcrypt_sha256_django', 3)]);
    const plain = changed(
      vectors('bcrypt')
        .filter(({ digest }) => /^\$2b\$0[45]/.test(digest))
        .slice(0, 3),
      ({ digest }) => ({
        ...{ hasher: 'bcrypt_sha256_django', digest: `bcrypt_sha256$${digest}` },
      }),
    );
    expect(await suggestions(plain)).toEqual([otherHasher('bcrypt_sha256_django', 'bcrypt', 3)]);
  });

  test('the sign bug of $2x$', async () => {
    const users = changed(
      vectors('bcrypt').filter(({ digest, password }) => digest.startsWith('$2x$0') && /[^\0-\x7f]/.test(password)),
      ({ digest }) => ({ digest: digest.replace('$2x$', '$2a$') }),
    );
    expect((await suggestions(users.slice(0, 6)))[0]).toMatchObject({ hasher: 'bcrypt', digest: { kind: 'sign-bug' } });
  });

  test('a pepper among the candidates, reported by its number', async () => {
    const all = vectors('bcrypt_peppered').filter(
      ({ digest }) => digest.startsWith('$2a$04') || digest.startsWith('$2a$05'),
    );
    const peppers = new Map<string, Known[]>();
    for (const user of all) {
      const pepper = user.digest.slice(61);
      peppers.set(pepper, [...(peppers.get(pepper) ?? []), user]);
    }
    const [pepper, users] = [...peppers].sort(([, a], [, b]) => b.length - a.length)[0] as [string, Known[]];
    const stripped = changed(users.slice(0, 4), ({ digest }) => ({ hasher: 'bcrypt', digest: digest.slice(0, 60) }));
    const found = await suggestions(stripped, { canaryPeppers: ['not it', pepper] });
    expect(found).toMatchObject([{ hasher: 'bcrypt', digest: { kind: 'pepper', pepper: 2 } }]);
    const wrong = changed(users.slice(0, 4), ({ digest }) => ({ digest: `${digest.slice(0, 60)}$another` }));
    expect(await suggestions(wrong, { canaryPeppers: [pepper] })).toMatchObject([
      { hasher: 'bcrypt_peppered', digest: { kind: 'pepper', pepper: 1 } },
    ]);
    const none = changed(
      vectors('bcrypt')
        .filter(({ digest }) => /^\$2b\$0[45]/.test(digest))
        .slice(0, 3),
      ({ digest }) => ({
        ...{ hasher: 'bcrypt_peppered', digest: `${digest}$pepper` },
      }),
    );
    expect(await suggestions(none)).toMatchObject([{ hasher: 'bcrypt_peppered', digest: { kind: 'no-pepper' } }]);
  });

  test('a pepper of another hasher, before or after the password', async () => {
    const before = md5s(['one', 'two', 'three'], (password) => `P${password}`);
    const after = md5s(['one', 'two', 'three'], (password) => `${password}P`);
    const options = { canaryPeppers: ['P'] };
    expect(await suggestions(before, options)).toMatchObject([
      { hasher: 'md5', password: { kind: 'pepper-before', pepper: 1 } },
    ]);
    expect(await suggestions(after, options)).toMatchObject([
      { hasher: 'md5', password: { kind: 'pepper-after', pepper: 1 } },
    ]);
  });

  describe('parameters of Firebase:', () => {
    const users = vectors('scrypt_firebase', undefined, 'slow')
      .filter(({ digest }) => digest.endsWith('$Bw==$8$14'))
      .slice(0, 2);
    const fields = (change: (fields: string[]) => string[]) =>
      changed(users, ({ digest }) => ({ digest: change(digest.split('$')).join('$') }));

    test.each([
      ['exchanged-costs', ([h, s, k, sep, r, m]: string[]) => [h, s, k, sep, m, r]],
      ['default-separator', ([h, s, k, , r, m]: string[]) => [h, s, k, '', r, m]],
      ['default-costs', ([h, s, k, sep]: string[]) => [h, s, k, sep, '1', '10']],
      ['default-separator-and-costs', ([h, s, k]: string[]) => [h, s, k, 'AA==', '4', '9']],
    ] as const)('%s', async (kind, change) => {
      const [found] = await suggestions(fields(change as (fields: string[]) => string[]));
      expect(found).toMatchObject({ hasher: 'scrypt_firebase', digest: { kind } });
    });
  });

  test.each([
    ['trimmed', (password: string) => ` ${password}\t`],
    ['lower-case', (password: string) => password.toUpperCase()],
  ])('the password %s', async (kind, typed) => {
    const users = vectors('sha256').filter(
      ({ password }) => /^[a-z ]+$/.test(password) && password.trim() === password,
    );
    const found = await suggestions(changed(users.slice(0, 5), ({ password }) => ({ password: typed(password) })));
    const matched = Math.min(5, users.length);
    expect(found[0]).toEqual({ kind: 'reading', hasher: 'sha256', password: { kind }, matched, of: matched });
  });

  test.each([
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const)('passwords in %s that are typed in %s', async (form, typed) => {
    const users = vectors('sha256').filter(
      ({ password }) => password === password.normalize(form) && password !== password.normalize(typed),
    );
    const found = await suggestions(changed(users, ({ password }) => ({ password: password.normalize(typed) })));
    expect(found[0]).toMatchObject({ password: { kind: form.toLowerCase() } });
  });

  const words = ['Ärger', 'naïve "café"', 'smörgåsbord'];

  test.each([
    ['nfkc', md5s(['ﬁsh', 'ﬂag', '①②③'], (password) => password.normalize('NFKC'))],
    ['latin-1', md5s(words, (password) => Buffer.from(password, 'latin1'))],
    ['utf-16le', md5s(words, (password) => Buffer.from(password, 'utf16le'))],
    ['upper-case', md5s(words, (password) => password.toUpperCase())],
    [
      'html-entities',
      md5s(['a<b', '"c"&d'], (password) =>
        password.replace(/[<"&]/g, (c) => ({ '<': '&lt;', '"': '&quot;', '&': '&amp;' })[c] as string),
      ),
    ],
    ['backslashes', md5s(["it's", 'a"b'], (password) => password.replace(/['"]/g, '\\$&'))],
  ])('passwords %s', async (kind, users) => {
    expect((await suggestions(users))[0]).toMatchObject({ hasher: 'md5', password: { kind } });
  });

  test.each([
    ['md5-hex', (password: string) => sha('md5', password)],
    ['sha1-hex', (password: string) => sha('sha1', password)],
    ['sha512-hex', (password: string) => sha('sha512', password)],
    ['sha256-base64', (password: string) => createHash('sha256').update(password).digest('base64')],
    ['sha384-base64', (password: string) => createHash('sha384').update(password).digest('base64')],
    ['sha512-base64', (password: string) => createHash('sha512').update(password).digest('base64')],
  ])('%s of the password, before bcrypt', async (kind, prehashed) => {
    const users = ['one', 'two'].map((password) => ({
      ...{ hasher: 'bcrypt', digest: bcryptjs.hashSync(prehashed(password), 4), password },
    }));
    const hasher = 'bcrypt';
    expect(await suggestions(users)).toEqual([{ kind: 'reading', hasher, password: { kind }, matched: 2, of: 2 }]);
  });

  test('two things at once where a try is cheap: MD5 of the MD5 and the salt', async () => {
    const users = ['one', 'two', 'three'].map((password, i) => ({
      ...{ hasher: 'md5_salted', digest: `s${i}$${sha('md5', `${sha('md5', password)}s${i}`)}`, password },
    }));
    expect(await suggestions(users)).toMatchObject([
      { hasher: 'md5_salted', digest: { kind: 'password-first' }, password: { kind: 'md5-hex' } },
    ]);
  });
});

describe('a suggestion', () => {
  test('is made where most match by it, with the counts', async () => {
    const users = vectors('md5_salted', 'password-first').slice(0, 10);
    const three = users.map((user, i) => (i < 3 ? { ...user, password: `${user.password} is wrong` } : user));
    expect((await suggestions(three))[0]).toMatchObject({ matched: 7, of: 10 });
    const seven = users.map((user, i) => (i < 7 ? { ...user, password: `${user.password} is wrong` } : user));
    expect(await suggestions(seven)).toEqual([]);
  });

  test('is made for each hasher', async () => {
    const users = [
      ...vectors('md5_salted', 'password-first').slice(0, 3),
      ...vectors('sha256_salted', 'password-first').slice(0, 3),
    ];
    expect(await suggestions(users)).toMatchObject([
      { hasher: 'md5_salted', digest: { kind: 'password-first' } },
      { hasher: 'sha256_salted', digest: { kind: 'password-first' } },
    ]);
  });

  test('has no password, no pepper and no digest in it, nor has the report', async () => {
    const users = changed(vectors('md5_salted', 'password-first').slice(0, 6), () => ({}));
    const text = JSON.stringify(await report(users, { canaryPeppers: ['a secret pepper'] }));
    expect(text).not.toContain('a secret pepper');
    for (const { password, digest } of users) {
      expect(text.includes(`"${password}"`)).toBe(false);
      expect(text).not.toContain(digest.slice(-32));
    }
  });
});

describe('the file', () => {
  const known = async (content: string | Uint8Array) => {
    const file = await folder.write(
      'user.csv',
      csvOf([{ id: 'u1', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD }]),
    );
    return check([file], { canaries: await folder.write('known.csv', content) });
  };

  test.each([
    ['with a byte order mark', '\ufeffid,password\nu1,password\n'],
    ['with CRLF', 'id,password\r\nu1,password\r\n'],
    ['with quotes', '"id","password"\n"u1","password"\n'],
    ['with other columns in another order', 'email,password,id\nx,password,u1\n'],
    ['without a line end', 'id,password\nu1,password'],
  ])('%s is read', async (_, content) => expect((await known(content)).canaries.matched).toBe(1));

  test('keeps every character of a password: commas, quotes, line ends, spaces', async () => {
    const passwords = ['a,b', 'a"b', 'a\nb', ' a ', 'a\tb', ''];
    const { canaries } = await report(md5s(passwords, (password) => password));
    expect(canaries).toMatchObject({ matched: passwords.length, mismatched: 0 });
  });

  test.each([
    ['without header', 'u1,password\n', 'missing-column'],
    ['without the column', 'id,pw\nu1,x\n', 'missing-column'],
    ['with a comma that is not quoted', 'id,password\nu1,a,b\n', 'invalid-row'],
    ['with an id twice', 'id,password\nu1,a\nu1,b\n', 'duplicate-id'],
    ['without an id', 'id,password\n,b\n', 'no-id'],
    ['without rows', 'id,password\n', 'no-rows'],
    ['that is empty', '', 'empty'],
    ['that is no UTF-8', Buffer.from('id,password\nu1,caf\xe9\n', 'latin1'), 'not-text'],
  ])('%s is refused with its line, and no password is shown', async (_, content, code) => {
    const problem = await known(content).catch((error: unknown) => error as Error);
    expect(problem).toMatchObject({ name: 'InputProblem', code, file: folder.path('known.csv') });
    expect((problem as Error).message).not.toContain('a,b');
  });
});

test('an abort ends the verification of canaries', async () => {
  const users = vectors('md5_salted', 'password-first').slice(0, 3);
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error('enough'));
  await expect(report(users, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
});

describe("digests that Better Auth and programs on Node's defaults write alike", () => {
  const salt = '0123456789abcdef0123456789abcdef';
  const digestOf = (r: number) => {
    const key = scryptSync('password', salt, 64, { N: 16_384, r, p: 1, maxmem: 2 ** 26 });
    return `${salt}:${key.toString('hex')}`;
  };

  async function checked(r: number, options: CheckOptions = {}) {
    const n = ++written;
    const rows = ['a', 'b'].map((id) => ({ id, passwordDigest: digestOf(r) }));
    const file = await folder.write(`${n}.csv`, csvOf(rows));
    const canaries = await folder.write(`${n}-known.csv`, 'id,password\na,password\nb,password\n');
    const out = folder.path(`${n}.out`);
    const generic = { source: 'generic', digestField: 'passwordDigest', idField: 'id' } as const;
    const found = await check([file], { ...generic, canaries, out, ...options });
    return { found, lines: (await readFile(out, 'utf8')).split('\n').filter((line) => line !== '') };
  }

  test.each([
    [16, 'node-scrypt'],
    [8, 'better-auth'],
  ])('are not written before one is named: r=%i', async (r, other) => {
    const { found, lines } = await checked(r);
    expect(lines).toEqual([]);
    expect(found.totals).toMatchObject({ rows: 2, rejected: 2 });
    if (r === 16) expect(found.canaries).toMatchObject({ matched: 2, suggestions: [] });
    else expect(found.canaries.suggestions).toMatchObject([{ digest: { kind: 'block-size', writer: 'node-scrypt' } }]);
    expect((await checked(r, { hasher: other })).found.canaries.matched).toBe(0);
  });

  test.each([
    [16, 'better-auth'],
    [8, 'node-scrypt'],
  ])('are written as the named system means them: r=%i, %s', async (r, hasher) => {
    const { found, lines } = await checked(r, { hasher });
    expect(found.canaries).toMatchObject({ matched: 2, mismatched: 0 });
    const passwordDigest = `scrypt:16384:${r}:1$${digestOf(r).replace(':', '$')}`;
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      ['a', 'b'].map((id) => ({ id, passwordHasher: 'scrypt_werkzeug', passwordDigest })),
    );
  });
});

/** Which explanations are tried on known passwords that do not match, and which are reported; nothing is hashed here. */
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../../../src/hashers/index.js';
import { type Attempt, findSuggestions } from '../../../../src/migration/assess/canaries/alternatives.js';
import type { Canary } from '../../../../src/migration/assess/canaries/found.js';
import { createRegistry } from '../../../../src/registry.js';
import type { CanarySuggestion } from '../../../../src/reports/canary-suggestion.js';
import type { Verdict } from '../../../../src/types.js';
import { BCRYPT } from '../../../support/exports.js';

const registry = createRegistry(clerkHashers);
const MATCH = { outcome: 'match' } as Verdict;
const PHPASS = clerkHashers.find(({ name }) => name === 'phpass')?.example.digest as string;

interface Given {
  readonly hasher?: string;
  readonly digest?: string;
  readonly passwords: readonly string[];
  readonly peppers?: readonly string[];
}

/** What `matches` accepts matches. @returns the suggestions, and each list of attempts. */
async function find(
  { hasher = 'md5', digest = '0'.repeat(32), passwords, peppers = [] }: Given,
  matches: (attempt: { readonly password: string } & Omit<Attempt, 'password'>) => boolean,
): Promise<{ readonly suggestions: readonly CanarySuggestion[]; readonly tried: readonly (readonly Attempt[])[] }> {
  const failing = passwords.map(
    (password, i): Canary => ({
      ...{ file: 0, line: i + 2, id: `u${i}`, password, verdict: 'ok', hasher, salt: undefined, rejection: undefined },
      credential: { passwordHasher: hasher, passwordDigest: digest },
    }),
  );
  const tried: (readonly Attempt[])[] = [];
  const suggestions = await findSuggestions(registry, hasher, failing, peppers, async (attempts) => {
    tried.push(attempts);
    return attempts.map(
      ({ password, ...rest }): Verdict =>
        matches({ ...rest, password: Buffer.from(password).toString() }) ? MATCH : { outcome: 'mismatch' },
    );
  });
  return { suggestions, tried };
}

const count = (length: number, text: (i: number) => string) => Array.from({ length }, (_, i) => text(i));

describe('a change of the password', () => {
  test('is reported where more than half match by it', async () => {
    const passwords = count(10, (i) => `A${i}`);
    const upTo = (n: number) =>
      find({ passwords }, ({ password }) => /^a/.test(password) && Number(password.slice(1)) < n);
    expect((await upTo(10)).suggestions).toEqual([
      { kind: 'reading', hasher: 'md5', password: { kind: 'lower-case' }, matched: 10, of: 10 },
    ]);
    expect((await upTo(6)).suggestions).toMatchObject([{ matched: 6, of: 10 }]);
    expect((await upTo(5)).suggestions).toEqual([]);
  });

  test('is tried on three of the whole list first, and on all where one of them matches', async () => {
    const passwords = count(9, (i) => `A${i}`);
    const none = await find({ passwords }, () => false);
    const sizes = new Set(none.tried.map(({ length }) => length));
    expect([...sizes]).toEqual([3]);
    const lower = none.tried.map((all) => all.map(({ password }) => Buffer.from(password).toString()));
    expect(lower).toContainEqual(['a0', 'a4', 'a8']);
    for (const at of [0, 4, 8]) {
      const one = await find({ passwords }, ({ password }) => password === `a${at}`);
      expect(
        one.tried.filter(({ length }) => length === 9),
        `${at}`,
      ).toHaveLength(1);
      expect(one.suggestions).toEqual([]);
    }
    const between = await find({ passwords }, ({ password }) => /^a[1-35-7]/.test(password));
    expect(between.suggestions).toEqual([]);
  });

  test('of three or fewer is tried once', async () => {
    const { suggestions, tried } = await find({ passwords: ['A0', 'A1', 'A2'] }, ({ password }) => password[0] === 'a');
    expect(suggestions).toMatchObject([{ password: { kind: 'lower-case' }, matched: 3, of: 3 }]);
    expect(tried.filter(([one]) => Buffer.from(one?.password ?? []).toString() === 'a0')).toHaveLength(1);
  });

  test('is not tried where it leaves half of the passwords as they are', async () => {
    const { suggestions, tried } = await find({ passwords: ['A0', 'A1', 'b0', 'b1'] }, ({ password }) =>
      /^a/.test(password),
    );
    expect(suggestions).toEqual([]);
    expect(tried.flat().some(({ password }) => Buffer.from(password).toString() === 'a0')).toBe(false);
    const most = await find({ passwords: ['A0', 'A1', 'A2', 'b1'] }, ({ password }) => /^a/.test(password));
    expect(most.suggestions).toMatchObject([{ password: { kind: 'lower-case' }, matched: 3, of: 4 }]);
  });

  test('is not tried where a password cannot be changed so', async () => {
    const { tried } = await find({ passwords: ['\u20ac1', '\u20ac2'] }, () => false);
    for (const attempts of tried) expect(attempts).toHaveLength(2);
    const bytes = tried.flat().map(({ password }) => Buffer.from(password).toString('latin1'));
    expect(bytes).not.toContain('\u20ac1');
    expect(bytes).not.toContain('\xac1');
  });

  test('matches by several ways: three of them, the likeliest first, none that matches less', async () => {
    const passwords = [' Ab\u00e91', ' Ab\u00e92'];
    const { suggestions } = await find({ passwords }, () => true);
    expect(suggestions).toMatchObject([
      { password: { kind: 'trimmed' } },
      { password: { kind: 'nfd' } },
      { password: { kind: 'nfkd' } },
    ]);
    const less = await find({ passwords: ['A0', 'A1', 'A2'] }, ({ password }) => /^(?:a|A[01]P)/.test(password));
    expect(less.suggestions).toMatchObject([{ password: { kind: 'lower-case' }, matched: 3 }]);
    const more = await find({ passwords: ['A0', 'A1', 'A2'], peppers: ['P'] }, ({ password }) =>
      /^(?:a[01]$|A.P)/.test(password),
    );
    expect(more.suggestions).toEqual([
      { kind: 'reading', hasher: 'md5', password: { kind: 'pepper-after', pepper: 1 }, matched: 3, of: 3 },
    ]);
  });
});

describe('another reading of the digest', () => {
  const salted = { hasher: 'md5_salted', digest: `s$${'0'.repeat(32)}` };

  test('is reported rather than a change of the password', async () => {
    const { suggestions } = await find(
      { ...salted, passwords: ['A0', 'A1'] },
      ({ password, passwordFirst }) => passwordFirst || /^a/.test(password),
    );
    expect(suggestions).toEqual([
      { kind: 'reading', hasher: 'md5_salted', digest: { kind: 'password-first' }, matched: 2, of: 2 },
    ]);
  });

  test('is not reported where a change of the password makes more match', async () => {
    const { suggestions } = await find(
      { ...salted, passwords: ['A0', 'A1', 'A2'] },
      ({ password, passwordFirst }) => (passwordFirst && password !== 'A0') || (!passwordFirst && /^a/.test(password)),
    );
    expect(suggestions).toEqual([
      { kind: 'reading', hasher: 'md5_salted', password: { kind: 'lower-case' }, matched: 3, of: 3 },
    ]);
  });

  test('is tried with the password as it is, and the credential that it says', async () => {
    const example = clerkHashers.find(({ name }) => name === 'scrypt_werkzeug')?.example.digest as string;
    const digest = example.replace(/^scrypt:\d+/, 'scrypt:1024');
    const { tried } = await find({ hasher: 'scrypt_werkzeug', digest, passwords: ['x', 'y'] }, () => false);
    expect(tried.length).toBeGreaterThan(0);
    // Its N is none of which another block size is known.
    for (const { credential, password } of tried.flat()) {
      expect(credential).toEqual({ passwordHasher: 'scrypt_werkzeug', passwordDigest: digest });
      expect(Buffer.from(password).toString()).not.toBe('x');
    }
    const other = await find({ hasher: 'phpass', digest: PHPASS, passwords: ['x', 'y'] }, () => false);
    expect(other.tried[0]).toEqual([
      {
        password: new TextEncoder().encode('x'),
        credential: { passwordHasher: 'md5_phpass', passwordDigest: PHPASS },
        passwordFirst: false,
      },
      {
        password: new TextEncoder().encode('y'),
        credential: { passwordHasher: 'md5_phpass', passwordDigest: PHPASS },
        passwordFirst: false,
      },
    ]);
  });

  test('and a change of the password are tried together where digests are cheap and neither is enough', async () => {
    const both = ({ password, passwordFirst }: { password: string; passwordFirst: boolean }) =>
      passwordFirst && /^a/.test(password);
    const { suggestions } = await find({ ...salted, passwords: ['A0', 'A1'] }, both);
    expect(suggestions).toEqual([
      {
        ...{ kind: 'reading', hasher: 'md5_salted', matched: 2, of: 2 },
        ...{ digest: { kind: 'password-first' }, password: { kind: 'lower-case' } },
      },
    ]);
    const peppers = ['P'];
    const after = await find(
      { ...salted, passwords: ['A0', 'A1'], peppers },
      ({ password, passwordFirst }) => passwordFirst && /^A.P/.test(password),
    );
    expect(after.suggestions).toMatchObject([{ password: { kind: 'pepper-after', pepper: 1 } }]);
  });

  test.each([
    ['bcrypt', BCRYPT],
    ['pbkdf2_sha256_django', `pbkdf2_sha256$1000$salt$${'A'.repeat(43)}=`],
    ['phpass', PHPASS],
  ])('of %s is not tried together with another, which would cost too much', async (hasher, digest) => {
    const { tried } = await find({ hasher, digest, passwords: ['A0', 'A1'] }, () => false);
    const changed = tried.flat().filter(({ password }) => Buffer.from(password).toString() === 'a0');
    expect(changed).toHaveLength(1);
    expect(changed[0]?.credential.passwordHasher).toBe(hasher);
  });

  test('of a hasher that is not known is not tried with another change', async () => {
    const { suggestions } = await find({ hasher: 'other', passwords: ['A0', 'A1'] }, () => false);
    expect(suggestions).toEqual([]);
  });
});

describe('peppers', () => {
  const wanted = ({ password }: { readonly password: string }) => /^A.P$/.test(password);

  test('follow the password', async () => {
    const { suggestions } = await find({ passwords: ['A0', 'A1'], peppers: ['no', 'P'] }, wanted);
    expect(suggestions).toMatchObject([{ password: { kind: 'pepper-after', pepper: 2 } }]);
  });

  test.each(['bcrypt', 'bcrypt_sha256_django', 'bcrypt_peppered'])(
    'do not follow that of %s, which has a hasher for it',
    async (hasher) => {
      const example = clerkHashers.find(({ name }) => name === hasher)?.example.digest as string;
      const given = { hasher, digest: example, passwords: ['A0', 'A1'], peppers: ['P'] };
      const { suggestions, tried } = await find(given, wanted);
      expect(suggestions).toEqual([]);
      expect(tried.flat().map(({ password }) => Buffer.from(password).toString())).toContain('PA0');
    },
  );
});

test('without canaries nothing is tried', async () => {
  expect(await find({ passwords: [] }, () => true)).toEqual({ suggestions: [], tried: [] });
});

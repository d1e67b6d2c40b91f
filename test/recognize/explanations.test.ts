/** How each text is explained that its named hasher does not read: codes and fields. The sentences are in test/messages. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DigestError, digestError } from '../../src/errors.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import { explain, explainUnread } from '../../src/recognize/diagnose.js';
import { explainDisabled, nameCertainFormat } from '../../src/recognize/explain-damage.js';
import { unknownHasherName } from '../../src/recognize/explain-name.js';
import { createRegistry } from '../../src/registry.js';
import type { AnyHasher } from '../../src/types.js';
import { attempt } from '../support/rejection.js';

interface Texts {
  readonly digests: readonly (readonly [hasher: string, digest: string])[];
}
const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const { digests }: Texts = read('../messages/digests.json');
const { formats }: { readonly formats: readonly { readonly digest: string }[] } = read(
  '../fixtures/known-formats.json',
);

const EXAMPLES = clerkHashers.map(({ example }) => example.digest);
const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const BCRYPT = exampleOf('bcrypt');
const MD5 = exampleOf('md5');

const OTHERS = [
  ...['', ' ', '"!"', "'x'", '"*"', '{CRYPT}!', '"{CRYPT}!"', ' !', '!\n', 'NULL\n', '"NULL"', '""'],
  ...[
    'hunter2',
    'correct horse battery staple',
    'abcdef12',
    'abcdef1',
    'z'.repeat(23),
    'z'.repeat(24),
    'a b'.repeat(12),
  ],
  ...[`x${'a'.repeat(20)} y`, `${'a'.repeat(30)} `, '0123456789abcdef!', 'z0123456', '0123456789ABCDEF'],
  ...[`{bcrypt}${BCRYPT}`, `"{bcrypt}${BCRYPT}"`, `{MD5}${MD5}`, `"{MD5}${MD5}"`, `{bcrypt}${BCRYPT.slice(0, -1)}`],
  ...[`${'0123456789abcdef'.repeat(2)}:${'00'.repeat(64)}`, `md5$salt$${MD5}`, 'pbkdf2:sha256:1000$salt$0a0a'],
  ...['$10$N9qo8uLOickgx2ZMRZoMyehtJ', '0$N9qo8uLOickgx2ZMRZoMye', BCRYPT.slice(3), BCRYPT.slice(4), BCRYPT.slice(7)],
  ...[`${BCRYPT}$pepper`, `"${BCRYPT}$pepper"`, `${MD5}:salt`, `"${MD5}:salt"`, `salt"$${MD5}`, `"salt"$${MD5}`],
  ...[`${MD5}${MD5}`, Buffer.from(MD5, 'hex').toString('base64'), Buffer.from(BCRYPT).toString('base64')],
];
const TEXTS = [
  ...new Set([
    ...EXAMPLES.map((text, i) => (i % 2 === 0 ? `"${text}"` : text.slice(0, -1))),
    ...digests.map(([, digest]) => digest).filter((_, i) => i % 6 === 0),
    ...formats.map(({ digest }) => digest).filter((_, i) => i % 24 === 0),
    ...OTHERS,
  ]),
];

/** Under some hashers, with a signature and without; and under names that are none. */
const NAMES = ['bcrypt', 'md5_salted', 'BCrypt', 'flask'];

/** Of a hint what the text is without its damage; of others that there is one. */
function briefHint(hint: string | undefined): string | undefined {
  return hint && (/(?<=^without the damage it )is .*/.exec(hint)?.[0] ?? 'hint');
}

function brief(answer: unknown): string | undefined {
  if (!(answer instanceof DigestError)) return undefined;
  const { code, hasher, field, subcode, offset, suggestion, fix, hint } = answer;
  const values = [code, hasher ?? '-', field, subcode, offset, suggestion && JSON.stringify(suggestion)];
  return [...values, fix && 'fix', briefHint(hint)].filter((value) => value !== undefined).join(' ');
}

/** A paragraph for each text: what is said of it, and where. */
function explainAll(among: readonly AnyHasher[], texts: readonly string[], names: readonly string[]): string {
  const registry = createRegistry(among);
  const paragraphs = texts.map((passwordDigest) => {
    const lines = new Map<string, string[]>();
    const add = (where: string, answer: string | undefined) => {
      if (answer !== undefined) lines.set(answer, [...(lines.get(answer) ?? []), where]);
    };
    add('unnamed', brief(explainUnread(among, passwordDigest)));
    for (const passwordHasher of names) {
      const answer = brief(attempt(() => registry.parse({ passwordHasher, passwordDigest })));
      add(passwordHasher, answer?.replace(` ${passwordHasher} `, ' (own) '));
    }
    return [JSON.stringify(passwordDigest), ...[...lines].map(([answer, where]) => `  ${where.join(', ')}: ${answer}`)];
  });
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

test('each text is explained under hashers and names', async () => {
  expect(TEXTS.length).toBeGreaterThan(100);
  await expect(explainAll(clerkHashers, TEXTS, NAMES)).toMatchFileSnapshot('golden/explanations.txt');
});

test('nothing is advised that a registry lacks', async () => {
  const few = clerkHashers.filter(({ name }) => ['bcrypt', 'md5', 'phpass'].includes(name));
  const texts = [...EXAMPLES, ...OTHERS.filter((text) => text.length > 24)];
  await expect(explainAll(few, texts, ['bcrypt', 'md5', 'firebase'])).toMatchFileSnapshot(
    'golden/explanations-few.txt',
  );
});

describe('a name without a digest', () => {
  const of = (name: string) => {
    const { code, field, fix, hint, suggestion } = unknownHasherName(clerkHashers, name, 'hasher');
    return { code, field, fix, suggestion, listed: hint?.includes('argon2i, argon2id') };
  };
  const base = { code: 'ERR_UNKNOWN_HASHER', field: 'hasher', listed: undefined };

  test.each([
    ['BCrypt', 'bcrypt'],
    ['pbkdf2-sha256', 'pbkdf2_sha256'],
    ['firebase', 'scrypt_firebase'],
  ])('%s means %s', (name, hasher) => {
    expect(of(name)).toEqual({ ...base, fix: `use ${hasher}`, suggestion: { hasher } });
  });

  test('of a family names its members, the last after an "or"', () => {
    const { fix, suggestion } = of('scrypt');
    expect(suggestion).toBeUndefined();
    expect(fix?.match(/^use (?:\w+, )*\w+ or \w+$/)).not.toBeNull();
    const named = fix?.match(/\w*scrypt\w*/g) ?? [];
    expect(named.length).toBeGreaterThan(1);
    for (const one of named) expect(clerkHashers.map(({ name }) => name)).toContain(one);
  });

  test('of a family with one member in the registry names that one', () => {
    const few = clerkHashers.filter(({ name }) => name === 'scrypt_firebase' || name === 'md5');
    expect(unknownHasherName(few, 'scrypt', 'hasher')).toMatchObject({
      ...{ message: 'unknown hasher', fix: 'use scrypt_firebase', suggestion: undefined, hint: undefined },
    });
    expect(unknownHasherName(clerkHashers, 'pbkdf2', 'hasher').fix).toBe(
      'use pbkdf2_sha1, pbkdf2_sha256, pbkdf2_sha256_django, pbkdf2_sha512 or pbkdf2_sha512_hex',
    );
  });

  test('that means none lists all', () => {
    expect(of('nothing like it')).toEqual({ ...base, fix: undefined, suggestion: undefined, listed: true });
  });
});

describe('a name next to a digest', () => {
  const registry = createRegistry(clerkHashers);
  const of = (passwordHasher: string, passwordDigest: string) =>
    attempt(() => registry.parse({ passwordHasher, passwordDigest }));

  test('that is exchanged with it is to be swapped', () => {
    expect(of(BCRYPT, 'bcrypt')).toMatchObject({
      ...{ code: 'ERR_UNKNOWN_HASHER', message: 'unknown hasher', field: 'passwordHasher' },
      ...{ fix: 'swap passwordHasher and passwordDigest', suggestion: { swap: 'hasher-and-digest' } },
    });
    for (const [name, digest] of [
      ['word', 'bcrypt'],
      [BCRYPT, 'word'],
    ] as const) {
      expect(of(name, digest)).toMatchObject({ fix: undefined, hint: expect.stringContaining('argon2i, argon2id') });
    }
  });

  test('that says more than the digest shows is not corrected', () => {
    expect(of('md5_bcrypt', BCRYPT)).toMatchObject({ fix: undefined, suggestion: undefined, subcode: 'bcrypt' });
    expect(of('some_bcrypt', BCRYPT)).toMatchObject({ suggestion: { hasher: 'bcrypt' }, subcode: 'bcrypt' });
  });

  test('like that of a hasher which does not read it says so', () => {
    const answer = of('BCrypt', 'no digest at all, only words') as DigestError;
    expect(answer).toMatchObject({ fix: undefined, suggestion: undefined, hint: expect.stringMatching(/\bbcrypt\b/) });
    expect(answer.hint).not.toContain('argon2i, argon2id');
  });
});

test('a text is explained up to the bound', () => {
  const quoted = (length: number) => `"${BCRYPT}"`.padEnd(length);
  const hasher = clerkHashers.find(({ name }) => name === 'bcrypt') as AnyHasher;
  const error = digestError('ERR_MALFORMED', 'another text', { field: 'digest' });
  expect(explainUnread(clerkHashers, quoted(MAX_DIGEST_CHARS))).toMatchObject({ suggestion: { repair: true } });
  expect(explain(clerkHashers, hasher, quoted(MAX_DIGEST_CHARS), error)).toMatchObject({
    suggestion: { repair: true },
  });
  expect(explainUnread(clerkHashers, quoted(MAX_DIGEST_CHARS + 1))).toBeUndefined();
  expect(explain(clerkHashers, hasher, quoted(MAX_DIGEST_CHARS + 1), error)).toBe(error);
});

test('what is certainly of a format is named, what only looks like one is not', () => {
  expect(nameCertainFormat(clerkHashers, BCRYPT)).toBe('a digest of bcrypt');
  expect(nameCertainFormat(clerkHashers, MD5)).toBeUndefined();
  expect(nameCertainFormat(clerkHashers, 'only words')).toBeUndefined();
  expect(nameCertainFormat(clerkHashers, `{bcrypt}${BCRYPT}`)).toBe('a digest of Spring Security {bcrypt}');
});

test('nothing at all is empty, a mark is one', () => {
  const messages = ['', ' \n', '!', 'NULL'].map((mark) => explainDisabled(undefined, mark).message);
  expect(messages[0]).toBe('digest is empty');
  expect(messages.map((message) => message === messages[0])).toEqual([true, true, false, false]);
  expect(messages[2]).toMatch(/mark/);
});

test('an error that is not about the text is left as it is', () => {
  const hasher = clerkHashers.find(({ name }) => name === 'bcrypt') as AnyHasher;
  const error = digestError('ERR_LIMIT', 'too much', { field: 'cost' });
  expect(explain(clerkHashers, hasher, `"${BCRYPT}"`, error)).toBe(error);
});

test('what another error than of a digest is, is thrown', () => {
  const problem = new RangeError('a fault of the hasher');
  const faulty = {
    ...(clerkHashers.find(({ name }) => name === 'bcrypt') as AnyHasher),
    parse() {
      throw problem;
    },
  };
  expect(() => explainUnread([faulty], '$2b$')).toThrow(problem);
});

test('an error that has a hint keeps it', () => {
  const hasher = {
    ...(clerkHashers.find(({ name }) => name === 'md5') as AnyHasher),
    parse() {
      throw digestError('ERR_MALFORMED', 'another text', { field: 'digest', hint: 'its own' });
    },
  };
  const registry = createRegistry([hasher]);
  for (const passwordDigest of ['z'.repeat(30), 'ab'.repeat(20), 'ab'.repeat(64)]) {
    const answer = attempt(() => registry.parse({ passwordHasher: 'md5', passwordDigest }));
    expect(answer).toMatchObject({ hint: 'its own' });
  }
});

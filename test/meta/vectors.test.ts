/** The vector files themselves: form, number, sources, flags, and the passwords that no hasher may be without. */
import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../src/index.js';
import { CODES, conversionVectors, hasherVectors, passwordOf, readJson, type VectorFile } from '../support/vectors.js';
import { ROOT } from './imports.js';

/** Those of the mission; the other ten came later. */
const TWELVE = [
  ...['argon2i', 'argon2id', 'bcrypt', 'bcrypt_sha256_django', 'md5', 'pbkdf2_sha1', 'pbkdf2_sha256'],
  ...['pbkdf2_sha256_django', 'phpass', 'scrypt_firebase', 'scrypt_werkzeug', 'sha256'],
];

const files = hasherVectors();
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema(readJson('schema.json') as object, 'schema.json');
const conversions = ajv.compile(readJson('schema-convert.json') as object);
const digests = ajv.getSchema('schema.json');

const namesIn = (folder: string): string[] => readdirSync(new URL(`vectors/${folder}`, ROOT)).sort();

describe('the form of', () => {
  test.each(namesIn('hashers'))('hashers/%s is as the schema says', (name) => {
    const file = readJson(`hashers/${name}`) as VectorFile;
    digests?.(file);
    expect(digests?.errors ?? []).toEqual([]);
    expect(`${file.hasher}.json`).toBe(name);
  });

  test.each(namesIn('formats'))('formats/%s is as the schema says', (name) => {
    const file = readJson(`formats/${name}`) as VectorFile;
    digests?.(file);
    expect(digests?.errors ?? []).toEqual([]);
    expect(`${file.hasher}.json`).toBe(name);
  });

  test.each(namesIn('convert'))('convert/%s is as the schema says', (name) => {
    const file = readJson(`convert/${name}`) as { readonly system: string };
    conversions(file);
    expect(conversions.errors ?? []).toEqual([]);
    expect(`${file.system}.json`).toBe(name);
  });

  test('the schemas refuse a key that they do not know', () => {
    const [file] = files;
    expect(digests?.({ ...file, more: 1 })).toBe(false);
    expect(digests?.({ ...file, groups: [{ ...file?.groups[0], more: 1 }] })).toBe(false);
  });
});

test('every hasher has a file, and every file a hasher', () => {
  expect(files.map(({ hasher }) => hasher)).toEqual(clerkHashers.map(({ name }) => name).sort());
});

test('every test has a number of its own, counting up', () => {
  for (const { hasher, groups } of files) {
    const ids = groups.flatMap(({ tests }) => tests.map(({ tcId }) => tcId));
    expect(ids, hasher).toEqual(ids.map((_, i) => i + 1));
  }
  for (const { system, groups } of conversionVectors()) {
    const ids = groups.flatMap(({ tests }) => tests.map(({ tcId }) => tcId));
    expect(new Set(ids).size, system).toBe(ids.length);
  }
});

describe.each(files)('$hasher', ({ hasher, notes, groups }) => {
  const tests = groups.flatMap((group) => group.tests);

  test('has as many vectors as were asked for', () => {
    expect(tests.length).toBeGreaterThanOrEqual(TWELVE.includes(hasher) ? 40 : 15);
  });

  test('has two sources that are not one', () => {
    // Two versions, or two runs, of one product are one source.
    const products = new Set(groups.map(({ source }) => source.name.toLowerCase().replace(/\s*\(.*/, '')));
    expect(products.size).toBeGreaterThanOrEqual(2);
  });

  test('explains the flags that it uses and no other', () => {
    const used = new Set(tests.flatMap(({ flags }) => flags));
    expect([...used].sort()).toEqual(Object.keys(notes).sort());
    expect(tests.filter(({ flags }) => flags.length === 0).map(({ tcId }) => tcId)).toEqual([]);
  });

  test('has no test twice of one source', () => {
    // Of two sources, an unsalted digest must be the same.
    const seen = new Map<string, number>();
    const twice: string[] = [];
    for (const { source, options, tests } of groups) {
      for (const { tcId, password, digest } of tests) {
        const key = JSON.stringify([source, options?.order, password, digest]);
        const first = seen.get(key);
        if (first !== undefined) twice.push(`#${tcId} is #${first} again`);
        seen.set(key, tcId);
      }
    }
    expect(twice).toEqual([]);
  });

  test('has negative vectors, each graded by a code', () => {
    const negative = tests.filter(({ expect }) => expect !== 'match' && expect !== 'mismatch');
    expect(negative.length).toBeGreaterThanOrEqual(10);
    expect(negative.filter(({ expect }) => !Object.hasOwn(CODES, expect))).toEqual([]);
    // Malformed by itself, of another hasher, and a mark of a disabled account: no hasher is without these three.
    for (const grade of ['malformed', 'wrong-hasher', 'disabled']) {
      expect(
        negative.some(({ expect }) => expect === grade),
        grade,
      ).toBe(true);
    }
    // What is refused names a place only where it is refused.
    expect(tests.filter((one) => one.error !== undefined && !negative.includes(one))).toEqual([]);
  });

  test('has a wrong password', () => {
    const wanted = hasher === 'awscognito' ? 'unverifiable' : 'mismatch';
    expect(tests.some(({ expect }) => expect === wanted)).toBe(true);
  });
});

/** What the password of a vector must be one of; of the same test for NFC and NFD, which are one letter. */
const EDGES: readonly (readonly [name: string, is: (bytes: Uint8Array, text: string) => boolean])[] = [
  ['empty', (bytes) => bytes.length === 0],
  ['of 1 byte', (bytes) => bytes.length === 1],
  ['of 71 bytes', (bytes) => bytes.length === 71],
  ['of 72 bytes', (bytes) => bytes.length === 72],
  ['of 73 bytes', (bytes) => bytes.length === 73],
  ['of 4096 bytes', (bytes) => bytes.length === 4096],
  ['in NFC', (_, text) => text !== text.normalize('NFD') && text === text.normalize('NFC')],
  ['in NFD', (_, text) => text !== text.normalize('NFC') && text === text.normalize('NFD')],
  ['with an emoji', (_, text) => /\p{Emoji_Presentation}/u.test(text)],
  ['with a leading space', (_, text) => text.startsWith(' ') && text.trim() !== ''],
  ['with a trailing space', (_, text) => text.endsWith(' ') && text.trim() !== ''],
  ['with ":"', (_, text) => text.includes(':')],
  ['with "$"', (_, text) => text.includes('$')],
  ['with "{"', (_, text) => text.includes('{')],
  ['with a NUL', (bytes) => bytes.includes(0)],
  ['of invalid UTF-8', (bytes, text) => !Buffer.from(text).equals(bytes)],
];

/** What the format or its product does not have. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // Devise takes 128 characters at most, and bcrypt sees neither the pepper nor the rest behind 72 bytes.
  bcrypt_peppered: ['of 4096 bytes'],
  // It hashes UTF-16, so it needs text; bytes that are none are refused below.
  hmac_sha256_utf16_b64: ['of invalid UTF-8'],
};

describe.each(files.filter(({ hasher }) => hasher !== 'awscognito'))('a match of $hasher', ({ hasher, groups }) => {
  const passwords = groups
    .flatMap(({ tests }) => tests.filter(({ expect }) => expect === 'match'))
    .map((vector) => Buffer.from(passwordOf(vector)))
    .map((bytes) => [bytes, bytes.toString('utf8')] as const);

  test.each(EDGES.filter(([name]) => !EXCEPTIONS[hasher]?.includes(name)))('has a password %s', (_, is) => {
    expect(passwords.some(([bytes, text]) => is(bytes, text))).toBe(true);
  });
});

test('a hasher that needs text has a vector that refuses bytes', () => {
  const file = files.find(({ hasher }) => hasher === 'hmac_sha256_utf16_b64');
  const refused = file?.groups.flatMap(({ tests }) => tests).filter(({ expect }) => expect === 'password') ?? [];
  expect(refused.some(({ flags, password }) => flags.includes('PasswordNotText') && 'hex' in password)).toBe(true);
});

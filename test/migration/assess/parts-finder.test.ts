/** Where the parts of a digest are in a row of bytes: which layout is taken, and which rows are left to text. */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { layouts } from '../../../src/migration/assess/layouts/index.js';
import { PartsFinder } from '../../../src/migration/assess/parts-finder.js';
import { RowSpans } from '../../../src/migration/rows/block.js';
import type { DigestForm, JoinedDigest } from '../../../src/migration/sources/index.js';
import { BCRYPT } from '../../support/exports.js';

const MD5 = `${'0f'.repeat(15)}a1`;
/** Without its padding, which is of no byte. */
const chars = (base64: string): string => base64.replaceAll('=', '');
const HASH = Buffer.alloc(64, 0xfb).toString('base64');
const SALT = Buffer.alloc(10, 0xfb).toString('base64');

interface Fields {
  readonly hasher?: string;
  readonly digest: string;
  readonly salt?: string;
  readonly key?: string;
}

/** In a file, a row has others around it. */
function spansOf({ hasher = '', digest, salt = '', key = '' }: Fields): RowSpans {
  const spans = new RowSpans();
  const bytes = Buffer.from(`$2b$${hasher}${digest}${salt}${key}$2b$`);
  spans.enter(bytes, () => undefined);
  spans.hasher = 4;
  spans.hasherEnd = spans.digest = spans.hasher + hasher.length;
  spans.digestEnd = spans.salt = spans.digest + digest.length;
  spans.saltEnd = spans.key = spans.salt + salt.length;
  spans.keyEnd = spans.key + key.length;
  return spans;
}

/** Key, salt and hash; undefined where the row is left to text. */
function partsOf(finder: PartsFinder, spans: RowSpans): readonly string[] | undefined {
  if (!finder.find(spans)) return undefined;
  const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = finder.digest;
  const of = (from: number, to: number) => spans.bytes.toString('latin1', from, to);
  return [of(keyStart, keyEnd), of(salt, saltEnd), of(hash, hashEnd)];
}

const BCRYPT_PARTS = [BCRYPT.slice(0, 7), BCRYPT.slice(7, 29), BCRYPT.slice(29)];

describe('a digest', () => {
  test('has the layout of the hasher that is named', () => {
    const finder = new PartsFinder();
    expect(partsOf(finder, spansOf({ hasher: 'md5', digest: MD5 }))).toEqual(['', '', MD5]);
    expect([finder.layout, finder.form]).toEqual([layouts.get('md5'), layouts.get('md5')]);
    expect(Buffer.from(finder.name).toString()).toBe('md5');
  });

  test('has the layout that it begins as where none is named', () => {
    const finder = new PartsFinder();
    expect(partsOf(finder, spansOf({ digest: BCRYPT }))).toEqual(BCRYPT_PARTS);
    expect([finder.layout, finder.form]).toEqual([layouts.get('bcrypt'), layouts.get('bcrypt')]);
    expect(finder.name).toHaveLength(0);
  });

  test.each<[string, Fields]>([
    ['of a hasher without a layout', { hasher: 'awscognito', digest: BCRYPT }],
    ['of another hasher than the one that is named', { hasher: 'md5', digest: BCRYPT }],
    ['that begins as none', { digest: `x${BCRYPT}` }],
    ['that is cut off', { digest: BCRYPT.slice(0, -1) }],
    ['that hashers may refuse', { hasher: 'md5', digest: '61'.repeat(16) }],
  ])('%s is left to text', (_, fields) => expect(partsOf(new PartsFinder(), spansOf(fields))).toBeUndefined());
});

describe('names of hashers', () => {
  test('are kept: the object is the same as long as the name is', () => {
    const finder = new PartsFinder();
    const nameOf = (hasher: string): Uint8Array => {
      finder.find(spansOf({ hasher, digest: MD5 }));
      return finder.name;
    };
    const names = ['md5', 'sha', 'bcrypt', 'awscognito'];
    const first = names.map(nameOf);
    for (const [i, name] of names.entries()) {
      expect(Buffer.from(first[i] as Uint8Array).toString()).toBe(name);
    }
    // In orders that move them forward.
    for (const order of [
      [3, 2, 1, 0],
      [2, 2, 0, 3],
      [0, 1, 2, 3],
    ]) {
      for (const i of order) expect(nameOf(names[i] as string)).toBe(first[i]);
    }
  });

  test('are compared whole', () => {
    const finder = new PartsFinder();
    expect(partsOf(finder, spansOf({ hasher: 'md5', digest: MD5 }))).toBeDefined();
    for (const hasher of ['md', 'md55', 'xd5', 'mx5', 'mdx'])
      expect(partsOf(finder, spansOf({ hasher, digest: MD5 })), hasher).toBeUndefined();
    expect(partsOf(finder, spansOf({ hasher: 'md5', digest: MD5 }))).toBeDefined();
  });

  test('stay when the bytes are filled again', () => {
    const finder = new PartsFinder();
    const spans = spansOf({ hasher: 'md5', digest: MD5 });
    finder.find(spans);
    const { name } = finder;
    spans.bytes.fill(0);
    finder.find(spansOf({ hasher: 'md5', digest: MD5 }));
    expect(finder.name).toBe(name);
  });

  test('are kept up to 64, and read all the same after these', () => {
    const finder = new PartsFinder();
    const nameOf = (hasher: string): Uint8Array => {
      finder.find(spansOf({ hasher, digest: MD5 }));
      return finder.name;
    };
    const first = Array.from({ length: 64 }, (_, i) => nameOf(`name${i}`));
    expect(nameOf('name63')).toBe(first[63]);
    const later = nameOf('md5');
    expect(nameOf('md5')).not.toBe(later);
    expect(Buffer.from(finder.name).toString()).toBe('md5');
    expect(partsOf(finder, spansOf({ hasher: 'md5', digest: MD5 }))).toEqual(['', '', MD5]);
  });
});

describe('forms of a source', () => {
  const FORMS: readonly DigestForm[] = [
    { prefix: '{NONE}', skip: 6, hasher: 'awscognito' },
    { prefix: '{CRYPT}$2', skip: 7, hasher: 'bcrypt' },
    { prefix: '{MD5}', skip: 5, hasher: 'md5' },
  ];
  const withForms = (fields: Fields): RowSpans => {
    const spans = spansOf(fields);
    spans.forms = FORMS;
    return spans;
  };

  test('are taken by their beginning, with the layout of their hasher', () => {
    const finder = new PartsFinder();
    expect(partsOf(finder, withForms({ digest: `{CRYPT}${BCRYPT}` }))).toEqual(BCRYPT_PARTS);
    expect(finder.layout).toBe(layouts.get('bcrypt'));
    const form = finder.form;
    expect(form).not.toBe(finder.layout);
    expect(partsOf(finder, withForms({ digest: `{MD5}${MD5}` }))).toEqual(['', '', MD5]);
    expect(finder.form).not.toBe(form);
    expect(partsOf(finder, withForms({ digest: `{CRYPT}${BCRYPT}` }))).toEqual(BCRYPT_PARTS);
    expect(finder.form).toBe(form);
  });

  test('yield to what a digest begins as', () => {
    const finder = new PartsFinder();
    expect(partsOf(finder, withForms({ digest: BCRYPT }))).toEqual(BCRYPT_PARTS);
    expect(finder.form).toBe(layouts.get('bcrypt'));
  });

  test.each<[string, Fields]>([
    ['another beginning', { digest: `{CRYPX}${BCRYPT}` }],
    ['a beginning in other letters', { digest: `{crypt}${BCRYPT}` }],
    ['the beginning alone', { digest: '{CRYPT}$2' }],
    ['a form whose hasher has no layout', { digest: `{NONE}${BCRYPT}` }],
    ['a damaged digest', { digest: `{CRYPT}${BCRYPT.slice(0, -1)}` }],
    ['a hasher that is named', { hasher: 'unknown', digest: `{CRYPT}${BCRYPT}` }],
  ])('are not taken for %s', (_, fields) => expect(partsOf(new PartsFinder(), withForms(fields))).toBeUndefined());

  test('are not looked for where the source has none', () => {
    expect(partsOf(new PartsFinder(), spansOf({ digest: `{CRYPT}${BCRYPT}` }))).toBeUndefined();
  });
});

describe('a digest in several values', () => {
  const joinedAs = (hasher: string): JoinedDigest => ({ hasher, salt: ['salt'] });
  const withJoined = (joined: JoinedDigest, fields: Fields): RowSpans => {
    const spans = spansOf(fields);
    spans.joined = joined;
    return spans;
  };

  test('has salt and hash where these are', () => {
    const finder = new PartsFinder();
    const joined = joinedAs('scrypt_firebase');
    expect(partsOf(finder, withJoined(joined, { digest: HASH, salt: SALT }))).toEqual(['', chars(SALT), chars(HASH)]);
    expect([finder.layout, finder.form]).toEqual([layouts.get('scrypt_firebase'), joined]);
  });

  test.each([
    ['no salt', 'scrypt_firebase', { digest: HASH }],
    ['a hash that is cut off', 'scrypt_firebase', { digest: HASH.slice(0, -1), salt: SALT }],
    ['a hasher whose digests are one text', 'bcrypt', { digest: BCRYPT, salt: SALT }],
    ['a hasher without a layout', 'awscognito', { digest: HASH, salt: SALT }],
  ])('is left to text with %s', (_, hasher, fields) => {
    expect(partsOf(new PartsFinder(), withJoined(joinedAs(hasher), fields))).toBeUndefined();
  });
});

describe('a digest whose parts a source located', () => {
  const located = (fields: Fields): RowSpans => {
    const spans = spansOf(fields);
    spans.isLocated = true;
    return spans;
  };

  test('has them there, and no layout', () => {
    const finder = new PartsFinder();
    const key = '"hashIterations":27500';
    expect(partsOf(finder, located({ digest: HASH, salt: SALT, key }))).toEqual([key, chars(SALT), chars(HASH)]);
    expect(finder.layout).toBeUndefined();
    const { form } = finder;
    finder.find(spansOf({ digest: BCRYPT }));
    expect(finder.form).not.toBe(form);
    finder.find(located({ digest: HASH, salt: SALT, key }));
    expect([finder.form, finder.layout]).toEqual([form, undefined]);
  });

  test('is left to text without a salt', () => {
    expect(partsOf(new PartsFinder(), located({ digest: HASH, key: 'key' }))).toBeUndefined();
  });
});

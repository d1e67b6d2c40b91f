/** Rows of known passwords, gathered: which count, and the credential that is tried. */
import { expect, test } from 'vitest';
import { clerkHashers } from '../../../../src/hashers/index.js';
import { gather, type KnownRow } from '../../../../src/migration/assess/canaries/found.js';
import { createRegistry } from '../../../../src/registry.js';
import { BCRYPT, MD5_OF_PASSWORD } from '../../../support/exports.js';

const registry = createRegistry(clerkHashers);
const ROW: KnownRow = {
  ...{ line: 2, id: 'u1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
  ...{ verdict: 'ok', hasher: 'bcrypt', salt: undefined, rejection: undefined },
};

function found(...rows: readonly Partial<KnownRow>[]) {
  const gathering = gather(
    registry,
    new Map([
      ['u1', 'one'],
      ['u2', ''],
    ]),
  );
  for (const [i, row] of rows.entries()) gathering.take({ ...ROW, ...row }, i);
  return gathering.found();
}

test('a row has its place, its password, its outcome and what the row says', () => {
  const rejection = { code: 'ERR_SALT_SEPARATE', message: 'a message' } as const;
  expect(found({ verdict: 'rejected', hasher: null, salt: 's', rejection })).toEqual([
    {
      ...{ file: 0, line: 2, id: 'u1', password: 'one', verdict: 'rejected', hasher: null, salt: 's', rejection },
      credential: { passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
    },
  ]);
});

test('rows of unknown ids are left out, and an empty password is one', () => {
  expect(found({ id: 'u3' }, { id: 'u2' }, { id: 'u1' }).map(({ id, file }) => [id, file])).toEqual([
    ['u2', 1],
    ['u1', 2],
  ]);
});

test('of several rows with one id the first that has a digest counts', () => {
  const rows = [{ passwordDigest: '' }, { passwordDigest: undefined }, { line: 4 }, { line: 5 }];
  expect(found(...rows).map(({ line }) => line)).toEqual([4]);
});

test.each<[string, string | undefined, string, string, string]>([
  ['as it can be imported', 'md5', BCRYPT, 'bcrypt', BCRYPT],
  ['without its damage', 'bcrypt', `${BCRYPT}\r`, 'bcrypt', BCRYPT],
  ['as it is under its hasher, where nothing is certain', 'bcrypt', BCRYPT.slice(9), 'bcrypt', BCRYPT.slice(9)],
  ['as it is, without a hasher', undefined, BCRYPT, 'bcrypt', BCRYPT],
  ['by the first of several readings', undefined, MD5_OF_PASSWORD, 'md5', MD5_OF_PASSWORD],
  ['under no hasher, where none reads it', undefined, 'correct horse', '', 'correct horse'],
  [
    'under its hasher, although another reads it',
    'sha256',
    MD5_OF_PASSWORD.slice(1),
    'sha256',
    MD5_OF_PASSWORD.slice(1),
  ],
])('the digest is tried %s', (_, hasher, digest, passwordHasher, passwordDigest) => {
  expect(found({ passwordHasher: hasher, passwordDigest: digest })[0]?.credential).toEqual({
    passwordHasher,
    passwordDigest,
  });
});

test('what could be of several hashers is tried as the first of them writes it', () => {
  const text = `${'0123456789abcdef'.repeat(2)}:${'00'.repeat(64)}`;
  const [best] = registry.identify(text);
  expect(best?.convertible).toBeDefined();
  expect(found({ passwordHasher: undefined, passwordDigest: text })[0]?.credential).toEqual(best?.convertible);
});

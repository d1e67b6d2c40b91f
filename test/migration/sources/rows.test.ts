/** What each source makes of its export, row by row; every digest that it gives verifies the password it was made of. */
import { expect, test } from 'vitest';
import type { SourceOptions } from '../../../src/migration/sources/contract.js';
import { firebaseOptions, rowsOf, type Told, textOf, told } from '../../support/fixtures.js';

const FIREBASE: SourceOptions = await firebaseOptions();

const EXPORTS: readonly (readonly [name: string, options: SourceOptions, rows: readonly Told[]])[] = [
  [
    'auth0-import.json',
    {},
    [
      [2, 'auth0|1', 'bcrypt', 'match'],
      [8, 'auth0|2', 'bcrypt', 'match'],
      [19, 'auth0|3', 'bcrypt_peppered', 'match'],
      [35, 'auth0|4', 'argon2id', 'match'],
      [47, 'auth0|5', 'pbkdf2_sha256', 'match'],
      [59, 'auth0|6', 'pbkdf2_sha512_hex', 'match'],
      [70, 'auth0|7', 'scrypt_werkzeug', 'match'],
      [87, 'auth0|8', 'ldap_ssha', 'match'],
      [99, 'auth0|9', 'md5', 'match'],
      [111, 'auth0|10', 'md5_salted', 'match'],
      [128, 'auth0|11', 'sha256', 'match'],
      [140, 'auth0|12', 'sha256_salted', 'match'],
      [156, 'auth0|13', 'sha512_symfony', 'match'],
      [168, 'auth0|14', 'sha512_symfony', 'match'],
      [184, 'auth0|20', undefined, 'ERR_UNSUPPORTED'],
      [196, 'auth0|21', undefined, 'ERR_UNSUPPORTED'],
      [208, 'auth0|22', undefined, 'ERR_UNSUPPORTED'],
      [220, 'auth0|23', undefined, 'ERR_UNSUPPORTED'],
      [236, 'auth0|24', undefined, 'ERR_UNSUPPORTED'],
      [253, 'auth0|25', undefined, 'ERR_UNSUPPORTED'],
      [268, 'auth0|26', undefined, 'ERR_UNSUPPORTED'],
      [280, 'auth0|27', undefined, 'ERR_UNSUPPORTED'],
      [292, 'auth0|28', undefined, 'ERR_UNSUPPORTED'],
      [308, 'auth0|29', undefined, 'ERR_MALFORMED'],
      [320, 'auth0|30', undefined, 'ERR_DISABLED'],
      [327, 'auth0|31', undefined, 'no password'],
    ],
  ],
  [
    'auth0.ndjson',
    {},
    [
      [1, '60425dc43519d90068f82970', 'bcrypt', 'match'],
      [2, '60425dc43519d90068f82971', 'bcrypt', 'match'],
    ],
  ],
  [
    'better-auth.csv',
    {},
    [
      [2, 'u1', 'scrypt_werkzeug', 'match'],
      [3, 'u1', undefined, 'no password'],
      [4, 'u2', 'bcrypt', 'match'],
      [5, 'u3', undefined, 'no password'],
    ],
  ],
  [
    'better-auth.json',
    {},
    [
      [2, 'u1', 'scrypt_werkzeug', 'match'],
      [11, 'u1', undefined, 'no password'],
      [20, 'u2', 'bcrypt', 'match'],
      [29, 'u3', undefined, 'no password'],
    ],
  ],
  [
    'clerk.csv',
    {},
    [
      [3, 'user_1', 'bcrypt', 'match'],
      [4, 'user_2', undefined, 'no password'],
      [5, 'user_3', 'argon2id', 'match'],
      [6, 'user_4', 'md5', 'match'],
    ],
  ],
  [
    'clerk.json',
    {},
    [
      [2, 'user_1', 'bcrypt', 'match'],
      [9, 'user_2', undefined, 'no password'],
      [16, 'user_3', 'argon2id', 'match'],
      [23, 'user_4', 'md5', 'match'],
    ],
  ],
  ['devise-without-pepper.csv', {}, [[2, '1', 'bcrypt', 'match']]],
  [
    'devise.csv',
    { pepper: 'pepper' },
    [
      [2, '1', 'bcrypt_peppered', 'match'],
      [3, '2', undefined, 'no password'],
    ],
  ],
  [
    'django.csv',
    {},
    [
      [2, '1', 'pbkdf2_sha256_django', 'match'],
      [3, '2', 'bcrypt_sha256_django', 'match'],
      [4, '3', 'bcrypt', 'match'],
      [5, '4', 'argon2id', 'match'],
      [6, '5', 'scrypt_werkzeug', 'match'],
      [7, '6', 'pbkdf2_sha1', 'match'],
      [8, '7', 'md5_salted', 'match'],
      [9, '8', 'md5', 'match'],
      [10, '9', undefined, 'ERR_UNSUPPORTED'],
      [11, '10', undefined, 'ERR_UNSUPPORTED'],
      [12, '11', undefined, 'ERR_UNSUPPORTED'],
      [13, '12', undefined, 'marked'],
      [14, '13', undefined, 'no password'],
      [15, '14', undefined, 'ERR_DISABLED'],
    ],
  ],
  [
    'django.json',
    {},
    [
      [1, '1', 'pbkdf2_sha256_django', 'match'],
      [1, '2', 'bcrypt_sha256_django', 'match'],
      [1, '3', 'bcrypt', 'match'],
      [1, '4', 'argon2id', 'match'],
      [1, '5', 'scrypt_werkzeug', 'match'],
      [1, '6', 'pbkdf2_sha1', 'match'],
      [1, '7', 'md5_salted', 'match'],
      [1, '8', 'md5', 'match'],
      [1, '9', undefined, 'ERR_UNSUPPORTED'],
      [1, '10', undefined, 'ERR_UNSUPPORTED'],
      [1, '11', undefined, 'ERR_UNSUPPORTED'],
      [1, '12', undefined, 'marked'],
      [1, '13', undefined, 'no password'],
      [1, '14', undefined, 'ERR_DISABLED'],
    ],
  ],
  [
    'firebase-list-users.json',
    FIREBASE,
    [
      [2, 'fb0001', 'scrypt_firebase', 'match'],
      [15, 'fb0002', 'scrypt_firebase', 'match'],
      [28, 'fb0003', undefined, 'no password'],
    ],
  ],
  [
    'firebase.csv',
    FIREBASE,
    [
      [1, 'fb0001', 'scrypt_firebase', 'match'],
      [2, 'fb0002', 'scrypt_firebase', 'match'],
      [3, 'fb0003', undefined, 'no password'],
      [4, 'fb0004', undefined, 'no password'],
      [5, 'fb0005', undefined, 'ERR_DISABLED'],
      [6, 'fb0006', undefined, 'ERR_MALFORMED'],
    ],
  ],
  [
    'firebase.json',
    FIREBASE,
    [
      [3, 'fb0001', 'scrypt_firebase', 'match'],
      [14, 'fb0002', 'scrypt_firebase', 'match'],
      [25, 'fb0003', undefined, 'no password'],
      [37, 'fb0005', undefined, 'ERR_DISABLED'],
      [46, 'fb0006', undefined, 'ERR_MALFORMED'],
    ],
  ],
  [
    'generic.csv',
    { idField: 'login', digestField: 'pw' },
    [
      [2, 'jane', 'bcrypt', 'match'],
      [3, 'joe', undefined, 'not told'],
      [4, 'atlassian', undefined, 'not told'],
    ],
  ],
  [
    'htpasswd',
    {},
    [
      [1, 'jane', 'bcrypt', 'match'],
      [2, 'joe', undefined, 'ERR_UNSUPPORTED'],
      [3, 'sha', undefined, 'ERR_UNSUPPORTED'],
      [6, 'des', undefined, 'ERR_UNSUPPORTED'],
    ],
  ],
  [
    'keycloak-credential.csv',
    {},
    [
      [2, 'kc-0', 'pbkdf2_sha1', 'match'],
      [4, 'kc-2', 'pbkdf2_sha256', 'match'],
    ],
  ],
  [
    'keycloak-users-0.json',
    {},
    [
      [4, 'kc-sha1', 'pbkdf2_sha1', 'match'],
      [32, 'kc-sha256', 'pbkdf2_sha256', 'match'],
      [53, 'kc-sha512', 'pbkdf2_sha512_hex', 'match'],
    ],
  ],
  [
    'keycloak.json',
    {},
    [
      [25, 'kc-sha1', 'pbkdf2_sha1', 'match'],
      [53, 'kc-sha256', 'pbkdf2_sha256', 'match'],
      [74, 'kc-sha512', 'pbkdf2_sha512_hex', 'match'],
      [95, 'kc-old', 'pbkdf2_sha1', 'match'],
      [120, 'kc-social', undefined, 'no password'],
      [142, 'kc-off', undefined, 'ERR_DISABLED'],
      [163, 'kc-strange', undefined, 'ERR_UNSUPPORTED'],
      [184, 'kc-plain', undefined, 'ERR_UNSUPPORTED'],
      [204, 'kc-service', undefined, 'no password'],
    ],
  ],
  [
    'ldif.ldif',
    {},
    [
      [12, 'ssha', 'ldap_ssha', 'match'],
      [20, 'crypt', 'bcrypt', 'match'],
      [28, 'argon2', 'argon2id', 'match'],
      [36, 'md5', 'md5', 'match'],
      [43, 'two', 'ldap_ssha', 'match'],
      [54, 'sha512crypt', undefined, 'ERR_UNSUPPORTED'],
      [63, 'sha', undefined, 'ERR_UNSUPPORTED'],
      [70, 'sasl', undefined, 'ERR_UNSUPPORTED'],
      [77, 'clear', undefined, 'ERR_UNSUPPORTED'],
      [84, 'locked', undefined, 'marked'],
      [91, 'none', undefined, 'no password'],
      [97, 'off', undefined, 'ERR_DISABLED'],
      [106, 'plain', 'ldap_ssha', 'match'],
    ],
  ],
  [
    'shadow',
    {},
    [
      [1, 'root', undefined, 'marked'],
      [2, 'daemon', undefined, 'marked'],
      [3, 'jane', undefined, 'ERR_UNSUPPORTED'],
      [4, 'joe', undefined, 'ERR_UNSUPPORTED'],
      [5, 'bcrypt', 'bcrypt', 'match'],
      [6, 'empty', undefined, 'no password'],
      [7, 'locked', undefined, 'marked'],
      [8, 'des', undefined, 'ERR_UNSUPPORTED'],
    ],
  ],
  [
    'supabase.csv',
    {},
    [
      [2, 'sb-1', 'bcrypt', 'match'],
      [3, 'sb-2', undefined, 'no password'],
      [4, 'sb-3', 'scrypt_firebase', 'match'],
      [5, 'sb-4', 'argon2id', 'match'],
      [6, 'sb-5', undefined, 'ERR_DISABLED'],
      [7, 'sb-6', undefined, 'no password'],
    ],
  ],
  [
    'supabase.json',
    {},
    [
      [2, 'sb-1', 'bcrypt', 'match'],
      [19, 'sb-2', undefined, 'no password'],
      [36, 'sb-3', 'scrypt_firebase', 'match'],
      [53, 'sb-4', 'argon2id', 'match'],
      [70, 'sb-5', undefined, 'ERR_DISABLED'],
      [87, 'sb-6', undefined, 'no password'],
    ],
  ],
  [
    'symfony.csv',
    {},
    [
      [2, '1', 'sha512_symfony', 'match'],
      [3, '2', 'sha512_symfony', 'match'],
      [4, '3', 'bcrypt', 'match'],
      [5, '4', undefined, 'ERR_DISABLED'],
    ],
  ],
  [
    'werkzeug.csv',
    {},
    [
      [2, '1', 'scrypt_werkzeug', 'match'],
      [3, '2', 'pbkdf2_sha256_django', 'match'],
      [4, '3', 'pbkdf2_sha1', 'match'],
      [5, '4', 'pbkdf2_sha512', 'match'],
      [6, '5', undefined, 'ERR_UNSUPPORTED'],
      [7, '6', undefined, 'ERR_UNSUPPORTED'],
      [8, '7', undefined, 'ERR_UNSUPPORTED'],
    ],
  ],
  [
    'wordpress.csv',
    {},
    [
      [2, '1', 'phpass', 'match'],
      [3, '2', 'phpass', 'match'],
      [4, '3', 'md5', 'match'],
      [5, '4', 'bcrypt', 'match'],
      [6, '5', undefined, 'ERR_UNSUPPORTED'],
      [7, '6', undefined, 'no password'],
    ],
  ],
];

test.each(EXPORTS)('%s', async (name, options, wanted) => {
  const rows = await rowsOf(await textOf(name), options);
  expect(await Promise.all(rows.map(told))).toEqual(wanted);
});

test('a digest of another system is given in canonical form, with a note of what it was made of', async () => {
  const [, , , , pbkdf2] = await rowsOf(await textOf('auth0-import.json'));
  expect(pbkdf2?.passwordDigest).toBe(
    'pbkdf2_sha256$1000$YWJjMTIz$'.concat(pbkdf2?.passwordDigest?.split('$')[3] ?? 'none'),
  );
  const [, , bcrypt] = await rowsOf(await textOf('django.csv'));
  expect(bcrypt?.passwordDigest).toMatch(/^\$2b\$04\$/);
  expect(bcrypt?.findings).toMatchObject([{ code: 'NOTE_CONVERTED', subcode: 'django-bcrypt' }]);
});

test("the Admin SDK's URL-safe Base64 becomes the standard one", async () => {
  const [csv, list] = await Promise.all(
    ['firebase.csv', 'firebase-list-users.json'].map(async (name) => await rowsOf(await textOf(name), FIREBASE)),
  );
  expect(await textOf('firebase-list-users.json')).toMatch(/"passwordSalt": "[^"]*[-_]/);
  expect(list?.slice(0, 2).map(({ passwordDigest }) => passwordDigest)).toEqual(
    csv?.slice(0, 2).map(({ passwordDigest }) => passwordDigest),
  );
});

test('of several passwords the first that a hasher can hold is taken, and that is noted', async () => {
  const rows = await rowsOf(await textOf('ldif.ldif'));
  const noted = rows.filter(({ findings }) => findings?.some(({ code }) => code === 'NOTE_SEVERAL'));
  expect(noted.map(({ id }) => id)).toEqual(['two']);
});

test('the pepper is a part of each digest of Devise, and in no note', async () => {
  const rows = await rowsOf(await textOf('devise.csv'), { pepper: 'a $trange: pepper' });
  expect(rows[0]?.passwordDigest?.slice(60)).toBe('$a $trange: pepper');
  expect(JSON.stringify(rows.map(({ findings }) => findings))).not.toContain('trange');
});

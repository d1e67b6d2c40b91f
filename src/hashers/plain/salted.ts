/** One hash of a salt and the password, in hexadecimal. The salt is text of another column, or after a colon. */
import { defineFormat, type Format, type FormatData } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

function salted(bytes: number, format: Pick<FormatData, 'name' | 'recipe' | 'example'>): Format {
  return defineFormat({
    family: 'plain',
    users: 1,
    layout: saltedHex(bytes),
    companions: saltColumn,
    insecure: true,
    writers: 'web applications of their own; imports of Auth0 and Firebase',
    traps: ['the order of salt and password cannot be seen', 'a salt that looks encoded is hashed as its text'],
    sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
    ...format,
  });
}

export const md5SaltPass: Format = salted(16, {
  name: 'md5_salt_pass',
  recipe: 'md5($s.$p)',
  example: { password: 'hashcat', digest: '57ab8499d08c59a7211c77f557bf9425', salt: '4247' },
});

export const md5PassSalt: Format = salted(16, {
  name: 'md5_pass_salt',
  recipe: 'md5($p.$s)',
  example: { password: 'hashcat', digest: '3d83c8e717ff0e7ecfe187f088d69954', salt: '343141' },
});

export const sha1SaltPass: Format = salted(20, {
  name: 'sha1_salt_pass',
  recipe: 'sha1($s.$p)',
  example: { password: 'hashcat', digest: 'a428863972744b16afef28e0087fc094b44bb7b1', salt: '465727565' },
});

export const sha1PassSalt: Format = salted(20, {
  name: 'sha1_pass_salt',
  recipe: 'sha1($p.$s)',
  example: { password: 'hashcat', digest: '848952984db93bdd2d0151d4ecca6ea44fcf49e3', salt: '30007548152' },
});

export const sha256SaltPass: Format = salted(32, {
  name: 'sha256_salt_pass',
  recipe: 'sha256($s.$p)',
  example: {
    password: 'hashcat',
    digest: '816d1ded1d621873595048912ea3405d9d42afd3b57665d9f5a2db4d89720854',
    salt: '36176620',
  },
});

export const sha256PassSalt: Format = salted(32, {
  name: 'sha256_pass_salt',
  recipe: 'sha256($p.$s)',
  example: {
    password: 'hashcat',
    digest: '5bb7456f43e3610363f68ad6de82b8b96f3fc9ad24e9d1f1f8d8bd89638db7c0',
    salt: '12480864321',
  },
});

export const sha384SaltPass: Format = salted(48, {
  name: 'sha384_salt_pass',
  recipe: 'sha384($s.$p)',
  example: {
    password: 'hashcat',
    digest: '63f63d7f82d4a4cb6b9ff37a6bc7c5ec39faaf9c9078551f5cbf7960e76ded87b643d37ac53c45bc544325e7ff83a1f2',
    salt: '93362',
  },
});

export const sha384PassSalt: Format = salted(48, {
  name: 'sha384_pass_salt',
  recipe: 'sha384($p.$s)',
  example: {
    password: 'hashcat',
    digest: 'ca1c843a7a336234baf9db2e10bc38824ce523402fbd7741286b1602bdf6cb869a45289bb9fb706bd404b9f3842ff729',
    salt: '2746460797049820734631508',
  },
});

export const sha512SaltPass: Format = salted(64, {
  name: 'sha512_salt_pass',
  recipe: 'sha512($s.$p)',
  example: {
    password: 'hashcat',
    digest:
      'efc5dd0e4145970917abdc311e1d4e23ba0afa9426d960cb28569f4d585cb031af5c936f57fbcb0a08368a1b302573cf582100d40bd7c632f3d8aecd1a1a8eb1',
    salt: '812',
  },
});

export const sha512PassSalt: Format = salted(64, {
  name: 'sha512_pass_salt',
  recipe: 'sha512($p.$s)',
  example: {
    password: 'hashcat',
    digest:
      '3f749c84d00c6f94a6651b5c195c71dacae08f3cea6fed760232856cef701f7bf60d7f38a587f69f159d4e4cbe00435aeb9c8c0a4927b252d76a744e16e87e91',
    salt: '388026522082',
  },
});

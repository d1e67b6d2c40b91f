/** npm packages with notations of their own. */
import {
  b64,
  b64n,
  bytes,
  constant,
  decimal,
  flag,
  hex,
  jsonLayout,
  layout,
  mark,
  oneOf,
  optional,
  text,
  u8,
  u32be,
  word,
  wrapped,
} from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const passportLocalMongoose: Format = defineFormat({
  name: 'passport_local_mongoose',
  family: 'javascript',
  users: 1,
  layout: layout`${hex('hash', 512)}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  companions: {
    salt: { field: text('salt') },
    algorithm: { field: word('algorithm', ['sha256', 'sha1', 'sha512']), default: 'sha256' },
    iterations: { field: decimal('iterations', { min: 1 }), default: '25000' },
  },
  writers: 'passport-local-mongoose, Payload CMS',
  traps: [
    'the salt is text although it is hexadecimal',
    'versions before 4 have SHA-1',
    '512 bytes are 16 blocks of 25000 iterations',
  ],
  sources: ['https://github.com/saintedlama/passport-local-mongoose/blob/main/lib/pbkdf2.ts'],
  example: {
    password: 'correct horse battery staple',
    digest:
      'f0cfcdb013b72b4e02712a80d3654bb671af14c3c029732789f7134abdfcb4106d9f9af368b1197022359a96d2e1239374115652e56bef04b9d1b630ff0c6707f06131b6d9ffd3a506b9e824e2e18d20750dbc4f0187f960c87fc491949f0b66b2f22347a6e8e5f54b13fcce7244b542286d43b7a906ac3d2763c82c4c4768b75cb7bbdfc3c350d33972f467cc782fbc40a2512118e276c68cae96d1973a83f8dc5c5bb4811383d0662fc3583899f02409f3f281b219715bb83e0739e02e312a422fefb8ea476d4f5b33d4f07e225bf620b4c8e79f7d413f23c6738deb39aef7c40c0327a2954ea677fd6f66938270f1de41f2282d437f44d92e4b366bafc898742994518161257451a45bea5ad42cd72c71edea0beaa5b207c101ef6c78605bda25c8e5691d9252d6ebc31b48d052c6b0a298a3ae6e84c0bf8a58e2f6e8ad044bbdc440a1318071f66a551f1ba468eb87ce22cab31ea9b481a27ffc4c41a1104100684fdce3c1a88c6cddff5c16cba925d1974b5bd4a944419eaeb11a4889320558a088dc7229e7113b3927c37371b2e8ce4124b0607f58fd11cd2eecf7980406aee4559635582d32d87715235eac606db2b2e39243ff2b567ca2849c339a62d706fa4dee1bb6d383f7c030b641b96b1ee1158892f58154c69a0dd0d42b3cd30d5ab52544f069dbd97713109aef528811e6e9b781ce921e876aae9075ccd45f',
    salt: '6712dc5b219e76ca0eb49d8d9376cffaa762eb19a5fe76d51e090ca3819630ba',
  },
});

export const luciaScrypt: Format = defineFormat({
  name: 'lucia_scrypt',
  family: 'javascript',
  users: 2,
  layout: layout`${flag('s2', 's2:')}${text('salt', { min: 16, max: 32, of: '0-9A-Za-z' })}:${hex('hash', 64)}`,
  recipe: 'scrypt(nfkc($p), $s, 16384, $r, 1)',
  companions: {
    r: { field: decimal('r', { min: 1 }), default: '16' },
    version: {
      layout: oneOf(layout`1${mark('r', 8)}`, layout`2${mark('r', 16)}`, layout`3${mark('r', 16)}`),
      optional: true,
    },
  },
  writers: 'Lucia, oslo, Better Auth',
  traps: ['Lucia 1 verifies r = 8 without "s2:", which Lucia 3 and Better Auth write for r = 16: give r', 'NFKC'],
  sources: [
    'https://github.com/lucia-auth/lucia',
    'https://github.com/better-auth/better-auth/blob/main/packages/better-auth/src/crypto/password.ts',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      '1f8d225a0ada5d9a5b43471f8640f5ec:939b984636a5062f75842e68731ce00882df197b96011b912fc375888e8ea66e1806f5bbcf1baaa0d69e5e08788d89ea6720dee6f94ca377efb655bc0e10936a',
  },
});

export const npmPasswordHash: Format = defineFormat({
  name: 'npm_password_hash',
  family: 'javascript',
  users: 3,
  layout: layout`${word('algorithm', ['sha1', 'md5', 'sha256', 'sha512', 'sha224', 'sha384'])}$${text('salt', { not: '$' })}$${optional`${decimal('iterations', { min: 1, default: 1, explicit: 'counted' })}$`}${hex('hash', { only: [16, 20, 28, 32, 48, 64] })}`,
  recipe: 'iterate($iterations, $p, hmac($algorithm, $s, $x))',
  insecure: true,
  writers: 'npm password-hash, old Express applications',
  traps: ['three fields are one iteration, and then Werkzeug writes the same'],
  sources: ['https://github.com/davidwood/node-password-hash/blob/master/lib/password-hash.js'],
  example: {
    password: 'correct horse battery staple',
    digest: 'sha1$2ffe20fa$1$d3089ac685bca30ab5b73588a6b080413cab81dc',
  },
});

export const npmCredential: Format = defineFormat({
  name: 'npm_credential',
  family: 'javascript',
  users: 4,
  layout: jsonLayout({
    hash: b64('hash', { usual: 66 }),
    salt: text('salt'),
    keyLength: decimal('length', { min: 1 }),
    hashMethod: { value: 'pbkdf2' },
    iterations: decimal('iterations', { min: 1 }),
  }),
  recipe: 'pbkdf2_sha1($p, $s, $iterations)',
  writers: 'npm credential',
  traps: ['the salt is text although it is Base64'],
  sources: ['https://github.com/ericelliott/credential/blob/master/credential.js'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '{"hash":"Ms3O/T8U9LMPqAtJ0q/g9WT8O6bsaR6xj5aSupQvsMozTYFs2WTlfpcy47OR/q5SAu2SGeLs+jMOcXswhND4+EWS","salt":"Objz/cGs2BEG20+BkXmLBtKcYQJtXXU9QrHKfYjXVN0hHkaYJgMeSo/0Gy8e7ROixZ48Lv6j9ccvUNPaTkKNnKiS","keyLength":66,"hashMethod":"pbkdf2","iterations":1124}',
  },
});

export const npmScryptKdf: Format = defineFormat({
  name: 'npm_scrypt_kdf',
  family: 'javascript',
  users: 4,
  layout: layout`${b64(
    constant('73637279707400'),
    u8('logN', { min: 1, max: 62 }),
    u32be('r', { min: 1 }),
    u32be('parallel', { min: 1 }),
    bytes('salt', 32),
    bytes('checksum', 16),
    bytes('hash', 32),
  )}`,
  recipe:
    "hmac_sha256(slice(scrypt_raw($p, $s, 2^$logN, $r, $parallel, 64), 32), 'scrypt\\x00'.u8($logN).u32be($r).u32be($parallel).$s.$checksum)",
  writers: "npm scrypt-kdf and scrypt, pyscrypt: the header of tarsnap's scrypt utility",
  traps: ['the hash is an HMAC of the header, whose key is the second half of 64 bytes'],
  sources: [
    'https://github.com/chrisveness/scrypt-kdf/blob/master/scrypt.js',
    'https://github.com/Tarsnap/scrypt/blob/master/FORMAT',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      'c2NyeXB0AAQAAAAIAAAAAaN6o6gdTrCS2dP51DG2VIz2VsKBNqCk7/SZpThMR5EEigPA9siA6WB+mPH5SLwGuCBd9nFqY4m64R8Yjh+Xr6KpYpIjTQx0wqykqP2xSW+w',
  },
});

const SODIUM_STRING_BYTES = 128;

export const npmSecurePassword: Format = defineFormat({
  name: 'npm_secure_password',
  family: 'javascript',
  users: 5,
  layout: wrapped(
    SODIUM_STRING_BYTES,
    layout`$argon2id$v=${decimal('version', { min: 19, max: 19 })}$m=${decimal('m', { min: 8 })},t=${decimal('t', { min: 1 })},p=${decimal('lanes', { min: 1 })}$${b64n('salt', 16)}$${b64n('hash', 32)}`,
  ),
  recipe: 'argon2id($p, $s, $m, $t, $lanes)',
  writers: 'npm secure-password and other users of sodium-native',
  traps: ["libsodium's string of 128 bytes, with the NUL that fill it, in Base64"],
  sources: ['https://github.com/emilbayes/secure-password/blob/master/index.js'],
  example: {
    password: 'correct horse battery staple',
    digest:
      'JGFyZ29uMmlkJHY9MTkkbT04LHQ9MSxwPTEkeU1MZmlHVmdFZDlvWTQ5Y2lIazlZZyRiajVuZFMzZE1WWEJlSm8wZ0Z6Y0ExK0lSdmxrWjZycjdLRm5FcEtBNWNZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  },
});

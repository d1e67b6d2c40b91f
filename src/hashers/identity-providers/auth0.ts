/** `custom_password_hash` of Auth0's bulk user import. https://auth0.com/docs/manage-users/user-migration/bulk-user-imports */
import {
  b64,
  b64n,
  bytes,
  decimal,
  hex,
  jsonLayout,
  type Layout,
  layout,
  mark,
  oneOf,
  optional,
  text,
  word,
} from '../../layout/index.js';
import type { JsonMember } from '../../layout/types.js';
import { defineFormat, type Format } from '../format.js';
import { argon2Fields, bcryptBody } from '../templates/bodies.js';

type Members = Record<string, JsonMember>;

const ENCODING = word('saltEncoding', ['utf8', 'hex', 'base64']);
const SALT: JsonMember = {
  kind: 'json',
  members: {
    value: optional`${text('salt', { min: 0 })}`,
    encoding: optional`${ENCODING}`,
    position: optional`${word('position', ['prefix', 'suffix'])}`,
  },
};
const PASSWORD: JsonMember = {
  kind: 'json',
  members: {
    encoding: optional`${word('passwordEncoding', ['utf8', 'utf16le', 'ucs2', 'ascii', 'latin1', 'binary'])}`,
  },
};

/** With each way to spell the hash. */
function hashes(more: Members = {}): readonly JsonMember[] {
  return [
    { kind: 'json', members: { value: hex('hash'), encoding: { value: 'hex' }, ...more } },
    { kind: 'json', members: { value: b64('hash'), encoding: { value: 'base64' }, ...more } },
  ];
}

/** Members next to the hash. */
const AROUND: Members = { salt: SALT, password: PASSWORD };

function named(algorithms: readonly string[], hash: readonly JsonMember[], around: Members): readonly Layout[] {
  return hash.map((one) => jsonLayout({ algorithm: word('algorithm', algorithms), hash: one, ...around }));
}

/** The value is a digest in a notation of its own. */
function whole(algorithm: string, recipe: string, value: Layout): Layout {
  return jsonLayout({
    algorithm: word('algorithm', { [algorithm]: recipe }),
    hash: { kind: 'json', members: { value, encoding: optional`${word('encoding', ['utf8'])}` } },
  });
}

const HMAC_KEY: JsonMember = {
  kind: 'json',
  members: { value: text('key'), encoding: optional`${word('keyEncoding', ['utf8', 'hex', 'base64'])}` },
};
const DIGEST = word('digest', ['sha256', 'sha512', 'sha1', 'md5', 'sha384', 'sha224', 'md4']);
const NUMBERS: Members = {
  keylen: decimal('length', { min: 1 }),
  cost: decimal('N', { min: 2 }),
  blockSize: decimal('r', { min: 1 }),
  parallelization: decimal('parallel', { min: 1 }),
};

const LDAP: readonly Layout[] = (
  [
    ['SHA', 'sha1', 20],
    ['MD5', 'md5', 16],
    ['SHA256', 'sha256', 32],
    ['SHA512', 'sha512', 64],
  ] as const
).flatMap(([scheme, algorithm, size]) => [
  layout`{${scheme}}${b64('hash', size)}${mark('scheme', algorithm)}`,
  layout`{${scheme === 'MD5' ? 'SMD5' : `S${scheme}`}}${b64(bytes('hash', size), bytes('salt'))}${mark('scheme', algorithm)}`,
]);

const PASSWORD_TEXT = 'encode_text($p, $passwordEncoding)';
const PLAIN = `H($algorithm, place_salt(decode_text($s, $saltEncoding), ${PASSWORD_TEXT}, $position))`;

export const auth0Custom: Format = defineFormat({
  name: 'auth0_custom',
  family: 'identity-providers',
  users: 1,
  layout: oneOf(
    whole('bcrypt', 'bcrypt', bcryptBody),
    whole('argon2', 'argon2id', layout`$argon2id${argon2Fields}`),
    whole('argon2', 'argon2i', layout`$argon2i${argon2Fields}`),
    whole(
      'pbkdf2',
      'pbkdf2',
      layout`$pbkdf2-${word('prf', ['sha512', 'sha256', 'sha1', 'sha384', 'sha224', 'md5'])}$i=${decimal('iterations', { min: 1 })}${optional`,l=${decimal('length', { min: 1 })}`}$${b64n('salt')}$${b64n('hash')}`,
    ),
    ...LDAP.map((value) => whole('ldap', 'ldap', value)),
    ...named(['md5', 'sha1', 'sha256', 'sha512', 'md4'], hashes(), AROUND),
    ...named(['hmac'], hashes({ digest: DIGEST, key: HMAC_KEY }), { password: PASSWORD }),
    ...named(['scrypt'], hashes(), { salt: SALT, ...NUMBERS }),
  ),
  recipe: {
    by: 'algorithm',
    of: {
      bcrypt: 'bcrypt($p)',
      argon2id: 'argon2id($p, $s, $m, $t, $lanes)',
      argon2i: 'argon2i($p, $s, $m, $t, $lanes)',
      pbkdf2: 'pbkdf2($prf, $p, $s, $iterations)',
      ldap: 'H($scheme, $p.$s)',
      md4: PLAIN,
      md5: PLAIN,
      sha1: PLAIN,
      sha256: PLAIN,
      sha512: PLAIN,
      hmac: `hmac($digest, decode_text($key, $keyEncoding), ${PASSWORD_TEXT})`,
      scrypt: 'scrypt($p, decode_text($s, $saltEncoding), $N, $r, $parallel)',
    },
  },
  writers: 'files for the bulk user import of Auth0',
  traps: ['a salt is before the password by default', 'hash, salt and password each have an encoding'],
  sources: ['https://auth0.com/docs/manage-users/user-migration/bulk-user-imports'],
  example: {
    password: 'correct horse battery staple',
    digest: '{"algorithm":"bcrypt","hash":{"value":"$2b$04$UY7aq9wY3lCE7HGh1GAsa.aaNhK3mKdocd7jkkr0iCBUp9ygTTX6K"}}',
  },
});

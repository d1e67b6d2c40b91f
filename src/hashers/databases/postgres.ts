/** PostgreSQL's pg_authid.rolpassword. */
import { b64, decimal, hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCES = ['https://www.postgresql.org/docs/current/catalog-pg-authid.html'];

export const postgresMd5: Format = defineFormat({
  name: 'postgres_md5',
  family: 'databases',
  users: 3,
  layout: layout`md5${hex('hash', 16)}`,
  recipe: 'md5($p.$u)',
  companions: { username: { field: text('username') } },
  insecure: true,
  writers: 'PostgreSQL to 13, and later with password_encryption = md5; PgBouncer',
  traps: ['the user name is the salt: a renamed user has no password'],
  sources: SOURCES,
  example: {
    password: 'hashcat',
    digest: 'md593a8cf6a7d43e3b5bcd2dc6abb3e02c6',
    username: '27032153220030464358344758762807',
  },
});

export const postgresScramSha256: Format = defineFormat({
  name: 'postgres_scram_sha256',
  family: 'databases',
  users: 3,
  layout: layout`SCRAM-SHA-256$${decimal('iterations')}:${b64('salt')}$${b64('hash', 32)}:${b64('serverKey', 32)}`,
  recipe: "sha256(hmac_sha256_raw(pbkdf2_sha256_raw(saslprep($p), $s, $iterations, 32), 'Client Key'))",
  writers: 'PostgreSQL 10 and later',
  traps: ['StoredKey is compared, ServerKey is not', 'a password that SASLprep refuses is hashed as it is'],
  sources: [...SOURCES, 'https://www.rfc-editor.org/rfc/rfc7677'],
  example: {
    password: 'hashcat',
    digest:
      'SCRAM-SHA-256$4096:IKfxzJ8Nq4PkLJCfgKcPmA==$iRw3qwTp18uaBnsTOEExbtgWdKeBMbSSnZvqD4sdqLQ=:hPciC1CcnBna3szR8Mf3MVc8t0W7QPbIHoMMrh4zRV0=',
  },
});

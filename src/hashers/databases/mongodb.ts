/** MongoDB's system.users: the object `credentials`, or one member of it. */

import type { JsonObject } from '../../layout/index.js';
import { b64, decimal, hex, jsonLayout, type Layout, layout, optional, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const USERNAME = { username: { field: text('username') } };
/** MongoDB's name for the user's password since the first version. */
const DIGEST = "md5($u.':mongo:'.$p)";
const SOURCES = ['https://github.com/mongodb/specifications/blob/master/source/auth/auth.md'];

function credentials(label: string, hashBytes: number): Layout {
  const [one] = jsonLayout({
    iterationCount: decimal('iterations'),
    salt: b64('salt'),
    storedKey: b64('hash', hashBytes),
    serverKey: optional`${b64('serverKey', hashBytes)}`,
  });
  return jsonLayout({ [label]: one as JsonObject });
}

function stored(hash: 'sha1' | 'sha256', hashBytes: number, password: string): string {
  return `${hash}(hmac_${hash}_raw(pbkdf2_${hash}_raw(${password}, $s, $iterations, ${hashBytes}), 'Client Key'))`;
}

export const mongodbCr: Format = defineFormat({
  name: 'mongodb_cr',
  family: 'databases',
  users: 4,
  layout: layout`${hex('hash', 16)}`,
  recipe: DIGEST,
  companions: USERNAME,
  insecure: true,
  looksLike: 'md5',
  writers: 'MongoDB to 2.6, MONGODB-CR',
  traps: ['the user name is the salt'],
  sources: SOURCES,
  example: { password: 'sa', digest: '75692b1d11c072c6c79332e248c4f699', username: 'sa' },
});

export const mongodbScramSha1: Format = defineFormat({
  name: 'mongodb_scram_sha1',
  family: 'databases',
  users: 4,
  layout: credentials('SCRAM-SHA-1', 20),
  recipe: stored('sha1', 20, DIGEST),
  companions: USERNAME,
  writers: 'MongoDB 3.0 and later',
  traps: ['the password is the hexadecimal MD5 of user, ":mongo:" and password'],
  sources: SOURCES,
  example: {
    password: 'pencil',
    digest:
      '{"SCRAM-SHA-1":{"iterationCount":10000,"salt":"55hyMPh69qfbfXPueAsr6g==","storedKey":"W+jN9/MwzC8uhAIOOViZOUiSt14=","serverKey":"XnkE60pg5UdvNe9nI9qF8VFV7Og="}}',
    username: 'user',
  },
});

export const mongodbScramSha256: Format = defineFormat({
  name: 'mongodb_scram_sha256',
  family: 'databases',
  users: 4,
  layout: credentials('SCRAM-SHA-256', 32),
  recipe: stored('sha256', 32, 'saslprep($p)'),
  companions: { username: { field: text('username'), optional: true } },
  writers: 'MongoDB 4.0 and later, FerretDB',
  traps: ['the password is prepared with SASLprep; the user name is not in it'],
  sources: SOURCES,
  example: {
    password: 'pencil',
    digest:
      '{"SCRAM-SHA-256":{"iterationCount":15000,"salt":"qhzna/QaH741WENngAzoR1QhHqy9GE/fkyNEMQ==","storedKey":"PwtAytvH2feCBa70lRzdg4DOZaeDVHSUrYIYt5dRVog=","serverKey":"kZY6FfqXOsAt+qEl6a/R70KoPnEZOtyfkWJzjyiFsmw="}}',
  },
});

/** CouchDB's admins in its ini files; in _users the same values are members of the document. */
import { decimal, hex, layout, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCES = [
  'https://docs.couchdb.org/en/stable/config/auth.html',
  'https://github.com/apache/couchdb/blob/main/src/couch/src/couch_passwords.erl',
];

export const couchdbSimple: Format = defineFormat({
  name: 'couchdb_simple',
  family: 'databases',
  users: 3,
  layout: layout`-hashed-${hex('hash', 20)},${text('salt')}`,
  recipe: 'sha1($p.$s)',
  insecure: true,
  writers: 'CouchDB to 1.2',
  traps: ['the salt is hexadecimal, and hashed as that text'],
  sources: SOURCES,
  example: {
    password: 'correct horse battery staple',
    digest: '-hashed-76ce8220e50b8bd177cf9df1f26d16d882ec10e7,6bd7e70550b82db0be960f371fa9b454',
  },
});

export const couchdbPbkdf2: Format = defineFormat({
  name: 'couchdb_pbkdf2',
  family: 'databases',
  users: 3,
  layout: layout`-pbkdf2${word('algorithm', {
    '': 'sha1',
    ':sha': 'sha1',
    ':sha224': 'sha224',
    ':sha256': 'sha256',
    ':sha384': 'sha384',
    ':sha512': 'sha512',
  })}-${hex('hash', { usual: 20 })},${text('salt', { not: ',' })},${decimal('iterations')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'CouchDB 1.3 and later, with another PRF than SHA-1 from 3.4; PouchDB Server, Hoodie',
  traps: ['the salt is hexadecimal, and taken as that text', '10 iterations by default before 3.4'],
  sources: SOURCES,
  example: {
    password: 'correct horse battery staple',
    digest: '-pbkdf2-755570a9ebc6a20aa522751829b0e1787c9dcb64,60daf7d163f6486559a76c6ccc74e4a5,10',
  },
});

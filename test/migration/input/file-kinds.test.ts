/** Files that are no text, or an encrypted one, are named with what to do about them. */
import { describe, expect, test } from 'vitest';
import { chooseExitCode } from '../../../src/cli/report-exit.js';
import { check } from '../../../src/migration/index.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const rest = Buffer.alloc(200, 0x5a);
const file = (...head: readonly (string | number)[]): Buffer =>
  Buffer.concat([
    ...head.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
    rest,
  ]);

const KINDS: readonly (readonly [kind: string, fix: string, content: Buffer])[] = [
  ['encrypted with PGP', 'gpg --decrypt', file('-----BEGIN PGP MESSAGE-----\nVersion: x\n\n')],
  ['encrypted with PGP', 'gpg --decrypt', file('\xef\xbb\xbf-----BEGIN PGP MESSAGE-----\r\n')],
  ['encrypted with PGP', 'gpg --decrypt', file('\n\n-----BEGIN PGP MESSAGE-----\n')],
  ['encrypted with PGP', 'gpg --decrypt', file(0x85, 0x02, 0x0c, 0x03)],
  ['encrypted with PGP', 'gpg --decrypt', file(0x84, 0x5e, 0x03)],
  ['encrypted with PGP', 'gpg --decrypt', file(0x8c, 0x0d, 0x04, 0x09)],
  ['encrypted with PGP', 'gpg --decrypt', file(0xc1, 0xc0, 0x4c, 0x03)],
  ['encrypted with PGP', 'gpg --decrypt', file(0xc3, 0x0d, 0x04)],
  ['signed with PGP', 'gpg --decrypt', file('-----BEGIN PGP SIGNED MESSAGE-----\n')],
  ['of PGP', 'the export', file('-----BEGIN PGP PUBLIC KEY BLOCK-----\n')],
  ['encrypted with age', 'age --decrypt', file('age-encryption.org/v1\n-> X25519 ')],
  ['encrypted with age', 'age --decrypt', file('-----BEGIN AGE ENCRYPTED FILE-----\n')],
  ['openssl enc', 'openssl enc -d', file('Salted__', 1, 2, 3, 4, 5, 6, 7, 8)],
  ['openssl enc, in Base64', 'openssl enc -d', file('U2FsdGVkX1+abcdefgh\n')],
  ['ansible-vault', 'ansible-vault view', file('$ANSIBLE_VAULT;1.1;AES256\n')],
  ['PKCS #7', 'openssl smime', file('-----BEGIN PKCS7-----\n')],
  ['CMS', 'openssl cms', file('-----BEGIN CMS-----\n')],
  ['a key, a certificate', 'the export', file('-----BEGIN RSA PRIVATE KEY-----\n')],
  ['an encrypted ZIP archive', 'unpack', file('PK', 3, 4, 20, 0, 1, 0)],
  ['encrypted Excel workbook', 'CSV', file(0xd0, 0xcf, 0x11, 0xe0, 1)],
  ['an old or an encrypted Excel workbook', 'CSV', file(0xd0, 0xcf, 0x11, 0xe0)],
  ['a 7z archive', 'unpack', file(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
  ['a RAR archive', 'unpack', file('Rar!', 0x1a, 0x07, 0x01)],
  ['a PDF document', 'CSV', file('%PDF-1.7\n')],
  ['an SQLite database', 'CSV', file('SQLite format 3', 0)],
  ['a Parquet file', 'CSV', file('PAR1')],
  ['an encrypted Parquet file', 'CSV', file('PARE', 0x15, 0, 0, 0)],
  ['an Avro file', 'CSV', file('Obj', 1)],
  ['a BSON file of mongodump', 'bsondump', file(0x91, 0, 0, 0, 7, '_id', 0, '0123456789ab', 2, 'password', 0)],
  ['an archive of mongodump', 'bsondump', file(0x6d, 0xe2, 0x99, 0x81, 0x60, 0, 0, 0)],
  ['an encrypted disk', 'open it', file('LUKS', 0xba, 0xbe)],
  ['an RTF document', 'CSV', file('{\\rtf1')],
  ['a web page', 'sign in again', file('\n<!DOCTYPE HTML>')],
];

describe('is named, with what to do, and ends with 2:', () => {
  test.each(KINDS.map(([kind, fix, content], i) => ({ name: `${i} ${kind}`, kind, fix, content })))(
    '$name',
    async ({ name, kind, fix, content }) => {
      const report = await check([await folder.write(`${name.split(' ')[0]}.bin`, content)]);
      expect(report.input.problem?.message).toContain(kind);
      expect(report.input.problem?.fix).toContain(fix);
      expect(chooseExitCode(report, true)).toBe(2);
    },
  );
});

test('an export whose text begins alike is read', async () => {
  for (const head of [
    'Salted,id',
    'PARENT,id',
    'age,id',
    'Object,id',
    'BZip,id',
    'PKey,id',
    '\u00c3\u0081,id',
    '-----,id',
  ]) {
    const report = await check([await folder.write('alike.csv', `${head},password_hash\na,1,x\n`)]);
    expect([head, report.input.problem?.message]).toEqual([head, undefined]);
  }
});

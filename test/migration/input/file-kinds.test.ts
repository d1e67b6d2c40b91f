/** Files that are no text, or an encrypted one, are named with what to do about them. */
import { expect, test } from 'vitest';
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

/** What each is, and a file that is; several may be of one kind. */
const KINDS: readonly (readonly [kind: string, content: Buffer])[] = [
  ['encrypted with PGP', file('-----BEGIN PGP MESSAGE-----\nVersion: x\n\n')],
  ['encrypted with PGP', file('\xef\xbb\xbf-----BEGIN PGP MESSAGE-----\r\n')],
  ['encrypted with PGP', file('\n\n-----BEGIN PGP MESSAGE-----\n')],
  ['encrypted with PGP', file(0x85, 0x02, 0x0c, 0x03)],
  ['encrypted with PGP', file(0x84, 0x5e, 0x03)],
  ['encrypted with PGP', file(0x8c, 0x0d, 0x04, 0x09)],
  ['encrypted with PGP', file(0xc1, 0xc0, 0x4c, 0x03)],
  ['encrypted with PGP', file(0xc3, 0x0d, 0x04)],
  ['signed with PGP', file('-----BEGIN PGP SIGNED MESSAGE-----\n')],
  ['of PGP', file('-----BEGIN PGP PUBLIC KEY BLOCK-----\n')],
  ['encrypted with age', file('age-encryption.org/v1\n-> X25519 ')],
  ['encrypted with age', file('-----BEGIN AGE ENCRYPTED FILE-----\n')],
  ['openssl enc', file('Salted__', 1, 2, 3, 4, 5, 6, 7, 8)],
  ['openssl enc, in Base64', file('U2FsdGVkX1+abcdefgh\n')],
  ['ansible-vault', file('$ANSIBLE_VAULT;1.1;AES256\n')],
  ['PKCS #7', file('-----BEGIN PKCS7-----\n')],
  ['CMS', file('-----BEGIN CMS-----\n')],
  ['a key, a certificate', file('-----BEGIN RSA PRIVATE KEY-----\n')],
  ['an encrypted ZIP archive', file('PK', 3, 4, 20, 0, 1, 0)],
  ['encrypted Excel workbook', file(0xd0, 0xcf, 0x11, 0xe0, 1)],
  ['an old or an encrypted Excel workbook', file(0xd0, 0xcf, 0x11, 0xe0)],
  ['a 7z archive', file(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
  ['a RAR archive', file('Rar!', 0x1a, 0x07, 0x01)],
  ['a PDF document', file('%PDF-1.7\n')],
  ['an SQLite database', file('SQLite format 3', 0)],
  ['a Parquet file', file('PAR1')],
  ['an encrypted Parquet file', file('PARE', 0x15, 0, 0, 0)],
  ['an Avro file', file('Obj', 1)],
  ['a BSON file of mongodump', file(0x91, 0, 0, 0, 7, '_id', 0, '0123456789ab', 2, 'password', 0)],
  ['an archive of mongodump', file(0x6d, 0xe2, 0x99, 0x81, 0x60, 0, 0, 0)],
  ['an encrypted disk', file('LUKS', 0xba, 0xbe)],
  ['an RTF document', file('{\\rtf1')],
  ['a web page', file('\n<!DOCTYPE HTML>')],
];

test('each is refused, named, with what to do, as the golden file has it', async () => {
  const lines: string[] = [];
  for (const [i, [kind, content]] of KINDS.entries()) {
    const report = await check([await folder.write(`${i}.bin`, content)]);
    const { code, message, fix } = report.input.problem ?? {};
    expect([kind, code, chooseExitCode(report, true)]).toEqual([kind, 'other-file-kind', 2]);
    lines.push(`${kind}\n  ${message}\n  fix: ${fix}\n`);
  }
  await expect(lines.join('\n')).toMatchFileSnapshot('file-kinds.golden');
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
    expect([head, report.input.problem]).toEqual([head, undefined]);
  }
});

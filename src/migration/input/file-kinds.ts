/** Files that are not an export in text: what their first bytes say that they are, and what to do. */
import { InputProblem } from '../../files/input-problem.js';
import { type Peeked, peekBytes } from './peek.js';

/** Bytes that decide a file's kind. */
const KIND_BYTES = 64;
/** Bytes that show a binary file. */
const BINARY_BYTES = 16;

interface Kind {
  /** In bytes, or of text that is compared without case and without white space before it. */
  readonly begins: readonly number[] | string;
  /** Further bytes, where these alone are not certain. */
  readonly fits?: (bytes: Uint8Array) => boolean;
  readonly kind: string;
  readonly fix: string;
}

const SQL_FIX = 'dump it to SQL, for example: sqlite3 FILE .dump | digestry check -, or export the table as CSV';
const COPY_FIX = 'export the table with \\copy … csv header';
const DUMP_FIX = 'restore it to SQL, for example: pg_restore -f - FILE | digestry check -';
const BSON_FIX = 'convert it to NDJSON, for example: bsondump FILE | digestry check -';
const PAGE_FIX = 'sign in again and export once more: what was saved is not the export';
const PGP_FIX = 'decrypt it, for example: gpg --decrypt FILE | digestry check -';
const AGE_FIX = 'decrypt it, for example: age --decrypt -i KEY FILE | digestry check -';
const OPENSSL_FIX = 'decrypt it with the command that encrypted it: openssl enc -d … -in FILE | digestry check -';
const UNPACK_FIX = 'unpack it, and check the file in it';
const CSV_FIX = 'export it as CSV or NDJSON';

const ZIP = [0x50, 0x4b, 0x03, 0x04];

const KINDS: readonly Kind[] = [
  // PKWARE's APPNOTE.TXT 4.4.4: bit 0 of the flags is of an encrypted entry.
  { begins: ZIP, fits: (bytes) => ((bytes[6] ?? 0) & 1) === 1, kind: 'an encrypted ZIP archive', fix: UNPACK_FIX },
  {
    begins: ZIP,
    kind: 'a ZIP archive or an Excel workbook',
    fix: 'unpack it; a workbook is read from a file, not from a pipe',
  },
  { begins: [0x50, 0x4b, 0x05, 0x06], kind: 'an empty ZIP archive', fix: 'export it again' },
  {
    begins: [0xd0, 0xcf, 0x11, 0xe0],
    kind: 'an old or an encrypted Excel workbook',
    fix: 'open it and save the sheet as CSV',
  },
  { begins: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], kind: 'a 7z archive', fix: UNPACK_FIX },
  { begins: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], kind: 'a RAR archive', fix: UNPACK_FIX },
  { begins: ascii('SQLite format 3'), kind: 'an SQLite database', fix: SQL_FIX },
  { begins: ascii('PAR1'), kind: 'a Parquet file', fix: CSV_FIX },
  { begins: ascii('PARE'), fits: isBinary, kind: 'an encrypted Parquet file', fix: CSV_FIX },
  { begins: [...ascii('Obj'), 1], kind: 'an Avro file', fix: CSV_FIX },
  { begins: ascii('BZh'), kind: 'a bzip2 file', fix: 'decompress it, for example: bzip2 -dc FILE | digestry check -' },
  {
    begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    kind: 'an xz file',
    fix: 'decompress it, for example: xz -dc FILE | digestry check -',
  },
  {
    begins: [0x04, 0x22, 0x4d, 0x18],
    kind: 'an lz4 file',
    fix: 'decompress it, for example: lz4 -dc FILE | digestry check -',
  },
  { begins: ascii('%PDF-'), kind: 'a PDF document', fix: CSV_FIX },
  { begins: ascii('{\\rtf'), kind: 'an RTF document', fix: CSV_FIX },
  {
    begins: ascii('LUKS'),
    fits: (bytes) => bytes[4] === 0xba && bytes[5] === 0xbe,
    kind: 'an encrypted disk (LUKS)',
    fix: 'open it, and check the export in it',
  },
  // RFC 9580 §4.2 and §5: a packet of a session key, encrypted to a public key (version 3 or 6) or under a password (4, 5 or 6).
  { begins: [0x84], fits: (bytes) => isKeyVersion(bytes[2]), kind: 'encrypted with PGP', fix: PGP_FIX },
  { begins: [0x85], fits: (bytes) => isKeyVersion(bytes[3]), kind: 'encrypted with PGP', fix: PGP_FIX },
  {
    begins: [0xc1],
    fits: (bytes) => isKeyVersion(bytes[2]) || isKeyVersion(bytes[3]),
    kind: 'encrypted with PGP',
    fix: PGP_FIX,
  },
  { begins: [0x8c], fits: (bytes) => isKeyVersion(bytes[2]), kind: 'encrypted with PGP', fix: PGP_FIX },
  {
    begins: [0xc3],
    fits: (bytes) => (bytes[1] ?? 0xff) < 0x80 && isKeyVersion(bytes[2]),
    kind: 'encrypted with PGP',
    fix: PGP_FIX,
  },
  { begins: '-----begin pgp message-----', kind: 'encrypted with PGP', fix: PGP_FIX },
  {
    begins: '-----begin pgp signed message-----',
    kind: 'a text signed with PGP',
    fix: 'take its text out, for example: gpg --decrypt FILE | digestry check -',
  },
  { begins: '-----begin pgp', kind: 'a key or a signature of PGP', fix: 'name the file of the export' },
  { begins: '-----begin age encrypted file-----', kind: 'encrypted with age', fix: AGE_FIX },
  { begins: 'age-encryption.org/', kind: 'encrypted with age', fix: AGE_FIX },
  // https://docs.openssl.org/master/man1/openssl-enc/: "Salted__" and 8 bytes; Base64 of it with -a.
  { begins: ascii('Salted__'), kind: 'encrypted with openssl enc', fix: OPENSSL_FIX },
  { begins: ascii('U2FsdGVkX1'), kind: 'encrypted with openssl enc, in Base64', fix: OPENSSL_FIX },
  {
    begins: '$ansible_vault;',
    kind: 'encrypted with ansible-vault',
    fix: 'decrypt it, for example: ansible-vault view FILE | digestry check -',
  },
  {
    begins: '-----begin pkcs7-----',
    kind: 'a message in PKCS #7',
    fix: 'decrypt it: openssl smime -decrypt -inform PEM -in FILE',
  },
  {
    begins: '-----begin cms-----',
    kind: 'a message in CMS',
    fix: 'decrypt it: openssl cms -decrypt -inform PEM -in FILE',
  },
  {
    begins: '-----begin ',
    kind: 'a key, a certificate or an armoured message',
    fix: 'decrypt it, or name the file of the export',
  },
  { begins: [], fits: isBson, kind: 'a BSON file of mongodump', fix: BSON_FIX },
  // https://github.com/mongodb/mongo-tools/blob/master/common/archive/archive.go
  {
    begins: [0x6d, 0xe2, 0x99, 0x81],
    kind: 'an archive of mongodump',
    fix: 'dump the collection without --archive, then convert it: bsondump FILE | digestry check -',
  },
  { begins: ascii('PGCOPY'), kind: 'a PostgreSQL COPY in binary format', fix: COPY_FIX },
  { begins: ascii('PGDMP'), kind: 'a PostgreSQL dump in custom format', fix: DUMP_FIX },
  { begins: '<!doctype html', kind: 'a web page', fix: PAGE_FIX },
  { begins: '<html', kind: 'a web page', fix: PAGE_FIX },
  { begins: '<?xml', kind: 'an XML file', fix: 'export it as CSV or JSON' },
];

const BINARY_KINDS = KINDS.filter(({ begins }) => typeof begins !== 'string');

function ascii(text: string): readonly number[] {
  return [...Buffer.from(text, 'latin1')];
}

/** A control character that no text has. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32));
}

/** https://bsonspec.org/spec.html: a size of up to 16 MiB, then _id, which MongoDB stores first. */
function isBson(bytes: Uint8Array): boolean {
  const type = bytes[4] ?? 0;
  return (
    (bytes[3] ?? 2) <= 1 &&
    type >= 1 &&
    type <= 0x13 &&
    '_id\0'.split('').every((letter, i) => bytes[5 + i] === letter.charCodeAt(0))
  );
}

function isKeyVersion(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 3 && byte <= 6;
}

/**
 * The bytes that decide a file's kind.
 * @param mayBeWorkbook an archive is not refused yet.
 * @throws {InputProblem} on a binary file, without waiting for more of it.
 */
export function peekKind(chunks: AsyncIterable<Buffer>, mayBeWorkbook = false): Promise<Peeked> {
  return peekBytes(chunks, (first) => {
    if (first.length >= BINARY_BYTES && !(mayBeWorkbook && isArchive(first))) refuse(first, BINARY_KINDS);
    return first.length >= KIND_BYTES;
  });
}

/** A ZIP archive that is not encrypted: maybe a workbook. */
export function isArchive(first: Uint8Array): boolean {
  return ZIP.every((byte, i) => first[i] === byte) && ((first[6] ?? 0) & 1) === 0;
}

/** @throws {InputProblem} on a file that is not a text export. */
export function refuseOtherKinds(first: Uint8Array): void {
  refuse(first, KINDS);
}

function refuse(first: Uint8Array, kinds: readonly Kind[]): void {
  const head = first.subarray(0, KIND_BYTES);
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  const found = kinds.find(({ begins, fits }) => {
    const isIt = typeof begins === 'string' ? text.startsWith(begins) : begins.every((byte, i) => head[i] === byte);
    return isIt && fits?.(head) !== false;
  });
  if (found === undefined) return;
  const { kind, fix } = found;
  throw new InputProblem('other-file-kind', `this is ${kind}, not an export in CSV, NDJSON or JSON`, { fix });
}

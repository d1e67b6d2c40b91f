/** Which format a file is, in which encoding, and files that are no export. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/migration/index.js';
import { detectFormat } from '../../../src/migration/input/sniff.js';
import { csvOf, MD5_OF_PASSWORD, ndjsonOf, temporaryFolder } from '../../support/exports.js';
import { anyBytes, anyText, runs, textOf } from '../../support/properties.js';

const folder = temporaryFolder();
let files = 0;
const checked = async (content: string | Uint8Array, options: CheckOptions = {}) =>
  await check([await folder.write(`file${++files}`, content)], { hasher: 'md5', ...options });
const inputOf = async (content: string | Uint8Array) => (await checked(content)).input;

const USERS = [
  { id: 'é1', password_digest: MD5_OF_PASSWORD },
  { id: '😀2', password_digest: MD5_OF_PASSWORD },
];
const CSV = csvOf(USERS);

/** The header of a file in an archive: name, mode, owner, size, and from byte 257 the word. */
const TAR = Buffer.concat([Buffer.from('users.csv'), Buffer.alloc(248), Buffer.from('ustar'), Buffer.alloc(600)]);

describe('the format is told from the beginning', () => {
  test.each([
    ['csv', 'id,password_digest\n'],
    ['csv', '# comment\nid\n'],
    ['json', ' \n[{"id":1}]'],
    ['json', '{\n  "users": []}'],
    ['json', '{"users":[{"id":1}]}'],
    ['json', '{"data":{"users":[{"id":1}]}}\n'],
    ['ndjson', '{"id":1}\n{"id":2}'],
    ['ndjson', '{"id":1,"roles":["a"]}'],
    ['ndjson', '{"users":[{"id":1}]}\n{"users":[]}\n'],
    ['ldif', 'version:1\ndn:uid=a\n'],
    ['ldif', 'dn:uid=a,dc=x\nuid:a\n'],
    ['ldif', 'dn::dWlkPWE=\nuid:a\n'],
    [
      'ldif',
      '# extended LDIF\n#\n# base <ou=people,dc=example,dc=com> with scope subt\n ree\n\n# a\ndn: uid=a\nuid: a\n',
    ],
  ] as const)('%s: %j', (format, text) => expect(detectFormat(text)).toBe(format));
});

describe('encodings', () => {
  test.each([
    ['UTF-8', Buffer.from(CSV)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${CSV}`)],
    ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${CSV}`, 'utf16le')],
    ['UTF-16BE with a byte order mark', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16()],
    ['UTF-16LE without one', Buffer.from(CSV, 'utf16le')],
    ['UTF-16BE without one', Buffer.from(CSV, 'utf16le').swap16()],
    ['gzip of UTF-8', gzipSync(CSV)],
    ['gzip of UTF-16', gzipSync(Buffer.from(CSV, 'utf16le'))],
  ])('%s is read', async (_, bytes) => {
    const { input, totals } = await checked(bytes);
    expect(input).toMatchObject({ format: 'csv', rows: 2 });
    expect(input.problem).toBeUndefined();
    expect(totals.ok).toBe(2);
  });

  test('a byte order mark before JSON and NDJSON is no part of it', async () => {
    for (const text of [ndjsonOf(USERS), JSON.stringify(USERS)]) {
      expect(await inputOf(`\ufeff${text}`)).toMatchObject({ rows: 2 });
    }
  });

  test('are told by the first line, in whatever pieces that comes', async () => {
    for (const text of [CSV, ndjsonOf(USERS), JSON.stringify(USERS)]) {
      for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16(), Buffer.from(text)]) {
        const stdin = Readable.from(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)));
        expect((await check(['-'], { stdin })).input).toMatchObject({ rows: 2 });
      }
    }
  });

  test('a NUL behind the first line is a character: the row with it is told of, and the others are read', async () => {
    const { input, totals, findings } = await checked(`${CSV}\0\0\n${CSV.slice(CSV.indexOf('\n') + 1)}`);
    expect(input.problem).toBeUndefined();
    expect(totals).toMatchObject({ rows: 5, ok: 4, rejected: 1 });
    expect(findings[0]).toMatchObject({ code: 'ERR_ROW', examples: [{ line: 4 }] });
  });

  test('Latin-1 is refused with the place of its first byte', async () => {
    const bytes = Buffer.concat([Buffer.from(`${CSV}`), Buffer.from('caf\xe9,', 'latin1'), Buffer.from('x\n')]);
    const { problem, rows } = await inputOf(bytes);
    expect(problem).toMatchObject({
      line: 4,
      byteOffset: Buffer.byteLength(CSV) + 3,
      code: 'not-text',
    });
    expect(rows).toBe(2);
  });

  test('half a surrogate pair is no UTF-16', async () => {
    const bytes = Buffer.concat([Buffer.from(`\ufeff${CSV}`, 'utf16le'), Buffer.from([0x00, 0xdc, 0x41, 0x00])]);
    expect((await inputOf(bytes)).problem).toMatchObject({ line: 4, fix: expect.any(String) });
  });

  test('a file that ends within a character is cut off', async () => {
    const bytes = Buffer.concat([Buffer.from(CSV), Buffer.from('😀').subarray(0, 3)]);
    const { problem, rows } = await inputOf(bytes);
    expect(problem).toMatchObject({ byteOffset: Buffer.byteLength(CSV) });
    expect(rows).toBe(2);
  });

  test('lines of a file of CRs are counted too', async () => {
    const bytes = Buffer.concat([Buffer.from(CSV.replaceAll('\n', '\r')), Buffer.from([0xff])]);
    expect((await inputOf(bytes)).problem?.line).toBe(4);
  });

  test('damaged gzip says so, after the rows that it had', async () => {
    const whole = gzipSync(
      csvOf(Array.from({ length: 5000 }, (_, i) => ({ id: `${i}`, password_digest: MD5_OF_PASSWORD }))),
    );
    const { problem } = await inputOf(whole.subarray(0, whole.length - 9));
    expect(problem?.fix).toEqual(expect.any(String));
    expect(problem?.byteOffset).toBeGreaterThan(0);
  });
});

describe('what is no export says what it is', () => {
  test.each([
    ['empty', '', 'empty'],
    ['white space', ' \n\n', 'empty'],
    ['a byte order mark alone', '\ufeff', 'empty'],
    ['a ZIP archive without its directory', Buffer.from('PK\x03\x04xxxxxxxxxxxxxxxxxx', 'latin1'), 'damaged'],
    ['SQLite', Buffer.from('SQLite format 3\0xxxxxxxxx', 'latin1'), 'other-file-kind'],
    ['a binary file', Buffer.from([1, 2, 3, 0, 200, 13, 10, 26]), 'other-file-kind'],
    ['UTF-32', Buffer.from('i\0\0\0d\0\0\0,\0\0\0', 'latin1'), 'utf-32'],
    ['UTF-32 with a mark', Buffer.from([0xff, 0xfe, 0, 0, 0x69, 0, 0, 0]), 'utf-32'],
    ['a tar archive', TAR, 'other-file-kind'],
    ['a tar archive in gzip', gzipSync(TAR), 'other-file-kind'],
    ['a ZIP archive in gzip', gzipSync(Buffer.from('PK\x03\x04xxxxxxxxxxxxxxx', 'latin1')), 'other-file-kind'],
    ['gzip in gzip', gzipSync(gzipSync(CSV)), 'compressed-twice'],
    ['a COPY in binary format', Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0', 'latin1'), 'other-file-kind'],
    ['a dump of MySQL', '-- MySQL dump 10.13\nINSERT INTO users VALUES (1);\n', 'no-columns'],
    ['an empty dump of PostgreSQL', '-- PostgreSQL database dump\n\n-- PostgreSQL database dump complete\n', 'no-rows'],
    ['a page to sign in', '<!DOCTYPE html>\n<html><body>Sign in</body></html>\n', 'other-file-kind'],
    ['a header alone', 'id,password_digest\n', 'no-rows'],
    ['a header without its line end', 'id,password_digest', 'no-rows'],
    ['a comment alone', '# nothing\n', 'no-header'],
    ['an empty list', '[]', 'no-rows'],
    ['an object with an empty list', '{"users": []}', 'no-rows'],
  ])('%s', async (_, content, code) => {
    const { input, totals } = await checked(content);
    expect(input.problem?.code).toBe(code);
    expect(input.problem?.fix).toBeTruthy();
    expect(totals.rows).toBe(0);
  });

  test('a missing file and a folder', async () => {
    expect((await check([folder.path('none')])).input.problem?.code).toBe('not-found');
    expect((await check([folder.path('.')])).input.problem?.code).toBe('is-folder');
  });

  test('of mixed kinds: the lines of the other kind are counted', async () => {
    const { totals, findings } = await checked(`${ndjsonOf(USERS)}${CSV}`);
    expect(totals).toMatchObject({ rows: 5, ok: 2, rejected: 3 });
    expect(findings[0]).toMatchObject({ code: 'ERR_ROW', count: 3, examples: [{ line: 3 }, { line: 4 }, { line: 5 }] });
  });

  test('a field of a megabyte is a rejected digest', async () => {
    const { totals, findings } = await checked(csvOf([{ id: '1', password_digest: 'x'.repeat(2 ** 20) }, ...USERS]));
    expect(totals).toMatchObject({ rows: 3, ok: 2, rejected: 1 });
    expect(findings[0]?.code).toBe('ERR_LIMIT');
  });
});

test('no input at all makes it throw: there are rows, or a problem with what to do', async () => {
  const users = Buffer.from(CSV);
  const exports = [users, Buffer.from(ndjsonOf(USERS)), Buffer.from(JSON.stringify({ users: USERS })), gzipSync(CSV)];
  const damaged = fc
    .tuple(fc.constantFrom(...exports), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat())
    .map(([bytes, changes, end]) => {
      const copy = Buffer.from(bytes);
      for (const [at, byte] of changes) copy[at % copy.length] = byte;
      return end % 3 === 0 ? copy.subarray(0, end % copy.length) : copy;
    });
  const input = fc.oneof(
    damaged,
    anyBytes(300),
    anyText(200).map((text) => Buffer.from(text)),
    textOf('{}[]",:1\\n\r\\u ', 80).map((text) => Buffer.from(text)),
    textOf('id,password_digest"\n\r;', 80).map((text) => Buffer.from(`password_digest,id\n${text}`)),
  );
  await fc.assert(
    fc.asyncProperty(input, async (bytes) => {
      const { input, totals } = await check(['-'], { stdin: Readable.from([bytes]), hasher: 'md5' });
      expect(totals.rows > 0 || input.problem !== undefined).toBe(true);
    }),
    runs(1500),
  );
});

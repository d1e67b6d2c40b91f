/** Generated LDIF and password files, in blocks of any size: the rows of a reading as text. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../../src/encoding/base64.js';
import { bindSource } from '../../../src/migration/input/origin.js';
import type { Row } from '../../../src/migration/row.js';
import { decodeBase64Bytes } from '../../../src/migration/rows/base64-bytes.js';
import type { SourceOptions } from '../../../src/migration/sources/index.js';
import { readInBlocks } from '../../support/blocks.js';
import { readColonRows, readLdifRows } from '../../support/lines.js';
import { runs } from '../../support/properties.js';

const BCRYPT = '$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Errors have a stack of their own. */
const comparable = ({ error, ...row }: Row) => ({ ...row, error: error && [error.code, error.subcode, error.message] });

function expectSameRows(
  format: 'ldif' | 'colons',
  source: string,
  text: string,
  sizes: readonly number[],
  options: SourceOptions = {},
): readonly Row[] {
  const rows = (format === 'ldif' ? readLdifRows : readColonRows)(text, bindSource(source, options));
  const expected = rows.map(comparable);
  for (const [size, turns] of sizes.flatMap((size) => [[size, false] as const, [size, true] as const])) {
    const read = readInBlocks(format, text, size, options, { source, turns });
    expect(read.rows.map(comparable), `blocks of ${size}${turns ? ' in turns' : ''}`).toEqual(expected);
    expect([undefined, 'no-digest-field']).toContain(read.problem?.code);
  }
  return rows;
}

describe('LDIF', () => {
  const names = fc.constantFrom(
    ...['dn', 'DN', 'uid', 'UID', 'cn', 'mail', 'userPassword', 'userpassword', 'USERPASSWORD', 'objectClass'],
    ...['changetype', 'version', 'nsAccountLock', 'jpegPhoto', 'sambaSalt', 'passwordSalt', 'iterations', 'provider'],
    ...['1.2.840.113556', 'uid.0', 'x', 'structuralObjectClass', 'a name', 'é', ''],
  );
  const values = fc.constantFrom(
    ...['', 'jane', 'person', 'add', 'modify', 'true', 'x y', 'é山', '{SSHA}e8k0jOUt5dq3X4pajM0zPFZZQft9nDeQO9bztA=='],
    ...[
      `{CRYPT}${BCRYPT}`,
      '{CRYPT}!',
      '{SSHA}!e8k0jOUt5dq3X4pajM0zPFZZQft9nDeQO9bztA==',
      '{X}y',
      'a:b',
      ':',
      '<',
      ' ',
    ],
    ...['{SSHA}', '{SASL}jane', '5000', '\u00a0', '\r'],
  );
  const forms = fc.constantFrom(':', ': ', ':  ', ';x: ', ';lang-de;y:', '', ' :', ':< ', ':: ', '::');
  const attribute = fc
    .tuple(names, forms, values, fc.boolean())
    .map(([name, form, value, isRaw]) => `${name}${form}${form.startsWith('::') && !isRaw ? base64(value) : value}`);
  const good = fc.constantFrom(
    'dn: uid=jane,dc=example',
    'dn:: dWlkPWphbmU=',
    'objectClass: inetOrgPerson',
    'uid: jane',
    `userPassword:: ${base64(`{CRYPT}${BCRYPT}`)}`,
    'userPassword:: ====',
    'userPassword:: /w==',
    'description:: /w==',
  );
  const line = fc.oneof(
    { weight: 5, arbitrary: good },
    { weight: 4, arbitrary: attribute },
    { weight: 1, arbitrary: fc.constantFrom('# a comment', '-', ' ', '\t', '\r', ' x', '#') },
  );
  const folded = fc.tuple(line, fc.array(fc.nat(60), { maxLength: 3 })).map(([text, places]) => {
    let result = text;
    for (const place of places) {
      const at = place % (result.length + 1);
      result = `${result.slice(0, at)}\n ${result.slice(at)}`;
    }
    return result;
  });
  const entry = fc.array(folded, { minLength: 1, maxLength: 7 }).map((lines) => lines.join('\n'));
  const text = fc
    .tuple(
      fc.array(fc.tuple(entry, fc.constantFrom('\n\n', '\n\n', '\n\n\n', '\n\n\n\n')), { maxLength: 6 }),
      fc.constantFrom('', '\n', 'version: 1\n', 'version: 1\n\n', '# made by hand\nversion: 1\n\n'),
      fc.constantFrom('', '\n', '\n\n'),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([entries, head, foot, newline]) =>
      `${head}${entries.flat().join('').replace(/\n+$/, '')}${foot}`.replaceAll('\n', newline),
    );

  test('rows are the same in blocks of each size', () => {
    let rows = 0;
    fc.assert(
      fc.property(text, fc.nat(80), (source, size) => {
        const length = Buffer.byteLength(source);
        rows += expectSameRows('ldif', 'ldif', source, [1, size + 1, length, length + 1]).length;
      }),
      runs(200),
    );
    expect(rows).toBeGreaterThan(100);
  });

  test.each([{ idField: 'CN' }, { digestField: 'x' }, { idField: 'uid.1' }, { hasher: 'md5' }])(
    'and with %j',
    (options) => {
      fc.assert(
        fc.property(text, (source) => {
          expectSameRows('ldif', 'ldif', source, [1, 1 << 20], options);
        }),
        runs(60),
      );
    },
  );

  test('more names than are remembered', () => {
    const many = Array.from({ length: 12_000 }, (_, i) => `name-${i}: ${i}`);
    const entries = [many.slice(0, 100), many, many.slice(6000), many.slice(0, 5000), many].map(
      (lines, i) => `dn: uid=${i}\nuid: ${i}\n${lines.join('\n')}\nuserPassword: {CRYPT}${BCRYPT}\n`,
    );
    const rows = expectSameRows('ldif', 'ldif', entries.join('\n'), [1 << 20]);
    expect(rows.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('lines of fields between colons', () => {
  const field = fc.constantFrom(
    ...['jane', 'é', '', 'x', '*', '!', '19700', BCRYPT, '$6$72820166$U4DVzpcYxgw7', '#', ' ', '\u00a0', '"', '\t'],
    ...['abcdefghijklm', '{SHA}x', '\r'],
  );
  const line = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(field, field).map((fields) => fields.join(':')) },
    { weight: 2, arbitrary: fc.array(field, { minLength: 1, maxLength: 10 }).map((fields) => fields.join(':')) },
    { weight: 1, arbitrary: fc.constantFrom('', '# a:b', ' ', '\u00a0', '\r', ':', '::') },
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, newline, ends]) => lines.join(newline) + (ends ? newline : ''));

  test.each(['shadow', 'htpasswd'])('rows of %s are the same in blocks of each size', (source) => {
    let rows = 0;
    fc.assert(
      fc.property(text, fc.nat(80), (lines, size) => {
        const length = Buffer.byteLength(lines);
        rows += expectSameRows('colons', source, lines, [1, size + 1, length, length + 1]).length;
      }),
      runs(200),
    );
    expect(rows).toBeGreaterThan(100);
  });
});

test('Base64 in bytes is what Base64 in a text is', () => {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')) },
    { weight: 1, arbitrary: fc.constantFrom('=', 'A', '-', '\n', 'é', '\u00ff', 'B=') },
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 3 }), (pieces) => {
      const bytes = Buffer.from(`x${pieces.join('')}y`);
      const into = Buffer.alloc(bytes.length);
      const length = decodeBase64Bytes(bytes, 1, bytes.length - 1, into);
      expect(length === -1 ? undefined : into.toString('hex', 0, length)).toEqual(strictly(pieces.join('')));
    }),
    runs(2000),
  );
});

function strictly(text: string): string | undefined {
  try {
    return Buffer.from(decodeBase64(text, 0, text.length, 'value')).toString('hex');
  } catch {
    return undefined;
  }
}

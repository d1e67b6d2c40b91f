/** Entries of LDIF that the kernel finds: the rows of a reading as text, and the bytes of their values. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  LDIF_ROOM_AT,
  LDIF_TEXT_AT,
  LDIF_TEXT_BYTES,
  LDIF_VALUE_AT,
} from '../../../src/kernels/ldif-structure-layout.js';
import { bindSource } from '../../../src/migration/input/origin.js';
import type { Row } from '../../../src/migration/row.js';
import { decodeBase64Bytes } from '../../../src/migration/rows/base64-bytes.js';
import type { RowSink } from '../../../src/migration/rows/block.js';
import { newFinder } from '../../../src/migration/rows/finder.js';
import { ldifBlocks } from '../../../src/migration/rows/ldif.js';
import { LdifFinder } from '../../../src/migration/rows/ldif-finder.js';
import { readLdifRows } from '../../support/lines.js';
import { runs } from '../../support/properties.js';

const BCRYPT = '$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde';
const SSHA = '{SSHA}e8k0jOUt5dq3X4pajM0zPFZZQft9nDeQO9bztA==';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const bind = () => bindSource('ldif', {});
const comparable = ({ error, ...row }: Row) => ({ ...row, error: error && [error.code, error.subcode, error.message] });

/** Expects the rows of a reading as text, and returns how many came as bytes. */
function expectFound(text: string, sizes: readonly number[] = [1 << 20]): number {
  const expected = readLdifRows(text, bind()).map(comparable);
  let found = 0;
  for (const size of sizes) {
    const rows: Row[] = [];
    found = 0;
    const sink: RowSink = {
      take(spans) {
        const { bytes, id, idEnd, digest, digestEnd } = spans;
        const [idText, digestText] = [bytes.toString('utf8', id, idEnd), bytes.toString('utf8', digest, digestEnd)];
        const row = spans.readText();
        if (row === undefined) throw new Error('an entry with a password is a user');
        expect([row.line, row.id]).toEqual([spans.line, idText]);
        if (row.error === undefined) expect(digestText.endsWith(row.passwordDigest ?? '-')).toBe(true);
        found++;
        rows.push(row);
      },
      takeRow: (row) => rows.push(row),
    };
    deliver(text, size, sink);
    expect(rows.map(comparable), `blocks of ${size}`).toEqual(expected);
  }
  return found;
}

function deliver(text: string, size: number, sink: RowSink): void {
  const all = Buffer.from(text);
  const reader = ldifBlocks(bind());
  let line = 1;
  for (let offset = 0, room = size; offset < all.length; ) {
    const end = Math.min(all.length, offset + room);
    const bytes = Buffer.concat([all.subarray(offset, end), Buffer.from(' ')]);
    const scanned = reader.scan({ bytes, length: end - offset, offset, line, last: end === all.length });
    reader.deliver(sink);
    offset += scanned.consumed;
    line += scanned.lines;
    room = scanned.consumed > 0 ? size : 2 * room;
  }
}

const fold = (line: string, width: number) =>
  line.replace(new RegExp(`(?!^)(?=(?:.{${width}})+$)`, 'gsu'), '\n ').replace(/^\n /, '');

describe('generated entries', () => {
  const values = fc.constantFrom(
    '',
    'jane',
    'x y',
    'é山',
    ' a',
    'person',
    'TRUE',
    SSHA,
    `{CRYPT}${BCRYPT}`,
    '{MD5}x',
    'a:b',
  );
  const usual = fc.constantFrom(
    'uid',
    'UID',
    'cn',
    'sn',
    'mail',
    'objectClass',
    'structuralObjectClass',
    'createTimestamp',
  );
  const seldom = fc.constantFrom(
    ...[
      'userPassword',
      'nsAccountLock',
      'jpegPhoto',
      'passwordSalt',
      'changetype',
      'dn',
      'version',
      'uid.0',
      'cn;lang-de',
    ],
    ...[
      'a-name-with-exactly-thirty-one-c',
      'a-name-with-exactly-31-character',
      'a-name-of-sixteen',
      'é',
      ' x',
      '#',
      '',
    ],
  );
  const written = fc
    .tuple(fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: seldom }), values, fc.nat(9))
    .map(([name, value, form]) => {
      if (form === 0) return `${name}:< ${value}`;
      if (form === 1) return `${name}${value}`;
      return form < 4 ? `${name}:: ${base64(value)}` : `${name}: ${value}`;
    });
  const password = fc
    .tuple(fc.constantFrom(SSHA, `{CRYPT}${BCRYPT}`, '{SSHA}x', '', '!', '{CRYPT}$6$salt$hash'), fc.boolean())
    .map(([value, isRaw]) => (isRaw ? `userPassword: ${value}` : `userPassword:: ${base64(value)}`));
  const entry = fc
    .tuple(fc.array(written, { maxLength: 8 }), password, fc.array(written, { maxLength: 3 }), fc.nat(40))
    .map(([before, one, after, width]) =>
      ['dn: uid=jane', 'uid: jane', ...before, one, ...after]
        .map((line) => (width < 20 ? line : fold(line, width)))
        .join('\n'),
    );
  const text = fc
    .tuple(
      fc.array(entry, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n\n', '\n\n\n'),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([entries, between, newline]) => entries.join(between).replaceAll('\n', newline));

  test('have the rows of a reading as text', () => {
    let found = 0;
    fc.assert(
      fc.property(text, fc.nat(300), (source, size) => {
        found += expectFound(source, [size + 1, 1 << 20]);
      }),
      runs(150),
    );
    expect(found).toBeGreaterThan(50);
  });

  test('have the same rows where the kernel cannot be run', () => {
    vi.spyOn(WebAssembly, 'Instance').mockImplementation(() => {
      throw new Error('no SIMD');
    });
    try {
      expect(newFinder()).toBeUndefined();
      fc.assert(
        fc.property(text, (source) => {
          expect(expectFound(source)).toBe(0);
        }),
        runs(50),
      );
    } finally {
      vi.restoreAllMocks();
    }
  });
});

const entryOf = (id: number, more = '') => `dn: uid=${id}\nuid: ${id}\n${more}userPassword:: ${base64(SSHA)}\n\n`;

test.each([-1, 0, 1, 2])('an entry that ends %i bytes from the end of the text of the kernel', (more) => {
  const head = entryOf(0, 'cn: x\n');
  const long = entryOf(1, `cn: ${'x'.repeat(LDIF_TEXT_BYTES - head.length - entryOf(1).length - 5 + more)}\n`);
  expect(head.length + long.length).toBe(LDIF_TEXT_BYTES + more);
  expect(expectFound(head + long + entryOf(2))).toBe(3);
});

test('an entry that is longer than the text of the kernel is read as text', () => {
  const long = entryOf(1, `cn: ${'x'.repeat(2 * LDIF_TEXT_BYTES)}\n`);
  expect(expectFound(entryOf(0) + long + entryOf(2))).toBe(2);
});

test('more names than the kernel has room for', () => {
  const names = Array.from({ length: 400 }, (_, i) => `name-${i}: ${i}\n`);
  const text = names.map((name, i) => entryOf(i, name)).join('');
  expect(expectFound(text)).toBeGreaterThan(200);
});

test.each([
  ['a name that says something', 'passwordSalt: abc\n'],
  ['a change', 'changetype: add\n'],
  ['an option', 'cn;lang-de: x\n'],
  ['a locked account', 'nsAccountLock: TRUE\n'],
  ['a second password', `userPassword: ${SSHA}\n`],
  ['a password in a file', 'userPassword:< file:///x\n'],
  ['a line without an attribute', 'x\n'],
])('entries with %s come as rows, those around them as bytes', (_, line) => {
  const text = Array.from({ length: 9 }, (_, i) => entryOf(i, i % 3 === 1 ? line : '')).join('');
  expect(expectFound(text)).toBe(6);
});

test.each([
  ['a photograph', 'jpegPhoto:: AAAA\n'],
  ['an account that is not locked', 'nsAccountLock: false\n'],
  ['a comment', '# x\n y\n'],
  ['a folded value', 'description: a\n b\n c\n'],
  ['several ids', 'uid: a\nuid: b\n'],
  ['Base64 that is none', 'description:: ?\n'],
])('entries with %s come as bytes', (_, line) => {
  const text = Array.from({ length: 9 }, (_, i) => entryOf(i, line)).join('');
  expect(expectFound(text)).toBe(9);
});

describe('the value of an attribute', () => {
  const finder = newFinder();
  if (finder === undefined) throw new Error('this runtime has no SIMD');
  LdifFinder.create(finder, bind()(['dn'], false));
  const { kernel, words } = finder;
  const memory = Buffer.from(kernel.memory.buffer);

  function read(text: Buffer, form: number): Buffer | undefined {
    memory.fill(0xa5, LDIF_TEXT_AT, LDIF_ROOM_AT + 4096);
    text.copy(memory, LDIF_TEXT_AT);
    kernel.functions['value']?.(LDIF_TEXT_AT, LDIF_TEXT_AT + text.length, form, LDIF_ROOM_AT);
    const [start = 0, end = 0, high] = words.subarray(LDIF_VALUE_AT / 4);
    if (end < 0) return undefined;
    const value = Buffer.from(memory.subarray(start, end));
    expect(high !== 0).toBe(value.some((byte) => byte > 127));
    return value;
  }

  const bytes = fc.uint8Array({ maxLength: 80 });
  const piece = fc.oneof(
    { weight: 6, arbitrary: bytes.map((of) => Buffer.from(of).toString('base64')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('=', 'A', 'B=', '-', '@', '[', '`', '{', ':', 'é', '\u0000', ' ', '*', ','),
    },
  );
  const folds = fc.array(fc.tuple(fc.nat(100), fc.constantFrom('\n ', '\r\n ', '\n  ', '\n \n ', '\r\r\n ')), {
    maxLength: 4,
  });
  /** From the last place to the first, so that no fold is within another. */
  const folded = (text: string, places: readonly (readonly [number, string])[]) =>
    places
      .map(([at, by]) => [at % (text.length + 1), by] as const)
      .sort(([a], [b]) => b - a)
      .reduce((one, [at, by]) => one.slice(0, at) + by + one.slice(at), text);
  const unfolded = (text: string) => text.replace(/\r?\n /g, '').replace(/^ +/, '');

  test('in Base64 is what the decoder of bytes makes of it', () => {
    let whole = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 2 }), folds, (pieces, places) => {
        const text = folded(pieces.join(''), places);
        const from = Buffer.from(unfolded(text));
        const into = Buffer.alloc(from.length);
        const length = decodeBase64Bytes(from, 0, from.length, into);
        const expected = length === -1 ? undefined : into.toString('hex', 0, length);
        if (expected !== undefined) whole++;
        expect(read(Buffer.from(text), places.length > 0 ? 3 : 1)?.toString('hex'), JSON.stringify(text)).toBe(
          expected,
        );
      }),
      runs(2000),
    );
    expect(whole).toBeGreaterThan(500);
  });

  test('over several lines is one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', 'é', '\r', ':'), maxLength: 60 }),
        folds,
        (value, places) => {
          const text = folded(value, places);
          expect(read(Buffer.from(text), 2)?.toString(), JSON.stringify(text)).toBe(unfolded(text));
        },
      ),
      runs(1000),
    );
  });
});

/** Rows of a CSV: as bytes where that is enough, else as text; what they hold is the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/migration/row.js';
import type { RowSpans } from '../../../src/migration/rows/block.js';
import { csvBlocks } from '../../../src/migration/rows/csv.js';
import type { Bound, FieldReader, Plain } from '../../../src/migration/sources/contract.js';
import { runs } from '../../support/properties.js';

interface Taken {
  readonly line: number;
  readonly id: string;
  readonly hasher: string | undefined;
  readonly digest: string | undefined;
  readonly isText: boolean;
}

const PLAIN: Plain = { id: ['id', 'email'], hasher: ['hasher'], digest: ['digest'] };

const NOTHING = { hasher: undefined, digest: undefined, isText: true };

/** The rows of an export, in blocks of a size; and the problem that it ends with, as one more. */
function read(text: string, plain: Plain | undefined, size = Infinity): readonly Taken[] {
  const rows: Taken[] = [];
  const filled = (field: FieldReader, names: readonly string[]) => names.map(field).find((value) => value);
  const bound: Bound = {
    source: 'test',
    digestFields: PLAIN.digest,
    plain,
    extract: (field) => ({
      id: filled(field, PLAIN.id) ?? '',
      passwordHasher: filled(field, PLAIN.hasher),
      passwordDigest: field('digest'),
    }),
  };
  const reader = csvBlocks(() => bound);
  const bytes = Buffer.from(text);
  const textOf = (spans: RowSpans, start: number, end: number) => spans.bytes.toString('utf8', start, end);
  const sink = {
    take(spans: RowSpans) {
      const { line } = spans;
      const hasher = textOf(spans, spans.hasher, spans.hasherEnd) || undefined;
      const id = textOf(spans, spans.id, spans.idEnd);
      const digest = textOf(spans, spans.digest, spans.digestEnd);
      const row = spans.readText();
      expect(row && [row.line, row.id, row.passwordHasher, row.passwordDigest]).toEqual([line, id, hasher, digest]);
      rows.push({ line, id, hasher, digest, isText: false });
    },
    takeRow({ line, id, passwordHasher, passwordDigest }: Row) {
      rows.push({ line, id, hasher: passwordHasher, digest: passwordDigest, isText: true });
    },
  };
  let line = 1;
  for (let at = 0, room = size; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + room);
    const last = end === bytes.length;
    const block = Buffer.concat([bytes.subarray(at, end), Buffer.from('"')]);
    const { consumed, lines, problem } = reader.scan({ bytes: block, length: end - at, offset: at, line, last });
    reader.deliver(sink);
    if (problem !== undefined) rows.push({ line: problem.line ?? 0, id: problem.code, ...NOTHING });
    at += consumed;
    line += lines;
    room = consumed === 0 ? 2 * room : size;
    if (last) break;
  }
  return rows;
}

const HEADER = 'note,email,id,hasher,digest,active';
const contents = (rows: readonly Taken[]) => rows.map(({ isText: _, ...row }) => row);
const texts = (rows: readonly Taken[]) => rows.map(({ isText }) => isText);

describe('a row is taken as bytes', () => {
  test.each([
    ['with doubled quotes in a column that is not needed', '"a ""b""",e,1,md5,"x",t'],
    ['with a line end in one', '"a\nb",e,1,md5,x,t'],
    ['with every needed field in quotes', 'n,"e","1","md5","x",t'],
    ['with a quote in an unquoted field', 'a"b",e,1,md5,x,t'],
  ])('%s', (_, row) => {
    const rows = read(`${HEADER}\n${row}\n`, PLAIN);
    expect(rows).toMatchObject([{ line: 2, id: '1', hasher: 'md5', digest: 'x', isText: false }]);
  });

  test.each([
    ['id', 'n,e,"1""2",md5,x,t', { id: '1"2' }],
    ['other id', 'n,"e""f",,md5,x,t', { id: 'e"f' }],
    ['hasher', 'n,e,1,"m""d",x,t', { hasher: 'm"d' }],
    ['digest', 'n,e,1,md5,"""x""",t', { digest: '"x"' }],
  ])('and as text where its %s has doubled quotes', (_, row, value) => {
    expect(read(`${HEADER}\n${row}\n`, PLAIN)).toMatchObject([{ ...value, isText: true }]);
  });

  test('but for those that a column says something else of', () => {
    const usual = (field: FieldReader) => field('active') !== 'f' && field('nowhere') === undefined;
    const last = ['t', 't', 'f', 'f', '"f"', '"t"', '"""t"""', 'f ', ''];
    const rows = read(`${HEADER}\n${last.map((active) => `n,e,1,md5,x,${active}\n`).join('')}`, { ...PLAIN, usual });
    expect(texts(rows)).toEqual([false, false, true, true, true, false, false, false, false]);
  });

  test('by the fields that decided on the last row, whichever those were', () => {
    const asked: string[] = [];
    const usual = (field: FieldReader) => {
      asked.push('');
      return field('active') === 't' || field('note') === '"a"';
    };
    const rows = ['b,t', 'c,t', 'b,f', 'b,f', 'a,f', '"a",f', '"""a""",f', '"""a""",f', '"b",t', 'x,t'].map((row) => {
      const [note, active] = row.split(',');
      return `${note},e,1,md5,x,${active}\n`;
    });
    expect(texts(read(`${HEADER}\n${rows.join('')}`, { ...PLAIN, usual }))).toEqual(
      [...'tttttttttt'].map((_, i) => ![0, 1, 6, 7, 8, 9].includes(i)),
    );
    // Not for values that are the same again, as on the second row; and again for each that has doubled quotes.
    expect(asked).toHaveLength(6);
  });
});

test('rows taken as bytes, as text, and in blocks of any size are the same', () => {
  const value = fc.constantFrom('', 'a', 'é', '"b"', '"c""d"', '""', '"x,y"', '"l\nm"', '"p\r\nq"', '"r" ', 's"t', 'f');
  const end = fc.constantFrom('\n', '\n', '\r\n');
  const row = fc.tuple(fc.array(value, { minLength: 6, maxLength: 6 }), end);
  const odd = fc.constantFrom('\n', 'a,b\n', '"a"b,c\n', ',,,,,,,\n');
  const usual = (field: FieldReader) => field('active') !== 'f' && field('note') !== 'c"d';
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: row }, odd), { minLength: 1, maxLength: 60 }), (parts) => {
      const lines = parts.map((part) => (typeof part === 'string' ? part : part[0].join(',') + part[1]));
      const text = `${HEADER}\n${lines.join('')}`;
      const expected = contents(read(text, undefined));
      for (const size of [Infinity, 1, 7, 64, 300, 1000]) {
        expect(contents(read(text, { ...PLAIN, usual }, size)), `blocks of ${size}`).toEqual(expected);
      }
    }),
    runs(80),
  );
});

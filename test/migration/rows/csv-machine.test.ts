/** What the CSV machine makes of each rule of RFC 4180, and of what exports do instead. */
import { describe, expect, test } from 'vitest';
import { newFinder } from '../../../src/migration/rows/finder.js';
import { type CsvDialect, scanText } from '../../support/csv.js';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly fields: readonly (readonly string[])[];
  /** 1, 2, 3, … where it is absent. */
  readonly lines?: readonly number[];
  /** Indexes of irregular records. */
  readonly stray?: readonly number[];
  readonly rest?: 'quoted';
  readonly dialect?: CsvDialect;
}

const CR: CsvDialect = { recordEnd: '\r' };

/** By the numbers of RFC 4180, section 2. */
const RFC_4180: readonly Case[] = [
  {
    name: '1: each record is on its own line',
    text: 'a,b\r\nc,d\r\n',
    fields: [
      ['a', 'b'],
      ['c', 'd'],
    ],
  },
  {
    name: '2: the last record may have no line end',
    text: 'a,b\r\nc,d',
    fields: [
      ['a', 'b'],
      ['c', 'd'],
    ],
  },
  { name: '4: spaces are part of a field', text: ' a , b\n', fields: [[' a ', ' b']] },
  {
    name: '4: nothing follows the last field but the line end',
    text: 'a,\n,\n',
    fields: [
      ['a', ''],
      ['', ''],
    ],
  },
  { name: '5: fields may be in quotes, or not', text: '"a",b,"c"\r\n', fields: [['a', 'b', 'c']] },
  {
    name: '6: line ends, quotes and commas are in quotes',
    text: '"a","b\r\nb","c,c"\r\nd,e,f\r\n',
    fields: [
      ['a', 'b\r\nb', 'c,c'],
      ['d', 'e', 'f'],
    ],
    lines: [1, 3],
  },
  { name: '7: a quote in quotes is written twice', text: '"a","b""b","c"\n', fields: [['a', 'b"b', 'c']] },
];

const QUOTES: readonly Case[] = [
  { name: 'an empty field in quotes', text: '"",a,""\n', fields: [['', 'a', '']] },
  { name: 'one quote, and two, in quotes', text: '"""",""""""\n', fields: [['"', '""']] },
  { name: 'doubled quotes at both ends', text: '"""a""",b\n', fields: [['"a"', 'b']] },
  {
    name: 'JSON in quotes',
    text: 'k,"{""type"": ""Point"", ""at"": [1, 2]}"\n',
    fields: [['k', '{"type": "Point", "at": [1, 2]}']],
  },
  { name: 'quotes in an unquoted field are text', text: 'a"b,c"",d"e"\n', fields: [['a"b', 'c""', 'd"e"']] },
  { name: 'a quote after a space is text', text: 'a, "b", c\n', fields: [['a', ' "b"', ' c']] },
  { name: 'doubled quotes in one field change no other', text: '"a""b",c""d\n', fields: [['a"b', 'c""d']] },
  { name: 'an inch mark at the end of an unquoted field', text: '3.5",b\n', fields: [['3.5"', 'b']] },
  {
    name: 'quotes and line ends together',
    text: '"a ""\n""\nb",c\nd,e\n',
    fields: [
      ['a "\n"\nb', 'c'],
      ['d', 'e'],
    ],
    lines: [1, 4],
  },
  {
    name: 'a field of line ends',
    text: 'a,"\n\n\n"\nb,c\n',
    fields: [
      ['a', '\n\n\n'],
      ['b', 'c'],
    ],
    lines: [1, 5],
  },
  {
    name: 'blanks after a closing quote are dropped',
    text: '"a" ,"b"\t,"c"  \n"d" \r\n',
    fields: [['a', 'b', 'c'], ['d']],
  },
  { name: 'a closing quote and blanks end the text', text: '"a","b"  ', fields: [['a', 'b']] },
  { name: 'a closing quote and a CR end the text', text: '"a","b"\r', fields: [['a', 'b']] },
  { name: 'a CR before a closing quote is text', text: '"a\r"\r\n', fields: [['a\r']] },
];

const IRREGULAR: readonly Case[] = [
  { name: 'text after a closing quote', text: '"a"x,b\n"c",d\n', fields: [['a"x,b\n"c', 'd']], stray: [0] },
  {
    name: 'bare quotes in a quoted field',
    text: 'a,"Jane "JJ" Doe",b\nc\n',
    fields: [['a', 'Jane "JJ" Doe', 'b'], ['c']],
    stray: [0],
  },
  { name: 'blanks and then text', text: '"a" b",c\nd\n', fields: [['a" b', 'c'], ['d']], stray: [0] },
  { name: 'a CR alone after a closing quote', text: '"a"\rb",c\n', fields: [['a"\rb', 'c']], stray: [0] },
  { name: 'the next records are read', text: '"a"b"\nc,"d""e"\n', fields: [['a"b'], ['c', 'd"e']], stray: [0] },
  { name: 'a quote that is never closed', text: 'a,b\nc,"d\ne,f\n', fields: [['a', 'b']], rest: 'quoted' },
  { name: 'a quote as the last byte', text: 'a,b\nc,"', fields: [['a', 'b']], rest: 'quoted' },
  { name: 'a doubled quote that ends the text', text: 'a\n"b""', fields: [['a']], rest: 'quoted' },
  { name: 'a stray quote that ends the text', text: 'a\n"b"c', fields: [['a']], rest: 'quoted' },
];

const LINES: readonly Case[] = [
  { name: 'nothing', text: '', fields: [] },
  { name: 'blank lines are records of one empty field', text: '\na\n\r\n', fields: [[''], ['a'], ['']] },
  { name: 'LF and CRLF in one file', text: 'a\nb\r\nc\n', fields: [['a'], ['b'], ['c']] },
  { name: 'a CR within an unquoted field is text', text: 'a\rb,c\r\n', fields: [['a\rb', 'c']] },
  { name: 'a CR before a comma is text', text: 'a\r,b\n', fields: [['a\r', 'b']] },
  { name: 'one CR of two belongs to the line end', text: 'a\r\r\n', fields: [['a\r']] },
  {
    name: 'a trailing delimiter is one more field',
    text: 'a,b,\n1,2,\n',
    fields: [
      ['a', 'b', ''],
      ['1', '2', ''],
    ],
  },
  { name: 'records of different widths', text: 'a\nb,c\n,,\n', fields: [['a'], ['b', 'c'], ['', '', '']] },
];

/** As Excel writes "CSV (Macintosh)". */
const CR_ONLY: readonly Case[] = [
  {
    name: 'records end with CR',
    text: 'a,b\rc,d\r',
    fields: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    dialect: CR,
  },
  {
    name: 'the last one may not',
    text: 'a,b\rc,d',
    fields: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    dialect: CR,
  },
  {
    name: 'CR, LF and CRLF in quotes are a line each',
    text: 'a,"\r\n\r\n\n"\rb\r',
    fields: [['a', '\r\n\r\n\n'], ['b']],
    lines: [1, 5],
    dialect: CR,
  },
  {
    name: 'an LF is text, and a line',
    text: 'a\nb,c\rd\r',
    fields: [['a\nb', 'c'], ['d']],
    lines: [1, 3],
    dialect: CR,
  },
  {
    name: 'an LF after a closing quote is stray',
    text: '"a"\n,b"\rc\r',
    fields: [['a"\n,b'], ['c']],
    stray: [0],
    lines: [1, 3],
    dialect: CR,
  },
  { name: 'blanks after a closing quote are dropped', text: '"a" ,"b" \r', fields: [['a', 'b']], dialect: CR },
];

const DELIMITERS: readonly Case[] = [...';\t|:^ \u0001'].map((delimiter) => ({
  name: `the delimiter ${JSON.stringify(delimiter)}`,
  text: `a,b${delimiter}"c${delimiter}""d"""${delimiter}"e"\n${delimiter}\n`,
  fields: [
    ['a,b', `c${delimiter}"d"`, 'e'],
    ['', ''],
  ],
  dialect: { delimiter },
}));

const BYTES: readonly Case[] = [
  { name: 'NULs are text', text: 'a\0,"\0"\n\0\0', fields: [['a\0', '\0'], ['\0\0']] },
  { name: 'characters of 2, 3 and 4 bytes', text: 'é,"山田",😀\n', fields: [['é', '山田', '😀']] },
  { name: 'a byte order mark is text', text: '\ufeffa,\ufeff\n', fields: [['\ufeffa', '\ufeff']] },
  { name: 'a space that is not ASCII is no blank', text: '"a"\u00a0,b"\n', fields: [['a"\u00a0,b']], stray: [0] },
];

describe.each([
  ['RFC 4180, section 2', RFC_4180],
  ['quotes', QUOTES],
  ['irregular records', IRREGULAR],
  ['lines', LINES],
  ['CR alone', CR_ONLY],
  ['delimiters', DELIMITERS],
  ['bytes', BYTES],
])('%s', (_, cases) => {
  test.each(cases)('$name', ({ text, fields, lines, stray = [], rest = 'none', dialect }) => {
    const found = scanText(text, dialect);
    expect(found.records.map((record) => record.fields)).toEqual(fields);
    expect(found.records.map(({ line }) => line)).toEqual(lines ?? fields.map((_, i) => i + 1));
    expect(found.records.flatMap((record, i) => (record.stray ? [i] : []))).toEqual(stray);
    expect(found.rest).toBe(rest);
    if (rest === 'none') expect(found.end).toBe(Buffer.byteLength(text));
  });

  test.each(cases)('$name, wherever a block ends', ({ text, dialect }) => {
    const whole = scanText(text, dialect);
    for (let split = 0; split <= Buffer.byteLength(text); split++) {
      expect(scanText(text, dialect, [split]), `split at ${split}`).toEqual(whole);
    }
  });

  test.each(cases)('$name, among records that the kernel finds', ({ text, dialect = {} }) => {
    const { delimiter = ',', recordEnd = '\n' } = dialect;
    if (recordEnd !== '\n') return;
    const plain = `${`x${delimiter}y`.repeat(40)}\n`;
    const padded = plain.repeat(20) + text;
    const finder = newFinder();
    expect(finder).toBeDefined();
    expect(scanText(padded, { delimiter, finder })).toEqual(scanText(padded, { delimiter }));
  });
});

describe('where a record is', () => {
  test('each has the offset of its first byte, and the rest of the text too', () => {
    const text = 'é,b\r\n"c\n",d\n\ne,"f';
    const { records, end, rest, lines } = scanText(text);
    expect(records.map(({ byteOffset, line }) => [byteOffset, line])).toEqual([
      [0, 1],
      [6, 2],
      [13, 4],
    ]);
    expect([end, lines, rest]).toEqual([14, 4, 'quoted']);
  });

  test('a record that is cut off is left for the next block', () => {
    for (const text of ['a,b\nc,d', 'a,b\n"c" ', 'a,b\nc,d\r']) {
      expect(scanText(`${text}!`, {}, [text.length]).records[0]?.fields, text).toEqual(['a', 'b']);
    }
  });

  test('more fields and records than there was room for at first', () => {
    const [width, count] = [5000, 3000];
    const { records } = scanText(`${'a,'.repeat(width)}\n${'"b""",c\n'.repeat(count)}`);
    expect(records).toHaveLength(count + 1);
    expect(records[0]?.fields).toHaveLength(width + 1);
    expect(records[count]).toMatchObject({ line: count + 1, fields: ['b"', 'c'] });
  });
});

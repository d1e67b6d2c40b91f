/** Delimiter and line end, by the first line that is a record. */
import { describe, expect, test } from 'vitest';
import { detectDialect } from '../../../src/migration/rows/csv-dialect.js';

/** Of a text with a byte after it that is none of it. */
function detect(text: string, whole = true): readonly [delimiter: string, recordEnd: string] | undefined {
  const bytes = Buffer.from(`${text};`);
  const dialect = detectDialect(bytes, 0, bytes.length - 1, whole);
  expect(bytes.toString()).toBe(`${text};`);
  return dialect && [String.fromCharCode(dialect.delimiter), String.fromCharCode(dialect.recordEnd)];
}

describe('the delimiter', () => {
  test.each([
    ['a,b\n', ','],
    ['a;b\n', ';'],
    ['a\tb\n', '\t'],
    ['a|b\n', '|'],
    ['one column\n', ','],
    ['', ','],
    ['as many, of; each\n', ','],
    ['a,b;c;d\n', ';'],
    ['"a;b;c;d",e\n', ','],
    ['"a""b;;;",c\n', ','],
    ['"a\n;;;b",c\n;;;;\n', ','],
    ['a"b;c",d;e\n', ';'],
    ['"a" ;"b"\n', ';'],
    ['# a;b;c\n\n \t\nid,hash\n', ','],
    ['id;hash', ';'],
    ['# id;hash', ';'],
    ['id;"never closed, \n', ';'],
    ['sep=;\nid,a;b,c,d\n', ';'],
    ['SEP=^\r\nid,a,b^c\r\n', '^'],
    ['sep=\t\na,b\tc,d\n', '\t'],
    ['"sep=|"\na,b|c,d\n', '|'],
    ['sep=;\nsep=|\na,b|c\n', ';'],
    ['sep=;', ';'],
    ['sep=a\nb,c\n', ','],
    ['sep=;,x\na,b;c\n', ','],
  ])('of %j is %j', (text, delimiter) => {
    expect(detect(text)?.[0]).toBe(delimiter);
  });
});

describe('the line end', () => {
  test.each([
    ['a,b\nc,d\r', '\n'],
    ['a,b\r\nc', '\n'],
    ['a,b\rc,d\n', '\r'],
    ['a,b\r', '\r'],
    ['a,b', '\n'],
    ['"a\rb",c\nd', '\n'],
    ['"a\nb",c\rd', '\r'],
    ['# comment\ra,b\r', '\r'],
    ['\r\n\r\na,b\n', '\n'],
    ['id,"never closed\r\r', '\n'],
  ])('of %j is %j', (text, recordEnd) => {
    expect(detect(text)?.[1]).toBe(recordEnd);
  });
});

describe('of a text that goes on', () => {
  test.each([
    '',
    'a,b',
    'a,"b',
    'a,"b\n',
    'a,b\r',
    '# comment\n',
    '# comment\na,',
    '\n \n',
    'a,"b"',
    'sep=;\n',
    'sep=;\na',
  ])('%j is not known', (text) => {
    expect(detect(text, false)).toBeUndefined();
  });

  test.each(['a;b\n', 'a;b\r\n', 'a;b\rc', '# comment\na;"b"\n'])('%j is', (text) => {
    expect(detect(text, false)?.[0]).toBe(';');
  });
});

/** Generated records: what is taken out of their text is what JSON.parse gives, in blocks of any size. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRecord, parseJson } from '../../../src/encoding/json.js';
import { InputProblem } from '../../../src/files/input-problem.js';
import { bindSource } from '../../../src/migration/input/origin.js';
import { type Row, unreadable } from '../../../src/migration/row.js';
import type { Format } from '../../../src/migration/rows/contract.js';
import { RecordReader } from '../../../src/migration/rows/records.js';
import { readInBlocks } from '../../support/blocks.js';
import { runs } from '../../support/properties.js';

const BCRYPT = '$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde';
const OPTIONS = { digestField: 'auth.hash' };

const blank = fc.constantFrom('', '', '', ' ', '\t', '  \r');
const text = fc.constantFrom(
  ...[
    '"a"',
    '""',
    `"${BCRYPT}"`,
    '"\\u0061"',
    '"\\/\\n\\\\"',
    '"\\ud800"',
    '"é😀"',
    '"{\\"x\\":[1,"',
    '"}, {x"',
    '"null"',
  ],
);
const scalar = fc.constantFrom(
  'null',
  'true',
  'false',
  '0',
  '-0',
  '7',
  '-12',
  '1.50',
  '1e3',
  '9007199254740993',
  '-12345678901234567890',
  '0.1E-2',
);
const broken = fc.constantFrom(
  'nul',
  '01',
  '-',
  '1.',
  '+1',
  '.5',
  'NaN',
  '1e',
  '"\\x"',
  '"\\u12g4"',
  '"a\0"',
  '"a\tb"',
  '[1 2]',
  '[1,]',
  "'a'",
);
const name = fc.constantFrom(
  ...[
    'id',
    'user_id',
    'auth',
    'auth',
    'hash',
    'auth.hash',
    'auth.x',
    'salt',
    'name',
    'a b',
    'é',
    '__proto__',
    'length',
    '0',
  ],
  ...['\\u0069d', 'iterations', 'provider', 'algorithm', 'passwordHasher', ''],
);

/** As text: with white space anywhere, names twice, and now and then what is not JSON. */
function valueText(brokenWeight: number): fc.Arbitrary<string> {
  const { value } = fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { weight: 6, arbitrary: text },
      { weight: 4, arbitrary: scalar },
      { weight: brokenWeight, arbitrary: broken },
      { weight: 3, arbitrary: tie('object') },
      { weight: 1, arbitrary: tie('list') },
    ),
    object: fc
      .array(fc.tuple(name, tie('value'), blank), { maxLength: 4 })
      .map((members) => `{${members.map(([key, one, space]) => `${space}"${key}"${space}:${one}${space}`).join(',')}}`),
    list: fc.array(fc.tuple(tie('value'), blank), { maxLength: 3 }).map((all) => `[${all.flat().join(',')}]`),
  }));
  return value;
}

function recordText(brokenWeight: number): fc.Arbitrary<string> {
  const value = valueText(brokenWeight);
  const auth = fc.tuple(value, fc.boolean()).map(([hash, more]) => `{"hash":${hash}${more ? ',"x":1' : ''}}`);
  const usual = fc.tuple(value, auth).map(([id, holder]) => `{"id":${id},"auth":${holder}}`);
  const any = fc
    .array(fc.tuple(name, value, blank), { maxLength: 6 })
    .map((members) => `{${members.map(([key, one, space]) => `"${key}":${space}${one}`).join(', ')}}`);
  return fc.oneof({ weight: 2, arbitrary: usual }, { weight: 3, arbitrary: any });
}

interface Reading {
  readonly rows: readonly Row[];
  readonly code: string | undefined;
}

/** What JSON.parse gives. */
function readParsed(records: readonly string[], where: 'line' | 'value'): Reading {
  const reader = new RecordReader(bindSource('generic', OPTIONS));
  const rows: Row[] = [];
  const read = (record: string, line: number): Row | undefined => {
    if (record.trim() === '') return undefined;
    const value = parseJson(record);
    return isRecord(value) ? reader.row(value, record, line) : unreadable(line, { code: 'not-an-object', where });
  };
  return codeOf(rows, () => {
    for (const [i, record] of records.entries()) {
      const row = read(record, i + 1);
      if (row !== undefined) rows.push(row);
    }
    reader.end();
  });
}

function codeOf(rows: readonly Row[], work: () => void): Reading {
  try {
    work();
    return { rows, code: undefined };
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    return { rows, code: error.code };
  }
}

/** In blocks of so many bytes, where a record is not longer. */
function readBlocks(format: Format, text: string | Buffer, size: number, turns = false): Reading {
  const { rows, problem } = readInBlocks(format, text, size, OPTIONS, { source: 'generic', turns });
  return { rows, code: problem?.code };
}

describe.each([0, 2])('records, of which %i in ten have a broken value,', (weight) => {
  const records = fc.array(recordText(weight), { minLength: 1, maxLength: 8 });

  test('are read from lines', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 400 }), (lines, size) => {
        const source = lines.join('\n');
        expect(readBlocks('ndjson', source, size)).toEqual(readParsed(lines, 'line'));
        expect(readBlocks('ndjson', `${source}\n`, size, true).rows).toEqual(readParsed(lines, 'line').rows);
      }),
      runs(100),
    );
  });

  test('are read from lists', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 400 }), fc.boolean(), (elements, size, isInner) => {
        const [head, tail] = isInner ? ['{"n":{"x":"[{\\"id"},"users":[', '],"end":{"a":[1]}}'] : ['[', ']'];
        const source = head + elements.join(',\n') + tail;
        const expected = readParsed(elements, 'value');
        expect(readBlocks('json', source, source.length)).toEqual(expected);
        expect(readBlocks('json', source, size)).toEqual(expected);
        expect(readBlocks('json', source, size, true).rows).toEqual(expected.rows);
      }),
      runs(100),
    );
  });
});

test('a line that is not JSON does not change what the next ones are', () => {
  const any = fc.array(fc.constantFrom(...'"\\{}[]:,1 x', '\\"', 'null', '"a"'), { maxLength: 12 });
  const line = fc.oneof(
    any.map((parts) => parts.join('')),
    fc.constant(`{"id":1,"auth":{"hash":"${BCRYPT}"}}`),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 300 }), (lines, size) => {
      const first = `{"id":1,"auth":{"hash":"${BCRYPT}"}}`;
      const all = [first, ...lines];
      expect(readBlocks('ndjson', all.join('\n'), size)).toEqual(readParsed(all, 'line'));
    }),
    runs(100),
  );
});

test('a second list is read by the reader that found the end of the first', () => {
  const record = (id: number) => `{"id":${id},"auth":{"hash":"${BCRYPT}"}}`;
  const part = (from: number) => `[${[from, from + 1, from + 2].map(record).join()}]`;
  const source = `{"users":${part(1)},"more":{"people":${part(4)}},"x":{"y":{"z":${part(7)}}},"end":[]}`;
  for (let size = 1; size <= source.length; size++) {
    const { rows, code } = readBlocks('json', source, size, true);
    expect([size, code, rows.map(({ id }) => id).join('')]).toEqual([size, undefined, '123456789']);
  }
});

test('a list that is cut off anywhere says so, after the records before', () => {
  const record = `{"id":1,"auth":{"hash":"${BCRYPT}","n":-1.5e3,"t":true,"u":"\\u00e9\\n"}}`;
  const source = `{"a":[],"users":[${record},${record}],"b":null}`;
  const bytes = Buffer.from(source);
  for (let end = 1; end < bytes.length; end++) {
    const { code, rows } = readBlocks('json', bytes.subarray(0, end), 64);
    expect([end, code]).toEqual([end, 'cut-off']);
    const whole = source.slice(0, end).split('}}').length - 1;
    expect([end, rows.length]).toEqual([end, Math.min(2, whole)]);
  }
});

test('any text ends with rows, or with a problem that has a code', () => {
  const any = fc.array(
    fc.constantFrom(...'"\\{}[]:,\n 1e.-u', '\\"', 'null', 'true', '"users":[', '{"id":1,"auth":{"hash":"x"}}', '\0'),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 100 }), (parts, size) => {
      const source = parts.join('');
      const whole = readBlocks('json', source, source.length);
      expect(readBlocks('json', source, size)).toEqual(whole);
      // Two values or more may be one behind another.
      if (parseJson(source) !== undefined) expect(['no-digest-field', undefined]).toContain(whole.code);
    }),
    runs(300),
  );
});

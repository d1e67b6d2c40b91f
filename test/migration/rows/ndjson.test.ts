/** NDJSON: lines, fields of any type, and lines that are none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../support/properties.js';
import { cut, readText } from '../../support/reading.js';

test('each line is a row; blank lines are none, and count as lines', async () => {
  const { rows } = await readText('ndjson', '{"id":1,"passwordDigest":"a"}\r\n\r\n{"id":"2","passwordDigest":"b"}');
  expect(rows).toEqual([
    { line: 1, id: '1', passwordHasher: undefined, passwordDigest: 'a' },
    { line: 3, id: '2', passwordHasher: undefined, passwordDigest: 'b' },
  ]);
});

test('lines that are no object are counted with their number', async () => {
  const text = '{"passwordDigest":"a"}\n[1]\nnull\n{"passwordDigest":\nplain\n{"passwordDigest":"b"}\n';
  const { rows, problem } = await readText('ndjson', text);
  expect(rows.map(({ line, problem }) => [line, problem !== undefined])).toEqual([
    [1, false],
    [2, true],
    [3, true],
    [4, true],
    [5, true],
    [6, false],
  ]);
  expect(problem).toBeUndefined();
});

test('a digest is there, empty, or in no field', async () => {
  const values = ['"a"', '""', 'null', '{"x":1}', '7', 'false'];
  const lines = values.map((value) => `{"passwordDigest":${value}}`);
  const { rows } = await readText('ndjson', [...lines, '{}'].join('\n'));
  expect(rows.map(({ passwordDigest }) => passwordDigest)).toEqual(['a', '', '', '', '7', 'false', undefined]);
});

test.each([
  ['as written', ''],
  ['with escapes in its names', ',"\\u0061":1'],
  ['with a name twice', ',"a":[],"a":{}'],
  ['with a text that has digits and quotes', ',"a":"\\"1234567890123456789,","a":":12345678901234567890\\\\"'],
])('the digits of a long number are not rounded: a record %s', async (_, more) => {
  const ids = ['9007199254740993', '-12345678901234567890', '1234567890123456', '123456789012345', '0'];
  const lines = [...ids, '1e3', '-0', '1234567890123456789.5', '0.12345678901234567'].map(
    (id) => `{"id":${id},"passwordDigest":"a"${more}}`,
  );
  const { rows } = await readText('ndjson', lines.join('\n'));
  expect(rows.map(({ id }) => id)).toEqual([...ids, '1000', '0', '1234567890123456800', '0.12345678901234566']);
  const list = await readText('json', `[${lines.join()}]`);
  expect(list.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
});

test('a long number in extended JSON keeps its digits', async () => {
  const lines = ['', ',"a":1,"a":2'].map(
    (more) => `{"id":{"$numberLong":9007199254740993},"passwordDigest":"a"${more}}`,
  );
  const { rows } = await readText('ndjson', lines.join('\n'));
  expect(rows.map(({ id }) => id)).toEqual(['9007199254740993', '9007199254740993']);
});

test.each(['', ',"a":1,"a":2'])('a long number in the field of the digest is a number%s', async (more) => {
  const { rows } = await readText('ndjson', `{"passwordDigest":12345678901234567890${more}}`);
  expect(rows.map(({ passwordDigest, notText }) => [passwordDigest, notText?.subcode])).toEqual([
    ['12345678901234567890', 'number'],
  ]);
});

test('a name with dots goes into objects, and a field of that very name comes first', async () => {
  const text = '{"auth":{"local":{"hash":"a"}}}\n{"auth.local.hash":"b"}\n{"auth":"x"}\n';
  const { rows } = await readText('ndjson', text, { digestField: 'auth.local.hash' });
  expect(rows.map(({ passwordDigest }) => passwordDigest)).toEqual(['a', 'b', undefined]);
});

test('names of Object.prototype find nothing that is not there', async () => {
  const text = '{"id":1,"__proto__":{"passwordDigest":"a"}}\n{"passwordDigest":"b"}\n';
  const { rows } = await readText('ndjson', text);
  expect(rows.map(({ passwordDigest }) => passwordDigest)).toEqual([undefined, 'b']);
  const asked = await readText('ndjson', '{"id":1}\n', { digestField: 'constructor.name' });
  expect(asked.rows[0]?.passwordDigest).toBeUndefined();
});

test('where no record has a field for the digest, the fields that were looked for are named', async () => {
  const { rows, problem } = await readText('ndjson', '{"id":1,"secret":"x"}\n{"id":2}\n');
  expect(rows).toHaveLength(2);
  expect(problem?.code).toBe('no-digest-field');
  for (const name of ['passwordDigest', 'password_hash']) expect(problem?.message).toContain(name);
  expect(problem?.fix).toContain('--digest-field');
});

test('reports two fields for one purpose', async () => {
  const { problem } = await readText('ndjson', '{"passwordDigest":"a","password_digest":"b"}\n');
  expect(problem?.code).toBe('ambiguous-field');
  for (const name of ['passwordDigest', 'password_digest']) expect(problem?.message).toContain(name);
});

test('a line without end is refused before it fills memory', async () => {
  const pieces = ['{"passwordDigest":"a"}\n{"x":"', ...Array.from({ length: 6 }, () => 'x'.repeat(1024 * 1024))];
  const { rows, problem } = await readText('ndjson', pieces);
  expect(rows).toHaveLength(1);
  expect(problem).toMatchObject({ line: 2, code: 'record-too-long' });
});

test('however the text is cut into pieces, the rows are the same', async () => {
  const text =
    '{"id":1,"passwordDigest":"a\\nb"}\r\n\n{"id":"é€","passwordDigest":"\u2028"}\n[]\n{"passwordDigest":null}';
  const whole = await readText('ndjson', text);
  expect(whole.rows).toHaveLength(4);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 5 }), async (places) => {
      expect(await readText('ndjson', cut(text, places))).toEqual(whole);
    }),
    runs(200),
  );
});

/** JSON: where the records are, their lines, and text that is no JSON. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../support/properties.js';
import { cut, readText } from '../../support/reading.js';

const idsOf = async (text: string, options = {}) => {
  const { rows, problem } = await readText('json', text, options);
  return { ids: rows.map(({ id, problem }) => (problem === undefined ? id : 'unreadable')), problem };
};
const A = '{"id":"a","passwordDigest":"x"}';
const B = '{"id":"b","passwordDigest":"y"}';

describe('the records are found', () => {
  test.each([
    ['an array', `[${A},${B}]`],
    ['an object that holds one', `{"total":2,"anything":[${A},${B}],"next":null}`],
    ['one behind other arrays', `{"roles":[{"id":1}],"tags":["x"],"empty":[],"people":[${A},${B}]}`],
    ['one at any depth', `{"meta":{"page":{"n":1}},"data":{"result":{"people":[${A},${B}]}}}`],
    ['one by its name, though the first record has no digest', `{"roles":[{"id":1}],"users":[{"id":"a"},${B}]}`],
    ['two of them', `{"active":[${A}],"archived":[${B}]}`],
    ['objects one behind another', `${A}\n${B}\n`],
    ['objects over several lines', `{\n"id":"a",\n"passwordDigest":"x"}\n{\n"id":"b"\n}`],
    ['pages one behind another', `{"users":[${A}]}{"users":[${B}]}`],
    ['records with arrays of their own', `[{"id":"a","logins":[{"id":1}],"passwordDigest":"x"},${B}]`],
  ])('%s', async (_, text) => {
    expect(await idsOf(text)).toEqual({ ids: ['a', 'b'], problem: undefined });
  });

  test('an object with a digest is one record, even if it has lists', async () => {
    expect(await idsOf('{"id":"a","roles":[{"id":1}],"passwordDigest":"x"}')).toEqual({
      ids: ['a'],
      problem: undefined,
    });
  });

  test('a name does not make an array the records where another was read before', async () => {
    expect((await idsOf(`{"people":[${A}],"data":[{"id":1}]}`)).ids).toEqual(['a']);
  });

  test('by the field that was asked for', async () => {
    const text = '{"a":[{"id":"1"}],"b":[{"id":"2","auth":{"pw":"x"}}]}';
    expect((await idsOf(text, { digestField: 'auth.pw' })).ids).toEqual(['2']);
  });

  test('elements that are no objects are counted', async () => {
    expect((await idsOf(`[1,${A},[${B}],"x",null]`)).ids).toEqual([
      'unreadable',
      'a',
      'unreadable',
      'unreadable',
      'unreadable',
    ]);
  });

  test('the line of a record is where it begins', async () => {
    const { rows } = await readText('json', `{"n":1,\n"users":\n[\n${A},\n\n{\n"id":"b",\n"passwordDigest":"y"\n}\n]}`);
    expect(rows.map(({ line }) => line)).toEqual([4, 6]);
  });

  test('a key __proto__ is a key like any other', async () => {
    const { rows } = await readText('json', `[{"id":1,"__proto__":{"passwordDigest":"x"}},${B}]`);
    expect(rows.map(({ passwordDigest }) => passwordDigest)).toEqual([undefined, 'y']);
    expect(({} as { passwordDigest?: string }).passwordDigest).toBeUndefined();
  });
});

describe('a record that is not JSON is rejected, and the next is read', () => {
  test.each([
    ['a word', '{"id":nul}'],
    ['a number', '{"id":01}'],
    ['a comma too many', '{"id":1,}'],
    ['a comma too few', '{"id":1"x":2}'],
    ['a quote within a text', '{"id":"a"b"c"}'],
    ['an escape that is none', '{"id":"\\x"}'],
    ['four digits that are not hexadecimal', '{"x":"\\u00g0"}'],
    ['a control character', '{"x":"a\tb"}'],
    ['a line end in a text', '{"x":"a\nb"}'],
    ['a NUL', '{"x":"a\0b","y":1}'],
    ['brackets that do not fit', '{"id":[1}}'],
    ['a bare word', 'word'],
    ['two words', '1 2'],
    ['nesting without end', `${'['.repeat(1000)}${']'.repeat(1000)}`],
  ])('%s', async (_, record) => {
    expect(await idsOf(`[${A},${record},${B}]`)).toEqual({ ids: ['a', 'unreadable', 'b'], problem: undefined });
    expect(await idsOf(`[${record}\n,${A},${B}]`)).toEqual({ ids: ['unreadable', 'a', 'b'], problem: undefined });
  });
});

test('a record whose quote takes in the next ones says how many', async () => {
  const bad = (id: string) => `{"id":"${id}","x":"5" screen","o":{}}`;
  const { rows, problem } = await readText('json', `[${A},${bad('1')},\n${B},\n${bad('2')},${A}]`);
  expect(problem).toBeUndefined();
  expect(rows.map(({ id, line, problem: one }) => [id, line, one?.code])).toEqual([
    ['a', 1, undefined],
    ['', 1, 'several-records'],
    ['a', 3, undefined],
  ]);
  expect(rows[1]?.problem).toMatchObject({ records: 3 });
});

describe('a problem is reported', () => {
  test('where no list holds digests', async () => {
    const { ids, problem } = await idsOf('{"logs":[{"secret":"x"}],"roles":[{"id":1}]}');
    expect(ids).toEqual([]);
    expect(problem?.code).toBe('no-digest-field');
    expect(problem?.message).not.toContain('secret');
  });

  test.each([
    ['in a record', `[${A},{"id":"b"`],
    ['in a string', `[${A},{"id":"b`],
    ['between records', `[${A},`],
    ['before the list', '{"users":'],
  ])('where the file is cut off %s', async (_, text) => {
    const { problem } = await idsOf(text);
    expect(problem).toMatchObject({ line: 1, byteOffset: text.length, fix: expect.any(String) });
  });

  test.each([
    ['a bracket too many', `[${A}]]`],
    ['a comma too many', `[${A},]`],
    ['two objects without a comma', `[${A}${B}]`],
  ])('where it is not valid: %s', async (_, text) => {
    const { ids, problem } = await idsOf(text);
    expect(ids[0]).toBe('a');
    expect(problem).toMatchObject({ line: 1 });
    expect(problem?.byteOffset).toBeGreaterThan(0);
  });

  test('where a record has no end', async () => {
    const pieces = [`[${A},{"id":"`, ...Array.from({ length: 6 }, () => 'x'.repeat(1024 * 1024))];
    const { rows, problem } = await readText('json', pieces);
    expect(rows).toHaveLength(1);
    expect(problem?.code).toBe('record-too-long');
  });

  test('where an object has members without end', async () => {
    const member = (i: number) => `"k${i}":{"passwordDigest":"x","filler":"${'x'.repeat(1000)}"},`;
    const pieces = Array.from({ length: 45 }, (_, i) =>
      Array.from({ length: 100 }, (_, j) => member(100 * i + j)).join(''),
    );
    const { rows, problem } = await readText('json', ['{', ...pieces, '"last":1}']);
    expect(rows).toEqual([]);
    expect(problem?.code).toBe('no-records');
  });

  test('where it is nested without end', async () => {
    for (const text of ['['.repeat(100_000), '{"a":'.repeat(100_000)]) {
      const { problem } = await idsOf(text);
      expect([problem?.code, typeof problem?.fix]).toEqual(['nested-too-deep', 'string']);
    }
  });
});

test('however the text is cut into pieces, the rows are the same', async () => {
  const text = `{"n":-1.5e3,"roles":[{"id":1}],\n"users":[\n${A},\n{"id":"é😀\\u00e9","passwordDigest":null},\n3,{}]}`;
  const whole = await readText('json', text);
  expect(whole.rows).toHaveLength(4);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 5 }), async (places) => {
      // A piece of text never ends within a character: the decoder sees to that.
      const pieces = cut(text, places);
      fc.pre(pieces.every((piece) => piece.isWellFormed()));
      expect(await readText('json', pieces)).toEqual(whole);
    }),
    runs(80),
  );
});

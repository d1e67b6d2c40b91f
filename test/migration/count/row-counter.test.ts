/** Rows to counts: remembered outcomes, places, and what goes into which table. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, DEFAULT_LIMITS } from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import type { Outcome } from '../../../src/migration/assess/outcome.js';
import { RowAssessor } from '../../../src/migration/assess/row-assessor.js';
import { createTables, readTables } from '../../../src/migration/count/duplicate-tables.js';
import { RowCounter } from '../../../src/migration/count/row-counter.js';
import type { Row } from '../../../src/migration/row.js';
import { RowSpans } from '../../../src/migration/rows/block.js';
import { MD5_OF_PASSWORD } from '../../support/exports.js';

const classify = createClassifier(createRegistry(clerkHashers), { limits: DEFAULT_LIMITS });
const hash = (digit: number) => `${digit}`.padStart(2, '0') + MD5_OF_PASSWORD.slice(2);
type Given = Pick<Row, 'id'> & Partial<Row>;
const md5 = (id: string, digit: number): Given => ({ id, passwordHasher: 'md5', passwordDigest: hash(digit) });
const salted = (id: string, salt: string, digit: number): Given => ({
  ...{ id, passwordHasher: 'md5_salted', passwordDigest: `${salt}$${hash(digit)}` },
});

/** Rows as a reader of bytes gives them, on lines from 2 on, or as text where `isText`. */
function countRows(rows: readonly Given[], { isText = false, file = 0, usesLayouts = true } = {}) {
  const tables = createTables();
  const heard: (readonly [Row, Outcome])[] = [];
  const listener = { take: (row: Row, outcome: Outcome) => heard.push([row, outcome]) };
  const counter = new RowCounter(new RowAssessor(classify, usesLayouts), file, tables, listener);
  const spans = new RowSpans();
  for (const [i, { id, passwordHasher = '', passwordDigest = '', ...rest }] of rows.entries()) {
    const row: Row = { ...rest, id, passwordHasher: passwordHasher || undefined, passwordDigest, line: i + 2 };
    if (isText) counter.takeRow(row);
    else {
      const bytes = Buffer.from(`${id}${passwordHasher}${passwordDigest} `.padEnd(256));
      spans.enter(bytes, () => row);
      spans.line = row.line;
      spans.id = 0;
      spans.hasher = spans.idEnd = Buffer.byteLength(id);
      spans.digest = spans.hasherEnd = spans.hasher + passwordHasher.length;
      spans.digestEnd = spans.digest + passwordDigest.length;
      counter.take(spans);
    }
  }
  counter.finish();
  const { digests, ids, salts } = readTables(tables);
  const kinds = [...counter.tally.kinds.entries.values()];
  return { counter, heard, totals: counter.tally.totals, digests, ids, salts, kinds };
}

const ROWS: readonly Given[] = [
  md5('a', 1),
  md5('b', 2),
  md5('a', 1),
  salted('c', 'salt', 3),
  salted('d', 'salt', 4),
  { id: 'e' },
  { id: 'f', passwordHasher: 'md5', passwordDigest: 'zz' },
  md5('', 5),
];

describe.each([
  ['bytes', {}],
  ['bytes of hashers without layouts', { usesLayouts: false }],
  ['text', { isText: true }],
])('rows as %s', (_, options) => {
  test('are in totals, tables and findings', () => {
    const { counter, totals, digests, ids, salts, kinds } = countRows(ROWS, options);
    expect(counter.rows).toBe(ROWS.length);
    expect(totals).toEqual({
      rows: 8,
      ok: 6 - totals.warned,
      warned: totals.warned,
      rejected: 1,
      disabled: 0,
      missing: 1,
    });
    expect(digests).toMatchObject({ values: 1, rows: 2, examples: [{ file: 0, line: 2 }] });
    expect(ids).toMatchObject({ values: 1, rows: 2, examples: [{ file: 0, line: 2 }] });
    expect(salts).toMatchObject({ values: 1, rows: 2, examples: [{ file: 0, line: 5 }] });
    const rejected = kinds.find(({ finding }) => finding.code === 'ERR_MALFORMED');
    expect(rejected).toMatchObject({ count: 1, examples: [{ file: 0, line: 8, id: 'f' }] });
  });

  test('are heard one by one, with their outcome', () => {
    const { heard } = countRows(ROWS, options);
    expect(heard.map(([{ id, line }]) => [id, line])).toEqual(ROWS.map(({ id }, i) => [id, i + 2]));
    expect(heard.map(([, { hasher }]) => hasher)).toEqual([
      ...['md5', 'md5', 'md5', 'md5_salted', 'md5_salted', null, 'md5', 'md5'],
    ]);
  });

  test('have their first three places in a finding, of their file', () => {
    const { kinds } = countRows(
      [1, 2, 3, 4, 5].map((digit) => md5(`u${digit}`, digit)),
      { ...options, file: 3 },
    );
    const insecure = kinds.find(({ finding }) => finding.code === 'NOTE_INSECURE');
    expect(insecure).toMatchObject({ count: 5 });
    expect(insecure?.examples).toMatchObject([2, 3, 4].map((line) => ({ file: 3, line, id: `u${line - 1}` })));
  });

  test('without an id share none', () => {
    expect(countRows([md5('', 1), md5('', 2), md5('', 3)], options).ids).toMatchObject({ values: 0, rows: 0 });
  });
});

test('a row of another way to sign in has no id of its own', () => {
  const { ids, digests } = countRows([md5('a', 1), { ...md5('a', 1), otherLogin: true }], { isText: true });
  expect(ids).toMatchObject({ values: 0 });
  expect(digests).toMatchObject({ values: 1, rows: 2 });
});

test('what has been finished is not counted twice', () => {
  const { counter, totals } = countRows(ROWS);
  const before = structuredClone(totals);
  counter.finish();
  expect(counter.tally.totals).toEqual(before);
});

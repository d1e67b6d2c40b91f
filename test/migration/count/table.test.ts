/** The table of fingerprints itself: its bounds, collisions, growth, and what is kept past the bound. */
import { describe, expect, test } from 'vitest';
import { createTables, readTables, reserveTables } from '../../../src/migration/count/duplicate-tables.js';
import {
  addFingerprint,
  countPending,
  createPendingRows,
  createTable,
  type PendingRows,
  readShared,
  reserve,
  type SharedTable,
} from '../../../src/migration/count/duplicates.js';

type Print = readonly [low: number, high: number];

/** A table of `slots` that holds the fingerprints; the first is on line 1. */
function fill(prints: Iterable<Print>, slots = 2 ** 14, isLarge = false): SharedTable {
  const table = createTable(slots, isLarge);
  const pending = createPendingRows(table);
  let line = 0;
  for (const [low, high] of prints) addFingerprint(pending, low, high, 0, ++line);
  countPending(pending);
  return table;
}

const numbers = (table: SharedTable) => {
  const { values, rows, exact } = readShared(table);
  return { values, rows, exact };
};

/** Different fingerprints, each `times` in a row. */
function* prints(count: number, times = 1, high: (i: number) => number = () => 0): Generator<Print> {
  for (let i = 0; i < count; i++) for (let n = 0; n < times; n++) yield [Math.imul(i, 0x9e3779b1), high(i)];
}

describe('two fingerprints', () => {
  test('are one value where both words are the same, also a negative one', () => {
    expect(
      numbers(
        fill([
          [-1, 5],
          [7, 0],
          [-1, 5],
        ]),
      ),
    ).toEqual({ values: 1, rows: 2, exact: true });
  });

  test.each<[string, Print, Print]>([
    ['high word', [1, 1], [1, 2]],
    ['highest of 21 bits', [1, 0], [1, 2 ** 20]],
    ['low word, past the slots', [1, 0], [1 + 2 ** 14, 0]],
    ['sign of the low word', [1, 0], [1 | (1 << 31), 0]],
  ])('are two values where the %s differs', (_, a, b) => {
    expect(numbers(fill([a, b]))).toEqual({ values: 0, rows: 0, exact: true });
    expect(numbers(fill([a, b, a, b, b]))).toEqual({ values: 2, rows: 5, exact: true });
  });

  test('that want the last slot go on at the first', () => {
    const last = 2 ** 14 - 1;
    const crowd = [0, 1, 2, 3].map((high): Print => [last, high]);
    expect(numbers(fill([...crowd, [0, 9], ...crowd, [0, 9]]))).toEqual({ values: 5, rows: 10, exact: true });
  });
});

describe('the place of a value', () => {
  const place = (places: readonly (readonly [file: number, line: number])[]) => {
    const table = createTable(2 ** 14);
    const pending = createPendingRows(table);
    for (const [file, line] of places) addFingerprint(pending, 3, 4, file, line);
    countPending(pending);
    return readShared(table).examples;
  };

  test.each([
    [
      'of the first file',
      [
        [2, 1],
        [0, 9],
        [1, 1],
      ],
      { file: 0, line: 9 },
    ],
    [
      'of the first line of it',
      [
        [0, 9],
        [0, 2],
        [0, 5],
      ],
      { file: 0, line: 2 },
    ],
    [
      'of the 2047th file where there are more',
      [
        [5000, 7],
        [9000, 8],
      ],
      { file: 2047, line: 7 },
    ],
    [
      'of the last line that fits where there are more',
      [
        [0, 2 ** 33],
        [0, 2 ** 40],
      ],
      { file: 0, line: 2 ** 32 - 1 },
    ],
  ] as const)('is that %s', (_, places, first) => expect(place(places)).toEqual([first]));

  test('is of the first three values only', () => {
    const table = fill([...prints(20), ...prints(20)]);
    expect(readShared(table)).toMatchObject({ values: 20, examples: [{ line: 1 }, { line: 2 }, { line: 3 }] });
  });
});

describe('rows that wait', () => {
  test('are counted with the 4096th, and the rest at the end', () => {
    const pending = createPendingRows(createTable(2 ** 14));
    const rows = () => readShared(pending.table).rows;
    for (let i = 0; i < 4095; i++) addFingerprint(pending, 1, 1, 0, i + 1);
    expect(rows()).toBe(0);
    addFingerprint(pending, 1, 1, 0, 4096);
    expect(rows()).toBe(4096);
    addFingerprint(pending, 1, 1, 0, 4097);
    expect(rows()).toBe(4096);
    countPending(pending);
    countPending(pending);
    expect(rows()).toBe(4097);
  });

  test('of two threads go into one table', () => {
    const table = createTable(2 ** 14);
    const threads: readonly PendingRows[] = [createPendingRows(table), createPendingRows(table)];
    for (const [i, thread] of threads.entries()) addFingerprint(thread, 8, 8, 0, 2 - i);
    for (const thread of threads) countPending(thread);
    expect(readShared(table)).toEqual({ values: 1, rows: 2, exact: true, examples: [{ file: 0, line: 1 }] });
  });
});

describe('a table', () => {
  /** 70 % of 16384 slots. */
  const FULL = Math.ceil(0.7 * 2 ** 14);

  test('grows before it is full, up to its bound, and keeps what it has', () => {
    const few = fill(prints(FULL - 1, 2), 2 ** 16);
    expect(few.slots.length).toBe(4 * 2 ** 14);
    const more = fill(prints(FULL, 2), 2 ** 16);
    expect(more.slots.length).toBe(4 * 2 ** 16);
    expect(numbers(more)).toEqual({ values: FULL, rows: 2 * FULL, exact: true });
  });

  test('has its bound from the beginning where it will be full anyway', () => {
    expect(createTable(2 ** 16, true).slots.length).toBe(4 * 2 ** 16);
    expect(createTable(2 ** 16).slots.length).toBe(4 * 2 ** 14);
    expect(createTable(2 ** 10).slots.length).toBe(4 * 2 ** 10);
  });

  test('is exact up to its bound, and a sample of every second value past it', () => {
    const high = (i: number) => i;
    expect(numbers(fill(prints(FULL - 1, 2, high)))).toEqual({ values: FULL - 1, rows: 2 * (FULL - 1), exact: true });
    // As many even ones as odd ones: the estimate is the true number.
    expect(numbers(fill(prints(FULL + (FULL % 2), 2, high)))).toEqual({
      values: FULL + (FULL % 2),
      rows: 2 * (FULL + (FULL % 2)),
      exact: false,
    });
  });

  test('keeps by the lowest bit of the high word alone', () => {
    // One of four is even, and counts for two.
    const high = (i: number) => (i % 4 === 0 ? 4 * i : 2 * i + 1);
    const count = 20_000;
    expect(numbers(fill(prints(count, 2, high)))).toEqual({ values: count / 2, rows: count, exact: false });
  });

  test('samples again where half of the values are still too many', () => {
    const table = fill(prints(5 * FULL, 2, (i) => 8 * i + 4));
    // All are kept at 1 of 4, none at 1 of 8.
    expect(numbers(table)).toEqual({ values: 0, rows: 0, exact: false });
  });

  test('counts rows of a kept value also where they come after others were dropped', () => {
    const dropped = prints(2 * FULL, 1, (i) => (i === 0 ? 0 : 2 * i + 1));
    const table = fill([...dropped, [0, 0], [0, 0], [0, 1], [0, 1]]);
    expect(numbers(table)).toEqual({ values: 2, rows: 6, exact: false });
  });

  test('that is reserved has room for all, with what it had', () => {
    const table = fill(prints(100, 2), 2 ** 16);
    reserve(table);
    expect(table.slots.length).toBe(4 * 2 ** 16);
    const { slots } = table;
    reserve(table);
    expect(table.slots).toBe(slots);
    expect(numbers(table)).toEqual({ values: 100, rows: 200, exact: true });
    const pending = createPendingRows(table);
    for (const [low, high] of prints(FULL, 2)) addFingerprint(pending, low, high, 0, 1);
    countPending(pending);
    expect(table.slots).toBe(slots);
    expect(numbers(table)).toMatchObject({ values: FULL, exact: true });
  });
});

describe('the tables of a check', () => {
  test('are large from the beginning for large exports only', () => {
    const sizes = (bytes?: number) => Object.values(createTables(bytes)).map(({ slots }) => slots.length / 4);
    expect(sizes()).toEqual([2 ** 14, 2 ** 14, 2 ** 14]);
    expect(sizes(32 * 1024 * 1024)).toEqual([2 ** 14, 2 ** 14, 2 ** 14]);
    expect(sizes(32 * 1024 * 1024 + 1)).toEqual([2 ** 19, 2 ** 19, 2 ** 16]);
  });

  test('are reserved and read each by its name', () => {
    const tables = createTables();
    reserveTables(tables);
    expect(tables.digests.slots.length).toBe(4 * 2 ** 19);
    for (const [i, table] of [tables.digests, tables.ids, tables.salts].entries()) {
      const pending = createPendingRows(table);
      for (let n = 0; n < 2 + i; n++) addFingerprint(pending, 1, 1, i, n + 1);
      countPending(pending);
    }
    const { digests, ids, salts } = readTables(tables);
    expect([digests, ids, salts].map(({ rows, examples }) => [rows, examples[0]?.file])).toEqual([
      ...[
        [2, 0],
        [3, 1],
        [4, 2],
      ],
    ]);
  });
});

/** Shared digests: exact counts, whatever the order and the parts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFingerprint, fingerprintDigest, fingerprintText } from '../../../src/migration/assess/fingerprint.js';
import {
  addFingerprint as addWords,
  countPending,
  createPendingRows,
  createTable,
  type PendingRows,
  readShared as sharedIn,
} from '../../../src/migration/count/duplicates.js';
import { check } from '../../../src/migration/index.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder } from '../../support/exports.js';
import { runs } from '../../support/properties.js';

const folder = temporaryFolder();

const print = createFingerprint();
const printed = () => (print[1] as number) * 2 ** 32 + ((print[0] as number) >>> 0);
const fingerprintOf = (salt: Uint8Array, hash: Uint8Array): number => {
  fingerprintDigest(salt, hash, print);
  return printed();
};
const fingerprintOfText = (text: string): number => {
  fingerprintText(text, print);
  return printed();
};
const addFingerprint = (duplicates: PendingRows, value: number, file: number, line: number) =>
  addWords(duplicates, value | 0, Math.floor(value / 2 ** 32), file, line);
const noDuplicates = (slots: number) => createPendingRows(createTable(slots));
const readShared = (duplicates: PendingRows) => {
  countPending(duplicates);
  return sharedIn(duplicates.table);
};

/** Twice what the tests need, and little enough for some to pass it. */
const SLOTS = 2 ** 16;

function countedNaively(values: readonly number[]): { values: number; rows: number; exact: boolean } {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shared = [...counts.values()].filter((count) => count > 1);
  return { values: shared.length, rows: shared.reduce((sum, count) => sum + count, 0), exact: true };
}

/** Each on a line of its own, from `line` on. */
function counted(values: readonly number[], slots = SLOTS, line = 1) {
  const duplicates = noDuplicates(slots);
  for (const [i, value] of values.entries()) addFingerprint(duplicates, value, 0, line + i);
  return duplicates;
}

const shown = (duplicates: ReturnType<typeof noDuplicates>) => {
  const { values, rows, exact } = readShared(duplicates);
  return { values, rows, exact };
};
const few = fc.array(fc.oneof(fc.nat(8), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })), { maxLength: 60 });

test('counts are those of a plain map', () => {
  fc.assert(
    fc.property(few, (values) => {
      expect(shown(counted(values))).toEqual(countedNaively(values));
    }),
    runs(500),
  );
});

test('threads that fill one table by turns count what one would', () => {
  fc.assert(
    fc.property(fc.array(few, { maxLength: 5 }), (parts) => {
      const table = createTable(SLOTS);
      const threads = parts.map(() => createPendingRows(table));
      for (const [i, part] of parts.entries()) {
        for (const [line, value] of part.entries()) addFingerprint(threads[i] as PendingRows, value, 0, line);
      }
      for (const thread of threads.reverse()) countPending(thread);
      const { values, rows, exact } = sharedIn(table);
      expect({ values, rows, exact }).toEqual(countedNaively(parts.flat()));
    }),
    runs(100),
  );
});

test('a table that has grown counts the same', () => {
  const values = Array.from({ length: 40_000 }, (_, i) => (i % 30_000) * 4096);
  expect(shown(counted(values))).toEqual({ values: 10_000, rows: 20_000, exact: true });
});

describe('past the bound', () => {
  // Spread as fingerprints are; every third is there twice, one of them a hundred times.
  const distinct = Array.from({ length: 60_000 }, (_, i) => fingerprintOfText(`user ${i}`));
  const rows = [...distinct, ...distinct.filter((_, i) => i % 3 === 0), ...Array(99).fill(distinct[1])];
  const shared = 20_001;

  test('the numbers are estimated, near the true ones, and it is said', () => {
    const { values, exact } = readShared(counted(rows, 2 ** 14));
    expect(exact).toBe(false);
    expect(values).toBeGreaterThan(0.9 * shared);
    expect(values).toBeLessThan(1.1 * shared);
  });

  test('they are the same in any order and in any parts', () => {
    const whole = readShared(counted(rows, 2 ** 14));
    const backwards = noDuplicates(2 ** 14);
    for (let i = rows.length - 1; i >= 0; i--) addFingerprint(backwards, rows[i] as number, 0, i + 1);
    expect(readShared(backwards)).toEqual(whole);
    const merged = noDuplicates(2 ** 14);
    for (const [from, to] of [
      [50_000, rows.length],
      [0, 7],
      [7, 50_000],
    ] as const) {
      for (let i = from; i < to; i++) addFingerprint(merged, rows[i] as number, 0, i + 1);
    }
    expect(readShared(merged)).toEqual(whole);
  });

  test('memory stays where it is', () => {
    expect(counted(rows, 2 ** 14).table.slots.byteLength).toBe(16 * 2 ** 14);
  });
});

test('the first rows of the first values are told, by file and line', () => {
  const duplicates = noDuplicates(SLOTS);
  const places: readonly (readonly [value: number, file: number, line: number])[] = [
    [1, 1, 4],
    [2, 0, 9],
    [1, 0, 7],
    [2, 2, 1],
    [3, 0, 2],
    [4, 1, 1],
    [4, 1, 2],
    [5, 5, 5],
    [5, 5, 6],
  ];
  for (const place of places) addFingerprint(duplicates, ...place);
  expect(readShared(duplicates).examples).toEqual([
    { file: 0, line: 7 },
    { file: 0, line: 9 },
    { file: 1, line: 1 },
  ]);
});

describe('ids and salts', () => {
  const user = (id: string, digest: string) => ({ id, passwordHasher: 'md5_salted', passwordDigest: digest });
  const hash = (digit: string) => MD5_OF_PASSWORD.replace(/^./, digit);

  test('on several rows are findings, with the lines of the first ones', async () => {
    const users = [
      user('u1', `salt$${hash('1')}`),
      user('u2', `salt$${hash('2')}`),
      user('u1', `other$${hash('3')}`),
      user('', `third$${hash('4')}`),
      user('', ''),
    ];
    const { findings, duplicates, totals } = await check([await folder.write('ids.csv', csvOf(users))]);
    expect(totals).toMatchObject({ ok: 4, missing: 1 });
    expect(duplicates.ids).toEqual({ values: 1, rows: 2, exact: true });
    expect(duplicates.salts).toEqual({ values: 1, rows: 2, exact: true });
    const of = (code: string) => findings.find((finding) => finding.code === code);
    expect(of('WARN_ID_DUPLICATE')).toMatchObject({ count: 2, severity: 'warning', examples: [{ line: 2, id: '' }] });
    expect(of('NOTE_SALT_SHARED')).toMatchObject({ count: 2, severity: 'note', examples: [{ line: 2, id: '' }] });
    expect(of('WARN_ID_MISSING')).toMatchObject({ count: 2, examples: [{ line: 5 }, { line: 6 }] });
  });

  test('that are each on one row are none', async () => {
    const users = [user('u1', `a$${hash('1')}`), user('u2', `b$${hash('2')}`)];
    const { findings } = await check([await folder.write('sound.csv', csvOf(users))]);
    expect(findings.map(({ code }) => code)).toEqual(['NOTE_INSECURE']);
  });
});

test('every byte of salt and hash makes a difference', () => {
  const salt = new Uint8Array(16);
  const hash = new Uint8Array(23);
  const seen = new Set([fingerprintOf(salt, hash)]);
  for (const bytes of [salt, hash]) {
    for (let i = 0; i < bytes.length; i++) {
      for (let bit = 0; bit < 8; bit++) {
        bytes[i] = 1 << bit;
        seen.add(fingerprintOf(salt, hash));
      }
      bytes[i] = 0;
    }
  }
  expect(seen.size).toBe(1 + 8 * (16 + 23));
  for (const fingerprint of seen) expect(Number.isSafeInteger(fingerprint) && fingerprint >= 0).toBe(true);
});

test('two spellings of a digest are one, and digests without a hash count by their text', async () => {
  const user = (passwordHasher: string, passwordDigest: string) => ({ passwordHasher, passwordDigest });
  const cognito = (name: string) => user('awscognito', `awscognito#eu-west-1_Ab12Cd34E#client#${name}`);
  const users = [
    user('bcrypt', BCRYPT),
    user('bcrypt', BCRYPT.replace('$2b$', '$2y$')),
    user('md5', MD5_OF_PASSWORD),
    user('md5', MD5_OF_PASSWORD.toUpperCase()),
    user('md5', MD5_OF_PASSWORD.replace('9', '8')),
    cognito('jane'),
    cognito('john'),
    cognito('jane'),
  ];
  const { duplicates, totals } = await check([await folder.write('users.csv', csvOf(users))]);
  expect(totals).toMatchObject({ ok: 7, warned: 1 });
  expect(duplicates).toMatchObject({ digests: 3, rows: 6, exact: true });
});

test('digests that differ in a running number only are no duplicates', async () => {
  const users = Array.from({ length: 20_000 }, (_, i) => ({ digest: i.toString(16).padStart(32, '0') }));
  const { duplicates } = await check([await folder.write('numbers.csv', csvOf(users))], { hasher: 'md5' });
  expect(duplicates.digests).toBe(0);
});

/** Shared digests: exact counts, whatever the order and the parts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addFingerprint, fingerprintOf, mergeDuplicates, noDuplicates } from '../../dist/migration/duplicates.js';
import { check } from '../../dist/migration/index.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder } from '../support/exports.js';
import { runs } from '../support/properties.js';

const folder = temporaryFolder();

function countedNaively(values: readonly number[]): { digests: number; rows: number; exact: boolean } {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shared = [...counts.values()].filter((count) => count > 1);
  return { digests: shared.length, rows: shared.reduce((sum, count) => sum + count, 0), exact: true };
}

function counted(values: readonly number[]) {
  const duplicates = noDuplicates();
  for (const value of values) addFingerprint(duplicates, value);
  return duplicates;
}

const shown = ({ digests, rows, exact }: ReturnType<typeof noDuplicates>) => ({ digests, rows, exact });
const few = fc.array(fc.oneof(fc.nat(8), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })), { maxLength: 60 });

test('counts are those of a plain map', () => {
  fc.assert(
    fc.property(few, (values) => {
      expect(shown(counted(values))).toEqual(countedNaively(values));
    }),
    runs(500),
  );
});

test('any number of parts merge to the whole, in any order', () => {
  fc.assert(
    fc.property(fc.array(few, { maxLength: 5 }), (parts) => {
      const merged = noDuplicates();
      for (const part of parts) mergeDuplicates(merged, counted(part));
      expect(shown(merged)).toEqual(countedNaively(parts.flat()));
    }),
    runs(500),
  );
});

test('a table that has grown counts the same, also after a merge', () => {
  const values = Array.from({ length: 40_000 }, (_, i) => (i % 30_000) * 4096);
  expect(shown(counted(values))).toEqual({ digests: 10_000, rows: 20_000, exact: true });
  const merged = counted(values.slice(0, 25_000));
  mergeDuplicates(merged, counted(values.slice(25_000)));
  expect(shown(merged)).toEqual({ digests: 10_000, rows: 20_000, exact: true });
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
  expect(duplicates).toEqual({ digests: 3, rows: 6, exact: true });
});

test('digests that differ in a running number only are no duplicates', async () => {
  const users = Array.from({ length: 20_000 }, (_, i) => ({ digest: i.toString(16).padStart(32, '0') }));
  const { duplicates } = await check([await folder.write('numbers.csv', csvOf(users))], { hasher: 'md5' });
  expect(duplicates.digests).toBe(0);
});

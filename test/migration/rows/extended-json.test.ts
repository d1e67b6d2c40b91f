/** Values of MongoDB's extended JSON are read as their text. */
import { expect, test } from 'vitest';
import { extendedText } from '../../../src/migration/rows/extended-json.js';
import { readText } from '../../support/reading.js';

const BCRYPT = '$2b$12$wWXeenBri8uUNx0Y4hQ.U./yr9s10uQoa73WWfeYY6O/JPlWiudTC';

test.each([
  [{ $oid: '5f80a1b2c3d4e5f607182930' }, '5f80a1b2c3d4e5f607182930'],
  [{ $date: '2016-01-30T10:00:00.000Z' }, '2016-01-30T10:00:00.000Z'],
  [{ $date: { $numberLong: '1454148000000' } }, '1454148000000'],
  [{ $date: 1454148000000 }, '1454148000000'],
  [{ $numberLong: '42' }, '42'],
  [{ $uuid: 'c8edabc3-f738-4ca3-b68d-ab92a91478a3' }, 'c8edabc3-f738-4ca3-b68d-ab92a91478a3'],
  [{ $binary: { base64: Buffer.from(BCRYPT).toString('base64'), subType: '00' } }, BCRYPT],
  [{ $binary: Buffer.from(BCRYPT).toString('base64'), $type: '00' }, BCRYPT],
  [{ $binary: { base64: 'AP8=', subType: '04' } }, '00ff'],
  [{ $binary: { base64: '%', subType: '04' } }, ''],
  [{ $binary: 7 }, ''],
  [{ $oid: {} }, ''],
  [{ other: 'x' }, ''],
  [[], ''],
  [null, ''],
])('%j', (value, text) => expect(extendedText(value)).toBe(text));

test('an id and a digest of a record', async () => {
  const record = { _id: { $oid: 'abc' }, password: { $binary: { base64: 'eA==', subType: '00' } } };
  const { rows } = await readText('ndjson', `${JSON.stringify(record)}\n`);
  expect(rows).toEqual([{ line: 1, id: 'abc', passwordHasher: undefined, passwordDigest: 'x' }]);
  const named = await readText('json', JSON.stringify([record]), { idField: '_id' });
  expect(named.rows.map(({ id }) => id)).toEqual(['abc']);
});

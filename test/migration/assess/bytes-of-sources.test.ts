/** Digests that sources take from the bytes of a row, or of two of its fields: they are counted as those read from text. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, DEFAULT_LIMITS } from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import { RowAssessor } from '../../../src/migration/assess/row-assessor.js';
import { createTables, readTables } from '../../../src/migration/count/duplicate-tables.js';
import { RowCounter } from '../../../src/migration/count/row-counter.js';
import { bindSource } from '../../../src/migration/input/origin.js';
import type { Row } from '../../../src/migration/row.js';
import { createBlockReader, type RowSink, type RowSpans } from '../../../src/migration/rows/index.js';
import type { SourceOptions } from '../../../src/migration/sources/index.js';
import type { Format } from '../../../src/reports/check-report.js';

const registry = createRegistry(clerkHashers);
const classify = createClassifier(registry, { limits: DEFAULT_LIMITS });

const FIREBASE: SourceOptions = {
  firebase: {
    signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    saltSeparator: 'Bw==',
    rounds: 8,
    memCost: 14,
  },
};

/** Base64 of bytes that repeat, so that rows share digests and salts. */
const base64 = (length: number) => fc.nat(40).map((byte) => Buffer.alloc(length, byte).toString('base64'));
const odd = fc.constantFrom('', '!', 'UkVEQUNURUQ=', 'a', '\n', 'é', '"', '\\', 'NULL', null, 7, true, ['x'], {
  a: 'b',
});
const mostly = <T, U>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 9 });

const firebaseUsers = fc.record({
  localId: mostly(fc.constantFrom('a', 'b', 'c', 'd'), odd),
  email: fc.constantFrom('a@example.com', 'b@example.com'),
  passwordHash: maybe(
    mostly(
      base64(64),
      fc.oneof(base64(60), base64(63), odd, fc.constant('-_'.repeat(43)), fc.constant(`${'a1'.repeat(43)}==`)),
    ),
  ),
  salt: maybe(mostly(base64(11), fc.oneof(base64(16), base64(12), odd))),
  disabled: maybe(fc.constantFrom(false, false, true)),
  provider_id: fc.option(fc.constantFrom('google.com', 'password'), { nil: undefined, freq: 20 }),
});

const digestOf = (name: string) => clerkHashers.find((one) => one.name === name)?.example.digest as string;
const PBKDF2 = digestOf('pbkdf2_sha256_django');
const DJANGO = [
  PBKDF2,
  PBKDF2.replace('600000', '1000'),
  PBKDF2.replace(/[a-f]/g, 'g'),
  PBKDF2.slice(0, -1),
  PBKDF2.slice(0, 20),
  digestOf('bcrypt_sha256_django'),
  `bcrypt$${digestOf('bcrypt')}`,
  `bcrypt$${digestOf('bcrypt').replace('$2b$', '$2y$')}`,
  `bcrypt$${digestOf('bcrypt').slice(0, -1)}`,
  `argon2${digestOf('argon2id')}`,
  `argon2${digestOf('argon2i')}`,
  `argon2${digestOf('argon2id')}x`,
  `md5$salt$${'0f'.repeat(16)}`,
  `md5$salt$${'a1'.repeat(16)}`,
  `md5$$${'0f'.repeat(16)}`,
  `md5$a$b$${'0f'.repeat(16)}`,
  `sha1$salt$${'0f'.repeat(20)}`,
  'f'.repeat(32),
  `!${'x'.repeat(40)}`,
];
const djangoUsers = fc.record({
  model: fc.constantFrom('auth.user', 'auth.user', 'auth.group'),
  pk: fc.oneof(fc.nat(5), fc.constant('x')),
  fields: fc.record({
    username: fc.constantFrom('u', 'v', ''),
    password: maybe(mostly(fc.constantFrom(...DJANGO), odd)),
    is_active: maybe(fc.constantFrom(true, true, false)),
    salt: fc.option(fc.constant('abc'), { nil: undefined, freq: 20 }),
  }),
});
const djangoRows = djangoUsers.map(({ pk, fields }) => ({ id: pk, ...fields }));

const TEXT = true;
const BYTES = false;

function count(
  format: Format,
  text: string,
  options: SourceOptions,
  source: 'firebase' | 'django' | 'keycloak',
  fromText: boolean,
) {
  const tables = createTables();
  const assessor = new RowAssessor(classify, true);
  const heard: Row[] = [];
  const counter = new RowCounter(assessor, 0, tables, { take: (row) => heard.push(row) });
  let fromBytes = 0;
  const sink: RowSink = {
    take(spans: RowSpans) {
      fromBytes++;
      counter.take(spans);
    },
    takeRow: (row) => counter.takeRow(row),
  };
  const bind = bindSource(source, options);
  const reader = createBlockReader(format, (fields, all) => ({
    ...bind(fields, all),
    ...(fromText && { plain: undefined }),
  }));
  const bytes = Buffer.concat([Buffer.from(text), Buffer.alloc(1)]);
  const { problem } = reader.scan({ bytes, length: bytes.length - 1, offset: 0, line: 1, last: true });
  reader.deliver(sink);
  counter.finish();
  return {
    counted: { problem, tally: counter.tally, tables: readTables(tables), digestSeen: reader.digestSeen, heard },
    fromBytes,
  };
}

function csv(records: readonly object[]): string {
  const columns = [...new Set(records.flatMap((one) => Object.keys(one)))];
  const cell = (value: unknown) =>
    value === undefined || value === null ? '' : `"${String(value).replaceAll('"', '""')}"`;
  return [columns, ...records.map((one) => columns.map((name) => Reflect.get(one, name)))]
    .map((row) => `${row.map(cell).join(',')}\n`)
    .join('');
}
const json = (records: readonly object[]) => JSON.stringify(records);
const lines = (records: readonly object[]) => records.map((one) => `${JSON.stringify(one)}\n`).join('');

const DATA = [
  { hashIterations: 27500, algorithm: 'pbkdf2-sha256', additionalParameters: {} },
  { hashIterations: 210000, algorithm: 'pbkdf2-sha512', additionalParameters: {} },
  { hashIterations: 20000, algorithm: 'pbkdf2' },
  { hashIterations: -1, algorithm: 'pbkdf2' },
  { hashIterations: 10, algorithm: 'bcrypt' },
  {
    hashIterations: 5,
    algorithm: 'argon2',
    additionalParameters: { memory: ['7168'], type: ['id'], version: ['1.3'], parallelism: ['1'] },
  },
  {
    hashIterations: 5,
    algorithm: 'argon2',
    additionalParameters: { memory: ['7168'], type: ['i'], version: ['1.0'], parallelism: ['1'] },
  },
];
const secrets = fc.record({
  value: mostly(fc.oneof(base64(32), base64(64), base64(20)), fc.oneof(base64(33), odd)),
  salt: mostly(base64(16), fc.oneof(base64(8), odd, fc.constant('__SALT__'))),
  additionalParameters: maybe(fc.constant({})),
});
const credentials = fc.record({
  id: fc.constant('0'),
  type: maybe(mostly(fc.constant('password'), fc.constantFrom('otp', 'webauthn'))),
  createdDate: fc.constantFrom(1, null, true, 1.5),
  userLabel: fc.option(fc.constantFrom('a', 'é', '"', '\\'), { nil: undefined }),
  secretData: mostly(
    secrets.map((one) => JSON.stringify(one)),
    fc.oneof(secrets, odd),
  ),
  credentialData: mostly(
    fc.constantFrom(...DATA).map((one) => JSON.stringify(one)),
    fc.oneof(fc.constantFrom(...DATA), odd),
  ),
  hashedSaltedValue: fc.option(base64(32), { nil: undefined, freq: 20 }),
  config: fc.option(fc.constant({}), { nil: undefined, freq: 20 }),
});
const keycloakUsers = fc.record({
  id: mostly(fc.constantFrom('a', 'b', 'c'), odd),
  username: maybe(fc.constantFrom('u', 'v')),
  enabled: maybe(fc.constantFrom(true, true, false)),
  credentials: maybe(
    fc.oneof(
      { weight: 8, arbitrary: fc.array(credentials, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(credentials, { maxLength: 2 }) },
      { weight: 1, arbitrary: odd },
    ),
  ),
});
const spaced = (records: readonly object[]) => JSON.stringify(records, null, 2);

const SHAPES = [
  ['firebase', 'json', firebaseUsers, json, FIREBASE],
  ['firebase', 'ndjson', firebaseUsers, lines, FIREBASE],
  ['firebase', 'csv', firebaseUsers, csv, FIREBASE],
  ['firebase', 'json', firebaseUsers, json, {}],
  ['django', 'json', djangoUsers, json, {}],
  ['django', 'ndjson', djangoUsers, lines, {}],
  ['django', 'csv', djangoRows, csv, {}],
  ['keycloak', 'json', keycloakUsers, json, {}],
  ['keycloak', 'json', keycloakUsers, spaced, {}],
  ['keycloak', 'ndjson', keycloakUsers, lines, {}],
] as const;

describe.each(SHAPES)('%s as %s', (source, format, record, write, options) => {
  const first = format === 'csv' || source === 'django' ? [] : [{ localId: 'z', passwordHash: 'x', salt: 'y' }];
  const exports = fc
    .array(record as fc.Arbitrary<object>, { minLength: 1, maxLength: 40 })
    .map((records) => write([...first, ...records]));

  test('is counted as it is read from text', () => {
    fc.assert(
      fc.property(exports, (text) => {
        let expected: unknown;
        try {
          expected = count(format, text, options, source, TEXT).counted;
        } catch (error) {
          expect(() => count(format, text, options, source, BYTES)).toThrow(error as Error);
          return;
        }
        expect(count(format, text, options, source, BYTES).counted).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

test.each([
  ['firebase', 'json', json, FIREBASE],
  ['firebase', 'csv', csv, FIREBASE],
] as const)('The hashes and salts of %s as %s are taken from its bytes', (source, format, write, options) => {
  const users = Array.from({ length: 20 }, (_, i) => ({
    localId: `user ${i}`,
    passwordHash: Buffer.alloc(64, i).toString('base64'),
    salt: Buffer.alloc(16, i).toString('base64'),
  }));
  const { fromBytes, counted } = count(format, write(users), options, source, BYTES);
  expect(fromBytes).toBe(20);
  expect(counted.heard).toHaveLength(20);
});

test.each([json, spaced, lines])('The hashes and salts of Keycloak are taken from its bytes', (write) => {
  const users = Array.from({ length: 21 }, (_, i) => ({
    id: `user ${i}`,
    username: `user ${i}`,
    credentials: [
      {
        type: 'password',
        secretData: JSON.stringify({ value: Buffer.alloc(32, i).toString('base64'), salt: 'CwsLCwsLCwsLCwsLCwsLCw==' }),
        credentialData: JSON.stringify(DATA[i % 3]),
      },
    ],
  }));
  const { fromBytes, counted } = count(write === lines ? 'ndjson' : 'json', write(users), {}, 'keycloak', BYTES);
  expect(fromBytes).toBe(21);
  expect(counted.tables.salts).toMatchObject({ values: 2, rows: 21 });
});

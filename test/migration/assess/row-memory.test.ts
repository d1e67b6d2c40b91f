/** Rows that sources made: what is remembered of their outcomes is what each row would get alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, DEFAULT_LIMITS, targets } from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import { type Outcome, withoutDigest } from '../../../src/migration/assess/outcome.js';
import { NOT_REMEMBERED, RowAssessor } from '../../../src/migration/assess/row-assessor.js';
import { createTables, readTables } from '../../../src/migration/count/duplicate-tables.js';
import { RowCounter } from '../../../src/migration/count/row-counter.js';
import { count, createTally } from '../../../src/migration/count/tally.js';
import type { Doubt, Row } from '../../../src/migration/row.js';
import { RowSpans } from '../../../src/migration/rows/block.js';
import {
  convertedFrom,
  disabledAccount,
  type Stored,
  storedDigest,
  unsupported,
} from '../../../src/migration/sources/stored.js';
import type { Finding } from '../../../src/types.js';
import { runs } from '../../support/properties.js';

const registry = createRegistry(clerkHashers);
const RULES = {
  'as they are': { limits: DEFAULT_LIMITS },
  repaired: { limits: DEFAULT_LIMITS, repairs: true },
  'repaired for a target': {
    limits: DEFAULT_LIMITS,
    repairs: true,
    target: targets.find(({ name }) => name === 'clerk'),
  },
} as const;

const WARNING: Finding = { code: 'WARN_PASSWORD_FORM', severity: 'warning', message: 'in another form' };
const FROM_ONE = convertedFrom('one system');
const FROM_WARNED = convertedFrom('another system', Object.freeze([WARNING]));

const DOUBT: Doubt = { code: 'ERR_PREHASH', of: 'unsalted', field: 'salt', message: 'a salt', fix: 'find out' };
const DOUBTS: readonly Doubt[] = [
  DOUBT,
  { ...DOUBT, of: 'all', field: 'product' },
  { ...DOUBT, of: ['bcrypt', 'argon2id'], field: 'client' },
  { ...DOUBT, code: 'ERR_SALT_SEPARATE', of: 'salted', field: 'salt' },
];

/** Digests of all hashers, with other salts, hashes and parameters, canonical and not. */
const digests = fc
  .tuple(
    fc.constantFrom(...clerkHashers.map(({ name, example }) => [name, example.digest] as const)),
    fc.constantFrom<(digest: string, at: number) => string>(
      ...[
        (digest: string) => digest,
        (digest: string) => digest,
        (digest: string) => digest.replace(/[a-f]/g, (letter) => (letter === 'a' ? 'b' : letter)),
        (digest: string) => digest.replace('$10$', '$11$').replace('600000', '1000').replace('32768', '16384'),
        (digest: string) => digest.toUpperCase(),
        (digest: string, at: number) => digest.slice(0, at % digest.length),
        (digest: string, at: number) =>
          `${digest.slice(0, at % digest.length)}é${digest.slice((at % digest.length) + 1)}`,
        (digest: string, at: number) =>
          `${digest.slice(0, at % digest.length)}ũ${digest.slice((at % digest.length) + 1)}`,
        () => '',
        () => '!',
      ],
    ),
    fc.nat(500),
  )
  .map(([[hasher, digest], change, at]) => ({ hasher, digest: change(digest, at) }));

const made: fc.Arbitrary<Stored> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        digests,
        fc.constantFrom<readonly Finding[] | undefined>(undefined, undefined, FROM_ONE, FROM_WARNED, [WARNING]),
        fc.boolean(),
      )
      .map(([{ hasher, digest }, findings, isNamed]) => ({
        ...{ passwordHasher: isNamed ? hasher : undefined, passwordDigest: digest, findings },
      })),
  },
  digests.map(({ digest }) => storedDigest(digest)),
  fc.constantFrom('closed', 'locked').map(disabledAccount),
  fc.constantFrom('one', 'two').map((title) => unsupported(title, 'no hasher is that')),
);

const rows: fc.Arbitrary<readonly Row[]> = fc
  .array(
    fc.tuple(
      made,
      fc.constantFrom('a', 'b', 'c', '', 'ü'),
      fc.option(fc.subarray([...DOUBTS], { minLength: 1 }), { nil: undefined, freq: 3 }),
      fc.constantFrom('N9qo8uLOickgx2ZMRZoMye', 'another'),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((all) => all.map(([stored, id, doubts, salt], i) => ({ ...stored, id, doubts, salt, line: i + 1 })));

/** What rows with one number have in common. */
function countedAs({ verdict, hasher, params, findings }: Outcome) {
  return { verdict, hasher, params, findings };
}

describe.each(Object.entries(RULES))('rows of sources, assessed %s', (_, rules) => {
  const classify = createClassifier(registry, rules);

  test('have the outcome and the fingerprint that each has alone', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const assessor = new RowAssessor(classify, true);
        const byNumber = new Map<number, unknown>();
        for (const row of all) {
          const { outcome, number, hasDigest, hasSalt, fingerprint } = assessor.assessRow(row);
          const own = classify(row);
          expect(withoutDigest(outcome)).toEqual(withoutDigest(own));
          expect([hasDigest, hasSalt]).toEqual([own.read !== undefined, (own.read?.parsed.salt.length ?? 0) > 0]);
          const alone = new RowAssessor(classify, true).assessRow(row).fingerprint;
          if (hasDigest) expect(fingerprint).toEqual(alone);
          if (number === NOT_REMEMBERED) continue;
          if (byNumber.has(number)) expect(countedAs(outcome)).toEqual(byNumber.get(number));
          byNumber.set(number, countedAs(outcome));
        }
      }),
      runs(40),
    );
  });

  test('are counted as one by one', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const tables = createTables();
        const counter = new RowCounter(new RowAssessor(classify, true), 0, tables, undefined);
        const expected = createTally();
        for (const [i, row] of all.entries()) {
          counter.takeRow(row);
          count(expected, classify(row), [{ file: 0, line: row.line, id: row.id, order: i + 1 }]);
        }
        counter.finish();
        expect(counter.tally).toEqual(expected);
        const shared = new Set(all.map(({ id }) => id).filter((id, i, ids) => id !== '' && ids.indexOf(id) !== i));
        expect(readTables(tables).ids.values).toBe(shared.size);
      }),
      runs(40),
    );
  });
});

const hexadecimal = fc.constantFrom(32, 40, 56, 64, 96, 128, 33, 34).chain((length) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length }),
    },
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length }),
    fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length }),
    fc.nat().map((n) =>
      Buffer.from(String(n).padStart(length / 2, 'a'))
        .toString('hex')
        .slice(0, length),
    ),
  ),
);

test.each(Object.entries(RULES))('bare hashes without a hasher are assessed %s as each is alone', (_, rules) => {
  const classify = createClassifier(registry, rules);
  fc.assert(
    fc.property(fc.array(hexadecimal, { minLength: 2, maxLength: 40 }), (hashes) => {
      const assessor = new RowAssessor(classify, true);
      for (const [i, passwordDigest] of hashes.entries()) {
        const row: Row = { id: `${i}`, line: i + 1, passwordHasher: undefined, passwordDigest };
        const { outcome, hasDigest, hasSalt } = assessor.assessRow(row);
        const own = classify(row);
        expect(withoutDigest(outcome)).toEqual(withoutDigest(own));
        expect([hasDigest, hasSalt]).toEqual([own.read !== undefined, (own.read?.parsed.salt.length ?? 0) > 0]);
      }
    }),
  );
});

describe('an assessor of rows', () => {
  const BCRYPT = clerkHashers.find(({ name }) => name === 'bcrypt')?.example.digest as string;
  const row: Row = { id: '1', line: 1, passwordHasher: 'bcrypt', passwordDigest: BCRYPT, findings: FROM_ONE };
  const like = (digest: string): Row => ({ ...row, passwordDigest: digest });

  /** How many rows were classified. */
  function countClassified(all: readonly Row[]): number {
    let classified = 0;
    const classify = createClassifier(registry, RULES['as they are']);
    const assessor = new RowAssessor((one) => {
      classified++;
      return classify(one);
    }, true);
    for (const one of all) assessor.assessRow(one);
    return classified;
  }

  test('classifies the first digest of its form', () => {
    const another = BCRYPT.replace(/.{31}$/, (hash) => [...hash.slice(0, -1)].reverse().join('') + hash.slice(-1));
    expect(countClassified([row, like(another), row, { ...row, id: '2' }])).toBe(1);
  });

  test.each<[string, Row]>([
    ['another cost', like(BCRYPT.replace(/\$\d\d\$/, '$12$'))],
    ['a character of no alphabet', like(`${BCRYPT.slice(0, -1)}!`)],
    ['other findings', { ...row, findings: FROM_WARNED }],
    ['a doubt', { ...row, doubts: [DOUBT] }],
    ['no findings', { ...row, findings: undefined }],
    ['another hasher', { ...row, passwordHasher: 'bcrypt_sha256_django' }],
    ['no hasher', { ...row, passwordHasher: undefined }],
    ['no id', { ...row, id: '' }],
    ['an error', { ...row, ...disabledAccount('closed') }],
    ['a problem', { ...row, problem: { code: 'no-dn' } }],
    ['findings of its own', { ...row, findings: [...FROM_ONE] }],
  ])('classifies a digest with %s', (_, other) => {
    expect(countClassified([row, other])).toBe(2);
  });

  test('classifies one bare hash of a length, where no hasher is named', () => {
    const bare = (hash: string): Row => ({ id: '1', line: 1, passwordHasher: undefined, passwordDigest: hash });
    expect(countClassified(['0f', 'f1', '2e'].map((byte) => bare(byte.repeat(16))))).toBe(1);
    expect(countClassified([bare('0f'.repeat(16)), bare('0f'.repeat(20))])).toBe(2);
  });

  test('remembers what doubts decide, but for those about a second salt', () => {
    const doubted = (doubt: Doubt): Row => ({ ...row, doubts: [doubt], salt: 'another' });
    const [, ofAll, , ofSalted] = DOUBTS as [Doubt, Doubt, Doubt, Doubt];
    expect(countClassified([doubted(ofAll), doubted(ofAll), doubted(ofAll)])).toBe(1);
    expect(countClassified([doubted(ofSalted), doubted(ofSalted), doubted(ofSalted)])).toBe(3);
  });

  // Of one form with the digests before them.
  test.each<[string, string, (hash: Buffer) => string]>([
    ['pbkdf2_sha256', 'hexadecimal digits', (hash) => Buffer.from('a1'.repeat(hash.length / 2)).toString('base64')],
    [
      'argon2id',
      'hexadecimal digits',
      (hash) =>
        Buffer.from('F0'.repeat(hash.length / 2))
          .toString('base64')
          .slice(0, 43),
    ],
    ['pbkdf2_sha512_hex', 'hexadecimal digits', (hash) => Buffer.from('09'.repeat(hash.length / 2)).toString('hex')],
    ['sha256', 'hexadecimal digits', (hash) => Buffer.from('be'.repeat(hash.length / 2)).toString('hex')],
  ])('refuses a hash of %s that is %s, after sound ones', (name, _, write) => {
    const hasher = clerkHashers.find((one) => one.name === name);
    const digest = hasher?.example.digest as string;
    const hash = Buffer.from(hasher?.parse(digest).hash as Uint8Array);
    const other = digest.slice(0, digest.lastIndexOf('$') + 1) + write(hash);
    expect(other).toHaveLength(digest.length);
    const classify = createClassifier(registry, RULES['as they are']);
    const assessor = new RowAssessor(classify, true);
    const verdicts = [digest, digest, other].map(
      (passwordDigest) => assessor.assessRow({ ...row, passwordHasher: name, passwordDigest }).outcome.verdict,
    );
    expect(verdicts[2]).toBe('rejected');
    expect(verdicts[1]).toBe(verdicts[0]);
    const bytes = new RowAssessor(classify, true);
    const ofBytes = [digest, digest, other].map((passwordDigest) => {
      const spans = new RowSpans();
      spans.enter(Buffer.from(`1${name}${passwordDigest}`), () => ({
        ...row,
        passwordHasher: name,
        passwordDigest,
        findings: undefined,
      }));
      spans.idEnd = spans.hasher = 1;
      spans.hasherEnd = spans.digest = 1 + name.length;
      spans.digestEnd = spans.bytes.length;
      return bytes.assess(spans)?.outcome.verdict;
    });
    expect(ofBytes[2]).toBe('rejected');
  });

  test('remembers nothing of a row with findings of its own', () => {
    const own = { ...row, findings: [...FROM_ONE] };
    expect(countClassified([own, own, own])).toBe(3);
  });
});

/** What a row is: verdict, rejection and kinds of findings, which no message is a part of. */
import { describe, expect, test } from 'vitest';
import * as errors from '../../../src/errors.js';
import { clerkHashers, createRegistry, DEFAULT_LIMITS } from '../../../src/index.js';
import { type AssessmentRules, createClassifier } from '../../../src/migration/assess/classify.js';
import type { Outcome } from '../../../src/migration/assess/outcome.js';
import type { Row } from '../../../src/migration/row.js';
import { findTarget } from '../../../src/targets/index.js';
import { BCRYPT, MD5_OF_PASSWORD } from '../../support/exports.js';

const registry = createRegistry(clerkHashers);

function classify(row: Partial<Row>, rules: Partial<AssessmentRules> = {}): Outcome {
  const one = createClassifier(registry, { limits: DEFAULT_LIMITS, ...rules });
  return one({ line: 1, id: 'u1', passwordHasher: undefined, passwordDigest: undefined, ...row });
}

const kindsOf = ({ findings }: Outcome): readonly string[] => findings.map(({ kind }) => kind);
const DOUBT = { code: 'ERR_PREHASH', field: 'pepper', message: 'a message', fix: 'a fix' } as const;

describe('a rejected row has one error, whose kind names the cause:', () => {
  test.each<[string, Partial<Row>, string]>([
    ['a record that could not be read', { problem: { code: 'no-dn' } }, 'ERR_ROW//row/no-dn'],
    [
      'a value that is not text',
      { notText: { subcode: 'list', message: 'a list', fix: 'export text' } },
      'ERR_NOT_TEXT/unknown/passwordDigest/list',
    ],
    [
      'a digest cut off',
      { passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(0, 40) },
      'ERR_MALFORMED/bcrypt/hash/cut-off',
    ],
    [
      'a digest in quotes',
      { passwordHasher: 'bcrypt', passwordDigest: `"${BCRYPT}"` },
      'ERR_MALFORMED/bcrypt/digest/quotes',
    ],
    [
      'a digest in brackets in quotes',
      { passwordHasher: 'bcrypt', passwordDigest: `"[${BCRYPT}]"` },
      'ERR_MALFORMED/bcrypt/digest/quotes+brackets',
    ],
    [
      'a digest of another hasher',
      { passwordHasher: 'argon2id', passwordDigest: BCRYPT },
      'ERR_WRONG_HASHER/argon2id/digest/bcrypt',
    ],
    [
      'a hasher in other words',
      { passwordHasher: 'BCrypt', passwordDigest: BCRYPT },
      'ERR_UNKNOWN_HASHER/unknown/passwordHasher/bcrypt',
    ],
    [
      'a digest of no hasher here',
      { passwordDigest: `$8$${'a'.repeat(14)}$${'b'.repeat(43)}` },
      'ERR_UNSUPPORTED/unknown/digest/cisco-ios-type-8',
    ],
    [
      'a digest that several hashers may read',
      { passwordDigest: MD5_OF_PASSWORD },
      'ERR_UNKNOWN_HASHER/unknown/passwordHasher/md5',
    ],
    [
      'a doubt',
      { passwordHasher: 'bcrypt', passwordDigest: BCRYPT, doubts: [{ ...DOUBT, subcode: 'smf-2-1', of: 'all' }] },
      'ERR_PREHASH/bcrypt/pepper/smf-2-1',
    ],
  ])('%s', (_, row, kind) => {
    const outcome = classify(row);
    expect({ verdict: outcome.verdict, kinds: kindsOf(outcome) }).toEqual({ verdict: 'rejected', kinds: [kind] });
    const [finding] = outcome.findings;
    expect(outcome.rejection).toMatchObject({ code: finding?.code, field: finding?.field, fix: finding?.fix });
  });
});

describe('a doubt', () => {
  test.each<[string, NonNullable<Row['doubts']>[number]['of'], Partial<Row>, Outcome['verdict']]>([
    ['of unsalted digests is not one of bcrypt', 'unsalted', { passwordDigest: BCRYPT }, 'ok'],
    [
      'of unsalted digests is one of md5',
      'unsalted',
      { passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD },
      'rejected',
    ],
    ['of other hashers is not one of bcrypt', ['argon2id'], { passwordDigest: BCRYPT }, 'ok'],
    [
      'of a second salt needs one that the digest does not have',
      'salted',
      { passwordDigest: BCRYPT, salt: BCRYPT.slice(7, 29) },
      'ok',
    ],
    [
      'of a second salt is one where the row has another',
      'salted',
      { passwordDigest: BCRYPT, salt: 'another salt' },
      'rejected',
    ],
    ['of all digests is none of a mark', 'all', { passwordDigest: '!' }, 'disabled'],
  ])('%s', (_, of, row, verdict) => {
    expect(classify({ ...row, doubts: [{ ...DOUBT, of }] }).verdict).toBe(verdict);
  });
});

describe('an accepted row', () => {
  test('without an id says so', () => {
    expect(kindsOf(classify({ id: '', passwordDigest: BCRYPT }))).toEqual(['WARN_ID_MISSING//id']);
  });

  test('keeps the findings of its source, with the system that it was converted from', () => {
    const finding = { code: 'NOTE_CONVERTED', subcode: 'drupal-7-s', severity: 'note', message: 'converted' } as const;
    expect(kindsOf(classify({ passwordDigest: BCRYPT, findings: [finding] }))).toEqual([
      'NOTE_CONVERTED/bcrypt//drupal-7-s',
    ]);
  });

  test('is repaired where repairs are asked for, and names the damage', () => {
    const row = { passwordHasher: 'bcrypt', passwordDigest: `'${BCRYPT}'` };
    const outcome = classify(row, { repairs: true });
    expect(outcome).toMatchObject({ verdict: 'ok', hasher: 'bcrypt', repaired: BCRYPT });
    expect(kindsOf(outcome)).toEqual(['NOTE_REPAIRED/bcrypt//quotes']);
  });

  test('is written in the form of the target', () => {
    const digest = BCRYPT.replace('$2b$', '$2y$');
    const outcome = classify(
      { passwordHasher: 'bcrypt', passwordDigest: digest },
      { repairs: true, target: findTarget('node-bcrypt') },
    );
    expect(outcome).toMatchObject({ verdict: 'ok', repaired: BCRYPT });
    expect(kindsOf(outcome)).toEqual(['NOTE_TARGET_FORM/bcrypt//node-bcrypt']);
  });
});

test.each(['NULL', 'null', '\\N', 'None', '{ false}'])(
  'counts %s as a missing digest, under any hasher',
  (passwordDigest) => {
    expect(classify({ passwordDigest })).toMatchObject({ verdict: 'missing', hasher: null, findings: [] });
    expect(classify({ passwordHasher: 'bcrypt', passwordDigest }).verdict).toBe('missing');
  },
);

test.each(['*', '!x', 'x', '*LK*'])('%s marks a disabled account', (passwordDigest) => {
  expect(classify({ passwordDigest }).verdict).toBe('disabled');
});

test('an account that its platform does not let in is disabled, with a note', () => {
  const error = errors.digestError('ERR_DISABLED', 'blocked', { field: 'account' });
  const outcome = classify({ error });
  expect(outcome).toMatchObject({ verdict: 'disabled', hasher: null, findings: [{ severity: 'note' }] });
  expect(kindsOf(outcome)).toEqual(['ERR_DISABLED//account']);
});

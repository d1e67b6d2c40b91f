/** The memory of outcomes: a row of bytes gets the outcome that it would get as text, and text is made of few rows. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, DEFAULT_LIMITS } from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import { RowAssessor } from '../../../src/migration/assess/row-assessor.js';
import type { Row } from '../../../src/migration/row.js';
import { RowSpans } from '../../../src/migration/rows/block.js';
import { BCRYPT, MD5_OF_PASSWORD, USERS } from '../../support/exports.js';

const classify = createClassifier(createRegistry(clerkHashers), { limits: DEFAULT_LIMITS });

interface Fields {
  readonly id?: string;
  readonly hasher?: string;
  readonly digest: string;
  readonly more?: Partial<Row>;
}

/** Spans of one row, and how often it was read as text. */
function spansOf({ id = '1', hasher = '', digest, more }: Fields): { readonly spans: RowSpans; texts(): number } {
  const bytes = Buffer.from(`${id},${hasher},${digest}`);
  const spans = new RowSpans();
  let texts = 0;
  spans.enter(bytes, () => {
    texts++;
    return { line: 1, id, passwordHasher: hasher === '' ? undefined : hasher, passwordDigest: digest, ...more };
  });
  spans.idEnd = Buffer.byteLength(id);
  spans.hasher = spans.idEnd + 1;
  spans.hasherEnd = spans.hasher + Buffer.byteLength(hasher);
  spans.digest = spans.hasherEnd + 1;
  spans.digestEnd = bytes.length;
  return { spans, texts: () => texts };
}

/** Another digest of the same parameters. */
const BCRYPT_LIKE = BCRYPT.replace('N9qo8uLO', 'ABCDEFGH');

/** @returns how often each row was read as text, and the last outcome. */
function assessAll(assessor: RowAssessor, rows: readonly Fields[]) {
  const texts: number[] = [];
  const fingerprints: string[] = [];
  let outcome: unknown;
  for (const row of rows) {
    const { spans, texts: read } = spansOf(row);
    const assessed = assessor.assess(spans);
    texts.push(read());
    fingerprints.push(String(assessed?.fingerprint));
    outcome = assessed?.outcome;
  }
  return { texts, fingerprints, outcome };
}

describe('an assessor', () => {
  test('reads the first digest of its kind as text, and the next by their bytes', () => {
    const assessor = new RowAssessor(classify, true);
    const { texts, outcome } = assessAll(assessor, [{ digest: BCRYPT }, { digest: BCRYPT_LIKE }, { digest: BCRYPT }]);
    expect(texts).toEqual([1, 0, 0]);
    const { read: _, ...expected } = classify({
      line: 1,
      id: '1',
      passwordHasher: undefined,
      passwordDigest: BCRYPT,
    });
    expect(outcome).toEqual(expected);
  });

  test('gives a digest one fingerprint, as text and as bytes', () => {
    const assessor = new RowAssessor(classify, true);
    const rows = [BCRYPT, BCRYPT_LIKE, BCRYPT].map((digest) => ({ digest, hasher: 'bcrypt' }));
    const { fingerprints } = assessAll(assessor, rows);
    expect(fingerprints[0]).toBe(fingerprints[2]);
    expect(fingerprints[0]).not.toBe(fingerprints[1]);
  });

  test.each([
    ['another cost', BCRYPT.replace('$10$', '$11$')],
    ['another prefix', BCRYPT.replace('$2b$', '$2y$')],
    ['a character that is not of the alphabet', `${BCRYPT.slice(0, -1)}!`],
    ['a cut', BCRYPT.slice(0, -1)],
    ['spare bits', `${BCRYPT.slice(0, 28)}/${BCRYPT.slice(29)}`],
  ])('does not take %s for what it remembers', (_, digest) => {
    const assessor = new RowAssessor(classify, true);
    const { texts, outcome } = assessAll(assessor, [{ digest: BCRYPT }, { digest: BCRYPT }, { digest }]);
    expect(texts).toEqual([1, 0, 1]);
    expect(outcome).toEqual(classify({ line: 1, id: '1', passwordHasher: undefined, passwordDigest: digest }));
  });

  test.each([
    ['the same digest under another hasher', { hasher: 'md5', digest: BCRYPT }],
    ['a row without an id', { id: '', digest: BCRYPT }],
  ])('reads %s as text', (_, row) => {
    const assessor = new RowAssessor(classify, true);
    expect(assessAll(assessor, [{ digest: BCRYPT }, row, row]).texts).toEqual([1, 1, 1]);
  });

  test.each<[string, Partial<Row>]>([
    ['findings', { findings: [{ code: 'WARN_ROW', severity: 'warning', message: 'one' }] }],
    ['a value of another type than text', { notText: { subcode: 'number', message: 'a number', fix: 'write a text' } }],
    ['another digest than its bytes', { passwordDigest: MD5_OF_PASSWORD }],
  ])('does not remember the outcome of a row with %s', (_, more) => {
    const assessor = new RowAssessor(classify, true);
    expect(assessAll(assessor, [{ digest: BCRYPT, more }, { digest: BCRYPT }, { digest: BCRYPT }]).texts).toEqual([
      1, 1, 0,
    ]);
  });

  test('reads each row as text where layouts do not hold for its hashers', () => {
    const assessor = new RowAssessor(classify, false);
    expect(assessAll(assessor, [{ digest: BCRYPT }, { digest: BCRYPT }, { digest: '' }]).texts).toEqual([1, 1, 1]);
  });

  test('needs no text for a row without a digest', () => {
    const { texts, outcome } = assessAll(new RowAssessor(classify, true), [{ digest: '' }]);
    expect({ texts, outcome }).toMatchObject({ texts: [0], outcome: { verdict: 'missing', hasher: null } });
  });

  test('forgets nothing past its bound, and gives the outcomes that text would give', () => {
    const assessor = new RowAssessor(classify, true);
    const digests = Array.from({ length: 200 }, (_, i) =>
      BCRYPT.replace('$10$', `$${String(4 + (i % 28)).padStart(2, '0')}$`),
    );
    for (const digest of [...digests, ...USERS.map(({ passwordDigest = '' }) => passwordDigest)]) {
      const assessed = assessor.assess(spansOf({ digest }).spans);
      const { read: _, ...expected } = classify({
        line: 1,
        id: '1',
        passwordHasher: undefined,
        passwordDigest: digest,
      });
      expect(assessed?.outcome, digest.slice(0, 12)).toMatchObject(expected);
    }
  });

  test('answers nothing for a record that is no user', () => {
    const { spans } = spansOf({ digest: BCRYPT });
    spans.readText = () => undefined;
    expect(new RowAssessor(classify, true).assess(spans)).toBeUndefined();
  });
});

/** The memory of outcomes: a row of bytes gets the outcome that it would get as text, and text is made of few rows. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, DEFAULT_LIMITS, DigestError } from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import { NOT_REMEMBERED, RowAssessor } from '../../../src/migration/assess/row-assessor.js';
import type { Row } from '../../../src/migration/row.js';
import { RowSpans } from '../../../src/migration/rows/block.js';
import { MAX_DIGEST_CHARS } from '../../../src/recognize/bounds.js';
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

describe('an assessed row', () => {
  const example = (name: string) => clerkHashers.find((one) => one.name === name)?.example.digest as string;

  /** What is said of each row, without its outcome. */
  function assess(assessor: RowAssessor, fields: Fields, located?: { readonly salt: string; readonly key: string }) {
    const { spans, texts } = spansOf(fields);
    if (located !== undefined) locate(spans, fields.digest, located);
    const assessed = assessor.assess(spans);
    const { number, row, hasDigest, hasSalt, fingerprint, outcome } = assessed as NonNullable<typeof assessed>;
    return {
      number,
      row,
      hasDigest,
      hasSalt,
      fingerprint: String(fingerprint),
      verdict: outcome.verdict,
      read: texts(),
    };
  }

  /** As a source that finds the parts of a digest in a value of JSON leaves them. */
  function locate(spans: RowSpans, hash: string, { salt, key }: { readonly salt: string; readonly key: string }): void {
    const { readText } = spans;
    const parts = [hash, salt, key];
    const bytes = Buffer.from(`1,${parts.join(',')}`);
    spans.enter(bytes, readText);
    spans.isLocated = true;
    spans.hasher = spans.hasherEnd = spans.digest = 2;
    spans.digestEnd = spans.digest + hash.length;
    spans.salt = spans.digestEnd + 1;
    spans.saltEnd = spans.salt + salt.length;
    spans.key = spans.saltEnd + 1;
    spans.keyEnd = bytes.length;
  }

  test('is the row where it was read as text, and none where its bytes were enough', () => {
    const assessor = new RowAssessor(classify, true);
    expect(assess(assessor, { digest: BCRYPT }).row).toMatchObject({ id: '1', passwordDigest: BCRYPT });
    expect(assess(assessor, { digest: BCRYPT }).row).toBeUndefined();
    expect(assess(assessor, { digest: '' }).row).toBeUndefined();
    const row: Row = { line: 7, id: '2', passwordHasher: undefined, passwordDigest: BCRYPT };
    expect(assessor.assessRow(row).row).toBe(row);
    expect(assessor.assessRow({ ...row, line: 8 }).row).toMatchObject({ line: 8 });
  });

  test.each([
    ['bcrypt', { hasher: 'bcrypt', digest: BCRYPT }, [true, true]],
    ['md5', { hasher: 'md5', digest: MD5_OF_PASSWORD }, [true, false]],
    ['a rejected digest', { hasher: 'md5', digest: MD5_OF_PASSWORD.slice(1) }, [false, false]],
    ['no digest', { digest: '' }, [false, false]],
    ['a mark', { digest: '!' }, [false, false]],
  ] as const)('of %s says whether it has a digest and a salt, each time and after any other', (_, fields, expected) => {
    for (const other of [{ digest: BCRYPT }, { hasher: 'md5', digest: MD5_OF_PASSWORD }, { digest: '' }]) {
      const assessor = new RowAssessor(classify, true);
      for (const one of [fields, other, fields, other, fields]) {
        const { hasDigest, hasSalt } = assess(assessor, one);
        if (one === fields) expect([hasDigest, hasSalt]).toEqual(expected);
      }
    }
  });

  test('has the number of rows that are counted alike', () => {
    const assessor = new RowAssessor(classify, true);
    const numberOf = (fields: Fields) => assess(assessor, fields).number;
    expect([numberOf({ digest: '' }), numberOf({ digest: '!' })]).toEqual([0, 1]);
    const bcrypt = numberOf({ digest: BCRYPT });
    const md5 = numberOf({ hasher: 'md5', digest: MD5_OF_PASSWORD });
    expect([bcrypt, md5].every((number) => number > 1)).toBe(true);
    expect(md5).not.toBe(bcrypt);
    expect(numberOf({ digest: BCRYPT_LIKE })).toBe(bcrypt);
    expect(numberOf({ hasher: 'md5', digest: 'a1'.repeat(16) })).toBe(md5);
    // What is said of it, its offset, is of this row alone.
    expect(numberOf({ hasher: 'md5', digest: `${MD5_OF_PASSWORD.slice(1)}!` })).toBe(NOT_REMEMBERED);
  });

  test.each(['bcrypt', 'argon2id', 'pbkdf2_sha256', 'md5', 'ldap_ssha', 'scrypt_werkzeug', 'phpass'])(
    'of %s has one fingerprint, from bytes and from text',
    (name) => {
      const assessor = new RowAssessor(classify, true);
      const fields = { hasher: name, digest: example(name) };
      const first = assess(assessor, fields);
      const second = assess(assessor, fields);
      const row: Row = { line: 1, id: '1', passwordHasher: name, passwordDigest: fields.digest };
      expect([first.read, second.read]).toEqual([1, 0]);
      expect(second.fingerprint).toBe(first.fingerprint);
      for (const one of [assessor, new RowAssessor(classify, true), new RowAssessor(classify, false)]) {
        // Without layouts another one, of the bytes of salt and hash.
        const { fingerprint } = one.assessRow(row);
        expect(one.assessRow(row).fingerprint).toEqual(fingerprint);
        if (one === assessor) expect(String(fingerprint)).toBe(first.fingerprint);
      }
    },
  );

  test('in another spelling has the fingerprint of the canonical one', () => {
    const assessor = new RowAssessor(classify, true);
    const upper = MD5_OF_PASSWORD.toUpperCase();
    const [canonical, other] = [MD5_OF_PASSWORD, upper].map((digest) => assess(assessor, { hasher: 'md5', digest }));
    expect(other?.fingerprint).toBe(canonical?.fingerprint);
    expect([other?.read, other?.verdict]).toEqual([1, 'warned']);
  });

  test('with few bytes of a hash has the fingerprint of its text', () => {
    const assessor = new RowAssessor(classify, true);
    const of = (digest: string) => assess(assessor, { hasher: 'awscognito', digest }).fingerprint;
    const digest = example('awscognito');
    expect(of(digest)).toBe(of(digest));
    expect(of(`${digest.slice(0, -1)}${digest.endsWith('a') ? 'b' : 'a'}`)).not.toBe(of(digest));
  });

  test('whose parts were located has the fingerprint of the digest that its source made', () => {
    const [hash, salt] = [Buffer.alloc(64, 0xc3), Buffer.alloc(16, 0xfb)];
    const digest = `pbkdf2_sha512_hex$1000$${salt.toString('hex')}$${hash.toString('hex')}`;
    const located = { salt: salt.toString('base64'), key: '"hashIterations":1000' };
    const fields = {
      digest: hash.toString('base64'),
      more: { passwordHasher: 'pbkdf2_sha512_hex', passwordDigest: digest },
    };
    const assessor = new RowAssessor(classify, true);
    const [first, second] = [assess(assessor, fields, located), assess(assessor, fields, located)];
    expect([first.read, second.read]).toEqual([1, 0]);
    expect([second.hasDigest, second.hasSalt, second.number]).toEqual([true, true, first.number]);
    const row: Row = { line: 1, id: '1', passwordHasher: 'pbkdf2_sha512_hex', passwordDigest: digest };
    const own = String(new RowAssessor(classify, true).assessRow(row).fingerprint);
    expect([first.fingerprint, second.fingerprint]).toEqual([own, own]);
    // Another key may be of another hasher.
    expect(assess(assessor, fields, { ...located, key: '"hashIterations":1001' }).read).toBe(1);
    // What the source made is not of these bytes: nothing is remembered.
    const other = { ...fields, digest: Buffer.alloc(64, 0xc4).toString('base64') };
    const foreign = new RowAssessor(classify, true);
    expect([assess(foreign, other, located), assess(foreign, other, located)].map(({ read }) => read)).toEqual([1, 1]);
  });

  test.each<[string, Partial<Row>]>([
    ['an error', { error: new DigestError('ERR_UNSUPPORTED', 'one') }],
    ['doubts', { doubts: [{ code: 'ERR_PREHASH', of: 'all', field: 'salt', message: 'one', fix: 'none' }] }],
    ['an id in its text only', { id: '' }],
    ['no digest in its text', { passwordDigest: '' }],
  ])('with %s is not taken as an example', (_, more) => {
    const assessor = new RowAssessor(classify, true);
    expect(assessAll(assessor, [{ digest: BCRYPT, more }, { digest: BCRYPT }, { digest: BCRYPT }]).texts).toEqual([
      1, 1, 0,
    ]);
  });

  test('with frozen findings stands for those after it', () => {
    const findings = Object.freeze([{ code: 'WARN_ROW', severity: 'warning', message: 'one' } as const]);
    const assessor = new RowAssessor(classify, true);
    const row = { digest: BCRYPT, more: { findings } };
    const { texts, outcome } = assessAll(assessor, [row, row]);
    expect({ texts, outcome }).toMatchObject({ texts: [1, 0], outcome: { verdict: 'warned' } });
  });

  test('of the 65th form is read as text each time, and those before are not', () => {
    const assessor = new RowAssessor(classify, true);
    const argon2 = (m: number) => ({ digest: example('argon2id').replace(/m=\d+/, `m=${m}`) });
    for (let i = 0; i < 64; i++) expect(assess(assessor, argon2(100 + i)).read).toBe(1);
    for (let i = 0; i < 64; i++) expect(assess(assessor, argon2(100 + i)).read).toBe(0);
    for (const _ of [1, 2]) expect(assess(assessor, argon2(200)).read).toBe(1);
    // Each layout has a memory of its own.
    expect(
      [assess(assessor, { digest: BCRYPT }), assess(assessor, { digest: BCRYPT })].map(({ read }) => read),
    ).toEqual([1, 0]);
  });

  test('of a longer digest than any is read as text', () => {
    const assessor = new RowAssessor(classify, true);
    const long = { digest: BCRYPT.padEnd(MAX_DIGEST_CHARS + 1, 'x') };
    for (const _ of [1, 2]) {
      expect(assess(assessor, long)).toMatchObject({ read: 1, hasDigest: false, verdict: 'rejected' });
    }
    const row: Row = { line: 1, id: '1', passwordHasher: 'pbkdf2_sha512', passwordDigest: '' };
    const salted = (chars: number) => `pbkdf2_sha512$1000$${'s'.repeat(chars)}$${'0f'.repeat(64)}`;
    for (const passwordDigest of [salted(100), salted(1000), salted(5000)]) {
      expect(assessor.assessRow({ ...row, passwordDigest }).outcome.verdict).toBe(
        classify({ ...row, passwordDigest }).verdict,
      );
    }
  });

  test('is assessed anew after a wipe', () => {
    const assessor = new RowAssessor(classify, true);
    const before = assess(assessor, { hasher: 'md5', digest: MD5_OF_PASSWORD });
    assessor.wipe();
    expect(assess(assessor, { hasher: 'md5', digest: MD5_OF_PASSWORD }).fingerprint).toBe(before.fingerprint);
  });
});

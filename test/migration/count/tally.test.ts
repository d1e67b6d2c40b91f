/** Outcomes and their counts: parts of an export merge to the whole, and no finding is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clerkHashers,
  createParsed,
  createRegistry,
  DEFAULT_LIMITS,
  defineHasher,
  hashCost,
} from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import type { Outcome, RowFinding } from '../../../src/migration/assess/outcome.js';
import { createTables, readTables } from '../../../src/migration/count/duplicate-tables.js';
import { summarize as summaryWith } from '../../../src/migration/count/summary.js';
import { count, createTally, MAX_KINDS, merge, type Tally } from '../../../src/migration/count/tally.js';
import type { Row } from '../../../src/migration/row.js';
import { findTarget } from '../../../src/targets/index.js';
import { BCRYPT, USERS } from '../../support/exports.js';
import { runs } from '../../support/properties.js';

const registry = createRegistry(clerkHashers);
const classify = createClassifier(registry, { limits: DEFAULT_LIMITS });
const rowOf = (passwordHasher: string | undefined, passwordDigest: string | undefined): Row => ({
  line: 1,
  id: 'u1',
  passwordHasher,
  passwordDigest,
});
const FILES = ['a', 'b'];
const NOTHING_SHARED = readTables(createTables());
const summarize = (tally: Tally, files: readonly string[]) => summaryWith(tally, NOTHING_SHARED, files);
const OUTCOMES = USERS.map(({ passwordHasher, passwordDigest }) =>
  classify(rowOf(passwordHasher || undefined, passwordDigest)),
);

describe('an outcome', () => {
  test.each([
    ['ok', rowOf('bcrypt', BCRYPT)],
    ['ok', rowOf(undefined, BCRYPT)],
    ['warned', rowOf('bcrypt', BCRYPT.replace('$2b$', '$2x$'))],
    ['rejected', rowOf('bcrypt', BCRYPT.slice(1))],
    ['rejected', rowOf('bcrypt', BCRYPT.replace('$10$', '$31$'))],
    ['rejected', rowOf('__proto__', BCRYPT)],
    ['rejected', { ...rowOf(undefined, undefined), problem: { code: 'no-dn' } }],
    ['disabled', rowOf('bcrypt', '!')],
    ['missing', rowOf(undefined, 'NULL')],
    ['missing', rowOf('bcrypt', '')],
    ['missing', rowOf(undefined, undefined)],
  ] as const)('%s', (verdict, row) => expect(classify(row).verdict).toBe(verdict));

  test('is the same a second time, when its parameters are remembered', () => {
    for (const { passwordHasher, passwordDigest } of USERS) {
      const row = rowOf(passwordHasher, passwordDigest);
      expect(classify(row)).toEqual(createClassifier(registry, { limits: DEFAULT_LIMITS })(row));
    }
  });

  test('follows the target', () => {
    const there = createClassifier(registry, { limits: DEFAULT_LIMITS, target: findTarget('node-bcrypt') });
    expect(there(rowOf('bcrypt', BCRYPT)).verdict).toBe('ok');
    expect(there(rowOf('md5', '5f4dcc3b5aa765d61d8327deb882cf99'))).toMatchObject({
      verdict: 'rejected',
      findings: [{ code: 'ERR_UNSUPPORTED' }],
    });
  });

  test('says of a pointer to another system that only its shape was checked', () => {
    const { verdict, findings } = classify(rowOf('awscognito', 'awscognito#eu-west-1_Ab12Cd34E#client#jane'));
    expect(verdict).toBe('ok');
    expect(findings).toMatchObject([{ code: 'NOTE_UNVERIFIABLE', severity: 'note', hasher: 'awscognito' }]);
  });

  test('is right past the bound of what is remembered', () => {
    const many = defineHasher<{ n: number }>({
      name: 'many',
      example: { password: 'x', digest: 'many1' },
      parse: (digest) => createParsed({ n: Number(digest.slice(4)) }, new Uint8Array(), new Uint8Array(8)),
      serialize: ({ params }) => `many${params.n}`,
      cost: () => hashCost('sha256'),
      derive: () => new Uint8Array(8),
    });
    const classifyMany = createClassifier(createRegistry([many]), { limits: DEFAULT_LIMITS });
    for (let i = 0; i < 10_100; i++) expect(classifyMany(rowOf('many', `many${i}`)).verdict).toBe('ok');
  });
});

describe('tallies', () => {
  const tallyOf = (events: readonly (readonly [outcome: Outcome, file: number, line: number])[]): Tally => {
    const tally = createTally();
    for (const [outcome, file, line] of events) count(tally, outcome, [{ file, line, id: `${file}:${line}` }]);
    return tally;
  };

  test('of any parts merge to the tally of the whole, in any order', () => {
    const events = fc
      .array(fc.tuple(fc.constantFrom(...OUTCOMES), fc.nat(3)), { maxLength: 60 })
      .map((drawn) => drawn.map(([outcome, part], i) => ({ part, event: [outcome, Number(i >= 30), i + 1] as const })));
    fc.assert(
      fc.property(events, (drawn) => {
        const whole = tallyOf(drawn.map(({ event }) => event));
        const merged = createTally();
        for (const part of [2, 0, 3, 1]) {
          const events = drawn.filter((one) => one.part === part).map(({ event }) => event);
          // As it would come from another thread.
          merge(merged, structuredClone(tallyOf(events)));
        }
        expect(summarize(merged, FILES)).toEqual(summarize(whole, FILES));
        expect(JSON.stringify(summarize(merged, FILES))).toBe(JSON.stringify(summarize(whole, FILES)));
      }),
      runs(300),
    );
  });

  test('show the first examples of each kind, with the file where there are several', () => {
    const bad = classify(rowOf('bcrypt', BCRYPT.slice(0, -1)));
    const tally = tallyOf([9, 2, 7, 4, 5].map((line) => [bad, Number(line < 5), line]));
    expect(summarize(tally, FILES).findings[0]?.examples).toEqual([
      { file: 'a', line: 5, id: '0:5' },
      { file: 'a', line: 7, id: '0:7' },
      { file: 'a', line: 9, id: '0:9' },
    ]);
    expect(Object.keys(summarize(tally, ['a']).findings[0]?.examples[0] ?? {})).toEqual(['line', 'id']);
  });

  test('count kinds past the bound together, and say so', () => {
    const numbered = (i: number): RowFinding => ({
      kind: `ERR_MALFORMED/bcrypt/hash/${i}`,
      code: 'ERR_MALFORMED',
      hasher: 'bcrypt',
      field: 'hash',
      severity: 'error',
      message: 'broken',
      fix: `fix ${i}`,
    });
    const outcomes = Array.from(
      { length: MAX_KINDS + 50 },
      (_, i): Outcome => ({ verdict: 'rejected', hasher: 'bcrypt', findings: [numbered(i)] }),
    );
    const { findings, totals } = summarize(tallyOf(outcomes.map((outcome, i) => [outcome, 0, i])), ['a']);
    expect(findings).toHaveLength(MAX_KINDS + 1);
    expect(findings[0]).toMatchObject({ count: 50, fix: expect.any(String), field: null });
    expect(findings[0]?.message).toContain(`${MAX_KINDS}`);
    expect(findings.reduce((sum, finding) => sum + finding.count, 0)).toBe(totals.rejected);
  });

  test('keep the exact number of rows where a parameter has very many values', () => {
    const outcomes = Array.from(
      { length: 500 },
      (_, i): Outcome => ({ verdict: 'ok', hasher: 'x', params: { n: i % 300 }, findings: [] }),
    );
    const { hashers } = summarize(tallyOf(outcomes.map((outcome, i) => [outcome, 0, i])), ['a']);
    const values = hashers['x']?.params['n'] ?? {};
    expect(Object.values(values).reduce((sum, rows) => sum + rows, 0)).toBe(500);
    expect(values['other']).toBe(100);
  });
});

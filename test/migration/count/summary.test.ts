/** Tallies as a part of a report: order, names of files, and findings of values on several rows. */
import { describe, expect, test } from 'vitest';
import type { RowFinding } from '../../../src/migration/assess/outcome.js';
import type { Shared } from '../../../src/migration/count/duplicates.js';
import { summarize } from '../../../src/migration/count/summary.js';
import { count, createTally } from '../../../src/migration/count/tally.js';

const NONE: Shared = { values: 0, rows: 0, exact: true, examples: [] };
const NOTHING = { digests: NONE, ids: NONE, salts: NONE };
const finding = (code: RowFinding['code'], severity: RowFinding['severity']): RowFinding => ({
  ...{ kind: code, code, hasher: null, field: null, severity, message: code, fix: null },
});
const place = (file: number, line: number, id = `u${line}`) => ({ file, line, id });

describe('values on several rows', () => {
  const ids: Shared = { values: 1, rows: 2, exact: true, examples: [{ file: 1, line: 4 }] };
  const salts: Shared = { values: 3, rows: 9, exact: false, examples: [{ file: 0, line: 2 }] };

  test('are numbers of the report, and findings where they are of ids and salts', () => {
    const digests: Shared = { values: 5, rows: 11, exact: false, examples: [{ file: 0, line: 1 }] };
    const { findings, duplicates } = summarize(createTally(), { digests, ids, salts }, ['a.csv', 'b.csv']);
    expect(duplicates).toEqual({
      ...{ digests: 5, rows: 11, exact: false },
      ids: { values: 1, rows: 2, exact: true },
      salts: { values: 3, rows: 9, exact: false },
    });
    expect(findings).toMatchObject([
      { code: 'WARN_ID_DUPLICATE', count: 2, field: 'id', examples: [{ file: 'b.csv', line: 4, id: '' }] },
      { code: 'NOTE_SALT_SHARED', count: 9, field: 'salt', examples: [{ file: 'a.csv', line: 2, id: '' }] },
    ]);
  });

  test('are no findings where there are none', () => {
    expect(summarize(createTally(), NOTHING, ['a.csv']).findings).toEqual([]);
  });

  test('have no file where there is one', () => {
    const { findings } = summarize(createTally(), { ...NOTHING, salts }, ['a.csv']);
    expect(findings[0]?.examples).toEqual([{ line: 2, id: '' }]);
  });
});

test('hashers are by rows and then by name, findings by severity and count', () => {
  const tally = createTally();
  const outcome = (hasher: string, found: RowFinding) => ({ verdict: 'ok' as const, hasher, findings: [found] });
  count(tally, outcome('md5', finding('NOTE_INSECURE', 'note')), [place(0, 1)], 1);
  count(tally, outcome('sha256', finding('WARN_ID_MISSING', 'warning')), [place(0, 2)], 3);
  count(tally, outcome('bcrypt', finding('ERR_MALFORMED', 'error')), [place(0, 3)], 1);
  const { hashers, findings, totals } = summarize(tally, NOTHING, ['a.csv']);
  expect(Object.keys(hashers)).toEqual(['sha256', 'bcrypt', 'md5']);
  expect(findings.map(({ code, count, examples }) => [code, count, examples])).toEqual([
    ['ERR_MALFORMED', 1, [{ line: 3, id: 'u3' }]],
    ['WARN_ID_MISSING', 3, [{ line: 2, id: 'u2' }]],
    ['NOTE_INSECURE', 1, [{ line: 1, id: 'u1' }]],
  ]);
  expect(totals.rows).toBe(5);
});

test('the hundred most frequent sets of parameters are shown, the others in the histograms', () => {
  const tally = createTally();
  for (let cost = 1; cost <= 120; cost++) {
    count(tally, { verdict: 'ok', hasher: 'bcrypt', params: { cost }, findings: [] }, [place(0, 1)], cost);
  }
  const { bcrypt } = summarize(tally, NOTHING, ['a.csv']).hashers;
  expect(bcrypt?.parameterSets).toHaveLength(100);
  expect(bcrypt?.parameterSets[0]).toEqual({ params: { cost: 120 }, rows: 120 });
  expect(bcrypt?.parameterSets.at(-1)).toEqual({ params: { cost: 21 }, rows: 21 });
  expect(Object.keys(bcrypt?.params['cost'] ?? {})).toHaveLength(120);
});

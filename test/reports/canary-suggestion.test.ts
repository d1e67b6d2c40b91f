/** Suggestions in a report: what the reader accepts, and how those of several parts are merged. */
import { describe, expect, test } from 'vitest';
import { type CanarySuggestion, mergeSuggestions } from '../../src/reports/canary-suggestion.js';
import { parseCheckReport } from '../../src/reports/read-check-report.js';
import { reportWith } from '../support/reports.js';

const read = (...suggestions: readonly unknown[]) => {
  const report = reportWith();
  return parseCheckReport({ ...report, canaries: { ...report.canaries, suggestions } }).canaries.suggestions;
};
const counts = { matched: 2, of: 3 };
const reading = { kind: 'reading', hasher: 'bcrypt', digest: { kind: 'pepper', pepper: 2 }, ...counts };
const separate = { kind: 'separate-salt', construction: 'pbkdf2', algorithm: 'sha256', iterations: 25_000, ...counts };
const second = { kind: 'second-salt', order: 'password-salt', ...counts };

describe('the reader', () => {
  test('accepts each kind, and names that a newer version has added', () => {
    const all = [
      reading,
      { ...reading, digest: { kind: 'other-way', more: 1 }, password: { kind: 'reversed' } },
      { ...separate, saltEncoding: 'hex', construction: 'salted-twice' },
      second,
    ];
    expect(read(...all)).toEqual(all);
  });

  test.each([
    ['a sentence, as older versions wrote', 'your bcrypt is phpass'],
    ['another kind', { ...reading, kind: 'hint' }],
    ['no count', { ...reading, of: undefined }],
    ['a name that is text', { ...reading, digest: { kind: 'Is phpass' } }],
    ['a pepper that is no number', { ...reading, digest: { kind: 'pepper', pepper: 'secret' } }],
    ['another encoding', { ...separate, saltEncoding: 'base32' }],
    ['another order', { ...second, order: 'both' }],
  ])('refuses %s', (_, suggestion) => {
    expect(() => read(suggestion)).toThrow(expect.objectContaining({ code: 'invalid-report' }));
  });
});

test('the same suggestion of several parts is counted together', () => {
  const all = [reading, second, { ...reading, matched: 5, of: 5 }, { ...reading, hasher: 'phpass' }];
  expect(mergeSuggestions(all as CanarySuggestion[])).toEqual([
    { ...reading, matched: 7, of: 8 },
    second,
    { ...reading, hasher: 'phpass' },
  ]);
});

/** What may make known passwords match, in words. The golden file of suggestions shows each once. */
import { expect, test } from 'vitest';
import { formatSuggestion } from '../../../src/present/check/canary-suggestions.js';
import {
  type CanarySuggestion,
  DIGEST_READINGS,
  PASSWORD_READINGS,
  SALT_CONSTRUCTIONS,
} from '../../../src/reports/canary-suggestion.js';

const counts = { matched: 1200, of: 1201 };
const params = { pepper: 2, r: 8, writer: 'node-scrypt' };
const [hasher, algorithm] = ['bcrypt', 'md5'];

const SUGGESTIONS: readonly CanarySuggestion[] = [
  ...DIGEST_READINGS.map(
    (kind) => ({ kind: 'reading', hasher, digest: { kind, hasher: 'phpass', ...params }, ...counts }) as const,
  ),
  ...['bcrypt', 'bcrypt_sha256_django', 'pbkdf2_sha512', 'pbkdf2_sha512_hex'].map(
    (other) => ({ kind: 'reading', hasher, digest: { kind: 'other-hasher', hasher: other }, ...counts }) as const,
  ),
  ...PASSWORD_READINGS.map((kind) => ({ kind: 'reading', hasher, password: { kind, pepper: 2 }, ...counts }) as const),
  {
    ...{ kind: 'reading', hasher: 'md5_salted', matched: 1, of: 1 },
    ...{ digest: { kind: 'password-first' }, password: { kind: 'md5-hex' } },
  },
  ...SALT_CONSTRUCTIONS.map((construction) => ({ kind: 'separate-salt', construction, algorithm, ...counts }) as const),
  {
    ...{ kind: 'separate-salt', construction: 'salt-password', algorithm, saltEncoding: 'hex', ...counts },
    hasher: 'md5_salted',
  },
  {
    ...{ kind: 'separate-salt', construction: 'pbkdf2', algorithm: 'sha256', saltEncoding: 'base64', ...counts },
    iterations: 25_000,
  },
  ...(['password-salt', 'salt-password'] as const).map((order) => ({ kind: 'second-salt', order, ...counts }) as const),
];

test('each suggestion is worded, and no two alike', async () => {
  const lines = SUGGESTIONS.map(formatSuggestion);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.filter((line) => /undefined|unknown|\[object|NaN/.test(line))).toEqual([]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('canary-suggestions.golden');
});

test('names that are unknown here are shown as they are, but for control characters', () => {
  const newer = [
    {
      kind: 'reading',
      hasher: 'a\u001b[31m',
      digest: { kind: 'other-way' },
      password: { kind: 'reversed' },
      ...counts,
    },
    { kind: 'separate-salt', construction: 'salted-twice', algorithm: 'sha3-256', ...counts },
  ] as unknown as CanarySuggestion[];
  const text = newer.map(formatSuggestion).join('\n');
  for (const name of ['other-way', 'reversed', 'salted-twice', 'sha3-256']) expect(text).toContain(name);
  expect(text).not.toContain('\u001b');
});

/** Which credentials a digest without a hasher may be, and the verdict of all of them. */
import { expect, test } from 'vitest';
import { digestError } from '../../src/errors.js';
import { clerkHashers, createRegistry } from '../../src/index.js';
import { decide, listCredentials } from '../../src/login/any.js';
import { DEFAULT_LIMITS } from '../../src/policy.js';
import type { Verdict } from '../../src/types.js';
import { exampleOf } from './slow.js';

const registry = createRegistry(clerkHashers);
const find = (digest: unknown, companions?: unknown) =>
  listCredentials(registry, DEFAULT_LIMITS, digest as never, companions as never);
const { passwordDigest: md5 } = exampleOf('md5');

test('reads a digest with the salt next to it first', () => {
  const salted = { passwordHasher: 'md5_salted', passwordDigest: `salt$${md5}` };
  expect(find(md5, { salt: 'salt' })).toEqual([salted, ...(find(md5) as object[])]);
  for (const salt of ['', null, undefined]) expect(find(md5, { salt })).toEqual(find(md5));
  expect(find(md5)).toContainEqual({ passwordHasher: 'md5', passwordDigest: md5 });
});

test('gives the digest in the form of its hasher', () => {
  expect(find(`md5$a$${md5}`)).toEqual([{ passwordHasher: 'md5_salted', passwordDigest: `a$${md5}` }]);
});

test('says why a digest is not verified', () => {
  expect(find('q'.repeat(30))).toMatchObject({ code: 'ERR_UNKNOWN_HASHER', field: 'digest', offset: 0 });
  expect(find('x'.repeat(5000))).toMatchObject({ code: 'ERR_LIMIT', limit: { max: 4096, actual: 5000 } });
  expect(find(5)).toMatchObject({ code: 'ERR_MALFORMED', field: 'passwordDigest' });
  expect(find('!')).toMatchObject({ code: 'ERR_DISABLED' });
  expect(find('x'.repeat(4096))).toMatchObject({ code: 'ERR_UNKNOWN_HASHER' });
});

test('throws what a registry throws', () => {
  const broken = {
    ...registry,
    get: () => {
      throw new RangeError('bug');
    },
  };
  const bytes = new TextEncoder().encode(md5);
  expect(() => listCredentials(broken, DEFAULT_LIMITS, bytes, undefined)).toThrow(RangeError);
});

test.each([{ salt: 5 }, { pepper: 7 }, { peper: 'x' }, null])('companions %j are wrong use', (companions) => {
  expect(() => find(md5, companions)).toThrow(TypeError);
});

test('tries five at most', () => {
  const [, ...rest] = Array.from({ length: 8 }, (_, index) => `own${index}`);
  const many = { ...registry, identify: () => rest.map((hasher) => ({ hasher })) as never };
  expect(listCredentials(many, DEFAULT_LIMITS, md5, undefined)).toEqual(
    rest.slice(0, 5).map((passwordHasher) => ({ passwordHasher, passwordDigest: md5 })),
  );
});

const credential = exampleOf('md5');
const mismatch: Verdict = { outcome: 'mismatch' };
const refused = (code: 'ERR_LIMIT' | 'ERR_BACKEND'): Verdict => ({
  outcome: 'rejected',
  error: digestError(code, code),
});
const matched: Verdict = { outcome: 'match', rehash: [] };
const other = exampleOf('bcrypt');

test.each([
  ['a mismatch of all', [mismatch, mismatch], mismatch],
  ['the first refusal', [mismatch, refused('ERR_LIMIT'), refused('ERR_BACKEND')], refused('ERR_LIMIT')],
  ['a match after a refusal', [refused('ERR_LIMIT'), matched], { ...matched, hasher: 'md5', credential }],
] as const)('decides for %s', (_, verdicts, expected) => {
  expect(decide(verdicts.map((verdict) => ({ credential, verdict })))).toEqual(expected);
});

test('decides for the first of two matches', () => {
  const tried = [other, credential].map((one) => ({ credential: one, verdict: matched }));
  expect(decide(tried)).toMatchObject({ hasher: 'bcrypt', credential: other });
});

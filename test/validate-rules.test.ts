/** The rules of a validation one by one: limits, target, spelling, and where in the digest each answer is. */
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../src/hashers/index.js';
import { DEFAULT_LIMITS, limitsFrom } from '../src/policy.js';
import { createRegistry } from '../src/registry.js';
import { findTarget, type ImportTarget } from '../src/targets/index.js';
import type { AnyHasher, StoredCredential } from '../src/types.js';
import { assess, type Rules, validateWith } from '../src/validate.js';
import { BCRYPT, MD5_OF_PASSWORD } from './support/exports.js';

const registry = createRegistry(clerkHashers);
const hasherOf = (name: string) => registry.get(name) as AnyHasher;
const clerk = findTarget('clerk') as ImportTarget;

const credential = (passwordHasher: string, passwordDigest: string): StoredCredential => ({
  passwordHasher,
  passwordDigest,
});
const validate = (stored: StoredCredential, rules: Partial<Rules> = {}) =>
  validateWith(registry, stored, { limits: DEFAULT_LIMITS, ...rules });

test('a sound digest is valid, with what the parse and the policy have to say', () => {
  const answer = validate(credential('md5', MD5_OF_PASSWORD.toUpperCase()));
  expect(answer).toMatchObject({ ok: true, parsed: { params: {} } });
  if (!answer.ok) return;
  expect(answer.warnings.map(({ code }) => code)).toEqual(['WARN_NONCANONICAL', 'NOTE_INSECURE']);
  expect(answer.parsed.warnings).toHaveLength(1);
  expect(Buffer.from(answer.parsed.hash).toString('hex')).toBe(MD5_OF_PASSWORD);
});

test('a finding of a field has its place, one of the whole digest has none', () => {
  const weak = validate(credential('bcrypt', BCRYPT.replace('$10$', '$05$')));
  expect(weak.ok && weak.warnings).toMatchObject([{ code: 'NOTE_LOW_COST', field: 'cost', offset: 4 }]);
  const md5 = validate(credential('md5', MD5_OF_PASSWORD));
  expect(md5.ok && md5.warnings.map((finding) => 'offset' in finding)).toEqual([false]);
});

test('a hasher that does not know the place leaves it out', () => {
  const { locate: _, ...blind } = hasherOf('bcrypt');
  const registry = createRegistry([blind]);
  const answer = validateWith(registry, credential('bcrypt', BCRYPT.replace('$10$', '$05$')), {
    limits: DEFAULT_LIMITS,
  });
  expect(answer.ok && answer.warnings).toEqual([
    { code: 'NOTE_LOW_COST', severity: 'note', field: 'cost', message: expect.any(String) },
  ]);
});

describe('is refused', () => {
  test.each<[string, StoredCredential, object]>([
    ['without a digest', { passwordHasher: 'md5', passwordDigest: null }, { code: 'ERR_DISABLED' }],
    ['with a broken digest', credential('bcrypt', BCRYPT.slice(0, -1)), { code: 'ERR_MALFORMED', field: 'hash' }],
    ['with an unknown hasher', credential('other', BCRYPT), { code: 'ERR_UNKNOWN_HASHER' }],
  ])('%s', (_, stored, error) => expect(validate(stored)).toMatchObject({ ok: false, error }));

  test('over a limit, with the place of the parameter', () => {
    const answer = validate(credential('bcrypt', BCRYPT), { limits: limitsFrom({ bcryptCost: 9 }) });
    expect(answer).toMatchObject({
      ...{ ok: false, error: { code: 'ERR_LIMIT', hasher: 'bcrypt', field: 'cost', offset: 4 } },
    });
  });

  test('longer than the limit of this call, also as bytes', () => {
    const limits = limitsFrom({ digestChars: 59 });
    for (const passwordDigest of [BCRYPT, new TextEncoder().encode(BCRYPT)]) {
      const answer = validate({ passwordHasher: 'bcrypt', passwordDigest }, { limits });
      expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_LIMIT' } });
    }
    expect(validate(credential('bcrypt', BCRYPT), { limits: limitsFrom({ digestChars: 60 }) }).ok).toBe(true);
  });

  test('by a target: the hasher, a parameter, a spelling', () => {
    expect(validate(credential('md5', MD5_OF_PASSWORD), { target: { ...clerk, rules: {} } })).toMatchObject({
      ...{ ok: false, error: { code: 'ERR_UNSUPPORTED', field: 'passwordHasher' } },
    });
    expect(validate(credential('bcrypt', BCRYPT.replace('$10$', '$16$')), { target: clerk })).toMatchObject({
      ...{ ok: false, error: { code: 'ERR_LIMIT', field: 'cost', offset: 4, limit: { max: 15 } } },
    });
    const strict: ImportTarget = { ...clerk, rules: { md5: { accepts: 'yes', canonical: ['hash'] } } as never };
    expect(validate(credential('md5', MD5_OF_PASSWORD.toUpperCase()), { target: strict })).toMatchObject({
      ...{ ok: false, error: { code: 'ERR_UNSUPPORTED', subcode: 'spelling', field: 'hash' } },
    });
    expect(validate(credential('md5', MD5_OF_PASSWORD), { target: strict }).ok).toBe(true);
  });
});

test('what a target does not say is a finding, before those of the strength', () => {
  const vague: ImportTarget = { ...clerk, rules: { md5: { accepts: 'unknown' } } as never };
  const answer = validate(credential('md5', MD5_OF_PASSWORD), { target: vague });
  expect(answer.ok && answer.warnings.map(({ code }) => code)).toEqual(['WARN_TARGET_UNKNOWN', 'NOTE_INSECURE']);
});

test('wrong use is thrown', () => {
  expect(() => validate(null as never)).toThrow(TypeError);
});

describe('assess', () => {
  const { params } = hasherOf('bcrypt').parse(BCRYPT);

  test('says what holds of all digests with these parameters', () => {
    expect(assess(hasherOf('bcrypt'), params, { limits: DEFAULT_LIMITS })).toEqual([]);
    expect(assess(hasherOf('bcrypt'), params, { limits: DEFAULT_LIMITS, target: clerk })).toEqual([]);
    expect(assess(hasherOf('bcrypt'), { ...params, cost: 5 }, { limits: DEFAULT_LIMITS })).toMatchObject([
      { code: 'NOTE_LOW_COST', field: 'cost' },
    ]);
  });

  test('asks limits first', () => {
    const limits = limitsFrom({ bcryptCost: 9 });
    expect(assess(hasherOf('bcrypt'), { ...params, cost: 16 }, { limits, target: clerk })).toMatchObject({
      ...{ code: 'ERR_LIMIT', limit: { max: 9 } },
    });
  });
});

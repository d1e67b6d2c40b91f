/** validate(): whatever verifies is valid, and every answer has its place in the digest. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, DEFAULT_LIMITS, type ImportTarget, type Limits, targets, validate } from '../src/index.js';
import { hasherVectors } from './support/vectors.js';

const NONE = Object.fromEntries(
  Object.keys(DEFAULT_LIMITS).map((name) => [name, Number.POSITIVE_INFINITY]),
) as unknown as Limits;
const ALL_AT_ZERO = {
  ...Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, 0])),
  digestChars: Number.POSITIVE_INFINITY,
};

describe.each(hasherVectors())('$hasher', ({ hasher, groups }) => {
  const sound = groups
    .flatMap(({ tests }) => tests)
    .filter(({ expect }) => expect === 'match' || expect === 'mismatch' || expect === 'limit')
    .map(({ digest }) => ({ passwordHasher: hasher, passwordDigest: digest }));

  test('every digest that parses is valid without limits, and each finding lies in it', () => {
    for (const credential of sound) {
      const answer = validate(credential, { limits: NONE });
      expect(answer.ok, credential.passwordDigest).toBe(true);
      if (!answer.ok) continue;
      for (const { offset } of answer.warnings) {
        expect(offset === undefined || (offset >= 0 && offset <= credential.passwordDigest.length)).toBe(true);
      }
    }
  });

  test('every digest that costs something is over limits of nothing, at a place of its own', () => {
    for (const credential of sound) {
      const answer = validate(credential, { limits: ALL_AT_ZERO });
      if (answer.ok) continue;
      const { code, offset, field, limit } = answer.error;
      expect({ code, max: limit?.max }).toEqual({ code: 'ERR_LIMIT', max: 0 });
      expect(field).toBeDefined();
      expect(offset, field).toBeGreaterThan(0);
      expect(offset, field).toBeLessThan(credential.passwordDigest.length);
      expect(limit?.actual).toBeGreaterThan(0);
    }
  });
});

describe('for a target', () => {
  test.each(targets)('$name has an answer to every example', (target) => {
    for (const { name, example } of clerkHashers) {
      const answer = validate({ passwordHasher: name, passwordDigest: example.digest }, { target });
      if (!answer.ok) expect(['ERR_UNSUPPORTED', 'ERR_LIMIT']).toContain(answer.error.code);
    }
  });

  test('a parameter that is refused there has its place', () => {
    const passwordDigest = `bcrypt_sha256$$2b$16$${'.'.repeat(53)}`;
    const [bcrypt, django] = [
      { passwordHasher: 'bcrypt', passwordDigest: passwordDigest.slice(14) },
      { passwordHasher: 'bcrypt_sha256_django', passwordDigest },
    ];
    expect(validate(bcrypt, { target: 'clerk' })).toMatchObject({ ok: false, error: { field: 'cost', offset: 4 } });
    const answer = validate(django, { target: 'clerk' });
    expect(answer).toMatchObject({ ok: true });
    if (answer.ok) expect(answer.warnings).toContainEqual(expect.objectContaining({ field: 'cost', offset: 18 }));
  });
});

test.each([null, true, 5, {}, [], { rules: 'none' }])('throws a TypeError for the invalid target %j', (target) => {
  const credential = { passwordHasher: 'md5', passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' };
  expect(() => validate(credential, { target: target as unknown as ImportTarget })).toThrow(TypeError);
});

/** Mixes: as they are typed, and as a check has counted them. */
import { describe, expect, test } from 'vitest';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { findPlacement } from '../../../src/capacity/measure/placement.js';
import { type Mix, mixFromText, targetFromText } from '../../../src/capacity/plan/mix.js';
import { mixFromReport } from '../../../src/capacity/plan/mix-from-report.js';
import { clerkHashers, DigestError } from '../../../src/index.js';
import { InputProblem } from '../../../src/migration/index.js';
import type { HasherCounts } from '../../../src/reports/check-report.js';

const shares = ({ portions }: Mix) =>
  Object.fromEntries(portions.map(({ set, share }) => [set.label, Number(share.toFixed(4))]));

describe('a mix that is typed', () => {
  test.each([
    ['bcrypt:10=0.7,phpass=0.3', { 'bcrypt cost=10': 0.7, 'phpass cost=13': 0.3 }],
    ['bcrypt:10=7, phpass:13=3', { 'bcrypt cost=10': 0.7, 'phpass cost=13': 0.3 }],
    ['bcrypt:12=70%,bcrypt:cost=10=30%', { 'bcrypt cost=12': 0.7, 'bcrypt cost=10': 0.3 }],
    ['argon2id:m=65536,t=3,p=4', { 'argon2id m=65536,t=3,p=4': 1 }],
    ['argon2id:m=65536,t=3,p=4=.25,md5=.75', { md5: 0.75, 'argon2id m=65536,t=3,p=4': 0.25 }],
    ['argon2id:65536,3,4=1,bcrypt:12=3', { 'bcrypt cost=12': 0.75, 'argon2id m=65536,t=3,p=4': 0.25 }],
    ['scrypt_werkzeug:32768:8:1', { 'scrypt_werkzeug N=32768,r=8,p=1': 1 }],
    ['scrypt_firebase:8:14', { 'scrypt_firebase rounds=8,memCost=14': 1 }],
    ['scrypt_firebase:rounds=8,memCost=14=1,md5=1', { 'scrypt_firebase rounds=8,memCost=14': 0.5, md5: 0.5 }],
    ['pbkdf2_sha256_django:600000', { 'pbkdf2_sha256_django iterations=600000': 1 }],
    ['md5,sha256', { md5: 0.5, sha256: 0.5 }],
    ['bcrypt:10=1,bcrypt:10=1,bcrypt:11=2', { 'bcrypt cost=10': 0.5, 'bcrypt cost=11': 0.5 }],
  ])('%s', (text, expected) => expect(shares(mixFromText(text))).toEqual(expected));

  test.each([
    ['bcrypt:10=0.7,phpass'],
    ['bcrypt:10=0'],
    ['bcrypt:10=-1'],
    ['bcrypt:10=much'],
    ['bcrypt:'],
    ['bcrypt:10,11'],
    ['argon2id:m=65536,=3'],
    [Array.from({ length: 5000 }, () => 'md5').join()],
  ])('rejects %.40s with a fix', (text) => {
    const problem = expect.objectContaining({ code: 'invalid-mix', fix: expect.stringMatching(/./) });
    expect(() => mixFromText(text)).toThrow(InputProblem);
    expect(() => mixFromText(text)).toThrow(problem);
  });

  test.each([
    ['bcript:10=1', 'ERR_UNKNOWN_HASHER'],
    ['', 'ERR_UNKNOWN_HASHER'],
    ['bcrypt:10=0.7,secret-name=0.3', 'ERR_UNKNOWN_HASHER'],
    ['__proto__', 'ERR_UNKNOWN_HASHER'],
    ['bcrypt:3', 'ERR_MALFORMED'],
    ['bcrypt:rounds=10', 'ERR_MALFORMED'],
    ['bcrypt:17', 'ERR_LIMIT'],
    ['argon2id:m=4194304,t=3,p=1', 'ERR_LIMIT'],
    ['pbkdf2_sha256_django:0', 'ERR_MALFORMED'],
    ['scrypt_werkzeug:1000:8:1', 'ERR_MALFORMED'],
    ['awscognito', 'ERR_UNVERIFIABLE'],
  ])('%s is %s', (text, code) => {
    expect(() => mixFromText(text)).toThrow(DigestError);
    expect(() => mixFromText(text)).toThrow(expect.objectContaining({ code }));
  });

  test('names no unknown hasher in its message', () => {
    expect(() => mixFromText('hunter2=1')).toThrow(expect.not.objectContaining({ message: /hunter2/ }));
  });

  test('of new digests is one set without a share, by default that of createVerifier', () => {
    expect(targetFromText('bcrypt').label).toBe('bcrypt cost=12');
    expect(targetFromText('bcrypt:11').label).toBe('bcrypt cost=11');
    expect(targetFromText('scrypt_werkzeug').label).toBe('scrypt_werkzeug N=131072,r=8,p=1');
    expect(targetFromText('pbkdf2_sha256_django').label).toBe('pbkdf2_sha256_django iterations=600000');
    expect(targetFromText('argon2id:t=3').label).toBe('argon2id m=19456,t=3,p=1');
    for (const text of ['bcrypt:12=0.5', 'bcrypt:12,md5', 'md5']) {
      const problem = expect.objectContaining({ code: 'invalid-upgrade', fix: expect.stringMatching(/./) });
      expect(() => targetFromText(text)).toThrow(problem);
    }
    expect(() => targetFromText('nobody')).toThrow(expect.objectContaining({ code: 'ERR_UNKNOWN_HASHER' }));
  });
});

describe('a parameter set', () => {
  const sets = clerkHashers.filter(({ name }) => name !== 'awscognito').map(({ name }) => [name] as const);

  test.each(sets)('of %s has a digest of its own cost', (name) => {
    const set = parameterSet(name, {});
    const parsed = set.hasher.parse(set.credential.passwordDigest);
    expect(set.hasher.cost(parsed.params)).toEqual(set.cost);
    const { where, width, memoryBytes } = findPlacement(set);
    expect(where === 'caller').toBe(set.cost.kdf === 'hash');
    expect(width).toBeGreaterThan(0);
    expect(memoryBytes(width)).toBeGreaterThanOrEqual(memoryBytes(1));
  });

  test('is placed as the engine places it', () => {
    expect(findPlacement(parameterSet('bcrypt', { cost: 12 }))).toMatchObject({ where: 'worker', width: 3 });
    expect(findPlacement(parameterSet('phpass', { cost: 13 }))).toMatchObject({ where: 'worker', width: 8 });
    const argon2 = parameterSet('argon2id', { m: 19_456, t: 2, p: 1 });
    expect(findPlacement(argon2, { argon2: '@node-rs/argon2' })).toMatchObject({ where: 'libuv', width: 1 });
    expect(findPlacement(argon2, { argon2: 'lanes' })).toMatchObject({ where: 'worker', width: 1 });
    expect(findPlacement(argon2).memoryBytes(1)).toBe(19_456 * 1024);
  });

  test('has a hash as long as it says', () => {
    const { credential, cost } = parameterSet('pbkdf2_sha1', { iterations: 1000, keylen: 20 });
    expect(credential.passwordDigest.split('$')[3]).toHaveLength(40);
    expect(cost.work).toBe(1000);
    expect(parameterSet('pbkdf2_sha1', { iterations: 1000, keylen: 64 }).cost.work).toBe(4000);
  });
});

describe('the mix of a report', () => {
  const counts = (ok: number, parameterSets: HasherCounts['parameterSets']): HasherCounts => ({
    ...{ rows: ok, ok, warned: 0, rejected: 0, params: {}, parameterSets },
  });

  test('is that of its digests that verify, by the sets of parameters', () => {
    const bcrypt = {
      ...counts(60, [
        { params: { variant: '2a', cost: 10 }, rows: 40 },
        { params: { variant: '2b', cost: 10 }, rows: 20 },
        { params: { variant: '2b', cost: 12 }, rows: 20 },
      ]),
      ...{ rows: 90, warned: 20, rejected: 10 },
    };
    const mix = mixFromReport({ hashers: { bcrypt, md5: counts(20, [{ params: {}, rows: 20 }]) } });
    expect(shares(mix)).toEqual({ 'bcrypt cost=10': 0.6, 'bcrypt cost=12': 0.2, md5: 0.2 });
    expect(mix).toMatchObject({ users: 100, leftOut: [] });
  });

  test('distributes users over the sets that are in the report: it has the most frequent ones', () => {
    const sets = [
      { params: { iterations: 100_000 }, rows: 30 },
      { params: { iterations: 600_000 }, rows: 10 },
    ];
    const mix = mixFromReport({ hashers: { pbkdf2_sha256_django: counts(100, sets) } });
    expect(Object.values(shares(mix))).toEqual([0.75, 0.25]);
    expect(mix.users).toBe(100);
  });

  test('leaves out what no verifier takes, with how many users', () => {
    const mix = mixFromReport({
      hashers: {
        bcrypt: counts(40, [
          { params: { cost: 10 }, rows: 30 },
          { params: { cost: 20 }, rows: 10 },
        ]),
        awscognito: counts(5, [{ params: {}, rows: 5 }]),
        unknown: counts(3, []),
      },
    });
    expect(shares(mix)).toEqual({ 'bcrypt cost=10': 1 });
    expect(mix.users).toBe(30);
    expect(mix.leftOut).toEqual([
      { hasher: 'bcrypt', rows: 10, reason: expect.stringMatching(/^ERR_LIMIT: /) },
      { hasher: 'awscognito', rows: 5, reason: expect.stringMatching(/^ERR_UNVERIFIABLE: /) },
      { hasher: 'unknown', rows: 3, reason: expect.any(String) },
    ]);
  });

  test.each<Readonly<Record<string, HasherCounts>>>([
    {},
    { bcrypt: counts(0, []) },
    { bcrypt: counts(5, [{ params: { cost: 'x' }, rows: 5 }]) },
    { bcrypt: counts(5, [{ params: { cost: 1e300 }, rows: 5 }]) },
    { bcrypt: counts(5, [{ params: { cost: 10 }, rows: 0 }]) },
    { ['__proto__']: counts(5, []) },
  ])('is a problem where no digest can be verified: %j', (hashersOf) => {
    expect(() => mixFromReport({ hashers: hashersOf })).toThrow(InputProblem);
  });
});

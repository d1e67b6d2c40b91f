/** What recipes say they take, before anything is computed. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, overLimit } from '../../src/policy.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';
import type { Params } from '../../src/types.js';

const costOf = (text: string, params: Params = {}, hashBytes = 32) =>
  compileRecipe(parseRecipe(text)).cost(params, hashBytes);

describe('the cost', () => {
  test('of hash functions is the number of their calls', () => {
    expect(costOf('md5($p)')).toEqual({
      ...{ kdf: 'hash', algorithm: 'md5', symbols: {}, work: 1, memoryBytes: 0, demands: [] },
    });
    expect(costOf('sha1($s.sha1($s.sha1($p)))')).toMatchObject({ kdf: 'hash', work: 3 });
    expect(costOf('hmac_sha256($s, md5($p))').work).toBe(3);
    expect(costOf('$p').work).toBe(0);
  });

  test('of a KDF is what a hasher of it has, with the fields of the digest', () => {
    expect(costOf('pbkdf2_sha256($p, $s, 1000*$rounds)', { rounds: 20 }, 40)).toEqual({
      kdf: 'pbkdf2',
      algorithm: 'sha256',
      symbols: { c: 20_000, dkLen: 40 },
      work: 40_000,
      memoryBytes: 0,
      demands: [
        { limit: 'pbkdf2Iterations', field: 'rounds', param: 'iterations', value: 20_000 },
        { limit: 'pbkdf2Work', field: 'rounds', param: 'work', value: 40_000 },
      ],
    });
    expect(costOf('scrypt($p, $s, 2^$ln, $r, $q)', { ln: 14, r: 8, q: 2 })).toMatchObject({
      ...{ kdf: 'scrypt', symbols: { N: 16_384, r: 8, p: 2 }, work: 2 ** 18 },
      demands: [{ field: 'ln' }, { field: 'q' }, { field: 'q' }],
    });
    expect(costOf('bcrypt(sha256($p))', { cost: 10 })).toMatchObject({ kdf: 'bcrypt', work: 1024 });
  });

  test.each([
    ['iterate(100000, $p, md5_crypt($x, $s))', 'cryptRounds'],
    ['md5(iterate(100, $p, sha1_crypt($x, $s, 9999999)))', 'cryptRounds'],
    ['md5(iterate(1000, $p, phpass_md5($x, $s, 10000000)))', 'hashIterations'],
    [Array(60).fill('sha512_crypt($p, $s, 999999)').join('.'), 'cryptRounds'],
    [Array(8).fill('iterate(9000000, $p, md5($x))').join('.'), 'hashIterations'],
  ] as const)('adds up the work of %j', (recipe, limit) => {
    const asked = costOf(recipe, {}).demands.find((demand) => demand.limit === limit);
    expect(asked?.value).toBeGreaterThan(DEFAULT_LIMITS[limit]);
  });

  test('of several KDFs has the demands of all, and the name of the dearest', () => {
    const cost = costOf('bcrypt(pbkdf2_sha1($p, $s, 5, 20))', { cost: 6 });
    expect(cost).toMatchObject({ kdf: 'bcrypt', work: 64 });
    expect(cost.demands.map(({ limit }) => limit).sort()).toEqual(['bcryptCost', 'pbkdf2Iterations', 'pbkdf2Work']);
    expect(costOf('bcrypt(bcrypt($p))', { cost: 6 }).work).toBe(128);
  });

  test('of a loop is that of its steps together', () => {
    const demands = [{ limit: 'hashIterations', field: 'rounds', value: 600 }];
    expect(costOf('iterate($rounds, $p, sha1(md5($x).$s))', { rounds: 300 })).toMatchObject({ work: 600, demands });
    const job = costOf('iterate($rounds, sha512_raw($p), sha512_raw($x.$p))', { rounds: 300 });
    expect(job).toMatchObject({ kdf: 'iteratedHash', algorithm: 'sha512', symbols: { rounds: 300 }, work: 301 });
    const nested = costOf('iterate(10, $p, sha1(iterate($n, $x, md5($x))))', { n: 1000 });
    expect(Math.max(...nested.demands.map(({ value }) => value))).toBeGreaterThanOrEqual(10_000);
  });
});

describe('the limits refuse before work', () => {
  test.each([
    ['iterate($n, $p, md5($x))', { n: 10_000_001 }, 'n'],
    ['iterate($n, md5_raw($p), md5_raw($x))', { n: 999_999_999 }, 'n'],
    ['iterate(100000, $p, sha1(iterate($n, $x, md5($x))))', { n: 101 }, 'n'],
    ['iterate($n, $p, $x)', { n: 10_000_001 }, 'n'],
    ['iterate(100, $p, pbkdf2_sha1($x, $s, $n, 20))', { n: 100_001 }, 'n'],
    ['iterate(1025, $p, bcrypt($x))', { cost: 6 }, 'cost'],
    ['sha1(scrypt($p, $s, $n, 8, 1, 64))', { n: 2 ** 20 }, 'n'],
  ])('%s with %o', (text, params, field) => {
    expect(overLimit(undefined, costOf(text, params), DEFAULT_LIMITS)).toMatchObject({ code: 'ERR_LIMIT', field });
  });

  test('a power that no number holds', () => {
    expect(() => costOf('iterate(2^$n, $p, md5($x))', { n: 60 })).toThrow(
      expect.objectContaining({ code: 'ERR_LIMIT', field: 'n' }),
    );
  });
});

test('a parameter that is missing or no number is named', () => {
  expect(() => costOf('iterate($n, $p, md5($x))')).toThrow(
    expect.objectContaining({ code: 'ERR_MALFORMED', field: 'n', subcode: 'missing' }),
  );
  expect(() => costOf('iterate($n, $p, md5($x))', { n: 'many' })).toThrow(
    expect.objectContaining({ code: 'ERR_MALFORMED', field: 'n' }),
  );
  expect(costOf('iterate($n, $p, md5($x))', { n: '12' }).work).toBe(12);
});

/** The minima that OWASP publishes, and who follows them. */
import { describe, expect, test } from 'vitest';
import { ALGORITHMS, listSteps } from '../src/capacity/calibrate/minimum.js';
import { createVerifier } from '../src/index.js';
import { OWASP_ARGON2, OWASP_ARGON2_DEFAULT, OWASP_BCRYPT_COST, OWASP_PBKDF2, OWASP_SCRYPT } from '../src/owasp.js';

describe('the minima of OWASP', () => {
  test('are those of the Password Storage Cheat Sheet', () => {
    expect(OWASP_ARGON2.map(({ m, t }) => [m / 1024, t])).toEqual([
      [46, 1],
      [19, 2],
      [12, 3],
      [9, 4],
      [7, 5],
    ]);
    expect(OWASP_SCRYPT.map(({ N, r, p }) => [Math.log2(N), r, p])).toEqual([
      [17, 8, 1],
      [16, 8, 2],
      [15, 8, 3],
      [14, 8, 5],
      [13, 8, 10],
    ]);
    expect(OWASP_BCRYPT_COST).toBe(10);
    expect(OWASP_PBKDF2).toEqual({ sha1: 1_400_000, sha256: 600_000, sha512: 220_000 });
  });

  test('have the default of new digests among them', () => {
    const { p, ...set } = OWASP_ARGON2_DEFAULT;
    expect(p).toBe(1);
    expect(OWASP_ARGON2).toContainEqual(set);
  });

  test('are all that calibrate begins with', () => {
    const minima = Object.fromEntries(
      ALGORITHMS.map((algorithm) => [
        algorithm,
        listSteps(algorithm, Number.POSITIVE_INFINITY).map(({ minimum }) => minimum.upgradeTo),
      ]),
    );
    expect(minima).toEqual({
      argon2id: OWASP_ARGON2.map((set) => ({ hasher: 'argon2id', ...set, p: 1 })),
      scrypt: OWASP_SCRYPT.map((set) => ({ hasher: 'scrypt_werkzeug', ...set })),
      bcrypt: [{ hasher: 'bcrypt', cost: OWASP_BCRYPT_COST }],
      pbkdf2: [{ hasher: 'pbkdf2_sha256_django', iterations: OWASP_PBKDF2.sha256 }],
    });
  });

  test.each([
    ['argon2id', 'm=19456,t=2,p=1'],
    ['scrypt_werkzeug', 'scrypt:131072:8:1'],
    ['pbkdf2_sha256_django', 'pbkdf2_sha256$600000'],
  ] as const)('are what %s makes new digests with', async (upgradeTo, params) => {
    await using verifier = createVerifier({ upgradeTo });
    expect((await verifier.hash('correct horse')).passwordDigest).toContain(params);
  });
});

/** Known passwords, verified: what is counted of them, and of which a reason is looked for. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../../../src/hashers/index.js';
import type { CanaryOptions } from '../../../../src/migration/assess/canaries/contract.js';
import type { Canary } from '../../../../src/migration/assess/canaries/found.js';
import { canaryVerifiers } from '../../../../src/migration/assess/canaries/verifiers.js';
import { verifyCanaries } from '../../../../src/migration/assess/canaries/verify.js';
import { createRegistry } from '../../../../src/registry.js';
import { BCRYPT } from '../../../support/exports.js';

const registry = createRegistry(clerkHashers);
const OPTIONS: CanaryOptions = { registry, peppers: [], files: ['one.csv'] };
const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

let made = 0;
function canary(hasher: string, passwordDigest: string, more: Partial<Canary> = {}): Canary {
  const line = ++made;
  return {
    ...{ file: 0, line, id: `u${line}`, password: 'password', verdict: 'ok', hasher, salt: undefined },
    ...{ rejection: undefined, credential: { passwordHasher: hasher, passwordDigest }, ...more },
  };
}
const good = (more?: Partial<Canary>) => canary('md5', hex('md5', 'password'), more);
const bad = (more?: Partial<Canary>) => canary('md5', hex('md5', '!#%'), more);
const costly = (more?: Partial<Canary>) => canary('bcrypt', BCRYPT.replace('$10$', '$31$'), more);
const broken = (more?: Partial<Canary>) => canary('bcrypt', BCRYPT.slice(0, 50), more);

const report = async (found: readonly Canary[], known = found.length, options: Partial<CanaryOptions> = {}) =>
  (await verifyCanaries(found, known, { ...OPTIONS, ...options })).report;

describe('a report', () => {
  test('of no canaries is empty', async () => {
    const { report, verified } = await verifyCanaries([], 0, OPTIONS);
    expect(report).toEqual({
      ...{ matched: 0, mismatched: 0, missing: 0, rejected: [], hashers: {}, examples: [], suggestions: [] },
    });
    expect(verified.size).toBe(0);
  });

  test('counts those that match, those that do not, and those without a row', async () => {
    const found = [
      good(),
      bad(),
      good(),
      canary('sha256', hex('sha256', 'password')),
      canary('sha256', hex('sha256', '!#')),
    ];
    const { id, line } = found[1] as Canary;
    expect(await report(found, 9)).toEqual({
      ...{ matched: 3, mismatched: 2, missing: 4, rejected: [], suggestions: [] },
      hashers: { md5: { matched: 2, mismatched: 1 }, sha256: { matched: 1, mismatched: 1 } },
      examples: [
        { id, line },
        { id: found[4]?.id, line: found[4]?.line },
      ],
    });
  });

  test('lists the hashers in the order of their names', async () => {
    const found = [canary('sha256', hex('sha256', 'x')), good(), canary('md5_salted', `s$${hex('md5', 'x')}`), good()];
    const { hashers: counted } = await report(found, 4);
    expect(Object.keys(counted)).toEqual(['md5', 'md5_salted', 'sha256']);
  });

  test('has three examples, with the file where there are several', async () => {
    const found = [bad(), bad({ file: 1 }), bad(), bad()];
    const { examples } = await report(found, 4, { files: ['one.csv', 'two.csv'] });
    expect(examples).toEqual(
      [0, 1, 2].map((i) => ({ file: i === 1 ? 'two.csv' : 'one.csv', line: found[i]?.line, id: found[i]?.id })),
    );
  });

  test('says how many of the rows are refused', async () => {
    expect(await report([good(), bad()])).not.toHaveProperty('refused');
    expect(await report([good({ verdict: 'rejected' }), bad({ verdict: 'rejected' }), good()])).toMatchObject({
      refused: 2,
    });
  });
});

describe('canaries that cannot be verified', () => {
  test('are counted by reason, most of them first, then by code and hasher', async () => {
    const { rejected, hashers: counted, ...rest } = await report([broken(), costly(), costly(), good()]);
    expect(rejected).toMatchObject([
      { code: 'ERR_LIMIT', hasher: 'bcrypt', count: 2 },
      { code: 'ERR_MALFORMED', hasher: 'bcrypt', count: 1 },
    ]);
    expect(rejected[0]?.message).toMatch(/31/);
    expect(counted).toEqual({ md5: { matched: 1, mismatched: 0 } });
    expect(rest).toMatchObject({ matched: 1, mismatched: 0, examples: [] });
    const other = await report([canary('sha256', 'xx'), broken(), costly(), canary('argon2id', '$argon2id$')]);
    expect(other.rejected.map(({ code, hasher, count }) => [code, hasher, count])).toEqual([
      ['ERR_LIMIT', 'bcrypt', 1],
      ['ERR_MALFORMED', 'argon2id', 1],
      ['ERR_MALFORMED', 'bcrypt', 1],
      ['ERR_MALFORMED', 'sha256', 1],
    ]);
  });

  test('of an unknown hasher do not show its name, which may be a digest', async () => {
    const { rejected } = await report([canary('5f4dcc3b', 'xx')]);
    expect(rejected).toMatchObject([{ code: 'ERR_UNKNOWN_HASHER', hasher: 'unknown', count: 1 }]);
  });

  test('have the reason of the check, and the message of the first of them', async () => {
    const rejection = { code: 'ERR_SALT_SEPARATE', message: 'a salt' } as const;
    const found = [
      broken({ rejection, hasher: null }),
      broken({ rejection: { ...rejection, message: 'another' }, hasher: null }),
      broken({ rejection, hasher: 'md5' }),
    ];
    const { rejected } = await report(found);
    expect(rejected).toMatchObject([
      { code: 'ERR_SALT_SEPARATE', hasher: 'unknown', count: 2, message: expect.stringMatching(/: a salt$/) },
      { code: 'ERR_SALT_SEPARATE', hasher: 'md5', count: 1 },
    ]);
  });
});

describe('what is verified of each hasher', () => {
  const verified = async (found: readonly Canary[]) =>
    Object.fromEntries((await verifyCanaries(found, found.length, OPTIONS)).verified);

  test('counts matches, mismatches and those of warned rows, with three examples', async () => {
    const warned = [1, 2, 3].map(() => bad({ verdict: 'warned' }));
    const found = [good(), good({ verdict: 'warned' }), bad(), ...warned];
    const examples = [found[2], ...warned.slice(0, 2)].map((one) => ({ line: one?.line, id: one?.id }));
    expect(await verified(found)).toEqual({ md5: { matched: 2, mismatched: 4, warned: 3, examples } });
  });

  test('leaves out rows that no hasher has, that were rejected, and that cannot be verified', async () => {
    const found = [bad({ hasher: null }), bad({ verdict: 'rejected' }), good({ verdict: 'rejected' }), costly()];
    expect(await verified(found)).toEqual({});
  });

  test('is counted for the hasher of the row', async () => {
    expect(await verified([good({ hasher: 'sha256' })])).toEqual({
      sha256: { matched: 1, mismatched: 0, warned: 0, examples: [] },
    });
  });
});

describe('a reason is looked for', () => {
  const saltedBy = (salt: string) => hex('md5', `password${salt}`);

  test('in how a salt of another field belongs to the hash', async () => {
    const found = [canary('md5', saltedBy('x!'), { salt: 'x!' }), canary('md5', saltedBy('y!'), { salt: 'y!' })];
    expect((await report(found)).suggestions).toEqual([
      { kind: 'separate-salt', construction: 'password-salt', algorithm: 'md5', matched: 2, of: 2 },
    ]);
    // What matches needs none.
    expect((await report([good({ salt: 'x!' }), ...found])).suggestions).toMatchObject([{ of: 2 }]);
  });

  test('in a second salt', async () => {
    const digest = `s$${hex('md5', 's'.concat('password', 'x'))}`;
    expect((await report([canary('md5_salted', digest, { salt: 'x' })])).suggestions).toMatchObject([
      { kind: 'second-salt', order: 'password-salt', matched: 1, of: 1 },
    ]);
  });

  test('in other readings of the digests of each hasher, also where there is a second salt', async () => {
    const first = (hasher: string, algorithm: string, more?: Partial<Canary>) =>
      canary(hasher, `s$${hex(algorithm, 'passwords')}`, more);
    const found = [
      ...[first('sha256_salted', 'sha256'), first('md5_salted', 'md5'), first('md5_salted', 'md5', { salt: 'x' })],
      ...[canary('md5', saltedBy('x!'), { salt: 'x!' }), good(), costly()],
    ];
    const reading = { kind: 'reading', digest: { kind: 'password-first' } };
    expect((await report(found)).suggestions).toEqual([
      { kind: 'separate-salt', construction: 'password-salt', algorithm: 'md5', matched: 1, of: 1 },
      { ...reading, hasher: 'md5_salted', matched: 2, of: 2 },
      { ...reading, hasher: 'sha256_salted', matched: 1, of: 1 },
    ]);
  });

  test('in the candidates for a pepper', async () => {
    const found = [canary('md5', hex('md5', 'passwordP'))];
    expect((await report(found, 1, { peppers: ['P'] })).suggestions).toMatchObject([
      { hasher: 'md5', password: { kind: 'pepper-after', pepper: 1 } },
    ]);
  });
});

test('verifiers are closed after use, both of them', async () => {
  const verifiers = canaryVerifiers(registry, undefined);
  await verifiers[Symbol.asyncDispose]();
  const row = { passwordHasher: 'md5', passwordDigest: hex('md5', 'x'), password: 'x' };
  for (const verifier of [verifiers.usual, verifiers.passwordFirst]) {
    await expect(verifier.verifyMany([row]).next()).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  }
});

test('limits are those of the check', async () => {
  const ten = canary('bcrypt', BCRYPT);
  const { rejected } = await report([ten], 1, { limits: { bcryptCost: 9 } });
  expect(rejected).toMatchObject([{ code: 'ERR_LIMIT', hasher: 'bcrypt' }]);
});

test('an abort is thrown as its reason', async () => {
  const reason = new Error('enough');
  await expect(report([good()], 1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  await expect(report([], 0, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const pending = report([canary('bcrypt', BCRYPT.replace('$10$', '$15$'))], 1, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 5);
  await expect(pending).rejects.toBe(reason);
});

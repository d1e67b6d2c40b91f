/** The formats that are data: each vector of each, and what holds for all of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../src/formats.js';
import { type FormatData, getDocumentedFormat } from '../src/hashers/index.js';
import { nodeCatalogue } from '../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../src/kdf/in-process.js';
import { selectBackends } from '../src/kdf/select.js';
import { DEFAULT_LIMITS } from '../src/policy.js';
import { createRegistry } from '../src/registry.js';
import { verifyWith } from '../src/verify.js';
import { digestsOf } from './support/layout-generator.js';
import { CODES, companionsOf, formatVectors, passwordOf, type Vector } from './support/vectors.js';

const registry = createRegistry(formats);
const FILES = formatVectors();
const backends = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY));

/** What takes longer is refused before it is computed. */
const CHEAP = {
  ...DEFAULT_LIMITS,
  ...{ bcryptCost: 4, pbkdf2Work: 5000, scryptWork: 5000, argon2Passes: 1, argon2MemoryBytes: 2 ** 20 },
  ...{ phpassIterations: 5000, symfonyIterations: 5000, hashIterations: 5000, cryptRounds: 5000 },
};

describe('formats', () => {
  test('have names and aliases of their own', () => {
    const names = formats.flatMap(({ name }, i) => [
      name,
      ...(getDocumentedFormat(formats[i] as never)?.aliases ?? []),
    ]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('have vectors, and vectors have formats', () => {
    const named = FILES.map(({ hasher }) => hasher).sort();
    expect(formats.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => registry.get(name) === undefined)).toEqual([]);
  });

  test.each(formats.map((format) => [format.name, format] as const))('%s verifies its example', async (_, format) => {
    const { password, digest, ...companions } = format.example;
    const credential = { ...companions, passwordHasher: format.name, passwordDigest: digest };
    const verdict = await verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, password ?? '', credential);
    expect(verdict).toMatchObject({ outcome: 'match' });
    const parsed = registry.parse(credential) as ReturnType<typeof format.parse>;
    const printed = format.serialize(parsed);
    expect(format.parse(printed, format.getCompanions?.(parsed)).hash).toEqual(parsed.hash);
  });

  test.each(formats.map((format) => [format.name, format] as const))(
    '%s answers every digest of its form, and refuses others with a place',
    async (_, format) => {
      const { layout } = getDocumentedFormat(format) as FormatData;
      const { password: _password, digest: _digest, ...companions } = format.example;
      await fc.assert(
        fc.asyncProperty(digestsOf(layout), async (digest) => {
          const credential = { ...companions, passwordHasher: format.name, passwordDigest: digest };
          const verdict = await verifyWith({ registry, limits: CHEAP, backends }, 'password', credential);
          if (verdict.outcome !== 'rejected') return;
          expect(verdict.error.code).toMatch(/^ERR_(?:MALFORMED|UNSUPPORTED|LIMIT|DISABLED|WRONG_HASHER)$/);
          expect(verdict.error.field).toEqual(expect.any(String));
        }),
        { numRuns: 20, seed: 13 },
      );
    },
  );

  test.each(formats.map((format) => [format.name, format] as const))('%s is documented', (_, format) => {
    const { writers = '', sources = [] } = getDocumentedFormat(format) ?? {};
    expect(writers).not.toBe('');
    expect(sources.filter((source) => !source.startsWith('https://'))).toEqual([]);
    expect(sources).not.toEqual([]);
  });
});

describe.each(FILES)('$hasher', ({ hasher, groups }) => {
  for (const group of groups) {
    for (const vector of group.tests) {
      test(`#${vector.tcId} ${vector.comment}`, () => check(hasher, vector));
    }
  }
});

async function check(hasher: string, vector: Vector): Promise<void> {
  const credential = { passwordHasher: hasher, passwordDigest: vector.digest, ...companionsOf(vector) };
  const verdict = await verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, passwordOf(vector), credential);
  if (vector.expect === 'match' || vector.expect === 'mismatch') {
    expect(verdict).toMatchObject({ outcome: vector.expect });
    return;
  }
  expect(verdict).toMatchObject({
    outcome: 'rejected',
    error: { code: CODES[vector.expect], ...vector.error },
  });
}

/** yescrypt in JavaScript and in WebAssembly. Its vectors are run by schemes.test.ts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findYescryptFault } from '../../src/encoding/yescrypt-settings.js';
import { DEFAULT_LIMITS, verify } from '../../src/index.js';
import type { YescryptJob } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { cryptCost } from '../../src/kdf/cost.js';
import { type Loaded, loadedBackends, NO_PAUSE } from '../support/loaded-backends.js';
import { anyBytes, runs } from '../support/properties.js';

const all = await loadedBackends(nodeCatalogue, 'crypt');
const SMALL = { scheme: 'yescrypt', flags: 182, N: 64, r: 2, p: 1, t: 0 } as const;
const job = (more: Partial<YescryptJob> = {}): YescryptJob => ({
  ...SMALL,
  password: Buffer.from('password'),
  salt: Buffer.from('salt'),
  ...more,
});

function able(one: YescryptJob): readonly Loaded<YescryptJob>[] {
  return all.filter((backend) => backend.unsupported?.(one) === undefined) as readonly Loaded<YescryptJob>[];
}

const settings = fc
  .record({
    flags: fc.constant(182),
    N: fc.constantFrom(4, 8, 16, 64, 256),
    r: fc.integer({ min: 1, max: 9 }),
    p: fc.integer({ min: 1, max: 5 }),
    t: fc.integer({ min: 0, max: 4 }),
  })
  .filter((one) => findYescryptFault(one) === undefined);

describe('yescrypt', () => {
  test('is the same from all backends', async () => {
    await fc.assert(
      fc.asyncProperty(settings, anyBytes(80), anyBytes(64), async (one, password, salt) => {
        const given = job({ ...one, password, salt });
        const answers = await Promise.all(able(given).map(async ({ derive }) => derive(given, NO_PAUSE)));
        expect(answers.length).toBe(3);
        for (const answer of answers) expect(Buffer.from(answer)).toEqual(Buffer.from(answers[0] as Uint8Array));
      }),
      runs(60),
    );
  });

  test('leaves scrypt and what is between to JavaScript', () => {
    expect(able(job()).map(({ name }) => name)).toContain('yescrypt');
    expect(able(job({ flags: 1 })).map(({ name }) => name)).not.toContain('yescrypt');
  });

  test.each(able(job()))('by $name stops at an abort', async ({ derive }) => {
    const signal = { aborted: false, reason: new Error('enough') };
    const running = derive(job({ N: 4096, r: 8 }), { signal, tickMs: 0 });
    signal.aborted = true;
    await expect(running).rejects.toBe(signal.reason);
  });

  test.each(able(job()))('by $name leaves its inputs as they were', async ({ derive }) => {
    const given = job();
    await derive(given, NO_PAUSE);
    expect([given.password.toString(), given.salt.toString()]).toEqual(['password', 'salt']);
  });

  test('that has no such parameters is a mistake of the caller', async () => {
    const [backend] = able(job());
    await expect(backend?.derive(job({ N: 65 }), NO_PAUSE)).rejects.toBeInstanceOf(TypeError);
  });
});

describe('the cost of yescrypt', () => {
  test.each([
    ['N', { N: 2 ** 30, r: 8 }, 'scryptMemoryBytes'],
    ['r', { N: 2 ** 10, r: 2 ** 20 }, 'scryptMemoryBytes'],
    ['p', { N: 2 ** 24, r: 1, p: 2 ** 22 }, 'scryptMemoryBytes'],
    ['t', { t: 2 ** 30 }, 'scryptWork'],
  ])('is over a limit by %s', (_, more, limit) => {
    const { password, salt, ...parameters } = job(more);
    const over = cryptCost(parameters).demands.filter((one) => one.value * (one.unit ?? 1) > DEFAULT_LIMITS[one.limit]);
    expect(over.map((one) => one.limit)).toContain(limit);
  });

  test('of what Linux writes is under all limits, and four mebibytes of blocks are 16', () => {
    const { password, salt, ...parameters } = job({ N: 4096, r: 32 });
    const { demands, memoryBytes } = cryptCost(parameters);
    expect(demands.filter((one) => one.value * (one.unit ?? 1) > DEFAULT_LIMITS[one.limit])).toEqual([]);
    expect(memoryBytes).toBeGreaterThan(16 * 2 ** 20);
  });

  test.each(['jR5', 'j9zzzzz', 'j9T0', '.R5'])('of a digest with %s is refused before any work', async (parameters) => {
    const passwordDigest = `$y$${parameters}$abcd$7i/136rkrCoteXCYVMmke8IbBDFEZdMzaNTpkj.7sJ2`;
    const verdict = await verify('password', { passwordHasher: 'yescrypt', passwordDigest });
    expect(verdict).toMatchObject({ outcome: 'rejected' });
  });

  test('of a digest with a memory of a tebibyte names the limit', async () => {
    const passwordDigest = '$y$jR5$abcd$7i/136rkrCoteXCYVMmke8IbBDFEZdMzaNTpkj.7sJ2';
    const verdict = await verify('password', { passwordHasher: 'yescrypt', passwordDigest });
    expect(verdict).toMatchObject({ error: { code: 'ERR_LIMIT', field: 'N', limit: { param: 'memoryBytes' } } });
  });
});

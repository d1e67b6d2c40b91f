/** PBKDF2 by Web Crypto: what runtimes refuse is done by the next backend. */
import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Pbkdf2Job } from '../../src/jobs.js';
import { portableCatalogue } from '../../src/kdf/catalogue-portable.js';
import type { Catalogue } from '../../src/kdf/contract.js';
import { portablePbkdf2 } from '../../src/kdf/pbkdf2/portable.js';
import { type Subtle, webCryptoPbkdf2 } from '../../src/kdf/pbkdf2/webcrypto.js';
import { selectBackends } from '../../src/kdf/select.js';

const subtle = webcrypto.subtle as unknown as Subtle;
const run = { tickMs: Number.POSITIVE_INFINITY };
const password = new TextEncoder().encode('pässword');
const salt = new Uint8Array(16).fill(7);
const job: Pbkdf2Job = { prf: 'sha256', password, salt, c: 100, dkLen: 32 };

const JOBS: readonly Pbkdf2Job[] = [
  ...(['sha1', 'sha256', 'sha512'] as const).flatMap((prf) =>
    [1, 19, 20, 32, 63, 64, 65, 257].map((dkLen) => ({ ...job, prf, dkLen, c: 3 })),
  ),
  { ...job, c: 1 },
  { ...job, password: new Uint8Array() },
  { ...job, salt: new Uint8Array() },
  { ...job, password: new Uint8Array(200).fill(0xff) },
  { ...job, password: Buffer.from('xxpasswordxx').subarray(2, 10) },
];

test.each(
  JOBS.map((one) => [`${one.prf} ${one.c} ${one.dkLen} ${one.password.length} ${one.salt.length}`, one] as const),
)('derives what the portable backend derives: %s', async (_, one) => {
  const [native, portable] = await Promise.all([webCryptoPbkdf2().load(), portablePbkdf2.load()]);
  expect(Buffer.from(await native(one, run))).toEqual(Buffer.from(await portable(one, run)));
});

/** Web Crypto that refuses some jobs, and counts what it is asked. */
function refusing(refuses: (one: { iterations: number; bits: number }) => string | undefined) {
  const asked: number[] = [];
  const found: Subtle = {
    importKey: (...args) => subtle.importKey(...args),
    async deriveBits(algorithm, key, bits) {
      asked.push(algorithm.iterations);
      const name = refuses({ iterations: algorithm.iterations, bits });
      if (name !== undefined) throw new DOMException('refused', name);
      return subtle.deriveBits(algorithm, key, bits);
    },
  };
  const backend = webCryptoPbkdf2({ subtle: () => found });
  const catalogue: Catalogue = {
    ...portableCatalogue,
    costly: { ...portableCatalogue.costly, pbkdf2: [backend, portablePbkdf2] },
  };
  const backends = selectBackends(catalogue);
  return { asked, backends, derive: (one: Pbkdf2Job) => backends.kdfs().pbkdf2(one) };
}

describe('what a runtime refuses is derived by the next backend', () => {
  test('more iterations than it does, which it is not asked for again', async () => {
    const { asked, derive } = refusing(({ iterations }) => (iterations > 1000 ? 'NotSupportedError' : undefined));
    await derive(job);
    const hash = await derive({ ...job, c: 1001 });
    expect(Buffer.from(hash)).toEqual(Buffer.from(await (await portablePbkdf2.load())({ ...job, c: 1001 }, run)));
    const before = asked.length;
    await derive({ ...job, c: 2000 });
    expect(asked).toHaveLength(before);
    await derive({ ...job, c: 1000 });
    expect(asked.at(-1)).toBe(1000);
  });

  test('long keys, while it goes on to derive short ones', async () => {
    const { asked, backends, derive } = refusing(({ bits }) => (bits > 2048 ? 'OperationError' : undefined));
    expect(await derive({ ...job, dkLen: 300 })).toHaveLength(300);
    await derive(job);
    expect(asked.at(-1)).toBe(100);
    const used = (await backends.report()).find(({ kdf, state }) => kdf === 'pbkdf2' && state === 'used');
    expect(used?.name).toBe('webcrypto');
  });

  test('everything, in a page without a secure context', async () => {
    const backend = webCryptoPbkdf2({ subtle: () => undefined });
    await expect(backend.load()).rejects.toThrow('crypto.subtle');
  });

  test('more iterations than the catalogue allows it', () => {
    const backend = webCryptoPbkdf2({ maxIterations: { sha1: 3, sha256: 2, sha512: 1 } });
    expect(backend.unsupported?.({ ...job, prf: 'sha1', c: 3 })).toBeUndefined();
    expect(backend.unsupported?.({ ...job, c: 3 })).toBeTypeOf('string');
    expect(backend.unsupported?.({ ...job, prf: 'sha512', c: 2 })).toBeTypeOf('string');
  });
});

/** An OpenSSL, or what is built in its place, that lacks hash functions. */
import { afterEach, expect, test, vi } from 'vitest';

const crypto = process.getBuiltinModule('node:crypto');
const message = Buffer.from('abc');
const SHA3 = '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

test.each([
  [['sha3-256'], 1],
  [['md5'], 0],
])('with %j it is asked for SHA-3 %i times', async (hashes, times) => {
  vi.resetModules();
  vi.spyOn(crypto, 'getHashes').mockReturnValue(hashes);
  const hash = vi.spyOn(crypto, 'hash');
  const hmac = vi.spyOn(crypto, 'createHmac');
  const { nativeHashFunctions } = await import('../../src/kdf/hash/native.js');
  expect(Buffer.from(nativeHashFunctions.hash('sha3_256', message)).toString('hex')).toBe(SHA3);
  nativeHashFunctions.hmac('sha3_256', message, message);
  expect([hash.mock.calls.length, hmac.mock.calls.length]).toEqual([times, times]);
});

test('is never asked for what no build of it has', async () => {
  const hash = vi.spyOn(crypto, 'hash');
  const { nativeHashFunctions } = await import('../../src/kdf/hash/native.js');
  for (const algorithm of ['md2', 'md4', 'whirlpool', 'streebog256', 'keccak256', 'ripemd160'] as const) {
    nativeHashFunctions.hash(algorithm, message);
  }
  expect(hash).not.toHaveBeenCalled();
});

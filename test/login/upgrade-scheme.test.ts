/** New digests: what a verifier needs of them before its first call. */
import { afterEach, expect, test, vi } from 'vitest';
import { createVerifier, type UpgradeTarget } from '../../src/index.js';

afterEach(() => void vi.restoreAllMocks());

const CHEAP: readonly UpgradeTarget[] = [
  { hasher: 'bcrypt', cost: 4 },
  { hasher: 'bcrypt_peppered', cost: 4 },
  { hasher: 'argon2id', m: 8, t: 1, p: 1 },
  { hasher: 'scrypt_werkzeug', N: 2 },
  { hasher: 'pbkdf2_sha256_django', iterations: 1 },
];

// Cloudflare Workers have random bytes within a request only, and verifiers are made while the module loads.
test.each(CHEAP)('a verifier for $hasher draws no random bytes before its first call', async (upgradeTo) => {
  const random = vi.spyOn(crypto, 'getRandomValues');
  const pepper = upgradeTo.hasher === 'bcrypt_peppered' ? 'pepper' : undefined;
  const verifier = createVerifier({ upgradeTo, equalize: true, pepper });
  expect(random).not.toHaveBeenCalled();
  expect(await verifier.verifyUnknownUser('password')).toEqual({ outcome: 'mismatch' });
  expect(random).toHaveBeenCalled();
  const drawn = random.mock.calls.length;
  await verifier.verifyUnknownUser('password');
  expect(random).toHaveBeenCalledTimes(drawn);
});

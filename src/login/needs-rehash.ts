/** Whether a stored digest should be replaced, asked without its password. */

import { readCredential } from '../credential.js';
import { rehashReasons, type Wanted } from '../policy.js';
import type { Registry } from '../registry.js';
import type { AnyHasher, Limits, StoredCredential } from '../types.js';

/**
 * True where a match of this digest would give reasons to rehash.
 * @throws {DigestError} where the digest cannot be verified at all.
 */
export function needsRehashFor(
  registry: Registry,
  limits: Limits,
  stored: StoredCredential,
  wanted: Wanted | undefined,
): boolean {
  const credential = readCredential(registry, stored, limits.digestChars);
  const parsed = registry.parse(credential, limits.digestChars);
  const hasher = registry.get(credential.passwordHasher) as AnyHasher;
  return rehashReasons(hasher, parsed, hasher.cost(parsed.params), wanted).length > 0;
}

/** Digests of other systems as credentials, and damaged ones made whole: only what is certain. */

import type { Registry } from '../registry.js';
import type { Credential } from '../types.js';
import { damages } from './damage.js';
import { tryParse } from './identify.js';
import { readSystem } from './systems/index.js';

/**
 * The same digest as a credential in canonical form: another system's is converted, one that certainly is a hasher's own
 * is spelled canonically. Undefined where no hasher can hold it or more than one could be meant.
 */
export function convertWith(registry: Registry, text: string): Credential | undefined {
  const foreign = readSystem(text);
  if (foreign !== undefined) return foreign.credential;
  const [best] = registry.identify(text);
  return best?.certainty === 'certain'
    ? canonical(registry, { passwordHasher: best.hasher, passwordDigest: text })
    : undefined;
}

/**
 * A credential that is refused or not canonical, mended where that is certain: damage undone, another system's digest
 * converted, the hasher's name corrected, the canonical spelling. Undefined where nothing certain can be done, or need be.
 */
export function repairWith(registry: Registry, credential: Credential): Credential | undefined {
  const { passwordHasher, passwordDigest } = credential;
  const texts = [passwordDigest, ...damages(passwordDigest).map(({ digest }) => digest)];
  for (const text of texts) {
    const own = canonical(registry, { passwordHasher, passwordDigest: text });
    if (own !== undefined) return own.passwordDigest === passwordDigest ? undefined : own;
  }
  for (const text of texts) {
    const found = convertWith(registry, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function canonical(registry: Registry, { passwordHasher, passwordDigest }: Credential): Credential | undefined {
  const hasher = registry.get(passwordHasher);
  if (hasher === undefined) return undefined;
  const parsed = tryParse(hasher, passwordDigest);
  return parsed && { passwordHasher, passwordDigest: hasher.serialize(parsed) };
}

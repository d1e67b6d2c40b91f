/** Verifying a digest that is stored without the name of its hasher: which credentials it may be, and what they say. */

import { readCredential } from '../credential.js';
import { checkedOptions, describeReceived } from '../encoding/received.js';
import { DigestError, digestError } from '../errors.js';
import { explainUnread } from '../recognize/diagnose.js';
import { type Registry, tooLongError } from '../registry.js';
import type { Credential, Limits, RehashReason, StoredCredential, Verdict } from '../types.js';

/** Columns next to the digest. */
export interface Companions {
  /** Text that is hashed with the password, where the digest does not hold it. */
  readonly salt?: string | null | undefined;
}

export type AnyVerdict =
  | {
      readonly outcome: 'match';
      /** Which hasher matched. */
      readonly hasher: string;
      /** The same digest under that hasher's name: store this, and the next login needs no search. */
      readonly credential: Credential;
      readonly rehash: readonly RehashReason[];
    }
  | Exclude<Verdict, { readonly outcome: 'match' }>;

export interface Tried {
  readonly credential: Credential;
  readonly verdict: Verdict;
}

/** Each may cost what the limits allow. No built-in digest has more than three readings; plug-ins may add some. */
const MAX_CANDIDATES = 5;
/** A longer list does not help. */
const MOST_NAMED = 8;
const COMPANIONS: readonly string[] = ['salt'] satisfies (keyof Companions)[];

/**
 * What the digest may be, best first.
 * @throws {TypeError} on invalid companions.
 */
export function listCredentials(
  registry: Registry,
  limits: Limits,
  stored: StoredCredential['passwordDigest'],
  companions: Companions | undefined,
): readonly Credential[] | DigestError {
  const { salt } = checkedOptions('verifyAny companions', companions, COMPANIONS);
  if (salt !== undefined && salt !== null && typeof salt !== 'string') {
    throw new TypeError(`verifyAny: companions.salt must be a string (received ${describeReceived(salt)})`);
  }
  let digest: string;
  try {
    digest = readCredential(
      registry,
      { passwordHasher: undefined, passwordDigest: stored },
      limits.digestChars,
    ).passwordDigest;
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
  // Before anything is looked for in it: the text may be of any length.
  if (digest.length > limits.digestChars) return tooLongError(undefined, digest.length, limits.digestChars);
  const found = [...(salt ? listReadings(registry, `${salt}$${digest}`) : []), ...listReadings(registry, digest)];
  return found.length > 0 ? found.slice(0, MAX_CANDIDATES) : unidentifiedError(registry, digest);
}

function listReadings(registry: Registry, digest: string): Credential[] {
  return registry
    .identify(digest)
    .map(({ hasher, convertible }) => convertible ?? { passwordHasher: hasher, passwordDigest: digest });
}

function unidentifiedError(registry: Registry, digest: string): DigestError {
  return (
    explainUnread(registry.hashers, digest) ??
    digestError('ERR_UNKNOWN_HASHER', 'unknown digest format', {
      field: 'digest',
      offset: 0,
      fix: 'find out which system wrote it, and pass its hasher to verify',
      hint: registry.names.length > MOST_NAMED ? undefined : `this registry has ${registry.names.join(', ')}`,
    })
  );
}

/** The first match; a mismatch only where all mismatched; else why one of them could not be tried. */
export function decide(tried: readonly Tried[]): AnyVerdict {
  let rejection: Exclude<Verdict, { readonly outcome: 'match' }> = { outcome: 'mismatch' };
  for (const { credential, verdict } of tried) {
    if (verdict.outcome === 'match') {
      const { passwordHasher: hasher } = credential;
      return { outcome: 'match', hasher, credential, rehash: verdict.rehash };
    }
    if (verdict.outcome === 'rejected' && rejection.outcome === 'mismatch') rejection = verdict;
  }
  return rejection;
}

/** Verifying a digest that is stored without the name of its hasher: which credentials it may be, and what they say. */

import { readCredential } from '../credential.js';
import { isBytes } from '../encoding/brand.js';
import { checkedOptions, describeReceived } from '../encoding/received.js';
import { DigestError, digestError } from '../errors.js';
import { MISSING } from '../hashers/index.js';
import { explainUnread } from '../recognize/diagnose.js';
import { tryParse } from '../recognize/identify.js';
import { type Registry, tooLongError } from '../registry.js';
import type {
  CompanionNeed,
  CompanionParams,
  Companions,
  Credential,
  Limits,
  RehashReason,
  StoredCredential,
  Verdict,
} from '../types.js';

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
/** Of formats that are a hash or two. */
const MOST_CHEAP = 100;
/** A longer list does not help. */
const MOST_NAMED = 8;
const COMPANIONS: readonly string[] = ['salt', 'username', 'pepper', 'params'] satisfies (keyof Companions)[];

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
  const given = checkedOptions('verifyAny companions', companions, COMPANIONS);
  const { salt } = given;
  for (const name of ['salt', 'username', 'pepper'] as const) {
    const value = given[name];
    if (value === undefined || value === null || typeof value === 'string' || isBytes(value)) continue;
    throw new TypeError(
      `verifyAny: companions.${name} must be a string or bytes (received ${describeReceived(value)})`,
    );
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
  const joined = typeof salt === 'string' && salt !== '' ? listReadings(registry, `${salt}$${digest}`, NONE) : [];
  const found = [...joined, ...listReadings(registry, digest, given)];
  return found.length > 0 ? boundCost(registry, found) : unidentifiedError(registry, digest);
}

/** All that take microseconds, and the first few of the others. */
function boundCost(registry: Registry, found: readonly Credential[]): Credential[] {
  let costly = 0;
  return found.slice(0, MOST_CHEAP).filter((credential) => {
    const hasher = registry.get(credential.passwordHasher);
    const parsed = hasher && tryParse(hasher, credential.passwordDigest, credential);
    if (parsed !== undefined && hasher?.cost(parsed.params).kdf === 'hash') return true;
    return ++costly <= MAX_CANDIDATES;
  });
}

const NONE: Companions = Object.freeze({});

/** What needs a companion that is not given is left out. */
function listReadings(registry: Registry, digest: string, given: Companions): Credential[] {
  return registry.identify(digest).flatMap(({ hasher, convertible, companions = [] }): Credential[] => {
    if (convertible !== undefined) return [convertible];
    if (companions.some((name) => findCompanion(given, name) === undefined)) return [];
    const known = registry.get(hasher)?.companions ?? [];
    return [{ passwordHasher: hasher, passwordDigest: digest, ...pickCompanions(given, known) }];
  });
}

function findCompanion(given: Companions, name: string): Exclude<Companions[keyof Companions], null> {
  const value = isColumn(name) ? given[name] : given.params?.[name];
  return (value as Exclude<Companions[keyof Companions], null> | null) ?? undefined;
}

function isColumn(name: string): name is 'salt' | 'username' | 'pepper' {
  return name === 'salt' || name === 'username' || name === 'pepper';
}

/** What the hasher knows of it: the credential is stored, and the rest of the row is not a part of it. */
function pickCompanions(given: Companions, known: readonly CompanionNeed[]): Companions {
  const picked: Record<string, unknown> = {};
  const params: Record<string, unknown> = {};
  for (const { name } of known) {
    const value = findCompanion(given, name);
    if (value !== undefined) (isColumn(name) ? picked : params)[name] = value;
  }
  return Object.keys(params).length === 0 ? picked : { ...picked, params: params as CompanionParams };
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
    // What needs another column was only a guess of the digest's form.
    if (verdict.outcome === 'rejected' && verdict.error.subcode === MISSING) continue;
    if (verdict.outcome === 'rejected' && rejection.outcome === 'mismatch') rejection = verdict;
  }
  return rejection;
}

/** An ordered, immutable set of hashers: look one up, parse with it, tell which of them a digest belongs to. */

import { DigestError, digestError } from './errors.js';
import { MAX_DIGEST_CHARS } from './recognize/bounds.js';
import { explain, unknownHasher, wrongHasher } from './recognize/diagnose.js';
import { type Candidate, tryParse } from './recognize/identify.js';
import { identifyUndamaged } from './recognize/identify-damaged.js';
import { signaturesOf } from './recognize/signatures.js';
import type { AnyHasher, Credential, Parsed } from './types.js';

export { MAX_DIGEST_CHARS };

export interface Registry {
  /** In the order of registration. */
  readonly names: readonly string[];
  readonly hashers: readonly AnyHasher[];
  get(name: string): AnyHasher | undefined;
  /**
   * The digest, read by its hasher.
   * @throws {DigestError} with code, field and offset, and with a fix where that is certain.
   * @throws {TypeError} where the credential is not of two strings.
   */
  parse(credential: Credential, maxDigestChars?: number): Parsed;
  /** Which hashers a digest fits, best first; empty where none. Never throws for data. */
  identify(passwordDigest: string): Candidate[];
}

/**
 * A registry of these hashers, in this order.
 * @throws {TypeError} where two have the same name.
 */
export function createRegistry(hashers: Iterable<AnyHasher>): Registry {
  // A Map has no prototype to look names up in: "constructor" and "__proto__" are unknown like any other.
  const byName = new Map<string, AnyHasher>();
  for (const hasher of hashers) {
    if (byName.has(hasher.name)) throw new TypeError(`createRegistry: two hashers are called ${hasher.name}`);
    byName.set(hasher.name, hasher);
  }
  const all = Object.freeze([...byName.values()]);
  const signatures = signaturesOf(all);

  /** A whole digest of `pbkdf2_sha1` is also text, "$" and 64 digits: its signature says that it is no `sha256_salted`. */
  function refuseSigned(hasher: AnyHasher, digest: string): void {
    for (const other of signatures.startingLike(digest)) {
      if (tryParse(other, digest) !== undefined) throw wrongHasher(hasher, other);
    }
  }

  return Object.freeze({
    names: Object.freeze([...byName.keys()]),
    hashers: all,
    get: (name: string) => byName.get(name),
    parse(credential: Credential, maxDigestChars: number = MAX_DIGEST_CHARS): Parsed {
      const { passwordHasher, passwordDigest } = checkedCredential(credential);
      const hasher = byName.get(passwordHasher);
      if (passwordDigest.length > maxDigestChars) throw tooLong(hasher, passwordDigest.length, maxDigestChars);
      if (hasher === undefined) throw unknownHasher(all, passwordHasher, passwordDigest);
      let parsed: Parsed;
      try {
        parsed = hasher.parse(passwordDigest);
      } catch (error) {
        if (!(error instanceof DigestError)) throw error;
        throw explain(all, hasher, passwordDigest, error);
      }
      if (hasher.prefixes.length === 0) refuseSigned(hasher, passwordDigest);
      return parsed;
    },
    identify: (passwordDigest: string) =>
      passwordDigest.length > MAX_DIGEST_CHARS ? [] : identifyUndamaged(all, passwordDigest),
  });
}

/** @throws {TypeError} where it is not of two strings. */
export function checkedCredential(credential: Credential): Credential {
  if (typeof credential?.passwordHasher !== 'string' || typeof credential.passwordDigest !== 'string') {
    throw new TypeError('a credential is { passwordHasher: string, passwordDigest: string }');
  }
  return credential;
}

function tooLong(hasher: AnyHasher | undefined, actual: number, max: number): DigestError {
  return digestError('ERR_LIMIT', `the digest has ${actual} characters, more than the limit of ${max}`, {
    hasher: hasher?.name,
    field: 'digest',
    offset: max,
    limit: { param: 'digestChars', max, actual },
  });
}

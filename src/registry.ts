/** An ordered, immutable set of hashers: look one up, parse with it, identify a digest. */

import { readCredential, withoutPassword } from './credential.js';
import { describeReceived } from './encoding/received.js';
import { DigestError, digestError } from './errors.js';
import { ALIASES, definedHasher, dynamicHasher, getFormat, type HasherTable, isDynamicName } from './hashers/index.js';
import { MAX_DIGEST_CHARS } from './recognize/bounds.js';
import { explain } from './recognize/diagnose.js';
import { isDisabledMarker } from './recognize/disabled.js';
import { unknownHasher } from './recognize/explain-name.js';
import { explainOtherSystem, explainWrongHasher } from './recognize/explain-wrong-hasher.js';
import { type Candidate, isForeign, tryParse } from './recognize/identify.js';
import { identifyUndamaged } from './recognize/identify-damaged.js';
import { getSignatures } from './recognize/signatures.js';
import type { AnyHasher, Parsed, StoredCredential } from './types.js';

export { MAX_DIGEST_CHARS };

export interface Registry {
  /** In the order of registration. */
  readonly names: readonly string[];
  readonly hashers: readonly AnyHasher[];
  /** @throws {DigestError} where the name is `dynamic=` and a recipe that cannot be read. */
  get(name: string): AnyHasher | undefined;
  /**
   * The digest, read by its hasher.
   * @throws {DigestError} with code, field and offset, and with a fix where that is certain.
   * @throws {TypeError} where the argument is not a credential at all.
   */
  parse(credential: StoredCredential, maxDigestChars?: number): Parsed;
  /** Which hashers a digest fits, best first; empty where none. Never throws for data. */
  identify(passwordDigest: string): Candidate[];
}

/**
 * A registry of these hashers, in this order.
 * @throws {TypeError} where two have the same name, or one is not a hasher.
 */
export function createRegistry(hashers: Iterable<AnyHasher>): Registry {
  return createOpenRegistry(hashers, undefined);
}

/** @param more that follow them, and are made at the first need. */
export function createOpenRegistry(hashers: Iterable<AnyHasher>, more: HasherTable | undefined): Registry {
  // A Map has no prototype to look names up in: "constructor" and "__proto__" are unknown like any other.
  const byName = new Map<string, AnyHasher>();
  for (const one of checkedIterable(hashers)) {
    if (typeof one !== 'object' || one === null) throw noHasher(one);
    const hasher = definedHasher(one);
    if (byName.has(hasher.name)) throw new TypeError(`createRegistry: duplicate hasher ${hasher.name}`);
    byName.set(hasher.name, hasher);
  }
  const own = Object.freeze([...byName.values()]);
  const signatures = getSignatures(own);
  const get = (name: string): AnyHasher | undefined => byName.get(name) ?? findOther(name);
  const known = { get };
  let all: readonly AnyHasher[] | undefined = more === undefined ? own : undefined;

  function findOther(name: string): AnyHasher | undefined {
    if (more === undefined || typeof name !== 'string') return undefined;
    if (isDynamicName(name)) return dynamicHasher(name);
    return Object.hasOwn(ALIASES, name) ? byName.get(ALIASES[name] as string) : more.get(name);
  }

  function listAll(): readonly AnyHasher[] {
    all ??= Object.freeze([...own, ...(more?.hashers ?? [])]);
    return all;
  }

  /** A whole digest of `pbkdf2_sha1` is also text, "$" and 64 digits: its signature says that it is not a `sha256_salted`. */
  function refuseSigned(hasher: AnyHasher, digest: string): void {
    for (const other of signatures.startingLike(digest)) {
      if (tryParse(other, digest) !== undefined) throw explainWrongHasher(hasher, other);
    }
    const foreign = isForeign(hasher, digest) ? explainOtherSystem(listAll(), hasher, digest) : undefined;
    if (foreign !== undefined) throw foreign;
  }

  return Object.freeze({
    get names() {
      return Object.freeze([...byName.keys(), ...(more?.names ?? [])]);
    },
    get hashers() {
      return listAll();
    },
    get,
    parse(credential: StoredCredential, maxDigestChars: number = MAX_DIGEST_CHARS): Parsed {
      const read = readCredential(known, credential, maxDigestChars);
      const { passwordHasher, passwordDigest } = read;
      const hasher = get(passwordHasher);
      if (passwordDigest.length > maxDigestChars) throw tooLongError(hasher, passwordDigest.length, maxDigestChars);
      if (hasher === undefined && isDisabledMarker(passwordDigest)) throw withoutPassword();
      if (hasher === undefined) throw unknownHasher(listAll(), passwordHasher, passwordDigest);
      let parsed: Parsed;
      try {
        parsed = hasher.parse(passwordDigest, read);
      } catch (error) {
        if (!(error instanceof DigestError)) throw error;
        throw explain(listAll(), hasher, passwordDigest, error);
      }
      if (hasher.prefixes.length === 0 && getFormat(hasher) === undefined && !isDynamicName(hasher.name)) {
        refuseSigned(hasher, passwordDigest);
      }
      return parsed;
    },
    identify: (passwordDigest: string) =>
      passwordDigest.length > MAX_DIGEST_CHARS ? [] : identifyUndamaged(listAll(), passwordDigest),
  });
}

/** @throws {TypeError} where an option is not a registry. */
export function checkRegistry(where: string, registry: Registry | undefined): void {
  if (registry === undefined) return;
  const methods = ['get', 'parse', 'identify'] as const;
  if (registry !== null && methods.every((method) => typeof registry[method] === 'function')) return;
  throw new TypeError(`${where}: registry must come from createRegistry (received ${describeReceived(registry)})`);
}

function checkedIterable(hashers: Iterable<AnyHasher>): Iterable<AnyHasher> {
  if (hashers !== null && typeof hashers === 'object' && Symbol.iterator in hashers) return hashers;
  throw new TypeError(`createRegistry: hashers must be an array of hashers (received ${describeReceived(hashers)})`);
}

function noHasher(received: unknown): TypeError {
  const advice = typeof received === 'string' ? ', such as the export bcrypt, not its name' : '';
  return new TypeError(
    `createRegistry: pass each hasher as an object${advice} (received ${describeReceived(received)})`,
  );
}

/** Over the limit of `digestChars`. */
export function tooLongError(hasher: AnyHasher | undefined, actual: number, max: number): DigestError {
  return digestError('ERR_LIMIT', `digest must be at most ${max} characters (is ${actual})`, {
    hasher: hasher?.name,
    field: 'digest',
    offset: max,
    limit: { param: 'digestChars', max, actual },
  });
}

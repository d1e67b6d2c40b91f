/** Digests of other systems as credentials, and damaged ones made whole: only what is certain. */

import { DigestError } from '../errors.js';
import type { Registry } from '../registry.js';
import type { Credential, Finding } from '../types.js';
import { MAX_DIGEST_CHARS } from './bounds.js';
import { isLooseText, listDamages, undoDamage } from './damage.js';
import { type Candidate, findLostPrefix, hasPrefix, identifyAmong, tryParse } from './identify.js';
import { indexNames, saysMore } from './names.js';
import { isSystemName, readAs, readSystem, type SystemName } from './systems/index.js';

/** A text that certainly is a digest, as a credential. */
export interface Conversion {
  /** In canonical form. */
  readonly credential: Credential;
  /** What to know of passwords there, though the conversion of the digest is exact. */
  readonly findings: readonly Finding[];
  /** Whose digest it was: another system and its format, or the hasher itself. */
  readonly title: string;
}

/**
 * The same digest as a credential in canonical form: another system's is converted, one that certainly is a hasher's own
 * is spelled canonically. Undefined where no hasher can hold it or more than one could be meant.
 * @param system who wrote it, where several systems write the same form.
 */
export function findConversion(registry: Registry, text: string, system?: SystemName): Conversion | undefined {
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  if (system === undefined) return convertBest(registry, text, registry.identify(text)[0]);
  const named = readAs(system, text);
  const credential = named && writeCanonical(registry, named.credential);
  return named && credential && { credential, findings: named.findings ?? [], title: named.title };
}

function convertBest(registry: Registry, text: string, best: Candidate | undefined): Conversion | undefined {
  if (best?.certainty !== 'certain') return undefined;
  const { hasher, convertible, findings } = best;
  // Part of a free text, or what a fold or a copy left in it: two readings.
  if (convertible === undefined && HIDDEN.test(text)) return undefined;
  const credential = writeCanonical(registry, convertible ?? { passwordHasher: hasher, passwordDigest: text });
  const title = convertible === undefined ? hasher : (readSystem(text)?.title ?? hasher);
  return credential && { credential, findings, title };
}

/** The credential of `conversionOf` alone. */
export function convertWith(registry: Registry, text: string, system?: SystemName): Credential | undefined {
  return findConversion(registry, text, system)?.credential;
}

/**
 * A credential that is refused or not canonical, repaired where that is certain: damage undone, another system's digest
 * converted, the hasher's name corrected, the canonical spelling. Undefined where nothing certain can be done, or need be.
 */
export function repairWith(registry: Registry, credential: Credential): Credential | undefined {
  const { passwordDigest } = credential;
  if (passwordDigest.length > MAX_DIGEST_CHARS) return undefined;
  const system = findSystem(registry, credential.passwordHasher);
  if (system !== undefined) {
    const convertNamed = (text: string) => convertWith(registry, text, system);
    const whole = convertNamed(passwordDigest);
    if (whole !== undefined) return whole;
    const named = undoDamage(listDamages(passwordDigest), convertNamed, isSame)?.value;
    if (named !== undefined) return hasLooseText(registry, named) ? undefined : named;
  }
  const passwordHasher = findMeantName(registry, credential.passwordHasher);
  const own = writeCanonical(registry, { passwordHasher, passwordDigest });
  if (own !== undefined) {
    return own.passwordHasher === credential.passwordHasher && own.passwordDigest === passwordDigest ? undefined : own;
  }
  const found = listDamages(passwordDigest);
  const whole = undoDamage(found, (text) => writeCanonical(registry, { passwordHasher, passwordDigest: text }), isSame);
  if (whole !== undefined) return whole.isDoubtful || hasLooseText(registry, whole.value) ? undefined : whole.value;
  const convert = (text: string): Credential | undefined => {
    if (!isOfAnother(registry, passwordHasher, text)) return undefined;
    const credential = convertBest(registry, text, identifyAmong(registry.hashers, text)[0])?.credential;
    const isNamed = registry.get(passwordHasher) !== undefined;
    if (credential === undefined || (!isNamed && saysMore(passwordHasher, credential.passwordHasher))) return undefined;
    return credential;
  };
  const converted = convert(passwordDigest);
  if (converted !== undefined) return converted;
  const another = undoDamage(found, convert, isSame);
  return another === undefined || another.isDoubtful || hasLooseText(registry, another.value)
    ? undefined
    : another.value;
}

/** In an export that damaged the digest, what may be more of that damage within its free text is. */
function hasLooseText(registry: Registry, credential: Credential): boolean {
  return registry.parse(credential).warnings.some(isLooseText);
}

const HIDDEN = /[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

function isSame(a: Credential, b: Credential): boolean {
  return a.passwordHasher === b.passwordHasher && a.passwordDigest === b.passwordDigest;
}

/** A system's name in the place of a hasher's says who wrote the digest. */
export function findSystem(registry: Registry, name: string): SystemName | undefined {
  return registry.get(name) === undefined && isSystemName(name) ? name : undefined;
}

function findMeantName(registry: Registry, name: string): string {
  return registry.get(name) === undefined ? (indexNames(registry.hashers).similarTo(name)?.name ?? name) : name;
}

/** A digest that is this hasher's and damaged stays so: a text salt of its twin would take the damage for salt. */
function isOfAnother(registry: Registry, name: string, text: string): boolean {
  const hasher = registry.get(name);
  if (hasher === undefined) return true;
  if (!hasPrefix(hasher, text)) return findLostPrefix(hasher, text) === undefined;
  if (readSystem(text)?.credential !== undefined) return true;
  try {
    hasher.parse(text);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    // One without its pepper may be of a table that has the pepper elsewhere.
    return error.code === 'ERR_WRONG_HASHER' && error.field !== 'pepper';
  }
  return false;
}

/** By the registry's own parse, whose checks go beyond the hasher's: another's signature, the bound on the length. */
function writeCanonical(registry: Registry, credential: Credential): Credential | undefined {
  const hasher = registry.get(credential.passwordHasher);
  // Asked first: the registry would spend its explanation on an error that is not read.
  if (hasher === undefined || tryParse(hasher, credential.passwordDigest) === undefined) return undefined;
  try {
    return { passwordHasher: hasher.name, passwordDigest: hasher.serialize(registry.parse(credential)) };
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

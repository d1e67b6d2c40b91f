/** Digests of other systems as credentials, and damaged ones made whole: only what is certain. */

import { namedReceived } from '../encoding/received.js';
import { DigestError } from '../errors.js';
import type { AnyHasher, Companions, Credential, Finding, Parsed } from '../types.js';
import { MAX_DIGEST_CHARS } from './bounds.js';
import { isLooseText, listDamages, undoDamage } from './damage.js';
import { type Candidate, findLostPrefix, hasPrefix, identifyAmong, tryParse } from './identify.js';
import { indexNames, saysMore } from './names.js';
import { renotate } from './renotate.js';
import { isSystemName, readAs, readSystem, type SystemName } from './systems/index.js';

/** The hashers that a conversion may end at, and what is asked of them: a registry is one. */
export interface HasherTable {
  readonly hashers: readonly AnyHasher[];
  get(name: string): AnyHasher | undefined;
  /** @throws {DigestError} */
  parse(credential: Credential): Parsed;
  /** Best first. */
  identify(text: string): readonly Candidate[];
}

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
export function findConversion(table: HasherTable, text: string, system?: SystemName): Conversion | undefined {
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  if (system === undefined) return convertBest(table, text, table.identify(text)[0]);
  const named = readAs(system, text);
  const credential = named && writeCanonical(table, named.credential);
  return named && credential && { credential, findings: named.findings ?? [], title: named.title };
}

function convertBest(table: HasherTable, text: string, best: Candidate | undefined): Conversion | undefined {
  if (best?.certainty !== 'certain') return undefined;
  const { hasher, convertible, findings } = best;
  // Part of a free text, or what a fold or a copy left in it: two readings.
  if (convertible === undefined && HIDDEN.test(text)) return undefined;
  const credential = writeCanonical(table, convertible ?? { passwordHasher: hasher, passwordDigest: text });
  const title = convertible === undefined ? hasher : (readSystem(text)?.title ?? hasher);
  return credential && { credential, findings, title };
}

/**
 * The digest as one of the hasher `to`, whatever notation it is in. Undefined where it is of another derivation, or where
 * readings of it differ.
 * @param companions of its row.
 * @throws {TypeError} where the table lacks `to`.
 */
export function convertTo(
  table: HasherTable,
  text: string,
  to: string,
  companions: Companions = {},
): Credential | undefined {
  const target = table.get(to);
  if (target === undefined)
    throw new TypeError(`convert: to must be the name of a hasher (received ${namedReceived(to)})`);
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  const found: Credential[] = [];
  for (const { hasher: name, convertible } of table.identify(text)) {
    const hasher = table.get(convertible?.passwordHasher ?? name);
    const parsed = hasher && tryParse(hasher, convertible?.passwordDigest ?? text, companions);
    const made = hasher && parsed && renotate(hasher, parsed, target);
    if (made !== undefined && !found.some((one) => isSame(one, made))) found.push(made);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** The credential of `conversionOf` alone. */
export function convertWith(table: HasherTable, text: string, system?: SystemName): Credential | undefined {
  return findConversion(table, text, system)?.credential;
}

/**
 * A credential that is refused or not canonical, repaired where that is certain: damage undone, another system's digest
 * converted, the hasher's name corrected, the canonical spelling. Undefined where nothing certain can be done, or need be.
 */
export function repairWith(table: HasherTable, credential: Credential): Credential | undefined {
  const { passwordHasher: _, passwordDigest, ...companions } = credential;
  if (passwordDigest.length > MAX_DIGEST_CHARS) return undefined;
  const system = findSystem(table, credential.passwordHasher);
  if (system !== undefined) {
    const convertNamed = (text: string) => convertWith(table, text, system);
    const whole = convertNamed(passwordDigest);
    if (whole !== undefined) return whole;
    const named = undoDamage(listDamages(passwordDigest), convertNamed, isSame)?.value;
    if (named !== undefined) return hasLooseText(table, named) ? undefined : named;
  }
  const passwordHasher = findMeantName(table, credential.passwordHasher);
  const own = writeCanonical(table, { ...companions, passwordHasher, passwordDigest });
  if (own !== undefined) {
    return own.passwordHasher === credential.passwordHasher && own.passwordDigest === passwordDigest ? undefined : own;
  }
  const found = listDamages(passwordDigest);
  const whole = undoDamage(
    found,
    (text) => writeCanonical(table, { ...companions, passwordHasher, passwordDigest: text }),
    isSame,
  );
  if (whole !== undefined) return whole.isDoubtful || hasLooseText(table, whole.value) ? undefined : whole.value;
  const convert = (text: string): Credential | undefined => {
    if (!isOfAnother(table, passwordHasher, text)) return undefined;
    const credential = convertBest(table, text, identifyAmong(table.hashers, text)[0])?.credential;
    const isNamed = table.get(passwordHasher) !== undefined;
    if (credential === undefined || (!isNamed && saysMore(passwordHasher, credential.passwordHasher))) return undefined;
    return credential;
  };
  const converted = convert(passwordDigest);
  if (converted !== undefined) return converted;
  const another = undoDamage(found, convert, isSame);
  return another === undefined || another.isDoubtful || hasLooseText(table, another.value) ? undefined : another.value;
}

/** In an export that damaged the digest, what may be more of that damage within its free text is. */
function hasLooseText(table: HasherTable, credential: Credential): boolean {
  return table.parse(credential).warnings.some(isLooseText);
}

const HIDDEN = /[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

function isSame(a: Credential, b: Credential): boolean {
  return a.passwordHasher === b.passwordHasher && a.passwordDigest === b.passwordDigest;
}

/** A system's name in the place of a hasher's says who wrote the digest. */
export function findSystem(table: HasherTable, name: string): SystemName | undefined {
  return table.get(name) === undefined && isSystemName(name) ? name : undefined;
}

function findMeantName(table: HasherTable, name: string): string {
  return table.get(name) === undefined ? (indexNames(table.hashers).similarTo(name)?.name ?? name) : name;
}

/** A digest that is this hasher's and damaged stays so: a text salt of its twin would take the damage for salt. */
function isOfAnother(table: HasherTable, name: string, text: string): boolean {
  const hasher = table.get(name);
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

/** By the table's own parse, whose checks go beyond the hasher's: another's signature, the bound on the length. */
function writeCanonical(table: HasherTable, credential: Credential): Credential | undefined {
  const hasher = table.get(credential.passwordHasher);
  // Asked first: the table would spend its explanation on an error that is not read.
  const { passwordHasher: _, passwordDigest, ...companions } = credential;
  if (hasher === undefined || tryParse(hasher, passwordDigest, companions) === undefined) return undefined;
  try {
    const written = hasher.serialize(table.parse(credential));
    return { ...companions, passwordHasher: hasher.name, passwordDigest: written };
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

/** The library's functions over all hashers, the same on every platform. */

import { readCredential } from './credential.js';
import { checkedOptions, describeReceived } from './encoding/received.js';
import { DigestError } from './errors.js';
import { clerkHashers, formatTable } from './hashers/index.js';
import { needsRehashFor } from './login/needs-rehash.js';
import type { UpgradeHasher, UpgradeTarget } from './login/recipes.js';
import { createUpgradeScheme } from './login/upgrade-scheme.js';
import { limitsFrom } from './policy.js';
import { convertTo, convertWith, repairWith } from './recognize/convert.js';
import type { Candidate } from './recognize/identify.js';
import { checkedSystem, type SystemName } from './recognize/systems/index.js';
import { checkRegistry, createOpenRegistry, createRegistry, type Registry } from './registry.js';
import { findTarget, type ImportTarget, type TargetName } from './targets/index.js';
import type { Companions, Credential, LimitOptions, Parsed, StoredCredential } from './types.js';
import { type Validation, validateWith } from './validate.js';

/** The import API's 22 hashers, and all formats. */
export const defaultRegistry: Registry = createOpenRegistry(clerkHashers, formatTable);
/** The import API's 22 hashers. */
export const clerkRegistry: Registry = createRegistry(clerkHashers);

export interface RegistryOption {
  /** Formats that are known. Default: all. */
  readonly registry?: Registry | undefined;
}

const REGISTRY: readonly string[] = ['registry'];

function readRegistry(
  where: string,
  options: RegistryOption | undefined,
  known: readonly string[] = REGISTRY,
): Registry {
  const { registry } = checkedOptions(where, options, known);
  checkRegistry(where, registry);
  return registry ?? defaultRegistry;
}

/**
 * The digest, read by its hasher.
 * @throws {DigestError} with code, field and offset.
 */
export function parse(credential: StoredCredential, options?: RegistryOption): Parsed {
  return readRegistry('parse', options).parse(credential);
}

export interface ValidateOptions extends RegistryOption {
  readonly limits?: LimitOptions | undefined;
  /** Where the digest is to work: a target's name, or a profile of your own. */
  readonly target?: TargetName | ImportTarget | undefined;
}

/** Whether a digest can verify, with everything worth saying about it. Never throws for data. */
export function validate(credential: StoredCredential, options: ValidateOptions = {}): Validation {
  const registry = readRegistry('validate', options, [...REGISTRY, 'limits', 'target']);
  const { limits, target } = options;
  const profile = typeof target === 'string' ? findTarget(target) : checkedTarget(target);
  return validateWith(registry, credential, { limits: limitsFrom(limits), target: profile });
}

/** @throws {TypeError} on an invalid profile. */
function checkedTarget(target: ImportTarget | undefined): ImportTarget | undefined {
  if (
    target === undefined ||
    (typeof target === 'object' && target?.rules !== null && typeof target?.rules === 'object')
  )
    return target;
  throw new TypeError(`validate: target must be a target's name or a profile (received ${describeReceived(target)})`);
}

/** Which hashers a digest fits, best first; empty where none. */
export function identify(passwordDigest: string, options?: RegistryOption): Candidate[] {
  return readRegistry('identify', options).identify(checkedText('identify', passwordDigest));
}

export interface ConvertOptions extends RegistryOption {
  /** The system that wrote the digest, where several write the same form. */
  readonly system?: SystemName | undefined;
  /** The hasher whose notation the same digest is wanted in. */
  readonly to?: string | undefined;
  /** With `to`: what the digest has in other columns of its row. */
  readonly companions?: Companions | undefined;
}

/**
 * A digest of another system as a credential; a digest that certainly is one of the hashers', in canonical form.
 * Undefined where no hasher can hold it, or more than one could be meant and `system` does not say which.
 */
export function convert(text: string, options: ConvertOptions = {}): Credential | undefined {
  const registry = readRegistry('convert', options, [...REGISTRY, 'system', 'to', 'companions']);
  const { to, companions } = options;
  if (to !== undefined) return convertTo(registry, checkedText('convert', text), to, companions);
  return convertWith(registry, checkedText('convert', text), checkedSystem(options.system));
}

/** A refused or non-canonical credential, repaired where that is certain; undefined where nothing is to be done. */
export function repair(credential: StoredCredential, options?: RegistryOption): Credential | undefined {
  const registry = readRegistry('repair', options);
  try {
    return repairWith(registry, readCredential(registry, credential));
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

export interface NeedsRehashOptions extends RegistryOption {
  readonly limits?: LimitOptions | undefined;
}

/**
 * Whether a match of this digest should lead to a new one: its parameters are under the published minimum, its hash
 * function is fast or broken, or a digest of `upgradeTo` would be the stronger one. `verify` gives the reasons.
 * @param upgradeTo the scheme of new digests. Default: published minima alone.
 * @throws {DigestError} where the digest cannot be verified at all.
 * @throws {TypeError} on an invalid `upgradeTo`.
 */
export function needsRehash(
  credential: StoredCredential,
  upgradeTo?: UpgradeHasher | UpgradeTarget,
  options: NeedsRehashOptions = {},
): boolean {
  const registry = readRegistry('needsRehash', options, [...REGISTRY, 'limits']);
  const limits = limitsFrom(options.limits);
  // A pepper costs nothing: what the digest is measured against is bcrypt.
  const wanted = upgradeTo === undefined ? undefined : createUpgradeScheme(registry, limits, upgradeTo, NO_PEPPER);
  return needsRehashFor(registry, limits, credential, wanted);
}

const NO_PEPPER: Uint8Array = new Uint8Array([0x2d]);

function checkedText(where: string, text: string): string {
  if (typeof text === 'string') return text;
  throw new TypeError(`${where}: a digest must be a string (received ${describeReceived(text)})`);
}

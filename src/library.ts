/** The library's functions over the 22 hashers, the same on every platform. */
import { hashers } from './hashers/index.js';
import { limitsFrom } from './policy.js';
import { convertWith, repairWith } from './recognize/convert.js';
import type { Candidate } from './recognize/identify.js';
import { createRegistry, type Registry } from './registry.js';
import type { Target } from './targets/contract.js';
import type { TargetName } from './targets/index.js';
import { targetNamed } from './targets/index.js';
import type { Credential, Limits, Parsed } from './types.js';
import { type Validation, validateWith } from './validate.js';

/** The 22 hashers. */
export const defaultRegistry: Registry = createRegistry(hashers);

export interface RegistryOption {
  /** Which formats are known; the 22 where absent. */
  readonly registry?: Registry;
}

/**
 * The digest, read by its hasher.
 * @throws {DigestError} with code, field and offset.
 */
export function parse(credential: Credential, { registry = defaultRegistry }: RegistryOption = {}): Parsed {
  return registry.parse(credential);
}

export interface ValidateOptions extends RegistryOption {
  readonly limits?: Partial<Limits>;
  /** Where the digest is to work: a target's name, or a profile of your own. */
  readonly target?: TargetName | Target;
}

/** Whether a digest can verify, with everything worth saying about it. Never throws for data. */
export function validate(credential: Credential, options: ValidateOptions = {}): Validation {
  const { limits, target, registry = defaultRegistry } = options;
  const profile = typeof target === 'string' ? targetNamed(target) : target;
  return validateWith(registry, credential, { limits: limitsFrom(limits), target: profile });
}

/** Which hashers a digest fits, best first; empty where none. */
export function identify(passwordDigest: string, { registry = defaultRegistry }: RegistryOption = {}): Candidate[] {
  return registry.identify(checkedText(passwordDigest));
}

/**
 * A digest of another system as a credential; a digest that certainly is one of the hashers', in canonical form.
 * Undefined where no hasher can hold it, or more than one could be meant.
 */
export function convert(text: string, { registry = defaultRegistry }: RegistryOption = {}): Credential | undefined {
  return convertWith(registry, checkedText(text));
}

/** A refused or non-canonical credential, mended where that is certain; undefined where nothing is to be done. */
export function repair(
  credential: Credential,
  { registry = defaultRegistry }: RegistryOption = {},
): Credential | undefined {
  return repairWith(registry, credential);
}

function checkedText(text: string): string {
  if (typeof text !== 'string') throw new TypeError('a digest is a string');
  return text;
}

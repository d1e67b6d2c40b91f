/** Will this digest verify? Parse, limits, target: everything short of a password. Never throws for data. */

import { readCredential } from './credential.js';
import { DigestError } from './errors.js';
import { overLimit, placed, strengthNotes } from './policy.js';
import type { Registry } from './registry.js';
import { checkSpelling, checkTarget, type ImportTarget } from './targets/index.js';
import type { AnyHasher, Credential, Finding, Limits, Params, Parsed, StoredCredential } from './types.js';

export type Validation =
  | { readonly ok: true; readonly parsed: Parsed; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly error: DigestError };

/** What a digest must satisfy besides its grammar. */
export interface Rules {
  readonly limits: Limits;
  /** Where the digest is to work; absent: here. */
  readonly target?: ImportTarget | undefined;
}

/** @throws {TypeError} where the argument is not a credential at all. */
export function validateWith(registry: Registry, stored: StoredCredential, rules: Rules): Validation {
  let credential: Credential;
  let parsed: Parsed;
  let assessment: DigestError | readonly Finding[];
  let hasher: AnyHasher;
  try {
    credential = readCredential(registry, stored, rules.limits.digestChars);
    parsed = registry.parse(credential, rules.limits.digestChars);
    hasher = registry.get(credential.passwordHasher) as AnyHasher;
    assessment = assess(hasher, parsed.params, rules);
  } catch (error) {
    if (error instanceof DigestError) return { ok: false, error };
    throw error;
  }
  if (assessment instanceof DigestError) {
    return { ok: false, error: placed(assessment, hasher, credential.passwordDigest) };
  }
  const error = rules.target && checkSpelling(rules.target, hasher.name, parsed.warnings);
  if (error !== undefined) return { ok: false, error };
  const here = assessment.map((finding) => placedFinding(finding, hasher, credential.passwordDigest));
  return { ok: true, parsed, warnings: [...parsed.warnings, ...here] };
}

/** A finding about a field, with the field's place in this digest. */
function placedFinding(finding: Finding, hasher: AnyHasher, digest: string): Finding {
  const offset = finding.field === undefined ? undefined : hasher.locate?.(digest, finding.field);
  return offset === undefined ? finding : { ...finding, offset };
}

/** What holds of every digest of this hasher with these parameters, whatever its salt and hash. */
export function assess(hasher: AnyHasher, params: Params, { limits, target }: Rules): DigestError | readonly Finding[] {
  const cost = hasher.cost(params);
  const error = overLimit(hasher.name, cost, limits);
  if (error !== undefined) return error;
  const verdict = target === undefined ? [] : checkTarget(target, hasher.name, params);
  return verdict instanceof DigestError ? verdict : [...verdict, ...strengthNotes(hasher, cost)];
}

/** Will this digest verify? Parse, limits, target: everything short of a password. Never throws for data. */
import { DigestError } from './errors.js';
import { overLimit, placed, strengthNotes } from './policy.js';
import type { Registry } from './registry.js';
import type { Target } from './targets/contract.js';
import { checkSpelling, checkTarget } from './targets/index.js';
import type { AnyHasher, Credential, Finding, Limits, Params, Parsed } from './types.js';

export type Validation =
  | { readonly ok: true; readonly parsed: Parsed; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly error: DigestError };

/** What a digest must satisfy besides its grammar. */
export interface Rules {
  readonly limits: Limits;
  /** Where the digest is to work; absent: here. */
  readonly target?: Target | undefined;
}

/** @throws {TypeError} where the credential is not of two strings. */
export function validateWith(registry: Registry, credential: Credential, rules: Rules): Validation {
  let parsed: Parsed;
  try {
    parsed = registry.parse(credential, rules.limits.digestChars);
  } catch (error) {
    if (error instanceof DigestError) return { ok: false, error };
    throw error;
  }
  const hasher = registry.get(credential.passwordHasher) as AnyHasher;
  const assessment = assess(hasher, parsed.params, rules);
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

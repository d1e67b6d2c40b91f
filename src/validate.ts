/** Will this digest verify? Parse, limits, target: everything short of a password. Never throws for data. */
import { DigestError } from './errors.js';
import { overLimit, strengthNotes } from './policy.js';
import type { Registry } from './registry.js';
import type { Target } from './targets/contract.js';
import { checkTarget } from './targets/index.js';
import type { AnyHasher, Credential, Finding, Limits, Parsed } from './types.js';

export type Validation =
  | { readonly ok: true; readonly parsed: Parsed; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly error: DigestError };

/**
 * @param target where the digest is to work; without it, here.
 * @throws {TypeError} where the credential is not of two strings.
 */
export function validateWith(registry: Registry, credential: Credential, limits: Limits, target?: Target): Validation {
  let parsed: Parsed;
  try {
    parsed = registry.parse(credential, limits.digestChars);
  } catch (error) {
    if (error instanceof DigestError) return { ok: false, error };
    throw error;
  }
  const hasher = registry.get(credential.passwordHasher) as AnyHasher;
  const error = overLimit(hasher.name, hasher.cost(parsed.params), limits);
  if (error !== undefined) return { ok: false, error };
  const verdict = target === undefined ? [] : checkTarget(target, hasher.name, parsed);
  if (verdict instanceof DigestError) return { ok: false, error: verdict };
  return { ok: true, parsed, warnings: [...parsed.warnings, ...verdict, ...strengthNotes(hasher, parsed)] };
}

/**
 * digestry without any Node API, native module or thread: browsers, edge functions, other runtimes. Costly work runs in
 * slices on the calling thread.
 */
import { portableCatalogue } from './kdf/catalogue-portable.js';
import type { CallOptions } from './kdf/select.js';
import { defaultRegistry } from './library.js';
import { type Verifier, type VerifierOptions, verifierOn } from './login/verifier.js';
import type { Credential, Password, Verdict } from './types.js';

export { type ConformanceFailure, type ConformanceVector, conformance } from './conformance.js';
export { DigestError, type ErrorCode, type LimitDetail } from './errors.js';
export { defineHasher, type HasherDefinition, parsed } from './hashers/define.js';
export { type HasherName, hashers } from './hashers/index.js';
export { md5Salted } from './hashers/md5-salted.js';
export { sha256Salted } from './hashers/sha256-salted.js';
export { convert, identify, parse, repair, type ValidateOptions, validate } from './library.js';
export { DEFAULT_LIMITS } from './policy.js';
export type { Candidate } from './recognize/identify.js';
export { createRegistry, type Registry } from './registry.js';
export { type TargetName, targets } from './targets/index.js';
export type { Credential, Finding, Hasher, Limits, Parsed, Password, RehashReason, Verdict } from './types.js';
export type { Validation } from './validate.js';

/** A verifier of your own: other formats or limits. */
export function createVerifier(options?: VerifierOptions): Verifier {
  return verifierOn({ catalogue: portableCatalogue, registry: defaultRegistry }, options);
}

let shared: Verifier | undefined;

/** Whether the password is the one of the credential. Never rejects for data: a malformed digest is the verdict `rejected`. */
export function verify(password: Password, credential: Credential, options?: CallOptions): Promise<Verdict> {
  shared ??= createVerifier();
  return shared.verify(password, credential, options);
}

/** digestry for Node: the whole public API. */
import { createWorkerThread } from './engine/worker-thread.js';
import { nodeCatalogue } from './kdf/catalogue-node.js';
import type { CallOptions } from './kdf/select.js';
import { defaultRegistry } from './library.js';
import { type Verifier, type VerifierOptions, verifierOn } from './login/verifier.js';
import type { Credential, Password, Verdict } from './types.js';

export { type ConformanceFailure, type ConformanceVector, conformance } from './conformance.js';
export { DigestError, type DigestErrorDetail, type ErrorCode, type LimitDetail } from './errors.js';
export { defineHasher, type HasherDefinition, parsed } from './hashers/define.js';
export type { SaltedOptions, SaltOrder } from './hashers/forms/salted.js';
export { type HasherName, hashers } from './hashers/index.js';
export { md5Salted } from './hashers/md5-salted.js';
export { sha256Salted } from './hashers/sha256-salted.js';
export type { Kdfs } from './jobs.js';
export type { BackendKind } from './kdf/contract.js';
export { argon2Cost, bcryptCost, chainCost, digestCost, pbkdf2Cost, scryptCost } from './kdf/cost.js';
export type { BackendChoice, BackendReport, CallOptions } from './kdf/select.js';
export { convert, identify, parse, repair, type ValidateOptions, validate } from './library.js';
export type { Verifier, VerifierOptions } from './login/verifier.js';
export { DEFAULT_LIMITS } from './policy.js';
export type { Candidate } from './recognize/identify.js';
export { createRegistry, type Registry } from './registry.js';
export type { HasherRule, ParamRule, Source, Target } from './targets/contract.js';
export { type TargetName, targets } from './targets/index.js';
export type {
  AnyHasher,
  Cost,
  Credential,
  Demand,
  Finding,
  Hasher,
  KdfName,
  LimitName,
  Limits,
  NoteCode,
  Params,
  Parsed,
  Password,
  RehashReason,
  Verdict,
  WarningCode,
} from './types.js';
export type { Validation } from './validate.js';

/** A verifier of your own: other formats, limits or backends. Close it, or let the process end by itself. */
export function createVerifier(options?: VerifierOptions): Verifier {
  return verifierOn(
    { catalogue: nodeCatalogue, registry: defaultRegistry, thread: () => createWorkerThread() },
    options,
  );
}

let shared: Verifier | undefined;

/**
 * Whether the password is the one of the credential, by the shared default verifier. Costly work runs off the event loop.
 * Never rejects for data: a malformed digest is the verdict `rejected`.
 */
export function verify(password: Password, credential: Credential, options?: CallOptions): Promise<Verdict> {
  shared ??= createVerifier();
  return shared.verify(password, credential, options);
}

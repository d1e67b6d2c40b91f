/** digestry for Node: the whole public API. */

import { type Conformance, createConformance } from './conformance.js';
import { createNodeEngine } from './engine/node.js';
import { nodeCatalogue } from './kdf/catalogue-node.js';
import { defaultRegistry } from './library.js';
import type { AnyVerdict, Companions } from './login/any.js';
import { callDefault, createDefaultVerifier } from './login/default-verifier.js';
import type { VerifierOptions, VerifyOptions } from './login/options.js';
import { createVerifierFor, type Verifier } from './login/verifier.js';
import type { Password, StoredCredential, Verdict } from './types.js';

export * from './public.js';

/** The suite that a plug-in's own tests run; its costly work derives with the backends of this entry point. */
export const conformance: Conformance = createConformance(nodeCatalogue);

/** A verifier of your own: other formats, limits or backends. Close it, or let the process end by itself. */
export function createVerifier(options?: VerifierOptions): Verifier {
  return createVerifierFor({ catalogue: nodeCatalogue, registry: defaultRegistry, engine: createNodeEngine }, options);
}

/**
 * The verifier that `verify` uses. It is made when it is first needed, and need not be closed; after its `close()` the
 * next call makes another one.
 */
export const defaultVerifier: () => Verifier = createDefaultVerifier(() => createVerifier());

/**
 * Whether the password is the one of the credential, by the shared default verifier. Costly work runs off the event loop.
 * Never rejects for data: a malformed digest is the verdict `rejected`.
 */
export function verify(password: Password, credential: StoredCredential, options?: VerifyOptions): Promise<Verdict> {
  return callDefault(defaultVerifier, (verifier) => verifier.verify(password, credential, options));
}

/** The same for a digest that is stored without the name of its hasher: says which one matched. */
export function verifyAny(
  password: Password,
  passwordDigest: StoredCredential['passwordDigest'],
  companions?: Companions,
  options?: VerifyOptions,
): Promise<AnyVerdict> {
  return callDefault(defaultVerifier, (verifier) => verifier.verifyAny(password, passwordDigest, companions, options));
}

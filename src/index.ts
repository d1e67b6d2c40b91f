/** digestry for Node: the whole public API. */

import { type Conformance, createConformance } from './conformance/index.js';
import { createNodeEngine } from './engine/node.js';
import { nodeCatalogue } from './kdf/catalogue-node.js';
import { defaultRegistry } from './library.js';
import type { Verifier } from './login/contract.js';
import { createDefaultFunctions, type DefaultFunctions } from './login/default-verifier.js';
import type { VerifierOptions } from './login/options.js';
import { createVerifierFor } from './login/verifier.js';

export * from './public.js';

/** The suite that a plug-in's own tests run; its costly work derives with the backends of this entry point. */
export const conformance: Conformance = createConformance(nodeCatalogue);

/** A verifier of your own: other formats, limits or backends. Close it, or let the process end. */
export function createVerifier(options?: VerifierOptions): Verifier {
  return createVerifierFor({ catalogue: nodeCatalogue, registry: defaultRegistry, engine: createNodeEngine }, options);
}

const defaults: DefaultFunctions = /* @__PURE__ */ createDefaultFunctions(() => createVerifier());

/**
 * The verifier that `verify` uses. It is made when it is first needed, and need not be closed; after its `close()` the
 * next call makes another one.
 */
export const defaultVerifier: DefaultFunctions['defaultVerifier'] = defaults.defaultVerifier;

/**
 * Whether the password is the one of the credential, by the default verifier. Costly work runs off the event loop.
 * Never rejects for data: a malformed digest is the verdict `rejected`.
 */
export const verify: DefaultFunctions['verify'] = defaults.verify;

/** The same for a digest that is stored without the name of its hasher: says which one matched. */
export const verifyAny: DefaultFunctions['verifyAny'] = defaults.verifyAny;

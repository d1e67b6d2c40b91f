/**
 * digestry without any Node API, native module or thread: browsers, edge functions, other runtimes. Costly work runs in
 * slices on the calling thread.
 */

import { type Conformance, createConformance } from './conformance/index.js';
import { createPortableEngine } from './engine/portable.js';
import { portableCatalogue } from './kdf/catalogue-portable.js';
import { defaultRegistry } from './library.js';
import type { Verifier } from './login/contract.js';
import { createDefaultFunctions, type DefaultFunctions } from './login/default-verifier.js';
import type { VerifierOptions } from './login/options.js';
import { createVerifierFor } from './login/verifier.js';

export * from './public.js';

/** The suite that a plug-in's own tests run; its costly work derives with the backends of this entry point. */
export const conformance: Conformance = createConformance(portableCatalogue);

/** Without `threads`: this entry point starts none. `stats().threadless` says so to code that passes it all the same. */
export type PortableVerifierOptions = Omit<VerifierOptions, 'threads'>;

/** A verifier of your own: other formats or limits. */
export function createVerifier(options?: PortableVerifierOptions): Verifier {
  return createVerifierFor(
    {
      catalogue: portableCatalogue,
      registry: defaultRegistry,
      engine: createPortableEngine,
    },
    options,
  );
}

const defaults: DefaultFunctions = /* @__PURE__ */ createDefaultFunctions(() => createVerifier());

/**
 * The verifier that `verify` uses. It is made when it is first needed, and need not be closed; after its `close()` the
 * next call makes another one.
 */
export const defaultVerifier: DefaultFunctions['defaultVerifier'] = defaults.defaultVerifier;

/**
 * Whether the password is the one of the credential, by the default verifier.
 * Never rejects for data: a malformed digest is the verdict `rejected`.
 */
export const verify: DefaultFunctions['verify'] = defaults.verify;

/** The same for a digest that is stored without the name of its hasher: says which one matched. */
export const verifyAny: DefaultFunctions['verifyAny'] = defaults.verifyAny;

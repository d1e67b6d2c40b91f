/**
 * digestry without any Node API, native module or thread: browsers, edge functions, other runtimes. Costly work runs in
 * slices on the calling thread.
 */

import { type Conformance, createConformance } from './conformance.js';
import { createPortableEngine } from './engine/portable.js';
import { portableCatalogue } from './kdf/catalogue-portable.js';
import { defaultRegistry } from './library.js';
import type { AnyVerdict, Companions } from './login/any.js';
import { callDefault, createDefaultVerifier } from './login/default-verifier.js';
import type { VerifierOptions, VerifyOptions } from './login/options.js';
import { createVerifierFor, type Verifier } from './login/verifier.js';
import type { Password, StoredCredential, Verdict } from './types.js';

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

/**
 * The verifier that `verify` uses. It is made when it is first needed, and need not be closed; after its `close()` the
 * next call makes another one.
 */
export const defaultVerifier: () => Verifier = createDefaultVerifier(() => createVerifier());

/** Whether the password is the one of the credential. Never rejects for data: a malformed digest is the verdict `rejected`. */
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

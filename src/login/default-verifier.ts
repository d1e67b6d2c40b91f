/** An entry point's own `verify` and `verifyAny`, and the verifier that they share. */
import { DigestError } from '../errors.js';
import type { Companions, Password, StoredCredential, Verdict } from '../types.js';
import type { AnyVerdict } from './any.js';
import type { Verifier } from './contract.js';
import type { RejectedVerdict } from './equalize-work.js';
import type { VerifyOptions } from './options.js';
import { replaceClose } from './verifier.js';

export interface DefaultFunctions {
  readonly defaultVerifier: () => Verifier;
  readonly verify: (password: Password, credential: StoredCredential, options?: VerifyOptions) => Promise<Verdict>;
  readonly verifyAny: (
    password: Password,
    passwordDigest: StoredCredential['passwordDigest'],
    companions?: Companions,
    options?: VerifyOptions,
  ) => Promise<AnyVerdict>;
}

/** @param create the verifier: called when it is first needed, and again after its `close()`. */
export function createDefaultFunctions(create: () => Verifier): DefaultFunctions {
  let current: Verifier | undefined;
  function defaultVerifier(): Verifier {
    if (current !== undefined) return current;
    const made = create();
    const closeMade = made.close;
    current = replaceClose(made, () => {
      if (current === made) current = undefined;
      return closeMade();
    });
    return made;
  }
  return {
    defaultVerifier,
    verify: (password, credential, options) =>
      callDefault(defaultVerifier, (verifier) => verifier.verify(password, credential, options)),
    verifyAny: (password, passwordDigest, companions, options) =>
      callDefault(defaultVerifier, (verifier) => verifier.verifyAny(password, passwordDigest, companions, options)),
  };
}

/** The answer of a verifier that may fail to be made, as on a platform without what it needs. */
function callDefault<V>(
  verifier: () => Verifier,
  call: (verifier: Verifier) => Promise<V>,
): Promise<V | RejectedVerdict> {
  try {
    return call(verifier());
  } catch (error) {
    if (error instanceof DigestError) return Promise.resolve({ outcome: 'rejected', error });
    return Promise.reject(error);
  }
}

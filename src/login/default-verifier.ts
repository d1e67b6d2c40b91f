/** The verifier of an entry point's own `verify`. */
import { DigestError } from '../errors.js';
import type { Rejection } from './equalize-work.js';
import type { Verifier } from './verifier.js';

/** Makes the verifier when it is first asked for; after its `close()`, another one. */
export function createDefaultVerifier(create: () => Verifier): () => Verifier {
  let current: Verifier | undefined;
  return () => {
    if (current !== undefined) return current;
    const made = create();
    const closeMade = made.close;
    const close = (): Promise<void> => {
      if (current === made) current = undefined;
      return closeMade();
    };
    current = Object.assign(made, { close, [Symbol.asyncDispose ?? 'close']: close });
    return made;
  };
}

/** The answer of a verifier that may fail to be made, as on a platform without what it needs. */
export function callDefault<V>(
  verifier: () => Verifier,
  call: (verifier: Verifier) => Promise<V>,
): Promise<V | Rejection> {
  try {
    return call(verifier());
  } catch (error) {
    if (error instanceof DigestError) return Promise.resolve({ outcome: 'rejected', error });
    return Promise.reject(error);
  }
}

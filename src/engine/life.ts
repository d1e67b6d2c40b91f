/** Promises that others make and may never settle: they are rejected with the end of the verifier that waits for them. */
import { type DigestError, digestError } from '../errors.js';

export interface Life {
  /** The promise, or ERR_CLOSED where the end comes first. */
  within<T>(promise: Promise<T>): Promise<T>;
  end(): void;
}

export function createLife(): Life {
  const waiting = new Set<(error: unknown) => void>();
  return {
    within<T>(promise: Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        promise.then(resolve, reject).then(() => waiting.delete(reject));
      });
    },
    end() {
      for (const reject of waiting) reject(closedError());
      waiting.clear();
    },
  };
}

/** A new one for each answer: the caller names its hasher in it. */
export function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'verifier is closed');
}

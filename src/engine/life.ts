/** Promises that others make and may never settle: they are rejected with the end of the verifier that waits for them. */
import { type DigestError, digestError } from '../errors.js';

export interface Life {
  /** The promise, or ERR_CLOSED where the end comes first. */
  within<T>(promise: Promise<T>): Promise<T>;
  /**
   * Calls back once, at the end; at once where that was before.
   * @param callback another one for each waiter.
   * @returns what takes the callback back.
   */
  onEnd(callback: () => void): () => void;
  end(): void;
}

export function createLife(): Life {
  const waiting = new Set<(error: unknown) => void>();
  const callbacks = new Set<() => void>();
  let ended = false;
  return {
    within<T>(promise: Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        promise.then(resolve, reject).then(() => waiting.delete(reject));
      });
    },
    onEnd(callback) {
      if (ended) callback();
      else callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    end() {
      ended = true;
      for (const reject of waiting) reject(closedError());
      waiting.clear();
      for (const callback of callbacks) callback();
      callbacks.clear();
    },
  };
}

/** A new one for each answer: the caller names its hasher in it. */
export function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'verifier is closed');
}

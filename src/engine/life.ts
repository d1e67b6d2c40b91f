/** Promises that others make and may never settle: they are rejected with the end of the verifier that waits for them. */
import { closedError } from './closed.js';

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

/** One listener on each AbortSignal, however many jobs wait for it: ten thousand of them are no leak to warn of. */
import type { AbortSignalLike } from '../encoding/brand.js';
import type { Halt } from './contract.js';

interface Hub {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const hubs = new WeakMap<AbortSignalLike, Hub>();

/**
 * Calls back once, when the signal aborts; never for a signal that has aborted already.
 * @param callback another one for each waiter.
 * @returns what takes the callback back. The last one to go takes the listener along.
 */
export function onAbort(signal: AbortSignalLike, callback: () => void): () => void {
  const { callbacks, listener } = hubs.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    hubs.delete(signal);
    signal.removeEventListener('abort', listener);
  };
}

function listen(signal: AbortSignalLike): Hub {
  const callbacks = new Set<() => void>();
  const listener = () => {
    hubs.delete(signal);
    for (const callback of callbacks) {
      callbacks.delete(callback);
      callback();
    }
  };
  signal.addEventListener('abort', listener, { once: true });
  const hub = { callbacks, listener };
  hubs.set(signal, hub);
  return hub;
}

/** Why it aborted; signals of polyfills do not say. */
export function reasonOf({ reason }: Halt): unknown {
  return reason ?? Object.assign(new Error('the operation was aborted'), { name: 'AbortError' });
}

/** @throws the reason of what has aborted. */
export function throwIfAborted(halt: Halt | undefined): undefined {
  if (halt?.aborted) throw reasonOf(halt);
}

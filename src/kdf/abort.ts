/** One listener on each AbortSignal, however many jobs wait for it: ten thousand of them must not cause a warning of a leak. */
import type { AbortSignalLike } from '../encoding/brand.js';
import type { Halt } from './contract.js';

interface SharedListener {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const listeners = new WeakMap<AbortSignalLike, SharedListener>();

/**
 * Calls back once, when the signal aborts; never for a signal that has aborted already.
 * @param callback another one for each waiter.
 * @returns what takes the callback back. The last one to go takes the listener along.
 */
export function onAbort(signal: AbortSignalLike, callback: () => void): () => void {
  const { callbacks, listener } = listeners.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    listeners.delete(signal);
    signal.removeEventListener('abort', listener);
  };
}

function listen(signal: AbortSignalLike): SharedListener {
  const callbacks = new Set<() => void>();
  const listener = () => {
    listeners.delete(signal);
    for (const callback of callbacks) {
      callbacks.delete(callback);
      callback();
    }
  };
  signal.addEventListener('abort', listener, { once: true });
  const shared = { callbacks, listener };
  listeners.set(signal, shared);
  return shared;
}

/** Why it aborted; signals of polyfills do not say. */
export function getAbortReason({ reason }: Halt): unknown {
  return reason ?? Object.assign(new Error('the operation was aborted'), { name: 'AbortError' });
}

/** @throws the reason of what has aborted. */
export function throwIfAborted(halt: Halt | undefined): undefined {
  if (halt?.aborted) throw getAbortReason(halt);
}

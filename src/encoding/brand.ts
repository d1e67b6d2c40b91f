/** What a value is, asked of the value itself: `instanceof` answers no for values of another realm (jsdom, vm contexts). */

const tagGetter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)
  ?.get as (this: unknown) => string | undefined;

/** A `Uint8Array` (or `Buffer`) of any realm. A proxy of one has no bytes of its own and is none. */
export function isBytes(value: unknown): value is Uint8Array {
  return typeof value === 'object' && value !== null && tagGetter.call(value) === 'Uint8Array';
}

/** What waits for an abort needs of a signal; polyfills have this much, and some have no more. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export function isAbortSignalLike(value: unknown): value is AbortSignalLike {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener, removeEventListener } = value as Record<string, unknown>;
  return (
    typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof removeEventListener === 'function'
  );
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as { readonly then?: unknown }).then === 'function';
}

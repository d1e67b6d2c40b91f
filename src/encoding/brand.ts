/** What a value is, asked of the value itself: `instanceof` answers no for values of another realm (jsdom, vm contexts). */

const TypedArrayPrototype: object = Object.getPrototypeOf(Uint8Array.prototype);
const tagGetter = Object.getOwnPropertyDescriptor(TypedArrayPrototype, Symbol.toStringTag)?.get as (
  this: unknown,
) => string | undefined;
const lengthGetter = Object.getOwnPropertyDescriptor(TypedArrayPrototype, 'byteLength')?.get as (
  this: Uint8Array,
) => number;

/** A `Uint8Array` (or `Buffer`) of any realm. A proxy of one has no bytes of its own, so it does not count. */
export function isBytes(value: unknown): value is Uint8Array {
  return typeof value === 'object' && value !== null && tagGetter.call(value) === 'Uint8Array';
}

/** How many bytes there are; a property of the value or of a subclass may say otherwise, or throw. */
export function getByteLength(bytes: Uint8Array): number {
  return lengthGetter.call(bytes);
}

/**
 * Copies the bytes without reading a property of the value. Undefined if they cannot be copied: their buffer was
 * transferred to another thread, or shrank below them, or memory is short.
 */
export function copyOfBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(bytes);
  } catch {
    return undefined;
  }
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

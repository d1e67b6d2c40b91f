/** Tables over the hashers of a registry: made at the first need, kept as long as the registry. */
import type { AnyHasher } from '../types.js';

/** The same answer for the same array: a registry's is frozen, and an export asks once a row. */
export function oncePerRegistry<T>(make: (hashers: readonly AnyHasher[]) => T): (hashers: readonly AnyHasher[]) => T {
  const made = new WeakMap<readonly AnyHasher[], T>();
  return (hashers) => {
    const known = made.get(hashers);
    if (known !== undefined) return known;
    const fresh = make(hashers);
    made.set(hashers, fresh);
    return fresh;
  };
}

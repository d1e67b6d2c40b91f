/** A map that holds at most `bound` keys: the smallest ones, whatever the order in which they come. Plain data. */

export interface BoundedMap<K, V> {
  readonly entries: Map<K, V>;
  readonly bound: number;
  /** The largest key, where the map is full. */
  largest: K | undefined;
}

export function createBoundedMap<K, V>(bound: number): BoundedMap<K, V> {
  return { entries: new Map(), bound, largest: undefined };
}

/**
 * @returns the value of the key, a fresh one for a new key; undefined where the map is full of smaller keys.
 * @param evict called with the value and the key that had to go.
 */
export function getOrEvict<K, V>(
  map: BoundedMap<K, V>,
  key: K,
  order: (a: K, b: K) => number,
  fresh: () => V,
  evict: (value: V, key: K) => void,
): V | undefined {
  const { entries } = map;
  const seen = entries.get(key);
  if (seen !== undefined) return seen;
  if (entries.size >= map.bound) {
    map.largest ??= findLargest(entries, order);
    const { largest } = map;
    if (order(key, largest) > 0) return undefined;
    const evicted = entries.get(largest) as V;
    entries.delete(largest);
    map.largest = undefined;
    evict(evicted, largest);
  }
  const value = fresh();
  entries.set(key, value);
  return value;
}

function findLargest<K, V>(entries: ReadonlyMap<K, V>, order: (a: K, b: K) => number): K {
  let largest: K | undefined;
  for (const key of entries.keys()) if (largest === undefined || order(key, largest) > 0) largest = key;
  return largest as K;
}

/** Numbers before words, each in their own order. */
export function byValue(a: number | string, b: number | string): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

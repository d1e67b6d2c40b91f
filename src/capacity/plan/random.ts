/** Numbers that look random and are the same in every run: a plan is not to change when nothing has. */

/** From 0 up to 1. splitmix32: Steele and others, Fast splittable pseudorandom number generators, OOPSLA 2014. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}

/** Draws the index of one of the shares, each as often as its size says. */
export function createDrawer(random: Random, shares: readonly number[]): () => number {
  let sum = 0;
  const ends = shares.map((share) => {
    sum += share;
    return sum;
  });
  return () => {
    const at = random() * sum;
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (ends[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

export interface Arrivals {
  /** Milliseconds from the start, ascending. */
  readonly atMs: Float64Array;
  /** Index of the kind of login. */
  readonly kind: Uint16Array;
}

/**
 * Poisson arrivals: each login is independent of the others.
 * @param shares of the kinds. Another rate with the same seed has the same logins, closer together or farther apart.
 */
export function poissonArrivals(perSecond: number, shares: readonly number[], count: number, seed: number): Arrivals {
  const random = seeded(seed);
  const draw = createDrawer(random, shares);
  const atMs = new Float64Array(count);
  const kind = new Uint16Array(count);
  let now = 0;
  for (let i = 0; i < count; i++) {
    now += (-Math.log(1 - random()) * 1000) / perSecond;
    atMs[i] = now;
    kind[i] = draw();
  }
  return { atMs, kind };
}

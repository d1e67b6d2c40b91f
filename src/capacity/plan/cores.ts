/**
 * Cores as an operating system hands them out: each has threads of its own that take turns, a thread that wakes goes to
 * the core with the fewest, and a core that runs out of them takes one from the core with the most (Linux: the wake-up
 * and newly-idle balance of its fair scheduler). Between that a thread stays where it is: the third of two cores halves
 * the speed of one of the others, and not of both a little, which is what makes the slowest in a hundred slow.
 */

/** Something that needs a core. */
export interface Running {
  /** Milliseconds on a core of its own. */
  left: number;
  /** How many times longer it takes where all cores are busy. From 1. */
  readonly crowding: number;
  readonly done: () => void;
}

export interface Cores {
  /** How many have something to do. */
  readonly busy: number;
  start(one: Running): void;
  /** What is done soonest, and in how many milliseconds if nothing starts before; `Infinity` where nothing runs. */
  soonest(): { readonly one: Running | undefined; readonly ms: number };
  /** Lets `ms` milliseconds pass: no more than until the soonest is done. */
  advance(ms: number): void;
  /** Takes it off its core. */
  remove(one: Running): void;
}

export function createCores(count: number): Cores {
  const cores: Running[][] = Array.from({ length: count }, () => []);
  let busy = 0;
  let threads = 0;

  function fewest(): Running[] {
    let least = cores[0] as Running[];
    for (const core of cores) {
      if (core.length < least.length) least = core;
      if (least.length === 0) break;
    }
    return least;
  }

  function most(): Running[] {
    let longest = cores[0] as Running[];
    for (const core of cores) if (core.length > longest.length) longest = core;
    return longest;
  }

  /** Milliseconds that pass while one on this core does a millisecond of its work. */
  function slowness(core: readonly Running[], { crowding }: Running): number {
    const crowd = count > 1 ? (busy - 1) / (count - 1) : 0;
    return core.length * (1 + (crowding - 1) * crowd);
  }

  return {
    get busy() {
      return busy;
    },
    start(one) {
      const core = fewest();
      if (core.length === 0) busy++;
      threads++;
      core.push(one);
    },
    soonest() {
      let soonest: Running | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const core of cores) {
        for (const one of core) {
          const ms = one.left * slowness(core, one);
          if (ms < least) {
            least = ms;
            soonest = one;
          }
        }
      }
      return { one: soonest, ms: least };
    },
    advance(ms) {
      for (const core of cores) for (const one of core) one.left -= ms / slowness(core, one);
    },
    remove(one) {
      const core = cores.find((all) => all.includes(one));
      if (core === undefined) return;
      threads--;
      core.splice(core.indexOf(one), 1);
      // With no more threads than cores, none waits for another.
      const stillBusy = core.length === 0 ? busy - 1 : busy;
      const longest = threads > stillBusy ? most() : core;
      // The one that came last has waited most for its turn.
      if (longest.length - core.length > 1) core.push(longest.pop() as Running);
      if (core.length === 0) busy--;
    },
  };
}

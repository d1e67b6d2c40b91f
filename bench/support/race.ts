/** Several ways of doing one thing, measured in turns: what slows the machine down meanwhile slows all of them. */
import { quantile } from '../../src/capacity/measure/statistics.js';

/** One of them. */
export interface Contestant {
  readonly name: string;
  /** Whether it gives the right answer, and none to a wrong password. A wrong answer is not measured. */
  proves(): boolean | Promise<boolean>;
  /** Milliseconds of one operation, found in about so many milliseconds. */
  measure(durationMs: number): Promise<number>;
}

export interface Race {
  /** Median milliseconds of one operation. */
  ms(one: Contestant): number;
  /** How many times faster `one` is than `other`: the median of the rounds, and their spread (see `Row`). */
  faster(one: Contestant, other: Contestant): { readonly ratio: number; readonly spread: number };
}

export interface RaceOptions {
  readonly rounds?: number;
  /** Of each contestant in a round. */
  readonly roundMs?: number;
  /** 0 for what starts a process of its own each time. */
  readonly warmUpMs?: number;
}

const ROUNDS = 9;
const ROUND_MS = 250;
/** V8 compiles a function anew, and better, after it ran for a while. */
const WARM_UP_MS = 400;

/** @param operations that one run does. */
export function contestant(
  name: string,
  operations: number,
  run: () => unknown,
  proves: Contestant['proves'],
): Contestant {
  return {
    name,
    proves,
    async measure(durationMs) {
      const since = performance.now();
      let runs = 0;
      let elapsed = 0;
      while (elapsed < durationMs) {
        await run();
        runs++;
        elapsed = performance.now() - since;
      }
      return elapsed / (runs * operations);
    },
  };
}

/** @throws where a contestant gives a wrong answer. */
export async function race(
  contestants: readonly Contestant[],
  { rounds = ROUNDS, roundMs = ROUND_MS, warmUpMs = WARM_UP_MS }: RaceOptions = {},
): Promise<Race> {
  for (const one of contestants) {
    if (!(await one.proves())) throw new Error(`${one.name} gives a wrong answer`);
    if (warmUpMs > 0) await one.measure(warmUpMs);
  }
  const measured = new Map<Contestant, number[]>(contestants.map((one) => [one, []]));
  for (let round = 0; round < rounds; round++) {
    // To and fro, so that none always stands behind the same other one and its memory.
    const order = round % 2 === 0 ? contestants : [...contestants].reverse();
    for (const one of order) measured.get(one)?.push(await one.measure(roundMs));
  }
  const of = (one: Contestant): readonly number[] => measured.get(one) ?? [];
  return {
    ms: (one) => quantile(of(one), 0.5),
    faster(one, other) {
      const mine = of(one);
      const ratios = of(other).map((theirs, round) => theirs / (mine[round] ?? Number.NaN));
      return { ratio: quantile(ratios, 0.5), spread: spreadOf(ratios) };
    },
  };
}

/** Half the distance between the quartiles, as a part of the median. */
export function spreadOf(values: readonly number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / quantile(values, 0.5);
}

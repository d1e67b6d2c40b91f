/** How long verifying digests of one parameter set takes. */
import type { Cost } from '../../types.js';
import type { ParameterSet } from './parameter-set.js';
import { median } from './statistics.js';

export interface Timing {
  /** Milliseconds of one alone, of two that go together on one thread, and so on up to as many as go together. */
  readonly batchMs: readonly number[];
  /** Milliseconds of the calling thread for each, around what other threads do. */
  readonly callerMs: number;
  /** How many times longer it takes where all cores are busy. From 1. */
  readonly crowding: number;
  /** How unsure it is, as a part of it: 0.03 is ±3 %. */
  readonly spread: number;
}

/** A spread over this: the machine was not quiet. */
export const NOISY_SPREAD = 0.1;

export interface Timed {
  readonly timing: Timing;
  /** The label of the set that was measured. */
  readonly measuredAs: string;
}

export interface MeasuredSet {
  readonly set: ParameterSet;
  readonly timing: Timing;
}

/** The same with `times` the work. */
function scale({ batchMs, callerMs, crowding, spread }: Timing, factor: number): Timing {
  return { batchMs: batchMs.map((ms) => ms * factor), callerMs, crowding, spread };
}

/** Milliseconds of a core for each where as many as can go together do, and all cores are busy. */
export function loadedMs({ batchMs, callerMs, crowding }: Timing, onCaller: boolean): number {
  const together = batchMs.length;
  return ((batchMs[together - 1] as number) / together) * crowding + (onCaller ? 0 : callerMs);
}

/** Of the same set, measured several times with something else between. */
export function combineTimings(timings: readonly [Timing, ...Timing[]]): Timing {
  const [first] = timings;
  const of = (value: (one: Timing) => number) => median(timings.map(value));
  const fullMs = ({ batchMs }: Timing) => batchMs.at(-1) as number;
  const most = Math.max(...timings.map(fullMs));
  const least = Math.min(...timings.map(fullMs));
  return {
    batchMs: first.batchMs.map((_, index) => of(({ batchMs }) => batchMs[index] as number)),
    callerMs: of(({ callerMs }) => callerMs),
    crowding: of(({ crowding }) => crowding),
    spread: Math.max(
      of(({ spread }) => spread),
      (most / least - 1) / 2,
    ),
  };
}

/**
 * Milliseconds of a batch by the number of jobs in it, from a few that were measured, the first and the last among them:
 * values between two of them are interpolated, and none sooner than one with fewer jobs.
 */
export function interpolateBatches(known: ReadonlyMap<number, number>, width: number): number[] {
  const batchMs: number[] = [];
  for (let jobs = 1; jobs <= width; jobs++) {
    const below = Math.max(...[...known.keys()].filter((one) => one <= jobs));
    const above = Math.min(...[...known.keys()].filter((one) => one >= jobs && one <= width));
    const [from, to] = [known.get(below) as number, known.get(above) as number];
    const ms = above === below ? from : from + ((to - from) * (jobs - below)) / (above - below);
    batchMs.push(Math.max(ms, batchMs.at(-1) ?? 0));
  }
  return batchMs;
}

/** The KDF, and the hash function within: what work is counted by. */
export function findFamily({ kdf, algorithm }: Cost): string {
  return algorithm === undefined ? kdf : `${kdf} ${algorithm}`;
}

/** What is verified: by which hasher, and at what cost. */
export type Verification = Pick<ParameterSet, 'hasher' | 'cost'>;

/**
 * The timing of the same work, or else of the nearest of the family, scaled by the work. Several of the same work differ
 * by little: the same parameters are preferred, and then the same hasher.
 */
export function estimateTiming(asked: Verification, measured: readonly MeasuredSet[]): Timed | undefined {
  const { cost } = asked;
  const family = measured.filter(({ set }) => findFamily(set.cost) === findFamily(cost));
  const [same] = family
    .filter(({ set }) => isSameWork(set.cost, cost))
    .toSorted((a, b) => countLikeness(b.set, asked) - countLikeness(a.set, asked));
  if (same !== undefined) return { timing: same.timing, measuredAs: same.set.label };
  const distance = ({ set }: MeasuredSet) => Math.abs(Math.log(cost.work / set.cost.work));
  const [nearest] = family.toSorted((a, b) => distance(a) - distance(b));
  return (
    nearest && {
      timing: scale(nearest.timing, cost.work / nearest.set.cost.work),
      measuredAs: nearest.set.label,
    }
  );
}

function isSameWork(a: Cost, b: Cost): boolean {
  return a.work === b.work && a.memoryBytes === b.memoryBytes;
}

function countLikeness(a: Verification, b: Verification): number {
  const isSame = Object.entries(a.cost.symbols).every(([symbol, value]) => b.cost.symbols[symbol] === value);
  return (isSame ? 2 : 0) + (a.hasher.name === b.hasher.name ? 1 : 0);
}

/** What a question answers: rows of one table. */

export type Unit = 'times' | 'ms' | 'per second' | 'MiB';

export interface Amount {
  readonly value: number;
  readonly unit: Unit;
}

/** What is to be reached. */
export interface Wanted {
  readonly least?: number;
  readonly most?: number;
  /** Hoped for, not promised. */
  readonly stretch?: true;
}

export interface Row {
  readonly what: string;
  /** The rival; absent where the number itself is what is wanted. */
  readonly against?: string;
  readonly ours?: Amount;
  readonly theirs?: Amount;
  /** What the bound is about: in most rows how many times faster ours is. Absent: it could not be measured. */
  readonly measured?: Amount;
  /** Half the distance between the quartiles of the rounds, as a part of their median. */
  readonly spread?: number;
  readonly wanted?: Wanted;
  /** Why it could not be measured. */
  readonly missing?: string;
}

/** What each file of a question exports as `ask`. Most take no arguments. */
export type Ask = (args: readonly string[]) => Promise<Row[]>;

/** Undefined where nothing is wanted or nothing was measured. */
export function holds({ measured, wanted }: Row): boolean | undefined {
  if (measured === undefined || wanted === undefined) return undefined;
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = wanted;
  return measured.value >= least && measured.value <= most;
}

export const times = (value: number): Amount => ({ value, unit: 'times' });
export const ms = (value: number): Amount => ({ value, unit: 'ms' });
export const perSecond = (value: number): Amount => ({ value, unit: 'per second' });
export const mebibytes = (bytes: number): Amount => ({ value: bytes / 2 ** 20, unit: 'MiB' });

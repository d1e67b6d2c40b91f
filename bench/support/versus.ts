/** A race as rows. */
import type { Contestant, Race } from './race.js';
import { ms, type Row, times, type Wanted } from './row.js';

/** @param other undefined where this rival is not here. */
export function versus(
  measured: Race,
  what: string,
  one: Contestant,
  other: Contestant | undefined,
  wanted?: Wanted,
): Row[] {
  if (other === undefined) return [];
  const { ratio, spread } = measured.faster(one, other);
  return [
    {
      what,
      against: other.name,
      ours: ms(measured.ms(one)),
      theirs: ms(measured.ms(other)),
      measured: times(ratio),
      spread,
      ...(wanted !== undefined && { wanted }),
    },
  ];
}

/** What the measured backend of a KDF took of these, against the faster of them: a wrong choice shows. */
export function choice(
  measured: Race,
  what: string,
  chosen: Contestant & { readonly count: number },
  others: readonly Contestant[],
): Row[] {
  const [best] = others.toSorted((a, b) => measured.ms(a) - measured.ms(b));
  return versus(measured, `${what}, chosen for ${chosen.count}`, chosen, best, { least: 0.97 });
}

export function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}

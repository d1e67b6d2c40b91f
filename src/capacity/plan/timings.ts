/** A timing for each set of a mix: measured, or that of another set of the same KDF with more or less work. */
import { InputProblem } from '../../files/input-problem.js';
import { estimateMs } from '../../kdf/duration.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import { estimateTiming, findFamily, type MeasuredSet, type Timed } from '../measure/timing.js';
import type { Portion } from './mix.js';

/** Sets that are measured; the rest of a long tail is not worth the minutes. */
const MOST_MEASURED = 8;

/** Their time is that of their work. That of scrypt and Argon2 is not: less memory is in a nearer cache. */
const LINEAR: readonly string[] = ['bcrypt', 'pbkdf2', 'iteratedHash', 'crypt', 'hash'];

/**
 * Those that take most of the time, and one of each family at least. Of many sets only that one of each
 * family whose time follows from its work. @param also that are measured in any case.
 */
export function worthMeasuring(portions: readonly Portion[], also: readonly ParameterSet[] = []): ParameterSet[] {
  const byTime = portions.toSorted((a, b) => b.share * estimateMs(b.set.cost) - a.share * estimateMs(a.set.cost));
  const chosen = new Map<string, ParameterSet>(also.map((set) => [set.label, set]));
  const families = new Set<string>();
  for (const { set } of byTime) {
    if (!families.has(findFamily(set.cost))) chosen.set(set.label, set);
    families.add(findFamily(set.cost));
  }
  const isLong = portions.length > MOST_MEASURED;
  for (const { set } of byTime) {
    if (chosen.size < MOST_MEASURED && !(isLong && LINEAR.includes(set.cost.kdf))) chosen.set(set.label, set);
  }
  return [...chosen.values()];
}

/**
 * Of every set, by its label.
 * @throws {InputProblem} where nothing of the set's family was measured.
 */
export function timedSets(sets: readonly ParameterSet[], measured: readonly MeasuredSet[]): Map<string, Timed> {
  return new Map(sets.map((set) => [set.label, timedSet(set, measured)]));
}

function timedSet(set: ParameterSet, measured: readonly MeasuredSet[]): Timed {
  const timed = estimateTiming(set, measured);
  if (timed !== undefined) return timed;
  throw new InputProblem('no-timing', `the bench report has no timing for ${set.hasher.name}`, {
    fix: `add ${set.hasher.name} to the bench, with its default backend`,
  });
}

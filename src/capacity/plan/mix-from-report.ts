/** The mix of a population as a check has counted it. */
import { DigestError } from '../../errors.js';
import { InputProblem } from '../../files/input-problem.js';
import { defaultRegistry } from '../../library.js';
import type { CheckReport, HasherCounts } from '../../reports/check-report.js';
import type { AnyHasher } from '../../types.js';
import { costParams, parameterSet } from '../measure/parameter-set.js';
import { type LeftOut, type Mix, parseMix, type Weighted } from './mix.js';

/**
 * Digests that will verify, by hasher and parameters. Digests without a possible sign-in are left out.
 * @throws {InputProblem} where nothing in the report will verify.
 */
export function mixFromReport({ hashers }: Pick<CheckReport, 'hashers'>): Mix {
  const entries: Weighted[] = [];
  const leftOut: LeftOut[] = [];
  for (const [name, counts] of Object.entries(hashers)) {
    const users = counts.ok + counts.warned;
    if (users === 0) continue;
    const hasher = defaultRegistry.get(name);
    if (hasher === undefined) leftOut.push({ hasher: 'unknown', rows: users, reason: 'unknown hasher' });
    else entries.push(...weighSets(hasher, users, counts.parameterSets, leftOut));
  }
  if (entries.length === 0) {
    throw new InputProblem('nothing-verifiable', 'no digest of this report can be verified', {
      fix: 'check an export that has some',
    });
  }
  const users = Math.round(entries.reduce((sum, { weight }) => sum + weight, 0));
  return parseMix(entries, { users, leftOut });
}

/** Distributes all users of the hasher over the parameters that were counted: a report has the most frequent ones. */
function weighSets(
  hasher: AnyHasher,
  users: number,
  counted: HasherCounts['parameterSets'],
  leftOut: LeftOut[],
): Weighted[] {
  const known = Object.keys(costParams(hasher));
  const sets = counted.length > 0 ? counted : [{ params: {}, rows: users }];
  const whole = sets.reduce((sum, { rows }) => sum + rows, 0);
  return sets.flatMap(({ params, rows }): Weighted[] => {
    const weight = whole === 0 ? 0 : (users * rows) / whole;
    if (weight === 0) return [];
    const own = Object.entries(params).filter(([name]) => known.includes(name));
    try {
      return [{ set: parameterSet(hasher.name, Object.fromEntries(own)), weight }];
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      leftOut.push({ hasher: hasher.name, rows: Math.round(weight), reason: `${error.code}: ${error.message}` });
      return [];
    }
  });
}

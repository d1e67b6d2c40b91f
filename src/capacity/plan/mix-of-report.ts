/** The mix of a population that `digestry check --json` has counted. */
import { isRecord, type JsonRecord, parseJson } from '../../encoding/json.js';
import { DigestError } from '../../errors.js';
import { defaultRegistry } from '../../library.js';
import { InputProblem } from '../../migration/problem.js';
import type { Params } from '../../types.js';
import { costParams, parameterSet } from '../measure/parameter-set.js';
import { type LeftOut, type Mix, mixOf, type Weighted } from './mix.js';

/** Combinations of parameters that were counted one by one. */
const MAX_COMBINATIONS = 200;
const ONE_BY_ONE = 'parameters are independent where the report counts each by itself:';

/**
 * Digests that will verify, by hasher and parameters. What none can sign in with is left out.
 * @throws {InputProblem} where the text is no report, or nothing in it will verify.
 */
export function mixFromReport(text: string): Mix {
  const report = parseJson(text);
  if (!isRecord(report) || !isRecord(report['hashers']) || !isRecord(report['totals'])) {
    throw new InputProblem('--report: this is no report of a check', {
      fix: 'write one: digestry check FILE --json > check.json',
    });
  }
  const entries: Weighted[] = [];
  const leftOut: LeftOut[] = [];
  const independent: string[] = [];
  for (const [hasher, counts] of Object.entries(report['hashers'])) {
    if (!isRecord(counts)) continue;
    const users = count(counts['ok']) + count(counts['warned']);
    if (users === 0) continue;
    if (defaultRegistry.get(hasher) === undefined) {
      leftOut.push({ hasher: 'unknown', rows: users, reason: 'no hasher of this name is known here' });
      continue;
    }
    const { known, guessed } = combinations(hasher, counts);
    if (guessed) independent.push(hasher);
    entries.push(...weighed(hasher, users, known, leftOut));
  }
  if (entries.length === 0) {
    throw new InputProblem('--report: no digest of this report can be verified', {
      fix: 'check an export that has some',
    });
  }
  const users = Math.round(entries.reduce((sum, { weight }) => sum + weight, 0));
  const remarks = independent.length === 0 ? [] : [`${ONE_BY_ONE} ${independent.join(', ')}`];
  return mixOf(entries, { users, leftOut, remarks });
}

interface Combination {
  readonly params: Params;
  readonly rows: number;
}

/** All users of the hasher, shared out over the parameters that could be read. */
function weighed(hasher: string, users: number, known: readonly Combination[], leftOut: LeftOut[]): Weighted[] {
  const whole = known.reduce((sum, { rows }) => sum + rows, 0);
  return known.flatMap(({ params, rows }): Weighted[] => {
    const weight = (users * rows) / whole;
    try {
      return [{ set: parameterSet(hasher, params), weight }];
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      leftOut.push({ hasher, rows: Math.round(weight), reason: `${error.code}: ${error.message}` });
      return [];
    }
  });
}

function combinations(
  hasher: string,
  counts: JsonRecord,
): { readonly known: Combination[]; readonly guessed: boolean } {
  const names = Object.keys(
    costParams(defaultRegistry.get(hasher) as NonNullable<ReturnType<typeof defaultRegistry.get>>),
  );
  const sets = Array.isArray(counts['parameterSets']) ? counts['parameterSets'] : [];
  const known = sets.filter(isRecord).flatMap(({ params, rows }): Combination[] => {
    if (!isRecord(params) || count(rows) === 0) return [];
    const own = names.flatMap((name) => (isValue(params[name]) ? [[name, params[name]] as const] : []));
    return [{ params: Object.fromEntries(own), rows: count(rows) }];
  });
  if (known.length > 0) return { known, guessed: false };
  return product(names, isRecord(counts['params']) ? counts['params'] : {});
}

/** Of each parameter by itself the rows of each value; of several together their product. */
function product(
  names: readonly string[],
  marginals: JsonRecord,
): { readonly known: Combination[]; readonly guessed: boolean } {
  let known: Combination[] = [{ params: {}, rows: 1 }];
  let several = 0;
  for (const name of names) {
    const values = valuesOf(marginals[name]);
    if (values.length === 0) continue;
    if (values.length > 1) several++;
    const whole = values.reduce((sum, { rows }) => sum + rows, 0);
    known = known
      .flatMap(({ params, rows }) =>
        values.map((one) => ({ params: { ...params, [name]: one.value }, rows: (rows * one.rows) / whole })),
      )
      .sort((a, b) => b.rows - a.rows)
      .slice(0, MAX_COMBINATIONS);
  }
  return { known, guessed: several > 1 };
}

/** Past a bound a report counts values as "other": they are shared out over the rest. */
function valuesOf(marginal: unknown): { readonly value: number; readonly rows: number }[] {
  if (!isRecord(marginal)) return [];
  return Object.entries(marginal)
    .filter(([value, rows]) => /^\d{1,15}$/.test(value) && count(rows) > 0)
    .map(([value, rows]) => ({ value: Number(value), rows: count(rows) }));
}

function isValue(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

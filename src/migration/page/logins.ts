/** What logins of an export's users cost: one verification of each hasher with each set of parameters. */
import type { Registry } from '../../registry.js';
import type { AnyHasher, Cost, Params } from '../../types.js';
import type { HasherCounts } from '../report.js';
import type { AnyReport } from '../verdict.js';
import { costOf, type Speeds } from './speeds.js';

export interface LoginCost {
  readonly hasher: string;
  readonly insecure: boolean;
  readonly cost: Cost;
  readonly rows: number;
  /** The report does not tell which values go together: these are the most frequent of each parameter. */
  readonly assumed: boolean;
  /** Milliseconds of one core; undefined where nothing like it was measured. */
  readonly aloneMs: number | undefined;
  /** The same where as many logins wait as go together. */
  readonly loadedMs: number | undefined;
}

export interface Logins {
  /** The most frequent first. */
  readonly costs: readonly LoginCost[];
  /** Milliseconds of a core that a login takes if all users sign in equally often; undefined where nothing is known. */
  readonly meanMs: number | undefined;
  readonly speeds: Speeds;
}

/** A set of parameters, as far as a cost depends on them. */
interface Load {
  readonly hasher: AnyHasher;
  readonly cost: Cost;
  readonly assumed: boolean;
  rows: number;
}

/** What will be verified here, the same work of one hasher once. */
export function loadsOf(report: AnyReport, registry: Registry): readonly Load[] {
  const loads = new Map<string, Load>();
  for (const [name, counts] of Object.entries(report.hashers)) {
    const hasher = registry.get(name);
    if (!hasher?.verifiable) continue;
    for (const { params, rows, assumed } of setsOf(hasher, counts)) {
      const cost = costOf(hasher, params);
      if (cost === undefined) continue;
      const key = `${name} ${JSON.stringify(cost.symbols)}`;
      const load = loads.get(key);
      if (load === undefined) loads.set(key, { hasher, cost, assumed, rows });
      else load.rows += rows;
    }
  }
  return [...loads.values()].sort((a, b) => b.rows - a.rows);
}

export function loginsOf(loads: readonly Load[], speeds: Speeds): Logins {
  const costs = loads.map(
    ({ hasher, cost, assumed, rows }): LoginCost => ({
      ...{ hasher: hasher.name, insecure: hasher.insecure, cost, rows, assumed },
      aloneMs: speeds.aloneMs(cost),
      loadedMs: speeds.loadedMs(cost),
    }),
  );
  const known = costs.filter(({ aloneMs }) => aloneMs !== undefined);
  const rows = known.reduce((sum, one) => sum + one.rows, 0);
  const total = known.reduce((sum, one) => sum + one.rows * (one.aloneMs ?? 0), 0);
  return { costs, meanMs: rows === 0 ? undefined : total / rows, speeds };
}

interface ParameterSet {
  readonly params: Params;
  readonly rows: number;
  readonly assumed: boolean;
}

/** Reports that older versions wrote have no sets, only how often each value is. */
type Counted = Omit<HasherCounts, 'parameterSets'> & Partial<Pick<HasherCounts, 'parameterSets'>>;

function setsOf(hasher: AnyHasher, { params, ok, warned, parameterSets }: Counted): readonly ParameterSet[] {
  if (parameterSets !== undefined) return parameterSets.map((set) => ({ ...set, assumed: false }));
  const usual = Object.fromEntries(Object.entries(params).map(([name, values]) => [name, mostFrequent(values)]));
  const varying = Object.entries(params).filter(([name, values]) =>
    Object.keys(values).some((value) => !costSame(hasher, usual, { ...usual, [name]: parameterValue(value) })),
  );
  const [only, another] = varying;
  if (only === undefined) return [{ params: usual, rows: ok + warned, assumed: false }];
  if (another !== undefined) return [{ params: usual, rows: ok + warned, assumed: true }];
  const [name, values] = only;
  return Object.entries(values).map(([value, rows]) => ({
    ...{ params: { ...usual, [name]: parameterValue(value) }, rows, assumed: false },
  }));
}

function mostFrequent(values: Readonly<Record<string, number>>): number | string {
  const [[value] = ['']] = Object.entries(values).sort(([, a], [, b]) => b - a);
  return parameterValue(value);
}

/** Names of properties are text, and parameters are numbers as a rule. */
function parameterValue(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function costSame(hasher: AnyHasher, one: Params, other: Params): boolean {
  const [a, b] = [costOf(hasher, one), costOf(hasher, other)];
  return a?.work === b?.work && a?.memoryBytes === b?.memoryBytes;
}

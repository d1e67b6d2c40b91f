/** What logins of an export's users cost: one verification of each hasher with each set of parameters. */
import type { Registry } from '../../registry.js';
import type { CheckReport } from '../../reports/check-report.js';
import type { AnyHasher, Cost } from '../../types.js';
import { findCost, type Speeds } from './login-speeds.js';

export interface LoginCost {
  readonly hasher: string;
  readonly insecure: boolean;
  readonly cost: Cost;
  readonly rows: number;
  /** Milliseconds of one core; undefined where nothing like it was measured. */
  readonly aloneMs: number | undefined;
  /** The same where as many logins wait as go together. */
  readonly loadedMs: number | undefined;
}

export interface Logins {
  /** The most frequent first. */
  readonly costs: readonly LoginCost[];
  /** Hashers without a time. */
  readonly untimed: readonly string[];
  /** Milliseconds of a core that a login takes if all users sign in equally often; undefined unless all have a time. */
  readonly meanMs: number | undefined;
  readonly speeds: Speeds;
}

/** A set of parameters, as far as a cost depends on them. */
interface LoginLoad {
  readonly hasher: AnyHasher;
  readonly cost: Cost;
  rows: number;
}

/** What will be verified here, the same work of one hasher once. */
export function countLoads(report: CheckReport, registry: Registry): readonly LoginLoad[] {
  const loads = new Map<string, LoginLoad>();
  for (const [name, counts] of Object.entries(report.hashers)) {
    const hasher = registry.get(name);
    if (!hasher?.verifiable) continue;
    for (const { params, rows } of counts.parameterSets) {
      const cost = findCost(hasher, params);
      if (cost === undefined) continue;
      const key = `${name} ${JSON.stringify(cost.symbols)}`;
      const load = loads.get(key);
      if (load === undefined) loads.set(key, { hasher, cost, rows });
      else load.rows += rows;
    }
  }
  return [...loads.values()].sort((a, b) => b.rows - a.rows);
}

export function costLogins(loads: readonly LoginLoad[], speeds: Speeds): Logins {
  const costs = loads.map(
    ({ hasher, cost, rows }): LoginCost => ({
      ...{ hasher: hasher.name, insecure: hasher.insecure, cost, rows },
      aloneMs: speeds.aloneMs(cost),
      loadedMs: speeds.loadedMs(cost),
    }),
  );
  const untimed = [...new Set(costs.filter(({ aloneMs }) => aloneMs === undefined).map(({ hasher }) => hasher))];
  const rows = costs.reduce((sum, one) => sum + one.rows, 0);
  const total = costs.reduce((sum, one) => sum + one.rows * (one.aloneMs ?? 0), 0);
  return { costs, untimed, meanMs: rows === 0 || untimed.length > 0 ? undefined : total / rows, speeds };
}

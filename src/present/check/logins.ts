/** What logins of an export's users cost: one verification of each hasher with each set of parameters. */
import { timingsFromBench } from '../../capacity/measure/bench-timings.js';
import { type EstimateSpeed, estimateSpeed, measureLoginSpeeds } from '../../capacity/measure/login-speeds.js';
import type { Registry } from '../../registry.js';
import type { BenchReport } from '../../reports/bench-report.js';
import type { CheckReport } from '../../reports/check-report.js';
import type { AnyHasher, Cost, Params } from '../../types.js';
import { formatAmount } from '../quantity.js';

export interface Speeds {
  readonly estimate: EstimateSpeed;
  /** Where the numbers are from, as a sentence of the page. */
  readonly origin: string;
}

export interface LoginCost {
  readonly hasher: string;
  readonly insecure: boolean;
  readonly cost: Cost;
  readonly rows: number;
  /** Milliseconds of one core, both undefined where nothing like it was measured. */
  readonly aloneMs: number | undefined;
  /** The same under load, see `LoginSpeed`. */
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
  const costs = loads.map((load): LoginCost => {
    const { hasher, cost, rows } = load;
    const { aloneMs, loadedMs } = speeds.estimate(load) ?? {};
    return { hasher: hasher.name, insecure: hasher.insecure, cost, rows, aloneMs, loadedMs };
  });
  const untimed = [...new Set(costs.filter(({ aloneMs }) => aloneMs === undefined).map(({ hasher }) => hasher))];
  const rows = costs.reduce((sum, one) => sum + one.rows, 0);
  const total = costs.reduce((sum, one) => sum + one.rows * (one.aloneMs ?? 0), 0);
  return { costs, untimed, meanMs: rows === 0 || untimed.length > 0 ? undefined : total / rows, speeds };
}

/** Undefined if the parameters do not belong to the hasher, as is possible in a file. */
function findCost(hasher: AnyHasher, params: Params): Cost | undefined {
  try {
    const cost = hasher.cost(params);
    return Number.isFinite(cost.work) && Number.isFinite(cost.memoryBytes) ? cost : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Those of this machine.
 * @throws the signal's reason after an abort.
 */
export async function speedsHere(costs: readonly Cost[], signal?: AbortSignal): Promise<Speeds> {
  return {
    origin:
      'An estimate for the machine that made this page: one typical digest of each KDF was timed there. Times of other parameters are scaled by their work.',
    estimate: await measureLoginSpeeds(costs, signal),
  };
}

/** Those that `plan` works with too. */
export function speedsFrom(bench: BenchReport): Speeds {
  const measured = timingsFromBench(bench);
  return {
    origin: `From a benchmark of ${nameMachine(bench.machine)}. Times of other parameters are scaled by their work.`,
    estimate: (verification) => estimateSpeed(verification, measured),
  };
}

function nameMachine({ cpu, cores, node }: BenchReport['machine']): string {
  return `${cpu}, ${formatAmount(cores, 'core')}, Node ${node.replace(/^v/, '')}`;
}

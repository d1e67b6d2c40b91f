/** What `digestry bench --json` printed, as far as the cost of logins needs it. */
import { parseJson } from '../encoding/json.js';
import { InputProblem } from '../files/input-problem.js';
import type { Params } from '../types.js';
import { readReportText } from './report-file.js';

export interface BenchReport {
  /** What it ran on, in a few words. */
  readonly machine: string;
  readonly results: readonly {
    readonly hasher: string;
    readonly params: Params;
    readonly aloneMs: number;
    readonly batchMs: number;
  }[];
}

/** A report of every hasher on every backend has a tenth of that. */
const MAX_BYTES = 8 * 1024 * 1024;

/** @throws {InputProblem} where the file cannot be read, or is something else; the signal's reason after an abort. */
export async function readBenchReport(file: string, signal?: AbortSignal): Promise<BenchReport> {
  const text = await readReportText(file, { maxBytes: MAX_BYTES, signal });
  if (text === undefined) throw noBench(file, 'the file is too long for a report of a benchmark');
  const value = parseJson(text);
  if (value === undefined) throw noBench(file, 'the file is no JSON');
  return benchReportOf(file, value);
}

function benchReportOf(file: string, value: unknown): BenchReport {
  const { machine, results } = recordOf(value);
  if (!Array.isArray(results)) throw noBench(file, 'this is no report of a benchmark: it has no results');
  const { cpu, cores, node } = recordOf(machine);
  const words = [
    typeof cpu === 'string' ? cpu : 'a machine without a name',
    typeof cores === 'number' ? `${cores} ${cores === 1 ? 'core' : 'cores'}` : undefined,
    typeof node === 'string' ? `Node ${node.replace(/^v/, '')}` : undefined,
  ];
  const read = results.flatMap((one) => resultOf(recordOf(one)));
  if (read.length === 0) throw noBench(file, 'the report of the benchmark has no result');
  return { machine: words.filter((word) => word !== undefined).join(', '), results: read };
}

/** The backend that is used where nothing is chosen. */
function resultOf({
  hasher,
  params,
  backend,
  alone,
  batch,
}: Readonly<Record<string, unknown>>): BenchReport['results'] {
  const aloneMs = recordOf(alone)['medianMs'];
  const batchMs = recordOf(batch)['msEach'];
  if (typeof hasher !== 'string' || backend !== 'auto' || !isDuration(aloneMs)) return [];
  const known = Object.entries(recordOf(params)).filter(
    ([, one]) => typeof one === 'number' || typeof one === 'string',
  );
  return [
    { hasher, params: Object.fromEntries(known) as Params, aloneMs, batchMs: isDuration(batchMs) ? batchMs : aloneMs },
  ];
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function noBench(file: string, message: string): InputProblem {
  return new InputProblem(message, { file, fix: 'give the file that `digestry bench --json` wrote' });
}

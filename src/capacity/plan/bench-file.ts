/** Timings that `digestry bench --json` took, here or on the machine that the logins will be on. */
import { isRecord, type JsonRecord, parseJson } from '../../encoding/json.js';
import { DigestError } from '../../errors.js';
import { InputProblem } from '../../migration/problem.js';
import type { Params } from '../../types.js';
import { costParams, type ParameterSet, parameterSet } from '../measure/parameter-set.js';
import { findPlacement } from '../measure/placement.js';
import { interpolateBatches, type MeasuredSet, type Timing } from '../measure/timing.js';
import { toldName } from '../told.js';

export interface BenchFile {
  readonly measured: readonly MeasuredSet[];
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly noisy: boolean;
}

/** More than any machine has, and no more than --cores-per-machine takes. */
const MOST_CORES = 1024;
/** Milliseconds or verifications a second: what is more was not measured. */
const MOST = 1e9;
/** Milliseconds of the calling thread around each job: a bench does not count it. As measured, on a core of 2026. */
const CALLER_MS = 0.05;

/** @throws {InputProblem} where the text is no report of a bench. */
export function benchFrom(text: string): BenchFile {
  const bench = parseJson(text);
  if (!isRecord(bench) || !isRecord(bench['machine']) || !Array.isArray(bench['results'])) {
    throw new InputProblem('--bench: this is no report of a bench', {
      fix: 'write one: digestry bench --json > bench.json',
    });
  }
  const { machine } = bench;
  const cores = positive(machine['cores']);
  if (cores === undefined || !Number.isInteger(cores) || cores > MOST_CORES) {
    throw new InputProblem('--bench: the report does not say how many cores the machine has');
  }
  const results = bench['results'].filter(isRecord);
  const noise = isRecord(bench['noise']) ? bench['noise'] : {};
  return {
    measured: results
      .filter(({ backend }) => backend === undefined || backend === 'auto')
      .flatMap((result) => measuredFrom(result, cores)),
    cpu: toldName(machine['cpu']),
    cores,
    node: toldName(machine['node']),
    noisy: noise['noisy'] === true,
  };
}

/** Results of hashers that are unknown here, and those that say too little, are left out. */
function measuredFrom(result: JsonRecord, cores: number): MeasuredSet[] {
  const set = setFrom(result);
  const timing = set && timingFrom(set, result, cores);
  return set === undefined || timing === undefined ? [] : [{ set, timing }];
}

function setFrom({ hasher, params }: JsonRecord): ParameterSet | undefined {
  if (typeof hasher !== 'string') return undefined;
  try {
    const known = costParams(parameterSet(hasher, {}).hasher);
    const given = Object.entries(isRecord(params) ? params : {}).filter(([name]) => Object.hasOwn(known, name));
    return parameterSet(hasher, Object.fromEntries(given) as Params);
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

function timingFrom(set: ParameterSet, { alone, batch, allCores }: JsonRecord, cores: number): Timing | undefined {
  const aloneMs = positive(of(alone, 'medianMs'));
  if (aloneMs === undefined) return undefined;
  const { where, width } = findPlacement(set);
  const eachMs = positive(of(batch, 'msEach')) ?? aloneMs;
  const fullMs = Math.max(aloneMs, eachMs * width);
  // `--threads` may have been more than the machine has.
  const threads = Math.min(cores, positive(of(allCores, 'threads')) ?? 1);
  const perSecond = positive(of(allCores, 'perSecond'));
  const oneCore = 1000 / (where === 'libuv' ? aloneMs : eachMs);
  const crowding = perSecond === undefined ? 1 : Math.max(1, (threads * oneCore) / perSecond);
  const spread = positive(of(alone, 'spread')) ?? 0;
  if (where === 'caller') return { batchMs: [eachMs], callerMs: eachMs, crowding: 1, spread };
  if (width === 1) return { batchMs: [aloneMs], callerMs: CALLER_MS, crowding, spread };
  const known = new Map([...pointsOf(batch), [1, aloneMs], [width, fullMs]]);
  return { batchMs: interpolateBatches(known, width), callerMs: CALLER_MS, crowding, spread };
}

/** Milliseconds of a batch by the number of jobs in it. */
function pointsOf(batch: unknown): [number, number][] {
  const byLanes = of(batch, 'byLanes');
  return (Array.isArray(byLanes) ? byLanes : []).flatMap((point) => {
    const [lanes, batchMs] = [positive(of(point, 'lanes')), positive(of(point, 'batchMs'))];
    return lanes === undefined || batchMs === undefined ? [] : [[lanes, batchMs] as [number, number]];
  });
}

function of(record: unknown, name: string): unknown {
  return isRecord(record) ? record[name] : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value <= MOST ? value : undefined;
}

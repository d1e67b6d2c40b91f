/** Timings of a bench report: of this machine, or of the one that the logins will be on. */
import { DigestError } from '../../errors.js';
import type { BatchRate, BenchReport, BenchResult } from '../../reports/bench-report.js';
import { costParams, type ParameterSet, parameterSet } from './parameter-set.js';
import { findPlacement } from './placement.js';
import { interpolateBatches, type MeasuredSet, type Timing } from './timing.js';

/** Milliseconds of the calling thread around each job: a bench does not count it. As measured, on a core of 2026. */
const CALLER_MS = 0.05;

/** What verifies there by default: results of a chosen backend, and of hashers that are unknown here, are left out. */
export function timingsFromBench({ results, machine }: BenchReport): MeasuredSet[] {
  return results
    .filter(({ backend }) => backend === 'auto')
    .flatMap((result) => {
      const set = readSet(result);
      return set === undefined ? [] : [{ set, timing: readTiming(set, result, machine.cores) }];
    });
}

function readSet({ hasher, params }: BenchResult): ParameterSet | undefined {
  try {
    const known = costParams(parameterSet(hasher, {}).hasher);
    const given = Object.entries(params).filter(([name]) => Object.hasOwn(known, name));
    return parameterSet(hasher, Object.fromEntries(given));
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

function readTiming(set: ParameterSet, { alone, batch, allCores }: BenchResult, cores: number): Timing {
  const { where, width } = findPlacement(set);
  const { medianMs: aloneMs, spread } = alone;
  const eachMs = batch.msEach;
  // The bench may have had more threads than the machine has cores.
  const threads = Math.min(cores, allCores.threads);
  const oneCore = 1000 / (where === 'libuv' ? aloneMs : eachMs);
  const crowding = Math.max(1, (threads * oneCore) / allCores.perSecond);
  if (where === 'caller') return { batchMs: [eachMs], callerMs: eachMs, crowding: 1, spread };
  if (width === 1) return { batchMs: [aloneMs], callerMs: CALLER_MS, crowding, spread };
  const fullMs = Math.max(aloneMs, eachMs * width);
  const known = new Map([...batchDurations(batch), [1, aloneMs], [width, fullMs]]);
  return { batchMs: interpolateBatches(known, width), callerMs: CALLER_MS, crowding, spread };
}

/** Milliseconds of a batch by the number of jobs in it. */
function batchDurations({ byLanes }: BatchRate): (readonly [lanes: number, batchMs: number])[] {
  return byLanes.map(({ lanes, batchMs }) => [lanes, batchMs]);
}

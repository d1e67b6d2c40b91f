/** Parameters for new digests that take about so long here, and are never under OWASP's minimum. */
import type { UpgradeTarget } from '../../login/recipes.js';
import type { Measure, MeasureAlone } from '../measure/login-cost.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import { findPlacement, type UsedBackends } from '../measure/placement.js';
import { loadedMs, type Timing } from '../measure/timing.js';
import { describeMachine, describeWork, simulate } from '../plan/index.js';
import { type Algorithm, listSteps, type ParameterCandidate, type ParameterSteps } from './minimum.js';

export interface CalibrateOptions {
  readonly targetMs: number;
  /** Verifications that are asked for at once: the last of them is to be answered in time. */
  readonly concurrency: number;
  /** Of one verification. */
  readonly maxMemoryBytes: number;
  readonly measure: Measure;
  readonly alone: MeasureAlone;
  readonly used: UsedBackends;
  readonly cores: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Calibration {
  readonly algorithm: Algorithm;
  /** The option of createVerifier. */
  readonly upgradeTo: UpgradeTarget;
  readonly label: string;
  /** As the mix and the target of a plan are typed. */
  readonly mix: string;
  /** Measured. */
  readonly ms: number;
  /** `minimum`: OWASP's minimum takes longer than was wanted. `limit`: more would pass the limits of a verifier. */
  readonly reason: 'target' | 'minimum' | 'limit';
  readonly minimum: string;
  /** Of one core, where lanes and cores are full. */
  readonly perSecondPerCore: number;
  readonly memoryBytes: number;
  /** Where all threads are at work. */
  readonly mostMemoryBytes: number;
  /** Half the 95 % interval of the median, over the median. */
  readonly spread: number;
}

/** A time that is so close is the one that was wanted. */
const CLOSE = 0.05;
/** Measurements of one choice. */
const ROUNDS = 4;

interface TriedSet extends ParameterCandidate {
  readonly ms: number;
}

/** @returns undefined where so little memory is enough for none of the equal minima. */
export async function calibrate(algorithm: Algorithm, options: CalibrateOptions): Promise<Calibration | undefined> {
  const { targetMs } = options;
  const tried = (candidate: ParameterCandidate) => tryOut(candidate, options);
  const choices = listSteps(algorithm, options.maxMemoryBytes);
  const [largest] = choices;
  if (largest === undefined) return undefined;
  const first = await tried(largest.minimum);
  const chosen = first.ms <= targetMs ? largest : quicker(choices, first, targetMs);
  let best = chosen === largest ? first : await tried(chosen.minimum);
  if (best.ms > targetMs * (1 + CLOSE)) return calibration(algorithm, 'minimum', chosen, best, options);
  const labels = new Set([best.set.label]);
  let last = best;
  for (let round = 1; round < ROUNDS && Math.abs(last.ms / targetMs - 1) > CLOSE; round++) {
    const scale = last.set.cost.work / chosen.minimum.set.cost.work;
    const next = chosen.at((scale * targetMs) / last.ms);
    if (labels.has(next.set.label)) break;
    labels.add(next.set.label);
    last = await tried(next);
    if (last.ms <= targetMs * (1 + CLOSE) && last.set.cost.work > best.set.cost.work) best = last;
  }
  const isLimit = chosen.at(Number.MAX_SAFE_INTEGER).set.label === best.set.label;
  const reason = isLimit && best.ms < targetMs * (1 - CLOSE) ? 'limit' : 'target';
  return calibration(algorithm, reason, chosen, best, options);
}

/** Of equal minima the first that should be in time, going by the work; otherwise the one that comes nearest. */
function quicker(choices: readonly ParameterSteps[], { set, ms }: TriedSet, targetMs: number): ParameterSteps {
  const expected = ({ minimum }: ParameterSteps) => (ms * minimum.set.cost.work) / set.cost.work;
  const inTime = choices.find((one) => expected(one) <= targetMs);
  return inTime ?? (choices.toSorted((a, b) => expected(a) - expected(b))[0] as ParameterSteps);
}

async function tryOut(candidate: ParameterCandidate, options: CalibrateOptions): Promise<TriedSet> {
  const { alone, measure, concurrency, signal } = options;
  const { set } = candidate;
  const ms = concurrency === 1 ? await alone(set, signal) : msAtOnce(set, await measure(set, signal), options);
  return { ...candidate, ms };
}

/** Until the last of the logins that come at once is answered. */
function msAtOnce(set: ParameterSet, timing: Timing, { concurrency, cores, used }: CalibrateOptions): number {
  const kinds = [{ share: 1, stages: [describeWork(set, timing, used)] }] as const;
  const arrivals = { atMs: new Float64Array(concurrency), kind: new Uint16Array(concurrency) };
  return simulate(kinds, describeMachine(cores), { arrivals }).slowestMs;
}

async function calibration(
  algorithm: Algorithm,
  reason: Calibration['reason'],
  { minimum }: ParameterSteps,
  { set, upgradeTo, ms }: TriedSet,
  { used, cores, measure, signal }: CalibrateOptions,
): Promise<Calibration> {
  const timing = await measure(set, signal);
  const { where, width, memoryBytes } = findPlacement(set, used);
  const { hasher, ...params } = upgradeTo;
  const entries = Object.entries(params);
  const text =
    entries.length === 1 ? String(entries[0]?.[1]) : entries.map(([name, value]) => `${name}=${value}`).join();
  const { threads, nativeJobs } = describeMachine(cores);
  return {
    algorithm,
    upgradeTo,
    label: set.label,
    mix: `${hasher}:${text}`,
    ms,
    reason,
    minimum: minimum.set.label,
    perSecondPerCore: 1000 / loadedMs(timing, false),
    memoryBytes: memoryBytes(1),
    mostMemoryBytes: where === 'libuv' ? nativeJobs * memoryBytes(1) : threads * memoryBytes(width),
    spread: timing.spread,
  };
}

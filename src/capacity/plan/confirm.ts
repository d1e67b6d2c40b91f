/** A plan against this machine: the same logins simulated and sent, side by side. */
import { availableParallelism } from 'node:os';
import { createNodeEngine } from '../../engine/node.js';
import { nodeCatalogue } from '../../kdf/catalogue-node.js';
import { defaultRegistry } from '../../library.js';
import type { Verifier } from '../../login/contract.js';
import { createVerifierFor } from '../../login/verifier.js';
import type { UsedBackends } from '../measure/placement.js';
import { median } from '../measure/statistics.js';
import { CALLERS_PER_THREAD, saturation } from './capacity.js';
import { buildKinds, describeMachine, type Timings } from './kinds.js';
import { type Login, type OpenLoad, sendClosedLoad, sendOpenLoad } from './load.js';
import type { SimulatedLoad } from './load-recorder.js';
import type { Portion } from './mix.js';
import { createDrawer, poissonArrivals, seeded } from './random.js';
import { simulate } from './simulate.js';

export interface ConfirmOptions {
  readonly portions: readonly Portion[];
  /** By label, of all of them: taken on this machine. */
  readonly timings: Timings;
  readonly used: UsedBackends;
  /** Seconds of each of the two loads. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Called before each. */
  onLoad?(load: 'saturated' | 'at random'): void;
}

/** Medians of the rounds, and the median of what the rounds have of predicted to measured. */
export interface PredictedAndMeasured {
  readonly predicted: number;
  readonly measured: number;
  readonly ratio: number;
}

export interface Confirmation {
  /** Of each load, as asked for: slow logins take longer, since there are some of them at least, and quick ones less. */
  readonly seconds: number;
  readonly logins: { readonly saturated: number; readonly atRandom: number };
  /** Logins per second, with enough callers to fill all cores and lanes. */
  readonly saturationPerSecond: PredictedAndMeasured;
  /** The rate of the logins that came at random: a part of what was predicted to saturate. */
  readonly perSecond: number;
  readonly p50Ms: PredictedAndMeasured;
  readonly p99Ms: PredictedAndMeasured;
  /** Share of the calling thread's time that verifying them was to take: sending them takes some of it too. */
  readonly eventLoopBusy: number;
  /** Share of the cores that other programs had meanwhile. */
  readonly others: number;
}

/** Of what saturates: busy, and not so near to it that a handful of logins decides. */
const PART = 0.7;
/** In one load: logins of microseconds are over sooner than asked for. */
const MOST_LOGINS = 100_000;
const LEAST_LOGINS = 20;
/**
 * Of the logins at random, each with its own. A slow moment of the machine, which the time of no thread shows, makes all
 * of the slowest in a hundred: it is to spoil one round, and not the answer.
 */
const ROUNDS = 5;
const PASSWORD = 'incorrect horse battery staple';

/** @throws {DigestError} what a login is rejected with; the signal's reason. */
export async function confirm(options: ConfirmOptions): Promise<Confirmation> {
  const { portions, timings, used, seconds, signal, onLoad } = options;
  const shares = portions.map(({ share }) => share);
  const machine = describeMachine(availableParallelism());
  const kinds = buildKinds(portions, timings, used);
  const most = saturation(kinds, machine);
  const loginsAt = (perSecond: number, lasting: number) =>
    Math.min(MOST_LOGINS, Math.max(LEAST_LOGINS, Math.ceil(perSecond * lasting)));

  const platform = { catalogue: nodeCatalogue, registry: defaultRegistry, engine: createNodeEngine };
  await using verifier = createVerifierFor(platform, { maxQueue: MOST_LOGINS });
  const login = loginOn(verifier, portions);
  const unstopped = new AbortController().signal;
  // Backends are chosen, and kernels compiled, by the first of each.
  for (const kind of portions.keys()) await login(kind, signal ?? unstopped);

  onLoad?.('saturated');
  const crowd = {
    callers: CALLERS_PER_THREAD * machine.threads,
    count: loginsAt(most, seconds),
    next: createDrawer(seeded(0), shares),
  };
  const closed = await sendClosedLoad(crowd, login, signal);
  onLoad?.('at random');
  const perSecond = PART * most;
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const arrivals = poissonArrivals(perSecond, shares, loginsAt(perSecond, seconds / ROUNDS), round);
    // The same logins at the same times: what differs is not their luck.
    const predicted = simulate(kinds, machine, { arrivals });
    rounds.push({ predicted, measured: await sendOpenLoad(arrivals, login, signal) });
  }
  return {
    seconds,
    logins: { saturated: crowd.count, atRandom: ROUNDS * loginsAt(perSecond, seconds / ROUNDS) },
    saturationPerSecond: { predicted: most, measured: closed.perSecond, ratio: most / closed.perSecond },
    perSecond,
    p50Ms: compared(rounds, 'p50Ms'),
    p99Ms: compared(rounds, 'p99Ms'),
    eventLoopBusy: median(rounds.map(({ predicted }) => predicted.callerBusy)),
    others: Math.max(closed.others, median(rounds.map(({ measured }) => measured.others))),
  };
}

interface Round {
  readonly predicted: SimulatedLoad;
  readonly measured: OpenLoad;
}

function compared(rounds: readonly Round[], what: 'p50Ms' | 'p99Ms'): PredictedAndMeasured {
  return {
    predicted: median(rounds.map(({ predicted }) => predicted[what])),
    measured: median(rounds.map(({ measured }) => measured[what])),
    ratio: median(rounds.map(({ predicted, measured }) => predicted[what] / measured[what])),
  };
}

function loginOn(verifier: Verifier, portions: readonly Portion[]): Login {
  return async (kind, signal) => {
    const { credential } = (portions[kind] as Portion).set;
    const verdict = await verifier.verify(PASSWORD, credential, { signal });
    if (verdict.outcome === 'rejected') throw verdict.error;
  };
}

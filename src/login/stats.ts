/** What a verifier has done so far, and what it reports to its hooks. */

import type { EngineStats } from '../engine/engine.js';
import { DigestError, type ErrorCode } from '../errors.js';
import { isDynamicName } from '../hashers/index.js';
import type { Registry } from '../registry.js';
import type { Verdict } from '../types.js';
import { callHook, type HashEvent, type Hooks } from './hooks.js';
import { createLatency, type Latency, type LatencyStats } from './latency.js';
import type { Upgrade } from './upgrade.js';

export interface HasherStats {
  readonly match: number;
  readonly mismatch: number;
  readonly rejected: number;
  /** A verdict that had nothing to wait for counts as 0 ms where no `onVerify` asks for its time. */
  readonly latency: LatencyStats;
}

export interface VerifierStats {
  /** Costly jobs that wait. */
  readonly queue: number;
  /** Costly jobs that are being computed. */
  readonly running: number;
  /** Worker threads that there may be; 0 where none can be started. */
  readonly threads: number;
  /** Worker threads that there are now: each starts with its first job, and ends when none came for a while. */
  readonly startedThreads: number;
  /** Why worker threads cannot be started; undefined if they can, and before the first costly job. */
  readonly threadless: string | undefined;
  /** Bytes that those which wait and run need. */
  readonly memoryBytes: number;
  /** Batches so far by the number of jobs in them: more than one where lanes were filled. */
  readonly batches: Readonly<Record<number, number>>;
  /** Verifications by the name of the hasher; none of those that were never asked for. */
  readonly hashers: Readonly<Record<string, HasherStats>>;
  /** Verifications of names that are in no registry, and of no name. */
  readonly unknownHasher: number;
  /** Calls of `verifyUnknownUser`. */
  readonly unknownUsers: number;
  /** New digests made, and refused or failed. */
  readonly hashes: { readonly hashed: number; readonly rejected: number };
  readonly upgrades: Readonly<Record<Upgrade['outcome'], number>>;
  /** Hooks that threw. */
  readonly hookErrors: number;
}

export interface Recorder {
  /** Whether somebody listens. */
  readonly hasVerifyHook: boolean;
  /** @param since as `performance.now()` had it; absent without a listener, where the verdict was there at once. */
  verified(name: string | undefined, verdict: Verdict, since: number | undefined): void;
  unknownUser(target: string, verdict: Verdict, since: number): void;
  /** @param failure undefined where there is a new digest. */
  hashed(hasher: string, failure: unknown, since: number): void;
  upgraded(from: string, to: string, upgrade: Upgrade, since: number): void;
  stats(engine: EngineStats): VerifierStats;
}

interface OutcomeCounts extends Record<Verdict['outcome'], number> {
  readonly known: boolean;
  readonly latency: Latency;
}

export function createRecorder(registry: Registry, hooks: Hooks): Recorder {
  const tallies = new Map<string, OutcomeCounts>();
  const unknown: OutcomeCounts = { known: false, match: 0, mismatch: 0, rejected: 0, latency: createLatency() };
  const hashes = { hashed: 0, rejected: 0 };
  const upgrades: Record<Upgrade['outcome'], number> = {
    saved: 0,
    conflict: 0,
    'hash-failed': 0,
    'save-failed': 0,
  };
  let unknownUsers = 0;
  let hookErrors = 0;
  const hookFailed = () => {
    hookErrors++;
  };

  /** Names come from a database: those in no registry have one tally together. */
  function findTally(name: string | undefined): OutcomeCounts {
    if (name === undefined) return unknown;
    const found = tallies.get(name);
    if (found !== undefined) return found;
    if (registry.get(name) === undefined) return unknown;
    const fresh: OutcomeCounts = { known: true, match: 0, mismatch: 0, rejected: 0, latency: createLatency() };
    tallies.set(name, fresh);
    return fresh;
  }

  function callVerifyHook(hasher: string | undefined, verdict: Verdict, since: number, unknownUser: boolean): void {
    if (hooks.onVerify === undefined) return;
    const { outcome } = verdict;
    const event = {
      ...measureSince(since),
      hasher,
      outcome,
      ...(outcome === 'rejected' && { code: verdict.error.code }),
      ...(outcome === 'match' && { rehash: verdict.rehash.map(({ reason }) => reason) }),
      unknownUser,
    };
    callHook((one) => hooks.onVerify?.(one), event, hookFailed);
  }

  return {
    hasVerifyHook: hooks.onVerify !== undefined,
    verified(named, verdict, since) {
      // Each recipe is a name of its own, and may hold what is not to be shown.
      const name = named !== undefined && isDynamicName(named) ? 'dynamic' : named;
      const tally = findTally(name);
      tally[verdict.outcome]++;
      tally.latency.add(since === undefined ? 0 : performance.now() - since);
      if (since !== undefined) callVerifyHook(tally.known ? name : undefined, verdict, since, false);
    },
    unknownUser(target, verdict, since) {
      unknownUsers++;
      callVerifyHook(target, verdict, since, true);
    },
    hashed(hasher, failure, since) {
      const outcome: HashEvent['outcome'] = failure === undefined ? 'hashed' : 'rejected';
      hashes[outcome]++;
      if (hooks.onHash === undefined) return;
      callHook(
        (one) => hooks.onHash?.(one),
        { ...measureSince(since), hasher, outcome, ...readCode(failure) },
        hookFailed,
      );
    },
    upgraded(from, to, upgrade, since) {
      const { outcome } = upgrade;
      upgrades[outcome]++;
      if (hooks.onUpgrade === undefined) return;
      const code = outcome === 'hash-failed' ? readCode(upgrade.error) : {};
      callHook((one) => hooks.onUpgrade?.(one), { ...measureSince(since), from, to, outcome, ...code }, hookFailed);
    },
    stats({ waiting, running, threads, started, threadless, memoryBytes, batches }) {
      const named = [...tallies].map(([name, { match, mismatch, rejected, latency }]) => [
        name,
        { match, mismatch, rejected, latency: latency.stats() },
      ]);
      return {
        ...{ queue: waiting, running, threads, startedThreads: started, threadless, memoryBytes, batches },
        hashers: Object.fromEntries(named),
        unknownHasher: unknown.rejected,
        unknownUsers,
        hashes: { ...hashes },
        upgrades: { ...upgrades },
        hookErrors,
      };
    },
  };
}

function measureSince(since: number): { readonly startTimeMs: number; readonly durationMs: number } {
  return { startTimeMs: performance.timeOrigin + since, durationMs: performance.now() - since };
}

function readCode(error: unknown): { readonly code?: ErrorCode } {
  return error instanceof DigestError ? { code: error.code } : {};
}

/** What a verifier reports of each call: outcomes and durations, for metrics and traces. Never a secret. */
import { isThenable } from '../encoding/brand.js';
import type { ErrorCode } from '../errors.js';
import type { RehashReason } from '../types.js';

interface TimedEvent {
  /** Milliseconds since 1970, with a fraction: what OpenTelemetry takes for the start of a span. */
  readonly startTimeMs: number;
  /** From the call to its answer, waiting included. */
  readonly durationMs: number;
}

export interface VerifyEvent extends TimedEvent {
  /** Undefined where it is not in the registry: the text of an unknown name may be anything. */
  readonly hasher: string | undefined;
  readonly outcome: 'match' | 'mismatch' | 'rejected';
  /** Of a rejection. */
  readonly code?: ErrorCode;
  /** Of a match. */
  readonly rehash?: readonly RehashReason['reason'][];
  /** `verifyUnknownUser` was called. */
  readonly unknownUser: boolean;
}

export interface HashEvent extends TimedEvent {
  readonly hasher: string;
  readonly outcome: 'hashed' | 'rejected';
  readonly code?: ErrorCode;
}

export interface UpgradeEvent extends TimedEvent {
  readonly from: string;
  readonly to: string;
  /**
   * `conflict`: save answered false; `hash-failed`: the new digest could not be made; `save-failed`: save threw, or
   * answered neither true nor false.
   */
  readonly outcome: 'saved' | 'conflict' | 'hash-failed' | 'save-failed';
  /** Of `hash-failed`. */
  readonly code?: ErrorCode;
}

/** Called after the answer is known and before the caller has it; not awaited. What they throw is counted, not thrown. */
export interface Hooks {
  readonly onVerify?: ((event: VerifyEvent) => void) | undefined;
  readonly onHash?: ((event: HashEvent) => void) | undefined;
  readonly onUpgrade?: ((event: UpgradeEvent) => void) | undefined;
}

export const HOOK_NAMES: readonly (keyof Hooks)[] = ['onVerify', 'onHash', 'onUpgrade'];

/** Calls a hook as the method of its object. A login does not fail because a metric did. */
export function callHook<Event>(call: (event: Event) => unknown, event: Event, failed: () => void): void {
  try {
    const answer = call(event);
    if (isThenable(answer)) answer.then(undefined, failed);
  } catch {
    failed();
  }
}

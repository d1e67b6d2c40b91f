/** What a check asks of known passwords, without what verifies them. */
import type { Registry } from '../../../registry.js';
import type { CanaryReport } from '../../../reports/check-report.js';
import type { VerifiedCanaries } from '../../../reports/judge-canaries.js';
import type { LimitOptions } from '../../../types.js';
import type { Canary } from './found.js';

export const NO_CANARIES: CanaryReport = Object.freeze({
  matched: 0,
  mismatched: 0,
  missing: 0,
  rejected: [],
  hashers: {},
  examples: [],
  suggestions: [],
});

export interface CanaryOptions {
  readonly registry: Registry;
  readonly limits?: LimitOptions | undefined;
  /** Peppers that may follow the passwords of bcrypt digests, or precede or follow those of others. Secret. */
  readonly peppers: readonly string[];
  readonly files: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param known how many passwords were given; those without a row are missing.
 * @throws the signal's reason after an abort.
 */
export type VerifyCanaries = (
  found: readonly Canary[],
  known: number,
  options: CanaryOptions,
) => Promise<{ readonly report: CanaryReport; readonly verified: VerifiedCanaries }>;

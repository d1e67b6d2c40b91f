/** Known passwords, verified against the digests of their rows. */
import type { Registry } from '../../registry.js';
import type { Limits, Verdict } from '../../types.js';
import type { CanaryReport, Example } from '../report.js';
import { type Attempt, suggestionsFor } from './alternatives.js';
import type { Canary } from './found.js';
import { type CanaryVerifiers, canaryVerifiers } from './verifiers.js';

/** Enough for every thread, few enough to keep memory flat. */
const CONCURRENCY = 16;
const EXAMPLES = 3;

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
  readonly limits?: Partial<Limits> | undefined;
  /** What may stand behind the passwords of bcrypt digests, or before or behind those of others. Secret. */
  readonly peppers: readonly string[];
  readonly files: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param known how many passwords were given; those without a row are missing.
 * @throws the signal's reason after an abort.
 */
export async function verifyCanaries(
  found: readonly Canary[],
  known: number,
  { registry, limits, peppers, files, signal }: CanaryOptions,
): Promise<CanaryReport> {
  const verifiers = canaryVerifiers(registry, limits);
  try {
    const attempt = async (attempts: readonly Attempt[]) => {
      const verdicts = await verdictsOf(verifiers, attempts, signal);
      signal?.throwIfAborted();
      return verdicts;
    };
    const usual = found.map(({ password, credential }) => ({ password, credential, passwordFirst: false }));
    const verdicts = await verdictsOf(verifiers, usual, signal);
    signal?.throwIfAborted();
    const failing = found.filter((_, i) => verdicts[i]?.outcome === 'mismatch');
    const suggestions: string[] = [];
    for (const hasher of [...new Set(failing.map(hasherOf))].sort()) {
      const its = failing.filter((canary) => hasherOf(canary) === hasher);
      suggestions.push(...(await suggestionsFor(registry, hasher, its, peppers, attempt)));
    }
    return {
      matched: verdicts.filter(({ outcome }) => outcome === 'match').length,
      mismatched: failing.length,
      missing: known - found.length,
      rejected: reasonsOf(verdicts),
      hashers: byHasher(found, verdicts),
      examples: failing.slice(0, EXAMPLES).map((canary) => exampleOf(canary, files)),
      suggestions,
    };
  } finally {
    await verifiers[Symbol.asyncDispose]();
  }
}

interface Task extends Omit<Attempt, 'password'> {
  readonly password: string | Uint8Array;
}

/** In the order of the tasks, a bounded number under way. */
async function verdictsOf(
  { usual, passwordFirst }: CanaryVerifiers,
  tasks: readonly Task[],
  signal: AbortSignal | undefined,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < tasks.length && !signal?.aborted) {
      const i = next++;
      const { password, credential, passwordFirst: swapped } = tasks[i] as Task;
      verdicts[i] = await (swapped ? passwordFirst : usual).verify(password, credential, signal ? { signal } : {});
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return verdicts;
}

function hasherOf({ credential }: Canary): string {
  return credential.passwordHasher;
}

function byHasher(found: readonly Canary[], verdicts: readonly Verdict[]): CanaryReport['hashers'] {
  const counts = new Map<string, { matched: number; mismatched: number }>();
  for (const [i, canary] of found.entries()) {
    const outcome = verdicts[i]?.outcome;
    if (outcome === 'rejected') continue;
    const its = counts.get(hasherOf(canary)) ?? { matched: 0, mismatched: 0 };
    its[outcome === 'match' ? 'matched' : 'mismatched']++;
    counts.set(hasherOf(canary), its);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Why canaries could not be verified, most of them first. */
function reasonsOf(verdicts: readonly Verdict[]): CanaryReport['rejected'] {
  const reasons = new Map<
    string,
    { code: CanaryReport['rejected'][number]['code']; hasher: string; count: number; message: string }
  >();
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'rejected') continue;
    const { code, message } = verdict.error;
    // A name that is no hasher's may be anything, a digest too.
    const hasher = verdict.error.hasher ?? 'unknown';
    const key = `${code} ${hasher}`;
    const reason = reasons.get(key) ?? { code, hasher, count: 0, message };
    reason.count++;
    reasons.set(key, reason);
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count || (a.code + a.hasher < b.code + b.hasher ? -1 : 1));
}

function exampleOf({ file, line, id }: Canary, files: readonly string[]): Example {
  return files.length > 1 ? { file: files[file] as string, line, id } : { line, id };
}

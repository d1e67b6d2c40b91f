/** Known passwords, verified against the digests of their rows. */
import type { CanarySuggestion } from '../../../reports/canary-suggestion.js';
import type { CanaryReport, Example } from '../../../reports/check-report.js';
import type { VerifiedCanaries } from '../../../reports/judge-canaries.js';
import type { Verdict } from '../../../types.js';
import { MAX_EXAMPLES } from '../../row.js';
import { type Attempt, findSuggestions } from './alternatives.js';
import type { CanaryOptions } from './contract.js';
import type { Canary } from './found.js';
import { isSecondSalt, saltedSuggestions, secondSaltSuggestions } from './separate-salt.js';
import { type CanaryVerifiers, canaryVerifiers } from './verifiers.js';

/**
 * @param known how many passwords were given; those without a row are missing.
 * @throws the signal's reason after an abort.
 */
export async function verifyCanaries(
  found: readonly Canary[],
  known: number,
  { registry, limits, peppers, files, signal }: CanaryOptions,
): Promise<{ readonly report: CanaryReport; readonly verified: VerifiedCanaries }> {
  const verifiers = canaryVerifiers(registry, limits);
  try {
    const attempt = (attempts: readonly Attempt[]) => verifyTasks(verifiers, attempts, signal);
    const usual = found.map(({ password, credential }) => ({ password, credential, passwordFirst: false }));
    const verdicts = await verifyTasks(verifiers, usual, signal);
    const failing = found.filter((_, i) => verdicts[i]?.outcome === 'mismatch');
    const refused = found.filter(({ verdict }) => verdict === 'rejected').length;
    const suggestions: CanarySuggestion[] = [];
    const twice = failing.filter(isSecondSalt);
    if (twice.length > 0) suggestions.push(...(await secondSaltSuggestions(twice, attempt)));
    const salted = failing.filter((canary) => canary.salt !== undefined && !isSecondSalt(canary));
    if (salted.length > 0) suggestions.push(...(await saltedSuggestions(salted)));
    const whole = failing.filter((canary) => canary.salt === undefined || isSecondSalt(canary));
    for (const hasher of [...new Set(whole.map(getHasher))].sort()) {
      const its = whole.filter((canary) => getHasher(canary) === hasher);
      suggestions.push(...(await findSuggestions(registry, hasher, its, peppers, attempt)));
    }
    const report = {
      matched: verdicts.filter(({ outcome }) => outcome === 'match').length,
      mismatched: failing.length,
      missing: known - found.length,
      ...(refused > 0 && { refused }),
      rejected: countReasons(found, verdicts),
      hashers: byHasher(found, verdicts),
      examples: failing.slice(0, MAX_EXAMPLES).map((canary) => makeExample(canary, files)),
      suggestions,
    };
    return { report, verified: countVerified(found, verdicts, files) };
  } finally {
    await verifiers[Symbol.asyncDispose]();
  }
}

interface CanaryTask extends Omit<Attempt, 'password'> {
  readonly password: string | Uint8Array;
}

/**
 * Verdicts in the order of the tasks.
 * @throws the signal's reason after an abort.
 */
async function verifyTasks(
  { usual, passwordFirst }: CanaryVerifiers,
  tasks: readonly CanaryTask[],
  signal: AbortSignal | undefined,
): Promise<Verdict[]> {
  signal?.throwIfAborted();
  const verdicts: Verdict[] = [];
  async function verifyBy(verifier: CanaryVerifiers['usual'], swapped: boolean): Promise<void> {
    const rows = tasks.flatMap(({ password, credential, ...task }, index) =>
      task.passwordFirst === swapped ? [{ ...credential, password, index }] : [],
    );
    if (rows.length === 0) return;
    for await (const { input, verdict } of verifier.verifyMany(rows, { signal })) {
      verdicts[input.index] = verdict;
    }
  }
  try {
    await Promise.all([verifyBy(usual, false), verifyBy(passwordFirst, true)]);
  } finally {
    signal?.throwIfAborted();
  }
  return verdicts;
}

function getHasher({ credential }: Canary): string {
  return credential.passwordHasher;
}

function byHasher(found: readonly Canary[], verdicts: readonly Verdict[]): CanaryReport['hashers'] {
  const counts = new Map<string, { matched: number; mismatched: number }>();
  for (const [i, canary] of found.entries()) {
    const outcome = verdicts[i]?.outcome;
    if (outcome === 'rejected') continue;
    const its = counts.get(getHasher(canary)) ?? { matched: 0, mismatched: 0 };
    its[outcome === 'match' ? 'matched' : 'mismatched']++;
    counts.set(getHasher(canary), its);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function countVerified(
  found: readonly Canary[],
  verdicts: readonly Verdict[],
  files: readonly string[],
): VerifiedCanaries {
  const counts = new Map<string, { matched: number; mismatched: number; warned: number; examples: Example[] }>();
  for (const [i, canary] of found.entries()) {
    const { verdict, hasher } = canary;
    const outcome = verdicts[i]?.outcome;
    if (hasher === null || verdict === 'rejected' || (outcome !== 'match' && outcome !== 'mismatch')) continue;
    const its = counts.get(hasher) ?? { matched: 0, mismatched: 0, warned: 0, examples: [] };
    counts.set(hasher, its);
    its[outcome === 'match' ? 'matched' : 'mismatched']++;
    if (outcome === 'match') continue;
    if (verdict === 'warned') its.warned++;
    if (its.examples.length < MAX_EXAMPLES) its.examples.push(makeExample(canary, files));
  }
  return counts;
}

/** Why canaries could not be verified, most of them first: what the check said of the row, where it is refused. */
function countReasons(found: readonly Canary[], verdicts: readonly Verdict[]): CanaryReport['rejected'] {
  type Reason = CanaryReport['rejected'][number];
  const reasons = new Map<string, Reason>();
  for (const [i, verdict] of verdicts.entries()) {
    if (verdict.outcome !== 'rejected') continue;
    const { rejection, hasher } = found[i] as Canary;
    // An unknown name may be anything, also a digest.
    const one: Omit<Reason, 'count'> =
      rejection === undefined
        ? { code: verdict.error.code, hasher: verdict.error.hasher ?? 'unknown', message: verdict.error.message }
        : { code: rejection.code, hasher: hasher ?? 'unknown', message: `the row is rejected: ${rejection.message}` };
    const key = `${one.code} ${one.hasher}`;
    const { count = 0, message = one.message } = reasons.get(key) ?? {};
    reasons.set(key, { ...one, message, count: count + 1 });
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count || (a.code + a.hasher < b.code + b.hasher ? -1 : 1));
}

function makeExample({ file, line, id }: Canary, files: readonly string[]): Example {
  return files.length > 1 ? { file: files[file] as string, line, id } : { line, id };
}

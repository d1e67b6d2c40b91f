/** Why known passwords do not match: reinterpretations of the digests and transforms of the passwords, tried in turn. */
import { utf8 } from '../../../encoding/bytes.js';
import type { Registry } from '../../../registry.js';
import type { CanarySuggestion } from '../../../reports/canary-suggestion.js';
import type { Credential, Verdict } from '../../../types.js';
import type { Canary } from './found.js';
import { createPepperTransforms, type PasswordTransform, passwordTransforms } from './password-transforms.js';
import { findReinterpretations, type Reinterpretation } from './reinterpretations.js';

/** An alternative that matches none of this number is given up. */
const SAMPLE = 3;
/** Of alternatives that fit equally well. */
const MAX_SUGGESTIONS = 3;

export interface Attempt {
  readonly password: Uint8Array;
  readonly credential: Credential;
  readonly passwordFirst: boolean;
}

/** Verdicts in the order of the attempts. */
export type Try = (attempts: readonly Attempt[]) => Promise<readonly Verdict[]>;

interface Alternative {
  readonly reinterpretation: Reinterpretation | undefined;
  readonly transform: PasswordTransform | undefined;
}

/**
 * What makes most of these canaries match; the simplest only.
 * @param failing canaries of one hasher that do not match.
 */
export async function findSuggestions(
  registry: Registry,
  hasher: string,
  failing: readonly Canary[],
  peppers: readonly string[],
  attempt: Try,
): Promise<CanarySuggestion[]> {
  const reinterpretations = findReinterpretations(hasher, peppers);
  // Devise's pepper is a reinterpretation of bcrypt, and the transform would only repeat it.
  const kept = createPepperTransforms(peppers).filter(
    ({ reading }) => reading.kind !== 'pepper-after' || !hasher.startsWith('bcrypt'),
  );
  const all = [...passwordTransforms, ...kept];
  const single: Alternative[] = [
    ...reinterpretations.map((reinterpretation) => ({ reinterpretation, transform: undefined })),
    ...all.map((transform) => ({ reinterpretation: undefined, transform })),
  ];
  const alone = await best(hasher, failing, single, attempt);
  // Two changes at once are tried where a try costs microseconds.
  if (alone.length > 0 || !isCheap(registry, failing)) return alone;
  const double = reinterpretations.flatMap((reinterpretation) =>
    all.map((transform) => ({ reinterpretation, transform })),
  );
  return best(hasher, failing, double, attempt);
}

async function best(
  hasher: string,
  failing: readonly Canary[],
  alternatives: readonly Alternative[],
  attempt: Try,
): Promise<CanarySuggestion[]> {
  const fitting: { readonly alternative: Alternative; readonly matched: number }[] = [];
  for (const alternative of alternatives) {
    const attempts = failing.flatMap((canary) => makeAttempt(canary, alternative) ?? []);
    if (2 * attempts.length <= failing.length) continue;
    const sample = spread(attempts);
    const first = await matches(sample, attempt);
    if (first === 0) continue;
    const matched = sample.length === attempts.length ? first : await matches(attempts, attempt);
    if (2 * matched > failing.length) fitting.push({ alternative, matched });
  }
  const most = Math.max(...fitting.map(({ matched }) => matched));
  const fittest = fitting.filter(({ matched }) => matched === most);
  // What another hasher holds can be imported; a password that has to be prepared says the same in a worse way.
  const read = fittest.filter(({ alternative }) => alternative.transform === undefined);
  return (read.length > 0 ? read : fittest)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ alternative: { reinterpretation, transform }, matched }) => ({
      kind: 'reading',
      hasher,
      ...(reinterpretation && { digest: reinterpretation.reading }),
      ...(transform && { password: transform.reading }),
      ...{ matched, of: failing.length },
    }));
}

/** Undefined where nothing would be another than it is. */
function makeAttempt(
  { credential, password }: Canary,
  { reinterpretation, transform }: Alternative,
): Attempt | undefined {
  const plain = utf8(password);
  const bytes = transform === undefined ? plain : transform.apply(password);
  if (bytes === undefined || (transform !== undefined && Buffer.compare(bytes, plain) === 0)) return undefined;
  const read = reinterpretation === undefined ? credential : reinterpretation.apply(credential.passwordDigest);
  if (read === undefined) return undefined;
  return { password: bytes, credential: read, passwordFirst: reinterpretation?.passwordFirst === true };
}

async function matches(attempts: readonly Attempt[], attempt: Try): Promise<number> {
  return (await attempt(attempts)).filter(({ outcome }) => outcome === 'match').length;
}

/** From the whole list, so that a few wrong passwords at its beginning decide nothing. */
function spread<T>(items: readonly T[]): readonly T[] {
  if (items.length <= SAMPLE) return items;
  return Array.from({ length: SAMPLE }, (_, i) => items[Math.floor((i * (items.length - 1)) / (SAMPLE - 1))] as T);
}

function isCheap(registry: Registry, failing: readonly Canary[]): boolean {
  return failing.every(({ credential }) => {
    const hasher = registry.get(credential.passwordHasher);
    return hasher !== undefined && hasher.cost(hasher.parse(credential.passwordDigest).params).kdf === 'hash';
  });
}

/** The error for a digest with a damage that has a name: without it the digest would read. */
import { type DigestError, digestError } from '../errors.js';
import type { AnyHasher } from '../types.js';
import { formatAlternatives, KNOWN_PASSWORD_HINT } from './advice.js';
import { type Damage, isLooseText, undoDamage } from './damage.js';
import { isDisabledMarker } from './disabled.js';
import { isKnownFormat } from './explain-unsupported.js';
import { belongsTo, identifyAmong } from './identify.js';
import { findElsewhere, findKnownFormat } from './known.js';
import { readSystem } from './systems/index.js';

/** What the text is without its damage, as `what` says it. */
export function explainAsDamage(
  hashers: readonly AnyHasher[],
  digest: string,
  found: readonly Damage[],
  what: typeof nameFormat,
): DigestError | undefined {
  for (const { name, digest: whole, offset, problem, fix } of found) {
    if (isMarkWithout(digest, whole)) return explainDisabled(undefined);
    const answer = what(hashers, whole);
    if (answer === undefined) continue;
    const hint = `without the damage it is ${answer}`;
    const detail = { field: 'digest', subcode: name, offset, fix, suggestion: { repair: true } as const, hint };
    return digestError('ERR_MALFORMED', problem, detail);
  }
  return undefined;
}

export function nameCertainFormat(hashers: readonly AnyHasher[], digest: string): string | undefined {
  const [best] = identifyAmong(hashers, digest);
  return best === undefined || best.certainty === 'possible' ? undefined : nameFormat(hashers, digest);
}

export function explainDisabled(hasher: string | undefined): DigestError {
  return digestError('ERR_DISABLED', 'the account has no usable password: this is a mark, not a digest', {
    hasher,
    field: 'digest',
    offset: 0,
    fix: 'import the user without a password',
  });
}

export function explainDamage(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
  found: readonly Damage[],
  what: typeof nameFormat,
): DigestError | undefined {
  for (const { name, digest: whole, offset, problem, fix } of found) {
    if (isMarkWithout(digest, whole)) return explainDisabled(hasher.name);
    const isOwn = belongsTo(hashers, hasher, whole);
    if (isOwn && (isDoubtful(hashers, hasher, found) || hasher.parse(whole).warnings.some(isLooseText)))
      return explainTwoReadings(hasher, offset, problem);
    const hint = isOwn ? undefined : what(hashers, whole);
    if (!isOwn && hint === undefined) continue;
    // A text that reads unchanged is not damaged, it belongs to another hasher.
    if (!isOwn && (isKnownFormat(digest) || nameFormat(hashers, digest) !== undefined)) return undefined;
    return digestError('ERR_MALFORMED', problem, {
      hasher: hasher.name,
      field: 'digest',
      subcode: name,
      offset,
      fix,
      suggestion: { repair: true },
      hint: hint && `without the damage it is ${hint}`,
    });
  }
  return undefined;
}

/** A "!" or "*" that the text itself begins with was looked at before. */
function isMarkWithout(text: string, whole: string): boolean {
  return isDisabledMarker(whole) && (whole === '' || whole[0] !== text[0] || !/[!*{]/.test(whole.charAt(0)));
}

/** A text salt may hold what else would be the damage. */
function isDoubtful(hashers: readonly AnyHasher[], hasher: AnyHasher, found: readonly Damage[]): boolean {
  const read = (text: string) => (belongsTo(hashers, hasher, text) ? hasher.serialize(hasher.parse(text)) : undefined);
  return undoDamage(found, read, (a, b) => a === b)?.isDoubtful === true;
}

function explainTwoReadings({ name }: AnyHasher, offset: number, problem: string): DigestError {
  return digestError('ERR_MALFORMED', `${problem}, or other damage: the digest can be read in two ways`, {
    hasher: name,
    field: 'digest',
    subcode: 'two-readings',
    offset,
    hint: KNOWN_PASSWORD_HINT,
  });
}

export function nameFormat(hashers: readonly AnyHasher[], digest: string): string | undefined {
  const plain = findElsewhere(digest);
  if (plain !== undefined) return plain.problem;
  const known = findKnownFormat(digest);
  if (known?.weight === 'first') return `a digest of ${known.title}`;
  const [best] = identifyAmong(hashers, digest);
  const foreign = best === undefined || best.convertible !== undefined ? readSystem(digest) : undefined;
  if (foreign !== undefined) return foreign.damaged ? undefined : `a digest of ${foreign.title}`;
  return best === undefined || best.certainty === 'possible' ? undefined : `a digest of ${best.hasher}`;
}

/** Its shape fits, and would fit much else. */
export function guessFormat(hashers: readonly AnyHasher[], digest: string): string | undefined {
  const candidates = identifyAmong(hashers, digest);
  if (candidates.length > 0) return `perhaps ${formatAlternatives(candidates)}`;
  const known = findKnownFormat(digest);
  return known && `a digest of ${known.title}`;
}

/** From "does not parse" to what the digest really is, and what to do. Runs on failures only. */
import { nearestName } from '../encoding/received.js';
import { toSlug } from '../encoding/slug.js';
import { adviseHasher, DigestError, type DigestErrorDetail, digestError, withDetail } from '../errors.js';
import type { AnyHasher } from '../types.js';
import { MAX_DIGEST_CHARS } from './bounds.js';
import { lostError } from './damage/lost.js';
import { type Damage, isLooseText, isShellRemnant, listDamages, undoDamage } from './damage.js';
import { isDisabledMarker } from './disabled.js';
import { belongsTo, type Candidate, findLostPrefix, hasPrefix, identifyAmong } from './identify.js';
import { adviseKeeping, findElsewhere, findKnownFormat, hintFromLength } from './known.js';
import { indexNames, saysMore } from './names.js';
import { signaturesOf } from './signatures.js';
import type { ForeignDigest } from './systems/index.js';
import { readSystem } from './systems/index.js';

/** The most helpful error for a digest that `hasher` refused with `error`. */
export function explain(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
  error: DigestError,
): DigestError {
  if (digest.length > MAX_DIGEST_CHARS) return error;
  if (isDisabledMarker(digest)) return disabled(hasher.name);
  if (error.code !== 'ERR_MALFORMED' && error.code !== 'ERR_WRONG_HASHER') return error;
  const known = findKnownFormat(digest);
  if (known?.weight === 'first') return unsupported(hasher.name, digest, known.title);
  const found = listDamages(digest);
  const damage = damaged(hashers, hasher, digest, found, whatItIs) ?? lostError(digest, hasher.name);
  if (damage !== undefined) return damage;
  if (error.code === 'ERR_WRONG_HASHER') return withCertainFix(hashers, error, digest);
  // Under its own signature it is damaged, which the hasher itself explains best, or another system's that writes the same.
  if (hasPrefix(hasher, digest)) return anotherSystem(hashers, hasher, digest) ?? withReader(hashers, error, digest);
  return (
    anotherHasher(hashers, hasher, digest) ??
    anotherSystem(hashers, hasher, digest) ??
    anotherSignature(hashers, hasher, digest) ??
    formatOf(hasher.name, digest) ??
    damaged(hashers, hasher, digest, found, whatItMayBe) ??
    withHint(error, digest)
  );
}

/** The error for a text that no hasher reads unchanged, if its form alone explains it. */
export function explainUnread(hashers: readonly AnyHasher[], digest: string): DigestError | undefined {
  if (digest.length > MAX_DIGEST_CHARS) return undefined;
  if (isDisabledMarker(digest)) return disabled(undefined);
  const known = findKnownFormat(digest);
  if (known?.weight === 'first') return unsupported(undefined, digest, known.title);
  const foreign = readSystem(digest);
  if (foreign !== undefined && foreign.credential === undefined && !foreign.damaged) {
    return unsupported(undefined, digest, foreign.title, foreign.reason);
  }
  if (foreign?.credential !== undefined) return undefined;
  const [owner] = signaturesOf(hashers).startingLike(digest);
  try {
    owner?.parse(digest);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    return explain(hashers, owner as AnyHasher, digest, error);
  }
  const found = listDamages(digest);
  return (
    without(hashers, digest, found, hasherWithout) ??
    (isFormat(digest) ? formatOf(undefined, digest) : undefined) ??
    without(hashers, digest, found, (all, whole) => whatItIs(all, whole) ?? whatItMayBe(all, whole)) ??
    (foreign?.damaged ? damagedSystem(foreign) : undefined) ??
    (identifyAmong(hashers, digest).length > 0
      ? undefined
      : (lostError(digest, undefined) ?? formatOf(undefined, digest)))
  );
}

/** What the text is without its damage, as `what` says it. */
function without(
  hashers: readonly AnyHasher[],
  digest: string,
  found: readonly Damage[],
  what: typeof whatItIs,
): DigestError | undefined {
  for (const { name, digest: whole, offset, problem, fix } of found) {
    if (isMarkWithout(digest, whole)) return disabled(undefined);
    const answer = what(hashers, whole);
    if (answer === undefined) continue;
    const hint = `without the damage it is ${answer}`;
    const detail = { field: 'digest', subcode: name, offset, fix, suggestion: { repair: true } as const, hint };
    return digestError('ERR_MALFORMED', problem, detail);
  }
  return undefined;
}

function hasherWithout(hashers: readonly AnyHasher[], digest: string): string | undefined {
  const [best] = identifyAmong(hashers, digest);
  return best === undefined || best.certainty === 'possible' ? undefined : whatItIs(hashers, digest);
}

function damagedSystem({ title, reason }: ForeignDigest): DigestError {
  const detail = { field: 'digest', subcode: toSlug(title), offset: 0 };
  return digestError('ERR_MALFORMED', `damaged digest of ${title} (${reason})`, detail);
}

/** Sound, and of no hasher here. */
function unsupported(hasher: string | undefined, digest: string, title: string, reason?: string): DigestError {
  const plain = findElsewhere(digest);
  const what = plain?.problem ?? (reason === undefined ? title : `${title}: ${reason}`);
  return digestError('ERR_UNSUPPORTED', `this is ${what}`, {
    hasher,
    field: 'digest',
    subcode: plain?.name ?? toSlug(title),
    offset: 0,
    fix: plain?.fix ?? adviseKeeping(findKnownFormat(digest)?.verifier),
  });
}

/** A format that is known by its text alone, and that nothing here reads. */
function formatOf(hasher: string | undefined, digest: string): DigestError | undefined {
  const title = findKnownFormat(digest)?.title ?? findElsewhere(digest)?.problem;
  return title === undefined ? undefined : unsupported(hasher, digest, title);
}

/** A format of its own, not one of a family that something else in the text may be a damaged one of. */
function isFormat(digest: string): boolean {
  const known = findKnownFormat(digest);
  return known !== undefined && known.weight !== 'family';
}

/** The error for an unknown hasher. The name is not repeated: in a shifted file it could be anything. */
export function unknownHasher(hashers: readonly AnyHasher[], name: string, digest: string): DigestError {
  return digestError('ERR_UNKNOWN_HASHER', 'unknown hasher', {
    field: 'passwordHasher',
    ...adviceOnName(hashers, name, digest),
  });
}

/** The same for a name without a digest, such as the value of a flag. @param field that holds the name. */
export function unknownHasherName(hashers: readonly AnyHasher[], name: string, field: string): DigestError {
  const { listed, similarTo } = indexNames(hashers);
  const names = hashers.map((hasher) => hasher.name);
  const similar = similarTo(name)?.name ?? nearestName(name, names);
  return digestError('ERR_UNKNOWN_HASHER', 'unknown hasher', {
    field,
    ...(similar === undefined
      ? { hint: `known hashers: ${listed}` }
      : { fix: `use ${similar}`, suggestion: { hasher: similar } }),
  });
}

type Advice = Pick<DigestErrorDetail, 'subcode' | 'fix' | 'suggestion' | 'hint'>;

function adviceOnName(hashers: readonly AnyHasher[], name: string, digest: string): Advice {
  const { listed, similarTo } = indexNames(hashers);
  if (hashers.some((hasher) => hasher.name === digest) && identifyAmong(hashers, name).length > 0) {
    return { fix: 'swap passwordHasher and passwordDigest', suggestion: { swap: 'hasher-and-digest' } };
  }
  const similar = similarTo(name);
  if (similar !== undefined) {
    if (belongsTo(hashers, similar, digest)) return adviseHasher(similar.name);
    const damage = listDamages(digest).find((one) => belongsTo(hashers, similar, one.digest));
    if (damage !== undefined) {
      const { fix } = adviseHasher(similar.name);
      return {
        subcode: damage.name,
        fix: `${fix}, and ${damage.fix}`,
        suggestion: { hasher: similar.name, repair: true },
      };
    }
  }
  const candidates = identifyAmong(hashers, digest);
  const [best] = candidates;
  const advice = best === undefined || saysMore(name, best.hasher) ? undefined : certainAdvice(candidates, digest);
  if (candidates.length > 0) {
    return { subcode: joinNames(candidates), ...advice, hint: `the digest looks like ${listedNames(candidates)}` };
  }
  const foreign = readSystem(digest);
  if (foreign !== undefined) {
    const { title, reason = NOT_HERE } = foreign;
    return { subcode: toSlug(title), hint: `the digest looks like ${title}: ${reason}` };
  }
  const known = findKnownFormat(digest);
  if (known !== undefined) {
    const { title, verifier } = known;
    return { subcode: toSlug(title), fix: adviseKeeping(verifier), hint: `the digest looks like ${title}` };
  }
  return similar === undefined
    ? { hint: `known hashers: ${listed}` }
    : { hint: `the name looks like ${similar.name}, but the digest is not one` };
}

function listedNames(candidates: readonly Candidate[]): string {
  return joinNames(candidates, ' or ');
}

function joinNames(candidates: readonly Candidate[], separator = '|'): string {
  return [...new Set(candidates.map(({ hasher }) => hasher))].join(separator);
}

/** What to do with a digest that certainly is the best candidate's; undefined where that is not certain. */
function certainAdvice([best]: readonly Candidate[], digest: string): Advice | undefined {
  if (best?.certainty !== 'certain') return undefined;
  if (best.convertible === undefined) return adviseHasher(best.hasher);
  const system = readSystem(digest)?.system;
  return {
    fix: `convert it with digestry convert (becomes ${best.hasher})`,
    ...(system !== undefined && { suggestion: { convert: system, to: best.hasher } }),
  };
}

function disabled(hasher: string | undefined): DigestError {
  return digestError('ERR_DISABLED', 'account is marked as having no usable password', {
    hasher,
    field: 'digest',
    offset: 0,
    fix: 'import the user without a password',
  });
}

function damaged(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
  found: readonly Damage[],
  what: typeof whatItIs,
): DigestError | undefined {
  for (const { name, digest: whole, offset, problem, fix } of found) {
    if (isMarkWithout(digest, whole)) return disabled(hasher.name);
    const isOwn = belongsTo(hashers, hasher, whole);
    if (isOwn && (isDoubtful(hashers, hasher, found) || hasher.parse(whole).warnings.some(isLooseText)))
      return twoReadings(hasher, offset, problem);
    const hint = isOwn ? undefined : what(hashers, whole);
    if (!isOwn && hint === undefined) continue;
    // A text that reads unchanged is not damaged, it belongs to another hasher.
    if (!isOwn && (isFormat(digest) || whatItIs(hashers, digest) !== undefined)) return undefined;
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

function twoReadings({ name }: AnyHasher, offset: number, problem: string): DigestError {
  return digestError('ERR_MALFORMED', `${problem}, or other damage: the digest can be read in two ways`, {
    hasher: name,
    field: 'digest',
    subcode: 'two-readings',
    offset,
    hint: KNOWN_PASSWORD_HINT,
  });
}

function whatItIs(hashers: readonly AnyHasher[], digest: string): string | undefined {
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
function whatItMayBe(hashers: readonly AnyHasher[], digest: string): string | undefined {
  const candidates = identifyAmong(hashers, digest);
  if (candidates.length > 0) return `perhaps ${listedNames(candidates)}`;
  const known = findKnownFormat(digest);
  return known && `a digest of ${known.title}`;
}

/** The digest has the signature and grammar of `other`. */
export function wrongHasher(hasher: AnyHasher, other: AnyHasher): DigestError {
  return notOf(hasher, `this is a digest of ${other.name}`, adviseHasher(other.name));
}

function anotherHasher(hashers: readonly AnyHasher[], hasher: AnyHasher, digest: string): DigestError | undefined {
  const candidates = identifyAmong(hashers, digest).filter(({ convertible }) => convertible === undefined);
  if (candidates.length === 0) return undefined;
  const prefix = findLostPrefix(hasher, digest);
  if (prefix !== undefined) {
    const what = `this is a digest of ${listedNames(candidates)}, or ${JSON.stringify(prefix)} is missing before it`;
    return notOf(hasher, what, { subcode: joinNames(candidates), hint: KNOWN_PASSWORD_HINT });
  }
  const advice = certainAdvice(candidates, digest);
  return advice === undefined
    ? notOf(hasher, `this looks like a digest of ${listedNames(candidates)}`, {
        subcode: joinNames(candidates),
        hint: KNOWN_PASSWORD_HINT,
      })
    : notOf(hasher, `this is a digest of ${candidates[0]?.hasher}`, advice);
}

const KNOWN_PASSWORD_HINT = 'check which product wrote it, or try a known password';

/** Of a conversion to a hasher that this registry lacks. */
const NOT_HERE = 'none of these hashers can represent it';

/** The digest is another system's. Undefined if it belongs to no system, or is damaged under the hasher's own signature. */
export function anotherSystem(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
): DigestError | undefined {
  const foreign = readSystem(digest);
  if (foreign === undefined) return undefined;
  const { title, credential, reason, doubt } = foreign;
  if (foreign.damaged) {
    if (hasPrefix(hasher, digest)) return undefined;
    return notOf(hasher, `damaged digest of ${title} (${reason})`, { subcode: toSlug(title) });
  }
  if (credential === undefined) return unsupported(hasher.name, digest, title, reason);
  const advice = certainAdvice(identifyAmong(hashers, digest), digest);
  return notOf(hasher, `this is a digest of ${title}`, advice ?? { subcode: toSlug(title), hint: doubt ?? NOT_HERE });
}

/** Another's signature with a damaged rest. */
function anotherSignature(hashers: readonly AnyHasher[], hasher: AnyHasher, digest: string): DigestError | undefined {
  const [owner] = signaturesOf(hashers).startingLike(digest);
  return owner && notOf(hasher, `damaged digest of ${owner.name}`, { subcode: owner.name });
}

function notOf(hasher: AnyHasher, what: string, advice: Advice): DigestError {
  const detail = { hasher: hasher.name, field: 'digest', offset: 0, ...advice };
  return digestError('ERR_WRONG_HASHER', what, detail);
}

/** A hasher that names another has not asked it: without that one in the registry, or its consent, the fix is dropped. */
function withCertainFix(hashers: readonly AnyHasher[], error: DigestError, digest: string): DigestError {
  const { suggestion } = error;
  if (suggestion === undefined || !('hasher' in suggestion)) return error;
  const named = suggestion.hasher;
  if (hashers.some((other) => other.name === named && belongsTo(hashers, other, digest))) return error;
  const { code, message, hasher, field, subcode, offset, hint } = error;
  return digestError(code, message, { hasher, field, subcode, offset, hint });
}

/** Of two hashers with one signature, the other reads this text unchanged, so it may belong to that one. */
function withReader(hashers: readonly AnyHasher[], error: DigestError, digest: string): DigestError {
  const [other] = identifyAmong(hashers, digest);
  return other === undefined || error.hint !== undefined
    ? error
    : withDetail(error, { hint: `${other.hasher} can read it` });
}

const SHELL_HINT = 'a shell expanded "$" in a bcrypt digest in double quotes; export it again in single quotes';
const SWAPPED_HINT =
  'this does not look like a digest; if it is the plain password, the password and digest columns may be swapped';

function withHint(error: DigestError, digest: string): DigestError {
  if (isShellRemnant(digest)) return withDetail(error, { hint: SHELL_HINT });
  const hint = hintFromLength(digest);
  if (hint !== undefined && error.hint === undefined) return withDetail(error, { hint });
  return looksTyped(digest) ? withDetail(error, { hint: SWAPPED_HINT }) : error;
}

/** Hexadecimal of 128 bits, the shortest digest, is longer; no digest has a space between other characters. */
function looksTyped(text: string): boolean {
  if (/^[0-9a-f]{8,}$/i.test(text)) return false;
  return text.length < MIN_DIGEST_CHARS || /\S \S/.test(text);
}

/** crypt(3)'s DES has 13, and a piece that was cut off a digest may have fewer: it remains a hint. */
const MIN_DIGEST_CHARS = 24;

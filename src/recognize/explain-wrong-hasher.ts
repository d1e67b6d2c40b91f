/** The error for a digest of another hasher, or of another system, than the one named. */
import { toSlug } from '../encoding/slug.js';
import { adviseHasher, type DigestError, digestError, withDetail } from '../errors.js';
import { getFormat } from '../hashers/index.js';
import type { AnyHasher } from '../types.js';
import { type Advice, certainAdvice, formatAlternatives, joinNames, KNOWN_PASSWORD_HINT, NOT_HERE } from './advice.js';
import { explainUnsupported } from './explain-unsupported.js';
import { belongsTo, findLostPrefix, hasPrefix, identifyAmong } from './identify.js';
import { getSignatures } from './signatures.js';
import { readSystem } from './systems/index.js';

/** The digest has the signature and grammar of `other`. */
export function explainWrongHasher(hasher: AnyHasher, other: AnyHasher): DigestError {
  return createWrongHasher(hasher, `this is a digest of ${other.name}`, adviseHasher(other.name));
}

export function explainOtherHasher(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
): DigestError | undefined {
  const candidates = identifyAmong(hashers, digest).filter(
    ({ convertible, certainty, hasher: name }) =>
      convertible === undefined && (certainty !== 'possible' || !isFormat(hashers, name)),
  );
  if (candidates.length === 0) return undefined;
  const prefix = findLostPrefix(hasher, digest);
  if (prefix !== undefined) {
    const what = `this is a digest of ${formatAlternatives(candidates)}, or ${JSON.stringify(prefix)} is missing before it`;
    return createWrongHasher(hasher, what, { subcode: joinNames(candidates), hint: KNOWN_PASSWORD_HINT });
  }
  const advice = certainAdvice(candidates, digest);
  return advice === undefined
    ? createWrongHasher(hasher, `this looks like a digest of ${formatAlternatives(candidates)}`, {
        subcode: joinNames(candidates),
        hint: KNOWN_PASSWORD_HINT,
      })
    : createWrongHasher(hasher, `this is a digest of ${candidates[0]?.hasher}`, advice);
}

/** The digest is another system's. Undefined if it belongs to no system, or is damaged under the hasher's own signature. */
export function explainOtherSystem(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
): DigestError | undefined {
  const foreign = readSystem(digest);
  if (foreign === undefined) return undefined;
  const { title, credential, reason, doubt } = foreign;
  if (foreign.damaged) {
    if (hasPrefix(hasher, digest)) return undefined;
    return createWrongHasher(hasher, `damaged digest of ${title} (${reason})`, { subcode: toSlug(title) });
  }
  if (credential === undefined) return explainUnsupported(hasher.name, digest, title, reason);
  const advice = certainAdvice(identifyAmong(hashers, digest), digest);
  return createWrongHasher(
    hasher,
    `this is a digest of ${title}`,
    advice ?? { subcode: toSlug(title), hint: doubt ?? NOT_HERE },
  );
}

/** Another's signature with a damaged rest. */
export function explainOtherSignature(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
): DigestError | undefined {
  const [owner] = getSignatures(hashers).startingLike(digest);
  return owner && createWrongHasher(hasher, `damaged digest of ${owner.name}`, { subcode: owner.name });
}

/** What only has the shape of one of hundreds of formats is not likely to be it. */
function isFormat(hashers: readonly AnyHasher[], name: string): boolean {
  const found = hashers.find((one) => one.name === name);
  return found !== undefined && getFormat(found) !== undefined;
}

function createWrongHasher(hasher: AnyHasher, what: string, advice: Advice): DigestError {
  const detail = { hasher: hasher.name, field: 'digest', offset: 0, ...advice };
  return digestError('ERR_WRONG_HASHER', what, detail);
}

/** A hasher that names another has not asked it: without that one in the registry, or its consent, the fix is dropped. */
export function dropUncertainFix(hashers: readonly AnyHasher[], error: DigestError, digest: string): DigestError {
  const { suggestion } = error;
  if (suggestion === undefined || !('hasher' in suggestion)) return error;
  const named = suggestion.hasher;
  if (hashers.some((other) => other.name === named && belongsTo(hashers, other, digest))) return error;
  const { code, message, hasher, field, subcode, offset, hint } = error;
  return digestError(code, message, { hasher, field, subcode, offset, hint });
}

/** Of two hashers with one signature, the other reads this text unchanged, so it may belong to that one. */
export function addReader(hashers: readonly AnyHasher[], error: DigestError, digest: string): DigestError {
  const [other] = identifyAmong(hashers, digest);
  return other === undefined || error.hint !== undefined
    ? error
    : withDetail(error, { hint: `${other.hasher} can read it` });
}

/** From "does not parse" to what the digest really is, and what to do. Runs on failures only. */
import { toSlug } from '../encoding/slug.js';
import { DigestError, digestError, withDetail } from '../errors.js';
import { COMPANION, getFormat, isDynamicName, MISSING } from '../hashers/index.js';
import type { AnyHasher } from '../types.js';
import { MAX_DIGEST_CHARS } from './bounds.js';
import { lostError } from './damage/lost.js';
import { isShellRemnant, listDamages } from './damage.js';
import { isDisabledMarker } from './disabled.js';
import {
  explainAsDamage,
  explainDamage,
  explainDisabled,
  guessFormat,
  nameCertainFormat,
  nameFormat,
} from './explain-damage.js';
import { explainKnownFormat, explainUnsupported, isKnownFormat } from './explain-unsupported.js';
import {
  addReader,
  dropUncertainFix,
  explainOtherHasher,
  explainOtherSignature,
  explainOtherSystem,
} from './explain-wrong-hasher.js';
import { hasPrefix, identifyAmong } from './identify.js';
import { findKnownFormat, hintFromLength } from './known.js';
import { getSignatures } from './signatures.js';
import { type ForeignDigest, readSystem } from './systems/index.js';

/** The most helpful error for a digest that `hasher` refused with `error`. */
export function explain(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
  error: DigestError,
): DigestError {
  if (digest.length > MAX_DIGEST_CHARS) return error;
  if (isDisabledMarker(digest)) return explainDisabled(hasher.name, digest);
  // A scheme of one's own looks like any format.
  if (isDynamicName(hasher.name)) return error;
  if (error.code !== 'ERR_MALFORMED' && error.code !== 'ERR_WRONG_HASHER') return error;
  if (error.subcode === MISSING || error.subcode === COMPANION) return error;
  // A format's own signature comes before the table of systems, which may have the same one.
  const isOwn = getFormat(hasher) !== undefined && hasPrefix(hasher, digest);
  const known = findKnownFormat(digest);
  if (known?.weight === 'first' && !isOwn) return explainUnsupported(hasher.name, digest, known.title);
  const found = listDamages(digest);
  const damage = explainDamage(hashers, hasher, digest, found, nameFormat) ?? lostError(digest, hasher.name);
  if (damage !== undefined) return damage;
  if (error.code === 'ERR_WRONG_HASHER') return dropUncertainFix(hashers, error, digest);
  // Under its own signature it is damaged, which the hasher itself explains best, or another system's that writes the same.
  if (isOwn) return addReader(hashers, error, digest);
  if (isOwn) return addReader(hashers, error, digest);
  if (hasPrefix(hasher, digest))
    return explainOtherSystem(hashers, hasher, digest) ?? addReader(hashers, error, digest);
  return (
    explainOtherHasher(hashers, hasher, digest) ??
    explainOtherSystem(hashers, hasher, digest) ??
    explainOtherSignature(hashers, hasher, digest) ??
    explainKnownFormat(hasher.name, digest) ??
    explainDamage(hashers, hasher, digest, found, guessFormat) ??
    addHint(error, digest)
  );
}

/** The error for a text that no hasher reads unchanged, if its form alone explains it. */
export function explainUnread(hashers: readonly AnyHasher[], digest: string): DigestError | undefined {
  if (digest.length > MAX_DIGEST_CHARS) return undefined;
  if (isDisabledMarker(digest)) return explainDisabled(undefined, digest);
  const [signed] = getSignatures(hashers).startingLike(digest);
  const isFormat = signed !== undefined && getFormat(signed) !== undefined;
  const known = findKnownFormat(digest);
  if (known?.weight === 'first' && !isFormat) return explainUnsupported(undefined, digest, known.title);
  const foreign = readSystem(digest);
  if (!isFormat && foreign !== undefined && foreign.credential === undefined && !foreign.damaged) {
    return explainUnsupported(undefined, digest, foreign.title, foreign.reason);
  }
  if (foreign?.credential !== undefined) return undefined;
  const [owner] = getSignatures(hashers).startingLike(digest);
  try {
    owner?.parse(digest);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    return explain(hashers, owner as AnyHasher, digest, error);
  }
  const found = listDamages(digest);
  return (
    explainAsDamage(hashers, digest, found, nameCertainFormat) ??
    (isKnownFormat(digest) ? explainKnownFormat(undefined, digest) : undefined) ??
    explainAsDamage(hashers, digest, found, (all, whole) => nameFormat(all, whole) ?? guessFormat(all, whole)) ??
    (foreign?.damaged ? explainDamagedSystem(foreign) : undefined) ??
    (identifyAmong(hashers, digest).length > 0
      ? undefined
      : (lostError(digest, undefined) ?? explainKnownFormat(undefined, digest)))
  );
}

function explainDamagedSystem({ title, reason }: ForeignDigest): DigestError {
  const detail = { field: 'digest', subcode: toSlug(title), offset: 0 };
  return digestError('ERR_MALFORMED', `damaged digest of ${title} (${reason})`, detail);
}

const SHELL_HINT = 'a shell expanded "$" in a bcrypt digest in double quotes; export it again in single quotes';
const SWAPPED_HINT =
  'this does not look like a digest; if it is the plain password, the password and digest columns may be swapped';

function addHint(error: DigestError, digest: string): DigestError {
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

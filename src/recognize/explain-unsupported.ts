/** The error for a sound digest of a format that no hasher here verifies. */
import { toSlug } from '../encoding/slug.js';
import { type DigestError, digestError } from '../errors.js';
import { adviseKeeping, findElsewhere, findKnownFormat } from './known.js';

/** Sound, and of no hasher here. */
export function explainUnsupported(
  hasher: string | undefined,
  digest: string,
  title: string,
  reason?: string,
): DigestError {
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
export function explainKnownFormat(hasher: string | undefined, digest: string): DigestError | undefined {
  const title = findKnownFormat(digest)?.title ?? findElsewhere(digest)?.problem;
  return title === undefined ? undefined : explainUnsupported(hasher, digest, title);
}

/** A format of its own, not one of a family that something else in the text may be a damaged one of. */
export function isKnownFormat(digest: string): boolean {
  const known = findKnownFormat(digest);
  return known !== undefined && known.weight !== 'family';
}

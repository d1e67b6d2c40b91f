/** The error for a hasher that is not in the registry: what its name or its digest looks like. */
import { toSlug } from '../encoding/slug.js';
import { adviseHasher, type DigestError, digestError } from '../errors.js';
import type { AnyHasher } from '../types.js';
import { type Advice, certainAdvice, formatAlternatives, joinNames, NOT_HERE } from './advice.js';
import { listDamages } from './damage.js';
import { belongsTo, identifyAmong } from './identify.js';
import { adviseKeeping, findKnownFormat } from './known.js';
import { indexNames, type MeantNames, saysMore } from './names.js';
import { readSystem } from './systems/index.js';

/** The error for an unknown hasher. The name is not repeated: in a shifted file it could be anything. */
export function unknownHasher(hashers: readonly AnyHasher[], name: string, digest: string): DigestError {
  return digestError('ERR_UNKNOWN_HASHER', 'unknown hasher', {
    field: 'passwordHasher',
    ...adviceOnName(hashers, name, digest),
  });
}

/** The same for a name without a digest, such as the value of a flag. @param field that holds the name. */
export function unknownHasherName(hashers: readonly AnyHasher[], name: string, field: string): DigestError {
  const { listed, similarTo, findMeant } = indexNames(hashers);
  const similar = similarTo(name)?.name;
  const meant = similar === undefined ? findMeant(name) : { names: [similar], isFamily: false };
  return digestError('ERR_UNKNOWN_HASHER', 'unknown hasher', { field, ...adviseMeant(meant, listed) });
}

function adviseMeant({ names, isFamily }: MeantNames, listed: string): Advice {
  const [first, ...more] = names;
  if (first === undefined) return { hint: `known hashers: ${listed}` };
  if (!isFamily) return { fix: `use ${first}`, suggestion: { hasher: first } };
  const last = more.pop();
  return { fix: `use ${[first, ...more].join(', ')}${last === undefined ? '' : ` or ${last}`}` };
}

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
    return {
      subcode: joinNames(candidates),
      ...advice,
      hint: `the digest looks like ${formatAlternatives(candidates)}`,
    };
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

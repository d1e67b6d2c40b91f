/** To which hasher a digest belongs, also where something is around it or it is encoded once more. */
import type { AnyHasher, Credential } from '../types.js';
import { isLooseText, listDamages, undoDamage } from './damage.js';
import { type Candidate, identifyAmong, tryParse } from './identify.js';

/** Candidates of the text; if it has none, of the text without its damage, as conversions. */
export function identifyUndamaged(hashers: readonly AnyHasher[], text: string): Candidate[] {
  const candidates = identifyAmong(hashers, text);
  if (candidates.length > 0) return candidates;
  const found = undoDamage(listDamages(text), (digest) => listCandidates(hashers, digest), areSame);
  if (found === undefined) return [];
  const { damage, value, isDoubtful } = found;
  return value.map((candidate) => ({
    ...candidate,
    certainty: isDoubtful || hasLooseText(hashers, candidate.convertible) ? 'possible' : candidate.certainty,
    reason: `${damage.problem}; without that: ${candidate.reason}`,
  }));
}

/** What may be more of the damage, within the free text of the digest. */
function hasLooseText(hashers: readonly AnyHasher[], { passwordHasher, passwordDigest }: Credential): boolean {
  return hashers.some(
    (hasher) => hasher.name === passwordHasher && tryParse(hasher, passwordDigest)?.warnings.some(isLooseText) === true,
  );
}

type Convertible = Candidate & { readonly convertible: Credential };
type Convertibles = readonly [best: Convertible, ...others: Convertible[]];

function listCandidates(hashers: readonly AnyHasher[], digest: string): Convertibles | undefined {
  const [best, ...others] = identifyAmong(hashers, digest).map((candidate) => ({
    ...candidate,
    convertible: candidate.convertible ?? { passwordHasher: candidate.hasher, passwordDigest: digest },
  }));
  return best && [best, ...others];
}

function areSame([a]: Convertibles, [b]: Convertibles): boolean {
  return a.hasher === b.hasher && a.convertible.passwordDigest === b.convertible.passwordDigest;
}

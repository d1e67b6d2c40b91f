/** To which hasher a digest belongs, also where something is around it or it is encoded once more. */
import type { AnyHasher } from '../types.js';
import { damages, undone } from './damage.js';
import { type Candidate, identifyAmong } from './identify.js';

/** Candidates of the text as it stands; where it has none, of the text without its damage, as conversions. */
export function identifyUndamaged(hashers: readonly AnyHasher[], text: string): Candidate[] {
  const candidates = identifyAmong(hashers, text);
  if (candidates.length > 0) return candidates;
  const found = undone(damages(text), (digest) => candidatesOf(hashers, digest), areSame);
  if (found === undefined) return [];
  const { damage, value, isDoubtful } = found;
  return value.map((candidate) => ({
    ...candidate,
    certainty: isDoubtful ? 'possible' : candidate.certainty,
    convertible: candidate.convertible ?? { passwordHasher: candidate.hasher, passwordDigest: damage.digest },
    reason: `${damage.problem}; without that it ${candidate.reason.startsWith('a digest') ? 'is ' : ''}${candidate.reason}`,
  }));
}

function candidatesOf(hashers: readonly AnyHasher[], digest: string): Candidate[] | undefined {
  const candidates = identifyAmong(hashers, digest).map((candidate) => ({
    ...candidate,
    convertible: candidate.convertible ?? { passwordHasher: candidate.hasher, passwordDigest: digest },
  }));
  return candidates.length === 0 ? undefined : candidates;
}

function areSame([a]: readonly Candidate[], [b]: readonly Candidate[]): boolean {
  return a?.hasher === b?.hasher && a?.convertible?.passwordDigest === b?.convertible?.passwordDigest;
}

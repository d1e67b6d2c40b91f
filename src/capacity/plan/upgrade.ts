/** Digests that are replaced as their users sign in: what the logins of a month are, and what it costs in all. */
import { rehashReasons } from '../../policy.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import type { Portion } from './mix.js';
import type { LoginKind, Work } from './simulate.js';

/** Whether `verifyAndUpgrade` would replace these digests by those of the target. */
export function isReplaced({ hasher, parsed, cost }: ParameterSet, target: ParameterSet): boolean {
  return rehashReasons(hasher, parsed, cost, { hasher: target.hasher.name, cost: target.cost }).length > 0;
}

export interface Works {
  verify(set: ParameterSet): Work;
  /** The new digest, which waits for logins. */
  readonly hash: Work;
}

/** @param first share of the logins of these users that find the old digest. */
export function upgradingKinds(
  portions: readonly Portion[],
  target: ParameterSet,
  first: number,
  works: Works,
): LoginKind[] {
  const renewed: LoginKind = { share: 0, stages: [works.verify(target)] };
  let upgraded = 0;
  const kinds = portions.map(({ set, share }): LoginKind => {
    if (!isReplaced(set, target)) return { share, stages: [works.verify(set)] };
    upgraded += share * (1 - first);
    return { share: share * first, stages: [works.verify(set), works.hash] };
  });
  return [...kinds, { ...renewed, share: upgraded }].filter(({ share }) => share > 0);
}

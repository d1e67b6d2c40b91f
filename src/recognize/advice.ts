/** What to do with a digest: a fix where it is certain, else a hint. */
import { adviseHasher, type DigestErrorDetail } from '../errors.js';
import type { Candidate } from './identify.js';
import { readSystem } from './systems/index.js';

export type Advice = Pick<DigestErrorDetail, 'subcode' | 'fix' | 'suggestion' | 'hint'>;

export function formatAlternatives(candidates: readonly Candidate[]): string {
  return joinNames(candidates, ' or ');
}

export function joinNames(candidates: readonly Candidate[], separator = '|'): string {
  return [...new Set(candidates.map(({ hasher }) => hasher))].join(separator);
}

/** What to do with a digest that certainly is the best candidate's; undefined where that is not certain. */
export function certainAdvice([best]: readonly Candidate[], digest: string): Advice | undefined {
  if (best?.certainty !== 'certain') return undefined;
  if (best.convertible === undefined) return adviseHasher(best.hasher);
  const system = readSystem(digest)?.system;
  return {
    fix: `convert it with digestry convert (becomes ${best.hasher})`,
    ...(system !== undefined && { suggestion: { convert: system, to: best.hasher } }),
  };
}

export const KNOWN_PASSWORD_HINT = 'check which product wrote it, or try a known password';

/** Of a conversion to a hasher that this registry lacks. */
export const NOT_HERE = 'none of these hashers can represent it';

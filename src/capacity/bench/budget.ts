/** How the time of a bench is shared out. */
import { estimateMs } from '../../kdf/duration.js';
import type { BenchCase } from './cases.js';

/** All cases of the default together: with start and self-tests it stays under two minutes. */
const MOST_MS = 85_000;
const EACH_MS = 5000;

/** Milliseconds that a bench of these takes by default: under two minutes for each backend. */
export function budgetFor(cases: readonly Pick<BenchCase, 'backend'>[]): number {
  const backends = new Set(cases.map(({ backend }) => backend)).size;
  return Math.min(backends * MOST_MS, EACH_MS * cases.length);
}

const LEAST_WEIGHED_MS = 20;

export function weigh({ cost }: BenchCase): number {
  return Math.sqrt(estimateMs(cost) + LEAST_WEIGHED_MS);
}

/** What to measure: hashers with parameters, each with a backend. */
import type { HasherName } from '../../hashers/index.js';
import { clerkRegistry } from '../../library.js';
import type { AnyHasher, Cost, Parsed } from '../../types.js';
import { acceptedCost, findHasher, formatLabel, withParams } from '../measure/parameter-set.js';
import { defaultSets, type GivenParams } from './sets.js';
import { AUTO, type BackendName, backendNames } from './subject.js';

export interface BenchCase {
  readonly hasher: AnyHasher;
  /** `bcrypt cost=10`. */
  readonly label: string;
  /** Parameters, the example's salt and context, and room for the hash. */
  readonly shape: Parsed;
  readonly cost: Cost;
  readonly backend: BackendName;
}

export interface Selection {
  /** Default: all that verify. */
  readonly hashers?: readonly string[] | undefined;
  /** For each of the hashers. Default: the parameters that real systems write. */
  readonly params?: readonly GivenParams[] | undefined;
  /** A backend's name or kind, or `all`; the one that digestry chooses by default. */
  readonly backend?: string | undefined;
}

/**
 * @throws {DigestError} ERR_UNKNOWN_HASHER; ERR_MALFORMED for parameters that the format cannot have; ERR_LIMIT for those
 * that a verifier refuses.
 */
export function selectCases({ hashers, params, backend = AUTO }: Selection): BenchCase[] {
  const names = hashers === undefined || hashers.length === 0 ? clerkRegistry.names : [...new Set(hashers)];
  return names.flatMap((name) => {
    const hasher = findHasher(name);
    const sets = params ?? defaultSets[name as HasherName] ?? [{}];
    return sets.flatMap((given) => {
      const shape = withParams(hasher, given);
      const cost = acceptedCost(hasher, shape.params);
      const backends = backend === 'all' ? backendNames(cost.kdf) : [backend];
      return backends.map((one) => ({ hasher, label: formatLabel(hasher, shape.params), shape, cost, backend: one }));
    });
  });
}

/** What to measure: hashers with parameters, each with a backend. */
import { type DigestError, digestError } from '../../errors.js';
import type { HasherName } from '../../hashers/index.js';
import { NO_WARNINGS, parsed } from '../../hashers/parsed.js';
import { defaultRegistry } from '../../library.js';
import { DEFAULT_LIMITS, overLimit } from '../../policy.js';
import type { AnyHasher, Cost, Parsed } from '../../types.js';
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
  /** All that verify where absent. */
  readonly hashers?: readonly string[] | undefined;
  /** For each of the hashers; what real systems write where absent. */
  readonly params?: readonly GivenParams[] | undefined;
  /** A backend's name or kind, or `all`; what digestry chooses where absent. */
  readonly backend?: string | undefined;
}

/**
 * @throws {DigestError} ERR_UNKNOWN_HASHER; ERR_MALFORMED for parameters that the format cannot have; ERR_LIMIT for those
 * that a verifier refuses.
 */
export function casesOf({ hashers, params, backend = AUTO }: Selection): BenchCase[] {
  const names = hashers === undefined || hashers.length === 0 ? defaultRegistry.names : [...new Set(hashers)];
  return names.flatMap((name) => {
    const hasher = hasherNamed(name);
    const sets = params ?? defaultSets[name as HasherName] ?? [{}];
    return sets.flatMap((given) => {
      const shape = shapeOf(hasher, given);
      const cost = acceptedCost(hasher, shape);
      const backends = backend === 'all' ? backendNames(cost.kdf) : [backend];
      return backends.map((one) => ({ hasher, label: labelOf(hasher, given), shape, cost, backend: one }));
    });
  });
}

function hasherNamed(name: string): AnyHasher {
  const hasher = defaultRegistry.get(name);
  // The registry knows what name was probably meant.
  if (hasher === undefined) defaultRegistry.parse({ passwordHasher: name, passwordDigest: '-' });
  return hasher as AnyHasher;
}

/** The example with other parameters, read back as any digest is. */
function shapeOf(hasher: AnyHasher, given: GivenParams): Parsed {
  const example = hasher.parse(hasher.example.digest);
  for (const [param, value] of Object.entries(given)) checkParam(hasher, example, param, value);
  const params = { ...example.params, ...given };
  const { keylen } = params;
  // The parameter that the length of the hash says; parsing refuses what is too short.
  const hashBytes = typeof keylen === 'number' ? Math.min(MAX_KEYLEN, Math.max(0, keylen)) : example.hash.length;
  const changed = parsed(params, example.salt, new Uint8Array(hashBytes), NO_WARNINGS, example.context);
  const shape = hasher.parse(hasher.serialize(changed));
  for (const [param, value] of Object.entries(given)) {
    if (shape.params[param] !== value) throw impossible(hasher, param);
  }
  return shape;
}

function impossible({ name, example }: AnyHasher, param: string): DigestError {
  return digestError('ERR_MALFORMED', `no digest has such a ${param}`, {
    hasher: name,
    field: param,
    fix: `take one near that of the example: digestry parse '${example.digest}'`,
  });
}

/** The longest that any of the formats writes. */
const MAX_KEYLEN = 1024;

function checkParam(hasher: AnyHasher, { params }: Parsed, param: string, value: number | string): void {
  const { name } = hasher;
  const known = Object.keys(params);
  if (!Object.hasOwn(params, param)) {
    const has = known.length === 0 ? 'none' : known.join(', ');
    throw digestError('ERR_MALFORMED', 'it has no such parameter', {
      hasher: name,
      field: 'params',
      fix: known.length === 0 ? 'leave --params out: it has none' : `its parameters are ${has}`,
    });
  }
  if (typeof value !== typeof params[param] || (typeof value === 'number' && !Number.isSafeInteger(value))) {
    const kind = typeof params[param] === 'number' ? 'a whole number' : 'a word';
    throw digestError('ERR_MALFORMED', `${param} is ${kind}`, {
      hasher: name,
      field: param,
      fix: `write it as in its example: ${param}=${params[param]}`,
    });
  }
}

/** @throws {DigestError} ERR_LIMIT */
function acceptedCost(hasher: AnyHasher, { params }: Parsed): Cost {
  const cost = hasher.cost(params);
  const over = overLimit(hasher.name, cost, DEFAULT_LIMITS);
  if (over === undefined) return cost;
  const { message, field, limit } = over;
  const fix = 'take less: a verifier refuses such digests before it computes anything';
  throw digestError('ERR_LIMIT', message, { field, limit, fix });
}

function labelOf({ name }: AnyHasher, given: GivenParams): string {
  return [name, ...Object.entries(given).map(([param, value]) => `${param}=${value}`)].join(' ');
}

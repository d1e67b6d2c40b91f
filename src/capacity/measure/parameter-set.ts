/** A hasher with its parameters: all of a digest that time and memory depend on. */
import { type DigestError, digestError } from '../../errors.js';
import { createParsed, NO_WARNINGS } from '../../hashers/index.js';
import { defaultRegistry } from '../../library.js';
import { DEFAULT_LIMITS, overLimit } from '../../policy.js';
import { unknownHasherName } from '../../recognize/explain-name.js';
import type { AnyHasher, Cost, Credential, Params, Parsed } from '../../types.js';

export interface ParameterSet {
  readonly hasher: AnyHasher;
  /** Those that the cost depends on. */
  readonly params: Params;
  /** `bcrypt cost=10`. One label is one set. */
  readonly label: string;
  readonly cost: Cost;
  /** A digest with these parameters: verifying any password against it costs what it costs a user. */
  readonly credential: Credential;
  readonly parsed: Parsed;
}

/** Distinguishes digests of one cost. */
const WITHOUT_COST: readonly string[] = ['variant', 'version'];
/** Longer ones are read by no hasher. */
const MAX_HASH_BYTES = 1024;

/** The parameters that a hasher's cost depends on, as its digests have them: `cost`, or `m`, `t` and `p`. */
export function costParams({ parse, example }: AnyHasher): Params {
  return withoutOthers(parse(example.digest, example).params);
}

function withoutOthers(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !WITHOUT_COST.includes(name)));
}

/**
 * @param name of one of the 22 hashers.
 * @param given over the parameters of the hasher's example.
 * @throws {DigestError} ERR_UNKNOWN_HASHER, ERR_MALFORMED where the hasher has no such digests, ERR_LIMIT where a
 * verifier would refuse them, ERR_UNVERIFIABLE where there is nothing to compute.
 */
export function parameterSet(name: string, given: Params): ParameterSet {
  const hasher = findHasher(name);
  if (!hasher.verifiable) throw unverifiable(name);
  const found = withParams(hasher, given);
  const cost = acceptedCost(hasher, found.params);
  const params = withoutOthers(found.params);
  const credential = { passwordHasher: name, passwordDigest: hasher.serialize(found) };
  return { hasher, params, label: formatLabel(hasher, params), cost, credential, parsed: found };
}

/** @throws {DigestError} ERR_LIMIT */
export function acceptedCost(hasher: AnyHasher, params: Params): Cost {
  const cost = hasher.cost(params);
  const over = overLimit(hasher.name, cost, DEFAULT_LIMITS);
  if (over === undefined) return cost;
  const { message, field, limit } = over;
  const fix = 'use less: a verifier refuses this digest before it computes anything';
  throw digestError('ERR_LIMIT', message, { hasher: hasher.name, field, limit, fix });
}

/** @throws {DigestError} ERR_UNKNOWN_HASHER, with the name that was probably meant. */
export function findHasher(name: string): AnyHasher {
  const hasher = defaultRegistry.get(name);
  if (hasher === undefined) throw unknownHasherName(defaultRegistry.hashers, name, 'hasher');
  return hasher as AnyHasher;
}

/**
 * The hasher's example with other parameters, parsed again like any digest. Its hash belongs to no password.
 * @throws {DigestError} ERR_MALFORMED where the hasher has no such digests.
 */
export function withParams(hasher: AnyHasher, given: Params): Parsed {
  const example = hasher.parse(hasher.example.digest, hasher.example);
  for (const [param, value] of Object.entries(given)) checkParam(hasher, example, param, value);
  const params = { ...example.params, ...given };
  const { keylen } = params;
  // Some hashers read the length of the hash, and not a field that says it; parsing refuses what is too short.
  const hashBytes = typeof keylen === 'number' ? Math.min(MAX_HASH_BYTES, Math.max(0, keylen)) : example.hash.length;
  const changed = createParsed(params, example.salt, new Uint8Array(hashBytes), NO_WARNINGS, example.context);
  const found = hasher.parse(hasher.serialize(changed), hasher.getCompanions?.(changed) ?? hasher.example);
  for (const [param, value] of Object.entries(given)) {
    if (found.params[param] !== value) throw impossible(hasher, param);
  }
  return found;
}

/** `argon2id m=19456,t=2,p=1`. The length of the hash is left out where it is the usual one. */
export function formatLabel(hasher: AnyHasher, params: Params): string {
  const usual = costParams(hasher);
  const shown = Object.entries(withoutOthers(params)).filter(
    ([name, value]) => name !== 'keylen' || value !== usual[name],
  );
  return [hasher.name, shown.map(([name, value]) => `${name}=${value}`).join(',')]
    .filter((part) => part !== '')
    .join(' ');
}

function impossible({ name, example }: AnyHasher, param: string): DigestError {
  return digestError('ERR_MALFORMED', `no digest has such a ${param}`, {
    hasher: name,
    field: param,
    fix: `take one near that of the example: digestry parse '${example.digest}'`,
  });
}

function checkParam(hasher: AnyHasher, { params }: Parsed, param: string, value: number | string): void {
  const { name } = hasher;
  const known = Object.keys(params);
  if (!Object.hasOwn(params, param)) {
    const has = known.length === 0 ? 'none' : known.join(', ');
    throw digestError('ERR_MALFORMED', 'unknown parameter', {
      hasher: name,
      field: 'params',
      fix: known.length === 0 ? 'leave its parameters out: it has none' : `its parameters are ${has}`,
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

function unverifiable(hasher: string): DigestError {
  return digestError('ERR_UNVERIFIABLE', 'another system checks these passwords, and nothing is computed here', {
    hasher,
    fix: `leave ${hasher} out`,
  });
}

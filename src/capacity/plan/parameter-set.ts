/** A hasher with its parameters: all of a digest that time and memory depend on. */
import { type DigestError, digestError } from '../../errors.js';
import { parsed } from '../../hashers/parsed.js';
import { defaultRegistry } from '../../library.js';
import { DEFAULT_LIMITS, overLimit } from '../../policy.js';
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

/** What tells digests of one cost apart. */
const WITHOUT_COST: readonly string[] = ['variant', 'version'];
/** Longer ones are read by no hasher. */
const MAX_HASH_BYTES = 1024;

/** The parameters that a hasher's cost depends on, as its digests have them: `cost`, or `m`, `t` and `p`. */
export function costParams({ parse, example }: AnyHasher): Params {
  return withoutOthers(parse(example.digest).params);
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
  const hasher = defaultRegistry.get(name);
  if (hasher === undefined) throw unknownHasher();
  const example = hasher.parse(hasher.example.digest);
  for (const param of Object.keys(given)) {
    if (!Object.hasOwn(example.params, param)) throw unknownParam(hasher, param);
  }
  const credential = { passwordHasher: name, passwordDigest: digestWith(hasher, example, given) };
  const found = defaultRegistry.parse(credential);
  const cost = hasher.cost(found.params);
  if (cost.work === 0) throw unverifiable(name);
  const over = overLimit(name, cost, DEFAULT_LIMITS);
  if (over !== undefined) throw over;
  const params = withoutOthers(found.params);
  return { hasher, params, label: labelOf(hasher, params), cost, credential, parsed: found };
}

/** Some hashers read the length of the hash, and not a field that says it. */
function digestWith(hasher: AnyHasher, example: Parsed, given: Params): string {
  const { keylen } = given;
  const fits = typeof keylen === 'number' && Number.isSafeInteger(keylen) && keylen > 0 && keylen <= MAX_HASH_BYTES;
  const hash = fits && keylen !== example.hash.length ? new Uint8Array(keylen).fill(1) : example.hash;
  const params = { ...example.params, ...given };
  return hasher.serialize(parsed(params, example.salt, hash, example.warnings, example.context));
}

/** What the hasher's usual digests have is left out, where it is not what the cost is set by. */
function labelOf(hasher: AnyHasher, params: Params): string {
  const usual = costParams(hasher);
  const shown = Object.entries(params).filter(([name, value]) => name !== 'keylen' || value !== usual[name]);
  return [hasher.name, shown.map(([name, value]) => `${name}=${value}`).join(',')]
    .filter((part) => part !== '')
    .join(' ');
}

function unknownHasher(): DigestError {
  return digestError('ERR_UNKNOWN_HASHER', 'unknown hasher', {
    field: 'passwordHasher',
    fix: 'take one of those that digestry hashers lists',
  });
}

function unknownParam(hasher: AnyHasher, param: string): DigestError {
  const known = Object.keys(costParams(hasher));
  const has = known.length === 0 ? 'no parameters' : `the parameters ${known.join(', ')}`;
  return digestError('ERR_MALFORMED', `it has ${has}`, { hasher: hasher.name, field: param });
}

function unverifiable(hasher: string): DigestError {
  return digestError('ERR_UNVERIFIABLE', 'another system checks these passwords, and nothing is computed here', {
    hasher,
  });
}

/** What new digests are: a hasher, its parameters, and the room for salt and hash. */
import { describeReceived } from '../encoding/received.js';
import { DigestError, nameHasher } from '../errors.js';
import { createParsed, NO_WARNINGS } from '../hashers/index.js';
import { overLimit, type Wanted } from '../policy.js';
import type { Registry } from '../registry.js';
import type { AnyHasher, Credential, Limits, Parsed } from '../types.js';
import { LETTER, RECIPES, type Recipe, type UpgradeHasher, type UpgradeTarget } from './recipes.js';
import { randomBytes } from './salt.js';

export interface UpgradeScheme extends Wanted {
  readonly maxPasswordBytes: number;
  readonly nulTerminated: boolean;
  readonly peppered: boolean;
  /** A new salt, and room for the hash. */
  fresh(): Parsed;
  write(salt: Uint8Array, hash: Uint8Array): Credential;
  /** Digests without a known password: deriving all of them costs this share of a target digest, one for 1. */
  decoys(fraction: number): readonly Credential[];
  readonly digestHasher: AnyHasher;
}

/**
 * @param pepper what `bcrypt_peppered` digests are written without.
 * @throws {TypeError} on a target that this registry or these limits refuse.
 */
export function createUpgradeScheme(
  registry: Registry,
  limits: Limits,
  wanted: UpgradeTarget | UpgradeHasher,
  pepper: Uint8Array | undefined,
): UpgradeScheme {
  const { hasher: name, ...given } = typeof wanted === 'string' ? { hasher: wanted } : checkShape(wanted);
  if (!Object.hasOwn(RECIPES, name)) {
    const meant = formatLiteral(String(name));
    const problem =
      meant === undefined
        ? `upgradeTo must be one of ${Object.keys(RECIPES).join(', ')}`
        : `upgradeTo must not have parameters in the name of the hasher; write ${meant}`;
    throw new TypeError(problem);
  }
  const recipe = RECIPES[name];
  const chosen = { ...recipe.params, ...checkedParams(name, recipe, given) };
  const hasher = registry.get(name);
  if (hasher === undefined) throw new TypeError(`upgradeTo: hasher ${name} is not in the registry`);
  const context = name === 'bcrypt_peppered' ? requirePepper(pepper) : undefined;

  const write = (params: object, salt: Uint8Array, hash: Uint8Array): Credential => {
    const whole = createParsed({ ...recipe.fixed, ...params }, salt, hash, NO_WARNINGS, context);
    return { passwordHasher: name, passwordDigest: hasher.serialize(whole) };
  };
  // Random, and one for the verifier's life: what is spent on an unknown user is the same work each time. Drawn when it is
  // first needed: Cloudflare Workers have no random bytes while a module loads, where verifiers are made.
  let drawn: readonly [salt: Uint8Array, hash: Uint8Array] | undefined;
  const decoys = (fraction: number) => {
    drawn ??= [recipe.salt(), randomBytes(recipe.hashBytes)];
    const [salt, hash] = drawn;
    return recipe.share(chosen, fraction).map((params) => write(params, salt, hash));
  };
  // Read back, as every verification of a new digest will read it.
  const sample = () => write(chosen, new Uint8Array(recipe.saltBytes).fill(LETTER), new Uint8Array(recipe.hashBytes));
  const { params, cost } = parseAccepted(registry, limits, hasher, sample);
  return {
    hasher: name,
    cost,
    maxPasswordBytes: recipe.maxPasswordBytes ?? Number.POSITIVE_INFINITY,
    nulTerminated: recipe.nulTerminated ?? false,
    peppered: recipe.peppered ?? false,
    fresh: () => createParsed(params, recipe.salt(), new Uint8Array(recipe.hashBytes), NO_WARNINGS, context),
    write: (salt, hash) => write(chosen, salt, hash),
    decoys,
    digestHasher: hasher,
  };
}

/** What `bcrypt:12` and `argon2id:m=65536,t=3`, as the command line takes them, are here. */
function formatLiteral(text: string): string | undefined {
  const [, name = '', rest = ''] = /^(\w+):([\w=,:]{1,60})$/.exec(text) ?? [];
  if (!Object.hasOwn(RECIPES, name)) return undefined;
  const names = Object.keys(RECIPES[name as UpgradeHasher].params);
  const pieces = rest.split(/[,:]/).map((piece, index) => {
    const [, param = names[index], value] = /^(?:(\w+)=)?(\d+)$/.exec(piece) ?? [];
    return value === undefined || param === undefined ? undefined : `${param}: ${value}`;
  });
  return pieces.includes(undefined) ? undefined : `{ hasher: '${name}', ${pieces.join(', ')} }`;
}

function checkShape(wanted: UpgradeTarget): UpgradeTarget {
  if (wanted !== null && typeof wanted === 'object' && typeof wanted.hasher === 'string') return wanted;
  throw new TypeError(
    `upgradeTo must be the name of a hasher or { hasher, …parameters } (received ${describeReceived(wanted)})`,
  );
}

function checkedParams(name: string, { params }: Recipe, given: object): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [param, value] of Object.entries(given)) {
    if (!Object.hasOwn(params, param)) {
      throw new TypeError(`upgradeTo: unknown parameter ${param} of ${name}; known: ${Object.keys(params).join(', ')}`);
    }
    if (value === undefined) continue;
    if (!(Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`upgradeTo: ${param} must be a positive integer`);
    }
    found[param] = value;
  }
  return found;
}

function requirePepper(pepper: Uint8Array | undefined): Uint8Array {
  if (pepper !== undefined) return pepper;
  throw new TypeError('upgradeTo: bcrypt_peppered requires the option pepper');
}

/** A digest that its own verifier refused would lock its user out. */
function parseAccepted(
  registry: Registry,
  limits: Limits,
  hasher: AnyHasher,
  digest: () => Credential,
): Pick<Wanted, 'cost'> & Pick<Parsed, 'params'> {
  try {
    const { params } = registry.parse(digest(), limits.digestChars);
    const cost = hasher.cost(params);
    const over = overLimit(hasher.name, cost, limits);
    if (over === undefined) return { params, cost };
    throw over;
  } catch (error) {
    const why = error instanceof DigestError ? nameHasher(error) : error instanceof Error ? error.message : '';
    throw new TypeError(`upgradeTo: this verifier would reject the new digests: ${why}`, { cause: error });
  }
}

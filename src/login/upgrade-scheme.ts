/** What new digests are: a hasher, its parameters, and the room for salt and hash. */
import { describeReceived } from '../encoding/received.js';
import { DigestError, nameHasher } from '../errors.js';
import { createParsed, NO_WARNINGS } from '../hashers/parsed.js';
import { BCRYPT_KEY_BYTES } from '../kdf/bcrypt/key.js';
import { OWASP_ARGON2_DEFAULT, OWASP_PBKDF2, OWASP_SCRYPT } from '../owasp.js';
import { overLimit, type Wanted } from '../policy.js';
import type { Registry } from '../registry.js';
import type { AnyHasher, Credential, Limits, Params, Parsed } from '../types.js';
import { randomAlphanumeric, randomBytes } from './salt.js';

export interface BcryptTarget {
  /** `bcrypt_peppered` needs the option `pepper`; its digests are written without it. */
  readonly hasher: 'bcrypt' | 'bcrypt_peppered';
  /** log2 of the rounds, 4–31. Default: 12. */
  readonly cost?: number | undefined;
}

export interface Argon2idTarget {
  readonly hasher: 'argon2id';
  /** Memory in KiB. Default: 19456. */
  readonly m?: number | undefined;
  /** Passes. Default: 2. */
  readonly t?: number | undefined;
  /** Lanes. Default: 1. */
  readonly p?: number | undefined;
}

export interface ScryptTarget {
  readonly hasher: 'scrypt_werkzeug';
  /** A power of two. Default: 2^17. */
  readonly N?: number | undefined;
  /** Block size. Default: 8. */
  readonly r?: number | undefined;
  /** Lanes. Default: 1. */
  readonly p?: number | undefined;
}

export interface Pbkdf2Target {
  readonly hasher: 'pbkdf2_sha256_django';
  /** Default: 600 000. */
  readonly iterations?: number | undefined;
}

export type UpgradeTarget = BcryptTarget | Argon2idTarget | ScryptTarget | Pbkdf2Target;
export type UpgradeHasher = UpgradeTarget['hasher'];

/** How one hasher writes new digests. */
interface Recipe {
  readonly params: Readonly<Record<string, number>>;
  /** Parameters that cannot be chosen. */
  readonly fixed?: Params;
  readonly salt: () => Uint8Array;
  readonly saltBytes: number;
  readonly hashBytes: number;
  /** Parameters whose work together is about this share of that of `params`; exactly `params` for all of it. */
  share(params: Readonly<Record<string, number>>, fraction: number): Readonly<Record<string, number>>[];
  /** Longer passwords would not count whole. */
  readonly maxPasswordBytes?: number;
  /** Why a NUL in a password is refused. */
  readonly nulTerminated?: boolean;
  /** A secret follows the password, and only what `maxPasswordBytes` leaves of it counts. */
  readonly peppered?: boolean;
}

const BCRYPT: Recipe = {
  // OWASP asks for 10 at least; PHP 8.4 and Symfony write 12 and 13.
  params: { cost: 12 },
  fixed: { variant: '2b' },
  salt: () => randomBytes(16),
  saltBytes: 16,
  hashBytes: 23,
  share: ({ cost = 0 }, fraction) => splitIntoPowersOfTwo(2 ** cost * fraction, 4).map((log2) => ({ cost: log2 })),
  maxPasswordBytes: BCRYPT_KEY_BYTES,
  nulTerminated: true,
};

/** 131 bits. */
const SALT_CHARS = 22;
/** "A": as a salt it is bytes, and letters and digits. */
const LETTER = 65;
const [LARGEST_SCRYPT] = OWASP_SCRYPT;

const RECIPES: Readonly<Record<UpgradeHasher, Recipe>> = {
  bcrypt: BCRYPT,
  bcrypt_peppered: { ...BCRYPT, maxPasswordBytes: BCRYPT_KEY_BYTES - 1, peppered: true },
  argon2id: {
    params: OWASP_ARGON2_DEFAULT,
    fixed: { version: 19 },
    salt: () => randomBytes(16),
    saltBytes: 16,
    hashBytes: 32,
    share: ({ m = 0, t = 0, p = 0 }, fraction) => [{ m: Math.max(8 * p, Math.round(m * fraction)), t, p }],
  },
  scrypt_werkzeug: {
    params: LARGEST_SCRYPT,
    salt: () => randomAlphanumeric(SALT_CHARS),
    saltBytes: SALT_CHARS,
    hashBytes: 64,
    share: ({ N = 0, r = 0, p = 0 }, fraction) =>
      splitIntoPowersOfTwo(N * fraction, 1).map((log2) => ({ N: 2 ** log2, r, p })),
  },
  pbkdf2_sha256_django: {
    params: { iterations: OWASP_PBKDF2.sha256 },
    salt: () => randomAlphanumeric(SALT_CHARS),
    saltBytes: SALT_CHARS,
    hashBytes: 32,
    share: ({ iterations = 0 }, fraction) => [{ iterations: Math.max(1, Math.round(iterations * fraction)) }],
  },
};

/** Terms of a sum of powers of two: three are within an eighth. */
const TERMS = 3;

/** Their logarithms, largest first; none under `min`. */
function splitIntoPowersOfTwo(amount: number, min: number): number[] {
  const found: number[] = [];
  for (let left = Math.round(amount); left >= 2 ** min && found.length < TERMS; ) {
    const log2 = Math.floor(Math.log2(left));
    found.push(log2);
    left -= 2 ** log2;
  }
  return found;
}

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

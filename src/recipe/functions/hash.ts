/** Hash functions and HMAC. */
import { digestError } from '../../errors.js';
import type { HashAlgorithm } from '../../jobs.js';
import { hashCost } from '../../kdf/cost.js';
import { bytes, defineFunction, type Parameter, type RecipeFunction } from './contract.js';

/** By their names in recipes. */
export const HASH_NAMES = [
  ...['md2', 'md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512_256'],
  ...['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'keccak256', 'ripemd160', 'whirlpool'],
  ...['streebog256', 'streebog512'],
] as readonly HashAlgorithm[];

/** Each name without what separates its parts. */
const SPELLINGS: ReadonlyMap<string, HashAlgorithm> = new Map(
  HASH_NAMES.map((name) => [name.replaceAll('_', ''), name] as const),
);

/**
 * The hash function that a word of a digest names: `SHA-256`, `sha256`, `HmacSHA256`, `PBKDF2WithHmacSHA256`.
 * @throws {DigestError} ERR_UNSUPPORTED where it names none.
 */
export function hashNamed(text: string): HashAlgorithm {
  const name = findHash(text);
  if (name === undefined) {
    throw digestError('ERR_UNSUPPORTED', 'unknown hash function', {
      field: 'algorithm',
      fix: `use one of ${HASH_NAMES.join(', ')}`,
    });
  }
  return name;
}

/** `SHA-256`, `sha256` and `PBKDF2WithHmacSHA256` are one. */
export function findHash(text: string): HashAlgorithm | undefined {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SPELLINGS.get(letters.replace(/^(?:pbkdf2)?(?:with)?(?:hmac)?/, ''));
}

/** A hash function by its name in a field of the digest, or in quotes. */
export function algorithm(name: string): Parameter {
  return { name, kind: 'word', isKnown: (text) => findHash(text) !== undefined };
}

/** HMAC hashes twice. RFC 2104. */
const HMAC_CALLS = 2;

const plain = HASH_NAMES.map((name) =>
  defineFunction<[Uint8Array]>({
    name,
    parameters: [bytes('message')],
    nested: 'hex',
    cost: () => hashCost(name),
    run: ([message], kdfs) => kdfs.hash(name, message),
  }),
);

const keyed = HASH_NAMES.map((name) =>
  defineFunction<[Uint8Array, Uint8Array]>({
    name: `hmac_${name}`,
    parameters: [bytes('key'), bytes('message')],
    nested: 'hex',
    cost: () => hashCost(name, HMAC_CALLS),
    run: ([key, message], kdfs) => kdfs.hmac(name, key, message),
  }),
);

const named = [
  defineFunction<[string, Uint8Array]>({
    name: 'H',
    parameters: [algorithm('algorithm'), bytes('message')],
    nested: 'hex',
    cost: ([name]) => hashCost(hashNamed(name)),
    run: ([name, message], kdfs) => kdfs.hash(hashNamed(name), message),
  }),
  defineFunction<[string, Uint8Array, Uint8Array]>({
    name: 'hmac',
    parameters: [algorithm('algorithm'), bytes('key'), bytes('message')],
    nested: 'hex',
    cost: ([name]) => hashCost(hashNamed(name), HMAC_CALLS),
    run: ([name, key, message], kdfs) => kdfs.hmac(hashNamed(name), key, message),
  }),
];

export const hashFunctions: readonly RecipeFunction[] = [...plain, ...keyed, ...named];

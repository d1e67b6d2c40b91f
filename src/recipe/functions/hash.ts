/** Hash functions and HMAC. */
import { digestError } from '../../errors.js';
import type { HashAlgorithm } from '../../jobs.js';
import { hashCost } from '../../kdf/cost.js';
import { bytes, defineFunction, type RecipeFunction, word } from './contract.js';

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
  const name = SPELLINGS.get(
    text
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .replace(/^(?:pbkdf2)?(?:with)?(?:hmac)?/, ''),
  );
  if (name === undefined) {
    throw digestError('ERR_UNSUPPORTED', 'unknown hash function', {
      field: 'algorithm',
      fix: `use one of ${HASH_NAMES.join(', ')}`,
    });
  }
  return name;
}

/** HMAC hashes twice. RFC 2104. */
const HMAC_CALLS = 2;

const plain = HASH_NAMES.map((algorithm) =>
  defineFunction<[Uint8Array]>({
    name: algorithm,
    parameters: [bytes('message')],
    nested: 'hex',
    cost: () => hashCost(algorithm),
    run: ([message], kdfs) => kdfs.hash(algorithm, message),
  }),
);

const keyed = HASH_NAMES.map((algorithm) =>
  defineFunction<[Uint8Array, Uint8Array]>({
    name: `hmac_${algorithm}`,
    parameters: [bytes('key'), bytes('message')],
    nested: 'hex',
    cost: () => hashCost(algorithm, HMAC_CALLS),
    run: ([key, message], kdfs) => kdfs.hmac(algorithm, key, message),
  }),
);

const named = [
  defineFunction<[string, Uint8Array]>({
    name: 'H',
    parameters: [word('algorithm'), bytes('message')],
    nested: 'hex',
    cost: ([algorithm]) => hashCost(hashNamed(algorithm)),
    run: ([algorithm, message], kdfs) => kdfs.hash(hashNamed(algorithm), message),
  }),
  defineFunction<[string, Uint8Array, Uint8Array]>({
    name: 'hmac',
    parameters: [word('algorithm'), bytes('key'), bytes('message')],
    nested: 'hex',
    cost: ([algorithm]) => hashCost(hashNamed(algorithm), HMAC_CALLS),
    run: ([algorithm, key, message], kdfs) => kdfs.hmac(hashNamed(algorithm), key, message),
  }),
];

export const hashFunctions: readonly RecipeFunction[] = [...plain, ...keyed, ...named];

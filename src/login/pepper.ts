/**
 * The pepper of `bcrypt_peppered` once for all rows, not in each of them: a secret in every row is stolen with
 * the table, and none against whom steals it.
 */
import { utf8 } from '../encoding/bytes.js';
import { bcryptEnd, defineHasher } from '../hashers/index.js';
import { createRegistry, type Registry } from '../registry.js';
import type { AnyHasher, Parsed } from '../types.js';

const PEPPERED = 'bcrypt_peppered';

export interface Peppered {
  readonly registry: Registry;
  readonly pepper: Uint8Array;
}

/**
 * The registry with a `bcrypt_peppered` that also reads digests without a pepper, and takes this one for it.
 * @throws {TypeError} if the registry has no such hasher, or on an invalid pepper.
 */
export function withPepper(registry: Registry, pepper: string): Peppered {
  if (typeof pepper !== 'string' || pepper === '') throw new TypeError('pepper must be a non-empty string');
  const hasher = registry.get(PEPPERED);
  if (hasher === undefined) throw new TypeError(`pepper: hasher ${PEPPERED} is not in the registry`);
  const bytes = utf8(pepper);
  const own = ownPepper(hasher, pepper, bytes);
  try {
    own.parse(bare(hasher.example.digest));
  } catch {
    // Its message is about a digest; this one is about an option.
    throw new TypeError('pepper must be one line of well-formed text');
  }
  return { registry: createRegistry(registry.hashers.map((one) => (one === hasher ? own : one))), pepper: bytes };
}

function ownPepper(hasher: AnyHasher, pepper: string, bytes: Uint8Array): AnyHasher {
  return defineHasher<object, Uint8Array>({
    ...hasher,
    parse: (digest) => hasher.parse(digest.length === bcryptEnd(digest, 0) ? `${digest}$${pepper}` : digest),
    serialize: (parsed: Parsed<object, Uint8Array>) => {
      const whole = hasher.serialize(parsed);
      return same(parsed.context, bytes) ? bare(whole) : whole;
    },
  });
}

const bare = (digest: string): string => digest.slice(0, bcryptEnd(digest, 0));

/** Both are the site's own: its timing is not observable. */
function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** How a hasher comes into being: checked once, frozen, and told by name in each of its errors. */
import { DigestError, digestError, withHasher } from '../errors.js';
import type { Kdfs } from '../jobs.js';
import type { Hasher, Params, Parsed } from '../types.js';
import { guarded } from './parsed.js';

type Needed = 'name' | 'example' | 'parse' | 'serialize' | 'cost' | 'derive';
type Optional = 'prefixes' | 'insecure' | 'assumed' | 'freeTail' | 'locate';

/** What an author writes. Comparison, limits and rehash rules are not among it: they exist once, elsewhere. */
export interface HasherDefinition<P extends object = Params, X = undefined>
  extends Pick<Hasher<P, X>, Needed>,
    Partial<Pick<Hasher<P, X>, Optional>> {}

const NAME = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

/**
 * A hasher from its definition; built-in ones and plug-ins alike.
 * @throws {TypeError} where the definition is not one.
 */
export function defineHasher<P extends object = Params, X = undefined>(
  definition: HasherDefinition<P, X>,
): Hasher<P, X> {
  const { name, prefixes = [], insecure = false, assumed = false, freeTail = false, example } = definition;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new TypeError('defineHasher: name must be 1 to 64 characters of a-z, 0-9, "_", "." and "-"');
  }
  if (!Array.isArray(prefixes) || !prefixes.every((prefix) => typeof prefix === 'string' && prefix !== '')) {
    throw new TypeError(`defineHasher(${name}): prefixes must be an array of texts, [] where there is none`);
  }
  if (typeof example?.digest !== 'string') throw new TypeError(`defineHasher(${name}): example.digest must be a text`);
  for (const method of ['parse', 'serialize', 'cost', 'derive'] as const) {
    if (typeof definition[method] !== 'function') throw new TypeError(`defineHasher(${name}): ${method} is missing`);
  }
  return Object.freeze<Hasher<P, X>>({
    name,
    prefixes: Object.freeze([...prefixes]),
    insecure,
    assumed,
    freeTail,
    example: Object.freeze({ ...example }),
    parse(digest: string): Parsed<P, X> {
      try {
        return guarded(definition.parse(digest));
      } catch (error) {
        if (error instanceof DigestError) throw withHasher(error, name);
        throw digestError('ERR_BACKEND', `${name}: its parse failed`, { hasher: name, cause: error });
      }
    },
    serialize: (parsed: Parsed<P, X>) => definition.serialize(parsed),
    cost: (params: P) => definition.cost(params),
    locate: (digest: string, field: string) => definition.locate?.(digest, field),
    derive: (password: Uint8Array, parsed: Parsed<P, X>, kdfs: Kdfs) => definition.derive(password, parsed, kdfs),
  });
}

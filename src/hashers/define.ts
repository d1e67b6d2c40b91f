/** Defines a hasher: its definition is checked once and frozen, and each of its errors names it. */

import { describeReceived } from '../encoding/received.js';
import { DigestError, digestError, withHasher } from '../errors.js';
import type { Kdfs } from '../jobs.js';
import type { AnyHasher, Companions, Cost, Hasher, Params, Parsed } from '../types.js';
import { guardParsed } from './parsed.js';
import { unlikeField } from './same-digest.js';

type Needed = 'name' | 'example' | 'parse' | 'serialize' | 'cost' | 'derive';
type Optional =
  | 'prefixes'
  | 'insecure'
  | 'assumed'
  | 'freeTail'
  | 'verifiable'
  | 'locate'
  | 'companions'
  | 'getCompanions';
type OrUndefined<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What an author writes. Comparison, limits and rehash rules are not among it: they exist once, elsewhere. */
export interface HasherDefinition<P extends object = Params, X = undefined>
  extends Pick<Hasher<P, X>, Needed>,
    OrUndefined<Pick<Hasher<P, X>, Optional>> {}

const NAME = /^[a-z0-9][a-z0-9_.-]{0,63}$/;
const made = new WeakSet<object>();

/**
 * A hasher from its definition; built-in ones and plug-ins alike.
 * @throws {TypeError} where the definition is not one.
 */
export function defineHasher<P extends object = Params, X = undefined>(
  definition: HasherDefinition<P, X>,
): Hasher<P, X> {
  checkDefinition(definition);
  const { name, prefixes = [], insecure = false, assumed = false, freeTail = false } = definition;
  const { verifiable = true, example, companions } = definition;

  function parse(digest: string, given?: Companions): Parsed<P, X> {
    try {
      return guardParsed(definition.parse(digest, given));
    } catch (error) {
      if (error instanceof DigestError) throw withHasher(error, name);
      throw failed(name, 'parse', error);
    }
  }

  /** Read back: a digest that is refused, or means something else, would lock its user out. */
  function serialize(parsed: Parsed<P, X>): string {
    const digest = written(parsed);
    const unlike = unlikeField(parsed as Parsed, parse(digest, definition.getCompanions?.(parsed)) as Parsed);
    if (unlike === undefined) return digest;
    throw digestError('ERR_MALFORMED', `the format cannot represent this ${unlike}`, {
      hasher: name,
      field: unlike,
    });
  }

  function written(parsed: Parsed<P, X>): string {
    try {
      const digest = definition.serialize(parsed);
      if (typeof digest === 'string') return digest;
      throw new TypeError(`serialize must return a string (returned ${describeReceived(digest)})`);
    } catch (error) {
      throw error instanceof DigestError ? withHasher(error, name) : failed(name, 'serialize', error);
    }
  }

  function cost(params: P): Cost {
    try {
      const found = definition.cost(params);
      if (!isCost(found)) throw new TypeError('cost must return non-negative numbers and an array of demands');
      return found;
    } catch (error) {
      throw error instanceof DigestError ? withHasher(error, name) : failed(name, 'cost', error);
    }
  }

  const hasher = Object.freeze<Hasher<P, X>>({
    name,
    prefixes: Object.freeze([...prefixes]),
    insecure,
    assumed,
    freeTail,
    verifiable,
    example: Object.freeze({ ...example }),
    ...(companions !== undefined && {
      companions: Object.freeze([...companions]),
      getCompanions: (parsed: Parsed<P, X>) => definition.getCompanions?.(parsed),
    }),
    parse,
    serialize,
    cost,
    locate: (digest: string, field: string) => definition.locate?.(digest, field),
    derive: (password: Uint8Array, parsed: Parsed<P, X>, kdfs: Kdfs) => definition.derive(password, parsed, kdfs),
  });
  made.add(hasher);
  return hasher;
}

/** The hasher itself where `defineHasher` made it; one of its methods else, checked like any definition. */
export function definedHasher(hasher: AnyHasher): AnyHasher {
  return typeof hasher === 'object' && hasher !== null && made.has(hasher) ? hasher : defineHasher(hasher);
}

// biome-ignore lint/suspicious/noExplicitAny: what the parameters are is not looked at
function checkDefinition(definition: HasherDefinition<any, any>): void {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    throw new TypeError(`defineHasher: a definition must be an object (received ${describeReceived(definition)})`);
  }
  const { name, prefixes = [], example } = definition;
  if (typeof name !== 'string' || !(NAME.test(name) || name.startsWith('dynamic='))) {
    throw new TypeError('defineHasher: name must be 1 to 64 characters of a-z, 0-9, "_", "." and "-"');
  }
  if (!Array.isArray(prefixes) || !prefixes.every((prefix) => typeof prefix === 'string' && prefix !== '')) {
    throw new TypeError(`defineHasher(${name}): prefixes must be an array of non-empty strings, or []`);
  }
  if (typeof example?.digest !== 'string')
    throw new TypeError(`defineHasher(${name}): example.digest must be a string`);
  for (const method of ['parse', 'serialize', 'cost', 'derive'] as const) {
    if (typeof definition[method] !== 'function')
      throw new TypeError(`defineHasher(${name}): ${method} must be a function`);
  }
}

function failed(hasher: string, method: string, cause: unknown): DigestError {
  return digestError('ERR_BACKEND', `the hasher's ${method} failed`, { hasher, cause });
}

function isCost(cost: Cost): boolean {
  if (typeof cost !== 'object' || cost === null || !Array.isArray(cost.demands)) return false;
  return cost.work >= 0 && cost.memoryBytes >= 0 && cost.demands.every((demand) => demand.value >= 0);
}

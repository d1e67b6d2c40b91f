/** The formats that have a name, and KDFs of them over a password that was hashed before. */
import { isBytes } from '../encoding/brand.js';
import { DigestError } from '../errors.js';
import { getFormat } from '../hashers/index.js';
import type { Kdfs } from '../jobs.js';
import { estimateMs } from '../kdf/duration.js';
import { DEFAULT_LIMITS, overLimit } from '../policy.js';
import { parseRecipe, printRecipe, replaceVariables } from '../recipe/index.js';
import type { AnyHasher, Companions, Cost, Parsed } from '../types.js';
import type { KnownRow } from './known.js';

/** A hasher that reads the digest of each row. */
export interface Named {
  readonly hasher: AnyHasher;
  readonly parsed: readonly Parsed[];
  readonly ms: number;
}

/** Cheap ones first, and of these the most common. */
export function listNamed(hashers: readonly AnyHasher[], rows: readonly KnownRow[]): Named[] {
  const found: Named[] = [];
  for (const hasher of hashers) {
    if (!hasher.verifiable) continue;
    const parsed: Parsed[] = [];
    let ms = 0;
    for (const row of rows) {
      const read = readRow(hasher, row);
      if (read === undefined) break;
      parsed.push(read.parsed);
      ms = Math.max(ms, estimateMs(read.cost));
    }
    if (parsed.length === rows.length) found.push({ hasher, parsed, ms });
  }
  const users = ({ hasher }: Named): number => getFormat(hasher)?.users ?? 1;
  return found.sort((a, b) => Math.ceil(a.ms) - Math.ceil(b.ms) || users(a) - users(b));
}

function readRow(hasher: AnyHasher, { digest, fields }: KnownRow): { parsed: Parsed; cost: Cost } | undefined {
  const { salt, username, pepper, ...others } = fields;
  const params = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, new TextDecoder().decode(value)] as const),
  );
  const companions: Companions = { salt: asText(salt), username: asText(username), pepper, params };
  try {
    const parsed = hasher.parse(digest, companions) as Parsed;
    const cost = hasher.cost(parsed.params);
    return overLimit(hasher.name, cost, DEFAULT_LIMITS) === undefined ? { parsed, cost } : undefined;
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

/** A column is read by the format's own field: text where it is text. */
function asText(value: Uint8Array | undefined): string | Uint8Array | undefined {
  if (value === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return value;
  }
}

export async function matches(hasher: AnyHasher, parsed: Parsed, password: Uint8Array, kdfs: Kdfs): Promise<boolean> {
  try {
    const hash = await hasher.derive(password, parsed, kdfs);
    return isBytes(hash) && hash.length === parsed.hash.length && hash.every((byte, i) => byte === parsed.hash[i]);
  } catch (error) {
    if (error instanceof DigestError && error.code !== 'ERR_ABORTED') return false;
    throw error;
  }
}

/** Hashers whose recipe it is. */
export function findNames(recipe: string, hashers: readonly AnyHasher[]): string[] {
  return hashers.filter((hasher) => recipeOf(hasher) === recipe).map(({ name }) => name);
}

/** The recipe of a hasher that has one, and not one for each word of a field. */
export function recipeOf(hasher: AnyHasher): string | undefined {
  const own = getFormat(hasher)?.recipe;
  return typeof own === 'string' ? canonical(own) : undefined;
}

function canonical(recipe: string): string | undefined {
  try {
    return parseRecipe(recipe).text;
  } catch {
    return undefined;
  }
}

/** A hasher over a password that was hashed before, as a recipe where it has one as text. */
export function spellOver(hasher: AnyHasher, password: string): string {
  const own = getFormat(hasher)?.recipe;
  if (hasher.name === 'bcrypt' || own === 'bcrypt($p)') return `bcrypt(${password})`;
  if (typeof own !== 'string') return `${hasher.name}, over ${password} as its password`;
  const { root, functions } = parseRecipe(own);
  return printRecipe(replaceVariables(root, new Map([['password', parseRecipe(password).root]]), functions), functions);
}

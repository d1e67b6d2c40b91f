/** The flags --hasher and --limit, which are checked before anything is read. */
import { nearestName } from '../encoding/received.js';
import { DEFAULT_LIMITS, type LimitOptions } from '../index.js';
import { defaultRegistry } from '../library.js';
import { unknownHasherName } from '../recognize/explain-name.js';
import { UsageError } from './problem.js';

/** @throws {DigestError} ERR_UNKNOWN_HASHER, with the nearest name. */
export function checkHasher(name: string | undefined): void {
  if (name === undefined || defaultRegistry.get(name) !== undefined) return;
  throw unknownHasherName(defaultRegistry.hashers, name, '--hasher');
}

export const LIMIT_HELP = 'accept more than the default limit, repeatable: bcryptCost=17';

/** @throws {UsageError} */
export function parseLimits(given: readonly string[] | undefined): LimitOptions | undefined {
  if (given === undefined) return undefined;
  const limits: Record<string, number> = {};
  for (const text of given) {
    const [, name = '', value = ''] = /^([A-Za-z0-9]*)=(\d{1,15})$/.exec(text) ?? [];
    if (value === '')
      throw new UsageError('--limit: must be NAME=N with a whole number N', 'pass one as bcryptCost=17');
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw unknownLimit(name);
    if (Object.hasOwn(limits, name)) throw new UsageError(`--limit: ${name} given twice`, 'give each limit once');
    limits[name] = Number(value);
  }
  return limits;
}

function unknownLimit(name: string): UsageError {
  const names = Object.keys(DEFAULT_LIMITS);
  const nearest = nearestName(name, names);
  return new UsageError('--limit: unknown limit', `use ${nearest ?? `one of ${names.join(', ')}`}`);
}

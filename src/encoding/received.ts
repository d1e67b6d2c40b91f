/** What came in the place of what was needed, as an error may name it: its type and never its content. */

/** `null`, `undefined`, `an array`, `a string`, `a Map`. */
export function describeReceived(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return withArticle(typeof value);
  return isArray(value) ? 'an array' : 'an object';
}

function isArray(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    // A proxy that was revoked.
    return false;
  }
}

/** A name that is not known, quoted; what cannot be a name may be a secret, and is only described. */
export function namedReceived(value: unknown): string {
  return typeof value === 'string' && /^[\w-]{1,24}$/.test(value) ? `"${value}"` : describeReceived(value);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Of `known` the name that a typing mistake or two would make of `name`. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.min(MAX_MISTAKES, Math.floor(name.length / 2)) + 1;
  if (name.length > MAX_NAME_CHARS) return undefined;
  for (const other of known) {
    const mistakes = distance(name.toLowerCase(), other.toLowerCase());
    if (mistakes < least) [nearest, least] = [other, mistakes];
  }
  return nearest;
}

const MAX_MISTAKES = 3;
const MAX_NAME_CHARS = 64;

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/**
 * The options of a call: an object of known names, or nothing.
 * @param where the function, for the message.
 * @throws {TypeError} that names what came, or the unknown option and the nearest known one.
 */
export function checkedOptions<Options extends object>(
  where: string,
  options: Options | null | undefined,
  known: readonly string[],
): Partial<Options> {
  if (options === undefined) return {};
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw new TypeError(`${where}: options must be an object (received ${describeReceived(options)})`);
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const advice = nearest === undefined ? `known options: ${known.join(', ')}` : `did you mean ${nearest}?`;
    throw new TypeError(`${where}: unknown option ${name}; ${advice}`);
  }
  return options;
}

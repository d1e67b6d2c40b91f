/** What exports, shells, languages and databases do to whole digests, and how to undo it. */
import type { Finding } from '../types.js';
import type { Damage, Recogniser } from './damage/contract.js';
import * as edges from './damage/edges.js';
import * as encoded from './damage/encoded.js';
import * as printed from './damage/printed.js';
import * as spelling from './damage/spelling.js';

export type { Damage } from './damage/contract.js';
export { isShellRemnant } from './damage/lost.js';

const RECOGNISERS: readonly Recogniser[] = [
  edges.byteOrderMark,
  // A pepper may end in a space, so only the line end goes first.
  edges.lineEnds,
  edges.blanks,
  edges.quotes,
  printed.literal,
  printed.php,
  printed.call,
  printed.lead,
  printed.markup,
  printed.json,
  printed.bytes,
  printed.scheme,
  edges.pairs,
  edges.punctuation,
  encoded.hexadecimal,
  encoded.base64Again,
  encoded.base64Hash,
  encoded.percent,
  encoded.quotedPrintable,
  encoded.entities,
  encoded.escapes,
  encoded.backslashes,
  encoded.doubledDollars,
  encoded.shellAteVariant,
  edges.twice,
  edges.folded,
  edges.grouped,
  edges.invisible,
  edges.lostPlus,
  edges.split,
  spelling.hashTwice,
  spelling.hashSpelling,
  spelling.fieldSpelling,
];

/** Two wrappers, quotes and a line end: an export does not nest more, only chance does. */
const ROUNDS = 4;

/** A text made to be read in every way at once must not cost more than the export that it is in. */
const MAX_READINGS = 64;

/** What `text` may have been, the fewest damages first: each undone alone, then one under the other. */
export function listDamages(text: string): Damage[] {
  const found: Damage[] = [];
  const seen = new Set([text]);
  let reached: readonly (Damage | undefined)[] = [undefined];
  for (let round = 0; round < ROUNDS && reached.length > 0; round++) {
    const next: Damage[] = [];
    for (const outer of reached) {
      for (const recognise of RECOGNISERS) {
        const damage = recognise(outer?.digest ?? text);
        if (damage === undefined || seen.has(damage.digest) || seen.size > MAX_READINGS) continue;
        seen.add(damage.digest);
        next.push(outer === undefined ? damage : under(outer, damage));
      }
    }
    found.push(...next);
    reached = next;
  }
  // Alone and last: half of a pair of quotes is what is left where the wrong thing was removed first.
  const stray = edges.strayQuote(text);
  return stray === undefined || seen.has(stray.digest) ? found : [...found, { ...stray, depth: ROUNDS + 1 }];
}

/** A damage that was undone, and what the digest without it is. */
export interface Undone<T> {
  readonly damage: Damage;
  readonly value: T;
  /** As few damages, undone in another way, give another value: which of the two is meant is not known. */
  readonly isDoubtful: boolean;
}

/** The fewest damages without which `read` has an answer. */
export function undoDamage<T>(
  found: readonly Damage[],
  read: (digest: string) => T | undefined,
  isSame: (a: T, b: T) => boolean,
): Undone<T> | undefined {
  let first: Undone<T> | undefined;
  for (const damage of found) {
    if (first !== undefined && (damage.depth ?? 1) > (first.damage.depth ?? 1)) return first;
    const value = read(damage.digest);
    if (value === undefined) continue;
    if (first === undefined) first = { damage, value, isDoubtful: false };
    else if (!isSame(first.value, value)) return { ...first, isDoubtful: true };
  }
  return first;
}

function under(outer: Damage, inner: Damage): Damage {
  return {
    name: `${outer.name}+${inner.name}`,
    digest: inner.digest,
    offset: outer.offset,
    problem: `${outer.problem}, then ${inner.problem}`,
    fix: `${outer.fix}, then ${inner.fix}`,
    depth: (outer.depth ?? 1) + 1,
  };
}

/** Free text with what an export may have put there: next to other damage it may or may not belong to the text. */
export function isLooseText({ code }: Finding): boolean {
  return code === 'WARN_QUOTE';
}

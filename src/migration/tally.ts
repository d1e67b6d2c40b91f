/**
 * Counts of what the rows of an export are. Plain data, which may cross threads: the tallies of two parts of an export
 * merge to the tally of the whole. Memory grows with the kinds of findings, not with the rows.
 */
import type { Params } from '../types.js';
import type { Kind, Outcome } from './classify.js';
import { addFingerprint, type Duplicates, fingerprintOfText, mergeDuplicates, noDuplicates } from './duplicates.js';

/** 1.4 million different digests are told apart exactly, in 32 MiB; half as many ids; salts matter less. */
const DIGEST_SLOTS = 2 ** 21;
const ID_SLOTS = 2 ** 20;
const SALT_SLOTS = 2 ** 16;
const EXAMPLES = 3;
/** Kinds of findings that are told apart. Those of the 22 hashers are far fewer. */
export const MAX_KINDS = 1000;
/** Distinct values of a parameter that are told apart; the rest are "other". */
const MAX_VALUES = 200;

/** Where a row stands: which of the files, which line of it, which user. */
export interface Place {
  readonly file: number;
  readonly line: number;
  readonly id: string;
}

interface KindCount {
  /** As the first of the examples has it. */
  kind: Kind;
  count: number;
  /** The first ones, in the order of the export. */
  readonly examples: Place[];
}

export interface Counts {
  rows: number;
  ok: number;
  warned: number;
  rejected: number;
  readonly params: Map<string, Map<number | string, number>>;
}

export interface Tally {
  readonly totals: { rows: number; ok: number; warned: number; rejected: number; disabled: number; missing: number };
  readonly hashers: Map<string, Counts>;
  readonly kinds: Map<string, KindCount>;
  readonly digests: Duplicates;
  readonly salts: Duplicates;
  readonly ids: Duplicates;
}

export function emptyTally(): Tally {
  return {
    totals: { rows: 0, ok: 0, warned: 0, rejected: 0, disabled: 0, missing: 0 },
    hashers: new Map(),
    kinds: new Map(),
    digests: noDuplicates(DIGEST_SLOTS),
    salts: noDuplicates(SALT_SLOTS),
    ids: noDuplicates(ID_SLOTS),
  };
}

/** Counts one row. */
export function count(tally: Tally, outcome: Outcome, place: Place): void {
  const { verdict, hasher, params, digestPrint, saltPrint, kinds } = outcome;
  const { file, line, id } = place;
  tally.totals.rows++;
  tally.totals[verdict]++;
  if (id !== '') addFingerprint(tally.ids, fingerprintOfText(id), file, line);
  if (digestPrint !== undefined) addFingerprint(tally.digests, digestPrint, file, line);
  if (saltPrint !== undefined) addFingerprint(tally.salts, saltPrint, file, line);
  if (hasher !== null) {
    const counts = countsOf(tally, hasher);
    counts.rows++;
    counts[verdict as 'ok' | 'warned' | 'rejected']++;
    if (params !== undefined) countParams(counts, params);
  }
  for (const kind of kinds) {
    const seen = kindCountOf(tally, kind);
    seen.count++;
    if (seen.examples.length < EXAMPLES || isBefore(place, seen.examples.at(-1) as Place)) example(seen, kind, place);
  }
}

/** Adds another part of the same export. Exact in any order, but for what is past the bounds above. */
export function merge(tally: Tally, other: Tally): void {
  for (const name of Object.keys(other.totals) as (keyof Tally['totals'])[]) tally.totals[name] += other.totals[name];
  for (const [name, { rows, ok, warned, rejected, params }] of other.hashers) {
    const counts = countsOf(tally, name);
    counts.rows += rows;
    counts.ok += ok;
    counts.warned += warned;
    counts.rejected += rejected;
    for (const [param, values] of params) {
      for (const [value, times] of values) countValue(counts, param, value, times);
    }
  }
  for (const { kind, count, examples } of other.kinds.values()) {
    const seen = kindCountOf(tally, kind);
    seen.count += count;
    for (const place of examples) example(seen, kind, place);
  }
  mergeDuplicates(tally.digests, other.digests);
  mergeDuplicates(tally.salts, other.salts);
  mergeDuplicates(tally.ids, other.ids);
}

function countsOf({ hashers }: Tally, hasher: string): Counts {
  let counts = hashers.get(hasher);
  if (counts === undefined) {
    counts = { rows: 0, ok: 0, warned: 0, rejected: 0, params: new Map() };
    hashers.set(hasher, counts);
  }
  return counts;
}

function countParams(counts: Counts, params: Params): void {
  for (const name in params) countValue(counts, name, params[name] as number | string, 1);
}

function countValue({ params }: Counts, name: string, given: number | string, times: number): void {
  let values = params.get(name);
  if (values === undefined) {
    values = new Map();
    params.set(name, values);
  }
  const seen = values.get(given);
  if (seen !== undefined) {
    values.set(given, seen + times);
    return;
  }
  const value = values.size < MAX_VALUES ? given : 'other';
  values.set(value, (values.get(value) ?? 0) + times);
}

function kindCountOf({ kinds }: Tally, kind: Kind): KindCount {
  const seen = kinds.get(kind.key);
  if (seen !== undefined) return seen;
  return kinds.size < MAX_KINDS ? newKind(kinds, kind) : pastTheBound(kinds, kind);
}

function newKind(kinds: Tally['kinds'], kind: Kind): KindCount {
  const fresh: KindCount = { kind, count: 0, examples: [] };
  kinds.set(kind.key, fresh);
  return fresh;
}

/** No finding is lost past the bound: the rest of each code is counted together, and says so. */
function pastTheBound(kinds: Tally['kinds'], { code, hasher, severity }: Kind): KindCount {
  const key = `${code} ${hasher}`;
  const message = `more kinds of this finding than the ${MAX_KINDS} that are told apart; they are counted together here`;
  const fix = 'mend the other findings and check again, or check parts of the export';
  return kinds.get(key) ?? newKind(kinds, { key, code, hasher, severity, field: null, message, fix });
}

function example(seen: KindCount, kind: Kind, place: Place): void {
  const { examples } = seen;
  let at = examples.length;
  while (at > 0 && isBefore(place, examples[at - 1] as Place)) at--;
  examples.splice(at, 0, { file: place.file, line: place.line, id: place.id });
  if (at === 0 && seen.kind.key === kind.key) seen.kind = kind;
  if (examples.length > EXAMPLES) examples.pop();
}

function isBefore(a: Place, b: Place): boolean {
  return a.file < b.file || (a.file === b.file && a.line < b.line);
}

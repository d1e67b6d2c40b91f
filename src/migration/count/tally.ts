/**
 * HasherTally of what the rows of an export are. Plain data, which may cross threads: the tallies of the parts of an export
 * merge to the tally of the whole, in any order. Memory grows with the kinds of findings, not with the rows.
 */
import { findingKind } from '../../reports/finding-kind.js';
import type { Params } from '../../types.js';
import type { Outcome, RowFinding } from '../assess/outcome.js';
import { hideDigest, MAX_EXAMPLES, type RowPlace } from '../row.js';
import { type BoundedMap, byText, byValue, createBoundedMap, getOrEvict } from './bounded-map.js';

/** Kinds of findings that are counted separately. Those of the 22 hashers are far fewer. */
export const MAX_KINDS = 1000;
/** Sets of parameters of one hasher that are counted separately; of the rest, each parameter is counted alone. */
const MAX_SETS = 2000;
/** Distinct values of a parameter that are counted separately; the rest are "other". */
export const MAX_VALUES = 200;
/** Of an example: where the ids of an export are long texts, a report would otherwise contain these. */
const MAX_ID_CHARS = 256;

export interface FindingCount {
  /** As the first of the examples has it. */
  finding: RowFinding;
  count: number;
  /** The first ones, in the order of the export. */
  readonly examples: RowPlace[];
}

export interface CountedSet {
  readonly params: Params;
  rows: number;
}

/** Rows by the value of a parameter; those past the bound together. */
export interface ValueCounts {
  readonly rows: BoundedMap<number | string, { count: number }>;
  other: number;
}

export interface HasherTally {
  rows: number;
  ok: number;
  warned: number;
  rejected: number;
  readonly sets: BoundedMap<string, CountedSet>;
  /** Of the sets past the bound. */
  readonly values: Map<string, ValueCounts>;
}

export interface Tally {
  readonly totals: { rows: number; ok: number; warned: number; rejected: number; disabled: number; missing: number };
  readonly hashers: Map<string, HasherTally>;
  readonly kinds: BoundedMap<string, FindingCount>;
  /** Of the kinds past the bound, by code and hasher. */
  readonly others: Map<string, FindingCount>;
}

export function createTally(): Tally {
  return {
    totals: { rows: 0, ok: 0, warned: 0, rejected: 0, disabled: 0, missing: 0 },
    hashers: new Map(),
    kinds: createBoundedMap(MAX_KINDS),
    others: new Map(),
  };
}

/**
 * HasherTally rows of one outcome.
 * @param places of the first of them.
 */
export function count(tally: Tally, outcome: Outcome, places: readonly RowPlace[], rows = 1): void {
  const { verdict, hasher, params, findings } = outcome;
  tally.totals.rows += rows;
  tally.totals[verdict] += rows;
  if (hasher !== null) {
    const counts = getCounts(tally, hasher);
    counts.rows += rows;
    counts[verdict as 'ok' | 'warned' | 'rejected'] += rows;
    if (params !== undefined) countSet(counts, params, rows);
  }
  for (const finding of findings) countFinding(tally, finding, rows, places);
}

/** Adds another part of the same export. */
export function merge(tally: Tally, other: Tally): void {
  for (const name of Object.keys(other.totals) as (keyof Tally['totals'])[]) tally.totals[name] += other.totals[name];
  for (const [name, { rows, ok, warned, rejected, sets, values }] of other.hashers) {
    const counts = getCounts(tally, name);
    counts.rows += rows;
    counts.ok += ok;
    counts.warned += warned;
    counts.rejected += rejected;
    for (const { params, rows } of sets.entries.values()) countSet(counts, params, rows);
    for (const [param, { rows, other }] of values) {
      for (const [value, { count }] of rows.entries) countValue(counts.values, param, value, count);
      getValues(counts.values, param).other += other;
    }
  }
  for (const { finding, count, examples } of other.kinds.entries.values()) {
    countFinding(tally, finding, count, examples);
  }
  for (const { finding, count, examples } of other.others.values()) countOther(tally, finding, count, examples);
}

/** How many rows have each value of each parameter. */
export function makeHistograms({ sets, values }: HasherTally): ReadonlyMap<string, ValueCounts> {
  const all = new Map<string, ValueCounts>();
  for (const { params, rows } of sets.entries.values()) countParams(all, params, rows);
  for (const [param, { rows, other }] of values) {
    for (const [value, { count }] of rows.entries) countValue(all, param, value, count);
    getValues(all, param).other += other;
  }
  return all;
}

function getCounts({ hashers }: Tally, hasher: string): HasherTally {
  let counts = hashers.get(hasher);
  if (counts === undefined) {
    counts = { rows: 0, ok: 0, warned: 0, rejected: 0, sets: createBoundedMap(MAX_SETS), values: new Map() };
    hashers.set(hasher, counts);
  }
  return counts;
}

function countSet({ sets, values }: HasherTally, params: Params, rows: number): void {
  let key = '';
  for (const name in params) key += `${name}=${params[name]},`;
  const spill = (set: CountedSet) => countParams(values, set.params, set.rows);
  const seen = getOrEvict(sets, key, byText, () => ({ params, rows: 0 }), spill);
  if (seen === undefined) countParams(values, params, rows);
  else seen.rows += rows;
}

function countParams(values: Map<string, ValueCounts>, params: Params, rows: number): void {
  for (const name in params) countValue(values, name, params[name] as number | string, rows);
}

function countValue(values: Map<string, ValueCounts>, param: string, value: number | string, rows: number): void {
  const of = getValues(values, param);
  const spill = ({ count }: { readonly count: number }) => {
    of.other += count;
  };
  const seen = getOrEvict(of.rows, value, byValue, () => ({ count: 0 }), spill);
  if (seen === undefined) of.other += rows;
  else seen.count += rows;
}

function getValues(values: Map<string, ValueCounts>, param: string): ValueCounts {
  let of = values.get(param);
  if (of === undefined) {
    of = { rows: createBoundedMap(MAX_VALUES), other: 0 };
    values.set(param, of);
  }
  return of;
}

function countFinding(tally: Tally, finding: RowFinding, rows: number, places: readonly RowPlace[]): void {
  const fresh = (): FindingCount => ({ finding, count: 0, examples: [] });
  const spill = ({ finding, count, examples }: FindingCount) => countOther(tally, finding, count, examples);
  const seen = getOrEvict(tally.kinds, finding.kind, byText, fresh, spill);
  if (seen === undefined) {
    countOther(tally, finding, rows, places);
    return;
  }
  seen.count += rows;
  for (const place of places) addExample(seen, finding, place);
}

/** No finding is lost past the bound: the rest of each code is counted together, and says so. */
function countOther({ others }: Tally, one: RowFinding, rows: number, places: readonly RowPlace[]): void {
  const { code, hasher, severity } = one;
  const key = findingKind({ code, hasher, field: null }, 'others');
  let seen = others.get(key);
  if (seen === undefined) {
    const message = `more kinds of this finding than the ${MAX_KINDS} counted separately; the rest are counted together here`;
    const fix = 'fix the other findings and check again, or check parts of the export';
    const finding = { kind: key, code, hasher, severity, field: null, message, fix };
    seen = { finding, count: 0, examples: [] };
    others.set(key, seen);
  }
  seen.count += rows;
  for (const place of places) addExample(seen, seen.finding, place);
}

function addExample(seen: FindingCount, finding: RowFinding, place: RowPlace): void {
  const { examples } = seen;
  let at = examples.length;
  while (at > 0 && isBefore(place, examples[at - 1] as RowPlace)) at--;
  if (at === MAX_EXAMPLES) return;
  examples.splice(at, 0, { ...place, id: shorten(hideDigest(place.id)) });
  if (at === 0) seen.finding = finding;
  if (examples.length > MAX_EXAMPLES) examples.pop();
}

function shorten(id: string): string {
  return id.length > MAX_ID_CHARS ? `${id.slice(0, MAX_ID_CHARS).toWellFormed()}…` : id;
}

function isBefore(a: RowPlace, b: RowPlace): boolean {
  const { order = 0 } = a;
  if (a.file !== b.file || a.line !== b.line) return a.file < b.file || (a.file === b.file && a.line < b.line);
  return order < (b.order ?? 0);
}

/** What a check has to find in a generated export, in the shape of its report. */
import type { Format } from '../../../src/reports/check-report.js';
import type { RowKind, Verdict } from './kind-list.js';

export interface Place {
  readonly line: number;
  readonly id: string;
}

/** Of a row: several may begin on one line. */
export interface RowPlace extends Place {
  readonly row: number;
}

export interface ExpectedFinding {
  readonly code: string;
  readonly hasher: string | null;
  readonly field: string | null;
  readonly severity: 'error' | 'warning' | 'note';
  /** Of all kinds with this code, hasher and field together. */
  readonly count: number;
  /** The first three. */
  readonly examples: readonly Place[];
}

export interface ExpectedHasher {
  rows: number;
  ok: number;
  warned: number;
  rejected: number;
  params: Record<string, Record<string, number>>;
  /** The most frequent first; one without parameters where the hasher has none. */
  parameterSets: { readonly params: Readonly<Record<string, number | string>>; rows: number }[];
}

interface SharedValues {
  readonly values: number;
  readonly rows: number;
  readonly exact: true;
}

/** Messages, fixes and timing are not in it. */
export interface Expectation {
  readonly input: { readonly bytes: number; readonly rows: number; readonly format: Format; readonly source: string };
  readonly target: null;
  readonly totals: Readonly<Record<'rows' | Verdict, number>>;
  readonly hashers: Readonly<Record<string, ExpectedHasher>>;
  readonly findings: readonly ExpectedFinding[];
  readonly duplicates: {
    readonly digests: number;
    readonly rows: number;
    readonly exact: true;
    readonly ids: SharedValues;
    readonly salts: SharedValues;
  };
}

/** What the rows were written as. */
export interface Written {
  readonly format: Format;
  readonly source: string;
}

const EXAMPLES = 3;

/** Rows with one value. */
interface Group {
  rows: number;
  readonly first: RowPlace;
}

/** Counts by kind, and the first rows of each. */
export class Found {
  readonly kinds: Map<RowKind, { rows: number; readonly first: RowPlace[] }> = new Map();
  readonly missingIds: { rows: number; readonly first: RowPlace[] } = { rows: 0, first: [] };
  readonly digests: Map<object, Group> = new Map();
  readonly salts: Map<object | number, Group> = new Map();
  readonly ids: Map<object, Group> = new Map();

  row(kind: RowKind, place: RowPlace): void {
    let seen = this.kinds.get(kind);
    if (seen === undefined) {
      seen = { rows: 0, first: [] };
      this.kinds.set(kind, seen);
    }
    countAt(seen, place);
    if (place.id === '' && kind.damage === undefined) countAt(this.missingIds, place);
  }

  repeatDigest(of: { readonly place: RowPlace }, salted: boolean): void {
    repeat(this.digests, of);
    if (salted) repeat(this.salts, of);
  }

  repeatId(of: { readonly place: RowPlace }): void {
    if (of.place.id !== '') repeat(this.ids, of);
  }

  /** One of a few salts. */
  salt(number: number, place: RowPlace): void {
    const group = this.salts.get(number);
    if (group === undefined) this.salts.set(number, { rows: 1, first: place });
    else group.rows++;
  }
}

function countAt(seen: { rows: number; readonly first: RowPlace[] }, place: RowPlace): void {
  seen.rows++;
  if (seen.first.length < EXAMPLES) seen.first.push(place);
}

function repeat(groups: Map<object | number, Group>, of: { readonly place: RowPlace }): void {
  const group = groups.get(of);
  if (group === undefined) groups.set(of, { rows: 2, first: of.place });
  else group.rows++;
}

export function expectationOf(found: Found, { format, source }: Written, bytes: number): Expectation {
  const totals = { rows: 0, ok: 0, warned: 0, rejected: 0, disabled: 0, missing: 0 };
  const hashers: Record<string, ExpectedHasher> = {};
  const findings = new Map<string, Omit<ExpectedFinding, 'examples'> & { readonly examples: readonly RowPlace[] }>();
  const add = (finding: string, hasher: string | null, count: number, examples: readonly RowPlace[]): void => {
    const [code = '', field = null] = finding.split(' ');
    const key = `${finding} of ${hasher}`;
    const before = findings.get(key);
    findings.set(key, {
      ...{ code, hasher, field, severity: severityOf(code), count: count + (before?.count ?? 0) },
      examples: [...(before?.examples ?? []), ...examples].sort((a, b) => a.row - b.row).slice(0, EXAMPLES),
    });
  };
  for (const [kind, { rows, first }] of found.kinds) {
    totals.rows += rows;
    totals[kind.verdict] += rows;
    for (const finding of kind.findings) add(finding, kind.hasher, rows, first);
    if (kind.hasher !== null) addRows(hashers, kind.hasher, kind, rows);
  }
  const { rows: missing, first } = found.missingIds;
  if (missing > 0) add('WARN_ID_MISSING id', null, missing, first);
  const [digests, ids, salts] = [found.digests, found.ids, found.salts].map(sharedOf) as [Shared, Shared, Shared];
  if (ids.values > 0) add('WARN_ID_DUPLICATE id', null, ids.rows, ids.first);
  if (salts.values > 0) add('NOTE_SALT_SHARED salt', null, salts.rows, salts.first);
  for (const { parameterSets } of Object.values(hashers)) parameterSets.sort((a, b) => b.rows - a.rows);
  return {
    input: { bytes, rows: totals.rows, format, source },
    target: null,
    totals,
    hashers,
    findings: [...findings.values()].map((finding) => ({
      ...finding,
      examples: finding.examples.map(({ line, id }) => ({ line, id })),
    })),
    duplicates: {
      digests: digests.values,
      rows: digests.rows,
      exact: true,
      ids: { values: ids.values, rows: ids.rows, exact: true },
      salts: { values: salts.values, rows: salts.rows, exact: true },
    },
  };
}

function addRows(hashers: Record<string, ExpectedHasher>, name: string, { verdict, params }: RowKind, rows: number) {
  hashers[name] ??= { rows: 0, ok: 0, warned: 0, rejected: 0, params: {}, parameterSets: [] };
  const hasher = hashers[name];
  hasher.rows += rows;
  hasher[verdict as 'ok' | 'warned' | 'rejected'] += rows;
  if (params === undefined) return;
  for (const [param, value] of Object.entries(params)) {
    hasher.params[param] ??= {};
    const values = hasher.params[param];
    values[value] = (values[value] ?? 0) + rows;
  }
  const key = JSON.stringify(params);
  const set = hasher.parameterSets.find((one) => JSON.stringify(one.params) === key);
  if (set === undefined) hasher.parameterSets.push({ params, rows });
  else set.rows += rows;
}

interface Shared {
  readonly values: number;
  readonly rows: number;
  readonly first: readonly RowPlace[];
}

function sharedOf(groups: ReadonlyMap<object | number, Group>): Shared {
  const shared = [...groups.values()].filter(({ rows }) => rows > 1);
  const first = shared.map((group) => group.first).sort((a, b) => a.row - b.row);
  return {
    values: shared.length,
    rows: shared.reduce((sum, { rows }) => sum + rows, 0),
    first: first.slice(0, EXAMPLES),
  };
}

function severityOf(code: string): ExpectedFinding['severity'] {
  if (code === 'ERR_DISABLED') return 'note';
  return code.startsWith('ERR') ? 'error' : code.startsWith('WARN') ? 'warning' : 'note';
}

/** Counts what the rows of an export are. Memory grows with the kinds of findings, not with the rows. */
import { DigestError } from '../errors.js';
import type { Registry } from '../registry.js';
import { checkSpelling } from '../targets/index.js';
import type { AnyHasher, Finding, Params, Parsed } from '../types.js';
import { assess, type Rules } from '../validate.js';
import { DuplicateTally } from './duplicates.js';
import type { Example, HasherCounts, Report, ReportFinding, Severity } from './report.js';
import type { Row } from './row.js';

const EXAMPLES = 3;
/** A report lists no more kinds of findings; the counts of the rest are kept without their fix. */
const MAX_KINDS = 1000;
/** Distinct values of a parameter that are told apart; the rest are "other". */
const MAX_VALUES = 200;
/** Sets of parameters whose assessment is remembered. */
const MAX_ASSESSMENTS = 10_000;
const UNKNOWN = 'unknown';

interface Kind {
  readonly finding: Omit<ReportFinding, 'count' | 'examples'>;
  count: number;
  readonly examples: Example[];
}

interface Counts {
  rows: number;
  ok: number;
  warned: number;
  rejected: number;
  readonly params: Map<string, Map<string, number>>;
}

/** What all digests with one set of parameters have in common. */
type Assessment = DigestError | { readonly findings: readonly Finding[]; readonly warns: boolean };

export class Tally {
  readonly #registry: Registry;
  readonly #rules: Rules;
  readonly #totals = { rows: 0, ok: 0, warned: 0, rejected: 0, disabled: 0, missing: 0 };
  readonly #hashers = new Map<string, Counts>();
  readonly #kinds = new Map<string, Kind>();
  readonly #assessments = new Map<string, Assessment>();
  readonly #duplicates = new DuplicateTally();

  constructor(registry: Registry, rules: Rules) {
    this.#registry = registry;
    this.#rules = rules;
  }

  get rows(): number {
    return this.#totals.rows;
  }

  add(row: Row): void {
    this.#totals.rows++;
    if (row.problem !== undefined) {
      this.#totals.rejected++;
      this.#note(row, {
        code: 'ERR_ROW',
        hasher: null,
        field: 'row',
        severity: 'error',
        message: row.problem,
        fix: null,
      });
      return;
    }
    const { passwordDigest } = row;
    if (passwordDigest === undefined) {
      this.#totals.missing++;
      return;
    }
    const passwordHasher = row.passwordHasher ?? this.#hasherOf(passwordDigest);
    const hasher = this.#registry.get(passwordHasher);
    let parsed: Parsed;
    try {
      parsed = this.#registry.parse({ passwordHasher, passwordDigest }, this.#rules.limits.digestChars);
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      if (error.code === 'ERR_DISABLED') this.#totals.disabled++;
      else this.#reject(row, hasher?.name ?? UNKNOWN, error);
      return;
    }
    this.#duplicates.add(passwordDigest);
    this.#accept(row, hasher as AnyHasher, parsed);
  }

  /** Rows without a hasher, and no --hasher: the digest's own shape, where that is certain. */
  #hasherOf(digest: string): string {
    const [best] = this.#registry.identify(digest);
    return best?.certainty === 'certain' && best.convertible === undefined ? best.hasher : '';
  }

  #accept(row: Row, hasher: AnyHasher, parsed: Parsed): void {
    const { params, warnings } = parsed;
    const assessment = this.#assess(hasher, params);
    if (assessment instanceof DigestError) {
      this.#reject(row, hasher.name, assessment);
      return;
    }
    const { target } = this.#rules;
    const spelling = target && warnings.length > 0 ? checkSpelling(target, hasher.name, warnings) : undefined;
    if (spelling !== undefined) {
      this.#reject(row, hasher.name, spelling);
      return;
    }
    const counts = this.#countsOf(hasher.name);
    counts.rows++;
    let warned = assessment.warns;
    for (const finding of warnings) {
      if (finding.severity === 'warning') warned = true;
      this.#noteFinding(row, hasher.name, finding);
    }
    for (const finding of assessment.findings) this.#noteFinding(row, hasher.name, finding);
    if (warned) {
      counts.warned++;
      this.#totals.warned++;
    } else {
      counts.ok++;
      this.#totals.ok++;
    }
    countParams(counts, params);
  }

  #reject(row: Row, hasher: string, error: DigestError): void {
    this.#totals.rejected++;
    const counts = this.#countsOf(hasher);
    counts.rows++;
    counts.rejected++;
    const { code, field = null, message, fix = null, hint } = error;
    this.#note(row, {
      code,
      hasher,
      field,
      severity: 'error',
      message: hint === undefined ? message : `${message} (${hint})`,
      fix,
    });
  }

  #assess(hasher: AnyHasher, params: Params): Assessment {
    const key = `${hasher.name} ${Object.values(params).join()}`;
    const known = this.#assessments.get(key);
    if (known !== undefined) return known;
    const found = assess(hasher, params, this.#rules);
    const assessment: Assessment =
      found instanceof DigestError
        ? found
        : { findings: found, warns: found.some(({ severity }) => severity === 'warning') };
    if (this.#assessments.size < MAX_ASSESSMENTS) this.#assessments.set(key, assessment);
    return assessment;
  }

  #noteFinding(row: Row, hasher: string, finding: Finding): void {
    const { code, severity, message, field = null, fix = null } = finding;
    this.#note(row, { code, hasher, field, severity, message, fix });
  }

  #note(row: Row, finding: Kind['finding']): void {
    const { code, hasher, field, fix } = finding;
    let key = `${code} ${hasher} ${field} ${fix}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined && this.#kinds.size >= MAX_KINDS) {
      key = `${code} ${hasher}`;
      kind = this.#kinds.get(key);
    }
    if (kind === undefined) {
      kind = { finding, count: 0, examples: [] };
      this.#kinds.set(key, kind);
    }
    kind.count++;
    if (kind.examples.length < EXAMPLES) kind.examples.push({ line: row.line, id: row.id });
  }

  #countsOf(hasher: string): Counts {
    let counts = this.#hashers.get(hasher);
    if (counts === undefined) {
      counts = { rows: 0, ok: 0, warned: 0, rejected: 0, params: new Map() };
      this.#hashers.set(hasher, counts);
    }
    return counts;
  }

  result(): Pick<Report, 'totals' | 'hashers' | 'findings' | 'duplicates'> {
    const hashers = [...this.#hashers].sort(([a, x], [b, y]) => y.rows - x.rows || (a < b ? -1 : 1));
    return {
      totals: { ...this.#totals },
      hashers: Object.fromEntries(hashers.map(([name, counts]) => [name, shown(counts)])),
      findings: [...this.#kinds.values()]
        .map(({ finding, count, examples }): ReportFinding => {
          const { code, hasher, field, severity, message, fix } = finding;
          return { code, hasher, field, severity, count, message, fix, examples };
        })
        .sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1)),
      duplicates: this.#duplicates.count(),
    };
  }
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function keyOf({ code, hasher, field, fix }: ReportFinding): string {
  return `${code} ${hasher} ${field} ${fix}`;
}

function countParams(counts: Counts, params: Params): void {
  for (const name in params) {
    let values = counts.params.get(name);
    if (values === undefined) {
      values = new Map();
      counts.params.set(name, values);
    }
    let value = String(params[name]);
    if (!values.has(value) && values.size >= MAX_VALUES) value = 'other';
    values.set(value, (values.get(value) ?? 0) + 1);
  }
}

function shown({ rows, ok, warned, rejected, params }: Counts): HasherCounts {
  const histograms = [...params].map(([name, values]) => [name, Object.fromEntries(values)] as const);
  return { rows, ok, warned, rejected, params: Object.fromEntries(histograms) };
}

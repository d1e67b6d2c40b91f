/** A list of kinds of rows, and the short ways of adding one. */
import type { Format } from '../../../src/reports/check-report.js';
import type { Make } from './digests.js';

export type Verdict = 'ok' | 'warned' | 'rejected' | 'disabled' | 'missing';
/** How the row itself is damaged; the rest of it does not matter then. */
export type RowDamage = 'cut' | 'wide' | 'stray quote' | 'broken' | 'array' | 'text';

export interface RowKind {
  readonly name: string;
  /** Rows of so many in all. */
  readonly weight: number;
  /** What stands in the column of the hasher. */
  readonly written: string;
  digest(row: number): string;
  readonly verdict: Verdict;
  /** To whose rows it counts. */
  readonly hasher: string | null;
  readonly params?: Readonly<Record<string, number | string>>;
  /** `CODE field`, or the code alone. */
  readonly findings: readonly string[];
  /** Whether it is a digest with a salt, sound but for its cost: these are looked at for duplicates. */
  readonly salted: boolean;
  readonly parses: boolean;
  readonly damage?: RowDamage;
  /** The row has one field less, behind its digest. */
  readonly short?: true;
  /** Several rows have the salt of this number. */
  saltGroup?(row: number): number;
  readonly only?: Format;
  /** The account is marked as one that may not sign in. */
  readonly isOff?: true;
}

export type Detail = Partial<Omit<RowKind, 'name' | 'weight' | 'digest'>>;

export interface KindList {
  readonly kinds: readonly RowKind[];
  /** A digest of `hasher`, which is sound unless the detail says otherwise. */
  add(hasher: string, weight: number, digest: Make, detail?: Detail): void;
  /** A digest that no hasher reads. `hasher` is whose rows it counts to. */
  reject(
    finding: readonly [code: string, field: string],
    written: string,
    weight: number,
    digest: Make,
    hasher?: string | null,
  ): void;
  /** Nothing that could be imported. */
  empty(verdict: 'disabled' | 'missing', written: string, weight: number, digest: string): void;
  /** An account that the platform does not let in. */
  off(weight: number, digest: Make): void;
}

export function kindList(): KindList {
  const kinds: RowKind[] = [];

  function add(hasher: string, weight: number, digest: Make, detail: Detail = {}): void {
    const { findings = [], verdict = verdictOf(findings) } = detail;
    kinds.push({
      ...{ name: `${hasher} ${kinds.length}`, weight, written: hasher, digest, hasher, salted: true, parses: true },
      ...detail,
      ...{ findings, verdict },
    });
  }

  return {
    kinds,
    add,
    reject([code, field], written, weight, digest, hasher = written) {
      const finding = `${code} ${field}`;
      add(hasher ?? '', weight, digest, { written, hasher, findings: [finding], salted: false, parses: false });
    },
    empty(verdict, written, weight, digest) {
      add(written, weight, () => digest, { verdict, hasher: null, salted: false, parses: false });
    },
    off(weight, digest) {
      const detail = { verdict: 'disabled', hasher: null, findings: ['ERR_DISABLED account'] } as const;
      add('', weight, digest, { ...detail, salted: false, parses: false, isOff: true });
    },
  };
}

function verdictOf(findings: readonly string[]): Verdict {
  if (findings.some((finding) => finding.startsWith('ERR_'))) return 'rejected';
  return findings.some((finding) => finding.startsWith('WARN_')) ? 'warned' : 'ok';
}

/**
 * What known passwords decide over the digests: where none of a hasher's match, none of its digests is known to verify;
 * where some do not, those rows are not.
 */

import type { CheckReport, Example, HasherCounts, ReportFinding } from './check-report.js';
import { findingKind } from './finding-kind.js';
import { sortFindings } from './finding-order.js';

/** By hasher: known passwords of rows that the check had not refused. */
export type VerifiedCanaries = ReadonlyMap<
  string,
  {
    readonly matched: number;
    readonly mismatched: number;
    /** Of those that do not match. */
    readonly warned: number;
    readonly examples: readonly Example[];
  }
>;

type Judged = Pick<CheckReport, 'totals' | 'hashers' | 'findings'>;

/** Of parts that were merged: what a hasher's canaries decided in one part holds in all of them. */
export function judgeMerged(report: Judged & Pick<CheckReport, 'canaries'>): Judged {
  const decided = report.findings.filter(({ code }) => code === 'ERR_CANARY').map(({ hasher }) => hasher);
  const verified = Object.entries(report.canaries.hashers)
    .filter(([name, { matched, mismatched }]) => decided.includes(name) && matched === 0 && mismatched > 0)
    .map(([name, counts]) => [name, { ...counts, warned: 0, examples: [] }] as const);
  return judgeByCanaries(new Map(verified), report);
}

/**
 * @param verified passwords of rows that the check had not refused.
 * @param isPart of a shard: whether none matches is known when the reports are merged.
 */
export function judgeByCanaries(verified: VerifiedCanaries, report: Judged, isPart = false): Judged {
  let { totals, hashers, findings } = report;
  for (const [name, { matched, mismatched, warned, examples }] of verified) {
    const counts = hashers[name];
    if (mismatched === 0 || counts === undefined) continue;
    const all = matched === 0 && !isPart;
    const fromOk = all ? counts.ok : Math.min(counts.ok, mismatched - warned);
    const fromWarned = all ? counts.warned : Math.min(counts.warned, warned);
    const count = fromOk + fromWarned;
    const moved = ({ ok, warned, rejected }: Pick<HasherCounts, 'ok' | 'warned' | 'rejected'>) => ({
      ...{ ok: ok - fromOk, warned: warned - fromWarned, rejected: rejected + count },
    });
    totals = { ...totals, ...moved(totals) };
    hashers = { ...hashers, [name]: { ...counts, ...moved(counts) } };
    // A merged report has those of its parts.
    const before = findings.find(({ code, hasher }) => code === 'ERR_CANARY' && hasher === name);
    const decided = finding(
      name,
      all ? mismatched : undefined,
      count + (before?.count ?? 0),
      before?.examples ?? examples,
    );
    findings = [...findings.filter((one) => one !== before), decided];
  }
  return { totals, hashers, findings: sortFindings(findings) };
}

/** @param noneOf how many known passwords were tried, where none of them matches. */
function finding(
  hasher: string,
  noneOf: number | undefined,
  count: number,
  examples: ReportFinding['examples'],
): ReportFinding {
  return {
    kind: findingKind({ code: 'ERR_CANARY', hasher, field: null }, noneOf === undefined ? 'some' : 'all'),
    ...{ code: 'ERR_CANARY', hasher, field: null, severity: 'error', count },
    ...(noneOf === undefined ? SOME : noneOf === 1 ? ONLY_ONE : NONE),
    examples,
  };
}

const SOME = {
  message: 'the known password of this row does not match its digest',
  fix: 'check that it is the password of this user; otherwise leave the row out',
};
const ONLY_ONE = {
  message: 'the only known password does not match: it may be mistyped, or something else than the password is hashed',
  fix: 'check this password, or add more known passwords',
};
const NONE = {
  message: 'none of the known passwords matches: these digests have the right form and are of something else',
  fix: 'find out what is hashed: the known passwords may name the reason',
};

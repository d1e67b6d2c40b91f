/** What a report comes to, and what to do next: the same sentences on a terminal and on a page. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { Report, ReportFinding } from '../../reports/check-report.js';
import { missingText } from '../../reports/merge-reports.js';
import { formatCount } from '../quantity.js';

export type Mood = 'good' | 'warning' | 'bad';

export interface Sentence {
  readonly mood: Mood;
  readonly text: string;
}

/** The first is the verdict on the digests. */
export function verdictOf(report: Report): readonly [Sentence, ...Sentence[]] {
  const missing = (report.merged?.missing ?? []).map(
    (shards): Sentence => ({
      mood: 'bad',
      text: `Not all of the export: ${sanitizeForDisplay(missingText(shards), 300)}.`,
    }),
  );
  const verdict = verdictOnDigests(report);
  const unproved = unprovedRows(report);
  if (unproved > 0 && unproved < report.totals.rejected) missing.unshift({ mood: 'bad', text: unprovedText(unproved) });
  if (report.canaries.mismatched === 0) return [verdict, ...missing];
  const canaries = 'Known passwords do not match: import nothing before they do.';
  return [verdict, ...missing, { mood: 'bad', text: canaries }];
}

/** Rows that may verify somewhere, and of which it is not known how. */
const UNPROVED: ReadonlySet<ReportFinding['code']> = new Set([
  ...(['ERR_SALT_SEPARATE', 'ERR_PREHASH', 'ERR_CANARY', 'ERR_TARGET_FORM'] as const),
]);
/** Rows of which nothing was read. */
const UNREAD: ReadonlySet<ReportFinding['code']> = new Set(['ERR_ROW', 'ERR_NOT_TEXT']);

function rowsWith(findings: Report['findings'], codes: ReadonlySet<ReportFinding['code']>): number {
  return findings.reduce((sum, { code, count }) => sum + (codes.has(code) ? count : 0), 0);
}

export function unprovedRows({ findings }: Pick<Report, 'findings'>): number {
  return rowsWith(findings, UNPROVED);
}

function unprovedText(rows: number): string {
  return rows === 1
    ? 'Of one digest it is not known whether it verifies: the findings say why.'
    : `Of ${formatCount(rows)} digests it is not known whether they verify: the findings say why.`;
}

/**
 * Whether no row could be read, which no exit code of 0 goes with. Rows of disabled users and of users without a
 * password are read. A shard may be without rows: that is decided over all of them, when their reports are merged.
 */
export function isUnread({ totals, input, findings }: Pick<Report, 'totals' | 'input' | 'findings'>): boolean {
  if (totals.rows === 0) return input.shard === undefined;
  return rowsWith(findings, UNREAD) >= totals.rows;
}

function verdictOnDigests({ totals, input, output, findings, canaries }: Report): Sentence {
  const whole = totals.ok + totals.warned;
  if (input.problem !== undefined) return { mood: 'bad', text: 'The input was not read to its end.' };
  if (isUnread({ totals, input, findings })) return { mood: 'bad', text: 'No row could be read.' };
  if (whole + totals.rejected === 0) return { mood: 'warning', text: 'No row has a digest.' };
  const unproved = unprovedRows({ findings });
  if (unproved > 0 && unproved === totals.rejected) return { mood: 'bad', text: unprovedText(unproved) };
  if (canaries.mismatched > 0 && totals.rejected === 0) {
    const text =
      whole === 1 ? 'The one digest has the right form.' : `All ${formatCount(whole)} digests have the right form.`;
    return { mood: 'warning', text };
  }
  if (totals.rejected === 0) {
    const text = whole === 1 ? 'The one digest will verify.' : `All ${formatCount(whole)} digests will verify.`;
    return { mood: 'good', text };
  }
  const of = formatCount(whole + totals.rejected);
  const as = output?.out === undefined ? ' as they are' : '';
  return { mood: 'bad', text: `${formatCount(totals.rejected - unproved)} of ${of} digests will not verify${as}.` };
}

/** What to do now, in this order; empty where nothing is left but to import. */
export function nextSteps({ totals, target, input, output, findings, canaries }: Report): readonly string[] {
  if (input.problem !== undefined)
    return ['Fix the input and check it again: this report covers only the part before the error.'];
  const whole = totals.ok + totals.warned;
  if (whole + totals.rejected === 0) {
    return ['Export the users with their digests: many platforms leave them out unless they are asked.'];
  }
  const steps: string[] = [];
  if (canaries.mismatched > 0) {
    steps.push('Find out why known passwords do not match: what is said of them may name the reason.');
  }
  const unproved = unprovedRows({ findings });
  if (unproved > 0 && canaries.matched + canaries.mismatched === 0) {
    steps.push('Find out how these passwords were hashed: known passwords decide, with --canaries FILE.');
  }
  const isPreHashed = findings.some(({ code }) => code === 'ERR_PREHASH');
  if (isPreHashed && canaries.matched > 0 && canaries.mismatched === 0) {
    steps.push('Known passwords match without any step before: name the hasher, with --hasher NAME.');
  }
  if (totals.rejected > unproved) {
    steps.push('Repair these rows in the export as the findings say, or leave them out, and check it again.');
  }
  if (output?.out === undefined && findings.some(({ code }) => code === 'NOTE_CONVERTED')) {
    steps.push('Converted digests are not what the export has: import what --out FILE writes.');
  } else if (output?.out === undefined && totals.rejected > 0) {
    steps.push('--out FILE writes the rows that will verify, with what can be converted or repaired.');
  }
  if (target === null && whole > 0) {
    steps.push('Ask whether a service takes them: --target clerk, or another; digestry check --help lists them.');
  }
  if (whole > 0 && canaries.matched + canaries.mismatched === 0) {
    steps.push('Before you import, try passwords that you know, of users of your own: --canaries FILE.');
  }
  return steps;
}

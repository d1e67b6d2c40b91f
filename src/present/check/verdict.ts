/** What a report comes to, and what to do next: the same sentences on a terminal and on a page. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { CheckReport, ReportFinding } from '../../reports/check-report.js';
import { formatMissing } from '../../reports/merge-parts.js';
import { formatCount } from '../quantity.js';

export type Mood = 'good' | 'warning' | 'bad';

export interface Sentence {
  readonly mood: Mood;
  readonly text: string;
}

/** The first is the verdict on the digests. */
export function describeVerdict(report: CheckReport): readonly [Sentence, ...Sentence[]] {
  const missing = (report.merged?.missing ?? []).map(
    (shards): Sentence => ({
      mood: 'bad',
      text: `Not all of the export: ${sanitizeForDisplay(formatMissing(shards), 300)}.`,
    }),
  );
  const verdict = verdictOnDigests(report);
  const unproved = unprovedRows(report);
  if (unproved > 0 && unproved < report.totals.rejected) missing.unshift({ mood: 'bad', text: unprovedText(unproved) });
  if (report.canaries.mismatched === 0) return [verdict, ...missing];
  const canaries = 'Known passwords do not match. Do not import before they do.';
  return [verdict, ...missing, { mood: 'bad', text: canaries }];
}

/** Rows that may verify somewhere, and of which it is not known how. */
const UNPROVED: ReadonlySet<ReportFinding['code']> = new Set([
  ...(['ERR_SALT_SEPARATE', 'ERR_PREHASH', 'ERR_CANARY', 'ERR_TARGET_FORM'] as const),
]);
/** Rows of which nothing was read. */
const UNREAD: ReadonlySet<ReportFinding['code']> = new Set(['ERR_ROW', 'ERR_NOT_TEXT']);

function rowsWith(findings: CheckReport['findings'], codes: ReadonlySet<ReportFinding['code']>): number {
  return findings.reduce((sum, { code, count }) => sum + (codes.has(code) ? count : 0), 0);
}

export function unprovedRows({ findings }: Pick<CheckReport, 'findings'>): number {
  return rowsWith(findings, UNPROVED);
}

function unprovedText(rows: number): string {
  return rows === 1
    ? 'One digest may not verify; the findings say why.'
    : `${formatCount(rows)} digests may not verify; the findings say why.`;
}

/**
 * Whether no row could be read, which no exit code of 0 goes with. Rows of disabled users and of users without a
 * password are read. A shard may be without rows: that is decided over all of them, when their reports are merged.
 */
export function isUnread({ totals, input, findings }: Pick<CheckReport, 'totals' | 'input' | 'findings'>): boolean {
  if (totals.rows === 0) return input.shard === undefined;
  return rowsWith(findings, UNREAD) >= totals.rows;
}

function verdictOnDigests({ totals, input, output, findings, canaries }: CheckReport): Sentence {
  const whole = totals.ok + totals.warned;
  if (input.problem !== undefined) return { mood: 'bad', text: 'The input was not read to its end.' };
  if (isUnread({ totals, input, findings })) return { mood: 'bad', text: 'No row could be read.' };
  if (input.shard !== undefined && totals.rows === 0) return { mood: 'warning', text: 'This shard has no rows.' };
  if (whole + totals.rejected === 0) {
    return { mood: 'warning', text: `No row${input.shard === undefined ? '' : ' of this shard'} has a digest.` };
  }
  const unproved = unprovedRows({ findings });
  if (unproved > 0 && unproved === totals.rejected) return { mood: 'bad', text: unprovedText(unproved) };
  if (canaries.mismatched > 0 && totals.rejected === 0) {
    const text = whole === 1 ? 'The digest is well formed.' : `All ${formatCount(whole)} digests are well formed.`;
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

/** A piece of a sentence: words, or something to type. */
export type Piece = string | { readonly code: string };
/** Text, and as pieces where a page sets code apart. */
export interface Step {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** The text of the template is words, its values are code. */
function step(words: readonly string[], ...code: readonly string[]): Step {
  const pieces = words.flatMap((text, i): Piece[] => (i < code.length ? [text, { code: code[i] as string }] : [text]));
  return { text: String.raw({ raw: words }, ...code), pieces: pieces.filter((piece) => piece !== '') };
}

const REPAIRED: ReadonlySet<ReportFinding['code']> = new Set([
  ...(['ERR_MALFORMED', 'ERR_WRONG_HASHER', 'ERR_UNKNOWN_HASHER'] as const),
]);

/** Where the digest's own text shows what to do, the kind has a cause. */
function mayBeRepaired({ code, fix, kind }: ReportFinding): boolean {
  return fix !== null && REPAIRED.has(code) && kind.split('/').length === 4;
}

/** What to do now, in this order; empty where the rows can be imported. */
export function nextSteps({ totals, target, input, output, findings, canaries }: CheckReport): readonly Step[] {
  if (input.problem !== undefined) {
    return [step`Fix the input and check it again: this report covers only the part before the error.`];
  }
  const whole = totals.ok + totals.warned;
  if (whole + totals.rejected === 0) {
    // Other shards may have the digests.
    if (input.shard !== undefined) return [step`Merge the reports of all shards: ${'digestry report merge'}.`];
    return [step`Export the users with their digests: many platforms omit them by default.`];
  }
  const steps: Step[] = [];
  const tried = canaries.matched + canaries.mismatched;
  const isWritten = output?.out !== undefined;
  if (canaries.mismatched > 0) {
    steps.push(
      canaries.mismatched === 1
        ? step`Check the known password that does not match, or add more with ${'--canaries FILE'}.`
        : step`Find out why known passwords do not match: the lines about them may name the reason.`,
    );
  }
  if (canaries.missing > 0) {
    steps.push(
      step`Known passwords without a user: if their ids are in another column, name it with ${'--id-field NAME'}.`,
    );
  }
  const unproved = unprovedRows({ findings });
  if (unproved > 0 && tried === 0) {
    steps.push(step`Find out how these passwords were hashed: test known passwords with ${'--canaries FILE'}.`);
  }
  const isPreHashed = findings.some(({ code }) => code === 'ERR_PREHASH');
  if (isPreHashed && canaries.matched > 0 && canaries.mismatched === 0) {
    steps.push(step`Known passwords match without a prehash: name the hasher with ${'--hasher NAME'}.`);
  }
  if (totals.rejected > unproved) {
    steps.push(step`Repair the rejected rows as the findings say, or leave them out, and check again.`);
  }
  if (!isWritten && findings.some(({ code }) => code === 'NOTE_CONVERTED')) {
    steps.push(step`Converted digests differ from those of the export: import what ${'--out FILE'} writes.`);
  } else if (!isWritten && totals.rejected > 0 && whole > 0) {
    steps.push(step`Write the rows that will verify, converted or repaired where possible: ${'--out FILE'}.`);
  } else if (!isWritten && findings.some(mayBeRepaired)) {
    steps.push(step`Write the rows that can be converted or repaired: ${'--out FILE'}.`);
  }
  if (target === null && whole > 0) {
    steps.push(
      step`Check against the service you import into: ${'--target clerk'}, or another of ${'digestry check --help'}.`,
    );
  }
  if (whole > 0 && tried === 0 && unproved === 0) {
    steps.push(step`Before you import, test known passwords of your own users: ${'--canaries FILE'}.`);
  }
  return steps;
}

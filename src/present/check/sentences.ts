/** Sentences about a report that a terminal and a page share, but for the verdict. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { CheckReport, ReportFinding, Severity } from '../../reports/check-report.js';
import { formatAmount, formatCount } from '../quantity.js';
import { type Mood, type Sentence, unprovedRows } from './verdict.js';

const SEVERITY_TITLES: Readonly<Record<Severity, string>> = {
  error: 'Errors: these will not verify as they are',
  warning: 'Warnings: these verify here, but may fail elsewhere',
  note: 'Notes',
};

/** Of a section of findings. */
export function severityTitle(severity: Severity, findings: readonly ReportFinding[]): string {
  return severity === 'error' && unprovedRows({ findings }) > 0
    ? 'Errors: these will not verify as they are, or may not'
    : SEVERITY_TITLES[severity];
}

/** Undefined where every digest is of one user. */
export function duplicatesText(report: CheckReport): string | undefined {
  const { digests, rows, exact } = report.duplicates;
  if (digests === 0) return undefined;
  const are = digests === 1 ? 'digest is' : 'digests are';
  const about = exact ? '' : 'about ';
  const where = report.merged === undefined ? '' : ', counted within each shard';
  return `${about}${formatCount(digests)} ${are} used by more than one user (${rowsText(rows)})${where}`;
}

/** What became of the rows, and how many there are of each. */
export function listOutcomes({ totals, output, findings, canaries }: CheckReport): readonly CheckOutcome[] {
  const { ok, warned, rejected, disabled, missing } = totals;
  const unproved = unprovedRows({ findings });
  // Nothing is promised while a known password shows the contrary.
  const will = canaries.mismatched > 0 ? 'right form' : 'will verify';
  const never = output?.out ? 'will not verify' : 'will not verify as they are';
  return [
    { name: will, rows: ok, mood: 'good' },
    { name: `${will}, with a warning`, rows: warned, mood: 'warning' },
    ...(unproved > 0 ? [{ name: 'may not verify', rows: unproved, mood: 'doubtful' } as const] : []),
    { name: never, rows: rejected - unproved, mood: 'bad' },
    { name: 'marked as disabled', rows: disabled, mood: 'quiet' },
    { name: 'without a digest', rows: missing, mood: 'faint' },
  ];
}

export interface CheckOutcome {
  readonly name: string;
  readonly rows: number;
  readonly mood: Mood | 'doubtful' | 'quiet' | 'faint';
}

/** What known passwords showed. */
export function canarySentences({ canaries }: CheckReport): readonly (Sentence & { readonly of: CanaryOutcome })[] {
  const { matched, mismatched, missing, refused = 0, rejected } = canaries;
  const counts: readonly (readonly [number, string, Mood, CanaryOutcome])[] = [
    [matched, matched === 1 ? 'matches' : 'match', 'good', 'matched'],
    [mismatched, mismatched === 1 ? 'does not match' : 'do not match', 'bad', 'mismatched'],
    ...rejected.map(
      ({ count, message }) =>
        [count, `cannot be verified: ${sanitizeForDisplay(message, 300)}`, 'warning', 'rejected'] as const,
    ),
    [missing, missing === 1 ? 'has no user with a digest' : 'have no user with a digest', 'bad', 'missing'],
    [refused, refused === 1 ? 'belongs to a rejected row' : 'belong to rejected rows', 'warning', 'refused'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what, mood, of]) => ({ mood, of, text: `${formatCount(count)} ${what}` }));
}

export type CanaryOutcome = 'matched' | 'mismatched' | 'rejected' | 'refused' | 'missing';

export const NO_OTHER_READING = 'no other interpretation of these digests matches them';

/** Where rows were written, and what was done to them. */
export function outputSentences({ output, canaries }: CheckReport): readonly string[] {
  const { out, rejects } = output ?? {};
  const sentences: string[] = [];
  if (out !== undefined) {
    const done = [
      [out.converted, 'converted'],
      [out.repaired, 'repaired'],
      [out.canonical, 'written in canonical form'],
      [out.targetForm ?? 0, 'written in the form of the target'],
    ] as const;
    const parts = done.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
    const how = parts.length === 0 ? '' : `; of these ${parts.join(', ')}`;
    const ready = canaries.mismatched > 0 ? 'not ready while known passwords do not match' : 'ready';
    sentences.push(`Written to ${fileText(out.file)}: ${rowsText(out.rows)}, ${ready}${how}`);
    if (out.formulas !== undefined) {
      const begin = out.formulas === 1 ? 'begins' : 'begin';
      sentences.push(
        `Do not open ${fileText(out.file)} in a spreadsheet: values of ${rowsText(out.formulas)} ${begin} as formulas do`,
      );
    }
  }
  if (rejects !== undefined) {
    sentences.push(`Written to ${fileText(rejects.file)}: ${rowsText(rejects.rows)}, rejected`);
  }
  return sentences;
}

/** @param streamed what `-` means. */
export function fileText(file: string, streamed = 'stdout'): string {
  return file === '-' ? streamed : sanitizeForDisplay(file, 200);
}

export function rowsText(count: number): string {
  return formatAmount(count, 'row');
}

const REPAIR_NOTES: ReadonlySet<ReportFinding['code']> = new Set([
  ...(['NOTE_CONVERTED', 'NOTE_REPAIRED', 'NOTE_CANONICAL', 'NOTE_TARGET_FORM'] as const),
]);

/** A change to rows: shown with the file that it was made for, where there is one. */
export function isRepairNote({ code }: ReportFinding): boolean {
  return REPAIR_NOTES.has(code);
}

/** Rows as the lines of the files that they are written to. Plain data, which may cross threads. */

import type { OutFormat } from '../../reports/check-report.js';
import type { Outcome, RowFinding } from '../assess/outcome.js';
import type { Row } from '../row.js';
import { readyFormats, rejectLine } from './formats.js';

/** What was done to a row before it was written. */
type Change = 'converted' | 'repaired' | 'canonical' | 'targetForm';

/** Of some rows, in their order. */
export interface Lines {
  /** Of rows that will verify. */
  ready: string;
  /** Of rows that are rejected. */
  refused: string;
  readonly counts: Record<'rows' | Change | 'formulas', number>;
  rejected: number;
}

export interface LineOptions {
  /** Undefined where rows that will verify are not asked for. */
  readonly ready: OutFormat | undefined;
  readonly refused: boolean;
  /** Name of the file in the lines, where several are read. */
  readonly file: string | undefined;
}

const CHANGES: readonly (readonly [RowFinding['code'], Change])[] = [
  ['NOTE_CONVERTED', 'converted'],
  ['NOTE_REPAIRED', 'repaired'],
  ['NOTE_CANONICAL', 'canonical'],
  ['NOTE_TARGET_FORM', 'targetForm'],
];

export function noLines(): Lines {
  return {
    ready: '',
    refused: '',
    counts: { rows: 0, converted: 0, repaired: 0, canonical: 0, targetForm: 0, formulas: 0 },
    rejected: 0,
  };
}

/** Adds the line of a row, where one is asked for. */
export function addLine(lines: Lines, row: Row, outcome: Outcome, { ready, refused, file }: LineOptions): void {
  const { verdict, hasher, rejection, findings, repaired } = outcome;
  const { line, id } = row;
  if (rejection !== undefined) {
    if (!refused) return;
    lines.rejected++;
    lines.refused += rejectLine({ file, line, id, hasher, ...rejection });
  } else if (ready !== undefined && (verdict === 'ok' || verdict === 'warned')) {
    const { counts } = lines;
    counts.rows++;
    if (findings.length > 0) countChanges(counts, findings);
    const passwordDigest = repaired ?? (row.passwordDigest as string);
    const written = { id, passwordHasher: hasher as string, passwordDigest };
    const format = readyFormats[ready];
    if (format.isFormula(written)) counts.formulas++;
    lines.ready += format.line(written);
  }
}

/** Counts rows: one row may have two notes of one kind, of its source and of its digest. */
function countChanges(counts: Lines['counts'], findings: readonly RowFinding[]): void {
  for (const [code, change] of CHANGES) if (findings.some((finding) => finding.code === code)) counts[change]++;
}

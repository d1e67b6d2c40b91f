/** Rows as the lines of the files that they are written to. Plain data, which may cross threads. */

import type { OutFormat } from '../../reports/check-report.js';
import type { Outcome } from '../assess/outcome.js';
import type { Row } from '../row.js';
import { readyFormats, rejectLine } from './formats.js';

/** Of some rows, in their order. */
export interface Lines {
  /** Of rows that will verify. */
  ready: string;
  /** Of rows that are rejected. */
  refused: string;
  readonly counts: { rows: number; converted: number; repaired: number; canonical: number; formulas: number };
  rejected: number;
}

export interface LineOptions {
  /** Undefined where rows that will verify are not asked for. */
  readonly ready: OutFormat | undefined;
  readonly refused: boolean;
  /** Name of the file in the lines, where several are read. */
  readonly file: string | undefined;
}

const DONE = { NOTE_CONVERTED: 'converted', NOTE_REPAIRED: 'repaired', NOTE_CANONICAL: 'canonical' } as const;

export function noLines(): Lines {
  return {
    ready: '',
    refused: '',
    counts: { rows: 0, converted: 0, repaired: 0, canonical: 0, formulas: 0 },
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
    for (const { code } of findings) if (Object.hasOwn(DONE, code)) counts[DONE[code as keyof typeof DONE]]++;
    const passwordDigest = repaired ?? (row.passwordDigest as string);
    const written = { id, passwordHasher: hasher as string, passwordDigest };
    const format = readyFormats[ready];
    if (format.isFormula(written)) counts.formulas++;
    lines.ready += format.line(written);
  }
}

/** How rows are written: those that are ready, and those that are rejected. */
import { displayJson } from '../../encoding/display.js';
import type { OutFormat } from '../../reports/check-report.js';
import type { RowRejection } from '../assess/outcome.js';
import { hideDigest } from '../row.js';

export const outFormats: readonly OutFormat[] = Object.freeze(['ndjson', 'clerk-csv']);

/** A row that can be imported. */
export interface ReadyRow {
  readonly id: string;
  readonly passwordHasher: string;
  readonly passwordDigest: string;
}

export interface ReadyFormat {
  /** Before the first row. */
  readonly head: string;
  line(row: ReadyRow): string;
  /** Whether a spreadsheet takes one of its values for a formula. */
  isFormula(row: ReadyRow): boolean;
}

/**
 * `ndjson`: the names of Clerk's createUser, but for `id`, which is its `externalId`.
 * `clerk-csv`: the columns of the dashboard's own export, which `clerk migrate import FILE --source clerk` reads
 * (github.com/clerk/migration-tool, src/migrate/transformers/clerk.ts).
 */
export const readyFormats: Readonly<Record<OutFormat, ReadyFormat>> = {
  ndjson: {
    head: '',
    line: ({ id, passwordHasher, passwordDigest }) => `${displayJson({ id, passwordHasher, passwordDigest })}\n`,
    isFormula: () => false,
  },
  'clerk-csv': {
    head: 'id,password_digest,password_hasher\n',
    line: ({ id, passwordHasher, passwordDigest }) =>
      `${csvField(id)},${csvField(passwordDigest)},${csvField(passwordHasher)}\n`,
    isFormula: ({ id, passwordDigest }) => FORMULA.test(id) || FORMULA.test(passwordDigest),
  },
};

/**
 * Characters that begin a formula, https://owasp.org/www-community/attacks/CSV_Injection. These values are counted and not changed: an
 * id with an apostrophe before it would be another id.
 */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180 §2. White space at an edge is quoted too: some readers trim it. */
function csvField(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The place of the row, and why it is rejected. Never a piece of its digest. */
export interface Reject extends RowRejection {
  /** Only where several files were checked. */
  readonly file: string | undefined;
  readonly line: number;
  readonly id: string;
  readonly hasher: string | null;
}

export function rejectLine({ file, line, id, hasher, code, field, offset, fix }: Reject): string {
  return `${displayJson({ file, line, id: hideDigest(id), hasher, code, field, offset, fix })}\n`;
}

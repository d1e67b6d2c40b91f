/** Findings of rows: the sentence, and the kind, which is made of data alone. */
import type { DigestError } from '../../errors.js';
import type { Severity } from '../../reports/check-report.js';
import { findErrorCause, findingKind } from '../../reports/finding-kind.js';
import type { HasherRule, ImportTarget } from '../../targets/index.js';
import type { Finding } from '../../types.js';
import type { Doubt, Row } from '../row.js';
import { describeRowProblem, type RowProblem } from '../row-problem.js';
import { convertedNote } from '../sources/index.js';
import { type RowFinding, UNKNOWN } from './outcome.js';
import type { Repair } from './repair.js';

/** @param cause what distinguishes it from findings with the same code, hasher and field: data, never a sentence. */
function describe(one: Omit<RowFinding, 'kind'>, cause?: string): RowFinding {
  return { kind: findingKind(one, cause), ...one };
}

export function describeError(hasher: string | null, error: DigestError, severity: Severity = 'error'): RowFinding {
  const { code, field = null, message, hint } = error;
  const whole = hint === undefined ? message : `${message} (${hint})`;
  // Of a digest under a wrong name nothing but the name is changed.
  const fix = code === 'ERR_WRONG_HASHER' && error.suggestion ? `${error.fix}, as --out does` : (error.fix ?? null);
  return describe({ code, hasher, field, severity, message: whole, fix }, findErrorCause(error));
}

/** Of an account that cannot sign in at its platform. */
export function describeDisabled(error: DigestError): RowFinding {
  return describeError(null, error, 'note');
}

export function describeFinding(hasher: string, finding: Finding): RowFinding {
  const { code, severity, message, field, fix, subcode } = finding;
  return describe({ code, hasher, field: field ?? null, severity, message, fix: fix ?? null }, subcode);
}

/** A record without an id. */
export const ID_MISSING: RowFinding = describe({
  code: 'WARN_ID_MISSING',
  hasher: null,
  field: 'id',
  severity: 'warning',
  message: 'the row has no id, so its digest belongs to no known user',
  fix: 'name the column of the ids: --id-field NAME',
});

export function describeUnreadableRow(problem: RowProblem): RowFinding {
  const message = describeRowProblem(problem);
  return describe({ code: 'ERR_ROW', hasher: null, field: 'row', severity: 'error', message, fix: null }, problem.code);
}

export function describeNotText({ subcode, message, fix }: NonNullable<Row['notText']>): RowFinding {
  const field = 'passwordDigest';
  return describe({ code: 'ERR_NOT_TEXT', hasher: UNKNOWN, field, severity: 'error', message, fix }, subcode);
}

export function describeDoubt(hasher: string, { code, subcode, field, message, fix }: Doubt): RowFinding {
  return describe({ code, hasher, field, severity: 'error', message, fix }, subcode);
}

/** @param error that the digest is rejected with as it is in the row; undefined where only its spelling changes. */
export function describeRepair({ credential, converted }: Repair, error: DigestError | undefined): RowFinding {
  const hasher = credential.passwordHasher;
  if (converted !== undefined) return describeFinding(hasher, convertedNote(converted));
  const note = { hasher, field: null, severity: 'note', fix: null } as const;
  if (error === undefined) return describe({ ...note, code: 'NOTE_CANONICAL', message: 'written in canonical form' });
  const message = `repaired; to repair the export itself: ${error.fix ?? 'write the digest in canonical form'}`;
  return describe({ ...note, code: 'NOTE_REPAIRED', message }, findErrorCause(error));
}

export function describeTargetForm({ name, title }: ImportTarget, hasher: string): RowFinding {
  const message = `written in the form that ${title} accepts`;
  return describe({ code: 'NOTE_TARGET_FORM', hasher, field: null, severity: 'note', message, fix: null }, name);
}

export function describeOtherForm(
  { title }: ImportTarget,
  hasher: string,
  { as = 'another form' }: HasherRule,
): RowFinding {
  const message = `${title} accepts ${hasher} in a form that digestry does not write: ${as}`;
  const fix = 'write these rows in that form, or omit --target and convert what --out writes';
  return describe({ code: 'ERR_TARGET_FORM', hasher, field: null, severity: 'error', message, fix });
}

export function describeUnverifiable(hasher: string): RowFinding {
  const message = 'another system checks the password: only the syntax of the digest is checked here';
  return describe({ code: 'NOTE_UNVERIFIABLE', hasher, field: null, severity: 'note', message, fix: null });
}

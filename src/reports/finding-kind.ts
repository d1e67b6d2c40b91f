/** The kind of a finding: a name made of data, by which tallies, reports and merged reports group findings. */
import type { DigestError } from '../errors.js';
import type { ReportFinding } from './check-report.js';

type KindParts = Pick<ReportFinding, 'code' | 'hasher' | 'field'>;

/**
 * `CODE/hasher/field/cause` without empty parts at its end, such as `ERR_WRONG_HASHER/bcrypt//argon2id`.
 * @param cause what distinguishes two findings with the same code, hasher and field: names and codes, never a sentence.
 */
export function findingKind({ code, hasher, field }: KindParts, cause = ''): string {
  if (cause !== '') return `${code}/${hasher ?? ''}/${field ?? ''}/${cause}`;
  if (field !== null) return `${code}/${hasher ?? ''}/${field}`;
  return hasher === null ? code : `${code}/${hasher}`;
}

/** The hasher or system of the suggestion, and the subcode where the suggestion does not say which repair. */
export function findErrorCause({ suggestion, subcode }: Pick<DigestError, 'suggestion' | 'subcode'>): string {
  if (suggestion === undefined) return subcode ?? '';
  if ('convert' in suggestion) return `${suggestion.convert}+${suggestion.to}`;
  if ('swap' in suggestion) return 'swap';
  if (!('hasher' in suggestion)) return subcode ?? 'repair';
  return suggestion.repair ? `${suggestion.hasher}+${subcode ?? 'repair'}` : suggestion.hasher;
}

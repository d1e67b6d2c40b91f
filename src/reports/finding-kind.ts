/** The kind of a finding: a name made of data, by which tallies, reports and merged reports group findings. */
import type { ReportFinding } from './check-report.js';

type Described = Pick<ReportFinding, 'code' | 'hasher' | 'field'>;

/**
 * `CODE/hasher/field/cause` without empty parts at its end, such as `ERR_WRONG_HASHER/bcrypt//argon2id`.
 * @param cause what distinguishes two findings with the same code, hasher and field.
 */
export function findingKind({ code, hasher, field }: Described, cause = ''): string {
  if (cause !== '') return `${code}/${hasher ?? ''}/${field ?? ''}/${cause}`;
  if (field !== null) return `${code}/${hasher ?? ''}/${field}`;
  return hasher === null ? code : `${code}/${hasher}`;
}

const MAX_REMEMBERED = 1000;
const remembered = new Map<string, string>();

/**
 * A cause that only exists as a sentence: eight characters that are the same for the same sentence (FNV-1a, 32 bits).
 * Remembered, because rows with the same cause come by the million.
 */
export function textCause(sentence: string | null | undefined): string {
  if (!sentence) return '';
  let cause = remembered.get(sentence);
  if (cause !== undefined) return cause;
  let hash = 0x811c9dc5;
  for (let i = 0; i < sentence.length; i++) hash = Math.imul(hash ^ sentence.charCodeAt(i), 0x01000193);
  cause = (hash >>> 0).toString(16).padStart(8, '0');
  if (remembered.size < MAX_REMEMBERED) remembered.set(sentence, cause);
  return cause;
}

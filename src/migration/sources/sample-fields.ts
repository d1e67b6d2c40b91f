/** What a sample of an export says of a field: the questions by which sources recognise their exports. */
import type { Sample } from './contract.js';

/** Which of the fields an export has; for clues. */
export function hasField({ fields }: Sample, ...names: readonly string[]): boolean {
  return names.every((name) => fields.has(name));
}

/** Those of the fields that an export has, as text for a reason. */
export function listFields({ fields }: Sample, names: readonly string[]): readonly string[] {
  return names.filter((name) => fields.has(name));
}

/** Whether some of the first records has such a value there. */
export function hasValue({ records }: Sample, names: readonly string[], fits: (value: string) => boolean): boolean {
  return records.some(({ field }) => names.some((name) => fits(field(name) ?? '')));
}

/** How databases and their exports write it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|t|1|yes)$/i.test(value);
}

export function isFalse(value: string | undefined): boolean {
  return value !== undefined && /^(?:false|f|0|no)$/i.test(value);
}

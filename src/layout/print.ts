/** Values written in a layout. */
import { type DigestError, digestError } from '../errors.js';
import type { Part, Sequence } from './sequence.js';
import type { Values } from './slot.js';

/** @param others fields that this alternative cannot hold. What no alternative knows comes from elsewhere. */
export function printSequence(sequence: Sequence, others: readonly string[], values: Values): string {
  const missing = (label: string): DigestError =>
    digestError('ERR_MALFORMED', `the format cannot represent this ${label}`, { field: label });
  for (const field of others) {
    if (values.params[field] !== undefined || (values.bytes[field]?.length ?? 0) > 0) throw missing(field);
  }
  function print(parts: readonly Part[]): string {
    let text = '';
    for (const part of parts) {
      if (part.kind === 'literal') text += part.text;
      else if (part.kind === 'optional') {
        if (part.slots.some(({ slot }) => !slot.isDefault(values))) text += print(part.parts);
      } else {
        const written = part.slot.write(values);
        if (written === undefined) throw missing(part.slot.label);
        text += written;
      }
    }
    return text;
  }
  return print(sequence.parts);
}

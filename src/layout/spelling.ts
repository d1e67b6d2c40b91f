/** What a digest that parses could be written without. */
import type { Finding } from '../types.js';
import { nonCanonical } from './findings.js';
import type { OptionalPart, Part, Sequence } from './sequence.js';
import type { Found } from './slot.js';
import type { Spans } from './split.js';

/** Literals in another case, and optional parts that say what is the default. */
export function warnSpelling(
  sequence: Sequence,
  optionals: readonly OptionalPart[],
  text: string,
  spans: Spans,
  found: Found,
): void {
  const odd: Finding[] = [];
  let at = 0;
  for (const part of sequence.parts) {
    if (part.kind === 'literal') {
      if (part.anyCase && !text.startsWith(part.text, at)) {
        const upper = part.text === part.text.toUpperCase();
        const message = `scheme is not ${upper ? 'upper' : 'lower'} case`;
        odd.push(nonCanonical('scheme', at === 0 ? 1 : at, message, `write "${part.text}"`));
      }
      at += part.text.length;
    } else at = Math.max(at, endOf(part, spans));
  }
  for (const part of optionals) {
    const [first] = part.slots;
    if (first === undefined) continue;
    const start = spans[2 * first.index] as number;
    if (start === -1) continue;
    if (!part.slots.every(({ slot }) => slot.isDefault(found))) continue;
    const { label } = first.slot;
    const value = found.params[label];
    const shown = typeof value === 'number' || typeof value === 'string' ? `, ${value}` : '';
    odd.push(nonCanonical(label, start, `${label} is the default${shown}`, `remove ${label}`));
  }
  if (odd.length > 0) found.warnings = [...odd, ...found.warnings];
}

function endOf(part: Part, spans: Spans): number {
  if (part.kind === 'literal') return 0;
  if (part.kind === 'slot') return spans[2 * part.index + 1] as number;
  return 0;
}

/** Fields of known lengths without a separator between them, at the end: there the length shows a cut. */
import { DigestError, malformed } from '../errors.js';
import type { Part, Sequence, SlotPart } from './sequence.js';
import { Found } from './slot.js';

export interface PackedTail {
  readonly slots: readonly SlotPart[];
  readonly chars: number;
}

export function findPackedTail({ parts }: Sequence): PackedTail | undefined {
  const slots: SlotPart[] = [];
  let chars = 0;
  for (const part of parts.toReversed()) {
    if (!isPacked(part)) break;
    slots.unshift(part);
    chars += part.slot.maxChars;
  }
  return slots.filter(({ slot }) => slot.maxChars > 0).length > 1 ? { slots, chars } : undefined;
}

function isPacked(part: Part): part is SlotPart {
  return part.kind === 'slot' && part.slot.minChars === part.slot.maxChars;
}

/** Why the tail does not read: it is too short or too long, unless a character shows more. */
export function explainTail({ slots, chars }: PackedTail, text: string, spans: Int32Array): DigestError | undefined {
  const [first] = slots;
  const start = first === undefined ? -1 : (spans[2 * first.index] as number);
  const end = start + chars;
  if (start === -1 || text.length === end) return undefined;
  let at = start;
  for (const { slot } of slots) {
    const stop = Math.min(at + slot.maxChars, text.length);
    // A stray character before a cut is the better clue.
    for (let i = at; i < stop; i++) if (!slot.accepts(text.charCodeAt(i))) return readProblem(slot, text, at, stop);
    at += slot.maxChars;
    if (text.length < at) return cutOff(slot.label, text, end);
  }
  const last = slots.at(-1)?.slot.label ?? 'hash';
  if (text.length < end) return cutOff(last, text, end);
  return malformed(last, end, `unexpected text after the ${last} (${text.length - end} characters)`);
}

function cutOff(field: string, text: string, end: number): DigestError {
  const problem = `digest is cut off (${text.length} of ${end} characters) and can never verify`;
  return malformed(field, text.length, problem, 'export it again from a column that holds all of it', 'cut-off');
}

/** What is wrong with one field. */
export function readProblem(slot: SlotPart['slot'], text: string, start: number, end: number): DigestError | undefined {
  try {
    slot.read(text, start, end, new Found());
    return undefined;
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
}

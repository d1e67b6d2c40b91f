/** Why a text is not of a layout: looked for once it is known that it is not. */
import { type DigestError, malformed } from '../errors.js';
import { explainTail, findPackedTail, readProblem } from './packed-tail.js';
import type { Part, Sequence, SlotPart } from './sequence.js';
import { acceptsAll } from './slot.js';
import { createStep, type Spans } from './split.js';

/** The part where it ends being one. */
export function explainSplit(sequence: Sequence, text: string): DigestError {
  const spans = new Int32Array(2 * sequence.slots.length).fill(-1);
  let at = 0;
  let before: SlotPart | undefined;
  for (const [i, part] of sequence.parts.entries()) {
    const next = createStep(part)(text, at, spans);
    if (next === -1) {
      const tail = findPackedTail(sequence);
      const length = tail === undefined ? undefined : explainTail(tail, text, spans);
      return length ?? explainPart(sequence, i, text, at, before);
    }
    if (part.kind === 'slot') {
      const { slot } = part;
      if (part.followers.length === 0 && !part.mayEnd && !acceptsAll(slot.accepts, text, at, next)) {
        const problem = readProblem(slot, text, at, next);
        if (problem !== undefined) return problem;
      }
      before = part;
    }
    if (part.kind === 'optional') before = part.slots.findLast(({ index }) => spans[2 * index] !== -1) ?? before;
    at = next;
  }
  const label = before?.slot.label ?? 'prefix';
  return malformed(label, at, `unexpected text at offset ${at}, after the last field (${sequence.fields.join(', ')})`);
}

function explainPart(
  sequence: Sequence,
  i: number,
  text: string,
  at: number,
  before: SlotPart | undefined,
): DigestError {
  const part = sequence.parts[i] as Part;
  const names = sequence.fields.join(', ');
  if (part.kind === 'literal' && before === undefined) {
    if (part.anyCase) return malformed('scheme', at, `digest must begin with ${quoteLiteral(part.text)}`);
    const place = at + sharedLength(text.slice(at), part.text);
    return malformed('prefix', place, `digest must begin with ${quoteLiteral(part.text)}`);
  }
  if (part.kind === 'literal') {
    return malformed(before?.slot.label ?? 'prefix', at, `digest must have ${quoteLiteral(part.text)} at offset ${at}`);
  }
  const slot = part.kind === 'slot' ? part : part.slots[0];
  const label = slot?.slot.label ?? 'prefix';
  const literal = slot?.followers[0];
  if (literal === undefined || (before === undefined && sequence.parts[0] !== part && at >= text.length)) {
    return malformed(label, text.length, `digest ends before field ${label} (${names})`);
  }
  // The field has no end: what is missing is the literal, and with it the field after it.
  const next = sequence.slots.find(({ index }) => slot !== undefined && index > slot.index);
  if (next === undefined) {
    return malformed(label, text.length, `digest must have ${quoteLiteral(literal.text)} after ${label}`);
  }
  const wanted = next.slot.label;
  const message = `digest ends before field ${wanted} (${names})`;
  return malformed(
    wanted,
    text.length,
    literal.text === '$' ? message : `${message}: ${quoteLiteral(literal.text)} is missing`,
  );
}

function quoteLiteral(literal: string): string {
  return `"${literal}"`;
}

function sharedLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}

/** A length that is not the digest's, or a field too many, explains what was found wrong in a field. */
export function explainShape(error: DigestError, sequence: Sequence, text: string, spans: Spans): DigestError {
  const tail = findPackedTail(sequence);
  const length = tail === undefined ? undefined : explainTail(tail, text, spans);
  if (length !== undefined && tail?.slots.some(({ slot }) => slot.label === error.field)) return length;
  const last = sequence.parts.at(-1);
  if (last?.kind !== 'slot') return error;
  const start = spans[2 * last.index] as number;
  for (const { text: separator } of sequence.slots.flatMap(({ followers }) => followers)) {
    const at = separator.length === 1 ? text.indexOf(separator, start) : -1;
    if (at === -1 || last.slot.accepts(separator.charCodeAt(0))) continue;
    const names = sequence.fields.join(', ');
    const problem = `unexpected "${separator}" at offset ${at}, after the last field (${names})`;
    return malformed(last.slot.label, at, problem);
  }
  return error;
}

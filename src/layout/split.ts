/** Where each field of a sequence is, found by the literals after it. */
import type { LiteralPart, Part, Sequence, SlotPart } from './sequence.js';

/** Start and end of each slot, -1 where it is absent. */
export type Spans = Int32Array;

/** Where the text goes on, or -1 where the part is not there. */
type Step = (text: string, at: number, spans: Spans) => number;

/** Whether the whole text has the parts; then `spans` has the place of each field. */
export type Split = (text: string, spans: Spans) => boolean;

export function createSplit(sequence: Sequence): Split {
  return createPlainSplit(sequence) ?? createStepSplit(sequence);
}

function createStepSplit({ parts }: Sequence): Split {
  const steps = parts.map(createStep);
  const count = steps.length;
  return (text, spans) => {
    let at = 0;
    for (let i = 0; i < count; i++) {
      at = (steps[i] as Step)(text, at, spans);
      if (at === -1) return false;
    }
    return at === text.length;
  };
}

/** Of literals and fields in turns, as most layouts are, without a call a part. */
function createPlainSplit({ parts }: Sequence): Split | undefined {
  const [head] = parts;
  const first = head?.kind === 'literal' ? head.text : '';
  const literals: string[] = [];
  const widths: number[] = [];
  for (const part of head?.kind === 'literal' ? parts.slice(1) : parts) {
    if (part.kind === 'optional' || (part.kind === 'literal' && part.anyCase)) return undefined;
    if (part.kind === 'literal') continue;
    if (!isPlain(part)) return undefined;
    const { minChars, maxChars } = part.slot;
    literals.push(part.followers[0]?.text ?? '');
    widths.push(minChars === maxChars ? minChars : -1);
  }
  const last = parts.at(-1);
  if ((head?.kind === 'literal' && head.anyCase) || last?.kind !== 'slot') return undefined;
  const before = literals.length - 1;
  return (text, spans) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (let i = 0; i < before; i++) {
      const literal = literals[i] as string;
      const width = widths[i] as number;
      let end = at + width;
      if (width === -1 || end > text.length || !text.startsWith(literal, end)) {
        if (literal === '') return false;
        end = text.indexOf(literal, at);
        if (end === -1) return false;
      }
      spans[2 * i] = at;
      spans[2 * i + 1] = end;
      at = end + literal.length;
    }
    spans[2 * before] = at;
    spans[2 * before + 1] = text.length;
    return true;
  };
}

/** Up to a literal, to the end, or of one length with another field after it. */
function isPlain({ slot, followers, mayEnd }: SlotPart): boolean {
  if (slot.maxChars === 0 || slot.isFlag || slot.toLast || overlaps(slot, followers)) return false;
  if (followers.length === 0) return mayEnd || (slot.minChars === slot.maxChars && slot.choices === undefined);
  return followers.length === 1 && followers[0]?.anyCase === false && !mayEnd;
}

export function createStep(part: Part): Step {
  if (part.kind === 'literal') return literalStep(part);
  if (part.kind === 'slot') return slotStep(part);
  const steps = part.parts.map(createStep);
  const { slots } = part;
  // A literal at its beginning shows that it is there; then a wrong field is an error.
  const shown = part.parts[0]?.kind === 'literal';
  return (text, start, spans) => {
    let at = start;
    for (const step of steps) {
      at = step(text, at, spans);
      if (at === -1) break;
    }
    if (at !== -1 && (shown || fitAll(slots, text, spans))) return at;
    for (const { index } of slots) spans[2 * index] = -1;
    return start;
  };
}

/** Fields at the beginning of an optional part are there only where they fit. */
function fitAll(slots: readonly SlotPart[], text: string, spans: Spans): boolean {
  for (const { slot, index } of slots) {
    const start = spans[2 * index] as number;
    if (start !== -1 && !slot.fits(text, start, spans[2 * index + 1] as number)) return false;
  }
  return true;
}

function literalStep({ text: literal, anyCase }: LiteralPart): Step {
  const { length } = literal;
  if (!anyCase) return (text, at) => (text.startsWith(literal, at) ? at + length : -1);
  const folded = literal.toLowerCase();
  return (text, at) => (text.slice(at, at + length).toLowerCase() === folded ? at + length : -1);
}

function slotStep({ slot, index, followers, mayEnd }: SlotPart): Step {
  const [first, second] = [2 * index, 2 * index + 1];
  const [literal] = followers;
  const ordinary = slot.maxChars > 0 && !slot.isFlag && !slot.toLast;
  const usual = followers.length === 1 && !mayEnd && ordinary && !overlaps(slot, followers);
  if (usual && literal !== undefined && !literal.anyCase) {
    return literalEndStep(literal.text, slot.minChars === slot.maxChars ? slot.minChars : -1, first);
  }
  const find = createFinder(slot, followers, mayEnd);
  return (text, at, spans) => {
    const end = find(text, at);
    spans[first] = at;
    spans[second] = end;
    return end;
  };
}

/** The usual field: up to the next literal, which may be part of a text of known length. */
function literalEndStep(literal: string, fixed: number, first: number): Step {
  return (text, at, spans) => {
    const end = fixed !== -1 && text.startsWith(literal, at + fixed) ? at + fixed : text.indexOf(literal, at);
    spans[first] = at;
    spans[first + 1] = end;
    return end;
  };
}

/** The end of a field, or -1. */
type Finder = (text: string, at: number) => number;

function createFinder(slot: SlotPart['slot'], followers: readonly LiteralPart[], mayEnd: boolean): Finder {
  const { choices, minChars, maxChars } = slot;
  if (maxChars === 0) return (_, at) => at;
  const fixed = minChars === maxChars ? minChars : undefined;
  if (followers.length === 0) {
    if (mayEnd) return (text) => text.length;
    if (choices !== undefined) return chooseLongest(choices);
    if (fixed !== undefined) return (text, at) => (at + fixed <= text.length ? at + fixed : -1);
    return (text, at) => {
      let end = at;
      while (end < text.length && end - at < maxChars && slot.accepts(text.charCodeAt(end))) end++;
      return end;
    };
  }
  if (slot.isFlag) return chooseLongest(choices ?? []);
  if (choices !== undefined && overlaps(slot, followers)) return chooseFollowed(choices, followers, mayEnd);
  const finders = followers.map(literalFinder);
  const [literal] = followers;
  if (slot.toLast && literal !== undefined) {
    return (text, at) => {
      const end = text.lastIndexOf(literal.text);
      return end < at ? -1 : end;
    };
  }
  return (text, at) => {
    let nearest = -1;
    for (const find of finders) {
      const end = find(text, at);
      if (end !== -1 && (nearest === -1 || end < nearest)) nearest = end;
    }
    return nearest === -1 && mayEnd ? text.length : nearest;
  };
}

function literalFinder({ text: literal, anyCase }: LiteralPart): Finder {
  if (!anyCase) return (text, at) => text.indexOf(literal, at);
  const folded = literal.toLowerCase();
  return (text, at) => text.toLowerCase().indexOf(folded, at);
}

/** The longest of the choices that is there; where none is, nothing, so that reading says what was wanted. */
function chooseLongest(choices: readonly string[]): Finder {
  const sorted = [...choices].sort((a, b) => b.length - a.length);
  return (text, at) => at + (sorted.find((choice) => text.startsWith(choice, at))?.length ?? 0);
}

/** Whether a word contains what ends it, as `2|$argon2i` before "$". */
function overlaps({ choices = [] }: SlotPart['slot'], followers: readonly LiteralPart[]): boolean {
  return choices.some((choice) => followers.some(({ text }) => choice.includes(text)));
}

/** The longest of the words that one of the followers is after; where none is, up to the first follower. */
function chooseFollowed(choices: readonly string[], followers: readonly LiteralPart[], mayEnd: boolean): Finder {
  const sorted = choices.toSorted((a, b) => b.length - a.length);
  const finders = followers.map(literalFinder);
  return (text, at) => {
    for (const choice of sorted) {
      const end = at + choice.length;
      if (!text.startsWith(choice, at)) continue;
      if ((mayEnd && end === text.length) || finders.some((find) => find(text, end) === end)) return end;
    }
    return Math.min(...finders.map((find) => find(text, at)).filter((end) => end !== -1), text.length);
  };
}

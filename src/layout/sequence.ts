/**
 * A layout without alternatives: literals, fields and optional parts in a row. Where each field is comes first, in one
 * pass over the text that reads nothing; what it holds comes after.
 */
import { blobSlot } from './blob-slot.js';
import { bytesSlot } from './bytes-slot.js';
import { numberSlot, packedSlot } from './number-slot.js';
import type { Slot } from './slot.js';
import { specialSlot } from './special-slot.js';
import { textSlot } from './text-slot.js';
import type { Blob, Field, Item, Layout, Mark, PackedField, SpecialField } from './types.js';
import { flagSlot, markSlot, spareSlot, wordSlot } from './word-slot.js';

export interface LiteralPart {
  readonly kind: 'literal';
  readonly text: string;
  readonly anyCase: boolean;
}

export interface SlotPart {
  readonly kind: 'slot';
  readonly slot: Slot;
  /** Of the two places in the spans: `spans[2 * index]` and the next. */
  readonly index: number;
  /** What may follow: the literals, and whether the text may end there. Empty and false: another field follows. */
  readonly followers: readonly LiteralPart[];
  readonly mayEnd: boolean;
}

export interface OptionalPart {
  readonly kind: 'optional';
  readonly parts: readonly Part[];
  readonly slots: readonly SlotPart[];
}

export type Part = LiteralPart | SlotPart | OptionalPart;

export interface Sequence {
  readonly parts: readonly Part[];
  /** All of them, in order, those of optional parts too. */
  readonly slots: readonly SlotPart[];
  readonly fields: readonly string[];
}

/** Alternatives inside are taken out: each of the sequences has none. */
export function expandAlternatives(layout: Layout): readonly Layout[] {
  let expanded: Layout[] = [[]];
  for (const item of layout) {
    const choices = itemChoices(item);
    expanded = expanded.flatMap((before) => choices.map((choice) => [...before, ...choice]));
    if (expanded.length > MAX_ALTERNATIVES) {
      throw new TypeError(`layout: more than ${MAX_ALTERNATIVES} combinations of alternatives`);
    }
  }
  return expanded;
}

const MAX_ALTERNATIVES = 64;

function itemChoices(item: Item): readonly Layout[] {
  if (typeof item === 'string') return [[item]];
  if (item.kind === 'oneOf') return item.layouts.flatMap(expandAlternatives);
  if (item.kind !== 'optional') return [[item]];
  return expandAlternatives(item.layout).map((layout) => [{ kind: 'optional', layout }]);
}

/** @param open whether free text at its edges is open to what an export may have added there. */
export function createSequence(layout: Layout, open = true): Sequence {
  const slots: SlotPart[] = [];
  const parts = createParts(layout, [], slots);
  const [first, last] = [parts[0], parts.at(-1)];
  if (open && first?.kind === 'slot' && first.slot.free) first.slot.edge = 'start';
  if (open && last?.kind === 'slot' && last.slot.free) last.slot.edge = 'end';
  return { parts, slots, fields: slots.flatMap(({ slot }) => slot.fields) };
}

/** @param after what follows the whole row. */
function createParts(layout: Layout, after: Layout, slots: SlotPart[]): readonly Part[] {
  return layout.map((item, i): Part => {
    if (typeof item === 'string') return { kind: 'literal', text: item, anyCase: false };
    if (item.kind === 'anyCase') return { kind: 'literal', text: item.text, anyCase: true };
    const rest = [...layout.slice(i + 1), ...after];
    const spare = item.kind === 'optional' && item.layout.length === 1 ? item.layout[0] : undefined;
    if (item.kind === 'optional' && typeof spare !== 'string') {
      const own: SlotPart[] = [];
      const from = slots.length;
      const parts = createParts(item.layout, rest, slots);
      own.push(...slots.slice(from));
      return { kind: 'optional', parts, slots: own };
    }
    if (item.kind === 'oneOf' || item.kind === 'json' || item.kind === 'wrapped') {
      throw new TypeError(`layout: ${item.kind} cannot be here`);
    }
    const slot = item.kind === 'optional' ? spareSlot(spare as string) : createSlot(item);
    const part: SlotPart = { kind: 'slot', slot, index: slots.length, ...findFollowers(rest) };
    if (part.followers.length === 0 && !part.mayEnd && part.slot.free) {
      throw new TypeError(`layout: text ${part.slot.label} has no end: another field follows it`);
    }
    slots.push(part);
    return part;
  });
}

function findFollowers(rest: Layout): Pick<SlotPart, 'followers' | 'mayEnd'> {
  const followers: LiteralPart[] = [];
  for (const item of rest) {
    if (typeof item === 'string') followers.push({ kind: 'literal', text: item, anyCase: false });
    else if (item.kind === 'anyCase') followers.push({ kind: 'literal', text: item.text, anyCase: true });
    else if (item.kind === 'mark') continue;
    else if (item.kind === 'optional') {
      const inner = findFollowers(item.layout);
      if (inner.followers.length === 0) return { followers: [], mayEnd: false };
      followers.push(...inner.followers);
      continue;
    } else return { followers: [], mayEnd: false };
    return { followers, mayEnd: false };
  }
  return { followers, mayEnd: true };
}

export function createSlot(data: Field | Blob | PackedField | SpecialField | Mark): Slot {
  switch (data.kind) {
    case 'bytes':
      return bytesSlot(data);
    case 'text':
      return textSlot(data);
    case 'number':
      return numberSlot(data);
    case 'word':
      return wordSlot(data);
    case 'flag':
      return flagSlot(data);
    case 'blob':
      return blobSlot(data);
    case 'packed':
      return packedSlot(data);
    case 'special':
      return specialSlot(data);
    case 'mark':
      return markSlot(data);
  }
}

/** A layout as closures: one that finds the places of the fields, and one a field that reads it. */
import { DigestError } from '../errors.js';
import { joinAlternatives } from './alternatives.js';
import type { CompiledLayout, FieldSpan, LayoutMatch } from './compiled.js';
import { describePattern, listPrefixes } from './describe.js';
import { explainShape, explainSplit } from './explain.js';
import { compileJson } from './json.js';
import { printSequence } from './print.js';
import { createSequence, expandAlternatives, type Sequence } from './sequence.js';
import { Found, type Slot } from './slot.js';
import { warnSpelling } from './spelling.js';
import { createSplit, type Spans } from './split.js';
import type { Field, JsonObject, Layout } from './types.js';
import { compileWrapped } from './wrapped.js';

/** @throws {TypeError} where the layout is not one, or cannot be read without doubt. */
export function compileLayout(layout: Layout): CompiledLayout {
  const [first] = layout;
  if (layout.length === 1 && typeof first === 'object') {
    if (first.kind === 'json') return compileJson(first, compileLayout);
    if (first.kind === 'wrapped') return compileWrapped(first, compileLayout);
    if (first.kind === 'oneOf' && first.layouts.every(isJson)) return compileJsonAlternatives(first.layouts);
  }
  const sequences = expandAlternatives(layout).map((one) => createSequence(one));
  const fields = new Set(sequences.flatMap((sequence) => sequence.fields));
  const alternatives = sequences.map((sequence) => compileSequence(sequence, fields));
  const [only] = alternatives;
  if (only === undefined) throw new TypeError('layout: it has no alternatives');
  return alternatives.length === 1 ? only : joinAlternatives(alternatives);
}

function isJson(layout: Layout): boolean {
  const [item] = layout;
  return layout.length === 1 && typeof item === 'object' && item.kind === 'json';
}

function compileJsonAlternatives(layouts: readonly Layout[]): CompiledLayout {
  const objects = layouts.map(([item]) => item as JsonObject);
  const fields = new Set(objects.flatMap((one) => compileJson(one, compileLayout).fields));
  return joinAlternatives(objects.map((one) => compileJson(one, compileLayout, fields)));
}

/** A field alone, as another column of a row holds it. */
export function compileField(field: Field): CompiledLayout {
  // Free text of a column of its own is as the product wrote it: a blank at its end is part of it.
  return compileSequence(createSequence([field], false), new Set([field.field]));
}

/** @param known the fields of all alternatives. */
function compileSequence(sequence: Sequence, known: ReadonlySet<string>): CompiledLayout {
  const split = createSplit(sequence);
  const { slots } = sequence;
  const others = [...known].filter((field) => !sequence.fields.includes(field));
  const scratch: Spans = new Int32Array(2 * slots.length);
  const count = slots.length;
  const reads = slots.map(({ slot }) => slot.read);
  const optionals = sequence.parts.filter((part) => part.kind === 'optional');
  const varied = optionals.length > 0 || sequence.parts.some((part) => part.kind === 'literal' && part.anyCase);

  function parse(text: string): LayoutMatch {
    const found = new Found();
    for (let i = 0; i < count; i++) {
      const start = scratch[2 * i] as number;
      if (start === -1) slots[i]?.slot.readAbsent(found);
      else (reads[i] as Slot['read'])(text, start, scratch[2 * i + 1] as number, found);
    }
    if (varied) warnSpelling(sequence, optionals, text, scratch, found);
    return found;
  }

  function spans(text: string): readonly FieldSpan[] | undefined {
    if (!split(text, scratch)) return undefined;
    return slots.flatMap(({ slot, index }) => {
      const start = scratch[2 * index] as number;
      return start === -1 ? [] : [{ fields: slot.fields, start, end: scratch[2 * index + 1] as number }];
    });
  }

  return {
    prefixes: listPrefixes(sequence),
    fields: sequence.fields,
    freeTail: slots.at(-1)?.slot.edge === 'end',
    pattern: `^${describePattern(sequence.parts)}$`,
    parse(text) {
      if (!split(text, scratch)) throw explainSplit(sequence, text);
      try {
        return parse(text);
      } catch (error) {
        throw error instanceof DigestError ? explainShape(error, sequence, text, scratch) : error;
      }
    },
    print: (params, bytes) => printSequence(sequence, others, { params, bytes }),
    locate: (text, field) => spans(text)?.find(({ fields }) => fields.includes(field))?.start,
    mayFit(text) {
      if (!split(text, scratch)) return false;
      for (let i = 0; i < count; i++) {
        const start = scratch[2 * i] as number;
        if (start !== -1 && !slots[i]?.slot.fits(text, start, scratch[2 * i + 1] as number)) return false;
      }
      return true;
    },
    spans,
    trimHash: slots.find(({ slot }) => slot.trim !== undefined)?.slot.trim,
  };
}

/** A layout as closures: one that finds the places of the fields, and one a field that reads it. */
import { DigestError, digestError, malformed } from '../errors.js';
import type { Finding, Params } from '../types.js';
import type { CompiledLayout, FieldSpan, LayoutMatch } from './compiled.js';
import { describePattern, listPrefixes } from './describe.js';
import { nonCanonical } from './findings.js';
import { compileJson } from './json.js';
import { explainTail, findPackedTail } from './packed-tail.js';
import { createSequence, expandAlternatives, type OptionalPart, type Part, type Sequence } from './sequence.js';
import { Found, type Slot, type Values } from './slot.js';
import { createSplitter, type Spans } from './split.js';
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
  const { split, explain } = createSplitter(sequence);
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
      if (!split(text, scratch)) throw explain(text);
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

/** A length that is not the digest's, or a field too many, explains what was found wrong in a field. */
function explainShape(error: DigestError, sequence: Sequence, text: string, spans: Spans): DigestError {
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

/** Literals in another case, and optional parts that say what is the default. */
function warnSpelling(
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

/** @param others fields that this alternative cannot hold. What no alternative knows comes from elsewhere. */
function printSequence(sequence: Sequence, others: readonly string[], values: Values): string {
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

/** The first alternative that parses; where none does, the error of the one that came farthest. */
function joinAlternatives(alternatives: readonly CompiledLayout[]): CompiledLayout {
  function print(params: Params, bytes: Readonly<Record<string, Uint8Array>>): string {
    let problem: unknown;
    for (const alternative of alternatives) {
      try {
        const text = alternative.print(params, bytes);
        // A field of another length prints as well.
        alternative.parse(text);
        return text;
      } catch (error) {
        problem ??= error;
      }
    }
    throw problem;
  }

  const prefixes = alternatives.some((one) => one.prefixes.length === 0)
    ? []
    : [...new Set(alternatives.flatMap((one) => one.prefixes))];

  const heads = listExclusiveHeads(alternatives);

  function parse(text: string): LayoutMatch {
    for (const { head, alternative, isFirst } of heads) {
      if (!text.startsWith(head)) continue;
      const match = alternative.parse(text);
      return isFirst ? match : withSpelling(match, text);
    }
    let problem: DigestError | undefined;
    for (const [i, alternative] of alternatives.entries()) {
      if (!alternative.mayFit(text)) continue;
      try {
        const match = alternative.parse(text);
        return i === 0 ? match : withSpelling(match, text);
      } catch (error) {
        problem = farther(problem, error);
      }
    }
    if (problem !== undefined) throw problem;
    for (const alternative of alternatives) {
      try {
        return alternative.parse(text);
      } catch (error) {
        problem = farther(problem, error);
      }
    }
    throw problem !== undefined && rank(problem) === -1 && prefixes.length > 1 ? noPrefix(prefixes, problem) : problem;
  }

  /** Another alternative than that which is printed means the same. */
  function withSpelling(match: LayoutMatch, text: string): LayoutMatch {
    if (match.warnings.some(({ code }) => code === 'WARN_NONCANONICAL')) return match;
    const canonical = print(match.params, match.bytes);
    if (canonical === text) return match;
    let at = 0;
    while (canonical[at] === text[at]) at++;
    const [written, usual] = [text, canonical].map((one) => prefixes.find((prefix) => one.startsWith(prefix)));
    const finding =
      written !== undefined && usual !== undefined && written !== usual
        ? nonCanonical(
            'prefix',
            at,
            `"${written}" is another spelling of "${usual}"`,
            `write "${usual}" for "${written}"`,
          )
        : nonCanonical('prefix', at, 'digest has another spelling of the same fields', 'write the canonical one');
    const { params, salt, hash, bytes, warnings } = match;
    return { params, salt, hash, bytes, warnings: [finding, ...warnings] };
  }

  const fitting = (text: string): CompiledLayout | undefined => alternatives.find((one) => one.mayFit(text));
  return {
    prefixes,
    fields: [...new Set(alternatives.flatMap(({ fields }) => fields))],
    freeTail: alternatives.some(({ freeTail }) => freeTail),
    pattern: `^(?:${alternatives.map(({ pattern }) => pattern.slice(1, -1).replace(/\(\?<\w+>/g, '(?:')).join('|')})$`,
    parse,
    print,
    locate: (text, field) => fitting(text)?.locate(text, field),
    mayFit: (text) => fitting(text) !== undefined,
    spans: (text) => fitting(text)?.spans(text),
    trimHash: alternatives.find(({ trimHash }) => trimHash !== undefined)?.trimHash,
  };
}

interface Head {
  readonly head: string;
  readonly alternative: CompiledLayout;
  readonly isFirst: boolean;
}

/** Beginnings that only one of the alternatives has: the others need not be tried. */
function listExclusiveHeads(alternatives: readonly CompiledLayout[]): readonly Head[] {
  if (alternatives.some(({ prefixes }) => prefixes.length === 0)) return [];
  const heads = alternatives.flatMap((alternative, i) =>
    alternative.prefixes.map((head) => ({ head, alternative, isFirst: i === 0 })),
  );
  const share = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
  return heads.filter(({ head, alternative }) =>
    heads.every((one) => one.alternative === alternative || !share(one.head.toLowerCase(), head.toLowerCase())),
  );
}

/** An error of a prefix is of an alternative that was not meant. */
function farther(problem: DigestError | undefined, error: unknown): DigestError {
  if (!(error instanceof DigestError)) throw error;
  if (problem === undefined || rank(error) > rank(problem)) return error;
  return problem;
}

function rank({ field, offset = 0 }: DigestError): number {
  return field === 'prefix' || (field === 'scheme' && offset === 0) ? -1 : offset;
}

const SHOWN_PREFIXES = 8;

/** Where a digest begins with none of them, each is possible. */
function noPrefix(prefixes: readonly string[], { field = 'prefix', offset = 0 }: DigestError): DigestError {
  const shown = prefixes.slice(0, SHOWN_PREFIXES).map((prefix) => `"${prefix}"`);
  const more = prefixes.length > SHOWN_PREFIXES ? ', …' : '';
  return malformed(field, offset, `digest must begin with ${shown.join(' or ')}${more}`);
}

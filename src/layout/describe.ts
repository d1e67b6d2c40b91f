/** What a layout looks like from outside: its beginnings, and a regular expression for people. */
import type { Part, Sequence } from './sequence.js';
import { escapePattern } from './slot.js';

const MAX_PREFIXES = 16;

/** The literals that a digest begins with; words are spelled out while they are few. */
export function listPrefixes({ parts }: Sequence): readonly string[] {
  let prefixes: string[] = [''];
  for (const part of parts) {
    const choices =
      part.kind === 'literal' ? [part.text] : part.kind === 'slot' && !part.slot.isFlag ? part.slot.choices : undefined;
    if (choices === undefined || prefixes.length * choices.length > MAX_PREFIXES) break;
    prefixes = prefixes.flatMap((before) => choices.map((choice) => before + choice));
  }
  return prefixes.some((prefix) => prefix === '') ? [] : [...new Set(prefixes)];
}

export function describePattern(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'literal') return describeLiteral(part.text, part.anyCase);
      if (part.kind === 'optional') return `(?:${describePattern(part.parts)})?`;
      const [only] = part.slot.fields;
      if (part.slot.maxChars === 0) return '';
      return part.slot.fields.length === 1 ? `(?<${only}>${part.slot.pattern})` : `(?:${part.slot.pattern})`;
    })
    .join('');
}

function describeLiteral(text: string, anyCase: boolean): string {
  if (!anyCase) return escapePattern(text);
  return [...text]
    .map((letter) => {
      const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
      return lower === upper ? escapePattern(letter) : `[${upper}${lower}]`;
    })
    .join('');
}

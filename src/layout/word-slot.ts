/** A field that is one of a few words, a text that is there or not, or no text at all. */
import { malformed } from '../errors.js';
import { nonCanonical } from './findings.js';
import { escapePattern, type Slot, warn } from './slot.js';
import type { FlagField, Mark, WordField } from './types.js';

const SHOWN_WORDS = 12;

export function wordSlot(data: WordField): Slot {
  const { field, words, anyCase = false } = data;
  const texts = Object.keys(words);
  const values = Object.values(words);
  const canonical = values.map((value) => texts[values.indexOf(value)] as string);
  const folded = texts.map((one) => one.toLowerCase());
  const units = new Set(texts.flatMap((one) => [...(anyCase ? one.toLowerCase() + one.toUpperCase() : one)]));
  const lengths = texts.map((one) => one.length);
  const list = texts.filter((one) => one !== '');
  const shown = list.length > SHOWN_WORDS ? `${list.slice(0, SHOWN_WORDS).join(', ')}, …` : list.join(', ');

  /** Its place in the table, or -1. */
  function find(text: string, start: number, end: number): number {
    const length = end - start;
    for (let i = 0; i < texts.length; i++) {
      if (lengths[i] === length && text.startsWith(texts[i] as string, start)) return i;
    }
    return anyCase ? folded.indexOf(text.slice(start, end).toLowerCase()) : -1;
  }

  return {
    fields: [field],
    label: field,
    minChars: Math.min(...lengths),
    maxChars: Math.max(...lengths),
    accepts: (unit) => units.has(String.fromCharCode(unit)),
    fits: (text, start, end) => find(text, start, end) !== -1,
    read(text, start, end, found) {
      const i = find(text, start, end);
      if (i === -1) throw malformed(field, start, `${field} must be ${list.length === 1 ? '' : 'one of '}${shown}`);
      const value = values[i] as string;
      found.params[field] = value;
      const written = canonical[i] as string;
      if (written.length === end - start && text.startsWith(written, start)) return;
      if (written === '') {
        warn(found, nonCanonical(field, start, `${field} is the default, ${value}`, `remove ${field}`));
      } else warn(found, nonCanonical(field, start, `${field} has another spelling`, `write "${written}"`));
    },
    readAbsent(found) {
      if (data.default !== undefined) found.params[field] = data.default;
    },
    isDefault: ({ params }) => params[field] === undefined || params[field] === data.default,
    write({ params }) {
      const value = params[field] ?? data.default;
      return typeof value === 'string' ? texts[values.indexOf(value)] : undefined;
    },
    pattern: `(?:${texts.map(escapePattern).join('|')})`,
    free: false,
    toLast: false,
    choices: texts,
  };
}

export function flagSlot({ field, text: flagged }: FlagField): Slot {
  return {
    fields: [field],
    label: field,
    minChars: 0,
    maxChars: flagged.length,
    accepts: (unit) => flagged.includes(String.fromCharCode(unit)),
    fits: (text, start, end) => end === start || text.slice(start, end) === flagged,
    read(text, start, end, found) {
      if (end !== start && text.slice(start, end) !== flagged) {
        throw malformed(field, start, `digest must have "${flagged}" or nothing at offset ${start}`);
      }
      found.params[field] = end === start ? 0 : 1;
    },
    readAbsent(found) {
      found.params[field] = 0;
    },
    isDefault: ({ params }) => params[field] !== 1,
    write: ({ params }) => (params[field] === 1 ? flagged : ''),
    pattern: `(?:${escapePattern(flagged)})?`,
    free: false,
    toLast: false,
    isFlag: true,
    choices: [flagged, ''],
  };
}

/** A literal that may be absent, which is the canonical form. */
export function spareSlot(spare: string): Slot {
  const slot = flagSlot({ kind: 'flag', field: 'prefix', text: spare });
  return {
    ...slot,
    fields: [],
    read(_, start, end, found) {
      if (end === start) return;
      warn(found, nonCanonical('prefix', start, `"${spare}" is not needed`, `remove "${spare}"`));
    },
    readAbsent() {},
    isDefault: () => true,
    write: () => '',
  };
}

export function markSlot({ field, value }: Mark): Slot {
  return {
    fields: [field],
    label: field,
    minChars: 0,
    maxChars: 0,
    accepts: () => false,
    fits: (_, start, end) => start === end,
    read(_text, _start, _end, found) {
      found.params[field] = value;
    },
    readAbsent() {},
    isDefault: ({ params }) => params[field] !== value,
    write: ({ params }) => (params[field] === value ? '' : undefined),
    pattern: '',
    free: false,
    toLast: false,
    choices: [''],
  };
}

/** The words that layouts are written with. Each gives plain data. */
import type {
  AnyCase,
  Blob,
  BlobPart,
  ByteEncoding,
  ByteLengths,
  BytesField,
  FlagField,
  Item,
  JsonMember,
  JsonObject,
  Layout,
  Mark,
  NumberField,
  OneOf,
  Optional,
  PackedField,
  SpecialField,
  TextField,
  WordField,
  Wrapped,
} from './types.js';

/** What a template may hold: an item, a literal, or a layout in its place. */
export type Part = Item | Layout;

/** A layout from a template: its text is literal. */
export function layout(texts: TemplateStringsArray, ...parts: readonly Part[]): Layout {
  const items: Item[] = [];
  texts.forEach((text, i) => {
    if (text !== '') append(items, text);
    const part = parts[i];
    if (part === undefined) return;
    if (isLayout(part)) for (const item of part) append(items, item);
    else append(items, part);
  });
  return items;
}

function isLayout(part: Part): part is Layout {
  return Array.isArray(part);
}

/** Literals that meet are one. */
function append(items: Item[], item: Item): void {
  const last = items.at(-1);
  if (typeof item === 'string' && typeof last === 'string') items[items.length - 1] = last + item;
  else items.push(item);
}

/** There or not. */
export function optional(texts: TemplateStringsArray, ...parts: readonly Part[]): Optional {
  return { kind: 'optional', layout: layout(texts, ...parts) };
}

/** Alternatives; the first is canonical. */
export function oneOf(...layouts: readonly Layout[]): Layout {
  return [{ kind: 'oneOf', layouts } satisfies OneOf];
}

/** A literal in any case. */
export function anyCase(text: string): AnyCase {
  return { kind: 'anyCase', text };
}

type BytesOptions = Omit<BytesField, 'kind' | 'field' | 'as'>;
type Size<Options> = number | Options;
type Bytes = {
  (field: string, size?: Size<BytesOptions>): BytesField;
  (...parts: readonly BlobPart[]): Blob;
};

/** A number is the length in bytes. */
function encoded(as: ByteEncoding): Bytes {
  function make(field: string, size?: Size<BytesOptions>): BytesField;
  function make(...parts: readonly BlobPart[]): Blob;
  function make(...given: readonly unknown[]): BytesField | Blob {
    const [field, size = {}] = given;
    if (typeof field !== 'string') return { kind: 'blob', as, parts: given as readonly BlobPart[] };
    return { kind: 'bytes', field, as, ...(typeof size === 'number' ? { bytes: size } : (size as BytesOptions)) };
  }
  return make;
}

export const hex: Bytes = encoded('hex');
export const HEX: Bytes = encoded('HEX');
export const anyHex: Bytes = encoded('anyHex');
export const b64: Bytes = encoded('b64');
export const b64n: Bytes = encoded('b64n');
export const b64u: Bytes = encoded('b64u');
export const b64any: Bytes = encoded('b64any');
export const ab64: Bytes = encoded('ab64');
export const h64: Bytes = encoded('h64');
export const h64be: Bytes = encoded('h64be');
export const cisco64: Bytes = encoded('cisco64');
export const des64: Bytes = encoded('des64');
export const bcrypt64: Bytes = encoded('bcrypt64');

/** Free text. A number is its length in characters. */
export function text(field: string, size: Size<Omit<TextField, 'kind' | 'field'>> = {}): TextField {
  return { kind: 'text', field, ...(typeof size === 'number' ? { chars: size } : size) };
}

type NumberOptions = Omit<NumberField, 'kind' | 'field' | 'as'>;

export function decimal(field: string, options: NumberOptions = {}): NumberField {
  return { kind: 'number', field, as: 'decimal', ...options };
}

/** A number in hexadecimal; `upper` for capitals. */
export function hexNumber(field: string, { upper, ...options }: NumberOptions & { upper?: true } = {}): NumberField {
  return { kind: 'number', field, as: upper ? 'HEX' : 'hex', ...options };
}

/** A number in letters of crypt(3), the lowest six bits first. */
export function h64Number(field: string, options: NumberOptions & { readonly digits: number }): NumberField {
  return { kind: 'number', field, as: 'h64', ...options };
}

/** Numbers of a byte each as one in hexadecimal: `e0801` is 14, 8 and 1. */
export function packed(...fields: readonly string[]): PackedField {
  return { kind: 'packed', fields };
}

/** A run of text that one product writes, with fields of its own. */
export function special(as: SpecialField['as']): SpecialField {
  return { kind: 'special', as };
}

/** A parameter without text: which of the alternatives it is. */
export function mark(field: string, value: string | number): Mark {
  return { kind: 'mark', field, value };
}

/** A power of two of which the logarithm is written; the parameter is the power. `min` and `max` are of the logarithm. */
export function log2(field: string, as: 'decimal' | 'h64' = 'decimal', options: NumberOptions = {}): NumberField {
  return { kind: 'number', field, as: as === 'h64' ? 'log2h64' : 'log2', ...options };
}

/** One of a few words: as they are, or each text with its value. */
export function word(
  field: string,
  words: readonly string[] | Readonly<Record<string, string>>,
  options: Omit<WordField, 'kind' | 'field' | 'words'> = {},
): WordField {
  const table = Array.isArray(words) ? Object.fromEntries(words.map((one) => [one, one])) : words;
  return { kind: 'word', field, words: table as Readonly<Record<string, string>>, ...options };
}

export function flag(field: string, written: string): FlagField {
  return { kind: 'flag', field, text: written };
}

/** In a blob. A number is the length in bytes; one part may be of any length. */
export function bytes(field: string, size: Size<ByteLengths> = {}): BlobPart {
  return { part: 'bytes', field, ...(typeof size === 'number' ? { bytes: size } : size) };
}

type Whole = { readonly min?: number; readonly max?: number };

export function u8(field: string, range: Whole = {}): BlobPart {
  return { part: 'u8', field, ...range };
}

export function u32be(field: string, range: Whole = {}): BlobPart {
  return { part: 'u32be', field, ...range };
}

export function u32le(field: string, range: Whole = {}): BlobPart {
  return { part: 'u32le', field, ...range };
}

/** Bytes that are always the same, in hexadecimal. */
export function constant(hexadecimal: string): BlobPart {
  return { part: 'constant', hex: hexadecimal };
}

/** A digest that is a JSON object. */
export function jsonLayout(members: Readonly<Record<string, JsonMember>>): Layout {
  return [{ kind: 'json', members } satisfies JsonObject];
}

/** A digest that is Base64 of another one, filled up with NUL to a length. */
export function wrapped(size: number, inner: Layout): Layout {
  return [{ kind: 'wrapped', bytes: size, layout: inner } satisfies Wrapped];
}

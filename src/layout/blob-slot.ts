/** Several fields in one encoded run: parts of known length, and at most one of any length. */
import { concat } from '../encoding/bytes.js';
import { decodeHex } from '../encoding/hex.js';
import { malformed } from '../errors.js';
import { CODECS } from './codecs.js';
import { refuseEncodedTwice } from './findings.js';
import { createLengthRule, type LengthRule } from './lengths.js';
import { acceptsAll, type Found, quantifier, type Slot, setBytes, type Values, warnAll } from './slot.js';
import type { Blob, BlobPart } from './types.js';

interface Piece {
  readonly name: string;
  /** Undefined for the one of any length. */
  readonly length: number | undefined;
  readonly rule: LengthRule | undefined;
  takes(length: number): boolean;
  read(bytes: Uint8Array, start: number, found: Found): void;
  write(values: Values): Uint8Array | undefined;
}

const WIDTHS = { u8: 1, u32be: 4, u32le: 4 } as const;

function createPiece(part: BlobPart): Piece {
  if (part.part === 'constant') return constantPiece(part.hex);
  if (part.part === 'bytes') return bytesPiece(part);
  return numberPiece(part);
}

function constantPiece(hexadecimal: string): Piece {
  const wanted = decodeHex(hexadecimal, 0, hexadecimal.length, 'constant');
  return {
    name: 'version',
    length: wanted.length,
    rule: undefined,
    takes: () => true,
    read(bytes, start) {
      if (wanted.every((byte, i) => bytes[i] === byte)) return;
      throw malformed('version', start, `digest must begin with the bytes ${hexadecimal}`);
    },
    write: () => wanted,
  };
}

function bytesPiece(part: BlobPart & { readonly part: 'bytes' }): Piece {
  const { field } = part;
  // A part of no bytes at all is a digest that lost it.
  const rule = createLengthRule(field, { ...part, min: part.min ?? (field === 'hash' ? 16 : 1) });
  return {
    name: field,
    length: rule.exact,
    rule,
    takes: rule.takes,
    read(bytes, start, found) {
      if (field === 'hash') refuseEncodedTwice(bytes, start);
      setBytes(found, field, bytes);
      rule.warn(found, field, bytes.length, start);
    },
    write: ({ bytes }) => bytes[field],
  };
}

function numberPiece(part: BlobPart & { readonly part: keyof typeof WIDTHS }): Piece {
  const { field, part: as } = part;
  const width = WIDTHS[as];
  const { min = 0, max = 2 ** (8 * width) - 1 } = part;
  return {
    name: field,
    length: width,
    rule: undefined,
    takes: () => true,
    read(bytes, start, found) {
      let value = 0;
      for (let i = 0; i < width; i++) value = value * 256 + (bytes[as === 'u32le' ? width - 1 - i : i] as number);
      if (value < min || value > max) throw malformed(field, start, `${field} must be ${min} to ${max} (is ${value})`);
      found.params[field] = value;
    },
    write({ params }) {
      const value = params[field];
      if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) return undefined;
      const bytes = new Uint8Array(width);
      for (let i = 0, left = value; i < width; i++, left = Math.floor(left / 256)) {
        bytes[as === 'u32le' ? i : width - 1 - i] = left % 256;
      }
      return bytes;
    },
  };
}

export function blobSlot({ as, parts }: Blob): Slot {
  const codec = CODECS[as];
  const { spelling } = codec;
  const pieces = parts.map(createPiece);
  const names = parts.flatMap((part) => (part.part === 'constant' ? [] : [part.field]));
  const open = pieces.findIndex(({ length }) => length === undefined);
  if (open !== -1 && pieces.slice(open + 1).some(({ length }) => length === undefined)) {
    throw new TypeError(`layout: two parts of any length in one run (${names.join(', ')})`);
  }
  const rest = open === -1 ? undefined : pieces[open];
  const fixed = pieces.reduce((sum, { length = 0 }) => sum + length, 0);
  const least = fixed + (rest?.rule?.min ?? 0);
  const most = rest === undefined ? fixed : fixed + (rest.rule?.max ?? 0);
  const label = names.includes('hash') ? 'hash' : (names[0] ?? 'version');
  const minChars = codec.chars(least);
  const maxChars = most === Number.POSITIVE_INFINITY ? most : codec.chars(most);
  const exact = rest === undefined ? fixed : undefined;

  function check(length: number, end: number): void {
    if (rest === undefined) {
      if (length === fixed) return;
      throw malformed(label, end, `digest must hold ${fixed} bytes (holds ${length})`);
    }
    const open = length - fixed;
    if (open < 0) throw malformed(label, end, `digest must hold ${described()} (holds ${length})`);
    if (open < (rest.rule?.min ?? 0)) {
      throw malformed(rest.name, end, `digest must hold ${described()} (holds ${length})`);
    }
    rest.rule?.check(rest.name, open, end);
  }

  /** `20 bytes of hash and at least 1 of salt`. */
  function described(): string {
    const others = pieces.filter((piece) => piece !== rest).map(({ name, length }) => `${length} bytes of ${name}`);
    return [...others, `at least ${rest?.rule?.min ?? 0} of ${rest?.name}`].join(' and ');
  }

  return {
    fields: names,
    label,
    minChars,
    maxChars,
    accepts: codec.accepts,
    fits: (text, start, end) =>
      end - start >= minChars && end - start <= maxChars && acceptsAll(codec.accepts, text, start, end),
    read(text, start, end, found) {
      const all = codec.decode(text, start, end, label, exact);
      check(all.length, end);
      let at = 0;
      for (const piece of pieces) {
        const length = piece.length ?? all.length - fixed;
        piece.read(all.subarray(at, at + length), start, found);
        at += length;
      }
      if (spelling !== undefined) warnAll(found, spelling(text, start, end, label));
    },
    readAbsent() {},
    isDefault: ({ params, bytes }) =>
      names.every((name) => params[name] === undefined && (bytes[name]?.length ?? 0) === 0),
    write(values) {
      const written = pieces.map((piece) => piece.write(values));
      if (written.some((bytes, i) => bytes === undefined || pieces[i]?.takes(bytes.length) === false)) {
        return undefined;
      }
      return codec.encode(concat(...(written as Uint8Array[])));
    },
    pattern:
      codec.padding === ''
        ? `[${codec.letters}]${quantifier(minChars, maxChars)}`
        : `[${codec.letters}]+${codec.padding}`,
    free: false,
    toLast: false,
  };
}

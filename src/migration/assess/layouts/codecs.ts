/**
 * Canonical spellings of the fields of digests, recognised in the bytes of a file. Fields that are refused here are read again as text,
 * by the hasher, which says what is wrong.
 */

export interface SpanCodec {
  /** Of four ranges of characters: addends that mark, in four bytes at once, those at or above the first and above the last. */
  readonly alphabet: Int32Array;
  /**
   * Where the characters of `bytes[from, to)` that stand for bytes end, which is `to` but for padding; -1 where their number
   * or their end is not canonical.
   */
  digitsEnd(bytes: Uint8Array, from: number, to: number): number;
  /**
   * Whether the beginning of `bytes[from, to)` is one of a hash that hashers refuse as encoded twice, or in hexadecimal. Absent: never.
   */
  readonly mayBeRefused?: ((bytes: Uint8Array, from: number, to: number) => boolean) | undefined;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const EQUALS = 61;
const BYTES = 0x01010101;

type Range = readonly [first: string, last: string];

function makeAlphabet(...ranges: readonly Range[]): Int32Array {
  const padded = [...ranges, ranges[0], ranges[0]].slice(0, 4) as Range[];
  return Int32Array.from(
    padded.flatMap(([first, last]) => [(0x80 - first.charCodeAt(0)) * BYTES, (0x7f - last.charCodeAt(0)) * BYTES]),
  );
}

/** The values of the characters; 0 for others. */
function listValues(characters: string): Uint8Array {
  const values = new Uint8Array(256);
  for (let i = 0; i < characters.length; i++) values[characters.charCodeAt(i)] = i;
  return values;
}

/** The bits of the last character that belong to no byte. */
const SPARE_BIG_ENDIAN = [0, 63, 15, 3];
const SPARE_LITTLE_ENDIAN = [0, 63, 60, 48];

function digits(alphabet: Int32Array, characters: string, spare: readonly number[]): SpanCodec {
  const values = listValues(characters);
  return {
    alphabet,
    digitsEnd(bytes, from, to) {
      const left = (to - from) & 3;
      if (left === 1 || to <= from) return -1;
      return ((values[bytes[to - 1] as number] as number) & (spare[left] as number)) === 0 ? to : -1;
    },
  };
}

const UPPER: Range = ['A', 'Z'];
const LOWER: Range = ['a', 'z'];

const HEX_DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[0-9A-Fa-f]/.test(String.fromCharCode(byte))));
/** Bytes that are looked at: enough that a random hash is seldom among those that may be refused. */
const REFUSED_BYTES = 3;
const REFUSED_DIGITS = 8;
export const base64Values: Uint8Array = listValues(`${LETTERS}${DIGITS}+/`);

export const base64Unpadded: SpanCodec = {
  ...digits(makeAlphabet(['+', '+'], ['/', '9'], UPPER, LOWER), `${LETTERS}${DIGITS}+/`, SPARE_BIG_ENDIAN),
  mayBeRefused(bytes, from, to) {
    if (to - from < REFUSED_DIGITS) return true;
    const value = (i: number) => base64Values[bytes[from + i] as number] as number;
    const word = (value(0) << 18) | (value(1) << 12) | (value(2) << 6) | value(3);
    const isTwice = HEX_DIGITS[word >> 16] === 1 && HEX_DIGITS[(word >> 8) & 255] === 1 && HEX_DIGITS[word & 255] === 1;
    return isTwice || areHexDigits(bytes, from, REFUSED_DIGITS);
  },
};

function areHexDigits(bytes: Uint8Array, from: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (HEX_DIGITS[bytes[from + i] as number] !== 1) return false;
  return true;
}

export const bcrypt64: SpanCodec = digits(
  makeAlphabet(['.', '9'], UPPER, LOWER),
  `./${LETTERS}${DIGITS}`,
  SPARE_BIG_ENDIAN,
);
/** Three bytes in four characters, least significant first. */
export const crypt64: SpanCodec = digits(
  makeAlphabet(['.', '9'], UPPER, LOWER),
  `./${DIGITS}${LETTERS}`,
  SPARE_LITTLE_ENDIAN,
);

/** RFC 4648 §4, with its padding. */
export const base64Padded: SpanCodec = {
  alphabet: base64Unpadded.alphabet,
  digitsEnd(bytes, from, to) {
    if (((to - from) & 3) !== 0) return -1;
    let end = to;
    if (end > from && bytes[end - 1] === EQUALS) end--;
    if (end > from && end < to && bytes[end - 1] === EQUALS) end--;
    return base64Unpadded.digitsEnd(bytes, from, end);
  },
  mayBeRefused: base64Unpadded.mayBeRefused,
};

const HEX_CODES = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/**
 * Bytes in Base64 as small hexadecimal digits.
 * @returns where these end in `into`.
 */
export function writeHex(bytes: Uint8Array, from: number, to: number, into: Uint8Array, at: number): number {
  let word = 0;
  let bits = 0;
  let next = at;
  for (let i = from; i < to; i++) {
    word = ((word << 6) | (base64Values[bytes[i] as number] as number)) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    into[next++] = HEX_CODES[(word >> (bits + 4)) & 15] as number;
    into[next++] = HEX_CODES[(word >> bits) & 15] as number;
  }
  return next;
}

const hexValues = listValues('0123456789abcdef');

/** An even number of small hexadecimal digits. */
export const hex: SpanCodec = {
  alphabet: makeAlphabet(['0', '9'], ['a', 'f']),
  digitsEnd: (_, from, to) => (((to - from) & 1) === 0 && to > from ? to : -1),
  mayBeRefused(bytes, from, to) {
    for (let at = from; at < to && at < from + 2 * REFUSED_BYTES; at += 2) {
      const byte = ((hexValues[bytes[at] as number] as number) << 4) | (hexValues[bytes[at + 1] as number] as number);
      if (HEX_DIGITS[byte] !== 1) return false;
    }
    return true;
  },
};

function text(alphabet: Int32Array): SpanCodec {
  return { alphabet, digitsEnd: (_, from, to) => (to > from ? to : -1) };
}

/** Letters, digits and `-./_`: no format gives these a meaning in a salt, next to any character. */
export const plainText: SpanCodec = text(makeAlphabet(['-', '9'], UPPER, ['_', '_'], LOWER));
/** Characters of crypt(3)'s alphabet. */
export const crypt64Text: SpanCodec = text(crypt64.alphabet);

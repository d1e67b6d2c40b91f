/** Alphabets of 16 or 64 characters as tables, so that a decoder is one lookup a character. */

/** Marks a character outside the alphabet. */
export const NOT_IN_ALPHABET = 0xff;

export interface Alphabet {
  /** The characters in order of their values. */
  readonly characters: string;
  /** Value of each of the first 128 code units, `NOT_IN_ALPHABET` for the rest. */
  readonly values: Uint8Array;
}

export function alphabet(characters: string): Alphabet {
  const values = new Uint8Array(128).fill(NOT_IN_ALPHABET);
  for (let i = 0; i < characters.length; i++) values[characters.charCodeAt(i)] = i;
  return { characters, values };
}

/** The value of a code unit, `NOT_IN_ALPHABET` where it has none. */
export function findDigit({ values }: Alphabet, codeUnit: number): number {
  return codeUnit < 128 ? (values[codeUnit] as number) : NOT_IN_ALPHABET;
}

/** Offset of the first character of `text[start, end)` outside the alphabet, or `end`. */
export function firstOutside(alphabet: Alphabet, text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) if (findDigit(alphabet, text.charCodeAt(i)) === NOT_IN_ALPHABET) return i;
  return end;
}

/** Bytes as characters of 6 bits, most significant first; unused bits of the last one are zero. No padding. */
export function encode64({ characters }: Alphabet, bytes: Uint8Array): string {
  let text = '';
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text +=
      (characters[word >> 18] as string) +
      characters[(word >> 12) & 63] +
      characters[(word >> 6) & 63] +
      characters[word & 63];
  }
  const left = bytes.length - i;
  if (left > 0) {
    const word = ((bytes[i] as number) << 16) | (left === 2 ? (bytes[i + 1] as number) << 8 : 0);
    text += (characters[word >> 18] as string) + characters[(word >> 12) & 63];
    if (left === 2) text += characters[(word >> 6) & 63];
  }
  return text;
}

/**
 * The bytes of characters of 6 bits, most significant first; bits that are left over are dropped, and `hasSpareBits`
 * finds them. Undefined where a character is outside the alphabet.
 */
export function decode64(
  { values }: Alphabet,
  text: string,
  start: number,
  end: number,
): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(((end - start) * 3) >> 2);
  let out = 0;
  let i = start;
  // Four characters and one check at a time.
  for (; i + 3 < end; i += 4) {
    const u = text.charCodeAt(i);
    const v = text.charCodeAt(i + 1);
    const w = text.charCodeAt(i + 2);
    const x = text.charCodeAt(i + 3);
    const a = values[u & 127] as number;
    const b = values[v & 127] as number;
    const c = values[w & 127] as number;
    const d = values[x & 127] as number;
    if ((u | v | w | x) > 127 || (a | b | c | d) > 63) return undefined;
    bytes[out] = (a << 2) | (b >> 4);
    bytes[out + 1] = (b << 4) | (c >> 2);
    bytes[out + 2] = (c << 6) | d;
    out += 3;
  }
  let word = 0;
  let bits = 0;
  for (; i < end; i++) {
    const unit = text.charCodeAt(i);
    const value = unit < 128 ? (values[unit] as number) : NOT_IN_ALPHABET;
    if (value === NOT_IN_ALPHABET) return undefined;
    word = (word << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[out++] = word >> bits;
      word &= 0xff;
    }
  }
  return bytes;
}

/** Whether the last of the characters, all of the alphabet, has bits that belong to no byte. */
export function hasSpareBits({ values }: Alphabet, text: string, start: number, end: number): boolean {
  const spare = ((end - start) * 6) % 8;
  return spare > 0 && ((values[text.charCodeAt(end - 1) & 127] as number) & ((1 << spare) - 1)) !== 0;
}

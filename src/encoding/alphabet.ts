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

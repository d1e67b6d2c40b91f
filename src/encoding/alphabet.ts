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
export function digitOf({ values }: Alphabet, codeUnit: number): number {
  return codeUnit < 128 ? (values[codeUnit] as number) : NOT_IN_ALPHABET;
}

/** Offset of the first character of `text[start, end)` outside the alphabet, or `end`. */
export function firstOutside(alphabet: Alphabet, text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) if (digitOf(alphabet, text.charCodeAt(i)) === NOT_IN_ALPHABET) return i;
  return end;
}

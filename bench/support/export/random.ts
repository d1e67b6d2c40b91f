/** Numbers and pieces of text by chance: the same from the same seed, on every machine. */

export interface Random {
  /** 32 bits. */
  next(): number;
  below(limit: number): number;
}

/** sfc32 of PractRand: fast in 32-bit integers, and without the patterns of a xorshift. */
export function randomOf(seed: number): Random {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return { next, below: (limit) => Math.floor((next() / 2 ** 32) * limit) };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ALPHABETS = {
  hex: '0123456789abcdef',
  base64: `${LETTERS}0123456789+/`,
  /** Of bcrypt and crypt(3) in one: the same characters in another order. */
  crypt: `./0123456789${LETTERS}`,
  word: `${LETTERS}0123456789`,
} as const;
export type AlphabetName = keyof typeof ALPHABETS;

const POOL_CHARS = 2 ** 16;
const LONGEST = 256;

export interface Pieces {
  /** So many characters (8 or more) that no other of 2^30 rows has: the first of them are its number, mixed. */
  unique(alphabet: AlphabetName, chars: number, row: number): string;
  /** So many characters of a long text: a cut from it costs nothing, and ten million of them repeat. */
  any(alphabet: AlphabetName, chars: number): string;
  /** One of these characters. */
  of(characters: string): string;
}

export function piecesOf(random: Random): Pieces {
  function tableOf(alphabet: string) {
    const character = (): string => alphabet[random.below(alphabet.length)] as string;
    // Four hexadecimal digits for 16 bits, or three of the first 32 characters of a larger alphabet for 15.
    const [digits, base] = alphabet.length === 16 ? [4, 16] : [3, 32];
    return {
      pool: Array.from({ length: POOL_CHARS + LONGEST }, character).join(''),
      bits: digits * Math.log2(base),
      numbers: Array.from({ length: base ** digits }, (_, value) =>
        Array.from({ length: digits }, (_, i) => alphabet[Math.floor(value / base ** i) % base]).join(''),
      ),
    };
  }
  const { hex, base64, crypt, word } = ALPHABETS;
  const tables = { hex: tableOf(hex), base64: tableOf(base64), crypt: tableOf(crypt), word: tableOf(word) };

  function any(alphabet: AlphabetName, chars: number): string {
    const at = random.next() & (POOL_CHARS - 1);
    return tables[alphabet].pool.slice(at, at + chars);
  }
  return {
    any,
    unique(alphabet, chars, row) {
      const { numbers, bits } = tables[alphabet];
      // A permutation of 30 bits: odd factors and shifts to the right lose nothing.
      let mixed = Math.imul(row, 0x2c1b3c6d) & MASK;
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x297a2d39) & MASK;
      mixed ^= mixed >>> 14;
      const head = (numbers[mixed & ((1 << bits) - 1)] as string) + (numbers[mixed >>> bits] as string);
      return head + any(alphabet, chars - head.length);
    },
    of: (characters) => characters[random.below(characters.length)] as string,
  };
}

const MASK = 2 ** 30 - 1;

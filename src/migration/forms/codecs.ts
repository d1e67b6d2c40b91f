/**
 * Fields of digests as bytes of a file to the bytes that they stand for. Only canonical spellings are taken: what is
 * refused here is read again as text, by the hasher, which says what is wrong.
 */

/**
 * Decodes `bytes[from, to)` to `out` from `at` on.
 * @returns how many bytes that gave; -1 where it is no canonical spelling.
 */
export type Decode = (bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number) => number;

/** In the tables: no digit. Together with digits it stays. */
const NONE = 64;

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256).fill(NONE);
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = i;
  return table;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const BASE64 = tableOf(`${LETTERS}${DIGITS}+/`);
const BCRYPT64 = tableOf(`./${LETTERS}${DIGITS}`);
const CRYPT64 = tableOf(`./${DIGITS}${LETTERS}`);
const HEX = tableOf('0123456789abcdef');
/** Characters of salts that no format gives a meaning, whatever stands next to them. */
const PLAIN = tableOf(`${DIGITS}${LETTERS}`.slice(0, 62));
for (const character of '+./_-=') PLAIN[character.charCodeAt(0)] = 0;
const EQUALS = 61;

/** Groups of six bits, most significant first; the last character has no bits that belong to no byte. */
function bigEndian(table: Uint8Array): Decode {
  return (bytes, from, to, out, at) => {
    let o = at;
    let i = from;
    let seen = 0;
    for (; i + 4 <= to; i += 4) {
      const a = table[bytes[i] as number] as number;
      const b = table[bytes[i + 1] as number] as number;
      const c = table[bytes[i + 2] as number] as number;
      const d = table[bytes[i + 3] as number] as number;
      seen |= a | b | c | d;
      out[o] = (a << 2) | (b >> 4);
      out[o + 1] = (b << 4) | (c >> 2);
      out[o + 2] = (c << 6) | d;
      o += 3;
    }
    const left = to - i;
    if (left > 0) {
      if (left === 1) return -1;
      const a = table[bytes[i] as number] as number;
      const b = table[bytes[i + 1] as number] as number;
      const c = left === 3 ? (table[bytes[i + 2] as number] as number) : 0;
      seen |= a | b | c;
      out[o++] = (a << 2) | (b >> 4);
      if (left === 3) out[o++] = (b << 4) | (c >> 2);
      if (left === 3 ? (c & 3) !== 0 : (b & 15) !== 0) return -1;
    }
    return seen < NONE ? o - at : -1;
  };
}

export const base64Unpadded: Decode = bigEndian(BASE64);
export const bcrypt64: Decode = bigEndian(BCRYPT64);

/** RFC 4648 §4, with its padding. */
export const base64Padded: Decode = (bytes, from, to, out, at) => {
  if (((to - from) & 3) !== 0) return -1;
  let end = to;
  if (end > from && bytes[end - 1] === EQUALS) end--;
  if (end > from && end < to && bytes[end - 1] === EQUALS) end--;
  return base64Unpadded(bytes, from, end, out, at);
};

/** Three bytes in four characters, least significant first; bits past the last byte are zero. */
export const crypt64: Decode = (bytes, from, to, out, at) => {
  let o = at;
  let i = from;
  let seen = 0;
  for (; i + 4 <= to; i += 4) {
    const a = CRYPT64[bytes[i] as number] as number;
    const b = CRYPT64[bytes[i + 1] as number] as number;
    const c = CRYPT64[bytes[i + 2] as number] as number;
    const d = CRYPT64[bytes[i + 3] as number] as number;
    seen |= a | b | c | d;
    const word = a | (b << 6) | (c << 12) | (d << 18);
    out[o] = word;
    out[o + 1] = word >> 8;
    out[o + 2] = word >> 16;
    o += 3;
  }
  const left = to - i;
  if (left > 0) {
    if (left === 1) return -1;
    const a = CRYPT64[bytes[i] as number] as number;
    const b = CRYPT64[bytes[i + 1] as number] as number;
    const c = left === 3 ? (CRYPT64[bytes[i + 2] as number] as number) : 0;
    seen |= a | b | c;
    const word = a | (b << 6) | (c << 12);
    out[o++] = word;
    if (left === 3) out[o++] = word >> 8;
    if (word >> (8 * (left - 1)) !== 0) return -1;
  }
  return seen < NONE ? o - at : -1;
};

/** An even number of small hexadecimal digits. */
export const hex: Decode = (bytes, from, to, out, at) => {
  if (((to - from) & 1) !== 0) return -1;
  let o = at;
  let seen = 0;
  for (let i = from; i < to; i += 2) {
    const high = HEX[bytes[i] as number] as number;
    const low = HEX[bytes[i + 1] as number] as number;
    seen |= high | low;
    out[o++] = (high << 4) | low;
  }
  return seen < NONE ? o - at : -1;
};

function asText(table: Uint8Array): Decode {
  return (bytes, from, to, out, at) => {
    let seen = 0;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      seen |= table[byte] as number;
      out[at + i - from] = byte;
    }
    return seen < NONE && to > from ? to - from : -1;
  };
}

/** Text of letters, digits and `+./_-=`, as it stands. */
export const plainText: Decode = asText(PLAIN);
/** Characters of crypt(3)'s alphabet, as they stand. */
export const crypt64Text: Decode = asText(CRYPT64);

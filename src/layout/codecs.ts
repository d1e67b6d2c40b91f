/** How text spells bytes: each encoding of a layout, read strictly and written canonically. */
import { type Alphabet, alphabet, encode64, findDigit, NOT_IN_ALPHABET } from '../encoding/alphabet.js';
import { type Base64, base64, base64Adapted, base64Unpadded, decodeBase64, encodeBase64 } from '../encoding/base64.js';
import { decodeBcrypt64, encodeBcrypt64, unusedBitsBcrypt64 } from '../encoding/bcrypt64.js';
import { decodeCrypt64, encodeCrypt64 } from '../encoding/crypt64.js';
import { decodeHex, encodeHex, lowerHexAt } from '../encoding/hex.js';
import { type DigestError, malformed } from '../errors.js';
import type { Finding } from '../types.js';
import { NO_WARNINGS, nonCanonical, refuseHexadecimal } from './findings.js';
import { upperHexWarning } from './hex-hash.js';
import type { ByteEncoding } from './types.js';

export interface Codec {
  /** @param expected bytes, where the layout says how many. */
  decode(text: string, start: number, end: number, field: string, expected?: number): Uint8Array;
  encode(bytes: Uint8Array): string;
  /** Of a text that decodes. */
  spelling?(text: string, start: number, end: number, field: string): readonly Finding[];
  /** Characters of N bytes. */
  chars(bytes: number): number;
  /** Whether it may be one of its characters, padding included. */
  accepts(codeUnit: number): boolean;
  /** Its characters and its padding, as pieces of a regular expression. */
  readonly letters: string;
  readonly padding: string;
  readonly bitsPerChar: 4 | 6;
}

const BASE64_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CRYPT_LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CRYPT: Alphabet = alphabet(CRYPT_LETTERS);
const PAD = 61;

const base64Url: Base64 = { alphabet: alphabet(`${BASE64_LETTERS}-_`), padding: 'none' };
const crypt64Big: Base64 = { alphabet: CRYPT, padding: 'none' };
const ANY = (() => {
  const table = alphabet(`${BASE64_LETTERS}+/`);
  for (const letter of '-.') table.values[letter.charCodeAt(0)] = 62;
  table.values['_'.charCodeAt(0)] = 63;
  return table;
})();
const base64Any: Base64 = { alphabet: ANY, padding: 'none' };

function unpaddedChars(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

function base64Codec(variant: Base64, letters: string): Codec {
  const padded = variant.padding === 'required';
  return {
    decode(text, start, end, field, expected) {
      const bytes = decodeBase64(text, start, end, field, variant, expected);
      if (field === 'hash') refuseHexadecimal(text, start, end);
      return bytes;
    },
    encode: (bytes) => encodeBase64(bytes, variant),
    chars: padded ? (bytes) => Math.ceil(bytes / 3) * 4 : unpaddedChars,
    accepts: (unit) => (padded && unit === PAD) || findDigit(variant.alphabet, unit) !== NOT_IN_ALPHABET,
    letters,
    padding: padded ? '={0,2}' : '',
    bitsPerChar: 6,
  };
}

function hexCodec(letters: string, encode: Codec['encode'], spelling?: Codec['spelling']): Codec {
  return {
    decode: decodeHex,
    encode,
    ...(spelling === undefined ? {} : { spelling }),
    chars: (bytes) => bytes * 2,
    accepts: isHexUnit,
    letters,
    padding: '',
    bitsPerChar: 4,
  };
}

function isHexUnit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 102) || (unit >= 65 && unit <= 70);
}

function lowerHexWarning(text: string, start: number, end: number, field: string): readonly Finding[] {
  const at = lowerHexAt(text, start, end);
  if (at === -1) return NO_WARNINGS;
  return [nonCanonical(field, at, `${field} is lower-case hexadecimal`, `write ${field} in upper case`)];
}

/** Any alphabet and either padding; read as unpadded, since padding is checked here. */
const anyCodec: Codec = {
  ...base64Codec(base64Any, 'A-Za-z0-9+/._-'),
  decode(text, start, end, field) {
    let stop = end;
    while (stop > start && text.charCodeAt(stop - 1) === PAD) stop--;
    const pads = end - stop;
    if (pads > 0 && pads !== (4 - ((stop - start) % 4)) % 4) {
      throw malformed(field, stop, `${field}: wrong Base64 padding (${pads} "=" after ${stop - start} characters)`);
    }
    const bytes = decodeBase64(text, start, stop, field, base64Any);
    if (field === 'hash') refuseHexadecimal(text, start, end);
    return bytes;
  },
  encode: (bytes) => encodeBase64(bytes),
  spelling(text, start, end, field) {
    const other = text.slice(start, end).search(/[-_.]/);
    if (other !== -1) {
      const fix = 'write "+" and "/" for the last two letters of the alphabet';
      return [nonCanonical(field, start + other, `${field} has another alphabet than standard Base64`, fix)];
    }
    if ((end - start) % 4 === 0) return NO_WARNINGS;
    return [nonCanonical(field, end, `${field} is Base64 without padding`, `end ${field} with "="`)];
  },
  accepts: (unit) => unit === PAD || findDigit(ANY, unit) !== NOT_IN_ALPHABET,
  padding: '={0,2}',
};

const bcryptCodec: Codec = {
  decode: decodeBcrypt64,
  encode: encodeBcrypt64,
  spelling(text, start, end, field) {
    if (!unusedBitsBcrypt64(text, start, end)) return NO_WARNINGS;
    const message = `${field}: unused bits of the last character are set`;
    return [nonCanonical(field, end - 1, message, 'encode it again with the unused bits zero')];
  },
  chars: unpaddedChars,
  accepts: (unit) => findDigit(CRYPT, unit) !== NOT_IN_ALPHABET,
  letters: './A-Za-z0-9',
  padding: '',
  bitsPerChar: 6,
};

const cryptCodec: Codec = {
  decode: decodeCrypt64,
  encode: encodeCrypt64,
  chars: unpaddedChars,
  accepts: (unit) => findDigit(CRYPT, unit) !== NOT_IN_ALPHABET,
  letters: './0-9A-Za-z',
  padding: '',
  bitsPerChar: 6,
};

/**
 * Groups of three bytes as one big-endian number, whose lowest six bits are the first letter. A last group of one or two
 * bytes is written with zeros after it and one letter for each of them less, so its highest bits are lost.
 */
const aixCodec: Codec = {
  ...cryptCodec,
  decode(text, start, end, field) {
    const bytes = new Uint8Array(((end - start) * 3) >> 2);
    for (let i = start, out = 0; i < end; i += 4, out += 3) {
      let word = 0;
      for (let digit = 0; digit < 4 && i + digit < end; digit++) {
        const value = findDigit(CRYPT, text.charCodeAt(i + digit));
        if (value === NOT_IN_ALPHABET) throw outsideCrypt(field, i + digit);
        word |= value << (6 * digit);
      }
      const left = Math.min(3, bytes.length - out);
      if ((word & ((1 << (24 - 8 * left)) - 1)) !== 0) {
        throw malformed(field, i, `${field}: unused bits of the last characters must be zero`);
      }
      for (let k = 0; k < left; k++) bytes[out + k] = word >> (16 - 8 * k);
    }
    return bytes;
  },
  encode(bytes) {
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const left = Math.min(3, bytes.length - i);
      const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      for (let digit = 0; digit <= left; digit++) text += CRYPT.characters[(word >> (6 * digit)) & 63];
    }
    return text;
  },
};

function outsideCrypt(field: string, at: number): DigestError {
  return malformed(field, at, `${field}: character at offset ${at} is not in the alphabet ./0-9A-Za-z`);
}

const ciscoCodec: Codec = {
  ...base64Codec(crypt64Big, './0-9A-Za-z'),
  encode: (bytes) => encode64(CRYPT, bytes),
};

/** DES blocks: the bit order of Base64, each 8 bytes for themselves. */
const desCodec: Codec = {
  ...ciscoCodec,
  decode(text, start, end, field) {
    const blocks = Math.floor((end - start) / DES_CHARS);
    if (blocks * DES_CHARS !== end - start) {
      throw malformed(field, end, `${field} must be ${DES_CHARS} characters for each 8 bytes (has ${end - start})`);
    }
    const bytes = new Uint8Array(8 * blocks);
    for (let i = 0; i < blocks; i++) {
      const at = start + i * DES_CHARS;
      bytes.set(decodeBase64(text, at, at + DES_CHARS, field, crypt64Big), 8 * i);
    }
    return bytes;
  },
  encode(bytes) {
    let text = '';
    for (let i = 0; i < bytes.length; i += 8) text += encode64(CRYPT, bytes.subarray(i, i + 8));
    return text;
  },
  chars: (bytes) => Math.ceil(bytes / 8) * DES_CHARS,
};

const DES_CHARS = 11;

export const CODECS: Readonly<Record<ByteEncoding, Codec>> = {
  hex: hexCodec('0-9a-f', encodeHex, upperHexWarning),
  HEX: hexCodec('0-9A-F', (bytes) => encodeHex(bytes).toUpperCase(), lowerHexWarning),
  anyHex: hexCodec('0-9A-Fa-f', encodeHex),
  b64: base64Codec(base64, 'A-Za-z0-9+/'),
  b64n: base64Codec(base64Unpadded, 'A-Za-z0-9+/'),
  b64u: base64Codec(base64Url, 'A-Za-z0-9_-'),
  b64any: anyCodec,
  ab64: base64Codec(base64Adapted, 'A-Za-z0-9./'),
  h64: cryptCodec,
  h64be: aixCodec,
  cisco64: ciscoCodec,
  des64: desCodec,
  bcrypt64: bcryptCodec,
};

/**
 * The bytes of a text of crypt(3) letters that was cut at a character: the bits that are left over begin one more byte.
 * @returns as many bytes as the bits need; the last one has `bits % 8` bits.
 */
export function decodeCutCrypt64(text: string, start: number, end: number, field: string): Uint8Array {
  const bits = (end - start) * 6;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  for (let i = start; i < end; i++) {
    const value = findDigit(CRYPT, text.charCodeAt(i));
    if (value === NOT_IN_ALPHABET) throw outsideCrypt(field, i);
    const at = (i - start) * 6;
    const shifted = value << (at % 8);
    const first = at >> 3;
    bytes[first] = (bytes[first] as number) | (shifted & 0xff);
    if (shifted > 0xff) bytes[first + 1] = (bytes[first + 1] as number) | (shifted >> 8);
  }
  return bytes;
}

export function encodeCutCrypt64(bytes: Uint8Array, chars: number): string {
  return encodeCrypt64(bytes).slice(0, chars);
}

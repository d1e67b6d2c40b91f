/**
 * A form of digests: where in the text its salt and its hash stand. The rest of it, with the lengths of these two, decides what a check says of the digest: that a thousand digests have in common, and it is asked once.
 */
import { type Codec, hex } from './codecs.js';

/** Where the parts of a digest stand. One object is filled again and again. */
export interface Reading {
  /** Of the text that is neither salt nor hash. */
  keyStart: number;
  keyEnd: number;
  salt: number;
  /** Where the salt begins, where there is none. */
  saltEnd: number;
  hash: number;
  hashEnd: number;
  /** What their characters have to be of: that is told when they are read. */
  saltAlphabet: Int32Array;
  hashAlphabet: Int32Array;
}

/** What is longer is read as text. */
const MAX_FIELD = 1024;
const DOLLAR = 36;

export function newReading(): Reading {
  const { alphabet } = hex;
  const nowhere = { keyStart: 0, keyEnd: 0, salt: 0, saltEnd: 0, hash: 0, hashEnd: 0 };
  return { ...nowhere, saltAlphabet: alphabet, hashAlphabet: alphabet };
}

export interface Form {
  /** Whether `bytes[start, end)` is of this form, canonically spelled but for the alphabets of salt and hash. */
  read(bytes: Uint8Array, start: number, end: number, reading: Reading): boolean;
}

/** Places of salt and hash, which are taken where both are as long and end as a canonical spelling does. */
function take(
  reading: Reading,
  bytes: Uint8Array,
  saltCodec: Codec,
  salt: number,
  saltEnd: number,
  hashCodec: Codec,
  hash: number,
  hashEnd: number,
): boolean {
  if (saltEnd - salt > MAX_FIELD || hashEnd - hash > MAX_FIELD) return false;
  reading.salt = salt;
  reading.saltEnd = salt === saltEnd ? salt : saltCodec.digitsEnd(bytes, salt, saltEnd);
  reading.hash = hash;
  reading.hashEnd = hashCodec.digitsEnd(bytes, hash, hashEnd);
  reading.saltAlphabet = saltCodec.alphabet;
  reading.hashAlphabet = hashCodec.alphabet;
  return reading.saltEnd !== -1 && reading.hashEnd !== -1;
}

/** Salt and hash of so many characters, one behind the other, at the end of a digest. */
export function atTheEnd(
  prefixes: readonly string[],
  keyChars: number,
  salt: { readonly chars: number; readonly codec: Codec },
  hash: { readonly chars: number; readonly codec: Codec },
): Form {
  const starts = prefixes.map((prefix) => Buffer.from(prefix));
  const length = keyChars + salt.chars + hash.chars;
  return {
    read(bytes, start, end, reading) {
      if (end - start !== length || !beginsWithOne(bytes, start, starts)) return false;
      reading.keyStart = start;
      reading.keyEnd = start + keyChars;
      const middle = end - hash.chars;
      return take(reading, bytes, salt.codec, start + keyChars, middle, hash.codec, middle, end);
    },
  };
}

/** `prefix`, so many fields that end with "$", salt, "$", hash. */
export function inFields(prefix: string, fields: number, saltCodec: Codec, hashCodec: Codec): Form {
  const starts = [Buffer.from(prefix)];
  return {
    read(bytes, start, end, reading) {
      if (!beginsWithOne(bytes, start, starts)) return false;
      let salt = start + prefix.length;
      for (let field = 0; field < fields; field++) {
        salt = after(bytes, salt, end);
        if (salt === -1) return false;
      }
      const hash = after(bytes, salt, end);
      // The first field is never salt: an empty one would be another form.
      if (hash === -1 || hash - 1 === salt) return false;
      reading.keyStart = start;
      reading.keyEnd = salt;
      return take(reading, bytes, saltCodec, salt, hash - 1, hashCodec, hash, end);
    },
  };
}

/** `hash$salt$…`: the rest is one key. */
export function hashFirst(hashCodec: Codec, saltCodec: Codec): Form {
  return {
    read(bytes, start, end, reading) {
      const salt = after(bytes, start, end);
      const key = salt === -1 ? -1 : after(bytes, salt, end);
      if (key === -1 || key - 1 === salt) return false;
      reading.keyStart = key;
      reading.keyEnd = end;
      return take(reading, bytes, saltCodec, salt, key - 1, hashCodec, start, salt - 1);
    },
  };
}

/** Nothing but a hash. */
export function bare(hashCodec: Codec, chars: number): Form {
  return {
    read(bytes, start, end, reading) {
      if (end - start !== chars) return false;
      reading.keyStart = start;
      reading.keyEnd = start;
      return take(reading, bytes, hashCodec, start, start, hashCodec, start, end);
    },
  };
}

/** Behind the next "$", or -1. */
function after(bytes: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) if (bytes[i] === DOLLAR) return i + 1;
  return -1;
}

function beginsWithOne(bytes: Uint8Array, start: number, prefixes: readonly Uint8Array[]): boolean {
  for (let i = 0; i < prefixes.length; i++) {
    const prefix = prefixes[i] as Uint8Array;
    let at = 0;
    while (at < prefix.length && bytes[start + at] === prefix[at]) at++;
    if (at === prefix.length) return true;
  }
  return false;
}

/**
 * A form of digests: where in the text its salt and its hash stand. The rest of it, with the lengths of these two, decides what a check says of the digest: that a thousand digests have in common, and it is asked once.
 */
import type { Decode } from './codecs.js';

/** A digest as its form reads it. One object is filled again and again. */
export interface Reading {
  /** Of the text that is neither salt nor hash. */
  keyStart: number;
  keyEnd: number;
  saltBytes: number;
  hashBytes: number;
  /** The salt from `SALT_AT` on, the hash from `HASH_AT` on. Secret. */
  readonly room: Uint8Array;
}

export const SALT_AT = 0;
export const HASH_AT = 2048;
const ROOM_BYTES = 4096;
/** What is longer is read as text. */
const MAX_FIELD = 1024;
const DOLLAR = 36;

export function newReading(): Reading {
  return {
    keyStart: 0,
    keyEnd: 0,
    saltBytes: 0,
    hashBytes: 0,
    room: new Uint8Array(ROOM_BYTES),
  };
}

export interface Form {
  /** Whether `bytes[start, end)` is of this form, canonically spelled. */
  read(bytes: Uint8Array, start: number, end: number, reading: Reading): boolean;
}

/** Places of salt and hash, which are taken where both decode. */
function take(
  reading: Reading,
  bytes: Uint8Array,
  decodeSalt: Decode,
  salt: number,
  saltEnd: number,
  decodeHash: Decode,
  hash: number,
  hashEnd: number,
): boolean {
  const saltChars = saltEnd - salt;
  const hashChars = hashEnd - hash;
  if (saltChars > MAX_FIELD || hashChars > MAX_FIELD || hashChars <= 0) return false;
  const saltBytes = saltChars === 0 ? 0 : decodeSalt(bytes, salt, saltEnd, reading.room, SALT_AT);
  if (saltBytes < 0) return false;
  const hashBytes = decodeHash(bytes, hash, hashEnd, reading.room, HASH_AT);
  if (hashBytes < 0) return false;
  reading.saltBytes = saltBytes;
  reading.hashBytes = hashBytes;
  return true;
}

/** Salt and hash of so many characters, one behind the other, at the end of a digest. */
export function atTheEnd(
  prefixes: readonly string[],
  keyChars: number,
  salt: { readonly chars: number; readonly decode: Decode },
  hash: { readonly chars: number; readonly decode: Decode },
): Form {
  const starts = prefixes.map((prefix) => Buffer.from(prefix));
  const length = keyChars + salt.chars + hash.chars;
  return {
    read(bytes, start, end, reading) {
      if (end - start !== length || !beginsWithOne(bytes, start, starts)) return false;
      reading.keyStart = start;
      reading.keyEnd = start + keyChars;
      const middle = end - hash.chars;
      return take(reading, bytes, salt.decode, start + keyChars, middle, hash.decode, middle, end);
    },
  };
}

/** `prefix`, so many fields that end with "$", salt, "$", hash. */
export function inFields(prefix: string, fields: number, decodeSalt: Decode, decodeHash: Decode): Form {
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
      return take(reading, bytes, decodeSalt, salt, hash - 1, decodeHash, hash, end);
    },
  };
}

/** `hash$salt$…`: the rest is one key. */
export function hashFirst(decodeHash: Decode, decodeSalt: Decode): Form {
  return {
    read(bytes, start, end, reading) {
      const salt = after(bytes, start, end);
      const key = salt === -1 ? -1 : after(bytes, salt, end);
      if (key === -1 || key - 1 === salt) return false;
      reading.keyStart = key;
      reading.keyEnd = end;
      return take(reading, bytes, decodeSalt, salt, key - 1, decodeHash, start, salt - 1);
    },
  };
}

/** Nothing but a hash. */
export function bare(decodeHash: Decode, chars: number): Form {
  return {
    read(bytes, start, end, reading) {
      if (end - start !== chars) return false;
      reading.keyStart = start;
      reading.keyEnd = start;
      return take(reading, bytes, decodeHash, start, start, decodeHash, start, end);
    },
  };
}

/** Hash and salt encoded together behind a prefix. */
export function together(prefix: string, decode: Decode, hashBytes: number): Form {
  const starts = [Buffer.from(prefix)];
  return {
    read(bytes, start, end, reading) {
      if (!beginsWithOne(bytes, start, starts)) return false;
      const from = start + prefix.length;
      reading.keyStart = start;
      reading.keyEnd = from;
      if (!take(reading, bytes, decode, from, from, decode, from, end)) return false;
      reading.saltBytes = reading.hashBytes - hashBytes;
      if (reading.saltBytes <= 0) return false;
      reading.hashBytes = hashBytes;
      reading.room.copyWithin(SALT_AT, HASH_AT + hashBytes, HASH_AT + hashBytes + reading.saltBytes);
      return true;
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

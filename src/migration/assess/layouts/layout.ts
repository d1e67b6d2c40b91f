/**
 * Layouts of digests: where their salt and their hash are. The rest of a digest and the lengths of these two decide what a
 * check says of it, and thousands of digests share that.
 */
import { base64Padded, base64Values, hex, type SpanCodec, writeHex } from './codecs.js';

/** Where the parts of a digest are. One object is filled again and again. */
export interface DigestSpans {
  /** Of the text that is neither salt nor hash. */
  keyStart: number;
  keyEnd: number;
  salt: number;
  /** Where the salt begins, if it is missing. */
  saltEnd: number;
  /** Bits of the salt in the last character of the hash, where the two share one, under a bit that is set; else 0. */
  sharedBits: number;
  hash: number;
  hashEnd: number;
  /** What their characters have to be of. The layout does not look at each: the fingerprint does. */
  saltAlphabet: Int32Array;
  hashAlphabet: Int32Array;
  /** Hashers may refuse the hash as one that is encoded twice: it is to be read as text. */
  mayBeRefused: boolean;
}

/** What is longer is read as text. */
const MAX_FIELD = 1024;
const DOLLAR = 36;
/** Of Base64 of 20 bytes: 160 bits, and 2 more. */
const SHARED_HASH_CHARS = 27;
const SHARED_BIT = 4;

export function createDigestSpans(): DigestSpans {
  const { alphabet } = hex;
  const nowhere = { keyStart: 0, keyEnd: 0, salt: 0, saltEnd: 0, sharedBits: 0, hash: 0, hashEnd: 0 };
  return { ...nowhere, saltAlphabet: alphabet, hashAlphabet: alphabet, mayBeRefused: false };
}

export interface DigestLayout {
  /** Whether `bytes[start, end)` has this layout, canonically spelled but for the alphabets of salt and hash. */
  read(bytes: Uint8Array, start: number, end: number, spans: DigestSpans): boolean;
  /** The same of a salt and a hash that are not in one text, with an empty key. Absent: they always are. */
  readParts?(
    bytes: Uint8Array,
    salt: number,
    saltEnd: number,
    hash: number,
    hashEnd: number,
    spans: DigestSpans,
  ): boolean;
}

/** @returns false where salt or hash is not as long, or does not end, as a canonical spelling. */
function setSpans(
  spans: DigestSpans,
  bytes: Uint8Array,
  saltCodec: SpanCodec,
  salt: number,
  saltEnd: number,
  hashCodec: SpanCodec,
  hash: number,
  hashEnd: number,
): boolean {
  if (saltEnd - salt > MAX_FIELD || hashEnd - hash > MAX_FIELD) return false;
  spans.salt = salt;
  spans.saltEnd = salt === saltEnd ? salt : saltCodec.digitsEnd(bytes, salt, saltEnd);
  spans.sharedBits = 0;
  spans.hash = hash;
  spans.hashEnd = hashCodec.digitsEnd(bytes, hash, hashEnd);
  spans.saltAlphabet = saltCodec.alphabet;
  spans.hashAlphabet = hashCodec.alphabet;
  if (spans.saltEnd === -1 || spans.hashEnd === -1) return false;
  spans.mayBeRefused = hashCodec.mayBeRefused?.(bytes, hash, spans.hashEnd) === true;
  return true;
}

/** Of parts that are not in one text: salt and hash in Base64 with its padding. The key is what decides of which hasher they are. */
export function readBase64Parts(
  bytes: Uint8Array,
  { key, keyEnd, salt, saltEnd, digest, digestEnd }: Base64Parts,
  spans: DigestSpans,
): boolean {
  if (salt === saltEnd) return false;
  spans.keyStart = key;
  spans.keyEnd = keyEnd;
  return setSpans(spans, bytes, base64Padded, salt, saltEnd, base64Padded, digest, digestEnd);
}

interface Base64Parts {
  readonly key: number;
  readonly keyEnd: number;
  readonly salt: number;
  readonly saltEnd: number;
  readonly digest: number;
  readonly digestEnd: number;
}

/**
 * The same salt and hash in hexadecimal, as hashers write it.
 * @param spans of Base64 in `bytes`, all of whose characters are in its alphabet.
 * @param into where the digits are written, and `hexSpans` says so.
 */
export function writeAsHex(bytes: Uint8Array, spans: DigestSpans, into: Uint8Array, hexSpans: DigestSpans): void {
  hexSpans.salt = hexSpans.sharedBits = 0;
  hexSpans.saltEnd = hexSpans.hash = writeHex(bytes, spans.salt, spans.saltEnd, into, 0);
  hexSpans.hashEnd = writeHex(bytes, spans.hash, spans.hashEnd, into, hexSpans.hash);
  hexSpans.saltAlphabet = hexSpans.hashAlphabet = hex.alphabet;
}

/** A key, a salt and a hash of fixed lengths. */
export function fixedLengths(
  prefixes: readonly string[],
  keyChars: number,
  salt: { readonly chars: number; readonly codec: SpanCodec },
  hash: { readonly chars: number; readonly codec: SpanCodec },
): DigestLayout {
  const starts = prefixes.map((prefix) => Buffer.from(prefix));
  const length = keyChars + salt.chars + hash.chars;
  return {
    read(bytes, start, end, spans) {
      if (end - start !== length || !beginsWithOne(bytes, start, starts)) return false;
      spans.keyStart = start;
      spans.keyEnd = start + keyChars;
      const middle = end - hash.chars;
      return setSpans(spans, bytes, salt.codec, start + keyChars, middle, hash.codec, middle, end);
    },
  };
}

/** `prefix`, fields that each end with "$", salt, "$", hash. */
export function fieldsFirst(prefix: string, fields: number, saltCodec: SpanCodec, hashCodec: SpanCodec): DigestLayout {
  const starts = [Buffer.from(prefix)];
  return {
    read(bytes, start, end, spans) {
      if (!beginsWithOne(bytes, start, starts)) return false;
      let salt = start + prefix.length;
      for (let field = 0; field < fields; field++) {
        salt = after(bytes, salt, end);
        if (salt === -1) return false;
      }
      const hash = after(bytes, salt, end);
      // The first field is never salt: an empty one would be another layout.
      if (hash === -1 || hash - 1 === salt) return false;
      spans.keyStart = start;
      spans.keyEnd = salt;
      return setSpans(spans, bytes, saltCodec, salt, hash - 1, hashCodec, hash, end);
    },
  };
}

/** `hash$salt$key`. */
export function hashFirst(hashCodec: SpanCodec, saltCodec: SpanCodec): DigestLayout {
  return {
    read(bytes, start, end, spans) {
      const salt = after(bytes, start, end);
      const key = salt === -1 ? -1 : after(bytes, salt, end);
      if (key === -1 || key - 1 === salt) return false;
      spans.keyStart = key;
      spans.keyEnd = end;
      return setSpans(spans, bytes, saltCodec, salt, key - 1, hashCodec, start, salt - 1);
    },
    readParts(bytes, salt, saltEnd, hash, hashEnd, spans) {
      if (salt === saltEnd) return false;
      spans.keyStart = spans.keyEnd = salt;
      return setSpans(spans, bytes, saltCodec, salt, saltEnd, hashCodec, hash, hashEnd);
    },
  };
}

/** `prefix`, then Base64 of a hash of 20 bytes with its salt after it: the 27th character is of both. */
export function saltWithin(prefix: string): DigestLayout {
  const starts = [Buffer.from(prefix)];
  return {
    read(bytes, start, end, spans) {
      if (!beginsWithOne(bytes, start, starts)) return false;
      const hash = start + prefix.length;
      const salt = hash + SHARED_HASH_CHARS;
      spans.keyStart = start;
      spans.keyEnd = hash;
      if (!setSpans(spans, bytes, base64Padded, hash, end, base64Padded, hash, end)) return false;
      spans.salt = salt;
      spans.hashEnd = salt;
      spans.sharedBits = SHARED_BIT | ((base64Values[bytes[salt - 1] as number] as number) & (SHARED_BIT - 1));
      // Not of a hash alone.
      return spans.saltEnd > salt;
    },
  };
}

/** Nothing but a hash. */
export function bare(hashCodec: SpanCodec, chars: number): DigestLayout {
  return {
    read(bytes, start, end, spans) {
      if (end - start !== chars) return false;
      spans.keyStart = start;
      spans.keyEnd = start;
      return setSpans(spans, bytes, hashCodec, start, start, hashCodec, start, end);
    },
  };
}

/** After the next "$", or -1. */
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

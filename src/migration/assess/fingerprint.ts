/**
 * Fingerprints of 53 bits, by which values on several rows are found. Not secret, and they never leave the process.
 * Two multiplying walks over words of 32 bits with different multipliers (FNV's prime, Knuth's 2^32/φ), each step
 * followed by a rotation as MurmurHash3 has it, each end by its finish: 32 bits of the one and 21 of the other. All bytes
 * count, since exports made by programs have digests that differ in their last characters only.
 */
import { Buffer } from 'node:buffer';
import type { DigestSpans } from './layouts/index.js';

/** Of a digest with its salt, or of a text: 32 bits, and 21 more; then the same of the salt alone. */
export type Fingerprint = Int32Array;

export function createFingerprint(): Fingerprint {
  return new Int32Array(4);
}

/** Above the length of any salt, so that the two do not make up for each other. */
const SHARED_SHIFT = 16;

/** Room of one text or digest; what is longer gets its own. */
const ROOM_BYTES = 4096;
const room = Buffer.from(new ArrayBuffer(ROOM_BYTES));
const roomView = new DataView(room.buffer, room.byteOffset, room.length);

/** Of the bytes of a digest, so that two spellings of them are one digest. */
export function fingerprintDigest(salt: Uint8Array, hash: Uint8Array, into: Fingerprint): void {
  const length = salt.length + hash.length;
  const bytes = length <= ROOM_BYTES ? room : Buffer.alloc(length);
  bytes.set(salt);
  bytes.set(hash, salt.length);
  const view = getView(bytes);
  begin();
  walk(view, 0, salt.length, ANY);
  finishSalt(into);
  walk(view, salt.length, length, ANY);
  finish(into);
}

/** Of a text's UTF-8. */
export function fingerprintText(text: string, into: Fingerprint): void {
  const fits = text.length * 3 <= ROOM_BYTES;
  const bytes = fits ? room : Buffer.from(text);
  const length = fits ? room.write(text) : bytes.length;
  fingerprintBytes(getView(bytes), 0, length, into);
}

/** Of `view[start, stop)`. */
export function fingerprintBytes(view: DataView, start: number, stop: number, into: Fingerprint): void {
  begin();
  walk(view, start, stop, ANY);
  finish(into);
}

/**
 * Of a digest's salt, and of the salt with its hash.
 * @returns false where a character is not in its alphabet.
 */
export function fingerprintSpans(
  view: DataView,
  { salt, saltEnd, sharedBits, hash, hashEnd, saltAlphabet, hashAlphabet }: DigestSpans,
  into: Fingerprint,
): boolean {
  begin();
  state[0] = (state[0] as number) ^ (sharedBits << SHARED_SHIFT);
  const outside = walk(view, salt, saltEnd, saltAlphabet);
  finishSalt(into);
  const more = walk(view, hash, hashEnd, hashAlphabet);
  finish(into);
  return (outside | more) === 0;
}

function getView(bytes: Buffer): DataView {
  return bytes === room ? roomView : new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Of the walks under way. */
const state = new Int32Array(2);

function begin(): void {
  state[0] = 0x811c9dc5;
  state[1] = 0x9e3779b9;
}

function finishSalt(into: Fingerprint): void {
  into[2] = mix(state[0] as number);
  into[3] = mix(state[1] as number) >>> 11;
}

function finish(into: Fingerprint): void {
  into[0] = mix(state[0] as number);
  into[1] = mix(state[1] as number) >>> 11;
}

/** Holds every byte. */
const ANY = new Int32Array(0);
const HIGH_BITS = 0x80808080 | 0;

/** @returns zero where all bytes are in the alphabet. */
function walk(view: DataView, start: number, stop: number, alphabet: Int32Array): number {
  let low = (state[0] as number) ^ (stop - start);
  let high = state[1] as number;
  let outside = 0;
  let at = start;
  if (alphabet.length === 0) {
    for (; at + 4 <= stop; at += 4) {
      const word = view.getInt32(at, true);
      low = Math.imul(low ^ word, 0x01000193);
      low = (low << 15) | (low >>> 17);
      high = Math.imul(high ^ word, 0x9e3779b1);
      high = (high << 13) | (high >>> 19);
    }
  } else {
    const a0 = alphabet[0] as number;
    const b0 = alphabet[1] as number;
    const a1 = alphabet[2] as number;
    const b1 = alphabet[3] as number;
    const a2 = alphabet[4] as number;
    const b2 = alphabet[5] as number;
    const a3 = alphabet[6] as number;
    const b3 = alphabet[7] as number;
    for (; at + 4 <= stop; at += 4) {
      const word = view.getInt32(at, true);
      // Four bytes at once: the highest bit of a byte is set where it is in one of the ranges.
      const inside =
        ((word + a0) & ~(word + b0)) |
        ((word + a1) & ~(word + b1)) |
        ((word + a2) & ~(word + b2)) |
        ((word + a3) & ~(word + b3));
      outside |= ~inside | word;
      low = Math.imul(low ^ word, 0x01000193);
      low = (low << 15) | (low >>> 17);
      high = Math.imul(high ^ word, 0x9e3779b1);
      high = (high << 13) | (high >>> 19);
    }
  }
  if (at < stop) {
    let word = view.getUint8(at);
    if (at + 1 < stop) word |= view.getUint8(at + 1) << 8;
    if (at + 2 < stop) word |= view.getUint8(at + 2) << 16;
    low = Math.imul(low ^ word, 0x01000193);
    low = (low << 15) | (low >>> 17);
    high = Math.imul(high ^ word, 0x9e3779b1);
    high = (high << 13) | (high >>> 19);
    if (alphabet.length > 0) {
      // A digit is in each alphabet.
      const whole = word | (0x30303030 << (8 * (stop - at)));
      let inside = 0;
      for (let i = 0; i < alphabet.length; i += 2) {
        inside |= (whole + (alphabet[i] as number)) & ~(whole + (alphabet[i + 1] as number));
      }
      outside |= ~inside | whole;
    }
  }
  state[0] = low;
  state[1] = high;
  return outside & HIGH_BITS;
}

/** fmix32. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

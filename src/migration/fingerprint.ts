/**
 * Fingerprints of 53 bits, by which values on several rows are found. Not secret, and they never leave the process.
 * Two multiplying walks over words of 32 bits with different multipliers (FNV's prime, Knuth's 2^32/φ), each step
 * followed by a rotation as MurmurHash3 has it, each end by its finish: 32 bits of the one and 21 of the other. All bytes
 * count, since exports made by programs have digests that differ in their last characters only.
 */
import { Buffer } from 'node:buffer';

/** 32 bits, and 21 more. */
export const print: Int32Array = new Int32Array(2);

/** Room of one text or digest; what is longer gets its own. */
const ROOM_BYTES = 4096;
const SALT_AT = 0;
const HASH_AT = ROOM_BYTES / 2;
const room = Buffer.from(new ArrayBuffer(ROOM_BYTES));
const roomView = new DataView(room.buffer, room.byteOffset, room.length);

/** Of the bytes of a digest, so that two spellings of them are one digest. Left in `print`. */
export function printDigest(salt: Uint8Array, hash: Uint8Array): void {
  if (salt.length <= HASH_AT && hash.length <= HASH_AT) {
    room.set(salt, SALT_AT);
    room.set(hash, HASH_AT);
    printBytes(roomView, HASH_AT, HASH_AT + hash.length, SALT_AT, SALT_AT + salt.length);
    return;
  }
  const both = new Uint8Array(hash.length + salt.length);
  both.set(hash);
  both.set(salt, hash.length);
  printBytes(new DataView(both.buffer), 0, hash.length, hash.length, both.length);
}

/** Of a text's UTF-8. Left in `print`. */
export function printText(text: string): void {
  if (text.length * 3 <= ROOM_BYTES) {
    const length = room.write(text);
    printBytes(roomView, 0, length, 0, 0);
    return;
  }
  const bytes = Buffer.from(text);
  printBytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length, 0, 0);
}

/** Of the bytes from `start` to `end` and then of those from `then` to `thenEnd`. Left in `print`. */
export function printBytes(view: DataView, start: number, end: number, then: number, thenEnd: number): void {
  let low = 0x811c9dc5 ^ (end - start);
  let high = 0x9e3779b9 ^ (thenEnd - then);
  let at = start;
  let stop = end;
  for (let part = 0; part < 2; part++) {
    for (; at + 4 <= stop; at += 4) {
      const word = view.getInt32(at, true);
      low = Math.imul(low ^ word, 0x01000193);
      low = (low << 15) | (low >>> 17);
      high = Math.imul(high ^ word, 0x9e3779b1);
      high = (high << 13) | (high >>> 19);
    }
    if (at < stop) {
      let word = view.getUint8(at);
      if (at + 1 < stop) word |= view.getUint8(at + 1) << 8;
      if (at + 2 < stop) word |= view.getUint8(at + 2) << 16;
      low = Math.imul(low ^ word, 0x01000193);
      low = (low << 15) | (low >>> 17);
      high = Math.imul(high ^ word, 0x9e3779b1);
      high = (high << 13) | (high >>> 19);
    }
    at = then;
    stop = thenEnd;
  }
  print[0] = finished(low);
  print[1] = finished(high) >>> 11;
}

/** fmix32. */
function finished(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

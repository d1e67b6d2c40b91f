/** Values of LDIF in the bytes of their lines: folded or not, as text or in Base64. */
import { Buffer, isUtf8 } from 'node:buffer';
import { CR, LF, SPACE } from '../ascii.js';
import { decodeBase64Bytes } from './base64-bytes.js';

// Forms of a value, as bits.
export const BASE64 = 1;
export const FOLDED = 2;

const COLON = 58;
const FIRST_ROOM = 4096;

export class LdifValues {
  /** Room of one value. */
  #room: Buffer = Buffer.alloc(FIRST_ROOM);
  #roomView: DataView = viewOf(this.#room);

  /** Undefined where it cannot be decoded. */
  decoded(bytes: Buffer, start: number, end: number, form: number): string | undefined {
    if ((form & BASE64) === 0) return this.written(bytes, start, end, form);
    const room = this.#reserve(end - start);
    const isFolded = (form & FOLDED) !== 0;
    const from = isFolded ? room : bytes;
    const to = isFolded ? unfold(bytes, start, end, room, 0) : end;
    const length = decodeBase64Bytes(from, skipSpaces(from, isFolded ? 0 : start, to), to, room);
    if (length === -1) return undefined;
    if (isAscii(this.#roomView, length)) return room.toString('latin1', 0, length);
    return isUtf8(room.subarray(0, length)) ? room.toString('utf8', 0, length) : undefined;
  }

  /** The text as it is written. */
  written(bytes: Buffer, start: number, end: number, form: number): string {
    if ((form & FOLDED) === 0) return bytes.toString('utf8', skipSpaces(bytes, start, end), end);
    const room = this.#reserve(end - start);
    const to = unfold(bytes, start, end, room, 0);
    return room.toString('utf8', skipSpaces(room, 0, to), to);
  }

  #reserve(length: number): Buffer {
    if (length > this.#room.length) {
      this.#room = Buffer.alloc(2 * length);
      this.#roomView = viewOf(this.#room);
    }
    return this.#room;
  }
}

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Of a line's end one CR belongs to it. */
export function withoutCr(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === CR ? end - 1 : end;
}

export function findColon(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== COLON) at++;
  return at;
}

function skipSpaces(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  return at;
}

/**
 * Writes lines that continue each other as one.
 * @returns its end in `into`.
 */
export function unfold(bytes: Uint8Array, start: number, end: number, into: Uint8Array, to: number): number {
  let out = to;
  let lineStart = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte !== LF) {
      into[out++] = byte;
      continue;
    }
    if (at > lineStart && bytes[at - 1] === CR) out--;
    // The space after it.
    at++;
    lineStart = at + 1;
  }
  return out;
}

function isAscii(view: DataView, length: number): boolean {
  let all = 0;
  let at = 0;
  for (; at + 4 <= length; at += 4) all |= view.getInt32(at);
  for (; at < length; at++) all |= view.getUint8(at);
  return (all & 0x80808080) === 0;
}

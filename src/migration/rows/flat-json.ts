/**
 * Finds three values in a line of NDJSON without making an object of it: of a flat record whose texts have no escapes,
 * as exports of databases have them. Other records are left to `JSON.parse`, also those that are not JSON.
 */

import { Buffer } from 'node:buffer';
import { CR, LF, QUOTE, SPACE } from '../ascii.js';
import type { Plain } from '../sources/index.js';
import type { RowSpans } from './block.js';

const COMMA = 44;
const MINUS = 45;
const COLON = 58;
const OPEN = 123;
const CLOSE = 125;
const BACKSLASH = 92;

/** Bytes of a text that stand for themselves. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH),
);
const NULL = Buffer.from('null');
const WORDS = [NULL, Buffer.from('true'), Buffer.from('false')];
/** Longer numbers are not ids: they lose digits. */
const MAX_DIGITS = 15;

/** Of the names that are remembered. */
const MAX_PLACES = 64;
const MAX_NAME = 256;

const IGNORED = -1;
const ID = 0;
const HASHER = 1;
const DIGEST = 2;
/** Of a record that is left to be read as a whole. */
const TELLING = 3;

export interface FlatReader {
  /**
   * Fills the spans with the values of the line of `spans.bytes` at `start`.
   * @returns where the next line begins; -1 where this one has to be read as text.
   */
  read(start: number, limit: number): number;
}

interface Name {
  readonly bytes: Uint8Array;
  readonly role: number;
  /** The less the likelier. */
  readonly rank: number;
}

export function flatReader({ id, hasher, digest, isTelling }: Plain, spans: RowSpans): FlatReader {
  const names: Name[] = [id, hasher, digest].flatMap((list, role) =>
    list.map((name, rank) => ({ bytes: Buffer.from(name), role, rank })),
  );
  /** By place in the record: the name that the last line had there. */
  const usual: (Name | undefined)[] = [];

  function readName(bytes: Uint8Array, start: number, end: number, place: number): Name {
    const last = usual[place];
    if (last !== undefined && isEqual(last.bytes, bytes, start, end)) return last;
    const known = names.find((name) => isEqual(name.bytes, bytes, start, end));
    const found = known ?? {
      bytes: Uint8Array.from(bytes.subarray(start, end)),
      role: findRole(bytes, start, end),
      rank: 0,
    };
    if (place < MAX_PLACES && end - start < MAX_NAME) usual[place] = found;
    return found;
  }

  function findRole(bytes: Uint8Array, start: number, end: number): number {
    if (isTelling === undefined || end - start >= MAX_NAME) return IGNORED;
    return isTelling(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8'))
      ? TELLING
      : IGNORED;
  }

  function read(start: number, limit: number): number {
    const { bytes, view } = spans;
    spans.id = spans.idEnd = spans.hasher = spans.hasherEnd = 0;
    let ids = -1;
    let hashers = -1;
    let digests = -1;
    let at = start;
    if (bytes[at] !== OPEN) return -1;
    at++;
    for (let place = 0; ; place++) {
      while (bytes[at] === SPACE) at++;
      if (bytes[at] !== QUOTE) return -1;
      const name = ++at;
      at = plainEnd(bytes, view, at, limit);
      if (bytes[at] !== QUOTE || at >= limit) return -1;
      const { role, rank } = readName(bytes, name, at, place);
      if (role === TELLING) return -1;
      at++;
      while (bytes[at] === SPACE) at++;
      if (bytes[at] !== COLON) return -1;
      at++;
      while (bytes[at] === SPACE) at++;
      let value = at;
      let end: number;
      if (bytes[at] === QUOTE) {
        value = ++at;
        at = plainEnd(bytes, view, at, limit);
        if (bytes[at] !== QUOTE || at >= limit) return -1;
        end = at++;
      } else {
        at = scalarEnd(bytes, at, limit);
        if (at === -1) return -1;
        // As `textOf` has it: null is empty.
        end = bytes[value] === NULL[0] ? value : at;
      }
      if (role === ID) {
        if (rank === ids) return -1;
        if (end > value && (ids === -1 || rank < ids)) {
          ids = rank;
          spans.id = value;
          spans.idEnd = end;
        }
      } else if (role === HASHER) {
        if (rank === hashers) return -1;
        if (end > value && (hashers === -1 || rank < hashers)) {
          hashers = rank;
          spans.hasher = value;
          spans.hasherEnd = end;
        }
      } else if (role === DIGEST) {
        if (rank === digests) return -1;
        if (digests === -1 || rank < digests) {
          digests = rank;
          spans.digest = value;
          spans.digestEnd = end;
        }
      }
      while (bytes[at] === SPACE) at++;
      if (bytes[at] === CLOSE) break;
      if (bytes[at] !== COMMA) return -1;
      at++;
    }
    at++;
    while (at < limit && (bytes[at] === SPACE || bytes[at] === CR)) at++;
    if (at < limit && bytes[at] !== LF) return -1;
    return digests === -1 || at > limit ? -1 : at + 1;
  }

  return { read };
}

/** The first byte that does not stand for itself. */
function plainEnd(bytes: Uint8Array, view: DataView, start: number, limit: number): number {
  let at = start;
  for (const last = Math.min(limit, view.byteLength) - 4; at <= last; at += 4) {
    const word = view.getInt32(at, true);
    const quote = word ^ 0x22222222;
    const backslash = word ^ 0x5c5c5c5c;
    // Four bytes at once: the highest bit of one is set where it is below a space, a quote or a backslash. Above such a
    // one it may be set by a carry: the loop below looks again.
    const marked =
      ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash);
    if ((marked & 0x80808080) !== 0) break;
  }
  while (at < limit && PLAIN[bytes[at] as number] === 1) at++;
  return at;
}

/** The place after null, true, false or a whole number; -1 for other values. */
function scalarEnd(bytes: Uint8Array, start: number, limit: number): number {
  for (const word of WORDS) if (isEqual(word, bytes, start, start + word.length)) return start + word.length;
  let at = bytes[start] === MINUS ? start + 1 : start;
  const first = at;
  while (at < limit && (bytes[at] as number) >= 48 && (bytes[at] as number) <= 57) at++;
  const digits = at - first;
  if (digits === 0 || digits > MAX_DIGITS || (bytes[first] === 48 && (digits > 1 || first > start))) return -1;
  const behind = bytes[at];
  return behind === COMMA || behind === CLOSE || behind === SPACE ? at : -1;
}

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}

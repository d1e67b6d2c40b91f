/** Values of a digest's field that are not text: bytes in extended JSON are read, others are named. */
import { isRecord, type JsonRecord } from '../../encoding/json.js';

/** What a field holds that is not text. */
export type HeldKind = 'number' | 'boolean' | 'bytes' | 'list' | 'object';

export type Held =
  | { readonly text: string }
  | { readonly kind: HeldKind; readonly what: string; readonly inner: string | undefined };

/** Names that may be shown: a key may be anything, a digest too. */
const NAME = /^[$A-Za-z_][A-Za-z0-9_$-]{0,31}$/;
const SHOWN = 5;
const DIGEST_NAMES = ['hash', 'digest', 'value', 'password_hash', 'passwordHash', 'password', 'bcrypt', 'encrypted'];
const MAX_BYTES = 4096;

/** @param value of a field at this path; undefined where that is text or null, or not there. */
export function describeHeld(value: unknown, path: string): Held | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return { kind: typeof value as HeldKind, what: `a ${typeof value}`, inner: undefined };
  const bytes = readBytes(value);
  if (bytes !== undefined) {
    const text = Buffer.from(bytes).toString('latin1');
    if (/^[\x20-\x7e]+$/.test(text)) return { text };
    return { kind: 'bytes', what: `binary data of ${bytes.length} bytes`, inner: undefined };
  }
  if (Array.isArray(value)) return { kind: 'list', what: `a list of ${value.length}`, inner: undefined };
  const names = Object.keys(value).filter((name) => NAME.test(name));
  const inner = DIGEST_NAMES.find((name) => typeof (value as JsonRecord)[name] === 'string');
  const shown = names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ', …' : '');
  return {
    kind: 'object',
    what: names.length === 0 ? 'an object' : `an object with ${shown}`,
    inner: inner === undefined ? undefined : `${path}.${inner}`,
  };
}

/** MongoDB's extended JSON, both versions, and Node's Buffer. */
function readBytes(value: object): Uint8Array | undefined {
  const { $binary: binary, type, data } = value as JsonRecord;
  const base64 = isRecord(binary) ? binary['base64'] : binary;
  if (typeof base64 === 'string' && base64.length < 2 * MAX_BYTES && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    return Buffer.from(base64, 'base64');
  }
  if (type !== 'Buffer' || !Array.isArray(data) || data.length > MAX_BYTES) return undefined;
  const isBytes = data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);
  return isBytes ? Uint8Array.from(data as number[]) : undefined;
}

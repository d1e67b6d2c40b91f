/**
 * Digests that are written again and again with another salt and hash. A hasher reads back what it serializes; where it wrote
 * both as hexadecimal or Base64, other bytes of the same lengths have their places in the same text.
 */
import { base64, base64Unpadded, encodeBase64 } from '../../encoding/base64.js';
import { encodeHex } from '../../encoding/hex.js';
import type { AnyHasher, Params } from '../../types.js';

type Encode = (bytes: Uint8Array) => string;

/** The text around salt and hash. */
interface WrittenForm {
  readonly params: Params;
  readonly saltBytes: number;
  readonly hashBytes: number;
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
  readonly encodeSalt: Encode;
  readonly encodeHash: Encode;
}

const ENCODINGS: readonly Encode[] = [
  encodeHex,
  (bytes) => encodeBase64(bytes, base64),
  (bytes) => encodeBase64(bytes, base64Unpadded),
];
/** Fewer may be found elsewhere in the text by chance. */
const MIN_BYTES = 8;
const MAX_FORMS = 32;
const forms = new Map<AnyHasher, WrittenForm[]>();

/** Undefined where no digest of these parameters and lengths was written before. */
export function writeAlike(hasher: AnyHasher, params: object, salt: Uint8Array, hash: Uint8Array): string | undefined {
  const known = forms.get(hasher);
  if (known === undefined) return undefined;
  for (let i = 0; i < known.length; i++) {
    const form = known[i] as WrittenForm;
    if (form.saltBytes !== salt.length || form.hashBytes !== hash.length || !isSame(form.params, params)) continue;
    const text = form.encodeHash(hash);
    if (mayBeRefused(hash, text, form)) return undefined;
    return form.head + form.encodeSalt(salt) + form.middle + text + form.tail;
  }
  return undefined;
}

const HEX_BEGINNING = /^[0-9A-Fa-f]{8}/;

/** Hashers refuse a hash that is encoded twice, or as Base64 looks like hexadecimal: those that begin so are read back. */
function mayBeRefused(hash: Uint8Array, text: string, { encodeHash }: WrittenForm): boolean {
  if (isHexDigit(hash[0] as number) && isHexDigit(hash[1] as number) && isHexDigit(hash[2] as number)) return true;
  return encodeHash !== encodeHex && HEX_BEGINNING.test(text);
}

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70);
}

/** @param digest that the hasher wrote for these values. */
export function rememberWritten(
  hasher: AnyHasher,
  params: object,
  salt: Uint8Array,
  hash: Uint8Array,
  digest: string,
): void {
  if (salt.length < MIN_BYTES || hash.length < MIN_BYTES) return;
  const known = forms.get(hasher) ?? [];
  const encodeSalt = ENCODINGS.find((encode) => digest.includes(encode(salt)));
  const encodeHash = ENCODINGS.find((encode) => digest.includes(encode(hash)));
  if (encodeSalt === undefined || encodeHash === undefined || known.length >= MAX_FORMS) return;
  const saltAt = digest.indexOf(encodeSalt(salt));
  const saltEnd = saltAt + encodeSalt(salt).length;
  const hashAt = digest.lastIndexOf(encodeHash(hash));
  if (hashAt < saltEnd) return;
  known.push({
    params: { ...params },
    ...{ saltBytes: salt.length, hashBytes: hash.length, encodeSalt, encodeHash },
    head: digest.slice(0, saltAt),
    middle: digest.slice(saltEnd, hashAt),
    tail: digest.slice(hashAt + encodeHash(hash).length),
  });
  forms.set(hasher, known);
}

/** Not all writers of one hasher give the same names: a length may be left to the hash. */
function isSame(known: Params, params: object): boolean {
  for (const name in known) if (known[name] !== (params as Params)[name]) return false;
  for (const name in params) if (known[name] === undefined) return false;
  return true;
}

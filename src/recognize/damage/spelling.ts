/** A digest whose fields are in another spelling of Base64 than its format has, or encoded twice. */
import { base64, base64Unpadded, encodeBase64 } from '../../encoding/base64.js';
import { utf8Text } from '../../encoding/bytes.js';
import { decodeHex, isHex } from '../../encoding/hex.js';
import type { Damage, Recogniser } from './contract.js';
import { decoded } from './encoded.js';

interface Field {
  readonly start: number;
  readonly end: number;
}

/** crypt(3)'s ids are shorter, and their alphabets others. */
const PHC_ID = /^\$[a-z][a-z0-9-]{3,}\$/;
/** Three hexadecimal digits are four characters of Base64, the first of which is one of these. */
const BASE64_OF_HEX = /^(?:[MNOQRYZ][A-Za-z0-9+/]{3}){7}/;
const DIGITS = /^[A-Za-z0-9+/_-]+={0,2}$/;
const MIN_HASH_CHARS = 16;

/** Only the hash: a salt may be a text that looks like Base64. */
export const hashSpelling: Recogniser = (text) => respelled(text, splitFields(text).slice(-1));

/** Salt and hash. A salt of letters and digits next to a sound hash may be the text that Django writes. */
export const fieldSpelling: Recogniser = (text) => {
  if (/^pbkdf2_sha256\$\d+\$[A-Za-z0-9]+\$[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return respelled(text, splitFields(text));
};

/** After "$" or after a scheme in braces; the whole text where it has neither. A name is not a field. */
function splitFields(text: string): Field[] {
  const scheme = /^\{[\w-]+\}(?!.*\$)/.exec(text);
  if (scheme !== null) return [{ start: scheme[0].length, end: text.length }];
  const fields: Field[] = [];
  let start = 0;
  for (;;) {
    const dollar = text.indexOf('$', start);
    const end = dollar === -1 ? text.length : dollar;
    const field = text.slice(start, end);
    const isName = start === 0 && dollar !== -1;
    if (!isName && DIGITS.test(field) && !/^\d{1,9}$/.test(field)) fields.push({ start, end });
    if (dollar === -1) return fields;
    start = dollar + 1;
  }
}

/** Without padding at its end a hash may be cut off; then the bytes would be other ones. */
function isWhole(field: string): boolean {
  const bytes = decoded(field);
  return bytes !== undefined && (field.endsWith('=') || HASH_BYTES.includes(bytes.length));
}

/** Of hash functions, of what products derive, and of LDAP's SHA-1 with a salt. */
const HASH_BYTES = [16, 18, 20, 24, 28, 32, 36, 40, 48, 50, 64, 66, 128, 256, 512];

function respelled(text: string, fields: readonly Field[]): Damage | undefined {
  const isPhc = text.startsWith('$');
  if (isPhc && !PHC_ID.test(text)) return undefined;
  const last = fields.at(-1);
  if (last?.end === text.length && !isWhole(text.slice(last.start))) return undefined;
  // PHC strings have no padding, all others have it.
  const variant = isPhc ? base64Unpadded : base64;
  let digest = '';
  let done = 0;
  let offset: number | undefined;
  for (const { start, end } of fields) {
    const field = text.slice(start, end);
    if (!/[-_]/.test(field) && (isPhc ? !field.endsWith('=') : field.length % 4 === 0)) continue;
    const bytes = decoded(field);
    if (bytes === undefined) continue;
    const written = encodeBase64(bytes, variant);
    if (written === field) continue;
    digest += text.slice(done, start) + written;
    done = end;
    offset ??= start;
  }
  if (offset === undefined) return undefined;
  const fix =
    variant === base64
      ? 'write "+" for "-" and "/" for "_", and pad with "=" to a multiple of 4 characters'
      : 'write "+" for "-" and "/" for "_", and remove the "=" at the end of a field';
  const name = variant === base64 ? 'base64-variant' : 'base64-variant-unpadded';
  return { name, digest: digest + text.slice(done), offset, problem: 'Base64 in another variant', fix };
}

/** Base64 of the hash's hexadecimal digits, where the format has Base64 of the hash. */
export const hashTwice: Recogniser = (text) => {
  const [last] = splitFields(text).slice(-1);
  if (last === undefined || last.start === 0 || last.end !== text.length) return undefined;
  const field = text.slice(last.start);
  if (field.length < MIN_HASH_CHARS) return undefined;
  const inner = innerHex(text, field, last);
  if (inner === undefined) return undefined;
  return {
    name: 'hash-twice',
    digest: text.slice(0, last.start) + inner,
    offset: last.start,
    problem: 'the hash is encoded twice',
    fix: 'decode the hash once',
  };
};

function innerHex(text: string, field: string, { start, end }: Field): string | undefined {
  if (isHex(field)) {
    const hex = utf8Text(decodeHex(text, start, end, 'hash'));
    return hex !== undefined && isHex(hex) ? hex : undefined;
  }
  if (!BASE64_OF_HEX.test(field)) return undefined;
  const bytes = decoded(field);
  const hex = bytes && utf8Text(bytes);
  if (hex === undefined || !isHex(hex)) return undefined;
  const hash = decodeHex(hex, 0, hex.length, 'hash');
  return encodeBase64(hash, text.startsWith('$') ? base64Unpadded : base64);
}

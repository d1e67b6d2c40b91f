/** Encodings and other things that are done to text and bytes. None of them hashes. */
import { alphabet, encode64 } from '../../encoding/alphabet.js';
import { base64, base64Adapted, base64Unpadded, decodeBase64, encodeBase64 } from '../../encoding/base64.js';
import { latin1, utf8, utf8Text, utf16le } from '../../encoding/bytes.js';
import { encodeCrypt64 } from '../../encoding/crypt64.js';
import { decodeHex } from '../../encoding/hex.js';
import { digestError } from '../../errors.js';
import { type Argument, bytes, defineFunction, number, type RecipeFunction } from './contract.js';

/** What `repeat` and `pad` may make: more than any salt, and too little to fill a memory. */
const LONGEST_BYTES = 1 << 20;

/** The letters of crypt(3) in the bit order of Base64: Cisco's, and John's `_64c`. */
const CRYPT_LETTERS = alphabet('./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');

export const SMALL: Uint8Array = latin1('0123456789abcdef');
export const CAPITAL: Uint8Array = latin1('0123456789ABCDEF');

/** @param digits `SMALL` or `CAPITAL`. */
export function hexBytes(value: Uint8Array, digits: Uint8Array): Uint8Array {
  const text = new Uint8Array(value.length * 2);
  for (let i = 0, at = 0; i < value.length; i++) {
    const byte = value[i] as number;
    text[at++] = digits[byte >> 4] as number;
    text[at++] = digits[byte & 15] as number;
  }
  return text;
}

/** @throws {DigestError} ERR_PASSWORD where the bytes are not text. */
function textOf(value: Uint8Array): string {
  const text = utf8Text(value);
  if (text !== undefined) return text;
  throw digestError('ERR_PASSWORD', 'password must be UTF-8 text', {
    fix: 'pass the password as a string or as UTF-8 bytes',
  });
}

/** Letters outside ASCII too; bytes that are not UTF-8 keep what is not ASCII. */
function changeCase(value: Uint8Array, change: (text: string) => string, from: number, by: number): Uint8Array {
  let ascii = true;
  for (let i = 0; i < value.length && ascii; i++) ascii = (value[i] as number) < 128;
  const text = ascii ? undefined : utf8Text(value);
  if (text !== undefined) return utf8(change(text));
  return value.map((byte) => (byte >= from && byte < from + 26 ? byte + by : byte));
}

/** PHP's trim: space, tab, line feed, carriage return, vertical tab and NUL. */
const TRIMMED: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0x0b, 0x00]);

function trimmed(value: Uint8Array): Uint8Array {
  let start = 0;
  let end = value.length;
  while (start < end && TRIMMED.has(value[start] as number)) start++;
  while (end > start && TRIMMED.has(value[end - 1] as number)) end--;
  return value.slice(start, end);
}

function swapPairs(value: Uint8Array): Uint8Array {
  for (let i = 0; i + 1 < value.length; i += 2) {
    const low = value[i] as number;
    value[i] = value[i + 1] as number;
    value[i + 1] = low;
  }
  return value;
}

/** Code points over U+00FF become "?", as in PHP's utf8_decode. */
function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from([...text], (character) => {
    const point = character.codePointAt(0) as number;
    return point < 256 ? point : 0x3f;
  });
}

function refuseLong(length: number, field: string): void {
  if (length <= LONGEST_BYTES) return;
  throw digestError('ERR_LIMIT', `recipe: ${field} requires ${length} bytes, limit is ${LONGEST_BYTES}`, {
    field: 'recipe',
    limit: { param: field, max: LONGEST_BYTES, actual: length },
  });
}

/** The text of bytes that were decoded by the layout, or of a value: one argument, one value. */
function ofOne(name: string, run: (value: Uint8Array) => Uint8Array): RecipeFunction {
  return defineFunction<[Uint8Array]>({ name, parameters: [bytes('value')], run: ([value]) => run(value) });
}

function base64Text(text: string): Uint8Array {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('.', '+').replace(/=+$/, '');
  return decodeBase64(standard, 0, standard.length, 'value', base64Unpadded);
}

const url = (value: Uint8Array): string =>
  encodeBase64(value, base64Unpadded).replaceAll('+', '-').replaceAll('/', '_');

export const textFunctions: readonly RecipeFunction[] = [
  ofOne('lc', (value) => changeCase(value, (text) => text.toLowerCase(), 0x41, 32)),
  ofOne('uc', (value) => changeCase(value, (text) => text.toUpperCase(), 0x61, -32)),
  ofOne('hex', (value) => hexBytes(value, SMALL)),
  ofOne('HEX', (value) => hexBytes(value, CAPITAL)),
  ofOne('b64', (value) => latin1(encodeBase64(value, base64))),
  ofOne('b64n', (value) => latin1(encodeBase64(value, base64Unpadded))),
  ofOne('ab64', (value) => latin1(encodeBase64(value, base64Adapted))),
  ofOne('b64u', (value) => latin1(url(value))),
  ofOne('b64c', (value) => latin1(encode64(CRYPT_LETTERS, value))),
  ofOne('h64', (value) => latin1(encodeCrypt64(value))),
  ofOne('unhex', (value) => decodeHex(textOf(value), 0, textOf(value).length, 'value')),
  ofOne('unb64', (value) => base64Text(textOf(value))),
  ofOne('utf16', (value) => utf16le(textOf(value))),
  ofOne('utf16be', (value) => swapPairs(utf16le(textOf(value)))),
  ofOne('nfc', (value) => utf8(textOf(value).normalize('NFC'))),
  ofOne('nfkc', (value) => utf8(textOf(value).normalize('NFKC'))),
  ofOne('nfkd', (value) => utf8(textOf(value).normalize('NFKD'))),
  ofOne('latin1', (value) => latin1Bytes(textOf(value))),
  ofOne('trim', trimmed),
  defineFunction<[Uint8Array, number, number | undefined]>({
    name: 'slice',
    parameters: [bytes('value'), number('start'), { name: 'to', kind: 'number', optional: true }],
    run: ([value, from, to]) => value.slice(from, to),
  }),
  defineFunction<[Uint8Array, number, number]>({
    name: 'pad',
    parameters: [bytes('value'), number('length'), number('byte', '0')],
    run([value, length, byte]) {
      refuseLong(length, 'pad');
      const padded = new Uint8Array(Math.max(length, value.length)).fill(byte);
      padded.set(value);
      return padded;
    },
  }),
  defineFunction<[Uint8Array, number]>({
    name: 'repeat',
    parameters: [bytes('value'), number('times')],
    run([value, times]) {
      refuseLong(value.length * times, 'repeat');
      const whole = new Uint8Array(value.length * times);
      for (let i = 0; i < times; i++) whole.set(value, i * value.length);
      return whole;
    },
  }),
  defineFunction<[Uint8Array, Uint8Array]>({
    name: 'xor',
    parameters: [bytes('left'), bytes('right')],
    run([left, right]) {
      if (left.length !== right.length) {
        throw digestError('ERR_MALFORMED', `recipe: xor requires values of one length`, { field: 'recipe' });
      }
      return left.map((byte, i) => byte ^ (right[i] as number));
    },
  }),
  defineFunction<[Uint8Array, Uint8Array, Argument]>({
    name: 'aes256_ctr',
    parameters: [bytes('key'), bytes('data')],
    run: ([key, data], kdfs) => kdfs.aes256Ctr(key, new Uint8Array(16), data),
  }),
];

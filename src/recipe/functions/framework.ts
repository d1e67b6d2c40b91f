/** What products do to text and numbers before they hash them, each in its own way. */
import { base64, decodeBase64 } from '../../encoding/base64.js';
import { encodeBcrypt64 } from '../../encoding/bcrypt64.js';
import { concat, latin1, utf8, utf16le } from '../../encoding/bytes.js';
import { decodeHex } from '../../encoding/hex.js';
import { digestError } from '../../errors.js';
import { hashCost } from '../../kdf/cost.js';
import { bytes, defineFunction, number, type RecipeFunction, word } from './contract.js';
import { hashNamed } from './hash.js';

/** HMAC hashes twice. */
const HMAC_CALLS = 2;

/** Werkzeug to 2.2: a salt is the key of an HMAC, and without one the password alone is hashed. */
const keyedOrPlain = defineFunction<[string, Uint8Array, Uint8Array]>({
  name: 'keyed_or_plain',
  parameters: [word('algorithm'), bytes('key'), bytes('message')],
  nested: 'hex',
  cost: ([algorithm]) => hashCost(hashNamed(algorithm), HMAC_CALLS),
  run([algorithm, key, message], kdfs) {
    const name = hashNamed(algorithm);
    return key.length === 0 ? kdfs.hash(name, message) : kdfs.hmac(name, key, message);
  },
});

const DLITZ_DEFAULT = 400;

/** What dlitz's pbkdf2.py takes as salt: the beginning of the digest, where the default has no number. */
const dlitzSalt = defineFunction<[Uint8Array, number]>({
  name: 'dlitz_salt',
  parameters: [bytes('salt'), number('iterations')],
  run([salt, iterations]) {
    const count = iterations === DLITZ_DEFAULT ? '' : iterations.toString(16);
    return concat(latin1(`$p5k2$${count}$`), salt);
  },
});

const bcryptLetters = defineFunction<[Uint8Array]>({
  name: 'bcrypt64',
  parameters: [bytes('value')],
  run: ([value]) => latin1(encodeBcrypt64(value)),
});

/** A number in small hexadecimal, as the scrypt gem writes it. */
const hexNumber = defineFunction<[number]>({
  name: 'hex_number',
  parameters: [number('value')],
  run: ([value]) => latin1(value.toString(16)),
});

/** The scrypt gem takes zeros off the salt's text, two at a time. */
const skipZeros = defineFunction<[Uint8Array]>({
  name: 'skip_zeros',
  parameters: [bytes('value')],
  run([value]) {
    const start = value.findIndex((byte) => byte !== 0);
    return start === -1 ? new Uint8Array(0) : value.slice(start);
  },
});

const big32 = defineFunction<[number]>({
  name: 'u32be',
  parameters: [number('value')],
  run: ([value]) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value),
});

const byte = defineFunction<[number]>({
  name: 'u8',
  parameters: [number('value')],
  run: ([value]) => Uint8Array.of(value),
});

/** Letters of Base64 in the alphabet of URLs, padding as it is. */
const urlLetters = defineFunction<[Uint8Array]>({
  name: 'url_letters',
  parameters: [bytes('value')],
  run: ([value]) => value.map((letter) => (letter === 0x2b ? 0x2d : letter === 0x2f ? 0x5f : letter)),
});

const PARTS = /\{SALT\}|\{PASSWORD\}/;
const MAX_PARTS = 16;

/** Ory Kratos: a text in which {SALT} and {PASSWORD} stand for them. */
const fillTemplate = defineFunction<[Uint8Array, Uint8Array, Uint8Array]>({
  name: 'fill_template',
  parameters: [bytes('template'), bytes('salt'), bytes('password')],
  run([template, salt, password]) {
    const text = new TextDecoder().decode(template);
    const parts: Uint8Array[] = [];
    for (let rest = text; rest !== ''; ) {
      const found = PARTS.exec(rest);
      if (found === null) {
        parts.push(utf8(rest));
        break;
      }
      parts.push(utf8(rest.slice(0, found.index)), found[0] === '{SALT}' ? salt : password);
      rest = rest.slice(found.index + found[0].length);
      if (parts.length > 2 * MAX_PARTS) {
        throw digestError('ERR_LIMIT', `template has more than ${MAX_PARTS} placeholders`, { field: 'template' });
      }
    }
    return concat(...parts);
  },
});

const optionalWord = (name: string) => ({ ...word(name), optional: true }) as const;

/** Text of a JSON member in the encoding that another member names. Default: it is the text itself. */
const decodeText = defineFunction<[Uint8Array, string | undefined]>({
  name: 'decode_text',
  parameters: [bytes('value'), optionalWord('encoding')],
  run([value, encoding = 'utf8']) {
    const text = new TextDecoder().decode(value);
    if (encoding === 'hex') return decodeHex(text, 0, text.length, 'salt');
    if (encoding === 'base64') return decodeBase64(text, 0, text.length, 'salt', base64);
    return value.slice();
  },
});

/** A password in the encoding in which Node.js hashes it: latin1 and binary drop what is over a byte. */
const encodeText = defineFunction<[Uint8Array, string | undefined]>({
  name: 'encode_text',
  parameters: [bytes('value'), optionalWord('encoding')],
  run([value, encoding = 'utf8']) {
    if (encoding === 'utf8') return value.slice();
    const text = new TextDecoder().decode(value);
    if (encoding === 'utf16le' || encoding === 'ucs2') return utf16le(text);
    return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  },
});

const placeSalt = defineFunction<[Uint8Array, Uint8Array, string | undefined]>({
  name: 'place_salt',
  parameters: [bytes('salt'), bytes('password'), optionalWord('position')],
  run: ([salt, password, position = 'prefix']) =>
    position === 'suffix' || position === 'POSTFIX' ? concat(password, salt) : concat(salt, password),
});

export const frameworkFunctions: readonly RecipeFunction[] = [
  ...[keyedOrPlain, dlitzSalt, bcryptLetters, hexNumber, skipZeros, big32, byte, urlLetters, fillTemplate],
  ...[decodeText, encodeText, placeSalt],
];

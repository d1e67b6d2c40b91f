/** What products in PHP do with a password or its digest besides hashing. */
import { base64, encodeBase64 } from '../../encoding/base64.js';
import { concat, latin1, utf8, utf8Text } from '../../encoding/bytes.js';
import { encodeHex } from '../../encoding/hex.js';
import { bytes, defineFunction, type RecipeFunction } from './contract.js';

const NONE = new Uint8Array(0);
const BCRYPT_BYTES = 72;
const SHA1_TEXT = /^[0-9a-f]{40}$/;

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let i = 0; i < one.length; i++) difference |= (one[i] as number) ^ (other[i] as number);
  return difference === 0;
}

/** PHP's addslashes. */
function addSlashes(value: Uint8Array): Uint8Array {
  const escaped: number[] = [];
  for (const byte of value) {
    if (byte === 0) escaped.push(0x5c, 0x30);
    else if (byte === 0x22 || byte === 0x27 || byte === 0x5c) escaped.push(0x5c, byte);
    else escaped.push(byte);
  }
  return Uint8Array.from(escaped);
}

/** 0x80 to 0x9f of Windows-1252; zero where it has no character. */
const CP1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** Text in Windows-1252; a character that it does not have keeps its UTF-8, as phpBB does. */
function toCp1252(value: Uint8Array): Uint8Array {
  const text = utf8Text(value);
  if (text === undefined) return value.slice();
  const parts = [...text].map((character) => {
    const point = character.codePointAt(0) as number;
    if (point < 0x80 || (point > 0x9f && point < 0x100)) return Uint8Array.of(point);
    const at = CP1252.indexOf(character);
    return at === -1 ? utf8(character) : Uint8Array.of(0x80 + at);
  });
  return concat(...parts);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '!': '&#33;',
  $: '&#036;',
};

/** Invision replaces these in whatever a form sends, before it hashes. */
function toEntities(value: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const byte of value) {
    const entity = ENTITIES[String.fromCharCode(byte)];
    parts.push(entity === undefined ? Uint8Array.of(byte) : latin1(entity));
  }
  return concat(...parts);
}

export const phpFunctions: readonly RecipeFunction[] = [
  /** What the digest's row may lack. */
  defineFunction<[Uint8Array | undefined]>({
    name: 'maybe',
    parameters: [{ name: 'value', kind: 'bytes', optional: true }],
    run: ([value]) => value?.slice() ?? NONE.slice(),
  }),
  /** Where a product tries one derivation after the other: the second, unless the first is the digest's hash. */
  defineFunction<[Uint8Array, Uint8Array, Uint8Array]>({
    name: 'either',
    parameters: [bytes('first'), bytes('second'), bytes('hash', '$hash')],
    run: ([first, second, hash]) => (isSame(first, hash) ? first.slice() : second.slice()),
  }),
  /** Symfony: a salt in braces, or nothing. */
  defineFunction<[Uint8Array | undefined]>({
    name: 'braced',
    parameters: [{ name: 'salt', kind: 'bytes', optional: true }],
    run: ([salt]) =>
      salt === undefined || salt.length === 0 ? NONE.slice() : concat(latin1('{'), salt, latin1('}')),
  }),
  /** Symfony hashes first what bcrypt would cut. */
  defineFunction<[Uint8Array]>({
    name: 'symfony_native',
    parameters: [bytes('password')],
    run([password], kdfs) {
      if (password.length <= BCRYPT_BYTES && !password.includes(0)) return password.slice();
      return latin1(encodeBase64(kdfs.hash('sha512', password), base64));
    },
  }),
  /** PHP-Fusion's column has SHA-1 of what it drew; AuthMe's has what it drew. */
  defineFunction<[Uint8Array]>({
    name: 'phpfusion_key',
    parameters: [bytes('salt')],
    run([salt], kdfs) {
      return SHA1_TEXT.test(utf8Text(salt) ?? '') ? salt.slice() : latin1(encodeHex(kdfs.hash('sha1', salt)));
    },
  }),
  defineFunction<[Uint8Array]>({
    name: 'addslashes',
    parameters: [bytes('value')],
    run: ([value]) => addSlashes(value),
  }),
  defineFunction<[Uint8Array]>({ name: 'cp1252', parameters: [bytes('value')], run: ([value]) => toCp1252(value) }),
  defineFunction<[Uint8Array]>({
    name: 'ipb_entities',
    parameters: [bytes('value')],
    run: ([value]) => toEntities(value),
  }),
];

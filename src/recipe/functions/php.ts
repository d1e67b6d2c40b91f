/** What products in PHP do with a password or its digest besides hashing. */
import { base64, encodeBase64 } from '../../encoding/base64.js';
import { concat, latin1, utf8, utf8Text } from '../../encoding/bytes.js';
import { encodeHex } from '../../encoding/hex.js';
import { malformed } from '../../errors.js';
import { argon2Cost, hashCost } from '../../kdf/cost.js';
import { bytes, defineFunction, number, type RecipeFunction, word } from './contract.js';

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

/** Invision's, in the order in which it replaces. Not the usual entities: the hash is of exactly these. */
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&/g, '&amp;'],
  [/<!--/g, '&#60;&#33;--'],
  [/-->/g, '--&#62;'],
  [/<script/gi, '&#60;script'],
  [/</g, '&lt;'],
  [/>/g, '&gt;'],
  [/\n/g, '<br />'],
  [/"/g, '&quot;'],
  [/'/g, '&#39;'],
  [/!/g, '&#33;'],
  [/\$/g, '&#036;'],
  [/\r/g, ''],
];

/** What Invision makes of all that a form sends, before it hashes. */
function toEntities(value: Uint8Array): Uint8Array {
  let text = '';
  for (const byte of value) text += String.fromCharCode(byte);
  for (const [from, to] of ENTITIES) text = text.replace(from, to);
  return latin1(text);
}

/** libsodium's interactive limits: Magento's version 2. */
const INTERACTIVE = { length: 32, operations: 2, memory: 67_108_864 };

type MagentoArguments = [Uint8Array, Uint8Array, string, number?, number?, number?];

/** The Argon2 steps of a digest, in their order. Memory is in bytes, as libsodium takes it. */
function magentoArgon2([, , steps, length = 0, operations = 0, memory = 0]: MagentoArguments) {
  const interactive = steps.includes('2') ? [INTERACTIVE] : [];
  return operations > 0 ? [...interactive, { length, operations, memory }] : interactive;
}

function magentoSalt(salt: Uint8Array): Uint8Array {
  if (salt.length === 0) throw malformed('salt', 0, 'salt must not be empty: Argon2 requires one');
  return Uint8Array.from({ length: 16 }, (_, i) => salt[i % salt.length] as number);
}

/** Magento 2: each step takes the text of the one before. An upgraded digest has several. */
const magento2 = defineFunction<MagentoArguments>({
  name: 'magento2',
  parameters: [
    ...[bytes('password'), bytes('salt'), word('steps')],
    ...['dkLen', 'operations', 'memory'].map((name) => ({ ...number(name), optional: true as const })),
  ],
  nested: 'hex',
  costly: true,
  cost(args) {
    const costs = magentoArgon2(args).map(({ operations, memory }) =>
      argon2Cost({ m: Math.floor(memory / 1024), t: operations, p: 1 }),
    );
    const [first = hashCost('sha256'), second] = costs;
    if (second === undefined) return first;
    return {
      ...(second.work > first.work ? second : first),
      work: first.work + second.work,
      memoryBytes: Math.max(first.memoryBytes, second.memoryBytes),
      demands: [...first.demands, ...second.demands],
    };
  },
  async run(args, kdfs) {
    const [password, salt, steps] = args;
    const argon2 = magentoArgon2(args);
    let hash: Uint8Array | undefined;
    const before = (): Uint8Array => (hash === undefined ? password : latin1(encodeHex(hash)));
    if (steps.includes('0')) hash = kdfs.hash('md5', concat(salt, before()));
    if (steps.includes('1')) hash = kdfs.hash('sha256', concat(salt, before()));
    for (const { length, operations, memory } of argon2) {
      hash = await kdfs.argon2({
        type: 'argon2id',
        version: 19,
        password: before(),
        salt: magentoSalt(salt),
        m: Math.floor(memory / 1024),
        t: operations,
        p: 1,
        dkLen: length,
      });
    }
    // Each layout has a step.
    return hash as Uint8Array;
  },
});

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
  /** ExpressionEngine takes a salt of another length for none. */
  defineFunction<[Uint8Array, number]>({
    name: 'sized',
    parameters: [bytes('value'), number('length')],
    run: ([value, length]) => (value.length === length ? value.slice() : NONE.slice()),
  }),
  /** Symfony: a salt in braces, or nothing. */
  defineFunction<[Uint8Array | undefined]>({
    name: 'braced',
    parameters: [{ name: 'salt', kind: 'bytes', optional: true }],
    run: ([salt]) => (salt === undefined || salt.length === 0 ? NONE.slice() : concat(latin1('{'), salt, latin1('}'))),
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
  /** MediaWiki's types A and B: MD5 in hexadecimal, without and with a salt. */
  defineFunction<[Uint8Array, Uint8Array]>({
    name: 'mediawiki_old',
    parameters: [bytes('password'), bytes('salt')],
    run([password, salt], kdfs) {
      const inner = latin1(encodeHex(kdfs.hash('md5', password)));
      if (salt.length === 0) return inner;
      return latin1(encodeHex(kdfs.hash('md5', concat(salt, latin1('-'), inner))));
    },
  }),
  magento2,
];

/**
 * A scheme of one's own, in John the Ripper's dynamic notation: its recipe is in the hasher's name or in the digest.
 * https://github.com/openwall/john/blob/bleeding-jumbo/doc/DYNAMIC
 *
 *     @dynamic=md5(md5($p).$s)@0e9d48d776073a00d11f73a0ea8652a9$salt
 *              (1)             (2)                              (3)
 * (1) the recipe, where the name of the hasher does not have it
 * (2) hash: hexadecimal, or Base64
 * (3) salt: text, or `HEX$` and hexadecimal; then `$$U` and a user name, `$$2` and a second salt
 */
import { base64Lenient, decodeBase64 } from '../encoding/base64.js';
import { utf8, utf8Text } from '../encoding/bytes.js';
import { decodeHex, encodeHex, isHex } from '../encoding/hex.js';
import { malformed } from '../errors.js';
import { type CompiledRecipe, compileRecipe, outputBytes, parseRecipe, type Recipe } from '../recipe/index.js';
import type { AnyHasher, CompanionNeed, CompanionParams, Companions, Hasher, Params, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { contradiction, missingCompanion } from './format.js';
import { createParsed, NO_BYTES } from './parsed.js';

const NAME = 'dynamic';
const NAME_START = `${NAME}=`;
const DIGEST_START = `@${NAME_START}`;
const COMPANIONS: readonly CompanionNeed[] = [
  { name: 'salt', optional: true },
  { name: 'username', optional: true },
  { name: 'pepper', optional: true },
];

interface Scheme {
  readonly recipe: Recipe;
  readonly compiled: CompiledRecipe;
}

/** The fields of a digest besides salt and hash, and what derives it. */
interface DynamicContext {
  readonly fields: Readonly<Record<string, Uint8Array>>;
  readonly scheme: Scheme;
}

/** Whether the name asks for a hasher of a recipe. */
export function isDynamicName(name: string): boolean {
  return name === NAME || name.startsWith(NAME_START);
}

const made = new Map<string, AnyHasher>();
const MOST_KEPT = 64;
/** DES has eight; a shorter one is met by chance. */
const MIN_HASH_BYTES = 8;

/**
 * The hasher of `dynamic=RECIPE`, or of `dynamic`, whose digests begin with their recipe.
 * @throws {DigestError} ERR_MALFORMED with field `recipe` and the offset in the recipe.
 */
export function dynamicHasher(name: string): AnyHasher {
  const known = made.get(name);
  if (known !== undefined) return known;
  const text = name === NAME ? undefined : name.slice(NAME_START.length);
  const hasher = defineDynamic(text === undefined ? undefined : readScheme(text));
  if (made.size >= MOST_KEPT) made.clear();
  made.set(name, hasher);
  return hasher;
}

/** `$pepper` begins like it. */
const READS_PASSWORD = /\$p(?![A-Za-z0-9_])/;

function readScheme(text: string): Scheme {
  const recipe = parseRecipe(text);
  if (!READS_PASSWORD.test(recipe.text)) throw malformed('recipe', 0, 'recipe must read the password ($p)');
  return { recipe, compiled: compileRecipe(recipe) };
}

/** Which scheme parsed parameters belong to: a recipe may hold a secret, so it is not one of them. */
const schemes = new WeakMap<object, Scheme>();

function defineDynamic(own: Scheme | undefined): Hasher<Params, DynamicContext> {
  const needs = (own?.compiled.needs ?? []).filter((name) => COMPANIONS.every((one) => one.name !== name));
  return defineHasher<Params, DynamicContext>({
    // What is written out with a digest has to read it again.
    name: own === undefined ? NAME : NAME_START + own.recipe.text,
    prefixes: own === undefined ? [DIGEST_START] : [],
    insecure: own === undefined || !own.compiled.costly,
    freeTail: true,
    example: { password: 'hashcat', digest: '@dynamic=md5(md5($p).$s)@0e9d48d776073a00d11f73a0ea8652a9$salt' },
    companions: [...COMPANIONS, ...needs.map((name) => ({ name, optional: true }))],
    parse: (digest, given) => parseDynamic(digest, own, given ?? {}),
    serialize: printDynamic,
    getCompanions: ({ params, context }) => ({ pepper: context.fields['pepper'], params }),
    cost(params) {
      const scheme = own ?? schemes.get(params);
      if (scheme === undefined) throw new TypeError('cost needs the params of a parsed digest');
      return scheme.compiled.cost(params, Number(params['keylen'] ?? 0));
    },
    derive: (password, { params, salt, hash, context }, kdfs) =>
      context.scheme.compiled.derive(
        { password, bytes: { ...context.fields, salt }, params, hashBytes: hash.length },
        kdfs,
      ),
  });
}

function parseDynamic(digest: string, own: Scheme | undefined, given: Companions): Parsed<Params, DynamicContext> {
  const start = digest.startsWith(DIGEST_START) ? recipeEnd(digest) : 0;
  const scheme = start === 0 ? own : readOwn(digest.slice(DIGEST_START.length, start - 1), own);
  if (scheme === undefined) throw malformed('prefix', 0, `digest must begin with "${DIGEST_START}"`);
  const end = hashEnd(digest, start);
  const hash = decodeHash(digest, start, end);
  if (hash.length < MIN_HASH_BYTES) {
    throw malformed('hash', end, `hash must be at least ${MIN_HASH_BYTES} bytes (is ${hash.length})`);
  }
  const wanted = outputBytes(
    scheme.recipe,
    given.params === undefined || given.params === null ? {} : wordsOf(given.params),
  );
  if (wanted !== undefined && wanted !== hash.length) {
    throw malformed('hash', end, `hash must be ${wanted} bytes (is ${hash.length})`);
  }
  const fields = readFields(digest, end);
  const params: Record<string, number | string> = { keylen: hash.length };
  const bytes: Record<string, Uint8Array> = {};
  for (const [name, value] of Object.entries(given.params ?? {})) {
    if (typeof value === 'number' || typeof value === 'string') params[name] = readNumber(value);
  }
  for (const name of ['salt', 'username', 'pepper'] as const) {
    const held = fields[name];
    const row = given[name];
    if (held !== undefined && row !== undefined && row !== null && !isSameField(held, row)) throw contradiction(name);
    const value = held ?? row;
    if (value !== undefined && value !== null) bytes[name] = typeof value === 'string' ? utf8(value) : value;
  }
  const all: Record<string, Uint8Array> = { ...fields, ...bytes };
  for (const name of scheme.compiled.needs) {
    if (all[name] !== undefined || params[name] !== undefined) continue;
    throw missingCompanion(name);
  }
  const { salt = NO_BYTES, ...others } = all;
  Object.freeze(params);
  schemes.set(params, scheme);
  return createParsed(params, salt, hash, [], { fields: others, scheme });
}

/** Of the row's other columns, those that may name a hash function. */
function wordsOf(params: CompanionParams): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => typeof value === 'string')) as Params;
}

/** Databases have numbers as text, too. */
function readNumber(value: number | string): number | string {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function isSameField(held: Uint8Array, row: string | Uint8Array): boolean {
  const bytes = typeof row === 'string' ? utf8(row) : row;
  return held.length === bytes.length && held.every((byte, i) => byte === bytes[i]);
}

function readOwn(text: string, own: Scheme | undefined): Scheme {
  const read = readScheme(text);
  if (own === undefined || own.recipe.text === read.recipe.text) return read;
  throw malformed('recipe', DIGEST_START.length, 'recipe of the digest differs from that of passwordHasher');
}

/** After the "@" that ends the recipe; one within quotes does not. */
function recipeEnd(digest: string): number {
  let quoted = false;
  for (let i = DIGEST_START.length; i < digest.length; i++) {
    const one = digest[i];
    if (quoted && one === '\\') i++;
    else if (one === "'") quoted = !quoted;
    else if (one === '@' && !quoted) return i + 1;
  }
  throw malformed('recipe', digest.length, 'recipe must be followed by "@"');
}

function hashEnd(digest: string, start: number): number {
  for (let i = start; i < digest.length; i++) if (digest[i] === '$' || digest[i] === ':') return i;
  return digest.length;
}

function decodeHash(digest: string, start: number, end: number): Uint8Array {
  if (end === start) throw malformed('hash', start, 'hash is empty');
  if ((end - start) % 2 === 0 && isHex(digest, start, end)) return decodeHex(digest, start, end, 'hash');
  const missing = (4 - ((end - start) % 4)) % 4;
  const padded = digest[end - 1] === '=' ? digest.slice(start, end) : digest.slice(start, end) + '='.repeat(missing);
  try {
    return decodeBase64(padded, 0, padded.length, 'hash', base64Lenient);
  } catch {
    throw malformed('hash', start, 'hash must be hexadecimal or Base64');
  }
}

const MARKS: Readonly<Record<string, string>> = { U: 'username', '2': 'salt2' };
const HEX_MARK = 'HEX$';

/** What follows the hash: the salt, and after `$$` and a mark other fields. */
function readFields(digest: string, start: number): Record<string, Uint8Array> {
  const fields: Record<string, Uint8Array> = {};
  if (start === digest.length) return fields;
  let name = 'salt';
  let at = start + 1;
  for (;;) {
    const next = nextMark(digest, at);
    if (at < next || name !== 'salt' || next === digest.length) fields[name] = decodeField(digest, at, next, name);
    if (next === digest.length) return fields;
    name = MARKS[digest[next + 2] as string] as string;
    at = next + 3;
  }
}

function nextMark(digest: string, from: number): number {
  // The "$" before the salt and the first of a mark that follows at once are one.
  for (let i = Math.max(0, from - 1); i + 2 < digest.length; i++) {
    if (digest[i] === '$' && digest[i + 1] === '$' && Object.hasOwn(MARKS, digest[i + 2] as string))
      return Math.max(i, 0);
  }
  return digest.length;
}

function decodeField(digest: string, start: number, end: number, name: string): Uint8Array {
  if (digest.startsWith(HEX_MARK, start)) return decodeHex(digest, start + HEX_MARK.length, end, name);
  return utf8(digest.slice(start, end));
}

function printDynamic({ salt, hash, context }: Parsed<Params, DynamicContext>): string {
  const { fields, scheme } = context;
  const needs = scheme.compiled.needs;
  const parts = [`${DIGEST_START}${scheme.recipe.text}@${encodeHex(hash)}`];
  if (needs.includes('salt')) parts.push(`$${printField(salt)}`);
  for (const [mark, name] of Object.entries(MARKS)) {
    const value = fields[name];
    if (value !== undefined && needs.includes(name)) parts.push(`$$${mark}${printField(value)}`);
  }
  return parts.join('');
}

/** As text where that is read back as it is. */
function printField(bytes: Uint8Array): string {
  const text = utf8Text(bytes);
  const plain = text !== undefined && /^[^$\p{Cc}]*$/u.test(text);
  return plain ? text : HEX_MARK + encodeHex(bytes);
}

/** Fields that hold a salt, recognised by their names, and by values that look like one next to a bare hash. */
import { isRecord, type JsonRecord } from '../../encoding/json.js';
import { isDisabledMarker } from '../../recognize/disabled.js';
import type { FieldReader, Sample } from './contract.js';

/** Settings of a salt: they are not salts themselves. */
const SETTING = /(?:rounds|len|length|size|cost|bytes|format|encoding|separator)$/;
const EXACT = new Set(['sal', 'sel', 'nonce', 'passwordnonce', 'passwdnonce', 'hashnonce', 'passwordseed', 'hashseed']);
/** A yes or no, or a place, rather than a value. */
const SWITCH = /^(?:(?:is|has|uses?|with)?(?:salted|peppered)|(?:has|uses?|with)(?:salt|pepper))$|position$|order$/;
const OFF = /^(?:none|no|false|f|n|0|off)$/i;
const MAX_REMEMBERED = 1000;
const MAX_DEPTH = 5;
/** Values of one record that are looked at. */
const MAX_VALUES = 500;

const known = new Map<string, boolean>();

/** Case and separators are ignored; of a path the last name counts. */
export function isSaltName(name: string): boolean {
  let is = known.get(name);
  if (is === undefined) {
    const word = findWord(name);
    is = EXACT.has(word) || (/salt|salz|pepper/.test(word) && !SETTING.test(word));
    if (known.size < MAX_REMEMBERED && name.length < 200) known.set(name, is);
  }
  return is;
}

function findWord(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}

/** Whether the text in such a field says that there is a salt. */
export function isFilledSalt(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '') return false;
  if (isSaltSwitch(name)) return !OFF.test(text) && !isDisabledMarker(text);
  return !/^(?:null|\\N|undefined|nil|none)$/i.test(text);
}

/** Whether such a field says that there is a salt, or where, and holds none. */
export function isSaltSwitch(name: string): boolean {
  return SWITCH.test(findWord(name));
}

/** The first of these columns in which a row has a salt. */
export function saltIn(field: FieldReader, names: readonly string[]): string | undefined {
  return names.find((name) => isFilledSalt(name, field(name)));
}

/** The path of the first salt anywhere in a record of JSON, without the fields that hold the digest. */
export function saltWithin(record: JsonRecord, apart: ReadonlySet<string>): string | undefined {
  let left = MAX_VALUES;
  function within(at: JsonRecord, path: string, depth: number): string | undefined {
    for (const [key, value] of Object.entries(at)) {
      if (left-- <= 0) return undefined;
      const name = path === '' ? key : `${path}.${key}`;
      if (apart.has(name)) continue;
      if (isSaltName(key) && holdsSalt(key, value)) return name;
      for (const one of Array.isArray(value) ? value : [value]) {
        const found = isRecord(one) && depth < MAX_DEPTH ? within(one, name, depth + 1) : undefined;
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
  return within(record, '', 0);
}

function holdsSalt(name: string, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return isFilledSalt(name, String(value));
}

const ITERATIONS = /^(?:hash|password|passwd|pw|digest|pass)?(?:iterations?|iterationcount|rounds|stretches)$/;

/** A number of iterations, which a hash of the password alone has not. */
export function isIterationsName(name: string): boolean {
  return ITERATIONS.test(findWord(name));
}

export function isIterated(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,9}$/.test(text) && Number(text) > 1;
}

/** A hash and nothing else: hexadecimal or Base64 of a length that hash functions have, or of a derived key. */
export function isBareHash(text: string): boolean {
  const digits = text.replace(/^(?:\{[A-Za-z0-9-]{2,12}\}|0x|\\x)/, '');
  return /^(?:[0-9A-Fa-f]{2}){12,1024}$/.test(digits) || /^[A-Za-z0-9+/_.-]{22,2048}={0,2}$/.test(digits);
}

/** Hexadecimal of MD5, SHA-1, SHA-224 to SHA-512. */
const PLAIN_HASH =
  /^(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})$/;
const MIN_ROWS = 3;
/** Values that are random for other reasons. */
const OTHER =
  /(?:id|uid|guid|uuid|token|key|code|session|stamp|otp|hash|digest|password|passwd|pwd|pass|mail|name|user|login|phone|date|time|url|uri|ip|address|version|secret|cookie|serial|number|ref|slug|avatar|image|picture|hmac|checksum|signature|fingerprint|method|algorithm|scheme|type|role|status|lang|locale|country|zip|postal|city|title)s?$/;

/** What begins a digest with a salt of its own. */
const CRYPT = /^(?:\$|\{[A-Za-z0-9-]+\})/;

/**
 * A column next to that of bare hashes whose values are short, random and different in each row, though its name
 * says nothing of a salt.
 */
export function saltByContent({ header, records }: Sample): string | undefined {
  const names = header ?? Object.keys(records[0]?.record ?? {});
  for (const [i, digest] of names.entries()) {
    const hashed = records.filter(({ field }) => PLAIN_HASH.test(field(digest) ?? ''));
    if (hashed.length < MIN_ROWS) continue;
    for (const name of [names[i + 1], names[i - 1]]) {
      if (name === undefined || isSaltName(name) || OTHER.test(findWord(name))) continue;
      if (areRandom(hashed.map(({ field }) => field(name) ?? ''))) return name;
    }
  }
  return undefined;
}

function areRandom(all: readonly string[]): boolean {
  const values = all.filter((value) => isFilledSalt('', value));
  if (values.length < MIN_ROWS || 2 * values.length < all.length) return false;
  const [first = ''] = values;
  // Short ones meet by chance.
  if (first.length < 3 || first.length > 64 || new Set(values).size < Math.ceil(0.9 * values.length)) return false;
  if (!values.every((value) => value.length === first.length && /^[!-~]+$/.test(value) && !CRYPT.test(value)))
    return false;
  // Words, numbers and dates are not salts: characters of several kinds in most of the values.
  const kinds = (value: string) => [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  const mixed = values.filter((value) => kinds(value) > 1 && !/^\d+[-/.:]\d/.test(value));
  return 2 * mixed.length > values.length && hasEntropy(values.join(''));
}

/** More kinds of characters, more evenly spread, than in words. */
function hasEntropy(text: string): boolean {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits > 3;
}

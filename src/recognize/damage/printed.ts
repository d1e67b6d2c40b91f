/** What languages, databases and spreadsheets print around a text or its bytes. */
import { utf8, utf8Text } from '../../encoding/bytes.js';
import { isRecord, parseJson } from '../../encoding/json.js';
import { around, type Damage, type Recogniser } from './contract.js';
import { decodeDigest, decoded } from './encoded.js';

/** The prefix of a literal, before its quotes, and its language. */
const LITERALS: readonly (readonly [pattern: RegExp, name: string, what: string])[] = [
  [/^(?:b|B|rb|br|Rb|bR)(?=['"])/, 'python-bytes', 'a Python bytes literal'],
  [/^(?:u|U|r|R|ur|f)(?=['"])/, 'python-string', 'a Python string literal'],
  [/^[xX](?=['"])/, 'sql-hexadecimal', 'an SQL hexadecimal literal'],
  [/^(?:N|E|e|_binary ?|_utf8(?:mb[34])? ?|_latin1 ?)(?=['"])/, 'sql-string', 'an SQL string literal'],
  [/^@(?=")/, 'c-string', 'a C# or Objective-C string literal'],
  [/^\$(?=['"])/, 'shell-quotes', 'shell quotes'],
  [/^:(?=['"])/, 'ruby-symbol', 'a Ruby symbol'],
  [/^=(?="")/, 'formula', 'a spreadsheet formula'],
  [/^=(?=")/, 'formula', 'a spreadsheet formula'],
];

export const literal: Recogniser = (text) => {
  for (const [prefix, name, what] of LITERALS) {
    const found = prefix.exec(text);
    if (found === null) continue;
    const digest = unquoted(text.slice(found[0].length).replace(/(?<=['"]);$/, ''));
    return digest === undefined ? undefined : around(name, what, digest);
  }
  return undefined;
};

/** Between a pair of quotes, doubled as CSV has them or not, with the escapes that languages put before a quote. */
function unquoted(text: string): string | undefined {
  const found = /^(""|"|'|`)([\s\S]*)\1$/.exec(text);
  return found?.[2]?.replace(/\\(["'\\])/g, '$1');
}

/** PHP says how long a text is: one of another length is damaged in another way. */
export const php: Recogniser = (text) => {
  const found =
    /^string\((\d+)\) "([\s\S]*)"$/.exec(text) ??
    /^(?:a:1:\{s:\d+:"\w+";)?s:(\d+):"([^"]*)";?\}?$/.exec(text) ??
    /^(?:a:1:\{s:\d+:"\w+";)?s:(\d+):"([\s\S]*)";?\}?$/.exec(text);
  if (found === null) return undefined;
  const digest = found[2] as string;
  if (utf8(digest).length !== Number(found[1])) return undefined;
  return text.startsWith('string')
    ? around('php-var-dump', 'the output of PHP var_dump()', digest)
    : around('php-serialize', 'PHP serialize()', digest);
};

/** Functions, constructors and variants of a type that hold a text or bytes. What changes a text is not among them. */
const HOLDERS =
  /^(?:new )?((?:[a-z_][\w]*[.:]+)*(?:bytes|bytearray|memoryview|str|text|string|value|binary|bindata|hexdata|hexbytes|buffer\.from|buffer|from|createfrombase64|createfromhexstring|some|just|ok|right|present|optional|option|unhex|hextoraw|from_base64|frombase64|to_binary|decode|bytestring|uint8array|objectid|jstring|json|secret|secretstr|markup|safestring|nullstring|sqlstring|\[\]byte|\[\]uint8|uint8array\.from))\s*\(([\s\S]*)\);?$/i;
const FIRST_NUMBER = /^\s*\d+\s*,\s*/;
const LAST_WORD =
  /,\s{0,8}(?:\d{1,9}|(?:encoding\s*=\s*)?(['"]?)(?:hex|base64|base64url|utf-?8|ascii|latin-?1|binary|b)\1)\s*$/i;

/** `Some("…")`, `bytearray(b'…')`, `BinData(0,"…")`, `Buffer.from("…", "hex")`. */
export const call: Recogniser = (text) => {
  const found = HOLDERS.exec(text);
  if (found === null) return undefined;
  const argument = (found[2] as string).replace(FIRST_NUMBER, '').replace(LAST_WORD, '').trim();
  const digest = unquoted(argument) ?? literal(argument)?.digest ?? argument;
  return around('call', shortName(found[1] as string), digest);
};

/** Without its module, and no longer than what may pass for a piece of a digest. */
function shortName(name: string): string {
  const short = name.replace(/^.*[.:](?=[a-z])/i, '');
  return short.length > MAX_NAME_CHARS ? 'a function' : `${short}(…)`;
}

const MAX_NAME_CHARS = 10;

const HASKELL = /^(?:Just|Some|Right|Ok|Option)\s+(?=["'])/;
/** Elixir's tuple, Perl's Data::Dumper, R's vectors, a tag of YAML. */
const LEADS: readonly (readonly [pattern: RegExp, name: string, what: string])[] = [
  [HASKELL, 'functional-value', 'a Haskell, OCaml or F# value'],
  [/^\[1\]\s+(?=["'])/, 'r-vector', 'an R vector'],
  [/^!{1,2}(?:binary|str|ruby\/\w+|python\/\w+)\s+(?:\|-?\s+)?/, 'yaml-tag', 'a YAML tag'],
  [/^\$VAR\d+\s*=\s*(?=['"])/, 'data-dumper', 'a Data::Dumper variable'],
  [/^["']?[A-Za-z_][\w.-]{0,40}["']?\s*(?::=|=>|=|:)\s*(?=["'])/, 'assignment', 'a name and an assignment'],
];

export const lead: Recogniser = (text) => {
  for (const [pattern, name, what] of LEADS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    if (isOfAnotherField(found[0])) return undefined;
    const rest = text.slice(found[0].length).replace(/(?<=["'])[;,]$/, '');
    return around(name, what, unquoted(rest) ?? rest);
  }
  return undefined;
};

/** Sixteen bytes in hexadecimal are also an id, a salt or a token; their name says so. */
function isOfAnotherField(name: string): boolean {
  return /salt|pepper|nonce|token|uuid|guid|session/i.test(name) || /(?:^|[^A-Za-z])ids?\b|[a-z]Ids?\b|ID\b/.test(name);
}

const TUPLE = /^\{:ok,\s*("[\s\S]*")\}$/;
const CAST = /^(['"][\s\S]*['"])::[\w ]+(?:\(\d+\))?(?:\[\])?$/;
const ELEMENT = /^<([A-Za-z][\w:-]*)(?: [^<>]*)?>([^<>]*)<\/\1>$/;
const CDATA = /^<!\[CDATA\[([\s\S]*)\]\]>$/;
const OPTIONAL = /^(?:Optional|Option|Some|Present)\[([\s\S]*)\]$/;
const ERLANG = /^<<\s*"([^"]*)"(?:\/utf8)?\s*>>$/;

export const markup: Recogniser = (text) => {
  const tuple = TUPLE.exec(text);
  if (tuple !== null) return around('elixir-tuple', 'an Elixir tuple', unquoted(tuple[1] as string) as string);
  const cast = CAST.exec(text);
  if (cast !== null) return around('sql-cast', 'an SQL cast', unquoted(cast[1] as string) ?? (cast[1] as string));
  const element = ELEMENT.exec(text);
  if (element !== null && isOfAnotherField(element[1] as string)) return undefined;
  if (element !== null) return around('element', 'an XML or HTML element', element[2] as string);
  const cdata = CDATA.exec(text);
  if (cdata !== null) return around('cdata', 'XML CDATA', cdata[1] as string);
  const optional = OPTIONAL.exec(text);
  if (optional !== null) return around('java-optional', 'a Java Optional', optional[1] as string);
  const erlang = ERLANG.exec(text);
  return erlang === null ? undefined : around('erlang-binary', 'an Erlang binary', erlang[1] as string);
};

/** A text of JSON with its escapes, a list of one, or an object that holds one text or bytes. */
export const json: Recogniser = (text) => {
  if (!/^[["{]/.test(text)) return undefined;
  const value = parseJson(text);
  if (typeof value === 'string') {
    return text.includes('\\') ? around('json-string', 'a JSON string', value) : undefined;
  }
  const held = heldBy(value);
  return held === undefined ? undefined : around('json', 'JSON', held);
};

function heldBy(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (value.length === 1 && typeof value[0] === 'string') return value[0];
    return textOfNumbers(value);
  }
  if (!isRecord(value)) return undefined;
  if (value['type'] === 'Buffer' && Array.isArray(value['data'])) return textOfNumbers(value['data']);
  if ('$binary' in value) return binary(value['$binary']);
  if (value['Valid'] === true && typeof value['String'] === 'string') return value['String'];
  const names = Object.keys(value);
  const [only] = Object.values(value);
  if (names.length === 1 && typeof only === 'string') return isOfAnotherField(names[0] as string) ? undefined : only;
  return names.length > 1 && names.every((name, i) => name === String(i))
    ? textOfNumbers(Object.values(value))
    : undefined;
}

/** MongoDB's extended JSON, versions 1 and 2. */
function binary(value: unknown): string | undefined {
  const text = isRecord(value) ? value['base64'] : value;
  if (typeof text !== 'string') return undefined;
  const bytes = decoded(text);
  return bytes && decodeDigest(bytes);
}

function textOfNumbers(numbers: readonly unknown[]): string | undefined {
  if (numbers.length < MIN_BYTES) return undefined;
  if (!numbers.every((one) => Number.isInteger(one) && (one as number) >= 0 && (one as number) <= 255))
    return undefined;
  return decodeDigest(Uint8Array.from(numbers as number[]));
}

const MIN_BYTES = 16;
/** The name of a list of bytes before it, and what closes it. */
const BYTE_LIST =
  /^(?:(?:new )?(?:Uint8Array|Buffer|bytes|bytearray|array|\[\]byte|\[\]uint8|byte\[\])(?:\.from|\.of)?(?:\(\d+\))?\s*)?(?:\(\s*(?:'B'\s*,\s*)?)?([<[{(]{0,2})([\s\S]*?)([>\]})]{0,2})\)?$/;

/** Bytes as numbers: `<Buffer 24 32 …>`, `Uint8Array(60) [ 36, 50, … ]`, Go's `[36 50 …]`, JavaScript's `36,50,…`. */
export const bytes: Recogniser = (text) => {
  const bare = /^<Buffer ([^<>]*)>$/.exec(text)?.[1] ?? BYTE_LIST.exec(text)?.[2]?.trim() ?? '';
  // Without blanks in the pattern: it would be tried at each of them.
  const inner = bare
    .replace(/^[<[{(]\s*/, '')
    .replace(/[>\]})]$/, '')
    .trimEnd();
  const digest = ofPairs(inner) ?? ofNumbers(inner);
  return digest === undefined ? undefined : around('byte-list', 'a list of bytes', digest, 'decode the bytes as text');
};

function ofPairs(text: string): string | undefined {
  if (!/^(?:[0-9a-f]{2}[ :-]){15,}[0-9a-f]{2}$/i.test(text)) return undefined;
  return decodeDigest(Uint8Array.from(text.split(/[ :-]/), (pair) => Number.parseInt(pair, 16)));
}

function ofNumbers(text: string): string | undefined {
  if (!/^(?:(?:0x[0-9a-f]{1,2}|\d{1,3})(?:\s*,\s*|\s+)){15,}(?:0x[0-9a-f]{1,2}|\d{1,3}),?$/i.test(text))
    return undefined;
  return textOfNumbers(
    text
      .replace(/,$/, '')
      .split(/[\s,]+/)
      .map(Number),
  );
}

const SCHEME = /^\{([\w.@-]{2,40})\}(?=\S)/;
/** Schemes that say what the digest says itself, and how it says that. */
const SAID: readonly (readonly [scheme: RegExp, signature: RegExp])[] = [
  [/^crypt$/i, /^\$/],
  [/^(?:bcrypt|blf-crypt)$/i, /^\$2[abxy]?\$/],
  [/^argon2$/i, /^\$argon2/],
  [/^argon2i$/i, /^\$argon2i\$/],
  [/^argon2id$/i, /^\$argon2id\$/],
  [/^phpass$/i, /^\$[PH]\$/],
  [/^pbkdf2[-_]?(?:hmac[-_]?)?sha-?1$/i, /^\$?pbkdf2[-_:]?sha1/],
  [/^pbkdf2[-_]?(?:hmac[-_]?)?sha-?256$/i, /^\$?pbkdf2[-_:]?sha256/],
  [/^pbkdf2[-_]?(?:hmac[-_]?)?sha-?512$/i, /^\$?pbkdf2[-_:]?sha512/],
  [/^pbkdf2$/i, /^\$?pbkdf2/],
  [/^scrypt$/i, /^\$?scrypt/],
  [/^md5$/i, /^\$?md5\$/],
  [/^sha-?256$/i, /^\$?sha256\$/],
  [/^sha-?512$/i, /^\$?sha512[$_]/],
];

/** `{BCRYPT}` before a digest that says so itself. One that says otherwise has two readings. */
export const scheme: Recogniser = (text) => {
  const found = SCHEME.exec(text);
  if (found === null) return undefined;
  const signature = SAID.find(([name]) => name.test(found[1] as string))?.[1];
  const digest = text.slice(found[0].length);
  // OpenLDAP's argon2 module and some exports write Base64 of the whole digest after the scheme.
  const plain = /^J[A-Za-z0-9+/]{40}/.test(digest) ? decodeBase64Text(digest) : digest;
  if (signature === undefined || plain === undefined || !signature.test(plain)) return undefined;
  const problem = 'a scheme name in braces before the digest';
  return { name: 'scheme', digest, offset: 0, problem, fix: 'remove the scheme' } satisfies Damage;
};

function decodeBase64Text(base64: string): string | undefined {
  const bytes = decoded(base64);
  return bytes && utf8Text(bytes);
}

/** A whole digest in another encoding: of bytes, of URLs, of mail, of markup, of a program's text. */
import { type Base64, base64, base64Lenient, base64Unpadded, decodeBase64 } from '../../encoding/base64.js';
import { utf8Text } from '../../encoding/bytes.js';
import { decodeHex, encodeHex, isHex } from '../../encoding/hex.js';
import { DigestError } from '../../errors.js';
import { type Damage, encodedAs, type Recogniser } from './contract.js';

/** No control but the line end that `echo` appends. Salts and peppers may have blanks, and letters beyond ASCII. */
const PRINTABLE = /^[^\p{Cc}]+[\r\n]*$/u;
const HEX_SIGNS = ['\\\\x', '\\x', '0x', '0X', ''];
/** MD5, SHA-1, SHA-256 and SHA-512: a bare hash that is stored as bytes. */
const HASH_BYTES = [16, 20, 32, 64];

/** The digest that bytes hold: its text, or the hash itself. */
export function decodeDigest(bytes: Uint8Array): string | undefined {
  const text = utf8Text(bytes)?.replace(/\0+$/, '');
  if (text !== undefined && PRINTABLE.test(text)) return text;
  return HASH_BYTES.includes(bytes.length) ? encodeHex(bytes) : undefined;
}

function decodeText(bytes: Uint8Array): string | undefined {
  // Of random bytes, and to find out by an exception that they are not UTF-8 is slow.
  if (bytes.some((byte) => byte < 0x20 && byte !== 10 && byte !== 13)) return undefined;
  const text = utf8Text(bytes);
  return text !== undefined && PRINTABLE.test(text) ? text : undefined;
}

/** PostgreSQL shows bytea so, `COPY` doubles the backslash, MySQL writes 0x, and HEX() nothing. */
export const hexadecimal: Recogniser = (text) => {
  const sign = HEX_SIGNS.find((one) => text.startsWith(one)) as string;
  if (!isHex(text, sign.length)) return undefined;
  const bytes = decodeHex(text, sign.length, text.length, 'digest');
  const digest = sign === '' ? decodeText(bytes) : decodeDigest(bytes);
  if (digest === undefined) return undefined;
  return sign.endsWith('\\x')
    ? {
        name: 'bytea',
        digest,
        offset: 0,
        problem: 'the digest is encoded in hexadecimal, as PostgreSQL shows bytea',
        fix: "export the column as text: convert_from(column, 'UTF8')",
      }
    : {
        name: 'hexadecimal',
        digest,
        offset: 0,
        problem: 'the digest is encoded in hexadecimal',
        fix: 'decode it from hexadecimal',
      };
};

/** Base64 of the text: userPassword:: of LDIF, and exports that encode everything. */
export const base64Again: Recogniser = (text) => {
  if (text.length < MIN_BASE64_CHARS || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  const bytes = decoded(text);
  const digest = bytes && decodeText(bytes);
  if (digest === undefined) return undefined;
  return {
    name: 'base64',
    digest,
    offset: 0,
    problem: 'the digest is encoded in Base64, as in LDIF',
    fix: 'decode it from Base64',
  };
};

/** MD5 in Base64. Thirty-two bytes of SHA-256 look like hmac_sha256_utf16_b64, so they are left. */
export const base64Hash: Recogniser = (text) => {
  if (!/^[A-Za-z0-9+/_-]{22}==$/.test(text)) return undefined;
  const bytes = decoded(text);
  if (bytes === undefined) return undefined;
  return {
    name: 'base64-hash',
    digest: encodeHex(bytes),
    offset: 0,
    problem: 'the hash is Base64 instead of hexadecimal',
    fix: 'write the hash in hexadecimal',
  };
};

/** Of 32 hexadecimal digits, the shortest digest. */
const MIN_BASE64_CHARS = 43;

/** The bytes of any spelling of Base64. */
export function decoded(text: string): Uint8Array | undefined {
  const padding = text.endsWith('=') || text.length % 4 === 0 ? 'required' : 'none';
  const variant: Base64 = /[-_]/.test(text)
    ? { ...base64Lenient, padding }
    : padding === 'required'
      ? base64
      : base64Unpadded;
  try {
    return decodeBase64(text, 0, text.length, 'digest', variant);
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

/** What encodes a "%" encodes each "$" as well: John's invalid `%2a$10$…` is not a locked account `*$10$…`. */
export const percent: Recogniser = (text) => {
  const offset = text.search(/%[0-9A-F]{2}/i);
  if (offset === -1 || text.includes('$')) return undefined;
  try {
    return encodedAs('url', 'URL encoding', decodeURIComponent(text), offset);
  } catch {
    return undefined;
  }
};

/** Each "=" of quoted-printable is followed by two capital digits or by a line end: a "=" of a digest is neither. */
export const quotedPrintable: Recogniser = (text) => {
  const offset = text.indexOf('=');
  if (offset === -1 || /=(?![0-9A-F]{2}|\r?\n)/.test(text)) return undefined;
  const digest = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return encodedAs('quoted-printable', 'quoted-printable', digest, offset);
};

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['dollar', '$'],
  ['equals', '='],
  ['plus', '+'],
  ['sol', '/'],
  ['period', '.'],
  ['comma', ','],
  ['colon', ':'],
  ['lowbar', '_'],
  ['lbrace', '{'],
  ['lcub', '{'],
  ['rbrace', '}'],
  ['rcub', '}'],
  ['num', '#'],
]);
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,8}));/g;

export const entities: Recogniser = (text) => {
  const offset = text.search(ENTITY);
  if (offset === -1) return undefined;
  let known = true;
  const digest = text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const character =
      name === undefined ? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined) : ENTITIES.get(name);
    known &&= character !== undefined;
    return character ?? '';
  });
  return known ? encodedAs('entities', 'HTML entities', digest, offset) : undefined;
};

/** `$` and the like in JSON, JavaScript, Java and C, `\x24` and `\44` in others. */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([0-7]{3}))/g;

export const escapes: Recogniser = (text) => {
  const offset = text.search(ESCAPE);
  if (offset === -1) return undefined;
  const digest = text.replace(ESCAPE, (all, u?: string, braced?: string, x?: string, octal?: string) => {
    const code = octal === undefined ? Number.parseInt(u ?? braced ?? x ?? '', 16) : Number.parseInt(octal, 8);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
  const problem = 'characters of the digest as escape sequences';
  return { name: 'escapes', digest, offset, problem, fix: 'decode the escape sequences' };
};

/** A shell's or a template's "\$"; "\/" is how PHP writes "/" in JSON, "\"" what is left of a text within a text. */
export const backslashes: Recogniser = (text) => {
  const offset = text.search(/\\[$/"'{}=+#:]/);
  if (offset === -1) return undefined;
  return {
    name: 'backslashes',
    digest: text.replace(/\\([$/"'{}=+#:])/g, '$1'),
    offset,
    problem: `backslashes before "${text[offset + 1]}"`,
    fix: 'remove the backslashes',
  };
};

/** Docker Compose and Make write "$" as "$$". */
export const doubledDollars: Recogniser = (text) => {
  const runs = text.match(/\$+/g) ?? [];
  if (runs.length < 2 || runs.some((run) => run.length % 2 === 1)) return undefined;
  const offset = text.indexOf('$') + 1;
  return {
    name: 'doubled-dollars',
    digest: text.replaceAll('$$', '$'),
    offset,
    problem: 'every "$" twice',
    fix: 'write each "$" once',
  };
};

/** In double quotes a shell replaces $2b by nothing, or $2 and keeps the "b". */
export const shellAteVariant: Recogniser = (text): Damage | undefined => {
  const found = /^([abxy]?)\$\d\d\$[./A-Za-z0-9]{53}$/.exec(text);
  if (found === null) return undefined;
  const lost = found[1] === '' ? '$2b' : '$2';
  return {
    name: 'shell-variant',
    digest: lost + text,
    offset: 0,
    problem: `"${lost}" is missing: a shell expanded it in double quotes`,
    fix: `insert "${lost}" before the digest`,
  };
};

/** What exports, shells and databases do to whole digests, and how to undo it. */
import { base64, decodeBase64 } from '../encoding/base64.js';
import { utf8Text } from '../encoding/bytes.js';
import { decodeHex, isHex } from '../encoding/hex.js';
import { DigestError } from '../errors.js';

/** A damage that was recognised. */
export interface Damage {
  /** The digest as it was. */
  readonly digest: string;
  /** Where in the damaged text. */
  readonly offset: number;
  readonly problem: string;
  readonly fix: string;
}

type Recogniser = (text: string) => Damage | undefined;

const PRINTABLE = /^[\x21-\x7e]+$/;
const QUOTES = ['"', "'", '`'];

const byteOrderMark: Recogniser = (text) =>
  text.startsWith('\ufeff')
    ? {
        digest: text.slice(1),
        offset: 0,
        problem: 'a byte order mark (U+FEFF) before the digest',
        fix: 'remove the byte order mark',
      }
    : undefined;

const whiteSpace: Recogniser = (text) => {
  const digest = text.replace(/^[\s\0]+|[\s\0]+$/g, '');
  if (digest === text || digest === '') return undefined;
  const leading = text.length - text.replace(/^[\s\0]+/, '').length;
  const offset = leading > 0 ? 0 : digest.length;
  const what = /[\r\n]/.test(leading > 0 ? text.slice(0, leading) : text.slice(digest.length))
    ? 'a line end'
    : 'white space';
  const where = leading > 0 ? 'before' : 'after';
  return { digest, offset, problem: `${what} ${where} the digest`, fix: `remove ${what} ${where} the digest` };
};

const quotes: Recogniser = (text) => {
  const quote = text[0] as string;
  if (text.length < 3 || !QUOTES.includes(quote) || !text.endsWith(quote)) return undefined;
  return { digest: text.slice(1, -1), offset: 0, problem: 'quotes around the digest', fix: 'remove the quotes' };
};

const bytea: Recogniser = (text) => {
  if (!text.startsWith('\\x') || !isHex(text, 2)) return undefined;
  const digest = utf8Text(decodeHex(text, 2, text.length, 'digest'));
  if (digest === undefined || !PRINTABLE.test(digest)) return undefined;
  const fix = "export the column as text: convert_from(column, 'UTF8')";
  return { digest, offset: 0, problem: 'the digest in hexadecimal, as PostgreSQL shows bytea', fix };
};

/** Base64 of a text with "$" or "{": userPassword:: of LDIF, and exports that encode everything. */
const base64Again: Recogniser = (text) => {
  if (!/^(?:JD|e1|e0|cGJrZGYy|c2NyeXB0|YmNyeXB0)/.test(text)) return undefined;
  try {
    const digest = utf8Text(decodeBase64(text, 0, text.length, 'digest', base64));
    if (digest === undefined || !PRINTABLE.test(digest)) return undefined;
    return { digest, offset: 0, problem: 'the digest in Base64 once more, as in LDIF', fix: 'decode it from Base64' };
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
};

const percent: Recogniser = (text) => {
  const offset = text.search(/%24|%7B/i);
  if (offset === -1) return undefined;
  try {
    return {
      digest: decodeURIComponent(text),
      offset,
      problem: 'the digest in URL encoding',
      fix: 'decode it from URL encoding',
    };
  } catch {
    return undefined;
  }
};

const backslashes: Recogniser = (text) => {
  const offset = text.indexOf('\\$');
  if (offset === -1) return undefined;
  return {
    digest: text.replaceAll('\\$', '$'),
    offset,
    problem: 'backslashes before "$"',
    fix: 'remove the backslashes',
  };
};

/** Docker Compose and Make write "$" as "$$". */
const doubledDollars: Recogniser = (text) =>
  /^\$\$[0-9A-Za-z]+\$\$/.test(text)
    ? { digest: text.replaceAll('$$', '$'), offset: 1, problem: 'every "$" twice', fix: 'write each "$" once' }
    : undefined;

/** In double quotes a shell replaces $2b by nothing, or $2 and keeps the "b". */
const shellAteVariant: Recogniser = (text) => {
  const found = /^([abxy]?)\$\d\d\$[./A-Za-z0-9]{53}$/.exec(text);
  if (found === null) return undefined;
  const lost = found[1] === '' ? '$2b' : '$2';
  return {
    digest: lost + text,
    offset: 0,
    problem: `"${lost}" is lost, as a shell does within double quotes`,
    fix: `put "${lost}" back in front`,
  };
};

const RECOGNISERS: readonly Recogniser[] = [
  byteOrderMark,
  whiteSpace,
  quotes,
  bytea,
  base64Again,
  percent,
  backslashes,
  doubledDollars,
  shellAteVariant,
];

/** Damages of `text` that can be undone, likeliest first. */
export function damages(text: string): Damage[] {
  return RECOGNISERS.map((recognise) => recognise(text)).filter((damage) => damage !== undefined);
}

/** A bcrypt digest in double quotes lost "$2", "$10" and the start of its salt to a shell: nothing brings it back. */
export function isShellRemnant(text: string): boolean {
  return /^[abxy]\d[./][./A-Za-z0-9]{20,56}$/.test(text);
}

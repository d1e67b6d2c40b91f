/** What exports and editors leave at the edges of a digest, and what they put into it without showing it. */
import { around, type Damage, type Recogniser } from './contract.js';

const QUOTES = ['"', "'", '`'];

export const byteOrderMark: Recogniser = (text) =>
  text.startsWith('\ufeff')
    ? {
        name: 'byte-order-mark',
        digest: text.slice(1),
        offset: 0,
        problem: 'a byte order mark (U+FEFF) before the digest',
        fix: 'remove the byte order mark',
      }
    : undefined;

export const lineEnds: Recogniser = (text) => trimmed(text, isLineEnd);

export const blanks: Recogniser = (text) => trimmed(text, isBlank);

/** Not by a regular expression: an anchored `+` at the end tries each run of blanks in the middle from each of its places. */
function trimmed(text: string, drops: (codeUnit: number) => boolean): Damage | undefined {
  let start = 0;
  let end = text.length;
  while (start < end && drops(text.charCodeAt(start))) start++;
  while (end > start && drops(text.charCodeAt(end - 1))) end--;
  if (start === 0 && end === text.length) return undefined;
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const [name, what] = describeDropped(before + after);
  const where = after === '' ? 'before' : before === '' ? 'after' : 'around';
  return {
    name: `${name}-${where}`,
    digest: text.slice(start, end),
    offset: before === '' ? end : 0,
    problem: `${what} ${where} the digest`,
    fix: `remove ${what} ${where} the digest`,
  };
}

function describeDropped(dropped: string): readonly [name: string, what: string] {
  if (dropped.includes('\n') || dropped.includes('\r')) return ['line-break', 'a line break'];
  return dropped.includes('\0') ? ['nul', 'a NUL'] : ['white-space', 'white space'];
}

function isLineEnd(codeUnit: number): boolean {
  return codeUnit === 10 || codeUnit === 13;
}

/** White space of Unicode, controls, and what has no width. */
function isBlank(codeUnit: number): boolean {
  if (codeUnit <= 32) return true;
  if (codeUnit < 127) return false;
  if (codeUnit <= 160) return true;
  if (codeUnit >= 0x2000 && codeUnit <= 0x200d) return true;
  return OTHER_BLANKS.includes(codeUnit);
}

const OTHER_BLANKS = [0xad, 0x1680, 0x200e, 0x200f, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff];

/** Soft hyphens, zero-width characters, marks of direction: copied from a page or a word processor. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

export const invisible: Recogniser = (text) => {
  const offset = text.search(INVISIBLE);
  if (offset === -1) return undefined;
  const what = 'invisible characters';
  return {
    name: 'invisible',
    digest: text.replace(INVISIBLE, ''),
    offset,
    problem: `${what} in the digest`,
    fix: `remove the ${what}`,
  };
};

/** LDIF continues after a line end and a blank, MIME and terminals after a line end. */
const FOLD = /\r?\n[ \t]?/g;

export const folded: Recogniser = (text) => {
  const offset = text.search(FOLD);
  if (offset < 1) return undefined;
  const digest = text.replace(FOLD, '');
  return { name: 'folded', digest, offset, problem: 'the digest on several lines', fix: 'join its lines' };
};

/** Pasted twice, with a line end, a blank or a comma between the two or nothing. What is bare may be one longer hash. */
export const twice: Recogniser = (text) => {
  const between = /^\r\n|^[\r\n\t ,;|]/;
  const half = Math.floor(text.length / 2);
  for (const length of [half, half - (text.length % 2 === 0 ? 1 : 0)]) {
    const digest = text.slice(0, length);
    const gap = text.slice(length, text.length - length);
    if (length < MIN_SIGNED_CHARS || !/^[${\w]/.test(digest) || !/[$}]/.test(digest)) return undefined;
    if ((gap !== '' && gap.replace(between, '') !== '') || !text.endsWith(digest)) continue;
    return { name: 'twice', digest, offset: length, problem: 'the digest twice', fix: 'remove one of the two' };
  }
  return undefined;
};

/** phpass has the shortest digest with a signature. */
const MIN_SIGNED_CHARS = 34;

/** Hexadecimal in groups, as fingerprints and memory dumps are printed. */
export const grouped: Recogniser = (text) => {
  if (!/^[0-9a-f]{2,16}(?:[ :-][0-9a-f]{2,16})+$/i.test(text)) return undefined;
  const digest = text.replace(/[ :-]/g, '');
  if (digest.length < 32) return undefined;
  const offset = text.search(/[ :-]/);
  return {
    name: 'grouped',
    digest,
    offset,
    problem: 'hexadecimal digits in groups',
    fix: 'remove the separators between the groups',
  };
};

const WITH_BLANKS = /^[!-~]+(?: {1,2}[!-~]+){1,16}$/;

/** A blank where a line was wrapped. */
export const split: Recogniser = (text) => {
  const offset = text.indexOf(' ');
  if (!/^[!-~]+ [!-~]+$/.test(text) || !isUsualWith('', text)) return undefined;
  return {
    name: 'space',
    digest: text.replace(' ', ''),
    offset,
    problem: 'a space in the digest',
    fix: 'remove the space',
  };
};

/** "+" of Base64 is a blank where a URL was decoded twice. */
export const lostPlus: Recogniser = (text) => {
  if (!WITH_BLANKS.test(text) || !isUsualWith('+', text)) return undefined;
  const problem = 'a space instead of "+", as URL decoding leaves it';
  return {
    name: 'lost-plus',
    digest: text.replaceAll(' ', '+'),
    offset: text.indexOf(' '),
    problem,
    fix: 'write "+" for each space',
  };
};

/** Of hashes and salts: Base64 without padding of 8 to 128 bytes, hexadecimal, what follows "$10$" of bcrypt and "$P$". */
const USUAL_CHARS = new Set([11, 14, 16, 22, 27, 31, 32, 38, 40, 43, 48, 53, 54, 56, 64, 70, 86, 96, 128, 171]);

/**
 * Whether fields with blanks have a length that hashes and salts have, once these are something else. Many grammars take
 * any length: a comment after a hash would make it a longer one, and a blank in a number another number.
 */
function isUsualWith(instead: '' | '+', text: string): boolean {
  return text
    .split(/[$}]/)
    .filter((field) => field.includes(' '))
    .map((field) => field.replaceAll(' ', instead).replace(/={1,2}$/, ''))
    .every((field) => USUAL_CHARS.has(field.length) && /^[A-Za-z0-9+/._-]+$/.test(field));
}

export const quotes: Recogniser = (text) => {
  const quote = text.charAt(0);
  if (text.length < 2 || !QUOTES.includes(quote) || !text.endsWith(quote)) return undefined;
  return {
    name: 'quotes',
    digest: text.slice(1, -1),
    offset: 0,
    problem: 'quotes around the digest',
    fix: 'remove the quotes',
  };
};

const PAIRS = ['“”', '„“', '„”', '””', '‘’', '‚‘', '’’', '«»', '»«', '‹›', '「」', '``', '()', '[]', '{}', '<>'];

/** Quotes of a word processor, brackets of a list, a tuple, a database's array or row, or a placeholder. */
export const pairs: Recogniser = (text) => {
  const edges = text.charAt(0) + text.charAt(text.length - 1);
  if (text.length < 3 || !PAIRS.includes(edges)) return undefined;
  // A tuple of one in Python ends in a comma.
  const digest = text.slice(1, edges === '()' && text.at(-2) === ',' ? -2 : -1);
  return /[([{<]/.test(edges)
    ? around('brackets', 'brackets', digest)
    : around('typographic-quotes', 'typographic quotes', digest);
};

/** The end of a statement or of a list's entry. */
export const punctuation: Recogniser = (text) => {
  let end = text.length;
  while (end > 0 && ENDS.includes(text.charAt(end - 1))) end--;
  if (end === 0 || end === text.length) return undefined;
  const [name, what] = text[end] === ',' ? ['comma', 'a comma'] : ['semicolon', 'a semicolon'];
  return { name, digest: text.slice(0, end), offset: end, problem: `${what} after the digest`, fix: `remove ${what}` };
};

const ENDS = [',', ';'];

/** A quoted field that was split in the wrong place keeps one of its two; spreadsheets mark text with an apostrophe. */
export const strayQuote: Recogniser = (text) => {
  const [starts, ends] = [QUOTES.includes(text.charAt(0)), QUOTES.includes(text.charAt(text.length - 1))];
  if (starts === ends || text.length < 2) return undefined;
  const where = starts ? 'before' : 'after';
  return {
    name: `stray-quote-${where}`,
    digest: starts ? text.slice(1) : text.slice(0, -1),
    offset: starts ? 0 : text.length - 1,
    problem: `a quote ${where} the digest`,
    fix: `remove the quote ${where} the digest`,
  };
};

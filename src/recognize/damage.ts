/** What exports, shells and databases do to whole digests, and how to undo it. Each recogniser reads a text once. */
import { base64, decodeBase64 } from '../encoding/base64.js';
import { utf8Text } from '../encoding/bytes.js';
import { decodeHex, isHex } from '../encoding/hex.js';
import { DigestError } from '../errors.js';

/** A damage that was recognised, or several, one over the other. */
export interface Damage {
  /** The digest as it was. */
  readonly digest: string;
  /** Where in the damaged text; of several, the outermost. */
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

const lineEnds: Recogniser = (text) => trimmed(text, isLineEnd);

const blanks: Recogniser = (text) => trimmed(text, isBlank);

/** Not by a regular expression: an anchored `+` at the end tries each run of blanks in the middle from each of its places. */
function trimmed(text: string, drops: (codeUnit: number) => boolean): Damage | undefined {
  let start = 0;
  let end = text.length;
  while (start < end && drops(text.charCodeAt(start))) start++;
  while (end > start && drops(text.charCodeAt(end - 1))) end--;
  if (start === 0 && end === text.length) return undefined;
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const what = kindOf(before + after);
  const where = after === '' ? 'before' : before === '' ? 'after' : 'around';
  return {
    digest: text.slice(start, end),
    offset: before === '' ? end : 0,
    problem: `${what} ${where} the digest`,
    fix: `remove ${what} ${where} the digest`,
  };
}

function kindOf(dropped: string): string {
  if (dropped.includes('\n') || dropped.includes('\r')) return 'a line end';
  return dropped.includes('\0') ? 'a NUL' : 'white space';
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

const OTHER_BLANKS = [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff];

const quotes: Recogniser = (text) => {
  const quote = text.charAt(0);
  if (text.length < 2 || !QUOTES.includes(quote) || !text.endsWith(quote)) return undefined;
  return { digest: text.slice(1, -1), offset: 0, problem: 'quotes around the digest', fix: 'remove the quotes' };
};

/** A quoted field that was split in the wrong place keeps one of its two. */
const strayQuote: Recogniser = (text) => {
  const [starts, ends] = [QUOTES.includes(text.charAt(0)), QUOTES.includes(text.charAt(text.length - 1))];
  if (starts === ends || text.length < 2) return undefined;
  const where = starts ? 'before' : 'after';
  return {
    digest: starts ? text.slice(1) : text.slice(0, -1),
    offset: starts ? 0 : text.length - 1,
    problem: `a quote ${where} the digest`,
    fix: `remove the quote ${where} the digest`,
  };
};

const HEX_SIGNS = ['\\\\x', '\\x', '0x', ''];

/** PostgreSQL shows bytea so, `COPY` doubles the backslash, MySQL writes 0x, and HEX() nothing. */
const hexadecimal: Recogniser = (text) => {
  const sign = HEX_SIGNS.find((one) => text.startsWith(one)) as string;
  if (!isHex(text, sign.length)) return undefined;
  const digest = utf8Text(decodeHex(text, sign.length, text.length, 'digest'));
  if (digest === undefined || !PRINTABLE.test(digest)) return undefined;
  return sign.endsWith('\\x')
    ? {
        digest,
        offset: 0,
        problem: 'the digest in hexadecimal, as PostgreSQL shows bytea',
        fix: "export the column as text: convert_from(column, 'UTF8')",
      }
    : { digest, offset: 0, problem: 'the digest in hexadecimal once more', fix: 'decode it from hexadecimal' };
};

/** Base64 of a text with "$" or "{": userPassword:: of LDIF, and exports that encode everything. */
const base64Again: Recogniser = (text) => {
  if (!/^(?:J[D-H]|e[0-3]|cGJrZGYy|c2NyeXB0|YmNyeXB0|YXJnb24y|c2hhNTEy)/.test(text)) return undefined;
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
  const offset = text.search(/%24|%7B|%3A/i);
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

/** A shell's or a template's "\$"; "\/" is how PHP writes "/" in JSON. */
const backslashes: Recogniser = (text) => {
  const offset = text.search(/\\[$/]/);
  if (offset === -1) return undefined;
  return {
    digest: text.replace(/\\([$/])/g, '$1'),
    offset,
    problem: `backslashes before "${text[offset + 1]}"`,
    fix: 'remove the backslashes',
  };
};

/** Docker Compose and Make write "$" as "$$". */
const doubledDollars: Recogniser = (text) => {
  const runs = text.match(/\$+/g) ?? [];
  if (runs.length < 2 || runs.some((run) => run.length % 2 === 1)) return undefined;
  const offset = text.indexOf('$') + 1;
  return { digest: text.replaceAll('$$', '$'), offset, problem: 'every "$" twice', fix: 'write each "$" once' };
};

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
  // A pepper may end in a space, so only the line end goes first.
  lineEnds,
  blanks,
  quotes,
  hexadecimal,
  base64Again,
  percent,
  backslashes,
  doubledDollars,
  shellAteVariant,
];

/** A byte order mark, quotes and a line end: more lie on one another by chance than by any export. */
const ROUNDS = 3;

/** What `text` may have been, the fewest damages first: each undone alone, then one under the other. */
export function damages(text: string): Damage[] {
  const found: Damage[] = [];
  const seen = new Set([text]);
  let reached: readonly (Damage | undefined)[] = [undefined];
  for (let round = 0; round < ROUNDS && reached.length > 0; round++) {
    const next: Damage[] = [];
    for (const outer of reached) {
      for (const recognise of RECOGNISERS) {
        const damage = recognise(outer?.digest ?? text);
        if (damage === undefined || seen.has(damage.digest)) continue;
        seen.add(damage.digest);
        next.push(outer === undefined ? damage : under(outer, damage));
      }
    }
    found.push(...next);
    reached = next;
  }
  // Alone and last: half of a pair of quotes is what is left where the wrong thing was removed first.
  const stray = strayQuote(text);
  return stray === undefined ? found : [...found, stray];
}

function under(outer: Damage, inner: Damage): Damage {
  return {
    digest: inner.digest,
    offset: outer.offset,
    problem: `${outer.problem}, then ${inner.problem}`,
    fix: `${outer.fix}, then ${inner.fix}`,
  };
}

/** A bcrypt digest in double quotes lost "$2", "$10" and the start of its salt to a shell: nothing brings it back. */
export function isShellRemnant(text: string): boolean {
  return /^[abxy]\d[./][./A-Za-z0-9]{20,56}$/.test(text);
}

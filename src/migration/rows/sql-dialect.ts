/** Whether a text is SQL, and how its texts are escaped: from its first statements. */

/** `standard`: a backslash is a character, as in SQLite and in PostgreSQL outside of E'…'. */
export interface SqlDialect {
  /** In texts a backslash escapes, `#` begins a comment, and `--` only before a blank. */
  readonly mysql: boolean;
  /** Comments nest. */
  readonly postgres: boolean;
  /** No statements: the rows of a COPY alone. */
  readonly isData: boolean;
}

const BLANK = /^[\s\uFEFF]+/;
const COMMENT = /^(?:--[^\n]*\n|#[^\n]*\n|\/\*(?!!|M!)[\s\S]*?\*\/|\\(?:un)?restrict [^\n]*\n|\\connect [^\n]*\n)/;
/** Comments whose end is further on. */
const OPEN_COMMENT = /^(?:--[^\n]*$|#[^\n]*$|\/\*(?!!|M!)[\s\S]*$|\\[a-z]*(?: [^\n]*)?$|[-/]$)/;
/** The comments of a program, which may be all where there is nothing to dump. */
const DUMP = /^-- (?:(?:MySQL|MariaDB) dump |PostgreSQL database dump|phpMyAdmin SQL Dump)/m;
/** What begins a dump. A column of a CSV may be called SET or COPY, but not SET NAMES. */
const STATEMENT = new RegExp(
  [
    '/\\*M?!\\d*[\\s\\S]*?\\*/',
    'insert\\s+(?:ignore\\s+|or\\s+\\w+\\s+)?into\\s',
    'replace\\s+into\\s',
    'create\\s+(?:or\\s+replace\\s+)?(?:table|temp|temporary|unlogged|database|schema|extension|sequence|type|function|view|index|unique)\\b',
    'drop\\s+(?:table|database|schema|view|sequence|type|index)\\s',
    'alter\\s+(?:table|database)\\s',
    'copy\\s+[^\\s,;(]+\\s*(?:\\([^)]*\\)\\s*)?from\\s+stdin',
    'set\\s+[\\w.@]+\\s*(?:=|\\sto\\s)',
    'set\\s+names\\s',
    'begin(?:\\s+transaction)?\\s*;',
    'start\\s+transaction\\s*;',
    'pragma\\s+\\w+',
    'use\\s+[`\\w]+\\s*;',
    'lock\\s+tables\\s',
    'delete\\s+from\\s',
    'truncate\\s',
    'select\\s+pg_catalog\\.',
  ]
    .map((one) => `(?:${one})`)
    .join('|'),
  'iy',
);
/** Longer than the longest of them up to where it is certain, but for names of columns. */
const STATEMENT_CHARS = 4096;
const FIRST_WORD =
  /^(?:\/\*|insert|replace|create|drop|alter|copy|set|begin|start|pragma|use|lock|delete|truncate|select)/i;

/**
 * @param whole nothing follows the beginning.
 * @returns undefined where more of the text decides.
 */
export function isSql(beginning: string, whole: boolean): boolean | undefined {
  let rest = beginning;
  for (;;) {
    const found = BLANK.exec(rest) ?? COMMENT.exec(rest);
    if (found === null) break;
    rest = rest.slice(found[0].length);
  }
  if (DUMP.test(beginning.slice(0, beginning.length - rest.length))) return true;
  STATEMENT.lastIndex = 0;
  if (STATEMENT.test(rest)) return true;
  if (whole) return false;
  if (rest === '' || OPEN_COMMENT.test(rest)) return undefined;
  return rest.length < STATEMENT_CHARS && mayBeStatement(rest) ? undefined : false;
}

/** A word that is not whole, or one that begins a statement. */
function mayBeStatement(text: string): boolean {
  const [word = ''] = /^[A-Za-z]*/.exec(text) ?? [];
  if (word === text && word.length < 9) return true;
  return FIRST_WORD.test(text) && !/^\w+[^\w\s]/.test(text);
}

export function detectSqlDialect(beginning: string): SqlDialect {
  const isMysqldump = /^-- (?:MySQL|MariaDB) dump /m.test(beginning);
  const postgres =
    !isMysqldump && (/^-- PostgreSQL database dump\s*$/m.test(beginning) || /^COPY \S.* FROM stdin/im.test(beginning));
  const mysql = isMysqldump || (!postgres && looksLikeMysql(beginning));
  return { mysql, postgres, isData: isSql(beginning.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, ''), true) === false };
}

/** Names in backquotes, comments that MySQL executes, the comments of phpMyAdmin, or a quote after a backslash. */
function looksLikeMysql(beginning: string): boolean {
  if (/^PRAGMA /im.test(beginning)) return false;
  return /\/\*M?!\d|^-- phpMyAdmin|^-- (?:Adminer|HeidiSQL)|(?:into|table|exists)\s+`|\bENGINE\s*=|\w\\'\w/im.test(
    beginning,
  );
}

/** Marks in place of a digest: the account has no usable password. They are a class of their own. */

/** No value at all, spelled by a database or a program: SQL dumps, MySQL's and PostgreSQL's copy formats, scripts. */
const NULLS: ReadonlySet<string> = new Set([
  'NULL',
  'Null',
  'null',
  '\\N',
  '[NULL]',
  '(null)',
  '<null>',
  '<nil>',
  'None',
  'nil',
  'undefined',
  'Nothing',
  'NaN',
  'N/A',
  'n/a',
  'Optional.empty',
  '{ false}',
  '{"String":"","Valid":false}',
]);
const LONGEST_NULL = Math.max(...[...NULLS].map((text) => text.length));

/** Whether the text stands for a missing digest, rather than for an account that is switched off. */
export function isNullText(text: string): boolean {
  return text.length <= LONGEST_NULL && NULLS.has(text);
}

const WORDS: ReadonlySet<string> = new Set([
  ...NULLS,
  '',
  // passwd(5): the digest is in /etc/shadow, which was not exported.
  'x',
  // shadow of Solaris: no password, locked, unusable.
  'NP',
  'LK',
  'UP',
  // Firebase's "REDACTED", where the exporting account may not see hashes; Base64, and Base64 of "REDACTED===".
  'UkVEQUNURUQ=',
  'UkVEQUNURUQ9PT0=',
]);
const MYSQL_HASH = /^\*[0-9A-Fa-f]{40}$/;
/** A scheme of LDAP or of Spring, followed by the password of a locked account. */
const LOCKED_SCHEME =
  /^\{(?:crypt|s?sha\d*|s?md5|b?crypt|blf-crypt|argon2\w*|pbkdf2[\w-]*|scrypt|noop|ldap|sasl)\}(?:[!*]|x$)/i;
/** Not a mark but YAML's tag of what follows. */
const TAG = /^!{1,2}(?:binary|str)\s/;

/** `!…` is Django's unusable and shadow's locked password, `*…` shadow's and crypt(3)'s failure (`*0`, `*1`). */
export function isDisabledMarker(text: string): boolean {
  if (WORDS.has(text)) return true;
  const first = text.charCodeAt(0);
  if (first === 123) return LOCKED_SCHEME.test(text);
  if (first === 33) return !TAG.test(text);
  return first === 42 && !MYSQL_HASH.test(text);
}

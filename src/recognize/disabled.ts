/** Marks that stand where a digest would: the account has no usable password. They are a class of their own. */

const WORDS = new Set([
  '',
  // passwd(5): the digest is in /etc/shadow, which was not exported.
  'x',
  // A database's null as text: SQL dumps, MySQL's and PostgreSQL's copy formats, scripts.
  'NULL',
  'null',
  '\\N',
  'None',
  'nil',
  'undefined',
  // Firebase's "REDACTED", where the exporting account may not see hashes; Base64, and Base64 of "REDACTED===".
  'UkVEQUNURUQ=',
  'UkVEQUNURUQ9PT0=',
]);
const MYSQL_HASH = /^\*[0-9A-Fa-f]{40}$/;

/** `!…` is Django's unusable and shadow's locked password, `*…` shadow's and crypt(3)'s failure (`*0`, `*1`). */
export function isDisabledMarker(text: string): boolean {
  if (WORDS.has(text)) return true;
  const first = text.charCodeAt(0);
  return first === 33 || (first === 42 && !MYSQL_HASH.test(text));
}

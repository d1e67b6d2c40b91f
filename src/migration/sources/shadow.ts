/**
 * /etc/shadow, and passwd files that have the digests themselves. shadow(5), passwd(5), crypt(5)
 *
 * How to get it: copy /etc/shadow as root.
 *
 *     jane:$y$j9T$…:19700:0:99999:7:::       name, digest, and seven more fields
 *
 * `*`, `!` and what begins with them is a locked account, `x` one whose digest is in the other file; an empty field is
 * an account without a password. What today's systems write (yescrypt, SHA-512-crypt) is not supported; the report
 * names it.
 *
 * What is missing: people's addresses; the id is the name of the account.
 */

import { colonLines } from './colon-lines.js';
import type { ExportSource } from './contract.js';

/** passwd(5) has 7, shadow(5) 9, BSD's master.passwd 10. */
const MIN_FIELDS = 7;

export const shadow: ExportSource = colonLines({
  name: 'shadow',
  title: '/etc/shadow',
  recognize: (count) =>
    count >= MIN_FIELDS ? `lines of ${count} fields between colons, as shadow(5) and passwd(5) have` : undefined,
});

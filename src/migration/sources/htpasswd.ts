/**
 * Apache's and nginx's password files. https://httpd.apache.org/docs/2.4/misc/password_encryptions.html
 *
 * How to get it: copy the file that AuthUserFile or auth_basic_user_file names.
 *
 *     jane:$2y$05$…       htpasswd -B: bcrypt
 *     jane:$apr1$…        htpasswd's default; {SHA}…, crypt(3): no hasher reads these
 *
 * What is missing: an id other than the name.
 */

import { colonLines } from './colon-lines.js';
import type { ExportSource } from './contract.js';

export const htpasswd: ExportSource = colonLines({
  name: 'htpasswd',
  title: "Apache's and nginx's password files",
  recognize: (count) => (count === 2 ? 'lines of a name, a colon and a digest, as htpasswd writes' : undefined),
});

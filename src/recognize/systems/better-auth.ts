/**
 * Better Auth and Lucia 3, the same scrypt. https://github.com/better-auth/utils (password.ts)
 *
 *     d76b09ff63fbb34bd2a5411699cb80da:1b2cd2629027ff715ed1e976dd9a8ef3…
 *     (1)                              (2)
 * (1) salt: 32 hexadecimal digits, taken as text
 * (2) key: 64 bytes of scrypt with N=16384, r=16, p=1 of the password in NFKC
 *
 * Lucia 2 wrote `s2:salt:key` the same way; its form without `s2:` has r=8 and a salt of 16 characters.
 */

import { utf8 } from '../../encoding/bytes.js';
import { decodeHex, isHex } from '../../encoding/hex.js';
import { scryptWerkzeug } from '../../hashers/scrypt-werkzeug.js';
import { converted, passwordForm, type System } from './contract.js';

const PARAMS = { N: 16_384, r: 16, p: 1 };
const LUCIA2_PARAMS = { N: 16_384, r: 8, p: 1 };
const KEY_DIGITS = 128;
const SHAPE = /^(s2:)?([A-Za-z0-9]{16}|[0-9a-f]{32}):([0-9a-f]{128})$/;
const NFKC = passwordForm(
  "passwords are brought into NFKC before hashing there; code of one's own with the defaults of Node's scrypt (r = 8) writes the same form",
  'try one user with a known password first; verify with normalize: "NFKC", or expect some users with accents to fail',
);

export const betterAuth: System = {
  system: 'better-auth',
  title: 'Better Auth',
  read(text) {
    const colon = text.length - KEY_DIGITS - 1;
    if (colon < 1 || text[colon] !== ':' || !isHex(text, colon + 1)) return undefined;
    const found = SHAPE.exec(text);
    if (found === null) return undefined;
    const [, lucia2, salt = '', key = ''] = found;
    const title =
      lucia2 !== undefined ? 'Lucia 2' : salt.length === 32 ? 'Better Auth or Lucia 3' : 'Lucia 2 (first form)';
    const params = lucia2 === undefined && salt.length === 16 ? LUCIA2_PARAMS : PARAMS;
    const hash = decodeHex(key, 0, key.length, 'key');
    return { ...converted(title, scryptWerkzeug, { params, salt: utf8(salt), hash }), findings: [NFKC] };
  },
};

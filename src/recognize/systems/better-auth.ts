/**
 * scrypt of Node's programs, `hexsalt:hexkey`: Better Auth, Lucia, and code of one's own.
 *
 *     d76b09ff63fbb34bd2a5411699cb80da:1b2cd2629027ff715ed1e976dd9a8ef3…
 *     (1)                              (2)
 * (1) salt: 32 hexadecimal digits, taken as text
 * (2) key: 64 bytes of scrypt
 *
 * The text does not say which of these wrote it:
 * - Better Auth (https://github.com/better-auth/utils, src/password.node.ts), Lucia 3 and oslo's Scrypt: N=16384, r=16,
 *   p=1, the password in NFKC.
 * - Programs on Node's `crypto.scrypt(password, salt, 64)`, whose defaults are N=16384, r=8, p=1
 *   (https://nodejs.org/api/crypto.html#cryptoscryptpassword-salt-keylen-options-callback), the password as it is; for
 *   example https://dev.to/farnabaz/hash-your-passwords-with-scrypt-using-nodejs-crypto-module-316k
 * - The same with the 16 bytes of the salt instead of their text: no hasher has a salt of bytes for scrypt.
 *
 * Lucia 2 (lucia 2.7, dist/utils/crypto.js) wrote `s2:salt:key` with r=16; its form without `s2:` has r=8 and a salt of 16
 * letters and digits, as the programs above have with `randomBytes(8)`.
 */

import { utf8 } from '../../encoding/bytes.js';
import { decodeHex } from '../../encoding/hex.js';
import { scryptWerkzeug } from '../../hashers/index.js';
import type { Credential } from '../../types.js';
import { type ForeignDigest, makeCredential, notePasswordForm, type System } from './contract.js';

const R16 = { N: 16_384, r: 16, p: 1 };
const R8 = { N: 16_384, r: 8, p: 1 };
const KEY_DIGITS = 128;
const SHAPE = /^(s2:)?([A-Za-z0-9]{16}|[0-9a-f]{32}):([0-9a-f]{128})$/;
/** One array for all digests, so that rows are counted by it. */
const NFKC = Object.freeze([
  notePasswordForm(
    'passwords are normalized to NFKC before hashing',
    'verify with normalize: "NFKC", or expect some users with accents to fail',
  ),
]);
const DOUBT =
  "programs on Node's crypto.scrypt with its defaults (r = 8) write the same form: check which program wrote it, or try a known password";

export const betterAuth: System = {
  system: 'better-auth',
  title: 'Better Auth',
  read(text) {
    if (text[text.length - KEY_DIGITS - 1] !== ':') return undefined;
    const found = SHAPE.exec(text);
    if (found === null) return undefined;
    const [, version, salt = '', key = ''] = found;
    const credential = (params: typeof R8): Credential =>
      makeCredential(scryptWerkzeug, { params, salt: utf8(salt), hash: decodeHex(key, 0, key.length, 'key') });
    if (version !== undefined) return { title: 'Lucia 2', credential: credential(R16), findings: NFKC };
    if (salt.length === 16) return { title: 'Lucia 2 (first form)', credential: credential(R8), findings: NFKC };
    return twofold(credential);
  },
};

function twofold(credential: (params: typeof R8) => Credential): ForeignDigest {
  return {
    title: 'Better Auth or Lucia 3',
    credential: credential(R16),
    findings: NFKC,
    doubt: DOUBT,
    others: [{ system: 'node-scrypt', title: "Node's crypto.scrypt with its defaults", credential: credential(R8) }],
  };
}

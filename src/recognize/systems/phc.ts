/**
 * PBKDF2 and scrypt as PHC strings: Kratos, Auth0, zitadel, node-pbkdf2-password-hash.
 * https://github.com/P-H-C/phc-string-format
 *
 *     $pbkdf2-sha256$i=600000,l=32$salt$hash     Base64 without padding; l may be absent
 */
import { decodeDecimal } from '../../encoding/decimal.js';
import { decodePhc } from '../../encoding/phc.js';
import { malformed } from '../../errors.js';
import { inconvertible, type Reading, type System } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const SIGNATURE = /^\$pbkdf2-?(sha1|sha256|sha512)?\$(?:v=\d+\$)?i=/;
type Prf = 'sha1' | 'sha256' | 'sha512';

export const phc: System = {
  system: 'phc',
  title: 'a PHC string',
  read(text) {
    const signature = SIGNATURE.exec(text);
    if (signature !== null) return pbkdf2(text, (signature[1] ?? 'sha1') as Prf);
    if (text.startsWith('$scrypt$')) {
      const reason =
        'writers disagree on "ln" (N or log2 N), and scrypt_werkzeug needs a text salt and 64 bytes of hash';
      return inconvertible('scrypt as a PHC string', reason);
    }
    return undefined;
  },
};

function pbkdf2(text: string, prf: Prf): Reading {
  const { params, salt, hash, hashOffset } = decodePhc(text);
  let iterations = 0;
  for (const { name, offset, start, end } of params) {
    if (name === 'i') iterations = decodeDecimal(text, start, end, 'i');
    else if (name !== 'l') throw malformed('params', offset, 'params: the parameters of PBKDF2 are i and l');
    else if (decodeDecimal(text, start, end, 'l') !== hash.length) {
      throw malformed('hash', hashOffset, `hash: ${hash.length} bytes, which is not what "l" says`);
    }
  }
  return pbkdf2Reading(`PBKDF2-${prf.toUpperCase()} as a PHC string`, prf, iterations, salt, hash);
}

/**
 * passlib's own PBKDF2 strings. https://passlib.readthedocs.io/en/stable/lib/passlib.hash.pbkdf2_digest.html
 *
 *     $pbkdf2-sha256$29000$ab64salt$ab64hash     Base64 with "." for "+", no padding
 *     $pbkdf2$131000$…                           SHA-1, 20 bytes
 *     {PBKDF2-SHA256}29000$…                     the same for LDAP
 */
import { base64Adapted, base64Unpadded, decodeBase64 } from '../../encoding/base64.js';
import { decodeDecimal } from '../../encoding/decimal.js';
import { splitFields } from '../../encoding/fields.js';
import { type ForeignDigest, refuseConversion, type System } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const MODULAR = /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?![a-z]=)/;
/** Spring's `{pbkdf2}` is followed by hexadecimal. */
const LDAP = /^\{PBKDF2(?:-(SHA1|SHA256|SHA512))?\}(?=\d+\$)/i;
type Prf = 'sha1' | 'sha256' | 'sha512';

export const passlib: System = {
  system: 'passlib',
  title: 'passlib',
  read(text) {
    const signature = MODULAR.exec(text) ?? LDAP.exec(text);
    if (signature !== null) return pbkdf2(text, signature[0].length, (signature[1] ?? 'sha1').toLowerCase() as Prf);
    if (text.startsWith('$bcrypt-sha256$')) {
      return refuseConversion(
        'passlib bcrypt_sha256',
        'its SHA-256 is Base64, that of bcrypt_sha256_django hexadecimal',
      );
    }
    if (text.startsWith('$p5k2$'))
      return refuseConversion('PBKDF2 of CTA or Dwayne Litzenberger', 'no hasher uses its Base64');
    return undefined;
  },
};

/** Of GitLab: 64 bytes in hexadecimal, which are Base64 of others as well. */
const GITLAB = /^\$pbkdf2-sha512\$\d+\$[0-9a-f]+\$[0-9a-f]{128}$/;

function pbkdf2(text: string, start: number, prf: Prf): ForeignDigest {
  if (GITLAB.test(text)) return refuseConversion('PBKDF2 of GitLab', 'its salt and hash are hexadecimal');
  const { starts, ends } = splitFields(text, '$', ['iterations', 'salt', 'hash'], start);
  const iterations = decodeDecimal(text, starts[0] as number, ends[0] as number, 'iterations');
  // The decoder of passlib takes "+" too; a field has one or the other.
  const bytes = (i: number, field: string) => {
    const [from = 0, to = 0] = [starts[i], ends[i]];
    const variant = text.slice(from, to).includes('+') ? base64Unpadded : base64Adapted;
    return decodeBase64(text, from, to, field, variant);
  };
  return pbkdf2Reading(`passlib pbkdf2_${prf}`, prf, iterations, bytes(1, 'salt'), bytes(2, 'hash'));
}

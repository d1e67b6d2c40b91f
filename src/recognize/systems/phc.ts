/**
 * PBKDF2 and scrypt as PHC strings: Kratos, Auth0, zitadel, node-pbkdf2-password-hash.
 * https://github.com/P-H-C/phc-string-format
 *
 *     $pbkdf2-sha256$i=600000,l=32$salt$hash     Base64 without padding; l may be absent
 *     $pbkdf2-sha256$v=1$i=600000$salt$hash      with a version of the writer's own, as services in .NET and Go do
 *     $pbkdf2$f=SHA256,w=600000,l=32$salt$hash   Mattermost 11: f the hash function, w the iterations
 */
import { decodeDecimal } from '../../encoding/decimal.js';
import { decodePhc } from '../../encoding/phc.js';
import { malformed } from '../../errors.js';
import { type ForeignDigest, refuseConversion, type System } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const SIGNATURE = /^\$pbkdf2-?(sha1|sha256|sha512)?\$[a-z]=/;
type Prf = 'sha1' | 'sha256' | 'sha512';

export const phc: System = {
  system: 'phc',
  title: 'a PHC string',
  read(text) {
    const signature = SIGNATURE.exec(text);
    if (signature !== null) return pbkdf2(text, (signature[1] ?? 'sha1') as Prf);
    if (text.startsWith('$scrypt$')) {
      const reason =
        '"ln" means N or log2 N depending on the writer, and scrypt_werkzeug requires a text salt and 64 bytes of hash';
      return refuseConversion('scrypt as a PHC string', reason);
    }
    return undefined;
  },
};

const MATTERMOST_PRFS: ReadonlyMap<string, Prf> = new Map([
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA512', 'sha512'],
]);

function pbkdf2(text: string, named: Prf): ForeignDigest {
  const { version, params, salt, hash, hashOffset } = decodePhc(text);
  // PBKDF2 has no versions: 1 is what writers put for their own first.
  if (version !== undefined && version !== 1) return refuseConversion('PBKDF2 as a PHC string', 'version must be 1');
  let prf: Prf | undefined = named;
  let iterations = 0;
  for (const { name, offset, start, end } of params) {
    if (name === 'i' || name === 'w') iterations = decodeDecimal(text, start, end, name);
    else if (name === 'f') prf = MATTERMOST_PRFS.get(text.slice(start, end));
    else if (name !== 'l') throw malformed('params', offset, 'unknown parameter; PBKDF2 has i and l');
    else if (decodeDecimal(text, start, end, 'l') !== hash.length) {
      throw malformed('hash', hashOffset, `hash has ${hash.length} bytes, "l" is another length`);
    }
  }
  if (iterations === 0) throw malformed('params', 0, 'missing parameter i (iterations)');
  if (prf === undefined)
    return refuseConversion('PBKDF2 of Mattermost', 'no hasher for PBKDF2 with this hash function');
  return pbkdf2Reading(`PBKDF2-${prf.toUpperCase()} as a PHC string`, prf, iterations, salt, hash);
}

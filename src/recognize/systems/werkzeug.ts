/**
 * Werkzeug (Flask) with PBKDF2, and its scrypt as others spell it. https://werkzeug.palletsprojects.com/en/stable/utils/
 *
 *     pbkdf2:sha256:600000$salt$hex        method:hash:iterations, text salt, hexadecimal hash
 *     $scrypt:32768:8:1$salt$base64        what an import guide shows of its scrypt
 */
import { decodeBase64 } from '../../encoding/base64.js';
import { decodeDecimal } from '../../encoding/decimal.js';
import { splitFields } from '../../encoding/fields.js';
import { decodeHex } from '../../encoding/hex.js';
import { malformed } from '../../errors.js';
import { decodeShownSalt, pbkdf2Sha1, pbkdf2Sha256Django, pbkdf2Sha512, scryptWerkzeug } from '../../hashers/index.js';
import { convertValues, type ForeignDigest, refuseConversion, type System } from './contract.js';

const PREFIX = 'pbkdf2:';
/**
 * scrypt as Clerk's documentation shows it: a leading "$", the hash in Base64. Werkzeug writes neither.
 * https://clerk.com/docs/reference/backend/user/create-user
 */
const PUBLISHED =
  /^(\$?)scrypt:([1-9]\d{0,8}):([1-9]\d{0,8}):([1-9]\d{0,8})\$([^$]*)\$([0-9A-Za-z+/]{86}==|[0-9A-Fa-f]{128})$/;
const BYTES = new Map([
  ['sha1', 20],
  ['sha256', 32],
  ['sha512', 64],
]);

export const werkzeug: System = {
  system: 'werkzeug',
  title: 'Werkzeug',
  read(text) {
    if (text.startsWith(PREFIX)) return pbkdf2(text);
    const published = PUBLISHED.exec(text);
    // Without the "$" and with hexadecimal it is Werkzeug's own, whose hasher explains what is wrong.
    if (published !== null && (published[1] === '$' || text.endsWith('=='))) return scrypt(published);
    if (/^sha(?:1|256|512)\$[^$]+\$[0-9a-f]+$/.test(text)) {
      return refuseConversion('Werkzeug before 2.3', 'no hasher for HMAC with the salt as key');
    }
    return undefined;
  },
};

function scrypt([, , N, r, p, salt = '', hash = '']: RegExpExecArray): ForeignDigest {
  const bytes = hash.length === 128 ? decodeHex(hash, 0, 128, 'hash') : decodeBase64(hash, 0, hash.length, 'hash');
  const params = { N: Number(N), r: Number(r), p: Number(p) };
  const values = { params, salt: decodeShownSalt(salt, 0, salt.length), hash: bytes };
  return convertValues('Werkzeug scrypt in the form of an import guide', scryptWerkzeug, values);
}

function pbkdf2(text: string): ForeignDigest {
  const { starts, ends } = splitFields(text, '$', ['method', 'salt', 'hash']);
  const [, saltAt = 0, hashAt = 0] = starts;
  const [prf = '', iterationsText] = text.slice(PREFIX.length, ends[0]).split(':');
  const title = `Werkzeug pbkdf2:${BYTES.has(prf) ? prf : '…'}`;
  const bytes = BYTES.get(prf);
  if (bytes === undefined) return refuseConversion(title, 'no hasher for PBKDF2 with this hash function');
  if (iterationsText === undefined) {
    return refuseConversion(
      title,
      'iterations are missing: they are the default of the Werkzeug version that wrote it',
    );
  }
  const iterationsAt = PREFIX.length + prf.length + 1;
  const iterations = decodeDecimal(text, iterationsAt, ends[0] as number, 'iterations');
  const salt = decodeShownSalt(text, saltAt, ends[1] as number);
  const hash = decodeHex(text, hashAt, text.length, 'hash');
  if (hash.length !== bytes) throw malformed('hash', hashAt, `hash must be ${bytes} bytes (is ${hash.length})`);
  if (prf === 'sha1') return convertValues(title, pbkdf2Sha1, { params: { iterations, keylen: bytes }, salt, hash });
  return convertValues(title, prf === 'sha256' ? pbkdf2Sha256Django : pbkdf2Sha512, {
    params: { iterations },
    salt,
    hash,
  });
}

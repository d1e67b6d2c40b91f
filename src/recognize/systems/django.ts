/**
 * Django's other hashers. https://docs.djangoproject.com/en/stable/topics/auth/passwords/
 *
 *     bcrypt$$2b$12$…                      bcrypt of the password
 *     argon2$argon2id$v=19$m=…             the PHC string of argon2-cffi
 *     scrypt$16384$salt$8$5$b64            N, text salt, r, p, 64 bytes
 *     pbkdf2_sha1$260000$salt$b64          20 bytes; the import API's pbkdf2_sha1 is hexadecimal
 *     md5$salt$hex, md5$$hex               MD5(salt ‖ password)
 */
import { decodeBase64 } from '../../encoding/base64.js';
import { decodeDecimal } from '../../encoding/decimal.js';
import { splitFields } from '../../encoding/fields.js';
import {
  argon2i,
  argon2id,
  bcrypt,
  decodeShownSalt,
  md5,
  md5Salted,
  pbkdf2Sha1,
  scryptWerkzeug,
} from '../../hashers/index.js';
import { convertValues, type ForeignDigest, refuseConversion, type System, unwrapDigest } from './contract.js';

const SHA1_BYTES = 20;
/** The import API's own pbkdf2_sha1 has a hexadecimal hash. */
const PBKDF2_SHA1 = /^pbkdf2_sha1\$\d+\$[^$]*\$[A-Za-z0-9+/]{27}=$/;
const md5SaltFirst = md5Salted({ order: 'salt-first' });

export const django: System = {
  system: 'django',
  title: 'Django',
  read(text) {
    if (text.startsWith('bcrypt$')) return unwrapDigest('Django bcrypt', bcrypt, text.slice('bcrypt$'.length));
    if (text.startsWith('argon2$')) return argon2(text.slice('argon2'.length));
    if (text.startsWith('scrypt$')) return scrypt(text);
    if (PBKDF2_SHA1.test(text)) return pbkdf2(text);
    if (text.startsWith('md5$$')) return unwrapDigest('Django md5', md5, text.slice('md5$$'.length));
    if (text.startsWith('md5$')) return saltedMd5(text.slice('md5$'.length));
    if (/^sha1\$[^$]*\$[0-9a-f]{40}$/.test(text))
      return refuseConversion('Django sha1', 'no hasher for SHA-1 of salt and password');
    if (text.startsWith('crypt$')) return refuseConversion('Django crypt', 'no hasher for crypt(3)');
    return undefined;
  },
};

/** Since Django 1.10 the field repeats the type: argon2$argon2id$… */
function argon2(text: string): ForeignDigest {
  return unwrapDigest('Django argon2', text.startsWith('$argon2i$') ? argon2i : argon2id, text);
}

function scrypt(text: string): ForeignDigest {
  const { starts, ends } = splitFields(text, '$', ['N', 'salt', 'r', 'p', 'hash'], 'scrypt$'.length);
  const [N, r, p] = [0, 2, 3].map((i) => decodeDecimal(text, starts[i] as number, ends[i] as number, 'N, r, p'));
  const salt = decodeShownSalt(text, starts[1] as number, ends[1] as number);
  const hash = decodeBase64(text, starts[4] as number, ends[4] as number, 'hash');
  return convertValues('Django scrypt', scryptWerkzeug, { params: { N, r, p }, salt, hash });
}

function pbkdf2(text: string): ForeignDigest {
  const { starts, ends } = splitFields(text, '$', ['iterations', 'salt', 'hash'], 'pbkdf2_sha1$'.length);
  const [, saltAt = 0, hashAt = 0] = starts;
  const iterations = decodeDecimal(text, starts[0] as number, ends[0] as number, 'iterations');
  const salt = decodeShownSalt(text, saltAt, ends[1] as number);
  const hash = decodeBase64(text, hashAt, text.length, 'hash');
  return convertValues('Django pbkdf2_sha1', pbkdf2Sha1, { params: { iterations, keylen: SHA1_BYTES }, salt, hash });
}

/** Django hashes the salt first, as the hasher md5_salted does where nothing else is asked of it. */
function saltedMd5(digest: string): ForeignDigest {
  return {
    ...unwrapDigest('Django md5', md5SaltFirst, digest),
    doubt: 'Werkzeug before 2.3 wrote HMAC-MD5, which is not supported, in the same form: try a known password',
  };
}

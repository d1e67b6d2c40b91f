/**
 * Auth0's `custom_password_hash` as a digest.
 * https://auth0.com/docs/manage-users/user-migration/bulk-user-import-database-schema-and-examples#custom-password-hash
 *
 *     algorithm    becomes
 *     bcrypt       bcrypt; with a salt after the password, bcrypt_peppered; with one before it, nothing
 *     argon2       argon2i, argon2id
 *     pbkdf2       the hasher of its sha1, sha256 or sha512; i=100000 and l=64 where they are left out
 *     scrypt       scrypt_werkzeug, where keylen is 64 and the salt is text without "$"
 *     ldap         ldap_ssha, md5
 *     md5, sha256  the hasher itself; with a salt before the password, md5_salted, sha256_salted
 *     sha512       sha512_symfony with one iteration, without a salt or with one in braces after the password
 *     md4, sha1, hmac    nothing: no hasher reads these
 */
import { type Base64, base64Lenient, decodeBase64, encodeBase64 } from '../../encoding/base64.js';
import { utf8, utf8Text } from '../../encoding/bytes.js';
import { decodeHex, encodeHex } from '../../encoding/hex.js';
import { DigestError, malformed } from '../../errors.js';
import type { FieldReader } from './contract.js';
import { convertedFrom, refused, type Stored, stored, storedDigest, unsupported } from './stored.js';

const AT = 'custom_password_hash';
const UNPADDED: Base64 = { alphabet: base64Lenient.alphabet, padding: 'none' };
const PBKDF2 = /^\$pbkdf2-([A-Za-z0-9-]+)\$/;
/** Without parameters: `$pbkdf2-sha256$salt$hash`. */
const BARE_PBKDF2 = /^(\$pbkdf2-sha(?:1|256|512)\$)([A-Za-z0-9+/]+\$[A-Za-z0-9+/]+)$/;
/** scrypt_werkzeug's hash. */
const KEY_BYTES = 64;
/** Of these the password's bytes are the same, or Auth0 refuses what differs. */
const SAME_BYTES = ['utf8', 'ascii'];

interface Salt {
  readonly bytes: Uint8Array;
  readonly behind: boolean;
}

/** @param value `custom_password_hash.hash.value`. */
export function customPasswordHash(value: string, field: FieldReader): Stored {
  try {
    return converted(value, (name) => field(`${AT}.${name}`));
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    return refused(error);
  }
}

function converted(value: string, field: FieldReader): Stored {
  const algorithm = field('algorithm') ?? '';
  const title = `Auth0 ${ALGORITHMS.includes(algorithm) ? algorithm : '…'}`;
  const salt = readSalt(field);
  if (!SAME_BYTES.includes(field('password.encoding') || 'utf8')) {
    return unsupported(
      `${title} in another encoding`,
      'its passwords are hashed in another encoding than UTF-8, which no hasher does',
    );
  }
  switch (algorithm) {
    case 'bcrypt':
      return bcrypt(title, value, salt);
    case 'argon2':
      return value.startsWith('$argon2d$') ? unsupported(title, 'no hasher is Argon2d') : storedDigest(value);
    case 'ldap': {
      const found = storedDigest(value);
      return found.error !== undefined || found.passwordHasher !== undefined || value.toUpperCase().startsWith('{SSHA}')
        ? found
        : unsupported(title, 'of the schemes of LDAP, only {SSHA} and {MD5} are hashers');
    }
    case 'pbkdf2':
      return pbkdf2(title, value);
    case 'scrypt':
      return scrypt(title, decodeHash(value, field), salt, field);
    case 'md5':
    case 'sha256':
      return plain(algorithm, title, decodeHash(value, field), salt);
    case 'sha512':
      return sha512(title, decodeHash(value, field), salt);
    case 'hmac':
      return unsupported(title, 'no hasher is an HMAC with a key');
    default:
      return unsupported(title, 'no hasher implements this algorithm');
  }
}

const ALGORITHMS = ['argon2', 'bcrypt', 'hmac', 'ldap', 'md4', 'md5', 'sha1', 'sha256', 'sha512', 'pbkdf2', 'scrypt'];

function bcrypt(title: string, value: string, salt: Salt | undefined): Stored {
  if (salt === undefined) return stored('bcrypt', value);
  const text = utf8Text(salt.bytes);
  if (!salt.behind || text === undefined) {
    return unsupported(`${title} with a salt`, 'bcrypt_peppered has it as text after the password');
  }
  return stored('bcrypt_peppered', `${value}$${text}`, convertedFrom(`${title} with a salt`));
}

function pbkdf2(title: string, value: string): Stored {
  const [, digest = ''] = PBKDF2.exec(value) ?? [];
  if (digest !== '' && !['sha1', 'sha256', 'sha512'].includes(digest)) {
    return unsupported(title, 'no hasher is PBKDF2 with this hash function');
  }
  return storedDigest(value.replace(BARE_PBKDF2, '$1i=100000,l=64$$$2'));
}

function scrypt(title: string, hash: Uint8Array, salt: Salt | undefined, field: FieldReader): Stored {
  const text = utf8Text(salt?.bytes ?? utf8(''));
  if (hash.length !== KEY_BYTES || text === undefined || text.includes('$')) {
    return unsupported(title, `scrypt_werkzeug has ${KEY_BYTES} bytes of hash and a text without "$" for salt`);
  }
  const [N, r, p] = [field('cost') || '16384', field('blockSize') || '8', field('parallelization') || '1'];
  return stored('scrypt_werkzeug', `scrypt:${N}:${r}:${p}$${text}$${encodeHex(hash)}`, convertedFrom(title));
}

function plain(hasher: 'md5' | 'sha256', title: string, hash: Uint8Array, salt: Salt | undefined): Stored {
  if (salt === undefined) return stored(hasher, encodeHex(hash), convertedFrom(title));
  const text = utf8Text(salt.bytes);
  if (text === undefined) return unsupported(`${title} with a salt`, `${hasher}_salted has a text for salt`);
  if (salt.behind) {
    const reason = `its salt is hashed after the password, and ${hasher}_salted takes it first`;
    return unsupported(`${title} with a salt`, reason, `a registry with order 'password-first' verifies it here`);
  }
  return stored(`${hasher}_salted`, `${text}$${encodeHex(hash)}`, convertedFrom(`${title} with a salt`));
}

/** Symfony hashes `password{salt}`, and no braces where the salt is empty. */
function sha512(title: string, hash: Uint8Array, salt: Salt | undefined): Stored {
  const [, inner] = salt === undefined ? ['', ''] : (/^\{([^{}$]+)\}$/.exec(utf8Text(salt.bytes) ?? '') ?? []);
  if (inner === undefined || (salt !== undefined && !salt.behind)) {
    return unsupported(`${title} with a salt`, 'sha512_symfony has it in braces, after the password');
  }
  return stored('sha512_symfony', `sha512_symfony$1$${inner}$${encodeBase64(hash)}`, convertedFrom(title));
}

function decodeHash(value: string, field: FieldReader): Uint8Array {
  return decodeBytes(value, field('hash.encoding') || 'hex', 'hash.value');
}

/** Undefined where it is absent or empty. */
function readSalt(field: FieldReader): Salt | undefined {
  const value = field('salt.value') ?? '';
  if (value === '') return undefined;
  const bytes = decodeBytes(value, field('salt.encoding') || 'utf8', 'salt.value');
  return { bytes, behind: field('salt.position') === 'suffix' };
}

function decodeBytes(text: string, encoding: string, name: string): Uint8Array {
  const field = `${AT}.${name}`;
  if (encoding === 'utf8') return utf8(text);
  if (encoding === 'hex') return decodeHex(text, 0, text.length, field);
  if (encoding !== 'base64') throw malformed(field, 0, `${field}: its encoding is neither base64, hex nor utf8`);
  const padded = text.endsWith('=') || text.length % 4 === 0;
  return decodeBase64(text, 0, text.length, field, padded ? base64Lenient : UNPADDED);
}

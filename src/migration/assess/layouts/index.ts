/** The layouts of digests that are assessed by their bytes. Digests of other hashers are read as text. */
import { base64Padded, base64Unpadded, bcrypt64, crypt64, crypt64Text, hex, plainText } from './codecs.js';
import { bare, type DigestLayout, fieldsFirst, fixedLengths, hashFirst, saltWithin } from './layout.js';

export { createDigestSpans, type DigestLayout, type DigestSpans, readBase64Parts, writeAsHex } from './layout.js';

const BCRYPT_SALT = { chars: 22, codec: bcrypt64 };
const BCRYPT_HASH = { chars: 31, codec: bcrypt64 };
const bcrypt = fixedLengths(['$2b$', '$2a$', '$2y$'], 7, BCRYPT_SALT, BCRYPT_HASH);
const ldapSsha = saltWithin('{SSHA}');
const phpass = fixedLengths(['$P$', '$H$'], 4, { chars: 8, codec: crypt64Text }, { chars: 22, codec: crypt64 });

/** By the name of the hasher. */
export const layouts: ReadonlyMap<string, DigestLayout> = new Map<string, DigestLayout>([
  ['bcrypt', bcrypt],
  [
    'bcrypt_sha256_django',
    fixedLengths(['bcrypt_sha256$$2b$', 'bcrypt_sha256$$2a$', 'bcrypt_sha256$$2y$'], 21, BCRYPT_SALT, BCRYPT_HASH),
  ],
  ['argon2i', fieldsFirst('$argon2i$v=', 2, base64Unpadded, base64Unpadded)],
  ['argon2id', fieldsFirst('$argon2id$v=', 2, base64Unpadded, base64Unpadded)],
  ['phpass', phpass],
  ['md5_phpass', phpass],
  ['pbkdf2_sha1', fieldsFirst('pbkdf2_sha1$', 1, hex, hex)],
  ['pbkdf2_sha256', fieldsFirst('pbkdf2_sha256$', 1, base64Padded, base64Padded)],
  ['pbkdf2_sha256_django', fieldsFirst('pbkdf2_sha256$', 1, plainText, base64Padded)],
  ['pbkdf2_sha512', fieldsFirst('pbkdf2_sha512$', 1, plainText, hex)],
  ['pbkdf2_sha512_hex', fieldsFirst('pbkdf2_sha512_hex$', 1, hex, hex)],
  ['sha512_symfony', fieldsFirst('sha512_symfony$', 1, plainText, base64Padded)],
  ['scrypt_werkzeug', fieldsFirst('scrypt:', 1, plainText, hex)],
  ['scrypt_firebase', hashFirst(base64Padded, base64Padded)],
  ['ldap_ssha', ldapSsha],
  ['md5', bare(hex, 32)],
  ['sha256', bare(hex, 64)],
  ['hmac_sha256_utf16_b64', bare(base64Padded, 44)],
  ['md5_salted', fieldsFirst('', 0, plainText, hex)],
  ['sha256_salted', fieldsFirst('', 0, plainText, hex)],
]);

/** For a digest without a named hasher: the layout that its first characters belong to. */
export function findLayout(bytes: Uint8Array, start: number, end: number): DigestLayout | undefined {
  if (end - start < 34) return undefined;
  const second = bytes[start + 1];
  if (bytes[start] === 0x24) {
    if (second === 0x32) return bcrypt;
    if (second === 0x50 || second === 0x48) return phpass;
    if (second === 0x61) return layouts.get(bytes[start + 8] === 0x64 ? 'argon2id' : 'argon2i');
  }
  if (bytes[start] === 0x7b && second === 0x53) return ldapSsha;
  if (bytes[start] === 0x73 && second === 0x63) return layouts.get('scrypt_werkzeug');
  return bytes[start] === 0x62 && second === 0x63 ? layouts.get('bcrypt_sha256_django') : undefined;
}

/** Of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512. */
const bareHashes = new Map([32, 40, 56, 64, 96, 128].map((digits) => [digits, bare(hex, digits)]));

/** For a hash in hexadecimal without a named hasher: it is of none for certain, whatever its digits are. */
export function findBareHash(digits: number): DigestLayout | undefined {
  return bareHashes.get(digits);
}

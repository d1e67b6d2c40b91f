/**
 * Values of userPassword other than `{SSHA}`: RFC 2307 schemes, and those of OpenLDAP and Dovecot.
 *
 *     {CRYPT}$2b$…, {BLF-CRYPT}$2y$…, {ARGON2}$argon2id$…, {ARGON2ID}$argon2id$…, {MD5}b64
 */
import { decodeBase64 } from '../../encoding/base64.js';
import { argon2i, argon2id, bcrypt, md5 } from '../../hashers/index.js';
import { convertValues, refuseConversion, type System, unwrapDigest } from './contract.js';

const SCHEME = /^\{([A-Za-z0-9-]+)\}/;

export const ldap: System = {
  system: 'ldap',
  title: 'an LDAP directory',
  read(text) {
    const found = SCHEME.exec(text);
    if (found === null) return undefined;
    const value = text.slice(found[0].length);
    const scheme = (found[1] as string).toUpperCase();
    const title = `LDAP {${scheme}}`;
    switch (scheme) {
      case 'CRYPT':
      case 'BCRYPT':
      case 'BLF-CRYPT':
        return value.startsWith('$2')
          ? unwrapDigest(title, bcrypt, value)
          : refuseConversion(title, 'no hasher for crypt(3)');
      case 'ARGON2':
        return unwrapDigest(title, value.startsWith('$argon2i$') ? argon2i : argon2id, value);
      // Named by their type, so that a digest of the other one is refused: one of the two is wrong.
      case 'ARGON2I':
        return unwrapDigest(title, argon2i, value);
      case 'ARGON2ID':
        return unwrapDigest(title, argon2id, value);
      case 'MD5':
        return convertValues(title, md5, {
          params: {},
          salt: new Uint8Array(),
          hash: decodeBase64(value, 0, value.length, 'hash'),
        });
      case 'SHA':
      case 'SMD5':
      case 'SHA256':
      case 'SHA512':
      case 'SSHA256':
      case 'SSHA384':
      case 'SSHA512':
        return refuseConversion(title, 'only {SSHA} and {MD5} have a hasher');
      default:
        return undefined;
    }
  },
};

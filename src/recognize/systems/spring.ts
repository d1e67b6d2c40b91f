/**
 * Spring Security's DelegatingPasswordEncoder: an id in braces before the digest.
 * https://docs.spring.io/spring-security/reference/features/authentication/password-storage.html
 *
 *     {bcrypt}$2a$10$…        {argon2}$argon2id$…        {ldap}{SSHA}…        {MD5}hex, {SHA-256}hex
 *     {pbkdf2}hex(salt 8 ‖ key 32)                       SHA-1, 185000 iterations
 *     {pbkdf2@SpringSecurity_v5_8}hex(salt 16 ‖ key 32)  SHA-256, 310000 iterations
 */
import { decodeHex } from '../../encoding/hex.js';
import { argon2i, argon2id, bcrypt, ldapSsha, md5, sha256 } from '../../hashers/index.js';
import { type ForeignDigest, refuseConversion, type System, unwrapDigest } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const ID = /^\{([A-Za-z0-9@_.-]+)\}/;

export const spring: System = {
  system: 'spring',
  title: 'Spring Security',
  read(text) {
    const found = ID.exec(text);
    if (found === null) return undefined;
    const digest = text.slice(found[0].length);
    const id = parseId(found[1] as string);
    const title = `Spring Security {${id}}`;
    switch (id) {
      case 'bcrypt':
        return unwrapDigest(title, bcrypt, digest);
      case 'argon2':
      case 'argon2@SpringSecurity_v5_8':
        return unwrapDigest(title, digest.startsWith('$argon2i$') ? argon2i : argon2id, digest);
      case 'ldap':
        return digest.toUpperCase().startsWith('{SSHA}')
          ? unwrapDigest(title, ldapSsha, digest)
          : refuseConversion(title, 'only {SSHA} has a hasher');
      case 'pbkdf2':
        return pbkdf2(title, digest, { prf: 'sha1', iterations: 185_000, saltBytes: 8 });
      case 'pbkdf2@SpringSecurity_v5_8':
        return pbkdf2(title, digest, { prf: 'sha256', iterations: 310_000, saltBytes: 16 });
      case 'MD5':
      case 'SHA-256':
        return plain(title, digest, id);
      case 'noop':
        return refuseConversion(title, 'plain password, without a hash');
      case 'scrypt':
      case 'scrypt@SpringSecurity_v5_8':
      case 'sha256':
      case 'SHA-1':
      case 'MD4':
        return refuseConversion(title, 'no hasher for this algorithm with a salt');
      default:
        return undefined;
    }
  },
};

/** Directories write `{BCRYPT}` for it. Ids that LDAP has too are LDAP's in capitals. */
function parseId(text: string): string {
  const lower = text.toLowerCase();
  return lower === 'bcrypt' || lower === 'noop' || lower === 'scrypt' ? lower : text;
}

/** Undefined where it is LDAP's `{MD5}`, which is Base64. */
function plain(title: string, digest: string, id: 'MD5' | 'SHA-256'): ForeignDigest | undefined {
  if (digest.startsWith('{')) return refuseConversion(title, 'the salt is hashed in braces after the password');
  const hasher = id === 'MD5' ? md5 : sha256;
  return /^[0-9a-f]+$/i.test(digest) ? unwrapDigest(title, hasher, digest) : undefined;
}

function pbkdf2(
  title: string,
  digest: string,
  {
    prf,
    iterations,
    saltBytes,
  }: { readonly prf: 'sha1' | 'sha256'; readonly iterations: number; readonly saltBytes: number },
): ForeignDigest {
  const bytes = decodeHex(digest, 0, digest.length, 'hash');
  return pbkdf2Reading(title, prf, iterations, bytes.subarray(0, saltBytes), bytes.subarray(saltBytes));
}

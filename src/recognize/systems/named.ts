/** Digests that are well known and that no hasher can hold: named, so that the search ends here. */
import { md5Phpass } from '../../hashers/index.js';
import { refuseConversion, type System, unwrapDigest } from './contract.js';

/** WordPress 6.8: https://make.wordpress.org/core/2025/02/17/wordpress-6-8-will-use-bcrypt-for-password-hashing/ */
export const wordpress: System = {
  system: 'wordpress',
  title: 'WordPress',
  read: (text) =>
    text.startsWith('$wp$2')
      ? refuseConversion('WordPress 6.8 $wp$2y$', 'bcrypt of a Base64 HMAC-SHA384 of the password, not supported yet')
      : undefined,
};

/** Drupal 7 wrote SHA-512 in phpass's form; `U$` marks a digest that was made from an older MD5. */
export const drupal: System = {
  system: 'drupal',
  title: 'Drupal',
  read(text) {
    if (text.startsWith('$S$') || text.startsWith('U$S$')) {
      return refuseConversion('Drupal 7 $S$', 'phpass with SHA-512; the hasher phpass uses MD5');
    }
    return text.startsWith('U$P$') || text.startsWith('U$H$')
      ? unwrapDigest('Drupal, upgraded from MD5', md5Phpass, text.slice(1))
      : undefined;
  },
};

/** phpBB 3.1 on, whose conversion of old digests hashes a hash. */
export const phpbb: System = {
  system: 'phpbb',
  title: 'phpBB',
  read: (text) =>
    /^\$2[ay]\\[HP]\$/.test(text)
      ? refuseConversion('phpBB, bcrypt over an older digest', 'no hasher for a hash of a hash with two salts')
      : undefined,
};

/** ASP.NET membership as Umbraco 7 to 8 keep it: Base64 of 16 bytes of salt, then Base64 of HMAC-SHA256 under that salt. */
export const umbraco: System = {
  system: 'umbraco',
  title: 'Umbraco',
  read: (text) =>
    /^[A-Za-z0-9+/]{22}==[A-Za-z0-9+/]{43}=$/.test(text)
      ? refuseConversion('Umbraco HMACSHA256 with a salt', 'the assumed form of hmac_sha256_utf16_b64 has no salt')
      : undefined,
};

/** PASSWORD() of MySQL 4.1 on. Its star does not mark a disabled account. */
export const mysql: System = {
  system: 'mysql',
  title: 'MySQL',
  read: (text) =>
    /^\*[0-9A-Fa-f]{40}$/.test(text) ? refuseConversion('MySQL PASSWORD()', 'no hasher for a double SHA-1') : undefined,
};

const CRYPT: readonly (readonly [prefix: string, title: string])[] = [
  ['$1$', 'MD5-crypt $1$'],
  ['$5$', 'SHA-256-crypt $5$'],
  ['$6$', 'SHA-512-crypt $6$'],
  ['$y$', 'yescrypt $y$'],
  ['$gy$', 'gost-yescrypt $gy$'],
  ['$7$', 'scrypt crypt $7$'],
  ['$sha1$', 'SHA-1-crypt $sha1$'],
  ['$apr1$', 'Apache MD5 $apr1$'],
  ['$md5$', 'Sun MD5 $md5$'],
  ['$md5,', 'Sun MD5 $md5$'],
  ['$3$', 'NT hash $3$'],
];

/** crypt(3): https://manpages.debian.org/crypt(5) */
export const crypt: System = {
  system: 'crypt',
  title: 'crypt(3)',
  read(text) {
    // Ory Kratos: $md5$pf=…, $sha1$pf=…
    if (/^\$\w+\$pf=/.test(text)) return undefined;
    for (const [prefix, title] of CRYPT) {
      if (text.startsWith(prefix)) return refuseConversion(title, 'no hasher for this method of crypt(3)');
    }
    return undefined;
  },
};

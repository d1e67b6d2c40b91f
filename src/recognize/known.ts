/**
 * Digests of products and systems that no hasher here holds: what each is, and what verifies it. Not known here is not
 * impossible: where a product verifies a digest, its users keep their passwords.
 */
import { MAX_DIGEST_CHARS } from './bounds.js';

/** A format that its text names. */
export interface KnownFormat {
  /** The writer and its format, for messages. */
  readonly title: string;
  /** What verifies such a digest. */
  readonly verifier: string;
  readonly weight: Weight | undefined;
}

/**
 * `first`: its shape is this format's alone, though a hasher or another system has the signature. `family`: a signature of
 * many forms, of which a damaged one is explained better by its reader.
 */
type Weight = 'first' | 'family';
type KnownFormatRow = readonly [pattern: RegExp, title: string, verifier: string, weight?: Weight];

const CRYPT = 'crypt(3) of a system that has it (libxcrypt)';
const PASSLIB = 'passlib';
const KRATOS = 'Ory Kratos';
const DIRECTORY = 'the directory that wrote it';

const CRYPT_ROWS: readonly KnownFormatRow[] = [
  [/^\$6\$/, 'SHA-512-crypt $6$', CRYPT],
  [/^\$5\$/, 'SHA-256-crypt $5$', CRYPT],
  [/^\$1\$/, 'MD5-crypt $1$', CRYPT],
  [/^\$apr1\$/, 'Apache MD5 $apr1$', 'Apache (htpasswd) or openssl passwd -apr1'],
  [/^\$y\$/, 'yescrypt $y$', CRYPT],
  [/^\$gy\$/, 'gost-yescrypt $gy$', CRYPT],
  [/^\$7\$/, 'scrypt crypt $7$', 'libsodium or libxcrypt'],
  [/^\$ml\$\d+\$/, 'PBKDF2 of macOS $ml$', 'macOS'],
  [/^_[./0-9A-Za-z]{19}$/, 'BSDi extended DES', CRYPT],
  [/^\$sha1\$(?!pf=)/, 'SHA-1-crypt $sha1$', CRYPT],
  [/^\$md5(?:,|\$(?!pf=))/, 'Sun MD5 $md5$', CRYPT],
  [/^grub\.pbkdf2\.sha512\./, 'PBKDF2 of GRUB 2', 'GRUB 2 or passlib'],
  [/^\$8\$.{14}\$[./0-9A-Za-z]{43}$/, 'Cisco IOS type 8', 'Cisco IOS'],
  [/^\$9\$.{14}\$[./0-9A-Za-z]{43}$/, 'Cisco IOS type 9', 'Cisco IOS'],
  [/^\$3\$\$[0-9a-f]{32}$/, 'NT hash $3$', CRYPT],
  [/^\{smd5\}[^$]{1,8}\$/, 'AIX {smd5}', 'AIX', 'first'],
  [/^\{ssha(?:1|256|512)\}\d\d\$/, 'AIX {ssha1}, {ssha256} or {ssha512}', 'AIX', 'first'],
];

const DIRECTORY_ROWS: readonly KnownFormatRow[] = [
  [/^\{PBKDF2_SHA256\}/i, 'LDAP {PBKDF2_SHA256}', '389 Directory Server or FreeIPA'],
  [/^\{PBKDF2\}\$1\$/i, 'PBKDF2 of Dovecot', 'Dovecot', 'first'],
  [/^\{PBKDF2(?:-SHA(?:1|256|512))?\}/i, 'LDAP {PBKDF2}', 'OpenLDAP (pw-pbkdf2) or 389 Directory Server'],
  [
    /^\{(?:SHA|SHA1|SHA256|SHA384|SHA512|MD5|SMD5|SSHA|SSHA256|SSHA384|SSHA512)\}/i,
    'a scheme of LDAP',
    DIRECTORY,
    'family',
  ],
  [/^\{x-is(?:sha|SHA256|SHA384|SHA512), ?\d+\}/i, 'SAP CODVN H', 'SAP'],
  [/^\{(?:CRAM-MD5|HMAC-MD5|DIGEST-MD5|SCRAM-SHA-(?:1|256))\}/i, 'a challenge-response scheme of Dovecot', 'Dovecot'],
  [/^\{(?:NT|NTHASH|LANMAN|LM)\}/i, 'a hash of Windows in a scheme of LDAP', 'Samba or the directory'],
  [/^\{FSHP[0-3]\|\d+\|\d+\}/, 'FSHP', PASSLIB],
  [
    /^\{(?:SHA-256|SHA-512|SHA-1|PBKDF2With\w+)\}[0-9a-f]+-/,
    'Adobe Experience Manager or Jackrabbit Oak',
    'Jackrabbit Oak',
  ],
  [/^\{CRYPT\}/i, 'crypt(3) in LDAP {CRYPT}', CRYPT, 'family'],
  [/^\{MYSQL\}/i, 'MySQL OLD_PASSWORD() in Zope', 'Zope'],
];

const PHP_ROWS: readonly KnownFormatRow[] = [
  [/^\$wp\$2/, 'WordPress 6.8 $wp$2y$', 'WordPress 6.8 or later'],
  [/^U?\$S\$/, 'Drupal 7 $S$', 'Drupal'],
  [/^\$2[ay]\\[HP]\$/, 'phpBB, bcrypt over an older digest', 'phpBB'],
  [/^\$CP\$/, 'phpBB $CP$, a digest of another board', 'phpBB'],
  [/^[123]\|/, 'Nextcloud or ownCloud', 'Nextcloud'],
  [/^[0-9a-f]{32,64}:[^:]*(?::[0-3](?:_\d+_\d+_\d+)?)+$/, 'Magento 2', 'Magento 2'],
  [/^[0-9a-f]+:[^:]*:sha\d+:\d+:\d+$/, 'PBKDF2 of WoltLab Suite', 'WoltLab Suite'],
  [/^[0-9a-f]{64}:.+$/, 'a SHA-256 of salt and password (Magento 1, Zen Cart)', 'the shop that wrote it'],
  [
    /^[0-9a-f]{32}:.+$/,
    'an MD5 with a salt: of Joomla (password first) or osCommerce (salt first)',
    'the system that wrote it',
  ],
  [/^a:\d+:\{s:4:"hash";/, 'XenForo, serialized PHP', 'XenForo'],
  [/^:pbkdf2/, 'MediaWiki :pbkdf2:', 'MediaWiki'],
  [/^(?::B:|\$B\$)/, 'MediaWiki :B:', 'MediaWiki'],
  [/^(?::A:|\$A\$[0-9a-f]{32}$)/, 'MediaWiki :A:', 'MediaWiki'],
  [/^:(?:argon2|bcrypt):/, 'MediaWiki', 'MediaWiki'],
  [/^\$SHA\$[0-9a-f]+\$/, 'AuthMe $SHA$', 'AuthMe'],
  [/^pbkdf2_sha256\$\d+\$[^$]+\$[0-9A-F]{128}$/, 'PBKDF2 of AuthMe', 'AuthMe', 'first'],
  [/^wcf1e\w+:/, 'WoltLab Community Framework 1', 'WoltLab Suite'],
  [/^(?:Bcrypt|wcf2):/, 'WoltLab Suite, bcrypt of a bcrypt', 'WoltLab Suite'],
];

const PYTHON_ROWS: readonly KnownFormatRow[] = [
  [/^\$bcrypt-sha256\$/, 'passlib bcrypt_sha256', PASSLIB],
  [/^\$p5k2\$/, 'PBKDF2 of CTA or Dwayne Litzenberger', PASSLIB],
  [/^\$scram\$/, 'passlib scram', PASSLIB],
  [/^(?:sha1|md5|crypt)\$/, 'Django or Werkzeug before 2.3', 'Django or Werkzeug', 'family'],
  [/^argon2\$argon2d?\$/, 'Django argon2', 'Django'],
  [/^scrypt\$[^$]+\$\d+\$\d+\$\d+\$\d+\$/, 'scrypt of the package django-scrypt', 'django-scrypt', 'first'],
  [/^scrypt\$/, 'scrypt of Django', 'Django or the package django-scrypt', 'family'],
  [/^pbkdf2\(\d+,\d+,\w+\)\$/, 'web2py', 'web2py'],
  [/^pbkdf2:(?:sha224|sha384|md5)/, 'Werkzeug', 'Werkzeug 2.2 or earlier'],
  [
    /^[a-z0-9]+\$[0-9a-f]*\$(?:\d+\$)?[0-9a-f]{32,128}$/,
    'an HMAC of Werkzeug before 2.3 or of npm password-hash',
    'what wrote it',
  ],
];

const OTHER_ROWS: readonly KnownFormatRow[] = [
  [/^\$argon2d\$/, 'Argon2d', 'libargon2'],
  [/^\$bcrypt\$v=98\$/, 'bcrypt as a PHC string (AdonisJS 5 and 6)', 'AdonisJS or @phc/bcrypt'],
  [/^\$scrypt\$n=/, 'scrypt of AdonisJS', 'AdonisJS'],
  [/^\$scrypt\$/, 'scrypt as a PHC string', 'passlib, @phc/scrypt or Ory Kratos'],
  [/^\$pbkdf2-sha512\$\d+\$[0-9a-f]+\$[0-9a-f]{128}$/, 'PBKDF2 of GitLab', 'GitLab or devise-pbkdf2-encryptable'],
  [/^\$pbkdf2\$f=/, 'PBKDF2 of Mattermost', 'Mattermost'],
  [/^\$pbkdf2-sha(?:224|384)\$/, 'PBKDF2 with SHA-224 or SHA-384', '@phc/pbkdf2; Ory Kratos means SHA-3'],
  [/^\$(?:md5|sha1|sha256|sha512|hmac-\w+|\w+-crypt)\$/, 'Ory Kratos', KRATOS],
  [/^\$md5salted-(?:prefix|suffix)\$/, 'Zitadel md5salted', 'Zitadel'],
  [
    /^(?:SCRYPT:\d+:\d+|sha(?:1|256|512)):\d+:[^:$]+:/,
    'scrypt or PBKDF2 in a notation of tools',
    'hashcat, or what wrote it',
    'first',
  ],
  [/^[0-9a-f]+\$[0-9a-f]+\$[0-9a-f]+\$[0-9a-f]{8,}\$[0-9a-f]{40,}$/, 'the scrypt gem of Ruby', 'the scrypt gem'],
  [/^c2NyeXB0/, 'scrypt-kdf of npm', 'the package scrypt-kdf'],
  [/^#jbcrypt:/, 'Jenkins', 'Jenkins'],
  [/^\$PBKDF2\$/, 'PBKDF2 of Jenkins', 'Jenkins'],
  [/^\$shiro[12]\$/, 'Apache Shiro', 'Apache Shiro'],
  [/^\$[0-9a-f]{4,6}\$[A-Za-z0-9+/]+={0,2}\$[A-Za-z0-9+/]+={0,2}$/, 'scrypt of Spring Security', 'Spring Security'],
  [
    /^\{(?:MD4|MD5|SHA-1|SHA-256|SHA-512|sha256|scrypt[^}]*|pbkdf2[^}]*)\}/,
    'Spring Security',
    'Spring Security',
    'family',
  ],
  [/^AAAAo[A-Za-z0-9+/]{43}$/, 'Liferay', 'Liferay 6.2 or later'],
  [/^PBKDF2WithHmac\w+:/, 'Jakarta Security', 'Jakarta Security'],
  [/^\d+\$[A-Za-z0-9+/]{86}==$/, 'SonarQube', 'SonarQube'],
  [/^[a-z]+:[0-9a-f]{64}$/i, 'Hudson', 'Jenkins or Hudson'],
  [/^SHA-256,[0-9a-f]+,/, 'Neo4j', 'Neo4j'],
  [/^[A-Za-z0-9+/]{22}==[A-Za-z0-9+/]{43}=$/, 'Umbraco HMACSHA256 with a salt', 'Umbraco'],
];

const DATABASE_ROWS: readonly KnownFormatRow[] = [
  [/^\*[0-9A-Fa-f]{40}$/, 'MySQL PASSWORD()', 'MySQL or MariaDB'],
  [/^md5[0-9a-f]{32}$/, 'PostgreSQL md5', 'PostgreSQL'],
  [/^SCRAM-SHA-(?:1|256)\$/, 'SCRAM of PostgreSQL or MongoDB', 'PostgreSQL'],
  [/^-(?:pbkdf2|hashed)(?::\w+)?-/, 'CouchDB', 'CouchDB'],
  [/^(?:\$mysql)?\$A\$[0-9A-F]{3}[$*]/, 'MySQL caching_sha2_password', 'MySQL 8'],
  [/^0x0[12]00[0-9A-Fa-f]{8}/, 'SQL Server', 'SQL Server'],
  [/^S:[0-9A-F]{60}/, 'Oracle 11g', 'Oracle'],
  [/^T:[0-9A-F]{160}/, 'Oracle 12c', 'Oracle'],
  [/^v1;PPH1_MD4,/, 'Azure AD Connect', 'Microsoft Entra ID'],
  [/^\(G.{19}\)$/, 'Lotus Domino 6', 'HCL Domino'],
  [/^\(H.{49}\)$/, 'Lotus Domino 8', 'HCL Domino'],
  [/^\$DCC2\$/, 'cached domain credentials of Windows', 'Windows'],
  [/^0xc007[0-9a-f]{80}$/i, 'Sybase ASE', 'SAP ASE'],
  [/^[^$\s]{1,40}\$(?:[0-9A-F]{16}|[0-9A-F]{40})$/, 'SAP CODVN B or G', 'SAP'],
];

const ROWS: readonly KnownFormatRow[] = [
  ...CRYPT_ROWS,
  ...DATABASE_ROWS,
  ...DIRECTORY_ROWS,
  ...PHP_ROWS,
  ...PYTHON_ROWS,
  ...OTHER_ROWS,
];

/** The format that the text names by its prefix or its shape; no answer where only its length speaks. */
export function findKnownFormat(text: string): KnownFormat | undefined {
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  for (const [pattern, title, verifier, weight] of ROWS) if (pattern.test(text)) return { title, verifier, weight };
  return undefined;
}

/** Text in place of a digest: it says where the password is checked, or that it is not hashed. */
const ELSEWHERE: readonly (readonly [pattern: RegExp, name: string, problem: string, fix: string])[] = [
  [
    /^\{(?:noop|CLEARTEXT|PLAIN|CLEAR)\}|^plain\$\$/i,
    'plain-password',
    'the plain password, without a hash',
    'replace it with a digest (digestry hash)',
  ],
  [
    /^\{(?:SASL|KERBEROS|PASSTHRU|KRB5)\}/i,
    'another-system',
    'a reference to another system, which verifies the password',
    'let these users sign in through that system',
  ],
];

export interface Elsewhere {
  readonly name: string;
  readonly problem: string;
  readonly fix: string;
}

export function findElsewhere(text: string): Elsewhere | undefined {
  for (const [pattern, name, problem, fix] of ELSEWHERE) if (pattern.test(text)) return { name, problem, fix };
  return undefined;
}

/** What hexadecimal or Base64 of this length may be, where that is all that it shows. */
const LENGTHS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /^[0-9a-f]{40}$/i,
    'SHA-1 has this length, salted in most products (Redmine, SMF, WoltLab, OpenCart), and so has MySQL PASSWORD()',
  ],
  [/^[0-9a-f]{128}$/i, 'SHA-512 and Whirlpool have this length, salted in most products'],
  [/^[0-9a-f]{96}$/i, 'SHA-384 has this length'],
  [/^[0-9a-f]{56}$/i, 'SHA-224 has this length'],
  [/^[0-9a-f]{16}$/i, 'OLD_PASSWORD() of MySQL and Oracle 10g have this length'],
  [/^[0-9a-f]{48}$/i, 'Mac OS X 10.4 to 10.6 writes this length'],
  [/^[0-9a-f]{136}$/i, 'Mac OS X 10.7 writes this length'],
  [/^[0-9a-f]{70}$/i, 'hMailServer writes this length'],
  [/^[0-9a-f]{80}$/i, 'StandardPasswordEncoder of Spring Security writes this length'],
  [/^[0-9a-f]{60}$/i, 'Oracle 11g writes this length'],
  [/^[0-9a-f]{160}$/i, 'Oracle 12c writes this length'],
  [/^[0-9a-f]{100}$/i, 'Gitea, Grafana and Gogs write this length, with the salt in another column'],
  [/^[0-9a-f]{1024}$/i, 'passport-local-mongoose and Payload write this length, with the salt in another field'],
  [/^[./0-9A-Za-z]{13}$/, 'the DES method of crypt(3) has this length'],
  [/^[./0-9A-Za-z]{16}$/, 'Cisco PIX and ASA write this length'],
  [/^[./0-9A-Za-z]{24}$/, 'bigcrypt of HP-UX has this length'],
  [/^[./0-9A-Za-z]{43}$/, 'Cisco IOS type 4 writes this length'],
  [/^[A-Za-z0-9+/]{27}=$/, 'SHA-1 in Base64 has this length: ASP.NET membership, Umbraco 4 to 7, PeopleSoft'],
  [/^[A-Za-z0-9+/]{22}==$/, 'MD5 in Base64 has this length'],
  [/^[A-Za-z0-9+/]{32}$/, 'Jasypt writes this length'],
  [/^[A-Za-z0-9+/]{64}$/, 'Jasypt (strong) writes this length'],
  [/^[A-Za-z0-9+/]{86}==$/, 'SHA-512 in Base64 has this length'],
  [/^[^$]{10}[0-9a-f]{30}$/, 'Ion Auth of CodeIgniter writes this length'],
];

export function hintFromLength(text: string): string | undefined {
  const hint = LENGTHS.find(([pattern]) => pattern.test(text))?.[1];
  return hint && `${hint}; digestry identify lists what it may be`;
}

/** What to do with digests that are sound and not verified here. */
export function adviseKeeping(verifier = 'the software that wrote it'): string {
  return `keep it, and verify it at login with digestry (digestry identify names its hasher) or with ${verifier}`;
}

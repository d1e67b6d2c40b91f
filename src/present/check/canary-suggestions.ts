/** What may make known passwords match, in words. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type {
  CanarySuggestion,
  DigestReading,
  DigestReadingKind,
  PasswordReading,
  PasswordReadingKind,
  SaltConstruction,
} from '../../reports/canary-suggestion.js';
import { formatCount } from '../quantity.js';

type Suggestion<K extends CanarySuggestion['kind']> = CanarySuggestion & { readonly kind: K };

const CONSOLE = "take it from the console's password hash parameters";

/** What a digest is, and what to do about it. */
const DIGESTS: Readonly<Record<DigestReadingKind, (reading: DigestReading) => readonly [is: string, fix: string]>> = {
  'other-hasher': ({ hasher }) => [`is ${shown(hasher)}`, `${HASHER_FIXES[hasher ?? ''] ?? setHasher(hasher)}`],
  'password-first': () => [
    'is password-first',
    "create its hasher with { order: 'password-first' }, and ask which order the target has",
  ],
  'text-salt': () => ['has its salt as text', 'write the salt in hexadecimal once more'],
  'sign-bug': () => ['has the sign bug of old crypt_blowfish', 'write "$2x$" instead, if the target takes that'],
  'no-pepper': () => ['has no pepper', 'set passwordHasher to bcrypt and cut the pepper off'],
  pepper: ({ pepper }) => [
    `has pepper ${pepper} of the candidates`,
    'set passwordHasher to bcrypt_peppered and append "$" and the pepper',
  ],
  'block-size': ({ r, writer }) => [
    `has r=${r}, as ${shown(writer)} writes it`,
    `name its writer: --hasher ${shown(writer)}`,
  ],
  'exchanged-costs': () => ['has rounds and memCost exchanged', 'write rounds before memCost'],
  'default-separator': () => ['lacks its salt separator, or has another one than "Bw=="', CONSOLE],
  'no-separator': () => ['has no salt separator', 'leave the salt separator empty'],
  'default-costs': () => ['has rounds 8 and memCost 14', CONSOLE],
  'default-separator-and-costs': () => ['has the separator "Bw==", rounds 8 and memCost 14', CONSOLE],
  'exchanged-keys': () => ['has signer key and salt separator exchanged', 'exchange the two'],
};

/** Where another name is not enough. */
const HASHER_FIXES: Readonly<Record<string, string>> = {
  bcrypt: 'set passwordHasher to bcrypt and cut "bcrypt_sha256$" off',
  bcrypt_sha256_django: 'set passwordHasher to bcrypt_sha256_django and put "bcrypt_sha256$" before the digest',
  pbkdf2_sha512: 'set passwordHasher to pbkdf2_sha512 and begin the digest with that name',
  pbkdf2_sha512_hex: 'set passwordHasher to pbkdf2_sha512_hex and begin the digest with that name',
};

const PASSWORDS: Readonly<Record<PasswordReadingKind, string | ((reading: PasswordReading) => string)>> = {
  trimmed: 'the password trimmed',
  nfc: 'the password in NFC',
  nfkc: 'the password in NFKC',
  nfd: 'the password in NFD',
  nfkd: 'the password in NFKD',
  'latin-1': 'the password in Latin-1',
  'utf-16le': 'the password in UTF-16LE',
  'lower-case': 'the password in lower case',
  'upper-case': 'the password in upper case',
  'md5-hex': 'the MD5 of the password in hexadecimal',
  'sha1-hex': 'the SHA-1 of the password in hexadecimal',
  'sha256-hex': 'the SHA-256 of the password in hexadecimal',
  'sha512-hex': 'the SHA-512 of the password in hexadecimal',
  'sha256-base64': 'the SHA-256 of the password in Base64',
  'sha512-base64': 'the SHA-512 of the password in Base64',
  'sha384-base64': "the SHA-384 of the password in Base64, as BCrypt.Net's EnhancedHashPassword does",
  'html-entities': 'the password with HTML entities',
  backslashes: 'the password with backslashes before quotes',
  'pepper-after': ({ pepper }) => `pepper ${pepper} after the password`,
  'pepper-before': ({ pepper }) => `pepper ${pepper} before the password`,
  'pepper-hmac-sha512-base64': ({ pepper }) =>
    `the HMAC-SHA-512 of the password in Base64, with pepper ${pepper} as its key, as Flask-Security does`,
  'pepper-hmac-sha256-hex': ({ pepper }) =>
    `the HMAC-SHA-256 of the password in hexadecimal, with pepper ${pepper} as its key`,
};

const CONSTRUCTIONS: Readonly<Record<SaltConstruction, (algorithm: string) => string>> = {
  'salt-password': (algorithm) => `the ${algorithm} of the salt and the password`,
  'password-salt': (algorithm) => `the ${algorithm} of the password and the salt`,
  'hash-of-password-salt': (algorithm) =>
    `the ${algorithm} of the hash of the password in hexadecimal and the salt, as in vBulletin 3 and 4`,
  'hash-of-salt-hash-of-password': (algorithm) =>
    `the ${algorithm} of the hash of the salt and the hash of the password, both in hexadecimal, as in MyBB and IP.Board 3`,
  'salt-hash-of-password': (algorithm) =>
    `the ${algorithm} of the salt and the hash of the password in hexadecimal, as in Redmine`,
  'salted-thrice': (algorithm) => `the ${algorithm} of the salt and a salted hash of a salted hash, as in OpenCart`,
  'salt-password-salt': (algorithm) => `the ${algorithm} of the salt, the password and the salt`,
  'hmac-keyed-by-salt': (algorithm) => `an HMAC-${algorithm} of the password with the salt as its key`,
  'hmac-keyed-by-password': (algorithm) => `an HMAC-${algorithm} of the salt with the password as its key`,
  pbkdf2: (algorithm) => `PBKDF2-${algorithm}, as of passport-local-mongoose`,
};

export function formatSuggestion(suggestion: CanarySuggestion): string {
  switch (suggestion.kind) {
    case 'reading':
      return formatReading(suggestion);
    case 'separate-salt':
      return formatSeparateSalt(suggestion);
    case 'second-salt':
      return formatSecondSalt(suggestion);
  }
}

function formatReading({ hasher, digest, password, matched, of }: Suggestion<'reading'>): string {
  const parts: string[] = [];
  const fixes: string[] = [];
  if (digest !== undefined) {
    const [is, fix] = DIGESTS[digest.kind]?.(digest) ?? [`is ${digest.kind}`, 'update digestry'];
    parts.push(is);
    fixes.push(fix);
  }
  if (password !== undefined) {
    const words = PASSWORDS[password.kind] ?? `the password as ${password.kind}`;
    parts.push(`takes ${typeof words === 'string' ? words : words(password)}`);
    fixes.push('change passwords the same way before they are verified: no import API does');
  }
  const known = of === 1 ? 'the known password that does' : `${formatShare(matched, of)} known passwords that do`;
  return `your ${shown(hasher)} ${parts.join(' and ')}: this explains ${known} not match; ${fixes.join('; ')}`;
}

function formatSeparateSalt(suggestion: Suggestion<'separate-salt'>): string {
  const { construction, algorithm, iterations, saltEncoding, hasher, matched, of } = suggestion;
  const name = CONSTRUCTIONS[construction]?.(nameHash(algorithm)) ?? `${nameHash(algorithm)} of ${construction}`;
  const parts = [
    `the hash is ${name}`,
    ...(iterations === undefined ? [] : [`with ${formatCount(iterations)} iterations`]),
    ...(saltEncoding === undefined ? [] : [`with the salt decoded from ${ENCODINGS[saltEncoding]}`]),
  ];
  const use = hasher === undefined ? '' : ` (${shown(hasher)} takes it as salt$hash)`;
  return `${parts.join(', ')}${use}: this explains ${formatShare(matched, of)} known passwords whose rows have a salt`;
}

const ENCODINGS = { hex: 'hexadecimal', base64: 'Base64' } as const;

const ORDERS = {
  'password-salt': 'the password and the salt, as in Authlogic and Sorcery',
  'salt-password': 'the salt and the password',
} as const;

function formatSecondSalt({ order, matched, of }: Suggestion<'second-salt'>): string {
  const known = `${formatShare(matched, of)} known passwords whose rows have a second salt`;
  return `the hash is of ${ORDERS[order]}: this explains ${known}; no import API hashes that salt`;
}

function formatShare(matched: number, of: number): string {
  return `${formatCount(matched)} of ${formatCount(of)}`;
}

/** `MD5`, `SHA-256` */
function nameHash(algorithm: string): string {
  return shown(algorithm.replace(/^sha(\d+)$/, 'SHA-$1').replace(/^md5$/, 'MD5'));
}

function setHasher(hasher: string | undefined): string {
  return `set passwordHasher to ${shown(hasher)}`;
}

/** A report may have any text for a name. */
function shown(name: string | undefined): string {
  return sanitizeForDisplay(name ?? 'unknown', 60);
}

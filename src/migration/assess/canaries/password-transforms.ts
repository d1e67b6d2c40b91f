/** What systems do to a password before they hash it. Each is tried where known passwords do not match. */
import { createHash } from 'node:crypto';
import { base64, encodeBase64 } from '../../../encoding/base64.js';
import { concat, latin1, utf8, utf16le } from '../../../encoding/bytes.js';
import { encodeHex } from '../../../encoding/hex.js';
import type { HashAlgorithm } from '../../../jobs.js';
import { nativeHashFunctions } from '../../../kdf/hash/native.js';

export interface PasswordTransform {
  /** After "your hasher": what it does. */
  readonly name: string;
  /** What the hasher bcrypt_peppered does. */
  readonly isPeppered?: boolean;
  /** The bytes that are hashed; undefined where this password cannot be transformed. */
  of(password: string): Uint8Array | undefined;
}

function text(name: string, change: (password: string) => string): PasswordTransform {
  return { name, of: (password) => utf8(change(password)) };
}

function inHex(algorithm: HashAlgorithm, shown: string): PasswordTransform {
  return {
    name: `takes the ${shown} of the password in hexadecimal`,
    of: (password) => utf8(encodeHex(nativeHashFunctions.hash(algorithm, utf8(password)))),
  };
}

function inBase64(algorithm: HashAlgorithm, shown: string): PasswordTransform {
  return {
    name: `takes the ${shown} of the password in Base64`,
    of: (password) => utf8(encodeBase64(nativeHashFunctions.hash(algorithm, utf8(password)), base64)),
  };
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' };

/** Likeliest first. */
export const passwordTransforms: readonly PasswordTransform[] = Object.freeze([
  text('takes the password trimmed', (password) => password.trim()),
  text('takes the password in NFC', (password) => password.normalize('NFC')),
  text('takes the password in NFKC', (password) => password.normalize('NFKC')),
  text('takes the password in NFD', (password) => password.normalize('NFD')),
  text('takes the password in NFKD', (password) => password.normalize('NFKD')),
  {
    name: 'takes the password in Latin-1',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1 is meant
    of: (password) => (/^[\u0000-\u00ff]*$/.test(password) ? latin1(password) : undefined),
  },
  { name: 'takes the password in UTF-16LE', of: utf16le },
  text('takes the password in lower case', (password) => password.toLowerCase()),
  text('takes the password in upper case', (password) => password.toUpperCase()),
  inHex('md5', 'MD5'),
  inHex('sha1', 'SHA-1'),
  inHex('sha256', 'SHA-256'),
  inHex('sha512', 'SHA-512'),
  inBase64('sha256', 'SHA-256'),
  inBase64('sha512', 'SHA-512'),
  {
    name: "takes the SHA-384 of the password in Base64, as BCrypt.Net's EnhancedHashPassword does",
    of: (password) => utf8(createHash('sha384').update(password).digest('base64')),
  },
  text('takes the password with HTML entities', (password) =>
    password.replace(/[&<>"']/g, (one) => HTML[one] as string),
  ),
  text('takes the password with backslashes before quotes', (password) => password.replace(/['"\\]/g, '\\$&')),
]);

/** A pepper is secret, so reports have its number among the candidates. */
export function createPepperTransforms(peppers: readonly string[]): readonly PasswordTransform[] {
  return peppers.flatMap((pepper, i) => [
    {
      name: `takes pepper ${i + 1} after the password`,
      isPeppered: true,
      of: (password: string) => concat(utf8(password), utf8(pepper)),
    },
    {
      name: `takes pepper ${i + 1} before the password`,
      of: (password: string) => concat(utf8(pepper), utf8(password)),
    },
    {
      name: `takes the HMAC-SHA-512 of the password in Base64, with pepper ${i + 1} as its key, as Flask-Security does`,
      of: (password: string) =>
        utf8(encodeBase64(nativeHashFunctions.hmac('sha512', utf8(pepper), utf8(password)), base64)),
    },
    {
      name: `takes the HMAC-SHA-256 of the password in hexadecimal, with pepper ${i + 1} as its key`,
      of: (password: string) => utf8(encodeHex(nativeHashFunctions.hmac('sha256', utf8(pepper), utf8(password)))),
    },
  ]);
}

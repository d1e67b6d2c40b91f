/** What systems do to a password before they hash it. Each is tried where known passwords do not match. */
import { createHash } from 'node:crypto';
import { base64, encodeBase64 } from '../../../encoding/base64.js';
import { concat, latin1, utf8, utf16le } from '../../../encoding/bytes.js';
import { encodeHex } from '../../../encoding/hex.js';
import type { HashAlgorithm } from '../../../jobs.js';
import { nativeHashFunctions } from '../../../kdf/hash/native.js';
import type { PasswordReading, PasswordReadingKind } from '../../../reports/canary-suggestion.js';

export interface PasswordTransform {
  readonly reading: PasswordReading;
  /** The bytes that are hashed; undefined where this password cannot be transformed. */
  apply(password: string): Uint8Array | undefined;
}

function text(kind: PasswordReadingKind, change: (password: string) => string): PasswordTransform {
  return { reading: { kind }, apply: (password) => utf8(change(password)) };
}

function inHex(kind: PasswordReadingKind, algorithm: HashAlgorithm): PasswordTransform {
  return text(kind, (password) => encodeHex(nativeHashFunctions.hash(algorithm, utf8(password))));
}

function inBase64(kind: PasswordReadingKind, algorithm: HashAlgorithm): PasswordTransform {
  return text(kind, (password) => encodeBase64(nativeHashFunctions.hash(algorithm, utf8(password)), base64));
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' };

/** Likeliest first. */
export const passwordTransforms: readonly PasswordTransform[] = Object.freeze([
  text('trimmed', (password) => password.trim()),
  text('nfc', (password) => password.normalize('NFC')),
  text('nfkc', (password) => password.normalize('NFKC')),
  text('nfd', (password) => password.normalize('NFD')),
  text('nfkd', (password) => password.normalize('NFKD')),
  {
    reading: { kind: 'latin-1' },
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1 is meant
    apply: (password) => (/^[\u0000-\u00ff]*$/.test(password) ? latin1(password) : undefined),
  },
  { reading: { kind: 'utf-16le' }, apply: utf16le },
  text('lower-case', (password) => password.toLowerCase()),
  text('upper-case', (password) => password.toUpperCase()),
  inHex('md5-hex', 'md5'),
  inHex('sha1-hex', 'sha1'),
  inHex('sha256-hex', 'sha256'),
  inHex('sha512-hex', 'sha512'),
  inBase64('sha256-base64', 'sha256'),
  inBase64('sha512-base64', 'sha512'),
  text('sha384-base64', (password) => createHash('sha384').update(password).digest('base64')),
  text('html-entities', (password) => password.replace(/[&<>"']/g, (one) => HTML[one] as string)),
  text('backslashes', (password) => password.replace(/['"\\]/g, '\\$&')),
]);

/** A pepper is secret, so reports have its number among the candidates. */
export function createPepperTransforms(peppers: readonly string[]): readonly PasswordTransform[] {
  return peppers.flatMap((pepper, i): PasswordTransform[] => {
    const key = utf8(pepper);
    const hmac = (algorithm: HashAlgorithm, password: string) =>
      nativeHashFunctions.hmac(algorithm, key, utf8(password));
    const reading = (kind: PasswordReadingKind): PasswordReading => ({ kind, pepper: i + 1 });
    return [
      { reading: reading('pepper-after'), apply: (password) => concat(utf8(password), key) },
      { reading: reading('pepper-before'), apply: (password) => concat(key, utf8(password)) },
      {
        reading: reading('pepper-hmac-sha512-base64'),
        apply: (password) => utf8(encodeBase64(hmac('sha512', password), base64)),
      },
      { reading: reading('pepper-hmac-sha256-hex'), apply: (password) => utf8(encodeHex(hmac('sha256', password))) },
    ];
  });
}

/** Digests in the form that a target takes, where that is another text than the hasher's own. */
import { base64Unpadded, encodeBase64 } from '../encoding/base64.js';
import type { Parsed } from '../types.js';
import type { HasherRule, ImportTarget } from './contract.js';

/** The rule of a hasher that the target takes in another form; undefined where it takes the digest's own text. */
export function findOtherForm(target: ImportTarget, hasher: string): HasherRule | undefined {
  const rule = Object.hasOwn(target.rules, hasher) ? target.rules[hasher] : undefined;
  return rule?.form === undefined ? undefined : rule;
}

/**
 * The digest as the target takes it; undefined if digestry does not write that form.
 * @param digest canonical, of this hasher.
 */
export function writeFor({ form }: HasherRule, hasher: string, digest: string, parsed: Parsed): string | undefined {
  switch (form) {
    case 'bcrypt-2b':
      // PHP's $2y$ is the algorithm of $2b$ under another name: https://www.openwall.com/lists/announce/2011/07/17/1
      return digest.startsWith('$2y$') ? `$2b$${digest.slice(4)}` : digest;
    case 'phc-pbkdf2':
      return writePhc(hasher, parsed);
    case 'fbscrypt':
      return writeFbscrypt(digest);
    case 'other':
      return undefined;
    default:
      return digest;
  }
}

const PRFS: ReadonlyMap<string, string> = new Map([
  ['pbkdf2_sha1', 'sha1'],
  ['pbkdf2_sha256', 'sha256'],
  ['pbkdf2_sha256_django', 'sha256'],
  ['pbkdf2_sha512', 'sha512'],
  ['pbkdf2_sha512_hex', 'sha512'],
]);

/** https://github.com/P-H-C/phc-string-format, with the parameters of Auth0's import. */
function writePhc(hasher: string, { params, salt, hash }: Parsed): string | undefined {
  const prf = PRFS.get(hasher);
  const { iterations } = params;
  if (prf === undefined || typeof iterations !== 'number') return undefined;
  const [saltText, hashText] = [salt, hash].map((bytes) => encodeBase64(bytes, base64Unpadded));
  return `$pbkdf2-${prf}$i=${iterations},l=${hash.length}$${saltText}$${hashText}`;
}

/** https://github.com/supabase/auth/blob/master/internal/crypto/password.go (ParseFirebaseScryptHash) */
function writeFbscrypt(digest: string): string | undefined {
  const [hash, salt, key, separator, rounds, memCost, ...more] = digest.split('$');
  if (memCost === undefined || more.length > 0) return undefined;
  const ss = separator === '' ? '' : `ss=${separator},`;
  return `$fbscrypt$v=1,n=${memCost},r=${rounds},p=1,${ss}sk=${key}$${salt}$${hash}`;
}

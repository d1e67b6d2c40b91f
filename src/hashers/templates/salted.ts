/** `salt$hex`: one hash of salt and password, in an order that the import API does not publish. */
import { concat } from '../../encoding/bytes.js';
import { encodeHex } from '../../encoding/hex.js';
import { malformed } from '../../errors.js';
import { hashCost } from '../../kdf/cost.js';
import { edgeFinding, empty, hidden, looseEdge, NO_WARNINGS } from '../../layout/findings.js';
import { decodeHexHash, HASH_BYTES, upperHexWarning } from '../../layout/hex-hash.js';
import { decodeTextSalt, encodeTextSalt } from '../../layout/text-salt.js';
import type { Finding, Hasher } from '../../types.js';
import { defineHasher } from '../define.js';
import { createParsed, NO_PARAMS, type NoParams } from '../parsed.js';

/** Which of the two is hashed first. The digest does not show it; canaries do. */
export type SaltOrder = 'salt-first' | 'password-first';

export interface SaltedOptions {
  readonly order?: SaltOrder | undefined;
}

const IDS = /^\$(?:SHA|CP|A|B|ml|PBKDF2|shiro[12]|sha\d+|md5|hmac-\w+)\$/;
/** N, r and p in hexadecimal and a salt, as Ruby's scrypt gem writes them. */
const SCRYPT_GEM = /^[0-9a-f]{1,8}\$[0-9a-f]{1,8}\$[0-9a-f]{1,8}\$[0-9a-f]{16,}\$/;

/** Other systems' digests end in "$" and hexadecimal as well. */
function isOfAnother(digest: string, at: number): boolean {
  if (digest.indexOf('$') === at) return false;
  return IDS.test(digest) || SCRYPT_GEM.test(digest);
}

/** A salt that ends in a backslash or in "$": its own, or of a shell that escaped or doubled the "$" after it. */
function escapedEnd(digest: string, at: number): Finding | undefined {
  if (digest[at] !== '\\' && digest[at] !== '$') return undefined;
  return edgeFinding('salt', at, digest[at] === '$' ? 'a "$"' : 'a backslash');
}

/** @throws {TypeError} where `order` is neither of the two. */
export function salted(
  algorithm: 'md5' | 'sha256',
  { order = 'salt-first' }: SaltedOptions,
  examples: { readonly password: string; readonly digests: { readonly [O in SaltOrder]: string } },
): Hasher<NoParams, undefined> {
  const { password, digests } = examples;
  if (!Object.hasOwn(digests, order)) throw new TypeError("order must be 'salt-first' or 'password-first'");
  const cost = hashCost(algorithm);
  const id = `${algorithm}$`;
  return defineHasher<NoParams>({
    name: `${algorithm}_salted`,
    insecure: true,
    example: { password, digest: digests[order] },
    parse(digest) {
      // Salts may contain "$", a hexadecimal hash does not.
      const at = digest.lastIndexOf('$');
      if (at === -1) throw malformed('salt', 0, 'salt must be separated from the hash by "$"');
      if (at > algorithm.length && digest.startsWith(id)) {
        throw malformed('salt', 0, `salt must not begin with "${id}": other systems write the algorithm there`);
      }
      if (at > 0 && isOfAnother(digest, at)) {
        throw malformed('salt', 0, 'salt has the fields of another format (AuthMe, phpBB, Apache Shiro, scrypt)');
      }
      const salt = decodeTextSalt(digest, 0, at);
      const hash = decodeHexHash(digest, at + 1, digest.length, HASH_BYTES[algorithm]);
      const upper: readonly Finding[] = upperHexWarning(digest, at + 1, digest.length);
      const odd = at === 0 ? empty('salt', 0) : (looseEdge(digest, 0, 'salt') ?? escapedEnd(digest, at - 1));
      // If there are as many bytes as characters, all are ASCII.
      const unseen = salt.length === at ? NO_WARNINGS : hidden(digest, 0, at, 'salt');
      if (odd === undefined && unseen.length === 0) return createParsed(NO_PARAMS, salt, hash, upper);
      return createParsed(NO_PARAMS, salt, hash, [...(odd === undefined ? [] : [odd]), ...unseen, ...upper]);
    },
    serialize: ({ salt, hash }) => `${encodeTextSalt(salt)}$${encodeHex(hash)}`,
    cost: () => cost,
    locate: (digest, field) => (field === 'hash' ? digest.lastIndexOf('$') + 1 : 0),
    derive: (password, { salt }, kdfs) =>
      kdfs.hash(algorithm, order === 'salt-first' ? concat(salt, password) : concat(password, salt)),
  });
}

/** A bare hash of the password, in hexadecimal. */
import { encodeHex } from '../../encoding/hex.js';
import { hashCost } from '../../kdf/cost.js';
import { decodeHexHash, HASH_BYTES, upperHexWarning } from '../../layout/hex-hash.js';
import type { Hasher } from '../../types.js';
import { defineHasher } from '../define.js';
import { createParsed, NO_BYTES, NO_PARAMS, type NoParams } from '../parsed.js';

export function plain(
  algorithm: 'md5' | 'sha256',
  example: { readonly password: string; readonly digest: string },
): Hasher<NoParams, undefined> {
  const cost = hashCost(algorithm);
  return defineHasher<NoParams>({
    name: algorithm,
    insecure: true,
    example,
    parse(digest) {
      const hash = decodeHexHash(digest, 0, digest.length, HASH_BYTES[algorithm]);
      return createParsed(NO_PARAMS, NO_BYTES, hash, upperHexWarning(digest, 0, digest.length));
    },
    serialize: ({ hash }) => encodeHex(hash),
    cost: () => cost,
    derive: (password, _, kdfs) => kdfs.hash(algorithm, password),
  });
}

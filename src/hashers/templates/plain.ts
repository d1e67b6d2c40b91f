/** A bare hash of the password, in hexadecimal. */
import { hashCost } from '../../kdf/cost.js';
import { HASH_BYTES } from '../../layout/hex-hash.js';
import { hex } from '../../layout/index.js';
import type { Hasher } from '../../types.js';
import { defineHasher } from '../define.js';
import type { NoParams } from '../parsed.js';
import { createGrammar } from './grammar.js';

export function plain(
  algorithm: 'md5' | 'sha256',
  example: { readonly password: string; readonly digest: string },
): Hasher<NoParams, undefined> {
  const cost = hashCost(algorithm);
  return defineHasher<NoParams>({
    name: algorithm,
    insecure: true,
    example,
    ...createGrammar<NoParams>([hex('hash', HASH_BYTES[algorithm])]),
    cost: () => cost,
    derive: (password, _, kdfs) => kdfs.hash(algorithm, password),
  });
}

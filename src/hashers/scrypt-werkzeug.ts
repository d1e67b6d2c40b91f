/**
 * Werkzeug (Flask) since 2.3. https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash
 *
 *     scrypt:32768:8:1$gB5tWq8sXz1nRc0V$2a5a115db02f88272fb887d97ae6d772…
 *            (1)   (2)(3)(4)            (5)
 * (1) N, a power of two
 * (2) r, the block size
 * (3) p, the lanes
 * (4) salt: the text itself
 * (5) hash, hexadecimal, 64 bytes
 *
 * Grammar:
 *     ^scrypt:(?<N>[1-9]\d*):(?<r>[1-9]\d*):(?<p>[1-9]\d*)\$(?<salt>[^$]*)\$(?<hash>[0-9A-Fa-f]{128})$
 *
 * Algorithm: scrypt(password, UTF-8 of the salt's text, N, r, p), 64 bytes (RFC 7914).
 *
 * Written by: Werkzeug's `generate_password_hash` (Flask, Superset) since 2.3. Django's `scrypt$…` and Better Auth's
 * `salt:key` convert to it.
 *
 * Typical: N=32768,r=8,p=1 (Werkzeug); N=16384,r=8,p=5 (Django since 5.1); N=16384,r=16,p=1 (Better Auth);
 * N=131072,r=8,p=1 (OWASP's first set)
 *
 * Traps:
 * - The salt is its characters: decoded from hexadecimal or Base64 it matches no password.
 * - An import guide shows it with a leading "$" and the hash in Base64; Werkzeug writes neither. It converts.
 * - Node's scrypt refuses N=32768, r=8 unless its `maxmem` is raised over 32 MiB.
 * - Memory is 128·N·r bytes for each verification: 32 MiB with Werkzeug's numbers.
 */
import { malformed } from '../errors.js';
import { scryptCost } from '../kdf/cost.js';
import { decimal, hex, layout, text } from '../layout/index.js';
import type { Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createGrammar } from './templates/grammar.js';

export interface WerkzeugParams {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const PREFIX = 'scrypt:';
const HASH_BYTES = 64;
/** r·p < 2^30, RFC 7914 §2. */
const MAX_RP = 2 ** 30 - 1;

const NUMBERS = layout`${decimal('N')}:${decimal('r', { max: MAX_RP })}:${decimal('p', { max: MAX_RP })}`;
const grammar = createGrammar<WerkzeugParams>(layout`${PREFIX}${NUMBERS}$${text('salt')}$${hex('hash', HASH_BYTES)}`);

/** RFC 7914 §2: N is a power of two above 1 and below 2^(128·r/8), p ≤ (2^32−1)·32/(128·r). */
function parse(digest: string): Parsed<WerkzeugParams, undefined> {
  const parsed = grammar.parse(digest);
  const { N, r, p } = parsed.params;
  const fail = (field: string, problem: string) => malformed(field, grammar.locate(digest, field) ?? 0, problem);
  const log2N = Math.log2(N);
  if (N < 2 || !Number.isInteger(log2N) || 2 ** log2N !== N) throw fail('N', 'N must be a power of two, at least 2');
  if (log2N >= 16 * r) throw fail('N', 'N must be less than 2^(16·r)');
  if (r * p > MAX_RP) throw fail('p', 'r·p must be less than 2^30');
  return parsed;
}

export const scryptWerkzeug: Hasher<WerkzeugParams, undefined> = defineHasher<WerkzeugParams>({
  name: 'scrypt_werkzeug',
  prefixes: [PREFIX],
  example: {
    password: 'correct horse battery staple',
    digest:
      'scrypt:32768:8:1$gB5tWq8sXz1nRc0V$2a5a115db02f88272fb887d97ae6d772c36044cc6eb1b05168ed6276c6220a600f01e129ae659744352e8b35f779c31737af4cd3738fd7c2a341ac8d297701f2',
  },
  ...grammar,
  parse,
  cost: (params) => scryptCost(params, { memory: 'N', work: 'p' }),
  derive: (password, { params, salt }, kdfs) => kdfs.scrypt({ password, salt, ...params, dkLen: HASH_BYTES }),
});

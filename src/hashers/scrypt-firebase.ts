/**
 * Firebase Authentication's modified scrypt. https://github.com/firebase/scrypt
 *
 *     k/Al078rFGDmFWtkyMa2…$EBESExQVFhcYGQ==$EIbwDRB7wOVj+u0yl4Dy…$Bw==$8$14
 *     (1)                  (2)              (3)                   (4)  (5)(6)
 * (1) hash, Base64: the signer key encrypted with AES-256-CTR (counter from zero) under scrypt's 32 bytes
 * (2) salt of the user, Base64
 * (3) signer key of the project, Base64. A secret
 * (4) salt separator of the project, Base64; it is appended to the salt
 * (5) rounds: scrypt's r
 * (6) memCost: log2 of scrypt's N
 *
 * Grammar:
 *     ^(?<hash>[A-Za-z0-9+/_-]+={0,2})\$(?<salt>[A-Za-z0-9+/_-]*={0,2})\$(?<signerKey>[A-Za-z0-9+/_-]+={0,2})
 *     \$(?<saltSeparator>[A-Za-z0-9+/_-]*={0,2})\$(?<rounds>\d+)\$(?<memCost>\d+)$
 *
 * Algorithm: key = scrypt(password, salt ‖ separator, N = 2^memCost, r = rounds, p = 1), 32 bytes; the hash is
 * AES-256-CTR(key, counter 0) of the signer key (RFC 7914 for scrypt).
 *
 * Written by: Firebase Authentication and Google's Identity Platform, in parts: hash and salt with each user, the rest
 * once for the project. Supabase, Kratos and WorkOS have strings of their own for the same.
 *
 * Typical: rounds=8,memCost=14 (Firebase)
 *
 * Traps:
 * - `rounds` is scrypt's r and `memCost` the log2 of N: exchanged they parse, and no password matches.
 * - Every digest contains the signer key, a secret of the project.
 * - `auth:export` writes standard Base64, the Admin SDK the URL-safe one: the same bytes, and a warning.
 * - An export without the permission to see hashes has `REDACTED` in Base64 in their place.
 * - Users that were imported into Firebase with another algorithm get this one at their first sign-in; until then the
 *   export does not have their hash.
 */
import { base64Lenient, decodeBase64, encodeBase64 } from '../encoding/base64.js';
import { concat } from '../encoding/bytes.js';
import { decodeDecimal } from '../encoding/decimal.js';
import { splitFields } from '../encoding/fields.js';
import { malformed } from '../errors.js';
import { scryptCost } from '../kdf/cost.js';
import { empty, type Lengths, NO_WARNINGS, nonCanonical, unusualLength } from '../layout/findings.js';
import type { Finding, Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createParsed } from './parsed.js';

export interface FirebaseParams {
  /** scrypt's r. */
  readonly rounds: number;
  /** log2 of scrypt's N. */
  readonly memCost: number;
}

/** The project's, not the user's. */
export interface FirebaseKeys {
  readonly signerKey: Uint8Array;
  readonly saltSeparator: Uint8Array;
}

const FIELDS = ['hash', 'salt', 'signerKey', 'saltSeparator', 'rounds', 'memCost'];
const KEY_LENGTHS: Lengths = { usual: 64, known: [], partVerifies: false };
/** The hash is as long as the key: a shorter one would be met by chance. */
const MIN_KEY_BYTES = 16;
/** Firebase writes 14. A 14 that lost its last character reads as 1. */
const FIRST_DIGIT = 1;
/** AES-256 takes all of it. */
const DERIVED_KEY_BYTES = 32;
const FIRST_COUNTER = new Uint8Array(16);
/** r·p < 2^30, RFC 7914 §2. */
const MAX_ROUNDS = 2 ** 30 - 1;
/** Beyond this, N is not an exact number; limits refuse far less. */
const MAX_MEM_COST = 52;

function parse(digest: string): Parsed<FirebaseParams, FirebaseKeys> {
  const { starts, ends } = splitFields(digest, '$', FIELDS);
  const warnings: Finding[] = [];
  const decodeBytes = (index: number): Uint8Array => {
    const field = FIELDS[index] as string;
    const start = starts[index] as number;
    const end = ends[index] as number;
    // The Admin SDK and the REST API give URL-safe Base64, `auth:export` standard.
    const urlSafe = digest.slice(start, end).search(/[-_]/);
    if (urlSafe !== -1) warnings.push(urlSafeAt(field, start + urlSafe));
    return decodeBase64(digest, start, end, field, base64Lenient);
  };
  const hash = decodeBytes(0);
  const salt = decodeBytes(1);
  const signerKey = decodeBytes(2);
  const saltSeparator = decodeBytes(3);
  const rounds = decodeDecimal(digest, starts[4] as number, ends[4] as number, 'rounds', 1, MAX_ROUNDS);
  const memCost = decodeDecimal(digest, starts[5] as number, ends[5] as number, 'memCost', 1, MAX_MEM_COST);
  if (signerKey.length < MIN_KEY_BYTES) {
    const problem = `signerKey must be at least ${MIN_KEY_BYTES} bytes (is ${signerKey.length})`;
    throw malformed('signerKey', ends[2] as number, problem);
  }
  if (hash.length !== signerKey.length) {
    const problem = `hash must be as long as signerKey, ${signerKey.length} bytes (is ${hash.length})`;
    throw malformed('hash', ends[0] as number, problem);
  }
  if (memCost >= 16 * rounds) throw malformed('memCost', starts[5] as number, 'memCost must be less than 16·rounds');
  if (salt.length === 0) warnings.push(empty('salt', starts[1] as number));
  if (saltSeparator.length === 0) warnings.push(empty('saltSeparator', starts[3] as number));
  warnings.push(...unusualLength('signerKey', starts[2] as number, signerKey.length, KEY_LENGTHS));
  if (memCost === FIRST_DIGIT) warnings.push(oneDigit(starts[5] as number));
  const context = { signerKey, saltSeparator };
  return createParsed({ rounds, memCost }, salt, hash, warnings.length === 0 ? NO_WARNINGS : warnings, context);
}

function oneDigit(offset: number): Finding {
  const message = 'memCost is 1 instead of the usual 14: if the export cut off the last digit, it can never verify';
  return { code: 'WARN_LENGTH', severity: 'warning', field: 'memCost', offset, message };
}

function urlSafeAt(field: string, offset: number): Finding {
  return nonCanonical(field, offset, `${field} is URL-safe Base64`, 'write "+" for "-" and "/" for "_"');
}

export const scryptFirebase: Hasher<FirebaseParams, FirebaseKeys> = defineHasher<FirebaseParams, FirebaseKeys>({
  name: 'scrypt_firebase',
  example: {
    password: 'correct horse battery staple',
    digest:
      'k/Al078rFGDmFWtkyMa2B7XGAu2nnIQ9O+tyccB0MJ6Z7CfwFfGJKY3s6soR1/QZPGvSmDXZwNsKFH1y4MkHsg==$EBESExQVFhcYGQ==$EIbwDRB7wOVj+u0yl4DyeCwnvT2La1f+JwK0cxprNxZshNx8ZGTeD0ySOFkkuGm7Jmnk6XZPRrxDKsGoM3z8PA==$Bw==$8$14',
  },
  parse,
  serialize: ({ params, salt, hash, context }) =>
    [
      encodeBase64(hash),
      encodeBase64(salt),
      encodeBase64(context.signerKey),
      encodeBase64(context.saltSeparator),
      params.rounds,
      params.memCost,
    ].join('$'),
  cost: ({ rounds, memCost }) =>
    scryptCost({ N: 2 ** memCost, r: rounds, p: 1 }, { memory: 'memCost', work: 'rounds' }),
  locate(digest, field) {
    const index = FIELDS.indexOf(field);
    return index === -1 ? undefined : splitFields(digest, '$', FIELDS).starts[index];
  },
  async derive(password, { params, salt, context }, kdfs) {
    const key = await kdfs.scrypt({
      password,
      salt: concat(salt, context.saltSeparator),
      N: 2 ** params.memCost,
      r: params.rounds,
      p: 1,
      dkLen: DERIVED_KEY_BYTES,
    });
    const hash = kdfs.aes256Ctr(key, FIRST_COUNTER, context.signerKey);
    key.fill(0);
    return hash;
  },
});

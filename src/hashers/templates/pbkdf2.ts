/** `name$iterations$salt$hash`: PBKDF2 as Django began to write it, and its relatives that differ in the encodings. */
import { decodeDecimal } from '../../encoding/decimal.js';
import { expectPrefix, splitFields } from '../../encoding/fields.js';
import { DigestError, malformed } from '../../errors.js';
import type { Pbkdf2Job } from '../../jobs.js';
import { pbkdf2Cost } from '../../kdf/cost.js';
import { empty, type Lengths, NO_WARNINGS, refuseEncodedTwice, unusualLength } from '../../layout/findings.js';
import type { Finding, Hasher, Parsed } from '../../types.js';
import { defineHasher } from '../define.js';
import { createParsed } from '../parsed.js';
import type { Codec } from './codec.js';

export interface Pbkdf2Params {
  readonly iterations: number;
  /** Bytes of the hash. */
  readonly keylen: number;
}

/** Fewer bytes of hash are open to collisions. */
export const MIN_HASH_BYTES = 16;
const FIELDS = ['iterations', 'salt', 'hash'];
/**
 * Under SHA-512, shorter than its own 64 bytes: 32 of ASP.NET Core Identity, 40 of Symfony's Pbkdf2PasswordHasher, 24 of
 * CrackStation's code with another hash function, 16 of Jackrabbit Oak.
 * https://github.com/dotnet/aspnetcore/blob/main/src/Identity/Extensions.Core/src/PasswordHasher.cs
 * https://github.com/symfony/password-hasher/blob/7.1/Hasher/Pbkdf2PasswordHasher.php
 */
export const SHA512_HASH_BYTES: readonly number[] = [16, 24, 32, 40];

export interface Pbkdf2Form {
  readonly name: string;
  readonly prefix: string;
  readonly prf: Pbkdf2Job['prf'];
  readonly salt: Codec;
  readonly hash: Codec;
  /** The hash length that most writers write. */
  readonly usualHashBytes: number;
  /** Shorter ones of known writers. */
  readonly knownHashBytes?: readonly number[];
  /** The error to throw for one that was met, where the digest shows more than the field. */
  readonly refuse?: (error: DigestError, digest: string) => DigestError;
  /** The only length that is read. */
  readonly fixed?: boolean;
  readonly example: { readonly password: string; readonly digest: string };
}

interface CheckedForm extends Pbkdf2Form {
  readonly lengths: Lengths;
}

export function pbkdf2(definition: Pbkdf2Form): Hasher<Pbkdf2Params, undefined> {
  const { name, prefix, prf, example, usualHashBytes, knownHashBytes = [] } = definition;
  const form: CheckedForm = {
    ...definition,
    lengths: { usual: usualHashBytes, known: knownHashBytes, partVerifies: true },
  };
  return defineHasher<Pbkdf2Params>({
    name,
    prefixes: [prefix],
    example,
    parse(digest) {
      try {
        return parsePbkdf2(form, digest);
      } catch (error) {
        throw error instanceof DigestError && form.refuse !== undefined ? form.refuse(error, digest) : error;
      }
    },
    serialize: ({ params, salt, hash }) =>
      `${prefix}${params.iterations}$${form.salt.encode(salt)}$${form.hash.encode(hash)}`,
    cost: ({ iterations, keylen }) => pbkdf2Cost(prf, iterations, keylen),
    locate: (_, field) => (field === 'iterations' ? prefix.length : undefined),
    derive: (password, { params, salt }, kdfs) =>
      kdfs.pbkdf2({ prf, password, salt, c: params.iterations, dkLen: params.keylen }),
  });
}

function parsePbkdf2(form: CheckedForm, digest: string): Parsed<Pbkdf2Params, undefined> {
  const { prefix, usualHashBytes } = form;
  const { starts, ends } = splitFields(digest, '$', FIELDS, expectPrefix(digest, prefix));
  const [iterationsAt = 0, saltAt = 0, hashAt = 0] = starts;
  const [iterationsEnd = 0, saltEnd = 0, hashEnd = 0] = ends;
  const iterations = decodeDecimal(digest, iterationsAt, iterationsEnd, 'iterations');
  const salt = form.salt.decode(digest, saltAt, saltEnd, 'salt');
  const hash = form.hash.decode(digest, hashAt, hashEnd, 'hash', usualHashBytes);
  if (form.fixed ? hash.length !== usualHashBytes : hash.length < MIN_HASH_BYTES) {
    const needed = form.fixed ? `${usualHashBytes}` : `at least ${MIN_HASH_BYTES}`;
    throw malformed('hash', hashEnd, `hash must be ${needed} bytes (is ${hash.length})`);
  }
  refuseEncodedTwice(hash, hashAt);
  let warnings: readonly Finding[] = NO_WARNINGS;
  if (salt.length === 0) warnings = [empty('salt', saltAt)];
  if (hash.length < usualHashBytes) {
    warnings = [...warnings, ...unusualLength('hash', hashAt, hash.length, form.lengths)];
  }
  const spellings = form.salt.spelling(digest, saltAt, saltEnd, 'salt');
  const hashSpellings = form.hash.spelling(digest, hashAt, hashEnd, 'hash');
  if (spellings.length + hashSpellings.length > 0) warnings = [...warnings, ...spellings, ...hashSpellings];
  return createParsed({ iterations, keylen: hash.length }, salt, hash, warnings);
}

/** `name$iterations$salt$hash`: PBKDF2 as Django began to write it, and its relatives that differ in the encodings. */
import { DigestError } from '../../errors.js';
import type { Pbkdf2Job } from '../../jobs.js';
import { pbkdf2Cost } from '../../kdf/cost.js';
import { type BytesField, decimal, type Field, layout } from '../../layout/index.js';
import type { Hasher } from '../../types.js';
import { defineHasher } from '../define.js';
import { createGrammar } from './grammar.js';

export interface Pbkdf2Params {
  readonly iterations: number;
  /** Bytes of the hash. */
  readonly keylen: number;
}

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
  readonly salt: Field;
  readonly hash: BytesField;
  /** The error to throw for one that was met, where the digest shows more than the field. */
  readonly refuse?: (error: DigestError, digest: string) => DigestError;
  readonly example: { readonly password: string; readonly digest: string };
}

export function pbkdf2(form: Pbkdf2Form): Hasher<Pbkdf2Params, undefined> {
  const { name, prefix, prf, example, salt, hash, refuse } = form;
  const grammar = createGrammar<Pbkdf2Params>(
    layout`${prefix}${decimal('iterations')}$${salt}$${{ ...hash, count: 'keylen' }}`,
  );
  return defineHasher<Pbkdf2Params>({
    name,
    prefixes: [prefix],
    example,
    ...grammar,
    parse(digest) {
      try {
        return grammar.parse(digest);
      } catch (error) {
        throw error instanceof DigestError && refuse !== undefined ? refuse(error, digest) : error;
      }
    },
    cost: ({ iterations, keylen }) => pbkdf2Cost(prf, iterations, keylen),
    derive: (password, { params, salt }, kdfs) =>
      kdfs.pbkdf2({ prf, password, salt, c: params.iterations, dkLen: params.keylen }),
  });
}

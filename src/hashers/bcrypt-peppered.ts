/**
 * Devise (Rails) with `config.pepper`: bcrypt of the password followed by a site-wide secret.
 * https://clerk.com/docs/reference/backend/user/create-user and Devise's lib/devise/encryptor.rb
 *
 *     $2a$10$N9qo8uLOickgx2ZMRZoMyeQdg/3qzcNa/6WVlwgLiFKiSikr0GtR2$pepper
 *     (1)                                                          (2)
 * (1) a bcrypt digest of password ‖ pepper
 * (2) the pepper, to the end: it may contain "$". A secret
 *
 * Grammar:
 *     ^(?<bcrypt>\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53})\$(?<pepper>[^\r\n]+)$
 *
 * Algorithm: bcrypt of the password's bytes followed by the pepper's bytes; 72 bytes of the two are read.
 *
 * Written by: Devise writes the bcrypt digest alone; the pepper is in config/initializers/devise.rb and is appended for
 * the import.
 *
 * Typical: cost=12 (Devise since 4.7.2); cost=11 (Devise 4.0 to 4.7.1); cost=10 (Devise 3)
 *
 * Traps:
 * - The pepper is a secret of the whole site, and a part of every digest: handle the file as a secret.
 * - Devise's digest does not show that there is a pepper: as plain `bcrypt` it parses, and no password matches.
 * - Devise's own peppers have 128 characters, so password and pepper go over 72 bytes: the end of the pepper has no
 *   effect.
 * - The pepper may contain "$"; it begins after the 60th character.
 */
import { concat, utf8, utf8Text } from '../encoding/bytes.js';
import { digestError, malformed } from '../errors.js';
import { BCRYPT_KEY_BYTES } from '../kdf/bcrypt/key.js';
import { bcryptCost } from '../kdf/cost.js';
import { hidden, looseEdge } from '../layout/findings.js';
import type { Finding, Hasher, Parsed } from '../types.js';
import {
  BCRYPT_PREFIXES,
  type BcryptParams,
  bcryptEnd,
  locateBcrypt,
  parseBcryptUntil,
  refuseSecond,
  serializeBcrypt,
} from './bcrypt.js';
import { defineHasher } from './define.js';
import { createParsed } from './parsed.js';

/** The pepper's bytes. */
type Pepper = Uint8Array;

function parse(digest: string): Parsed<BcryptParams, Pepper> {
  const { params, salt, hash, warnings } = parseBcryptUntil(digest, 0);
  const end = bcryptEnd(digest, 0);
  if (digest.length === end) {
    throw digestError('ERR_WRONG_HASHER', 'bcrypt digest without a pepper', {
      field: 'pepper',
      offset: end,
      fix: 'set passwordHasher to bcrypt, or append "$" and the pepper',
      suggestion: { hasher: 'bcrypt' },
    });
  }
  if (digest.charCodeAt(end) !== 36) throw malformed('pepper', end, 'pepper must be separated from the hash by "$"');
  refuseSecond(digest, end, 'pepper');
  const pepper = digest.slice(end + 1);
  if (pepper === '')
    throw malformed(
      'pepper',
      end + 1,
      'pepper must not be empty',
      'set passwordHasher to bcrypt and remove the last "$"',
    );
  const lineEnd = pepper.search(/[\r\n]/);
  if (lineEnd !== -1)
    throw malformed(
      'pepper',
      end + 1 + lineEnd,
      'pepper must not contain a line break',
      'remove the line break',
      'line-break',
    );
  if (!pepper.isWellFormed())
    throw malformed('pepper', end + 1, 'pepper contains half of a surrogate pair: the export is damaged');
  const bytes = utf8(pepper);
  const edge = looseEdge(digest, digest.length - 1, 'pepper');
  const more = bytes.length < BCRYPT_KEY_BYTES ? undefined : truncated(end + 1);
  return createParsed(
    params,
    salt,
    hash,
    [...warnings, edge, ...hidden(digest, end + 1, digest.length, 'pepper'), more].filter(
      (finding) => finding !== undefined,
    ),
    bytes,
  );
}

/** A pepper that comes in a column, or once for all, is put where the digest has it. */
function withPepper(digest: string, pepper: string | Uint8Array | null | undefined): string {
  if (pepper === undefined || pepper === null || digest.length !== bcryptEnd(digest, 0)) return digest;
  return `${digest}$${typeof pepper === 'string' ? pepper : (utf8Text(pepper) ?? '')}`;
}

function truncated(offset: number): Finding {
  return {
    code: 'NOTE_PEPPER_TRUNCATED',
    severity: 'note',
    field: 'pepper',
    offset,
    message: `password and pepper exceed ${BCRYPT_KEY_BYTES} bytes together: bcrypt ignores the end of the pepper`,
  };
}

export const bcryptPeppered: Hasher<BcryptParams, Pepper> = defineHasher<BcryptParams, Pepper>({
  name: 'bcrypt_peppered',
  prefixes: BCRYPT_PREFIXES,
  freeTail: true,
  example: {
    password: 'correct horse battery staple',
    digest: '$2a$10$N9qo8uLOickgx2ZMRZoMyeQdg/3qzcNa/6WVlwgLiFKiSikr0GtR2$pepper',
  },
  companions: [{ name: 'pepper', optional: true }],
  parse: (digest, given) => parse(withPepper(digest, given?.pepper)),
  serialize: (parsed) => `${serializeBcrypt(parsed)}$${utf8Text(parsed.context) ?? ''}`,
  cost: bcryptCost,
  locate: (digest, field) => (field === 'pepper' ? bcryptEnd(digest, 0) + 1 : locateBcrypt(digest, field, 0)),
  derive: (password, { params, salt, context }, kdfs) =>
    kdfs.bcrypt({ password: concat(password, context), salt, ...params }),
});

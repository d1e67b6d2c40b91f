/** Supabase Auth, `password_hash` of its admin API. */
import type { HasherRule, ImportTarget } from './contract.js';
import { AT_LOGIN, defineTarget } from './define.js';

const ARGON2: HasherRule = {
  accepts: 'yes',
  params: { version: { oneOf: [19], fix: AT_LOGIN }, p: { max: 255, fix: AT_LOGIN } },
  canonical: ['params', 'v'],
};

export const supabase: ImportTarget = defineTarget({
  name: 'supabase',
  title: 'Supabase Auth',
  sources: [
    {
      what: 'the checks at import and at login',
      url: 'https://github.com/supabase/auth/blob/master/internal/crypto/password.go',
      seen: '2026-11-23, supabase/auth@b1cd2b03',
    },
    {
      what: 'what its bcrypt reads',
      url: 'https://github.com/golang/crypto/blob/master/bcrypt/bcrypt.go',
      seen: '2026-11-23, golang/crypto@203252af',
    },
  ],
  rules: {
    argon2i: ARGON2,
    argon2id: ARGON2,
    bcrypt: {
      accepts: 'yes',
      params: {
        variant: {
          oneOf: ['2a', '2b', '2y'],
          fix: `${AT_LOGIN}: both are imported, then $2$ never verifies, and $2x$ for passwords of ASCII only`,
        },
      },
      canonical: ['hash'],
      note: 'unused bits of the salt are ignored, those of the hash are not',
    },
    bcrypt_peppered: { accepts: 'no', note: 'it is imported as bcrypt and never verifies' },
    scrypt_firebase: {
      accepts: 'yes',
      as: '$fbscrypt$v=1,n=memCost,r=rounds,p=1,ss=separator,sk=key$salt$hash, without "ss" where it is empty',
      form: 'fbscrypt',
      nonEmpty: ['salt'],
    },
  },
});

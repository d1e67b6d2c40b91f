/** Measured by default: the parameters that real systems write, for each hasher. */
import type { HasherName } from '../../hashers/index.js';
import { OWASP_ARGON2 } from '../../owasp.js';

/** Over the parameters of the hasher's example. */
export type GivenParams = Readonly<Record<string, number | string>>;

const PLAIN: readonly GivenParams[] = [{}];

export const defaultSets: Readonly<Record<HasherName, readonly GivenParams[]>> = {
  // PHP from 7.3 on (PASSWORD_ARGON2_DEFAULT_*).
  argon2i: [{ m: 65_536, t: 4, p: 1 }],
  argon2id: [
    ...OWASP_ARGON2.map((set) => ({ ...set, p: 1 })),
    // RFC 9106 §4's second choice: the npm package argon2, argon2-cffi, libargon2's own clients.
    { m: 65_536, t: 3, p: 4 },
    // Django's Argon2PasswordHasher.
    { m: 102_400, t: 2, p: 8 },
  ],
  awscognito: PLAIN,
  // 10: the npm packages, Go, Spring, Supabase. 12: PHP 8.4, Rails, Django.
  bcrypt: [{ cost: 10 }, { cost: 12 }],
  // Devise's config.stretches.
  bcrypt_peppered: [{ cost: 12 }],
  bcrypt_sha256_django: [{ cost: 12 }],
  hmac_sha256_utf16_b64: PLAIN,
  ldap_ssha: PLAIN,
  md5: PLAIN,
  // As WordPress wrote its own.
  md5_phpass: [{ cost: 13 }],
  md5_salted: PLAIN,
  // Keycloak up to 23; OWASP for SHA-1, as Keycloak has it since 24.
  pbkdf2_sha1: [{ iterations: 20_000 }, { iterations: 1_300_000 }],
  // Keycloak up to 23; OWASP, as Keycloak has it since 24.
  pbkdf2_sha256: [{ iterations: 27_500 }, { iterations: 600_000 }],
  // Django 4.2, 5.2, 6.0 and 6.1: "django.contrib.auth" in each version's release notes,
  // https://docs.djangoproject.com/en/stable/releases/.
  pbkdf2_sha256_django: [
    { iterations: 600_000 },
    { iterations: 1_000_000 },
    { iterations: 1_200_000 },
    { iterations: 1_500_000 },
  ],
  // OWASP, as Keycloak has it since 24.
  pbkdf2_sha512: [{ iterations: 210_000 }],
  pbkdf2_sha512_hex: [{ iterations: 210_000 }],
  // WordPress before 6.8 ("$P$B"); phpBB 3.0 ("$H$9").
  phpass: [{ cost: 13 }, { cost: 11 }],
  // Every project that never changed its own.
  scrypt_firebase: [{ rounds: 8, memCost: 14 }],
  scrypt_werkzeug: [{ N: 32_768, r: 8, p: 1 }],
  sha256: PLAIN,
  sha256_salted: PLAIN,
  // symfony/security's MessageDigestPasswordEncoder.
  sha512_symfony: [{ iterations: 5000 }],
};

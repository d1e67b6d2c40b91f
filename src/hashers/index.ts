/** The table of hashers, in the order of their names. This is the only list of them. */
import type { AnyHasher } from '../types.js';
import { argon2i } from './argon2i.js';
import { argon2id } from './argon2id.js';
import { awscognito } from './awscognito.js';
import { bcrypt } from './bcrypt.js';
import { bcryptPeppered } from './bcrypt-peppered.js';
import { bcryptSha256Django } from './bcrypt-sha256-django.js';
import { hmacSha256Utf16B64 } from './hmac-sha256-utf16-b64.js';
import { ldapSsha } from './ldap-ssha.js';
import { md5 } from './md5.js';
import { md5Phpass } from './md5-phpass.js';
import { md5Salted } from './md5-salted.js';
import { pbkdf2Sha1 } from './pbkdf2-sha1.js';
import { pbkdf2Sha256 } from './pbkdf2-sha256.js';
import { pbkdf2Sha256Django } from './pbkdf2-sha256-django.js';
import { pbkdf2Sha512 } from './pbkdf2-sha512.js';
import { pbkdf2Sha512Hex } from './pbkdf2-sha512-hex.js';
import { phpass } from './phpass.js';
import { scryptFirebase } from './scrypt-firebase.js';
import { scryptWerkzeug } from './scrypt-werkzeug.js';
import { sha256 } from './sha256.js';
import { sha256Salted } from './sha256-salted.js';
import { sha512Symfony } from './sha512-symfony.js';

export { NO_WARNINGS } from '../layout/findings.js';
export { decodeShownSalt } from '../layout/text-salt.js';
export { argon2i } from './argon2i.js';
export { argon2id } from './argon2id.js';
export { awscognito } from './awscognito.js';
export { bcrypt, bcryptEnd } from './bcrypt.js';
export { bcryptPeppered } from './bcrypt-peppered.js';
export { bcryptSha256Django } from './bcrypt-sha256-django.js';
export { definedHasher, defineHasher, type HasherDefinition } from './define.js';
export { dynamicHasher, isDynamicName } from './dynamic.js';
export {
  COMPANION,
  defineFormat,
  type Family,
  type Format,
  type FormatContext,
  type FormatCore,
  type FormatData,
  fitsLayout,
  getDocumentedFormat,
  getFormat,
  listRecipes,
  MISSING,
} from './format.js';
export { ALIASES, formatTable, type HasherTable } from './format-table.js';
export { hmacSha256Utf16B64 } from './hmac-sha256-utf16-b64.js';
export { ldapSsha } from './ldap-ssha.js';
export { md5 } from './md5.js';
export { md5Phpass } from './md5-phpass.js';
export { md5Salted } from './md5-salted.js';
export { createParsed } from './parsed.js';
export { pbkdf2Sha1 } from './pbkdf2-sha1.js';
export { pbkdf2Sha256 } from './pbkdf2-sha256.js';
export { pbkdf2Sha256Django } from './pbkdf2-sha256-django.js';
export { pbkdf2Sha512 } from './pbkdf2-sha512.js';
export { pbkdf2Sha512Hex } from './pbkdf2-sha512-hex.js';
export { phpass } from './phpass.js';
export { scryptFirebase } from './scrypt-firebase.js';
export { scryptWerkzeug } from './scrypt-werkzeug.js';
export { sha256 } from './sha256.js';
export { sha256Salted } from './sha256-salted.js';
export { sha512Symfony } from './sha512-symfony.js';
export type { SaltedOptions, SaltOrder } from './templates/salted.js';

/** Every `passwordHasher` of the reference import API. */
export type HasherName =
  | 'argon2i'
  | 'argon2id'
  | 'awscognito'
  | 'bcrypt'
  | 'bcrypt_peppered'
  | 'bcrypt_sha256_django'
  | 'hmac_sha256_utf16_b64'
  | 'ldap_ssha'
  | 'md5'
  | 'md5_phpass'
  | 'md5_salted'
  | 'pbkdf2_sha1'
  | 'pbkdf2_sha256'
  | 'pbkdf2_sha256_django'
  | 'pbkdf2_sha512'
  | 'pbkdf2_sha512_hex'
  | 'phpass'
  | 'scrypt_firebase'
  | 'scrypt_werkzeug'
  | 'sha256'
  | 'sha256_salted'
  | 'sha512_symfony';

export const clerkHashers: readonly AnyHasher[] = Object.freeze([
  argon2i,
  argon2id,
  awscognito,
  bcrypt,
  bcryptPeppered,
  bcryptSha256Django,
  hmacSha256Utf16B64,
  ldapSsha,
  md5,
  md5Phpass,
  md5Salted(),
  pbkdf2Sha1,
  pbkdf2Sha256,
  pbkdf2Sha256Django,
  pbkdf2Sha512,
  pbkdf2Sha512Hex,
  phpass,
  scryptFirebase,
  scryptWerkzeug,
  sha256,
  sha256Salted(),
  sha512Symfony,
]);

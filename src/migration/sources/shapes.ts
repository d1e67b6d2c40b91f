/**
 * Products that do something to the password before the hasher that their digests name, recognised by their other fields. A
 * digest of these products looks like any other, and verifies under no hasher that takes the password itself.
 */
import { toSlug } from '../../encoding/slug.js';
import type { Doubt } from '../row.js';
import type { FieldReader } from './contract.js';

interface Shape {
  readonly product: string;
  /** Of what is not a product. */
  readonly subcode?: string;
  /** A field that others do not have: without one of these nothing else is looked at. */
  readonly telling: readonly string[];
  /** Further fields, of which all have to be there. */
  readonly with?: readonly string[];
  /** What the row itself says, where that decides. */
  readonly fits?: (field: FieldReader) => boolean;
  /** Digests that are meant. */
  readonly of: Doubt['of'];
  /** What is hashed. */
  readonly does: string;
  readonly fix: string;
}

const NOT_PLAIN = 'import it only where the target does that step too; test with known passwords: --canaries FILE';
const BCRYPT = ['bcrypt'] as const;
const CRYPT = ['bcrypt', 'argon2id', 'argon2i'] as const;

const NOTHING = /^(?:|0|false|f|no|n|none|null|\\N)$/i;
/** Fields that say how the row's password is hashed, and that are not the hasher's name. */
const ALGORITHMS = [
  ...['algorithm', 'algo', 'alg', 'password_algorithm', 'passwordAlgorithm', 'password_algo', 'passwordAlgo'],
  ...['hash_algorithm', 'hashAlgorithm', 'hash_algo', 'hashAlgo', 'hash_method', 'hashMethod', 'hash_type', 'hashType'],
  ...['password_method', 'passwordMethod', 'password_type', 'passwordType', 'password_scheme', 'passwordScheme'],
  ...['password_format', 'passwordFormat', 'password_hash_type', 'hash_function', 'hashFunction', 'encryption'],
];
const PEPPERS = [
  ...['pepper', 'peppered', 'is_peppered', 'isPeppered', 'pepper_version', 'pepperVersion', 'pepper_id', 'pepperId'],
  ...['pepper_key_id', 'pepperKeyId'],
];

/** Switches of a row whose older hash was hashed again, for each function that may have made that hash. */
const REHASHED: readonly string[] = [
  ...['legacy_hash', 'is_legacy_hash', 'legacy_password', 'is_legacy_password', 'legacy_password_hash'],
  ...['wrapped', 'is_wrapped', 'wrapped_hash', 'double_hashed', 'is_double_hashed'],
  ...['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) => [
    ...[`is_${name}`, `was_${name}`, `legacy_${name}`, `is_legacy_${name}`, `${name}_legacy`, `is_${name}_legacy`],
    ...[`${name}_migrated`, `migrated_${name}`, `migrated_from_${name}`, `from_${name}`],
    ...[`${name}_wrapped`, `is_${name}_wrapped`, `wrapped_${name}`],
  ]),
].flatMap((name) => [...new Set([name, camelCase(name)])]);
/** Any other text there is a hash that was kept, not a yes. */
const YES = /^(?:true|t|1|yes|y|on)$/i;

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What such a field says of a digest is more than the digest shows. */
function saysMore(name: string, of: readonly string[], other: RegExp): Shape {
  return {
    product: 'a system that hashes before',
    subcode: 'algorithm',
    telling: [name],
    fits: (field) => other.test(field(name) ?? ''),
    of,
    does: 'not the password alone',
    fix: NOT_PLAIN,
  };
}

export const shapes: readonly Shape[] = Object.freeze([
  ...ALGORITHMS.flatMap((name) => [
    saysMore(name, BCRYPT, /md5|sha-?\d|hmac|pbkdf2|pepper/i),
    saysMore(name, ['argon2id', 'argon2i'], /md5|sha-?\d|hmac|pbkdf2|pepper|bcrypt/i),
  ]),
  ...PEPPERS.map(
    (name): Shape => ({
      product: 'a system with a pepper',
      subcode: 'pepper',
      telling: [name],
      fits: (field) => !NOTHING.test(field(name) ?? ''),
      of: CRYPT,
      does: 'the password with a pepper, in a way that the export does not say',
      fix: 'test with known passwords: --canaries FILE, with --canary-pepper FILE; where none is used, leave the field out of the export',
    }),
  ),
  ...REHASHED.map(
    (name): Shape => ({
      product: 'a system that hashed its older hashes again',
      subcode: 'rehash',
      telling: [name],
      fits: (field) => YES.test(field(name) ?? ''),
      of: CRYPT,
      does: 'perhaps an older hash of the password',
      fix: 'test with known passwords: --canaries FILE; where the hasher takes the password itself, leave the field out of the export',
    }),
  ),
  // https://github.com/meteor/meteor/blob/devel/packages/accounts-password/password_server.js
  {
    product: 'Meteor',
    telling: ['services.password.bcrypt', 'services.password.argon2'],
    of: CRYPT,
    does: 'the SHA-256 of the password in hexadecimal',
    fix: 'take --source meteor, which makes bcrypt_sha256_django of it',
  },
  // https://github.com/pallets-eco/flask-security/blob/main/flask_security/utils.py (get_hmac, hash_password)
  {
    product: 'Flask-Security',
    telling: ['fs_uniquifier', 'fs_token_uniquifier', 'current_login_ip'],
    of: 'all',
    does: 'the Base64 of HMAC-SHA-512 of the password under SECURITY_PASSWORD_SALT',
    fix: 'it cannot be verified without SECURITY_PASSWORD_SALT: give it with --canary-pepper FILE and known passwords; where SECURITY_PASSWORD_SINGLE_HASH is set for this scheme, name the hasher: --hasher NAME',
  },
  // https://forum.vbulletin.com/articles/vbulletin-5-connect-aa/reference/4401436-vbulletin-password-handling
  {
    product: 'vBulletin 5',
    telling: ['scheme'],
    with: ['token'],
    fits: (field) => /^(?:blowfish|argon2|legacy)/i.test(field('scheme') ?? ''),
    of: 'all',
    does: 'the MD5 of the password in hexadecimal',
    fix: NOT_PLAIN,
  },
  // https://github.com/SimpleMachines/SMF/blob/release-2.1/Sources/Subs-Auth.php (hash_password)
  {
    product: 'SMF 2.1',
    telling: ['member_name', 'id_member', 'memberName', 'ID_MEMBER'],
    of: CRYPT,
    does: 'the user name in small letters and the password, one after the other',
    fix: NOT_PLAIN,
  },
  // https://github.com/NodeBB/NodeBB/blob/master/src/password.js (hash, compare)
  {
    product: 'NodeBB',
    telling: ['password:shaWrapped', 'userslug'],
    fits: (field) => {
      const wrapped = field('password:shaWrapped');
      return wrapped === undefined || !/^(?:|0|false|null|\\N)$/i.test(wrapped);
    },
    of: CRYPT,
    does: 'the SHA-512 of the password in hexadecimal',
    fix: NOT_PLAIN,
  },
  // https://github.com/matomo-org/matomo/blob/5.x-dev/plugins/UsersManager/UsersManager.php (getPasswordHash)
  {
    product: 'Matomo',
    telling: ['ts_password_modified', 'superuser_access', 'idchange_last_viewed'],
    of: CRYPT,
    does: 'the MD5 of the password in hexadecimal',
    fix: NOT_PLAIN,
  },
  // https://github.com/WoltLab/WCF/blob/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/DoubleBcrypt.class.php
  {
    product: 'WoltLab',
    telling: [
      'userOnlineGroupID',
      'lostPasswordKey',
      'registrationIpAddress',
      'reactivationCode',
      'lastUsernameChange',
    ],
    with: ['userID'],
    of: BCRYPT,
    does: 'the bcrypt of the password with the same salt: bcrypt is applied twice',
    fix: NOT_PLAIN,
  },
  // https://github.com/BcryptNet/bcrypt.net/blob/main/readme.md (Enhanced Entropy)
  {
    product: 'BCrypt.Net',
    telling: ['SecurityStamp', 'NormalizedUserName', 'NormalizedEmail', 'ConcurrencyStamp', 'PasswordHash'],
    of: BCRYPT,
    does: 'the Base64 of the SHA-384 of the password, where EnhancedHashPassword wrote it, or the password itself, where HashPassword did',
    fix: 'test with known passwords: --canaries FILE; where HashPassword wrote it, name the hasher: --hasher bcrypt',
  },
  // https://github.com/bitwarden/server/blob/main/src/Core/Entities/User.cs, https://bitwarden.com/help/bitwarden-security-white-paper/
  {
    product: 'Bitwarden',
    telling: ['KdfIterations', 'kdf_iterations', 'client_kdf_iter', 'MasterPasswordHint'],
    of: 'all',
    does: 'what the client derived from the master password with PBKDF2 or Argon2',
    fix: NOT_PLAIN,
  },
  // https://github.com/PrestaShop/PrestaShop/blob/develop/src/Core/Crypto/Hashing.php
  {
    product: 'PrestaShop',
    telling: ['id_customer', 'id_employee'],
    with: ['passwd'],
    of: 'unsalted',
    does: "the shop's _COOKIE_KEY_ and the password, one after the other",
    fix: NOT_PLAIN,
  },
  {
    product: 'a system that hashes before',
    subcode: 'prehash',
    telling: ['prehash', 'pre_hash', 'preHash', 'prehashed', 'pre_hashed', 'preHashed', 'password_prehash'],
    fits: (field) => {
      const names = ['prehash', 'pre_hash', 'preHash', 'prehashed', 'pre_hashed', 'preHashed', 'password_prehash'];
      const text = names.map(field).find((one) => one !== undefined) ?? '';
      return !/^(?:|0|false|f|no|n|none|null|\\N)$/i.test(text);
    },
    of: 'all',
    does: 'a hash of the password',
    fix: NOT_PLAIN,
  },
  // https://secure.phabricator.com/book/phabdev/class/PhabricatorPasswordHasher/
  {
    product: 'Phabricator',
    telling: ['accountSecret', 'conduitCertificate'],
    of: 'all',
    does: 'a HMAC of the password with the salt of its row',
    fix: NOT_PLAIN,
  },
]);

const telling = new Set(shapes.flatMap((shape) => shape.telling));

/** Whether a product may be recognised by this field. */
export function isShapeName(name: string): boolean {
  return telling.has(name) || name === 'services';
}

/** Of an export with these fields. */
export function findShapes(has: (name: string) => boolean): readonly Shape[] {
  return shapes.filter((shape) => shape.telling.some(has) && (shape.with ?? []).every(has));
}

/** What a row's digest may be instead. */
export function findDoubts(
  found: readonly Shape[],
  has: (name: string) => boolean,
  field: FieldReader,
): readonly Doubt[] {
  return found
    .filter(({ fits }) => fits === undefined || fits(field))
    .map((shape) => describeShape(shape, shape.telling.find(has) as string));
}

const described = new WeakMap<Shape, Map<string, Doubt>>();

/** The same object for the same field: it is raised on each row. */
function describeShape(shape: Shape, field: string): Doubt {
  const byField = described.get(shape) ?? new Map<string, Doubt>();
  described.set(shape, byField);
  const known = byField.get(field);
  if (known !== undefined) return known;
  const { product, subcode = toSlug(product), does, fix, of } = shape;
  const message = `${product} wrote it, as the field ${field} says: what is hashed is ${does}`;
  const doubt: Doubt = { code: 'ERR_PREHASH', subcode, of, field, message, fix };
  byField.set(field, doubt);
  return doubt;
}

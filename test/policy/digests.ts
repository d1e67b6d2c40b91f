/** Digests with any parameters, of no password: what a policy says of them is said before anything is derived. */
import {
  type AnyHasher,
  clerkHashers,
  createParsed,
  defineHasher,
  type HasherName,
  type Params,
} from '../../src/index.js';

export function hasherNamed(name: string): AnyHasher {
  const hasher = clerkHashers.find((one) => one.name === name);
  if (hasher === undefined) throw new Error(`there is no hasher ${name}`);
  return hasher;
}

const SALT_BYTES: Readonly<Partial<Record<HasherName, number>>> = { bcrypt: 16, bcrypt_sha256_django: 16 };
const HASH_BYTES: Readonly<Partial<Record<HasherName, number>>> = {
  ...{ bcrypt: 23, bcrypt_sha256_django: 23, phpass: 16, md5_phpass: 16, sha512_symfony: 64, scrypt_werkzeug: 64 },
  ...{ pbkdf2_sha512: 64, pbkdf2_sha512_hex: 64, scrypt_firebase: 64 },
};

/** The canonical digest of these parameters, with letters for a salt and zeros for a hash. */
export function digestOf(name: HasherName, params: Params): string {
  if (name === 'bcrypt_peppered') return `${digestOf('bcrypt', params)}$pepper`;
  const salt = Buffer.alloc(SALT_BYTES[name] ?? 8, 'salt');
  const hashBytes = Number(params['keylen'] ?? HASH_BYTES[name] ?? 32);
  const context = { signerKey: new Uint8Array(64), saltSeparator: Uint8Array.of(7) };
  return hasherNamed(name).serialize(createParsed(params, salt, new Uint8Array(hashBytes), [], context));
}

/** The hasher with every password right. */
export function alwaysMatching(hasher: AnyHasher): AnyHasher {
  return defineHasher({ ...hasher, derive: (_, { hash }) => Uint8Array.from(hash) });
}

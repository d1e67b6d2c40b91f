/** For each hasher: any value that its digests can say. What serialize writes of them, parse must read. */
import fc from 'fast-check';
import { createParsed, type HasherName, type Parsed } from '../../src/index.js';

/** The largest decimal that a field can hold. */
const MAX = Number.MAX_SAFE_INTEGER;

const bytes = (minLength: number, maxLength: number = minLength): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });

/** Small and huge numbers alike; a plain range would hardly ever give a small one. */
function whole(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min, max: Math.min(max, min + 100) }),
    fc.maxSafeInteger().map((n) => min + (Math.abs(n) % (max - min + 1))),
    fc.constantFrom(min, max),
  );
}

/** Text of any script without some characters, as its UTF-8. */
function text(without: RegExp, minLength = 0): fc.Arbitrary<Uint8Array> {
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: 24 })
    .map((given) => given.toWellFormed().replace(without, '~'))
    .map((given) => new TextEncoder().encode(given));
}

function values<P extends object, X = undefined>(
  params: fc.Arbitrary<P>,
  salt: (params: P) => fc.Arbitrary<Uint8Array>,
  hash: (params: P) => fc.Arbitrary<Uint8Array>,
  context: (params: P) => fc.Arbitrary<X> = () => fc.constant(undefined as X),
): fc.Arbitrary<Parsed<P, X>> {
  return params.chain((given) =>
    fc.tuple(salt(given), hash(given), context(given)).map(([s, h, x]) => createParsed(given, s, h, [], x)),
  );
}

const none = fc.constant({});
const nothing = () => bytes(0);
const bcryptParams = fc.record({
  variant: fc.constantFrom('2', '2a', '2b', '2x', '2y'),
  cost: fc.integer({ min: 4, max: 31 }),
});
const argon2 = values(
  fc
    .tuple(fc.constantFrom(16, 19), whole(1, 2 ** 24 - 1), whole(1, 2 ** 32 - 1), whole(1, 2 ** 32 - 1))
    .map(([version, p, m, t]) => ({ version, m: Math.max(m, 8 * p), t, p })),
  () => bytes(8, 64),
  () => bytes(4, 128),
);
const bcrypt = values(
  bcryptParams,
  () => bytes(16),
  () => bytes(23),
);
const iterated = (keylen: fc.Arbitrary<number>) => fc.record({ iterations: whole(1, MAX), keylen });
const CRYPT64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const phpass = values(
  fc.record({ cost: fc.integer({ min: 7, max: 30 }) }),
  () =>
    fc
      .array(fc.constantFrom(...CRYPT64), { minLength: 8, maxLength: 8 })
      .map((salt) => new TextEncoder().encode(salt.join(''))),
  () => bytes(16),
);
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((s) => s.replace(/[\s\0#]/g, '~'));
/** A salt of the salted ones may hold "$" and may not begin as other systems name the algorithm. */
const salt = text(/^(?:(?:md5|sha256)\$|[\s\ufeff\0])/);

export const parsedValues: Readonly<Record<HasherName, fc.Arbitrary<Parsed>>> = {
  argon2i: argon2,
  argon2id: argon2,
  awscognito: values(none, nothing, nothing, () =>
    fc.record({ userPoolId: word, clientId: word, identifier: word.map((name) => `${name}#1`) }),
  ),
  bcrypt,
  bcrypt_peppered: values(
    bcryptParams,
    () => bytes(16),
    () => bytes(23),
    () => text(/[\r\n]|[\s\ufeff\0]$/g, 1),
  ),
  bcrypt_sha256_django: bcrypt,
  hmac_sha256_utf16_b64: values(none, nothing, () => bytes(32)),
  ldap_ssha: values(
    none,
    () => bytes(1, 40),
    () => bytes(20),
  ),
  md5: values(none, nothing, () => bytes(16)),
  md5_phpass: phpass,
  md5_salted: values(
    none,
    () => salt,
    () => bytes(16),
  ),
  pbkdf2_sha1: values(
    iterated(whole(16, 1024)),
    () => bytes(0, 40),
    ({ keylen }) => bytes(keylen),
  ),
  pbkdf2_sha256: values(
    iterated(whole(16, 200)),
    () => bytes(0, 40),
    ({ keylen }) => bytes(keylen),
  ),
  pbkdf2_sha256_django: values(
    iterated(fc.constant(32)),
    () => text(/\$/g),
    () => bytes(32),
  ),
  pbkdf2_sha512: values(
    iterated(whole(16, 200)),
    () => text(/\$/g),
    ({ keylen }) => bytes(keylen),
  ),
  pbkdf2_sha512_hex: values(
    iterated(whole(16, 200)),
    () => bytes(0, 40),
    ({ keylen }) => bytes(keylen),
  ),
  phpass,
  // The hash is as long as the key.
  scrypt_firebase: fc.integer({ min: 16, max: 100 }).chain((length) =>
    values(
      fc
        .tuple(whole(1, 2 ** 30 - 1), fc.integer({ min: 1, max: 52 }))
        .map(([rounds, memCost]) => ({ rounds, memCost: Math.min(memCost, 16 * rounds - 1) })),
      () => bytes(0, 40),
      () => bytes(length),
      () => fc.record({ signerKey: bytes(length), saltSeparator: bytes(0, 4) }),
    ),
  ),
  scrypt_werkzeug: values(
    fc
      .tuple(fc.integer({ min: 1, max: 52 }), whole(1, 2 ** 15), whole(1, 2 ** 15 - 1))
      .map(([log2N, r, p]) => ({ N: 2 ** Math.min(log2N, 16 * r - 1), r, p })),
    () => text(/\$/g),
    () => bytes(64),
  ),
  sha256: values(none, nothing, () => bytes(32)),
  sha256_salted: values(
    none,
    () => salt,
    () => bytes(32),
  ),
  sha512_symfony: values(
    fc.record({ iterations: whole(1, MAX) }),
    () => text(/[${}]/g),
    () => bytes(64),
  ),
};

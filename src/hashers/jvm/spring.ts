/** Spring Security's encoders without a scheme in braces. https://docs.spring.io/spring-security/reference/ */
import { b64, bytes, decimal, hex, type Layout, layout, mark, oneOf, packed, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCE =
  'https://github.com/spring-projects/spring-security/tree/main/crypto/src/main/java/org/springframework/security/crypto';
const PEPPER = { field: text('pepper', { min: 0 }), default: '' } as const;

export const springStandard: Format = defineFormat({
  name: 'spring_standard',
  family: 'jvm',
  users: 2,
  layout: layout`${hex(bytes('salt', 8), bytes('hash', 32))}`,
  recipe: 'iterate(1024, $s.$pepper.$p, sha256_raw($x))',
  companions: { pepper: PEPPER },
  writers: "Spring Security's StandardPasswordEncoder, {sha256} of its DelegatingPasswordEncoder",
  traps: ['the pepper is the secret of its constructor, between salt and password'],
  sources: [`${SOURCE}/password/StandardPasswordEncoder.java`],
  example: {
    password: 'correct horse battery staple',
    digest: 'd6318d323aeb53e859e0b44a09ed236ddbd9a828765190416ed8ec5004a1979959dc03ceaf781730',
  },
});

/** The hash's length shows the algorithm. */
const DIGESTS = [
  ['md5', 16],
  ['sha1', 20],
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
] as const;
type Digests = readonly (readonly [algorithm: string, size: number])[];

function braced(digests: Digests): Layout {
  const plain = digests.flatMap(([algorithm, size]) =>
    [
      layout`${hex('hash', size)}${mark('encoding', 'hex')}`,
      layout`${b64('hash', size)}${mark('encoding', 'base64')}`,
    ].map((hash) => layout`${hash}${mark('algorithm', algorithm)}`),
  );
  return oneOf(
    ...plain.map((one) => layout`${one}${mark('braces', 0)}`),
    ...plain.map((one) => layout`{${text('salt', { min: 0, toLast: true })}}${one}${mark('braces', 1)}`),
  );
}

function bracedRecipe(hash: string): { by: string; of: Record<string, string> } {
  return {
    by: 'braces',
    of: {
      0: `iterate($iterations, $p, ${hash})`,
      1: `iterate($iterations, $p.'{'.$s.'}', ${hash})`,
    },
  };
}

const ITERATIONS = { field: decimal('iterations', { min: 1 }), default: '1' } as const;

export const springMessageDigest: Format = defineFormat({
  name: 'spring_message_digest',
  family: 'jvm',
  users: 2,
  layout: braced(DIGESTS),
  recipe: bracedRecipe('H_raw($algorithm, $x)'),
  companions: {
    algorithm: {
      field: word('algorithm', {
        MD5: 'md5',
        'SHA-1': 'sha1',
        SHA: 'sha1',
        'SHA-256': 'sha256',
        'SHA-384': 'sha384',
        'SHA-512': 'sha512',
        md5: 'md5',
        sha1: 'sha1',
        sha256: 'sha256',
        sha384: 'sha384',
        sha512: 'sha512',
      }),
      optional: true,
    },
    iterations: ITERATIONS,
  },
  insecure: true,
  writers: "Spring Security's MessageDigestPasswordEncoder, applications of Spring 1 to 4, Artifactory",
  traps: ['the salt is hashed with its braces, after the password', 'Base64 by option'],
  sources: [`${SOURCE}/password/MessageDigestPasswordEncoder.java`],
  example: {
    password: 'password',
    digest: '{salt}eb753fb0c370582b4ee01b30f304b9fc',
    params: { algorithm: 'MD5', iterations: 2 },
  },
});

export const springMd4: Format = defineFormat({
  name: 'spring_md4',
  family: 'jvm',
  users: 4,
  layout: braced([['md4', 16]]),
  recipe: bracedRecipe('md4_raw($x)'),
  companions: { iterations: ITERATIONS },
  insecure: true,
  looksLike: 'spring_message_digest',
  writers: "Spring Security's Md4PasswordEncoder, {MD4} of its DelegatingPasswordEncoder",
  traps: ['the salt is hashed with its braces, after the password'],
  sources: [`${SOURCE}/password/Md4PasswordEncoder.java`],
  example: { password: 'ww_uni123', digest: '8zobtq72iAt0W6KNqavGwg==' },
});

export const springScrypt: Format = defineFormat({
  name: 'spring_scrypt',
  family: 'jvm',
  users: 3,
  layout: layout`$${packed('logN', 'r', 'parallel')}$${b64('salt')}$${b64('hash')}`,
  recipe: 'scrypt($p, $s, 2^$logN, $r, $parallel)',
  writers: "Spring Security's SCryptPasswordEncoder, {scrypt}",
  traps: ['one number in hexadecimal: log2 of N, then a byte of r and one of p'],
  sources: [`${SOURCE}/scrypt/SCryptPasswordEncoder.java`],
  example: {
    password: 'correct horse battery staple',
    digest: '$40801$BkVjnsHVvIx5X6HVxCaA1A==$KnKU98sBBCUqsN+928hdAWnMSzjrhCXv0cCbk50dyZc=',
  },
});

/** No two of these have one length in all. */
const SIZES = [16, 8].flatMap((salt) =>
  [32, 20, 64].map((hash) => [bytes('salt', salt), bytes('hash', hash)] as const),
);
const SALT_AND_HASH: Layout = oneOf(
  ...SIZES.flatMap((parts) => [
    layout`${hex(...parts)}${mark('encoding', 'hex')}`,
    layout`${b64(...parts)}${mark('encoding', 'base64')}`,
  ]),
);

export const springPbkdf2: Format = defineFormat({
  name: 'spring_pbkdf2',
  family: 'jvm',
  users: 3,
  layout: SALT_AND_HASH,
  recipe: 'pbkdf2($algorithm, $p, $s.$pepper, $iterations)',
  companions: {
    algorithm: {
      field: word('algorithm', {
        sha1: 'sha1',
        sha256: 'sha256',
        sha512: 'sha512',
        PBKDF2WithHmacSHA1: 'sha1',
        PBKDF2WithHmacSHA256: 'sha256',
        PBKDF2WithHmacSHA512: 'sha512',
      }),
    },
    iterations: { field: decimal('iterations', { min: 1 }) },
    pepper: PEPPER,
    saltLength: { field: decimal('saltLength'), optional: true },
  },
  writers: "Spring Security's Pbkdf2PasswordEncoder, {pbkdf2}",
  traps: [
    'algorithm, iterations and secret are in the code only',
    'the pepper is the secret, which follows the salt',
    'salt and hash have no separator: 8 or 16 bytes of salt, then 20, 32 or 64 of hash',
  ],
  sources: [`${SOURCE}/password/Pbkdf2PasswordEncoder.java`],
  example: {
    password: 'correct horse battery staple',
    digest: 'dbac3d4f1ca2f88c265d9a53ab7d9a131d3c7a6666cfe66d678313b8a7c37c88b40a1d60',
    params: { algorithm: 'sha1', iterations: 5, saltLength: 16 },
  },
});

// Tests made from a product's digest: another password, another spelling that still verifies, or one fault.

const PATH = 'vectors/generators/derived.mjs';
const BCRYPT64 = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const MARKERS = ['', '!', '*', '*0', 'x', 'NULL', '\\N', '!Y8sXrkVOqEbkDZcCtQWpHhMvBnLaUjFd0R3gT6iK'];
const BAD_DECIMALS = {
  '0$': 'leading zero',
  '+$': 'plus sign',
  '-$': 'minus sign',
  ' $': 'space',
  $e0: 'exponent',
  '$.0': 'fraction',
};

const other = (comment, flag, expect, digest, more) => ({ comment, flags: [flag], expect, digest, ...more });
const malformed = (comment, flag, digest) => other(comment, flag, 'malformed', digest);
const overLimit = (comment, digest) => other(comment, 'OverLimit', 'limit', digest);
const unsupported = (comment, digest) => other(comment, 'UnsupportedVariant', 'unsupported', digest);
const spelled = (comment, flag, digest) => ({
  comment,
  flags: [flag, 'Derived'],
  expect: 'match',
  digest,
  canonical: false,
});

const cut = (text, count = 1) => text.slice(0, -count);
const at = (text, index, char) => text.slice(0, index) + char + text.slice(index + 1);
const upper = (hex) => hex.toUpperCase();

/** The digest with its fields, cut at `separator`, changed by `change`. */
function fields(digest, separator, change) {
  const parts = digest.split(separator);
  return (change(parts) ?? parts).join(separator);
}

const withField = (digest, index, value, separator = '$') =>
  fields(digest, separator, (parts) => {
    parts[index] = typeof value === 'function' ? value(parts[index]) : value;
  });
const withoutField = (digest, index, separator = '$') =>
  fields(digest, separator, (parts) => parts.filter((_, i) => i !== index));

/** The same bytes, with an unused bit of the last character set. */
function trailingBits(base64) {
  const body = base64.replace(/=+$/, '');
  const last = BASE64.indexOf(body.at(-1));
  if (body.length % 4 === 0) throw new Error('Base64 without unused bits');
  return cut(body) + BASE64[last + 1] + base64.slice(body.length);
}

const badDecimals = (field, change) =>
  Object.entries(BAD_DECIMALS).map(([pattern, comment]) =>
    malformed(
      `${comment} in ${field}`,
      'BadDecimal',
      change((value) => pattern.replace('$', value)),
    ),
  );

const badHex = (digest, index) => [
  malformed('hash one digit short', 'OddHex', withField(digest, index, cut)),
  malformed(
    'hash one byte short',
    'WrongLength',
    withField(digest, index, (hex) => cut(hex, 2)),
  ),
  malformed(
    'hash with a digit g',
    'BadAlphabet',
    withField(digest, index, (hex) => at(hex, 5, 'g')),
  ),
];

const badBase64 = (digest, index, name) => [
  malformed(
    `${name} without padding`,
    'BadPadding',
    withField(digest, index, (text) => text.replace(/=+$/, '')),
  ),
  malformed(`${name} with unused bits`, 'TrailingBits', withField(digest, index, trailingBits)),
  malformed(
    `${name} with a *`,
    'BadAlphabet',
    withField(digest, index, (text) => at(text, 3, '*')),
  ),
  malformed(
    `${name} with a space inside`,
    'BadAlphabet',
    withField(digest, index, (text) => at(text, 4, ' ')),
  ),
];

const iterations = (digest) => [
  ...badDecimals('the iterations', (value) => withField(digest, 1, value)),
  malformed('no iterations', 'BadDecimal', withField(digest, 1, '')),
  malformed('0 iterations', 'BadDecimal', withField(digest, 1, '0')),
  overLimit('10 000 001 iterations', withField(digest, 1, '10000001')),
  malformed('prefix in capitals', 'WrongPrefix', withField(digest, 0, upper)),
];

const longSalt = (digest, index, separator) =>
  overLimit('digest of over 4096 characters', withField(digest, index, 's'.repeat(4096), separator));

/** bcrypt's 60 characters start at `start`, and `rest` follows them. */
function bcryptTests(digest, start = 0) {
  const head = digest.slice(0, start);
  const core = digest.slice(start, start + 60);
  const rest = digest.slice(start + 60);
  const join = (changed) => head + changed + rest;
  const nextChar = (index) => join(at(core, index, BCRYPT64[BCRYPT64.indexOf(core[index]) + 1]));
  const cost = (value) => join(withField(core, 2, value));
  return [
    spelled('an unused bit of the salt set', 'NonCanonicalBits', nextChar(28)),
    spelled('an unused bit of the hash set', 'NonCanonicalBits', nextChar(59)),
    malformed('+ in the salt', 'BadAlphabet', join(at(core, 10, '+'))),
    malformed('= in the hash', 'BadAlphabet', join(at(core, 40, '='))),
    malformed('- in the hash', 'BadAlphabet', join(at(core, 58, '-'))),
    malformed('cost 03', 'OutOfRange', cost('03')),
    malformed('cost 32', 'OutOfRange', cost('32')),
    malformed('cost of a sign and a digit', 'BadDecimal', cost('+4')),
    malformed('cost with a space', 'BadDecimal', cost(' 4')),
    malformed('variant 2c', 'WrongPrefix', join(withField(core, 1, '2c'))),
    malformed('variant 2B', 'WrongPrefix', join(withField(core, 1, '2B'))),
    overLimit('cost 17', cost('17')),
    overLimit('cost 31', cost('31')),
  ];
}

function argon2Tests(digest, name) {
  const parameters = (m, t, p, more = '', order = 'mtp') => {
    const values = { m, t, p };
    return withField(digest, 3, [...order].map((name) => `${name}=${values[name]}`).join(',') + more);
  };
  const [, , , set] = digest.split('$');
  const [m, t, p] = set.split(',').map((pair) => pair.slice(2));
  return [
    malformed(
      'hash cut to an impossible length',
      'WrongLength',
      withField(digest, 5, (hash) => hash.slice(0, hash.length - ((hash.length + 3) % 4))),
    ),
    malformed('hash missing', 'MissingField', withoutField(digest, 5)),
    malformed('salt missing', 'MissingField', withoutField(digest, 4)),
    malformed('parameters missing', 'MissingField', withoutField(digest, 3)),
    malformed('a field too many', 'ExtraField', `${digest}$AAAAAAAAAAAAAAAAAAAAAA`),
    malformed('no leading dollar sign', 'MissingField', digest.slice(1)),
    malformed('hash with padding', 'BadPadding', `${digest}=`),
    malformed('hash with unused bits', 'TrailingBits', withField(digest, 5, trailingBits)),
    malformed('salt with unused bits', 'TrailingBits', withField(digest, 4, trailingBits)),
    malformed(
      'hash with . of another alphabet',
      'BadAlphabet',
      withField(digest, 5, (hash) => at(hash, 3, '.')),
    ),
    malformed(
      'salt with - of another alphabet',
      'BadAlphabet',
      withField(digest, 4, (salt) => at(salt, 3, '-')),
    ),
    malformed('name in capitals', 'WrongPrefix', withField(digest, 1, upper)),
    spelled('p before t, as the npm package argon2 0.45 writes it', 'FieldOrder', parameters(m, t, p, '', 'mpt')),
    spelled('t before m', 'FieldOrder', parameters(m, t, p, '', 'tmp')),
    malformed('m twice', 'ExtraField', parameters(m, t, p, `,m=${m}`)),
    malformed('p missing', 'MissingField', withField(digest, 3, `m=${m},t=${t}`)),
    malformed('an unknown parameter', 'ExtraField', parameters(m, t, p, ',x=1')),
    malformed('m under 8p', 'OutOfRange', parameters(15, 1, 2)),
    malformed('t = 0', 'OutOfRange', parameters(m, 0, p)),
    malformed('p = 0', 'OutOfRange', parameters(m, t, 0)),
    ...badDecimals('m', (value) => parameters(value(m), t, p)),
    malformed('leading zero in t', 'BadDecimal', parameters(m, `0${t}`, p)),
    malformed('plus sign in p', 'BadDecimal', parameters(m, t, `+${p}`)),
    overLimit('m over 1 GiB', parameters(1048577, 1, 1)),
    overLimit('t = 65', parameters(64, 65, 1)),
    overLimit('p = 65', parameters(1024, 1, 65)),
    unsupported('keyid', parameters(m, t, p, ',keyid=Hj5+dsK0ZQ')),
    unsupported('data', parameters(m, t, p, ',data=sRlHhRmKUGzdOmXn01XmXygd5Kc')),
    unsupported('Argon2d', digest.replace(`$${name}$`, '$argon2d$')),
  ];
}

function phpassTests(digest) {
  return [
    spelled('$H$, as phpBB writes it', 'PhpbbPrefix', digest.replace('$P$', '$H$')),
    malformed('one character short', 'WrongLength', cut(digest)),
    malformed('one character too long', 'WrongLength', `${digest}.`),
    malformed('no hash', 'MissingField', digest.slice(0, 12)),
    malformed('- in the salt', 'BadAlphabet', at(digest, 6, '-')),
    malformed('+ in the hash', 'BadAlphabet', at(digest, 20, '+')),
    malformed('unused bits of the hash', 'TrailingBits', at(digest, 33, 'z')),
    malformed('count character for 2^6', 'OutOfRange', at(digest, 3, '4')),
    malformed('count character for 2^31', 'OutOfRange', at(digest, 3, 'T')),
    malformed('$Q$', 'WrongPrefix', digest.replace('$P$', '$Q$')),
    malformed('$p$', 'WrongPrefix', digest.replace('$P$', '$p$')),
    overLimit('2^25 rounds', at(digest, 3, 'N')),
    overLimit('2^30 rounds', at(digest, 3, 'S')),
  ];
}

function structuralHexTests(digest) {
  return [
    spelled('hex in capitals', 'UppercaseHex', upper(digest)),
    spelled('hex in mixed case', 'UppercaseHex', upper(digest.slice(0, 9)) + digest.slice(9)),
    malformed('one digit short', 'WrongLength', cut(digest)),
    malformed('one digit too many', 'WrongLength', `${digest}0`),
    malformed('one byte short', 'WrongLength', cut(digest, 2)),
    malformed('a digit g', 'BadAlphabet', at(digest, 7, 'g')),
    malformed('a digit of another script', 'BadAlphabet', at(digest, 7, '\uff11')),
    malformed('0x before it', 'WrongPrefix', `0x${digest}`),
    malformed('a space inside', 'BadAlphabet', at(digest, 8, ' ')),
    malformed('bytes separated by colons', 'BadAlphabet', digest.match(/../g).join(':')),
  ];
}

function saltedTests(digest) {
  const [salt, hex] = digest.split('$');
  return [
    spelled('hash in capitals', 'UppercaseHex', `${salt}$${upper(hex)}`),
    malformed('hash one digit short', 'OddHex', cut(digest)),
    malformed('hash one byte short', 'WrongLength', cut(digest, 2)),
    malformed('hash one digit too many', 'OddHex', `${digest}0`),
    malformed('a digit g', 'BadAlphabet', `${salt}$${at(hex, 7, 'g')}`),
    malformed('no dollar sign', 'MissingField', `${salt}-${hex}`),
    malformed('no hash', 'MissingField', `${salt}$`),
    malformed('hash before salt', 'FieldOrder', `${hex}$${salt}`),
    overLimit('salt of 4096 characters', `${'s'.repeat(4096)}$${hex}`),
  ];
}

/** What each hasher has beside the tests that all have. */
const OWN = {
  bcrypt: (digest) => [
    ...bcryptTests(digest),
    malformed('59 characters', 'WrongLength', cut(digest)),
    malformed('61 characters', 'WrongLength', `${digest}.`),
    malformed('$2$ with 60 characters', 'WrongLength', `${withField(digest, 1, '2')}.`),
    malformed(
      '$2b$ with 59 characters, as if $2$',
      'WrongLength',
      withField(digest, 3, (text) => text.slice(1)),
    ),
    malformed('cost of one digit', 'BadDecimal', withField(digest, 2, '4')),
    malformed('cost of three digits', 'BadDecimal', withField(digest, 2, '004')),
    malformed('salt and no hash', 'MissingField', digest.slice(0, 29)),
    malformed('no leading dollar sign', 'MissingField', digest.slice(1)),
    malformed('$2b eaten by a shell', 'MissingField', digest.slice(3)),
    malformed('as Postgres prints bytea', 'OtherEncoding', `\\x${Buffer.from(digest).toString('hex')}`),
    malformed('in Base64, as LDIF has it', 'OtherEncoding', Buffer.from(digest).toString('base64')),
  ],
  bcrypt_peppered: (digest) => [
    ...bcryptTests(digest),
    malformed('no pepper after the dollar sign', 'MissingField', digest.slice(0, 61)),
    malformed('no dollar sign before the pepper', 'MissingField', digest.slice(0, 60) + digest.slice(61)),
    malformed('bcrypt digest of 59 characters', 'WrongLength', digest.slice(0, 59) + digest.slice(60)),
    overLimit('pepper of 4096 characters', `${digest.slice(0, 61)}${'p'.repeat(4096)}`),
  ],
  bcrypt_sha256_django: (digest) => [
    ...bcryptTests(digest, 'bcrypt_sha256$'.length),
    malformed('one character short', 'WrongLength', cut(digest)),
    malformed('one character too long', 'WrongLength', `${digest}.`),
    malformed('one dollar sign after the name', 'MissingField', digest.replace('$$', '$')),
    malformed('no bcrypt digest', 'MissingField', 'bcrypt_sha256$'),
    malformed('name in capitals', 'WrongPrefix', digest.replace('bcrypt_sha256', 'BCRYPT_SHA256')),
  ],
  md5: structuralHexTests,
  sha256: structuralHexTests,
  md5_salted: saltedTests,
  sha256_salted: saltedTests,
  pbkdf2_sha1: (digest) => [
    spelled(
      'hash in capitals',
      'UppercaseHex',
      withField(digest, 3, (hex) => upper(hex)),
    ),
    ...iterations(digest),
    ...badHex(digest, 3),
    malformed(
      'hash of 20 bytes without a keylen',
      'FieldsDisagree',
      withField(digest, 3, (hex) => hex.slice(0, 40)),
    ),
    malformed('keylen 20 with a hash of 32 bytes', 'FieldsDisagree', `${digest}$20`),
    malformed('keylen with a leading zero', 'BadDecimal', `${digest}$032`),
    malformed('keylen with a plus sign', 'BadDecimal', `${digest}$+32`),
    malformed('empty keylen', 'BadDecimal', `${digest}$`),
    malformed('a field too many', 'ExtraField', `${digest}$32$32`),
    malformed('no hash', 'MissingField', withoutField(digest, 3)),
    malformed(
      'hash in Base64',
      'BadAlphabet',
      withField(digest, 3, (hex) => Buffer.from(hex, 'hex').toString('base64')),
    ),
    longSalt(digest, 2),
  ],
  pbkdf2_sha256: (digest) => [
    ...iterations(digest),
    ...badBase64(digest, 2, 'salt'),
    ...badBase64(digest, 3, 'hash'),
    malformed('no salt', 'MissingField', withoutField(digest, 2)),
    malformed('no hash', 'MissingField', withoutField(digest, 3)),
    malformed('a field too many', 'ExtraField', `${digest}$32`),
    malformed(
      'hash of 15 bytes',
      'WrongLength',
      withField(digest, 3, (text) => text.slice(0, 20)),
    ),
    overLimit('digest of over 4096 characters', withField(digest, 2, 'c2FsdHNhbHRz'.repeat(350))),
  ],
  pbkdf2_sha256_django: (digest) => [
    ...iterations(digest),
    ...badBase64(digest, 3, 'hash'),
    malformed('no salt', 'MissingField', withoutField(digest, 2)),
    malformed('no hash', 'MissingField', withoutField(digest, 3)),
    malformed('a field too many', 'ExtraField', `${digest}$32`),
    malformed(
      'hash of 30 bytes',
      'WrongLength',
      withField(digest, 3, (text) => text.slice(0, 40)),
    ),
    malformed(
      'hash of 33 bytes',
      'WrongLength',
      withField(digest, 3, (text) => `${text.slice(0, 43)}A`),
    ),
    malformed(
      'hash in hex',
      'WrongLength',
      withField(digest, 3, (text) => Buffer.from(text, 'base64').toString('hex')),
    ),
    longSalt(digest, 2),
  ],
  pbkdf2_sha512: (digest) => [
    spelled('hash in capitals', 'UppercaseHex', withField(digest, 3, upper)),
    ...iterations(digest),
    malformed('hash one digit short', 'OddHex', cut(digest)),
    malformed(
      'hash of 15 bytes',
      'WrongLength',
      withField(digest, 3, (hex) => hex.slice(0, 30)),
    ),
    malformed(
      'hash with a digit g',
      'BadAlphabet',
      withField(digest, 3, (hex) => at(hex, 5, 'g')),
    ),
    malformed('no salt', 'MissingField', withoutField(digest, 2)),
    malformed('no hash', 'MissingField', withoutField(digest, 3)),
    malformed('a field too many', 'ExtraField', `${digest}$64`),
    longSalt(digest, 2),
  ],
  pbkdf2_sha512_hex: (digest) => [
    spelled('hash in capitals', 'UppercaseHex', withField(digest, 3, upper)),
    spelled('salt in capitals', 'UppercaseHex', withField(digest, 2, upper)),
    ...iterations(digest),
    malformed('hash one digit short', 'OddHex', cut(digest)),
    malformed(
      'hash of 15 bytes',
      'WrongLength',
      withField(digest, 3, (hex) => hex.slice(0, 30)),
    ),
    malformed(
      'hash with a digit g',
      'BadAlphabet',
      withField(digest, 3, (hex) => at(hex, 5, 'g')),
    ),
    malformed('salt one digit short', 'OddHex', withField(digest, 2, cut)),
    malformed('salt that is text', 'BadAlphabet', withField(digest, 2, 'salt')),
    malformed('no salt', 'MissingField', withoutField(digest, 2)),
    malformed('no hash', 'MissingField', withoutField(digest, 3)),
    malformed('a field too many', 'ExtraField', `${digest}$64`),
  ],
  phpass: phpassTests,
  md5_phpass: phpassTests,
  scrypt_firebase: (digest) => [
    ...badBase64(digest, 0, 'hash'),
    ...badBase64(digest, 1, 'salt'),
    ...badBase64(digest, 2, 'signer key'),
    malformed(
      'separator without padding',
      'BadPadding',
      withField(digest, 3, (text) => text.replace(/=+$/, '')),
    ),
    ...badDecimals('rounds', (value) => withField(digest, 4, value)),
    malformed(
      'leading zero in memCost',
      'BadDecimal',
      withField(digest, 5, (value) => `0${value}`),
    ),
    malformed('rounds 0', 'BadDecimal', withField(digest, 4, '0')),
    malformed('no memCost', 'MissingField', withoutField(digest, 5)),
    malformed('no separator', 'MissingField', withoutField(digest, 3)),
    malformed('hash and salt only', 'MissingField', digest.split('$').slice(0, 2).join('$')),
    malformed('a field too many', 'ExtraField', `${digest}$1`),
    malformed(
      'hash of 48 bytes, signer key of 64',
      'FieldsDisagree',
      withField(digest, 0, (text) => text.slice(0, 64)),
    ),
    overLimit('2^20 blocks of 1 KiB', withField(withField(digest, 5, '20'), 4, '8')),
  ],
  scrypt_werkzeug: (digest) => [
    spelled('hash in capitals', 'UppercaseHex', withField(digest, 2, upper)),
    ...badHex(digest, 2),
    ...badDecimals('N', (value) => withField(digest, 1, value, ':')),
    malformed(
      'leading zero in r',
      'BadDecimal',
      withField(digest, 2, (value) => `0${value}`, ':'),
    ),
    malformed('N is no power of two', 'OutOfRange', withField(digest, 1, '1000', ':')),
    malformed('r = 0', 'OutOfRange', withField(digest, 2, '0', ':')),
    malformed('p missing', 'MissingField', digest.replace(/^(scrypt:\d+:\d+):\d+/, '$1')),
    malformed('a parameter too many', 'ExtraField', digest.replace(/^(scrypt:\d+:\d+:\d+)/, '$1:1')),
    malformed('no salt', 'MissingField', withoutField(digest, 1)),
    malformed('no hash', 'MissingField', withoutField(digest, 2)),
    malformed('name in capitals', 'WrongPrefix', digest.replace('scrypt', 'SCRYPT')),
    other(
      'hash in Base64',
      'WrongLength',
      'wrong-hasher',
      withField(digest, 2, (hex) => Buffer.from(hex, 'hex').toString('base64')),
    ),
    overLimit('2 GiB of memory', withField(withField(digest, 1, '2097152', ':'), 2, '8', ':')),
    longSalt(digest, 1),
  ],
  ldap_ssha: (digest) => {
    const text = digest.slice(6);
    const bytes = Buffer.from(text, 'base64');
    const written = (data) => `{SSHA}${data.toString('base64')}`;
    return [
      ...['ssha', 'Ssha', 'sSHA'].map((scheme) => spelled(`{${scheme}}`, 'SchemeCase', `{${scheme}}${text}`)),
      malformed('hash without salt', 'WrongLength', written(bytes.subarray(0, 20))),
      malformed('hash of 19 bytes', 'WrongLength', written(bytes.subarray(0, 19))),
      malformed('nothing after the scheme', 'MissingField', '{SSHA}'),
      malformed('no padding', 'BadPadding', digest.replace(/=+$/, '')),
      malformed('unused bits', 'TrailingBits', `{SSHA}${trailingBits(text)}`),
      malformed('a * inside', 'BadAlphabet', at(digest, 9, '*')),
      malformed('a space after the scheme', 'BadAlphabet', `{SSHA} ${text}`),
      malformed('one character short', 'BadPadding', cut(digest)),
      malformed('no closing brace', 'WrongPrefix', `{SSHA${text}`),
      overLimit('salt of 4000 bytes', written(Buffer.concat([bytes, Buffer.alloc(4000)]))),
    ];
  },
  sha512_symfony: (digest) => [
    ...iterations(digest),
    ...badBase64(digest, 3, 'hash'),
    malformed('{ in the salt', 'BadAlphabet', withField(digest, 2, 'sa{lt')),
    malformed('} in the salt', 'BadAlphabet', withField(digest, 2, 'sa}lt')),
    malformed(
      'hash of 63 bytes',
      'WrongLength',
      withField(digest, 3, (text) => text.slice(0, 84)),
    ),
    malformed(
      'hash of 66 bytes',
      'WrongLength',
      withField(digest, 3, (text) => `${text.slice(0, 86)}AA`),
    ),
    malformed('no salt field', 'MissingField', withoutField(digest, 2)),
    malformed('no hash', 'MissingField', withoutField(digest, 3)),
    longSalt(digest, 2),
  ],
  hmac_sha256_utf16_b64: (digest) => [
    ...badBase64(digest, 0, 'digest'),
    malformed('30 bytes', 'WrongLength', digest.slice(0, 40)),
    malformed('33 bytes', 'WrongLength', `${digest.slice(0, 43)}A`),
    malformed('with - for +', 'BadAlphabet', at(digest, 5, '-')),
    {
      ...other('password in Latin-1', 'PasswordNotText', 'password', digest),
      password: { hex: '636166e9' },
    },
    {
      ...other('a lone continuation byte', 'PasswordNotText', 'password', digest),
      password: { hex: '80' },
    },
    {
      ...other('a surrogate in three bytes', 'PasswordNotText', 'password', digest),
      password: { hex: '61eda0bd62' },
    },
  ],
  awscognito: (digest) => [
    malformed('no identifier', 'MissingField', withoutField(digest, 3, '#')),
    malformed('no client', 'MissingField', digest.split('#').slice(0, 2).join('#')),
    malformed('empty pool', 'MissingField', withField(digest, 1, '', '#')),
    malformed('empty client', 'MissingField', withField(digest, 2, '', '#')),
    malformed('empty identifier', 'MissingField', withField(digest, 3, '', '#')),
    malformed('the name alone', 'MissingField', 'awscognito'),
    malformed('nothing after the name', 'MissingField', 'awscognito#'),
    malformed('name in capitals', 'WrongPrefix', digest.replace('awscognito', 'AWSCognito')),
    malformed('another name', 'WrongPrefix', digest.replace('awscognito', 'cognito')),
    malformed('dollar signs for #', 'MissingField', digest.replaceAll('#', '$')),
    longSalt(digest, 3, '#'),
  ],
};
OWN.argon2i = (digest) => argon2Tests(digest, 'argon2i');
OWN.argon2id = (digest) => argon2Tests(digest, 'argon2id');

/** Digests of these other hashers are told by their signature, and their own grammar accepts them. */
const FOREIGN = {
  argon2i: ['argon2id', 'bcrypt', 'scrypt_werkzeug'],
  argon2id: ['argon2i', 'bcrypt', 'scrypt_werkzeug'],
  awscognito: ['bcrypt', 'argon2id'],
  bcrypt: ['argon2id', 'phpass', 'bcrypt_sha256_django', 'ldap_ssha'],
  bcrypt_peppered: ['bcrypt', 'argon2id', 'phpass'],
  bcrypt_sha256_django: ['bcrypt', 'argon2id', 'phpass'],
  hmac_sha256_utf16_b64: ['bcrypt', 'ldap_ssha', 'argon2id'],
  ldap_ssha: ['bcrypt', 'phpass', 'argon2id'],
  md5: ['bcrypt', 'phpass', 'ldap_ssha'],
  md5_phpass: ['bcrypt', 'argon2id', 'ldap_ssha'],
  md5_salted: ['bcrypt', 'argon2id'],
  pbkdf2_sha1: ['pbkdf2_sha512', 'bcrypt', 'argon2id'],
  pbkdf2_sha256: ['pbkdf2_sha1', 'pbkdf2_sha512', 'bcrypt'],
  pbkdf2_sha256_django: ['pbkdf2_sha1', 'pbkdf2_sha512', 'bcrypt'],
  pbkdf2_sha512: ['pbkdf2_sha512_hex', 'pbkdf2_sha1', 'bcrypt'],
  pbkdf2_sha512_hex: ['pbkdf2_sha512', 'pbkdf2_sha1', 'bcrypt'],
  phpass: ['bcrypt', 'argon2id', 'ldap_ssha'],
  scrypt_firebase: ['scrypt_werkzeug', 'bcrypt', 'argon2id'],
  scrypt_werkzeug: ['bcrypt', 'argon2id', 'phpass'],
  sha256: ['bcrypt', 'argon2id', 'ldap_ssha'],
  sha256_salted: ['bcrypt', 'argon2id'],
  sha512_symfony: ['pbkdf2_sha512', 'bcrypt', 'argon2id'],
};

// A salt or pepper comes first or last in these, and may be any text.
const ANY_START = ['md5_salted', 'sha256_salted'];
const ANY_END = ['bcrypt_peppered'];
// The faults of pbkdf2_sha1 are made from a digest of four fields.
const PREFERRED = { pbkdf2_sha1: 'DefaultKeylen' };

function surrounded(hasher, digest) {
  const tests = [];
  if (!ANY_END.includes(hasher)) {
    tests.push(
      malformed('newline at the end', 'Whitespace', `${digest}\n`),
      malformed('carriage return at the end', 'Whitespace', `${digest}\r`),
      malformed('space at the end', 'Whitespace', `${digest} `),
    );
  }
  if (!ANY_START.includes(hasher)) {
    tests.push(
      malformed('space at the start', 'Whitespace', ` ${digest}`),
      malformed('U+FEFF at the start', 'ByteOrderMark', `\ufeff${digest}`),
    );
  }
  tests.push(
    malformed('in double quotes', 'Quoted', `"${digest}"`),
    malformed('in single quotes', 'Quoted', `'${digest}'`),
  );
  return tests;
}

function wrongPasswords(find) {
  const [typical, nfc, nfd] = ['typical', 'nfc', 'nfd'].map(find);
  const text = typical.password.utf8;
  const wrong = (comment, digest, utf8) => ({
    ...other(comment, 'WrongPassword', 'mismatch', digest),
    password: { utf8 },
  });
  return [
    wrong('another password', typical.digest, 'Tr0ub4dor'),
    wrong('a trailing space', typical.digest, `${text} `),
    wrong('a leading space', typical.digest, ` ${text}`),
    wrong('a trailing newline', typical.digest, `${text}\n`),
    wrong('the last letter missing', typical.digest, cut(text)),
    wrong('a capital letter', typical.digest, `C${text.slice(1)}`),
    wrong('the empty password', typical.digest, ''),
    wrong('the digest itself', typical.digest, typical.digest),
    wrong('NFD for NFC', nfc.digest, nfd.password.utf8),
    wrong('NFC for NFD', nfd.digest, nfc.password.utf8),
    wrong('no accent', nfc.digest, 'cafe'),
  ];
}

/**
 * @param groups all generated groups, each with its hasher; tests still have the `id` of their password
 * @returns one group a hasher
 */
export function derive(groups) {
  const finder = (hasher) => (id) => {
    const usable = (test) =>
      test.id === id &&
      test.canonical !== false &&
      !test.flags.includes('RandomSalt') &&
      (!PREFERRED[hasher] || test.flags.includes(PREFERRED[hasher]));
    for (const group of groups) {
      const found = group.hasher === hasher && !group.options && group.tests.find(usable);
      if (found) return { ...found, source: group.source };
    }
    throw new Error(`${hasher} has no test with the password ${id}`);
  };
  return Object.keys(OWN).map((hasher) => {
    const find = finder(hasher);
    const base = find('typical');
    const foreign = FOREIGN[hasher].map((name) => {
      const { digest } = finder(name)('typical');
      return other(`a digest of ${name}`, 'OtherHasher', 'wrong-hasher', digest);
    });
    const tests = [
      ...(hasher === 'awscognito' ? [] : wrongPasswords(find)),
      ...OWN[hasher](base.digest),
      ...surrounded(hasher, base.digest),
      ...foreign,
      ...MARKERS.map((marker) => other(marker || 'nothing at all', 'DisabledMarker', 'disabled', marker)),
    ];
    if (hasher !== 'awscognito') {
      tests.push({
        ...other('password of 4097 bytes', 'PasswordTooLong', 'password', base.digest),
        password: { utf8: 'a'.repeat(4097) },
      });
    }
    return {
      hasher,
      source: { ...base.source, path: PATH },
      tests: tests.map((test) => ({ password: base.password, ...test })),
    };
  });
}

/** What languages, databases, spreadsheets and encodings put around a digest: undone for every hasher, or refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyHasher, type Credential, clerkHashers, DigestError } from '../../src/index.js';
import { listDamages } from '../../src/recognize/damage.js';
import { convert, identify, parse, repair, validate, verify } from '../support/clerk.js';
import { runs } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';
import { shown } from '../support/secrets.js';
import { hasherVectors } from '../support/vectors.js';

type Wrap = (digest: string) => string;

const bytesOf = (digest: string) => [...Buffer.from(digest)];
const hexPairs = (digest: string) => bytesOf(digest).map((byte) => byte.toString(16).padStart(2, '0'));
const base64 = (digest: string) => Buffer.from(digest).toString('base64');
const hex = (digest: string) => Buffer.from(digest).toString('hex');
const bytes = (digest: string) => Buffer.byteLength(digest);

const WRAPPERS: readonly (readonly [what: string, wrap: Wrap])[] = [
  ['Python bytes', (d) => `b'${d}'`],
  ['Python bytes in double quotes', (d) => `b"${d}"`],
  ['Python text', (d) => `u'${d}'`],
  ['bytearray', (d) => `bytearray(b'${d}')`],
  ['memoryview', (d) => `memoryview(b'${d}')`],
  ['a tuple of one', (d) => `('${d}',)`],
  ['xmlrpc Binary', (d) => `Binary('${d}')`],
  ['bson Binary', (d) => `Binary(b'${d}', 0)`],
  ['var_dump', (d) => `string(${bytes(d)}) "${d}"`],
  ['serialize', (d) => `s:${bytes(d)}:"${d}";`],
  ['serialize of XenForo', (d) => `a:1:{s:4:"hash";s:${bytes(d)}:"${d}";}`],
  ['Ruby inspect', (d) => `"${d}"`],
  ['a Ruby symbol', (d) => `:"${d}"`],
  ['JSON', (d) => JSON.stringify(d)],
  ['JSON of PHP', (d) => JSON.stringify(d).replaceAll('/', '\\/')],
  ['JSON in JSON', (d) => JSON.stringify(JSON.stringify(d))],
  ['JSON with escapes', (d) => JSON.stringify(d).replaceAll('$', '\\u0024')],
  ['a JSON list of one', (d) => JSON.stringify([d])],
  ['a JSON object of one', (d) => JSON.stringify({ hash: d })],
  ['a formula', (d) => `="${d}"`],
  ['a formula in CSV', (d) => `"=""${d}"""`],
  ['bytea', (d) => `\\x${hex(d)}`],
  ['bytea of COPY', (d) => `\\\\x${hex(d)}`],
  ['an SQL bytea literal', (d) => `E'\\\\x${hex(d)}'`],
  ['a hexadecimal literal', (d) => `X'${hex(d)}'`],
  ['0x', (d) => `0x${hex(d).toUpperCase()}`],
  ['UNHEX', (d) => `UNHEX('${hex(d)}')`],
  ['_binary', (d) => `_binary '${d}'`],
  ['an N literal', (d) => `N'${d}'`],
  ['a cast', (d) => `'${d}'::text`],
  ['a cast to varying', (d) => `'${d}'::character varying`],
  ['a Buffer of Node', (d) => `<Buffer ${hexPairs(d).join(' ')}>`],
  ['a Buffer, otherwise', (d) => `Buffer <${hexPairs(d).join(' ')}>`],
  ['a Buffer as JSON', (d) => JSON.stringify(Buffer.from(d))],
  ['a Uint8Array of Node', (d) => `Uint8Array(${bytes(d)}) [ ${bytesOf(d).join(', ')} ]`],
  ['new Uint8Array', (d) => `new Uint8Array([${bytesOf(d).join(',')}])`],
  ['a Uint8Array as text', (d) => bytesOf(d).join(',')],
  ['a Uint8Array as JSON', (d) => JSON.stringify(new Uint8Array(Buffer.from(d)))],
  ['bytes of Go', (d) => `[${bytesOf(d).join(' ')}]`],
  ['a byte literal of Go', (d) => `[]byte("${d}")`],
  [
    'bytes of Go source',
    (d) =>
      `[]byte{${hexPairs(d)
        .map((pair) => `0x${pair}`)
        .join(', ')}}`,
  ],
  ['BitConverter of .NET', (d) => hexPairs(d).join('-').toUpperCase()],
  ['Buffer.from', (d) => `Buffer.from("${d}")`],
  ['Buffer.from of hexadecimal', (d) => `Buffer.from("${hex(d)}", "hex")`],
  ['BinData', (d) => `BinData(0,"${base64(d)}")`],
  ['BinData of version 2', (d) => `BinData(2, "${base64(d)}")`],
  ['HexData', (d) => `HexData(0, "${hex(d)}")`],
  ['Binary of mongosh', (d) => `Binary.createFromBase64('${base64(d)}', 0)`],
  ['$binary 2', (d) => JSON.stringify({ $binary: { base64: base64(d), subType: '00' } })],
  ['$binary 1', (d) => JSON.stringify({ $binary: base64(d), $type: '00' })],
  ['Some', (d) => `Some("${d}")`],
  ['Just', (d) => `Just "${d}"`],
  ['Optional of Swift', (d) => `Optional("${d}")`],
  ['Optional of Java', (d) => `Optional[${d}]`],
  [':ok', (d) => `{:ok, "${d}"}`],
  ['a binary of Erlang', (d) => `<<"${d}">>`],
  ['a vector of R', (d) => `[1] "${d}"`],
  ['Data::Dumper', (d) => `$VAR1 = '${d}';`],
  ['NullString of Go as JSON', (d) => JSON.stringify({ String: d, Valid: true })],
  ['HTML quotes', (d) => `&quot;${d}&quot;`],
  ['an element', (d) => `<td class="hash">${d}</td>`],
  ['CDATA', (d) => `<![CDATA[${d}]]>`],
  ['!!binary', (d) => `!!binary ${base64(d)}`],
  ['guillemets', (d) => `«${d}»`],
  ['typographic quotes', (d) => `“${d}”`],
  ['typographic apostrophes', (d) => `‘${d}’`],
  ['German quotes', (d) => `„${d}“`],
  ['backticks', (d) => `\`${d}\``],
  ['an array of PostgreSQL', (d) => `{${d}}`],
  ['quotes of bash', (d) => `$'${d}'`],
  ['a name', (d) => `password: "${d}",`],
  ['an assignment', (d) => `"hash" => "${d}",`],
  ['a C# literal', (d) => `@"${d}"`],
  ['quotes and a semicolon', (d) => `"${d}";`],
  ['a zero-width space', (d) => `\u200b${d}\u200b`],
  ['a soft hyphen in it', (d) => `${d.slice(0, -5)}\u00ad${d.slice(-5)}`],
  ['a no-break space', (d) => `\u00a0${d}\u00a0`],
  ['a byte order mark', (d) => `\ufeff${d}`],
  ['a Windows line end', (d) => `${d}\r\n`],
  ['a fold of LDIF', (d) => `${d.slice(0, 20)}\n ${d.slice(20)}`],
];

const ENCODINGS: readonly (readonly [what: string, wrap: Wrap])[] = [
  ['Base64', base64],
  ['Base64 of echo', (d) => base64(`${d}\n`)],
  ['Base64 without padding', (d) => base64(d).replace(/=+$/, '')],
  ['URL-safe Base64', (d) => Buffer.from(d).toString('base64url')],
  ['hexadecimal', hex],
  ['hexadecimal in capitals', (d) => hex(d).toUpperCase()],
  ['hexadecimal of Base64', (d) => hex(base64(d))],
  ['Base64 of hexadecimal', (d) => base64(hex(d))],
  ['Base64 twice', (d) => base64(base64(d))],
  ['hexadecimal twice', (d) => hex(hex(d))],
  ['URL encoding', (d) => encodeURIComponent(d)],
  ['URL encoding twice', (d) => encodeURIComponent(encodeURIComponent(d))],
  ['URL encoding of "$" alone', (d) => d.replaceAll('$', '%24')],
  ['quoted-printable', (d) => d.replaceAll('=', '=3D').replaceAll('$', '=24')],
  ['HTML entities', (d) => d.replaceAll('$', '&#36;').replaceAll('/', '&#x2F;').replaceAll('=', '&#61;')],
  ['HTML names', (d) => d.replaceAll('&', '&amp;').replaceAll('$', '&dollar;').replaceAll('/', '&sol;')],
  ['escapes of JSON', (d) => d.replaceAll('$', '\\u0024').replaceAll('/', '\\/')],
  ['escapes of C', (d) => d.replaceAll('$', '\\x24')],
  ['octal escapes', (d) => d.replaceAll('$', '\\044')],
  ['backslashes', (d) => d.replaceAll('$', '\\$')],
  ['dollars twice', (d) => d.replaceAll('$', '$$$$')],
  ['"+" as a blank', (d) => d.replaceAll('+', ' ')],
];

const credentialOf = (passwordHasher: string, passwordDigest: string): Credential => ({
  passwordHasher,
  passwordDigest,
});

/** Free text takes what is put into it for a part of itself, and warns. */
function isTaken(name: string, text: string): boolean {
  const found = validate(credentialOf(name, text));
  return found.ok && found.warnings.some(({ code }) => code === 'WARN_QUOTE');
}

const taken: string[] = [];

describe.each([...WRAPPERS, ...ENCODINGS])('%s', (what, wrap) => {
  test.each(clerkHashers.map(({ name, example }) => [name, example.digest] as const))(
    'is undone on a digest of %s',
    (name, digest) => {
      const text = wrap(digest);
      if (text === digest) return;
      const credential = credentialOf(name, text);
      if (isTaken(name, text)) {
        taken.push(`${name}: ${what}`);
        return;
      }
      const error = rejection(() => parse(credential));
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', hasher: name, field: 'digest', fix: expect.any(String) });
      expect(shown(text, error).filter((piece) => !name.includes(piece))).toEqual([]);
      expect(repair(credential)).toEqual(credentialOf(name, digest));
    },
  );
});

test('only free text takes a damage for a part of itself, and that is warned of', () => {
  expect(taken).toEqual([
    'awscognito: a soft hyphen in it',
    'bcrypt_peppered: a soft hyphen in it',
    'md5_salted: backslashes',
    'sha256_salted: backslashes',
    'md5_salted: dollars twice',
    'sha256_salted: dollars twice',
  ]);
});

describe('two wrappers', () => {
  const SOME: readonly (readonly [string, Wrap])[] = WRAPPERS.filter(([what]) =>
    [
      'Python bytes',
      'serialize',
      'bytea',
      'Some',
      'a Buffer of Node',
      'BinData',
      'HTML quotes',
      'a formula',
      'JSON',
    ].includes(what),
  );
  const digests = ['bcrypt', 'md5', 'scrypt_firebase', 'ldap_ssha'].map(
    (name) => clerkHashers.find((one) => one.name === name) as AnyHasher,
  );

  test.each(SOME.flatMap(([outer, around]) => SOME.map(([inner, within]) => [outer, inner, around, within] as const)))(
    '%s around %s are undone',
    (_, __, around, within) => {
      for (const { name, example } of digests) {
        expect(repair(credentialOf(name, around(within(example.digest)))), name).toEqual(
          credentialOf(name, example.digest),
        );
      }
    },
  );
});

describe('the scheme of a directory or of Spring', () => {
  test.each([
    ['bcrypt', '{BCRYPT}'],
    ['bcrypt', '{Bcrypt}'],
    ['bcrypt', '{bcrypt}'],
    ['bcrypt', '{crypt}'],
    ['bcrypt', '{CRYPT}'],
    ['bcrypt', '{BLF-CRYPT}'],
    ['argon2id', '{ARGON2}'],
    ['argon2id', '{argon2}'],
    ['argon2i', '{ARGON2I}'],
    ['phpass', '{phpass}'],
    ['pbkdf2_sha512', '{PBKDF2-SHA512}'],
    ['scrypt_werkzeug', '{scrypt}'],
  ])('before a digest of %s is removed, in any case: %s', (name, scheme) => {
    const digest = clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
    const whole = credentialOf(name, digest);
    for (const text of [scheme + digest, scheme + base64(digest), `"${scheme}${digest}"`]) {
      if (text.includes(base64(digest)) && !digest.startsWith('$')) continue;
      expect(repair(credentialOf(name, text)), text.slice(0, 20)).toEqual(whole);
    }
  });
});

describe('raw bytes of a bare hash', () => {
  const digest = clerkHashers.find(({ name }) => name === 'md5')?.example.digest as string;
  const raw = Buffer.from(digest, 'hex');

  test.each([
    ['0x', `0x${digest.toUpperCase()}`],
    ['bytea', `\\x${digest}`],
    ["X''", `X'${digest}'`],
    ['a Buffer', `<Buffer ${[...raw].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}>`],
    ['a Buffer as JSON', JSON.stringify(raw)],
    ['BinData', JSON.stringify({ $binary: { base64: raw.toString('base64'), subType: '05' } })],
    ['groups', digest.replace(/..(?=.)/g, '$& ')],
    ['Base64', raw.toString('base64')],
  ])('in %s are its hexadecimal digits', (_, text) => {
    expect(repair(credentialOf('md5', text))).toEqual(credentialOf('md5', digest));
  });
});

describe('an encoded digest', () => {
  /** Digests of vectors, and salts that no vector has. */
  const salts = fc
    .stringMatching(/^[ -~]{1,30}$/)
    .filter((salt) => salt.trim() === salt && !/["'`,;\\$]/.test(salt.at(0) + (salt.at(-1) as string)));
  const salted = fc.tuple(fc.constantFrom('md5', 'sha256'), salts).map(([algorithm, salt]) => ({
    name: `${algorithm}_salted`,
    digest: `${salt}$${'0f'.repeat(algorithm === 'md5' ? 16 : 32)}`,
  }));
  const published = fc.constantFrom(
    ...hasherVectors().flatMap(({ hasher, groups }) =>
      groups
        .flatMap(({ tests }) => tests)
        .filter(({ expect }) => expect === 'match')
        .map(({ digest }) => ({ name: hasher, digest })),
    ),
  );
  const digests = fc.oneof({ weight: 3, arbitrary: published }, salted);

  test('is repaired to the digest that it was or refused, and never passes for one of another hasher', () => {
    fc.assert(
      fc.property(digests, fc.constantFrom(...ENCODINGS, ...WRAPPERS), ({ name, digest }, [what, wrap]) => {
        const whole = validate(credentialOf(name, digest));
        const text = wrap(digest);
        if (text === digest || !whole.ok) return;
        const canonical = repair(credentialOf(name, digest))?.passwordDigest ?? digest;
        const repaired = repair(credentialOf(name, text));
        const found = validate(credentialOf(name, text));
        // A text salt and a pepper hold what is put into them; then nothing is repaired, and it is not another digest.
        if (!found.ok) expect([undefined, canonical], `${name} ${what}`).toContain(repaired?.passwordDigest);
        for (const other of clerkHashers) {
          if (other.name === name || text.includes('$')) continue;
          if (attempt(() => other.parse(text)) instanceof DigestError) continue;
          throw new Error(`${other.name} reads ${what} of a digest of ${name}`);
        }
      }),
      runs(1000),
    );
  });

  test('is not of the hasher that has its shape', async () => {
    const md5 = clerkHashers.find(({ name }) => name === 'md5')?.example.digest as string;
    for (const [hasher, text] of [
      ['hmac_sha256_utf16_b64', base64(md5)],
      ['sha256', hex(md5)],
    ] as const) {
      const credential = credentialOf(hasher, text);
      expect(validate(credential)).toMatchObject({ ok: false, error: { code: 'ERR_MALFORMED' } });
      expect(await verify('correct horse battery staple', credential)).toMatchObject({ outcome: 'rejected' });
      expect(identify(text)).toMatchObject([{ hasher: 'md5', certainty: 'possible' }]);
      expect(repair({ passwordHasher: 'md5', passwordDigest: text })).toEqual(credentialOf('md5', md5));
    }
  });
});

describe('a hash that is encoded twice in its field', () => {
  test.each([
    'pbkdf2_sha256',
    'pbkdf2_sha256_django',
    'pbkdf2_sha512_hex',
    'pbkdf2_sha512',
    'sha512_symfony',
    'scrypt_werkzeug',
  ])('of %s is refused, and decoded once', (name) => {
    const digest = clerkHashers.find((one) => one.name === name)?.example.digest as string;
    const at = digest.lastIndexOf('$') + 1;
    const hash = digest.slice(at);
    const isHex = /^[0-9a-f]+$/.test(hash);
    const twice = isHex ? hex(hash) : base64(Buffer.from(hash, 'base64').toString('hex'));
    const credential = credentialOf(name, digest.slice(0, at) + twice);
    expect(rejection(() => parse(credential))).toMatchObject({ code: 'ERR_MALFORMED', hasher: name });
    expect(repair(credential)).toEqual(credentialOf(name, digest));
  });
});

describe('what a printer has lost', () => {
  const bcrypt = clerkHashers.find(({ name }) => name === 'bcrypt')?.example.digest as string;

  test.each([
    '<memory at 0x7f3c5c1d2e80>',
    '[B@1b6d3586',
    '[object Object]',
    '[object Uint8Array]',
    'Promise { <pending> }',
    'System.Byte[]',
    'Array',
    'Resource id #3',
    '#<BCrypt::Password:0x00007f8b1a0b3c48>',
    `<Buffer ${hexPairs(bcrypt).slice(0, 50).join(' ')} ... 10 more bytes>`,
    `Uint8Array(200) [ ${bytesOf(bcrypt).join(', ')}, ... 100 more items ]`,
    'ObjectId("507f1f77bcf86cd799439011")',
    '#NAME?',
    '#REF!',
    '########',
    '1,23457E+31',
    '1.23457E+31',
    '[FILTERED]',
  ])('%s is said, and exported again', (text) => {
    for (const { name } of clerkHashers) {
      const error = rejection(() => parse(credentialOf(name, text)));
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', field: 'digest', fix: expect.any(String) });
      expect(error.hint).toBeUndefined();
      expect(repair(credentialOf(name, text))).toBeUndefined();
    }
  });

  test.each(['s:59:"', 's:61:"', 'string(59) "'])('a length that is not the text’s is not undone: %s', (before) => {
    const text = `${before}${bcrypt}"${before.startsWith('s:') ? ';' : ''}`;
    expect(repair(credentialOf('bcrypt', text))).toBeUndefined();
  });
});

test('a function that changes a text is not a wrapper', () => {
  const digest = clerkHashers.find(({ name }) => name === 'md5')?.example.digest as string;
  for (const name of [
    'md5',
    'sha256',
    'reverse',
    'upper',
    'encrypt',
    'hash',
    'password_hash',
    'crypt',
    'AES_ENCRYPT',
  ]) {
    expect(repair(credentialOf('md5', `${name}("${digest}")`)), name).toBeUndefined();
  }
});

describe('a blank within a digest', () => {
  const argon2id = clerkHashers.find(({ name }) => name === 'argon2id')?.example.digest as string;
  const hash = argon2id.lastIndexOf('$') + 1;

  test.each([
    ['hash', hash + 9],
    ['salt', hash - 9],
  ])('of the %s is removed, and never taken for a "+" that makes it longer than hashes and salts are', (_, at) => {
    const text = `${argon2id.slice(0, at)} ${argon2id.slice(at)}`;
    expect(repair(credentialOf('argon2id', text))).toEqual(credentialOf('argon2id', argon2id));
    expect(convert(text)).toEqual(credentialOf('argon2id', argon2id));
  });

  test('is not repaired where no reading has a usual length', () => {
    const text = `${argon2id.slice(0, hash)}abcdefg hijklmnopqrst uvwxyzabcdefghijklmnopqrstA`;
    expect(repair(credentialOf('argon2id', text))).toBeUndefined();
  });

  test.each([
    ['ldap_ssha', '{SSHA}pXp4yIiRmppvKYn7cKCT+lngG4qELq4h bob'],
    ['pbkdf2_sha256', 'pbkdf2_sha256$1000$NjI3MDM3$vVfavLQL9ZWjg8BUMq6/FB8FtpkIGWYk bob'],
    ['pbkdf2_sha1', 'pbkdf2_sha1$24 00$KQ8zeK6wKRuR$b52261e317717cc268b65c5f9021a34c5a466195$20'],
    ['pbkdf2_sha256_django', 'pbkdf2_sha256$3900 0$seasalt2$geC/uZ92nRXDSjSxeoiBqYyRcrLzMm8xK3ro1QS1uo8='],
    ['bcrypt', '$2 $05$WY62Xk2TXZ7EvVDQ5fmjNu7b0GEzSzUXUh2cllxJwhtOeMtWV3Ujq'],
    ['bcrypt_peppered', '$2a$05$abcdefghijklmnopqrst uu5s2v8.iXieOjg/.AySBTTZIIVFJeBui$a pepper with blanks'],
  ])('is not undone where it is in a number, a pepper or before a comment: %s', (name, text) => {
    expect(validate(credentialOf(name, text))).toMatchObject({ ok: false });
    expect(repair(credentialOf(name, text))).toBeUndefined();
  });

  test('of a length that only one reading has is removed', () => {
    for (const name of ['bcrypt', 'md5', 'pbkdf2_sha256_django']) {
      const digest = clerkHashers.find((one) => one.name === name)?.example.digest as string;
      const text = `${digest.slice(0, -9)} ${digest.slice(-9)}`;
      expect(repair(credentialOf(name, text)), name).toEqual(credentialOf(name, digest));
    }
  });
});

describe('a value that its name says is no digest', () => {
  const digest = clerkHashers.find(({ name }) => name === 'md5')?.example.digest as string;

  test.each([
    ['{"salt":"', '"}'],
    ['{"passwordSalt":"', '"}'],
    ['{"id":"', '"}'],
    ['{"user_id":"', '"}'],
    ['{"token":"', '"}'],
    ['<salt>', '</salt>'],
    ['salt="', '"'],
    ['"userId": "', '",'],
    ["$salt = '", "';"],
  ])('is not taken for one: %s…%s', (before, after) => {
    expect(repair(credentialOf('md5', before + digest + after))).toBeUndefined();
  });
});

test('a text made to be read in many ways costs no more than a few readings', () => {
  const all = '"\'(<b\'%24&#36;\\$\\u0024=24 \u200b{crypt}s:3:"$$$$ ,;';
  for (const text of [
    all.repeat(90).slice(0, 4096),
    ','.repeat(4096),
    `"${','.repeat(4000)}x`,
    ' ,'.repeat(2000),
    '1 '.repeat(2000),
  ]) {
    expect(listDamages(text).length).toBeLessThanOrEqual(65);
  }
});

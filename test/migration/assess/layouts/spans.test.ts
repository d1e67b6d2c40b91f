/** Where each layout finds key, salt and hash, digest by digest. */
import { describe, expect, test } from 'vitest';
import { createFingerprint, fingerprintSpans } from '../../../../src/migration/assess/fingerprint.js';
import { findBareHash, findLayout, layouts } from '../../../../src/migration/assess/layouts/index.js';
import {
  createDigestSpans,
  type DigestLayout,
  readBase64Parts,
  writeAsHex,
} from '../../../../src/migration/assess/layouts/layout.js';
import { listAnswers } from '../../../support/answers.js';

const HEX = '0123456789abcdef';
const MD5 = HEX.repeat(2);
const base64 = (length: number) => Buffer.alloc(length, 0xfb).toString('base64');
const unpadded = (length: number) => base64(length).replaceAll('=', '');
const BCRYPT = 'N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG';

const DIGESTS: Readonly<Record<string, readonly string[]>> = {
  bcrypt: [
    ...['$2b$', '$2a$', '$2y$', '$2x$'].map((prefix) => `${prefix}10$${BCRYPT}`),
    `$2b$10$${BCRYPT.slice(0, 21)}x${BCRYPT.slice(22)}`,
    `$2b$10$${BCRYPT.slice(0, -1)}H`,
    `$2b$10$${BCRYPT.slice(0, 30)}é${BCRYPT.slice(32)}`,
  ],
  bcrypt_sha256_django: ['$2b$', '$2a$', '$2y$', '$2x$'].map((prefix) => `bcrypt_sha256$${prefix}10$${BCRYPT}`),
  argon2i: [
    `$argon2i$v=19$m=8,t=1,p=1$${unpadded(16)}$${unpadded(32)}`,
    `$argon2id$v=19$m=8,t=1,p=1$a$${unpadded(32)}`,
  ],
  argon2id: [
    `$argon2id$v=19$m=8,t=1,p=1$${unpadded(16)}$${unpadded(32)}`,
    `$argon2id$v=19$m=8,t=1,p=1$$${unpadded(32)}`,
    `$argon2id$v=19$m=8,t=1,p=1$${unpadded(16)}`,
    `$argon2id$v=19`,
    `$argon2id$v=19$m=8,t=1,p=1$${unpadded(15)}$${unpadded(31)}`,
    `$argon2id$v=19$m=8,t=1,p=1$${unpadded(17)}$${unpadded(33)}`,
    `$argon2id$v=19$m=8,t=1,p=1$${'A'.repeat(1024)}$${unpadded(32)}`,
    `$argon2id$v=19$m=8,t=1,p=1$${'A'.repeat(1026)}$${unpadded(32)}`,
    `$argon2id$v=19$m=8,t=1,p=1$${unpadded(16)}$${'A'.repeat(1024)}`,
    `$argon2id$v=19$m=8,t=1,p=1$${unpadded(16)}$${'A'.repeat(1026)}`,
  ],
  phpass: [
    `$P$9IQRaTwmf0123456789./ABCDEFGHI.`,
    `$H$9IQRaTwmf0123456789./ABCDEFGHI0`,
    `$P$9IQRaTwmf0123456789./ABCDEFGHIz`,
    `$P$9IQRaTwm-0123456789./ABCDEFGHI.`,
    `$Q$9IQRaTwmf0123456789./ABCDEFGHI.`,
  ],
  pbkdf2_sha1: [
    `pbkdf2_sha1$10$${HEX}$${HEX}`,
    `pbkdf2_sha1$10$${HEX}0$${HEX}`,
    `pbkdf2_sha1$10$${HEX}$${HEX}0`,
    `pbkdf2_sha1$10$${HEX}$`,
  ],
  pbkdf2_sha256: [
    `pbkdf2_sha256$10$${base64(16)}$${base64(32)}`,
    `pbkdf2_sha256$10$${base64(17)}$${base64(33)}`,
    `pbkdf2_sha256$10$${unpadded(16)}$${base64(32)}`,
    'pbkdf2_sha256$10$====$====',
    'pbkdf2_sha256$10$AA==$A===',
    'pbkdf2_sha256$10$AA==$AA==',
    'pbkdf2_sha256$10$AAA=$AB==',
  ],
  pbkdf2_sha256_django: [`pbkdf2_sha256$10$sa-l_t./$${base64(32)}`, `pbkdf2_sha256$10$sa:lt$${base64(32)}`],
  pbkdf2_sha512: [`pbkdf2_sha512$10$salt$${MD5}`],
  pbkdf2_sha512_hex: [`pbkdf2_sha512_hex$10$${HEX}$${MD5}`],
  sha512_symfony: [`sha512_symfony$10$salt$${base64(64)}`],
  scrypt_werkzeug: [`scrypt:16:8:1$salt$${MD5}`],
  scrypt_firebase: [
    `${base64(64)}$${base64(10)}$${base64(64)}$Bw==$8$14`,
    `${base64(64)}$$${base64(64)}`,
    base64(64),
    `${base64(64)}$${base64(10)}`,
  ],
  md5_phpass: ['$P$9IQRaTwmf0123456789./ABCDEFGHI.'],
  ldap_ssha: [
    ...[20, 21, 22, 24, 28, 36].map((length) => `{SSHA}${base64(length)}`),
    `{ssha}${base64(28)}`,
    `{SSHA}${base64(28).replace('=', '')}`,
    `{SSHA}${base64(28).replace('/', '-')}`,
    `{SSHA}${'MTIz'.repeat(12)}`,
  ],
  md5: [MD5, MD5.toUpperCase(), `${MD5.slice(1)}`],
  sha256: [MD5.repeat(2)],
  hmac_sha256_utf16_b64: [base64(32)],
  md5_salted: [`salt$${MD5}`, `$${MD5}`, `a$b$${MD5}`],
  sha256_salted: [`salt$${MD5.repeat(2)}`],
};

/** Key, salt and hash; undefined where the layout does not take the text. In a file, a digest has others around it. */
function readSpans(layout: DigestLayout | undefined, text: string): readonly string[] | undefined {
  const bytes = Buffer.from(`$,${text},$`);
  const spans = createDigestSpans();
  if (layout?.read(bytes, 2, bytes.length - 2, spans) !== true) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const of = (from: number, to: number) => bytes.toString('utf8', from, to);
  const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd, mayBeRefused } = spans;
  const isInside = fingerprintSpans(view, spans, createFingerprint());
  return [
    ...[of(keyStart, keyEnd), of(salt, saltEnd), of(hash, hashEnd)],
    ...(mayBeRefused ? ['may be refused'] : []),
    ...(isInside ? [] : ['characters outside the alphabet']),
  ];
}

test.each(Object.entries(DIGESTS))('the layout of %s finds them as its golden file has it', async (name, digests) => {
  const layout = layouts.get(name);
  expect(layout).toBeDefined();
  const read = { [name]: (text: string) => readSpans(layout, text) };
  await expect(listAnswers(digests, read)).toMatchFileSnapshot(`../golden/spans-${name}.txt`);
});

test('every layout has digests here', () => {
  expect(Object.keys(DIGESTS).sort()).toEqual([...layouts.keys()].sort());
});

test('the first characters of a digest without a named hasher show its layout', () => {
  const names = new Map([...layouts].map(([name, layout]) => [layout, name]));
  const found = (text: string) => names.get(findLayout(Buffer.from(`$2${text}`), 2, 2 + text.length) as DigestLayout);
  const long = (text: string) => text.padEnd(34, 'x');
  expect(found(long('$2b$'))).toBe('bcrypt');
  expect(found(long('$P$'))).toBe('md5_phpass');
  expect(found(long('$H$'))).toBe('md5_phpass');
  expect(found(long('$argon2id$'))).toBe('argon2id');
  expect(found(long('$argon2i$'))).toBe('argon2i');
  expect(found(long('{SSHA}'))).toBe('ldap_ssha');
  expect(found(long('scrypt:'))).toBe('scrypt_werkzeug');
  expect(found(long('bcrypt_sha256$'))).toBe('bcrypt_sha256_django');
  for (const other of ['$5$', 'x2b$', 'xS', '{x', 'sx', 'xcrypt', 'bx', ''])
    expect(found(long(other)), other).toBeUndefined();
  expect(found('$2b$'.padEnd(33, 'x'))).toBeUndefined();
});

test('a hash in hexadecimal without a named hasher has a layout of its length alone', () => {
  for (const digits of [32, 40, 56, 64, 96, 128]) {
    const [hash, longer] = ['a1'.repeat(digits / 2), 'a1'.repeat(digits / 2 + 1)];
    expect(readSpans(findBareHash(digits), hash)).toEqual(['', '', hash]);
    expect(readSpans(findBareHash(digits), longer)).toBeUndefined();
  }
  for (const digits of [0, 31, 33, 48, 130]) expect(findBareHash(digits)).toBeUndefined();
});

test('new spans are nowhere', () => {
  const { saltAlphabet, hashAlphabet, ...spans } = createDigestSpans();
  const nowhere = { keyStart: 0, keyEnd: 0, salt: 0, saltEnd: 0, sharedBits: 0, hash: 0, hashEnd: 0 };
  expect(spans).toEqual({ ...nowhere, mayBeRefused: false });
  expect([saltAlphabet.length, hashAlphabet.length]).toEqual([8, 8]);
});

describe('parts that are not in one text', () => {
  const [SALT, HASH] = [base64(10), base64(64)];
  const place = (...texts: readonly string[]) => {
    const bytes = Buffer.from(`,${texts.join(',')},`);
    let at = 1;
    const places = texts.map((text) => {
      const start = at;
      at += text.length + 1;
      return [start, start + text.length] as const;
    });
    return { bytes, places };
  };

  function readBase64(key: string, salt: string, hash: string) {
    const { bytes, places } = place(key, salt, hash);
    const [[keyStart, keyEnd], [saltAt, saltEnd], [digest, digestEnd]] = places as [Pair, Pair, Pair];
    const spans = createDigestSpans();
    const parts = { key: keyStart, keyEnd, salt: saltAt, saltEnd, digest, digestEnd };
    return readBase64Parts(bytes, parts, spans) ? { bytes, spans } : undefined;
  }

  test('are where the source found them', () => {
    const found = readBase64('key', SALT, HASH);
    const { bytes, spans } = found as NonNullable<typeof found>;
    const of = (from: number, to: number) => bytes.toString('utf8', from, to);
    expect(of(spans.keyStart, spans.keyEnd)).toBe('key');
    expect(of(spans.salt, spans.saltEnd)).toBe(SALT.replaceAll('=', ''));
    expect(of(spans.hash, spans.hashEnd)).toBe(HASH.replaceAll('=', ''));
    expect(readBase64('key', '', HASH)).toBeUndefined();
    expect(readBase64('key', SALT, HASH.slice(0, -1))).toBeUndefined();
  });

  test('are written in hexadecimal as hashers have them', () => {
    const found = readBase64('key', SALT, HASH);
    const { bytes, spans } = found as NonNullable<typeof found>;
    const [into, hexSpans] = [Buffer.alloc(500, 0x2a), createDigestSpans()];
    Object.assign(hexSpans, { salt: 9, sharedBits: 9, saltAlphabet: undefined, hashAlphabet: undefined });
    writeAsHex(bytes, spans, into, hexSpans);
    const written = `${'fb'.repeat(10)}${'fb'.repeat(64)}`;
    expect(into.toString('latin1', 0, written.length + 1)).toBe(`${written}*`);
    expect(hexSpans).toMatchObject({ salt: 0, saltEnd: 20, sharedBits: 0, hash: 20, hashEnd: 148 });
    expect(fingerprintSpans(new DataView(into.buffer, into.byteOffset), hexSpans, createFingerprint())).toBe(true);
    expect([hexSpans.saltAlphabet, hexSpans.hashAlphabet]).toEqual(Array(2).fill(createDigestSpans().hashAlphabet));
  });

  test('of Firebase are a salt and a hash without a key', () => {
    const layout = layouts.get('scrypt_firebase');
    const read = (salt: string, hash: string) => {
      const { bytes, places } = place(salt, hash);
      const [[saltAt, saltEnd], [hashAt, hashEnd]] = places as [Pair, Pair];
      const spans = createDigestSpans();
      if (layout?.readParts?.(bytes, saltAt, saltEnd, hashAt, hashEnd, spans) !== true) return undefined;
      const of = (from: number, to: number) => bytes.toString('utf8', from, to);
      return [of(spans.keyStart, spans.keyEnd), of(spans.salt, spans.saltEnd), of(spans.hash, spans.hashEnd)];
    };
    expect(read(SALT, HASH)).toEqual(['', SALT.replaceAll('=', ''), HASH.replaceAll('=', '')]);
    expect(read('', HASH)).toBeUndefined();
    expect(read(SALT, HASH.slice(1))).toBeUndefined();
  });
});

type Pair = readonly [start: number, end: number];

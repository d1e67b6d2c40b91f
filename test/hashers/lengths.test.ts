/** Lengths of hashes: those that known writers write are no warning, and a longer one is never said to be cut off. */
import { describe, expect, test } from 'vitest';
import { convert, type Finding, validate, verify } from '../../src/index.js';

const bytes = (count: number) => Buffer.from(Array.from({ length: count }, (_, i) => (i * 37 + 11) % 256));
const base64 = (count: number) => bytes(count).toString('base64');
const hex = (count: number) => bytes(count).toString('hex');
const unpadded = (count: number) => base64(count).replace(/=+$/, '');

const FORMS: readonly (readonly [hasher: string, digest: (hashBytes: number) => string])[] = [
  ['pbkdf2_sha1', (n) => `pbkdf2_sha1$1000$${hex(16)}$${hex(n)}${n === 32 ? '' : `$${n}`}`],
  ['pbkdf2_sha256', (n) => `pbkdf2_sha256$1000$${base64(16)}$${base64(n)}`],
  ['pbkdf2_sha512', (n) => `pbkdf2_sha512$1000$salt$${hex(n)}`],
  ['pbkdf2_sha512_hex', (n) => `pbkdf2_sha512_hex$1000$${hex(16)}$${hex(n)}`],
  ['argon2id', (n) => `$argon2id$v=19$m=64,t=1,p=1$${unpadded(16)}$${unpadded(n)}`],
  ['argon2i', (n) => `$argon2i$v=19$m=64,t=1,p=1$${unpadded(16)}$${unpadded(n)}`],
];

/** Who writes so many bytes of hash, where that is not what the hash function gives. */
const WRITERS: readonly (readonly [hasher: string, bytes: number, writer: string])[] = [
  ['pbkdf2_sha1', 16, 'Java with a key of 128 bits'],
  ['pbkdf2_sha1', 18, 'PasswordStorage of CrackStation'],
  ['pbkdf2_sha1', 24, 'PasswordHash of CrackStation'],
  ['pbkdf2_sha1', 32, 'Atlassian, ASP.NET Identity 2'],
  ['pbkdf2_sha1', 64, 'Keycloak'],
  ['pbkdf2_sha1', 66, 'npm credential'],
  ['pbkdf2_sha256', 16, 'Jackrabbit Oak'],
  ['pbkdf2_sha256', 24, "CrackStation's PBKDF2 in PHP"],
  ['pbkdf2_sha256', 50, 'Gitea, Grafana'],
  ['pbkdf2_sha256', 64, 'Keycloak'],
  ['pbkdf2_sha256', 256, '389 Directory Server'],
  ['pbkdf2_sha256', 512, 'passport-local-mongoose'],
  ['pbkdf2_sha512', 32, 'ASP.NET Core Identity'],
  ['pbkdf2_sha512', 40, 'Symfony'],
  ['pbkdf2_sha512', 128, 'macOS'],
  ['pbkdf2_sha512_hex', 32, 'ASP.NET Core Identity'],
  ['pbkdf2_sha512_hex', 64, 'Pow, tutorials of Node'],
  ['argon2id', 16, 'argon2-cffi before 21'],
  ['argon2id', 24, 'the manual of libargon2'],
  ['argon2id', 50, 'Gitea'],
  ['argon2i', 64, 'libargon2 on request'],
];

function warningsOf(hasher: string, digest: string): readonly Finding[] {
  const found = validate({ passwordHasher: hasher, passwordDigest: digest }, { limits: { digestChars: 4096 } });
  if (!found.ok) throw found.error;
  return found.warnings.filter(({ code }) => code === 'WARN_LENGTH');
}

const formOf = (hasher: string) => FORMS.find(([name]) => name === hasher)?.[1] as (hashBytes: number) => string;

test.each(WRITERS)('%s with %i bytes, as %s writes it, gives no warning', (hasher, count) => {
  expect(warningsOf(hasher, formOf(hasher)(count))).toEqual([]);
});

describe.each(FORMS)('%s', (hasher, digest) => {
  const usual = { pbkdf2_sha1: 20, pbkdf2_sha256: 32, pbkdf2_sha512: 64, pbkdf2_sha512_hex: 64 }[hasher] ?? 32;

  test('never warns of a longer hash', () => {
    for (let count = usual; count <= 600; count += count < 70 ? 1 : 53) {
      expect(warningsOf(hasher, digest(count)), `${count} bytes`).toEqual([]);
    }
  });

  test('warns of a shorter one that no writer writes', () => {
    const [warning] = warningsOf(hasher, digest(17));
    expect(warning).toMatchObject({ field: 'hash', severity: 'warning' });
    // PBKDF2 of fewer bytes is the beginning of PBKDF2 of more.
    expect(warning?.message.includes('never')).toBe(hasher.startsWith('argon2'));
  });
});

test('a PBKDF2 hash that lost its end verifies by the bytes that are left', async () => {
  const passwordDigest = 'pbkdf2_sha256$100000$EBESExQVFhcYGRobHB0eHw==$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq';
  expect(
    (await verify('correct horse battery staple', { passwordHasher: 'pbkdf2_sha256', passwordDigest })).outcome,
  ).toBe('match');
  expect((await verify('incorrect horse', { passwordHasher: 'pbkdf2_sha256', passwordDigest })).outcome).toBe(
    'mismatch',
  );
});

test('a salt of {SSHA} warns only where it is shorter than any that is written', () => {
  const ssha = (salt: number) => `{SSHA}${base64(20 + salt)}`;
  for (const salt of [4, 8, 16, 17, 20, 24, 32, 64]) expect(warningsOf('ldap_ssha', ssha(salt)), `${salt}`).toEqual([]);
  for (const salt of [1, 2, 3]) expect(warningsOf('ldap_ssha', ssha(salt)), `${salt}`).toHaveLength(1);
});

describe('scrypt_firebase', () => {
  const firebase = (key: number, memCost: number) => `${base64(key)}$${base64(10)}$${base64(key)}$Bw==$8$${memCost}`;

  test('warns of a memCost that has lost its last digit, and of no other', () => {
    expect(warningsOf('scrypt_firebase', firebase(64, 1))).toMatchObject([{ field: 'memCost' }]);
    for (const memCost of [8, 9, 10, 14, 15]) expect(warningsOf('scrypt_firebase', firebase(64, memCost))).toEqual([]);
  });

  test('warns of a shorter key, and of no longer one', () => {
    expect(warningsOf('scrypt_firebase', firebase(32, 14))).toMatchObject([{ field: 'signerKey' }]);
    for (const key of [64, 65, 128]) expect(warningsOf('scrypt_firebase', firebase(key, 14))).toEqual([]);
  });
});

test('what another system converts to is not warned of either', () => {
  const keycloak = JSON.stringify({
    type: 'password',
    secretData: JSON.stringify({ value: base64(64), salt: base64(16) }),
    credentialData: JSON.stringify({ hashIterations: 27500, algorithm: 'pbkdf2-sha256' }),
  });
  const aspnet = Buffer.concat([Buffer.from('0100000002000186a000000010', 'hex'), bytes(16), bytes(32)]);
  for (const text of [keycloak, aspnet.toString('base64')]) {
    const credential = convert(text);
    if (credential === undefined) throw new Error('it does not convert');
    expect(warningsOf(credential.passwordHasher, credential.passwordDigest)).toEqual([]);
  }
});

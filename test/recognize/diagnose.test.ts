/** From "does not parse" to what it really is: the code, the place, and a remedy only where it is certain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, DigestError, parse as parseAmongAll } from '../../src/index.js';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import { explain } from '../../src/recognize/diagnose.js';
import { parse, validate } from '../support/clerk.js';
import { anyText, runs } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';
import { shown } from '../support/secrets.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const refusal = (passwordHasher: string, passwordDigest: string) =>
  rejection(() => parse({ passwordHasher, passwordDigest }));
const BCRYPT = exampleOf('bcrypt');

describe('a digest of another hasher', () => {
  test.each(clerkHashers.map(({ name }) => name))(
    'of %s is named, and a fix names only a hasher that reads it',
    (name) => {
      const digest = exampleOf(name);
      for (const hasher of clerkHashers) {
        const answer = attempt(() => parse({ passwordHasher: hasher.name, passwordDigest: digest }));
        if (!(answer instanceof DigestError)) continue;
        expect(answer.hasher).toBe(hasher.name);
        expect(shown(digest, answer)).toEqual([]);
        const { suggestion } = answer;
        const named = suggestion !== undefined && 'hasher' in suggestion ? suggestion.hasher : undefined;
        if (named !== undefined) expect(validate({ passwordHasher: named, passwordDigest: digest }).ok).toBe(true);
        // phpass's form is md5_phpass's as well, and a bcrypt digest is one that lacks its pepper.
        if (answer.code === 'ERR_WRONG_HASHER') {
          expect(`${answer.message} ${answer.fix}`).toContain(name === 'md5_phpass' ? 'phpass' : name);
        }
      }
    },
  );

  test('with a signature is certain', () => {
    expect(refusal('sha256', BCRYPT)).toMatchObject({
      code: 'ERR_WRONG_HASHER',
      hasher: 'sha256',
      suggestion: { hasher: 'bcrypt' },
      field: 'digest',
      offset: 0,
    });
    expect(JSON.parse(JSON.stringify(refusal('sha256', BCRYPT)))).toMatchObject({ suggestion: { hasher: 'bcrypt' } });
  });

  test('of two hashers names both and chooses none', () => {
    const error = refusal('bcrypt', exampleOf('pbkdf2_sha256'));
    expect(error.message).toContain('pbkdf2_sha256 or pbkdf2_sha256_django');
    expect(error).toMatchObject({ fix: undefined, suggestion: undefined, hint: expect.any(String) });
  });

  test('of a shape that much else has is said to look so', () => {
    const error = refusal('bcrypt', exampleOf('md5'));
    expect(error).toMatchObject({ code: 'ERR_WRONG_HASHER', fix: undefined, suggestion: undefined });
    expect(error.message).toContain('md5');
  });

  test('that is cut off as well is recognized by its signature', () => {
    const error = refusal('bcrypt', exampleOf('argon2id').slice(0, -1));
    expect(error).toMatchObject({
      code: 'ERR_WRONG_HASHER',
      message: expect.stringContaining('argon2id'),
      suggestion: undefined,
    });
    expect(error.fix).toBeUndefined();
  });

  test('of one signature is given as a hint, because the hasher itself knows best what is wrong', () => {
    const keycloak = `pbkdf2_sha256$27500$${Buffer.alloc(16, 7).toString('base64')}$${Buffer.alloc(64, 9).toString('base64')}`;
    expect(refusal('pbkdf2_sha256_django', keycloak)).toMatchObject({
      code: 'ERR_MALFORMED',
      field: 'hash',
      hint: expect.stringContaining('pbkdf2_sha256'),
    });
  });
});

describe('a hasher that names another itself', () => {
  const twins = (salt: string, hashBytes: number) =>
    `pbkdf2_sha256$1000$${salt}$${Buffer.alloc(hashBytes).toString('base64')}`;

  test('keeps its fix where that one reads the digest', () => {
    expect(refusal('pbkdf2_sha256', twins('sT7Zr0Y1qVbN4kPwLx3mGd', 32)).suggestion).toEqual({
      hasher: 'pbkdf2_sha256_django',
    });
    expect(refusal('bcrypt', `${BCRYPT}$pepper`).suggestion).toEqual({ hasher: 'bcrypt_peppered' });
  });

  test('loses it where that one does not, or is not there', () => {
    expect(refusal('pbkdf2_sha256', twins('salty', 20))).toMatchObject({ code: 'ERR_MALFORMED', field: 'salt' });
    const alone = createRegistry(clerkHashers.filter(({ name }) => name === 'bcrypt'));
    const error = rejection(() => alone.parse({ passwordHasher: 'bcrypt', passwordDigest: `${BCRYPT}$pepper` }));
    expect(error).toMatchObject({ code: 'ERR_WRONG_HASHER', fix: undefined, suggestion: undefined });
  });

  test('gives way to a damage that can be undone', () => {
    expect(refusal('pbkdf2_sha256', `${twins('salty', 32)}\n`)).toMatchObject({
      code: 'ERR_MALFORMED',
      suggestion: { repair: true },
      hint: expect.stringContaining('pbkdf2_sha256_django'),
    });
  });
});

describe('a digest of another system', () => {
  test.each([
    ['$1$dXc3I7Rw$ctlgjDdWJLMT.qwHsWhXR1', 'MD5-crypt $1$'],
    [`$5$LKO/Ute40T3FNF95$${'a'.repeat(43)}`, 'SHA-256-crypt $5$'],
    [`$6$LKO/Ute40T3FNF95$${'a'.repeat(86)}`, 'SHA-512-crypt $6$'],
    ['$y$j75$jaF46atex7RKEKnixbEE..$GJxlhTJX5VIRHMGHPfyurd/KCjX7aauRFC2MKEv.SU5', 'yescrypt $y$'],
    [`$wp${BCRYPT}`, 'WordPress 6.8 $wp$2y$'],
    [`$S$C${'a'.repeat(51)}`, 'Drupal 7 $S$'],
  ])('%s is named as one that no hasher holds', (digest, title) => {
    for (const { name } of clerkHashers) {
      if (validate({ passwordHasher: name, passwordDigest: digest }).ok) throw new Error(`${name} reads it`);
      expect(refusal(name, digest)).toMatchObject({
        code: 'ERR_UNSUPPORTED',
        message: expect.stringContaining(title),
        fix: expect.any(String),
        suggestion: undefined,
      });
    }
    expect(refusal('drupal', digest)).toMatchObject({
      code: 'ERR_UNKNOWN_HASHER',
      hint: expect.stringContaining(title),
    });
  });

  test('that is damaged is no unsupported one', () => {
    const error = refusal('bcrypt', 'pbkdf2:sha256:1000$salt$0a0a');
    expect(error).toMatchObject({ code: 'ERR_WRONG_HASHER', field: 'digest', offset: 0 });
    expect(error.message).toContain('Werkzeug');
    expect(error).toMatchObject({ fix: undefined, suggestion: undefined });
  });

  test('gets no advice to convert to a hasher that the registry lacks', () => {
    const registry = createRegistry(clerkHashers.filter(({ name }) => name === 'bcrypt'));
    const passwordDigest = `{MD5}${exampleOf('md5')}`;
    const error = rejection(() => registry.parse({ passwordHasher: 'bcrypt', passwordDigest }));
    expect(error).toMatchObject({
      code: 'ERR_WRONG_HASHER',
      fix: undefined,
      suggestion: undefined,
      hint: expect.any(String),
    });
    const unknown = rejection(() => registry.parse({ passwordHasher: 'md5', passwordDigest }));
    expect(unknown).toMatchObject({ suggestion: undefined, hint: expect.stringContaining('Spring Security {MD5}') });
  });

  test('gets no advice to convert where two systems write it', () => {
    const error = refusal('md5_salted', `md5$salt$${exampleOf('md5')}`);
    expect(error).toMatchObject({ code: 'ERR_WRONG_HASHER', suggestion: undefined });
    expect(error.hint).toContain('Werkzeug');
    expect(error.fix).toBeUndefined();
  });
});

describe('a mark of a disabled account', () => {
  test.each([
    '',
    '!',
    '!Uo3PcsRkyZLCb3gKFtd9',
    '!!',
    '!$6$salt$hash',
    '*',
    '*0',
    '*1',
    '*LK*',
    'x',
    'NULL',
    'null',
    '\\N',
    'None',
    'UkVEQUNURUQ=',
  ])('%j is ERR_DISABLED, whatever the hasher', (mark) => {
    for (const { name } of clerkHashers) {
      expect(refusal(name, mark)).toMatchObject({ code: 'ERR_DISABLED', fix: expect.any(String) });
    }
    for (const name of ['unknown', '__proto__']) expect(refusal(name, mark)).toMatchObject({ code: 'ERR_DISABLED' });
  });

  test('is not what MySQL writes after its star', () => {
    const passwordDigest = `*${'2A'.repeat(20)}`;
    const { code, message } = rejection(() => parseAmongAll({ passwordHasher: 'bcrypt', passwordDigest }));
    expect(code).toBe('ERR_UNSUPPORTED');
    expect(message).toContain('MySQL');
  });
});

describe('a name that is no hasher', () => {
  test.each([
    ['BCrypt', 'bcrypt'],
    ['pbkdf2-sha256', 'pbkdf2_sha256'],
    ['PBKDF2_SHA256_DJANGO', 'pbkdf2_sha256_django'],
    ['firebase', 'scrypt_firebase'],
    ['Werkzeug', 'scrypt_werkzeug'],
    ['argon-2id', 'argon2id'],
  ])('%s means %s where that one reads the digest', (name, meant) => {
    expect(refusal(name, exampleOf(meant))).toMatchObject({
      code: 'ERR_UNKNOWN_HASHER',
      field: 'passwordHasher',
      suggestion: { hasher: meant },
    });
  });

  test('gives no fix that names a hasher which does not read the digest', () => {
    const cut = refusal('BCrypt', BCRYPT.slice(0, -1));
    expect(cut).toMatchObject({ fix: undefined, suggestion: undefined, hint: expect.stringContaining('bcrypt') });
    expect(refusal('firebase', BCRYPT).suggestion).toEqual({ hasher: 'bcrypt' });
    expect(refusal('sha256-salted', exampleOf('pbkdf2_sha1')).suggestion).toEqual({ hasher: 'pbkdf2_sha1' });
  });

  test('next to a digest of another system gets the hasher that it converts to', () => {
    expect(refusal('flask', `pbkdf2:sha256:1000$salt$${exampleOf('sha256')}`)).toMatchObject({
      suggestion: { convert: 'werkzeug', to: 'pbkdf2_sha256_django' },
      hint: expect.stringContaining('pbkdf2_sha256_django'),
    });
  });

  test.each(['SHA1', 'sha-512', 'PBKDF2', 'scrypt', 'LDAP', 'hmac', 'Legacy'])(
    '%s is a word of several formats, and gives no nearest name',
    (name) => {
      const error = refusal(name, 'a'.repeat(40));
      expect(error.code).toBe('ERR_UNKNOWN_HASHER');
      expect(clerkHashers.filter((hasher) => error.hint?.includes(hasher.name)).length).not.toBe(1);
      expect(error).toMatchObject({ fix: undefined, suggestion: undefined });
    },
  );

  test('and is the digest, while the digest is a name: they are exchanged', () => {
    expect(refusal(BCRYPT, 'bcrypt')).toMatchObject({
      code: 'ERR_UNKNOWN_HASHER',
      suggestion: { swap: 'hasher-and-digest' },
    });
  });

  test.each(['constructor', '__proto__', 'toString', 'valueOf', '', ' ', 'x'.repeat(100_000)])(
    '%j is unknown, is not repeated, and the known ones are listed',
    (name) => {
      const error = refusal(name, 'no digest at all, only words');
      expect(error).toMatchObject({ code: 'ERR_UNKNOWN_HASHER', hint: expect.stringContaining('argon2i, argon2id') });
      expect(error.hasher).toBeUndefined();
      if (name.trim() !== '') expect(JSON.stringify(error)).not.toContain(name);
    },
  );
});

describe('a password in the place of the digest', () => {
  test.each(['hunter2', 'correct horse battery staple', 'Pa$$w0rd!', 'пароль', 'p'])(
    '%j is hinted at, and never repeated',
    (password) => {
      const error = refusal('bcrypt', password);
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', fix: undefined, hint: expect.any(String) });
      if (password.length > 1) expect(JSON.stringify(error)).not.toContain(password);
    },
  );

  test.each([
    '5f4dcc3b5aa765',
    exampleOf('sha256').slice(0, 40),
    BCRYPT.slice(0, 12),
    exampleOf('scrypt_firebase').slice(0, 60),
  ])('is not what a digest cut off looks like: %s', (digest) =>
    expect(refusal('sha256', digest).hint).not.toBe(refusal('sha256', 'Pa$$w0rd!').hint),
  );
});

test('a text over the bound is not explained, where a caller lets it through', () => {
  const registry = createRegistry(clerkHashers);
  const digest = `"${BCRYPT}"${' '.repeat(MAX_DIGEST_CHARS)}`;
  const error = rejection(() =>
    registry.parse({ passwordHasher: 'bcrypt', passwordDigest: digest }, Number.POSITIVE_INFINITY),
  );
  expect(error).toMatchObject({ code: 'ERR_MALFORMED', field: 'prefix' });
  const [bcrypt] = clerkHashers.filter(({ name }) => name === 'bcrypt');
  if (bcrypt !== undefined) expect(explain(clerkHashers, bcrypt, digest, error)).toBe(error);
});

test('no error shows a piece of the digest, and none is without a code', () => {
  const noise = fc.tuple(
    fc.constantFrom(...clerkHashers.map(({ example }) => example.digest)),
    fc.nat(400),
    anyText(6),
  );
  const digests = fc.oneof(
    noise.map(([digest, at, put]) => digest.slice(0, at % digest.length) + put + digest.slice(at % digest.length)),
    noise.map(([digest, at]) => digest.slice(0, at % digest.length)),
    anyText(100),
  );
  const names = fc.constantFrom(...clerkHashers.map(({ name }) => name), 'BCrypt', 'unknown', '__proto__');
  fc.assert(
    fc.property(names, digests, (passwordHasher, passwordDigest) => {
      const answer = attempt(() => parse({ passwordHasher, passwordDigest }));
      if (!(answer instanceof DigestError)) return;
      expect(answer.code).toMatch(/^ERR_/);
      expect(shown(passwordDigest, answer)).toEqual([]);
      const { suggestion } = answer;
      const named = suggestion !== undefined && 'hasher' in suggestion ? suggestion.hasher : undefined;
      // With repair, the hasher reads the digest once its damage is undone.
      if (named !== undefined && suggestion !== undefined && !('repair' in suggestion))
        expect(attempt(() => parse({ passwordHasher: named, passwordDigest }))).not.toBeInstanceOf(DigestError);
    }),
    runs(1500),
  );
});

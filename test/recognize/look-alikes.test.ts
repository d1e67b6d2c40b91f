/** Digests that a hasher's grammar takes and that are another's, or damaged: refused, and renamed only where that is certain. */
import { describe, expect, test } from 'vitest';
import { createRegistry, defineHasher, hashers, identify, repair, validate } from '../../src/index.js';

const exampleOf = (name: string) => hashers.find((hasher) => hasher.name === name)?.example.digest as string;
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';
const SHA256 = exampleOf('sha256');
const BCRYPT = exampleOf('bcrypt');

function refusal(passwordHasher: string, passwordDigest: string) {
  const answer = validate({ passwordHasher, passwordDigest });
  return answer.ok ? undefined : answer.error;
}

const certainties = (digest: string) => identify(digest).map(({ certainty }) => certainty);

describe("another system's digest that ends in a salted hash's form", () => {
  test.each([
    ['sha256_salted', `pbkdf2:sha256:10$SipRGJU4f9jY8S9F$${SHA256}`, 'ERR_WRONG_HASHER'],
    ['sha256_salted', `pbkdf2:sha256:x$SipRGJU4f9jY8S9F$${SHA256}`, 'ERR_WRONG_HASHER'],
    ['sha256_salted', `{SHA256}{MD5}salt$${SHA256}`, 'ERR_UNSUPPORTED'],
    ['md5_salted', `{MD5}{salt}$${MD5}`, 'ERR_UNSUPPORTED'],
    ['md5_salted', `$3$$${MD5}`, 'ERR_UNSUPPORTED'],
    ['md5_salted', `pbkdf2:md5:10$salt$${MD5}`, 'ERR_UNSUPPORTED'],
  ])('is no digest of %s: %s', (name, digest, code) => {
    expect(refusal(name, digest)).toMatchObject({ code, hasher: name, field: 'digest', offset: 0 });
    const whole = refusal(name, `"${digest}"`);
    expect(whole).toBeDefined();
    expect(repair({ passwordHasher: name, passwordDigest: digest })?.passwordHasher).not.toBe(name);
    expect(repair({ passwordHasher: name, passwordDigest: `"${digest}"` })?.passwordHasher).not.toBe(name);
  });

  test('is read by a hasher of the author for that system', () => {
    const salted = hashers.find(({ name }) => name === 'sha256_salted');
    if (salted === undefined) throw new Error('sha256_salted is missing');
    const digest = `sha256$salt$${SHA256}`;
    const own = defineHasher({
      ...salted,
      name: 'werkzeug_hmac',
      example: { password: 'x', digest },
      parse: (text) => salted.parse(text.replace('sha256$', '')),
      serialize: (parsed) => `sha256$${salted.serialize(parsed)}`,
    });
    const registry = createRegistry([...hashers, own]);
    expect(registry.parse({ passwordHasher: 'werkzeug_hmac', passwordDigest: digest }).params).toEqual({});
  });

  test('leaves salts alone that only begin with a word or a brace', () => {
    for (const salt of ['pbkdf2', '{abc}', '$', 'scrypt:x', 'sha1']) {
      expect(refusal('sha256_salted', `${salt}$${SHA256}`)).toBeUndefined();
    }
  });
});

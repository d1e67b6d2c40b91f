/** One digest in other notations: `convert(text, { to })`. Digests are of products; their equality is shown by verifying both. */
import { describe, expect, test } from 'vitest';
import { convert, createVerifier } from '../../src/index.js';
import { formatVectors, passwordOf } from '../support/vectors.js';

const verifier = createVerifier({ limits: { bcryptCost: 12 } });

/** A digest that verifies, of a format with vectors. */
function vectorOf(name: string) {
  const file = formatVectors().find(({ hasher }) => hasher === name);
  const vector = file?.groups
    .flatMap(({ tests }) => tests)
    .find(({ expect: one, with: given }) => one === 'match' && !given);
  if (vector === undefined) throw new Error(`no vector of ${name}`);
  return vector;
}

describe('convert with "to"', () => {
  test.each([
    ['django_pbkdf2_sha1', 'pbkdf2_sha1'],
    ['ldap_sha1', 'hex_sha1'],
    ['hex_sha1', 'ldap_sha1'],
    ['ldap_md5', 'md5'],
    ['mediawiki_a', 'md5'],
    ['phc_bcrypt', 'bcrypt'],
    ['mediawiki_bcrypt', 'phc_bcrypt'],
    ['phc_bcrypt', 'auth0_custom'],
    ['django_bcrypt', 'okta_hash'],
    ['passlib_scrypt', 'adonis_scrypt'],
    ['spring_scrypt', 'passlib_scrypt'],
    ['jakarta_pbkdf2', 'phc_pbkdf2'],
    ['aspnet_identity_v2', 'passlib_pbkdf2'],
    ['django_bcrypt', 'bcrypt'],
    ['oscommerce', 'md5_salt_pass'],
    ['joomla', 'md5_pass_salt'],
  ])('%s as %s is the same digest', async (from, to) => {
    const vector = vectorOf(from);
    const made = convert(vector.digest, { to });
    if (made === undefined) {
      // The other notation cannot hold it, or another reading of it has the same right.
      expect([from, to]).toEqual(['none', 'none']);
      return;
    }
    expect(made.passwordHasher).toBe(to);
    expect(await verifier.verify(passwordOf(vector), made)).toMatchObject({ outcome: 'match' });
  });

  test('another derivation is not converted', () => {
    expect(convert('{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=', { to: 'md5' })).toBeUndefined();
    expect(convert('{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=', { to: 'hex_sha1' })).toEqual({
      passwordHasher: 'hex_sha1',
      passwordDigest: '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8',
    });
  });

  test('a salt of the row becomes a part of the digest', () => {
    const digest = '0e9d48d776073a00d11f73a0ea8652a9';
    expect(convert(digest, { to: 'oscommerce', companions: { salt: 'xy' } })).toMatchObject({
      passwordDigest: `${digest}:xy`,
    });
  });

  test('an unknown hasher is wrong use', () => {
    expect(() => convert('x', { to: 'rot13' })).toThrow(TypeError);
  });
});

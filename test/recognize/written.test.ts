/** Digests that are written like others before them: what the hasher itself would write. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DigestError } from '../../src/errors.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { createParsed } from '../../src/hashers/parsed.js';
import { pbkdf2Sha512Hex } from '../../src/hashers/pbkdf2-sha512-hex.js';
import { makeCredential } from '../../src/recognize/systems/contract.js';
import { runs } from '../support/properties.js';

const bytes = (length: number) =>
  fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }),
    fc.string({ minLength: length, maxLength: length, unit: 'binary-ascii' }).map((text) => Buffer.from(text)),
    fc.constantFrom(0, 0x24, 0x61, 0xff).map((byte) => new Uint8Array(length).fill(byte)),
  );

test.each(clerkHashers.map((hasher) => [hasher.name, hasher] as const))('%s', (_, hasher) => {
  const { params, salt, hash, context } = hasher.parse(hasher.example.digest);
  const lengths = fc.constantFrom(salt.length, salt.length, 0, 8, 16, 17);
  const values = fc.record({
    salt: lengths.chain(bytes),
    hash: fc.constantFrom(hash.length, hash.length, 32).chain(bytes),
    params: fc.constantFrom<object>(params, params, { ...params, ...('iterations' in params && { iterations: 4242 }) }),
  });
  const attempt = (write: () => string) => {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      return { code: error.code, field: error.field };
    }
  };
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 8 }), (all) => {
      for (const { params, salt, hash } of all) {
        const own = attempt(() => hasher.serialize(createParsed(params, salt, hash, [], context)));
        const made = attempt(() => makeCredential(hasher, { params, salt, hash, context }).passwordDigest);
        expect(made).toEqual(own);
      }
    }),
    runs(60),
  );
});

test('values with another set of names are not written like those before', () => {
  const [salt, hash] = [new Uint8Array(16).fill(7), new Uint8Array(32).fill(9)];
  const params = { iterations: 54_321 };
  // The length is left to the hash; then it contradicts the hash.
  expect(makeCredential(pbkdf2Sha512Hex, { params, salt, hash }).passwordDigest).toContain('$54321$');
  const contradicting = () => makeCredential(pbkdf2Sha512Hex, { params: { ...params, keylen: 64 }, salt, hash });
  expect(contradicting).toThrow(expect.objectContaining({ code: 'ERR_MALFORMED', field: 'keylen' }));
});

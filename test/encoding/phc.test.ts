/** PHC strings: every part is found with its offset, and every way to lose one has a place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePhc } from '../../src/encoding/phc.js';
import { DigestError } from '../../src/errors.js';
import { anyBytes, anyText, runs, textOf } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';

const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
const ID = 'abcdefghijklmnopqrstuvwxyz0123456789-';

const parts = fc.record({
  id: textOf(ID, 12, 1),
  version: fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined }),
  params: fc.array(fc.tuple(textOf('abcmtpln', 3, 1), textOf('0123456789+/.-ab=', 6, 1)), {
    minLength: 1,
    maxLength: 4,
  }),
  salt: anyBytes(24),
  hash: anyBytes(48),
});

test('finds every part, with its offset', () => {
  fc.assert(
    fc.property(parts, ({ id, version, params, salt, hash }) => {
      const named = params.filter(([name], i) => !(i === 0 && name === 'v'));
      fc.pre(named.length > 0);
      const v = version === undefined ? '' : `v=${version}$`;
      const list = named.map(([name, value]) => `${name}=${value}`).join(',');
      const text = `$${id}$${v}${list}$${unpadded(salt)}$${unpadded(hash)}`;
      const phc = decodePhc(text);
      expect(phc).toMatchObject({ id, version, versionOffset: id.length + 2 });
      expect(phc.params.map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual(named);
      for (const { name, offset } of phc.params) expect(text.startsWith(`${name}=`, offset)).toBe(true);
      expect(Buffer.from(phc.salt)).toEqual(Buffer.from(salt));
      expect(Buffer.from(phc.hash)).toEqual(Buffer.from(hash));
      expect(text.slice(phc.saltOffset)).toBe(`${unpadded(salt)}$${unpadded(hash)}`);
      expect(text.slice(phc.hashOffset)).toBe(unpadded(hash));
    }),
    runs(300),
  );
});

describe('refuses', () => {
  test.each([
    ['nothing', '', 'prefix', 0],
    ['no "$" in front', 'argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA', 'prefix', 0],
    ['a "$" and nothing', '$', 'params', 1],
    ['an id and nothing', '$argon2id', 'params', 9],
    ['a version and nothing', '$argon2id$v=19', 'params', 14],
    ['a version that is no number', '$argon2id$v=19a$m=8$c2FsdA$aGFzaA', 'v', 14],
    ['a version with a leading zero', '$argon2id$v=019$m=8$c2FsdA$aGFzaA', 'v', 12],
    ['an empty version', '$argon2id$v=$m=8$c2FsdA$aGFzaA', 'v', 12],
    ['parameters and nothing', '$argon2id$v=19$m=8', 'salt', 18],
    ['a salt and nothing', '$argon2id$v=19$m=8$c2FsdA', 'hash', 25],
    ['no parameters', '$argon2id$v=19$$c2FsdA$aGFzaA', 'params', 15],
    ['a parameter without "="', '$argon2id$v=19$m=8,t,p=1$c2FsdA$aGFzaA', 'params', 19],
    ['a comma at the end', '$argon2id$v=19$m=8,$c2FsdA$aGFzaA', 'params', 19],
    ['two commas', '$argon2id$v=19$m=8,,t=1$c2FsdA$aGFzaA', 'params', 19],
    ['padding of the salt', '$argon2id$v=19$m=8$c2FsdA==$aGFzaA', 'salt', 25],
    ['padding of the hash', '$argon2id$v=19$m=8$c2FsdA$aGFzaA==', 'hash', 32],
    ['trailing bits of the salt', '$argon2id$v=19$m=8$c2FsdB$aGFzaA', 'salt', 24],
    ['trailing bits of the hash', '$argon2id$v=19$m=8$c2FsdA$aGFzaB', 'hash', 31],
    ['URL-safe characters', '$argon2id$v=19$m=8$c2FsdA$aGFz_A', 'hash', 30],
    ['a field too many', '$argon2id$v=19$m=8$c2FsdA$aGFzaA$', 'hash', 32],
  ])('%s', (_, text, field, offset) => {
    expect(rejection(() => decodePhc(text))).toMatchObject({ code: 'ERR_MALFORMED', field, offset });
  });
});

test('says of any text either its parts or a place in it', () => {
  const start = fc.constantFrom('', '$', '$argon2id$', '$argon2id$v=19$', '$argon2id$v=19$m=8,t=1,p=1$');
  fc.assert(
    fc.property(start, fc.oneof(anyText(20), textOf('$v=,19mAQgw/+', 20)), (before, rest) => {
      const text = before + rest;
      const answer = attempt(() => decodePhc(text));
      if (answer instanceof DigestError) {
        expect(answer).toMatchObject({ code: 'ERR_MALFORMED', field: expect.any(String) });
        expect(answer.offset).toBeLessThanOrEqual(text.length);
      } else {
        expect(text.endsWith(`${unpadded(answer.salt)}$${unpadded(answer.hash)}`)).toBe(true);
      }
    }),
    runs(1500),
  );
});

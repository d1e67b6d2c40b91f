/** What is remembered of stored texts is what each would have got. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ldif } from '../../../src/migration/sources/ldif.js';
import { storedDigest } from '../../../src/migration/sources/stored.js';
import { findElsewhere, findKnownFormat } from '../../../src/recognize/known.js';
import { readSystem } from '../../../src/recognize/systems/index.js';
import { runs } from '../../support/properties.js';

const METHODS = ['1', '5', '6', '7', 'y', 'gy', 'apr1', '2y', '3', 'sha1', '6x', 'wp', 'S', ''];
const characters = [...'./0aZ$9k'].concat('rounds=5000$', 'pf=', 'é', '\n', '*', ':', '$$', '2b$10$');

test('a method of crypt(3) is refused by its beginning alone', () => {
  const beginning = fc.tuple(fc.constantFrom('', '{CRYPT}', '{crypt}', ' '), fc.constantFrom(...METHODS));
  const tail = fc.array(fc.constantFrom(...characters), { maxLength: 12 }).map((parts) => parts.join(''));
  let refused = 0;
  fc.assert(
    fc.property(beginning, tail, tail, ([scheme, method], one, two) => {
      const text = `${scheme}$${method}$${one}`;
      storedDigest(`${scheme}$${method}$${two}`);
      const { error, passwordDigest } = storedDigest(text);
      const reading = readSystem(text);
      if (reading === undefined || reading.damaged || reading.credential !== undefined) return;
      refused++;
      expect(passwordDigest).toBeUndefined();
      expect(findElsewhere(text)).toBeUndefined();
      expect(error?.message, text).toBe(`this is ${reading.title}: ${reading.reason}`);
      expect(error?.fix ?? '').toContain(findKnownFormat(text)?.verifier ?? '');
    }),
    runs(500),
  );
  expect(refused).toBeGreaterThan(100);
});

test('it is one object for all digests of the method', () => {
  const [one, two] = ['jqKPsVcvSJ0Hyxd9', 'saltsalt'].map((salt) => storedDigest(`$6$${salt}$${'a'.repeat(86)}`));
  expect(one).toBe(two);
  expect(storedDigest('{CRYPT}$6$rounds=5000$salt$hash')).toBe(storedDigest('{CRYPT}$6$salt$hash'));
});

test('entries of LDIF with several passwords share their findings', () => {
  const { extract } = ldif.bind([], false, {});
  const read = (...passwords: readonly string[]) => {
    const fields = new Map([
      ['uid', 'jane'],
      ['userpassword', ''],
      ...passwords.map((text, i) => [`userpassword.${i}`, text] as const),
    ]);
    return extract((name) => fields.get(name))?.findings;
  };
  const ssha = (salt: string) => `{SSHA}${Buffer.from(`${'h'.repeat(20)}${salt}`).toString('base64')}`;
  const bcrypt = '{CRYPT}$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG';
  expect(read(ssha('salt'), 'x')).toBe(read(ssha('pepper'), bcrypt));
  expect(read(bcrypt, ssha('salt'))).toBe(read('{CRYPT}$6$salt$hash', bcrypt));
  expect(read(bcrypt, 'x')?.map(({ code }) => code)).toEqual(['NOTE_CONVERTED', 'NOTE_SEVERAL']);
});

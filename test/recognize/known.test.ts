/** Digests that none of the import API's hashers holds: named, and never called impossible where a product verifies them. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, createVerifier, identify, parse, repair, targets } from '../../src/index.js';
import { explainUnread } from '../../src/recognize/diagnose.js';
import { rejection } from '../support/rejection.js';
import { shown } from '../support/secrets.js';

interface Format {
  readonly format: string;
  readonly digest: string;
  /** What the answer names. */
  readonly says: string;
  /** `length` where nothing but the number of its characters speaks. */
  readonly by: 'shape' | 'length';
}

const { formats } = JSON.parse(readFileSync(new URL('../fixtures/known-formats.json', import.meta.url), 'utf8')) as {
  readonly formats: readonly Format[];
};
const known = { registry: createRegistry(clerkHashers) };
const verifier = createVerifier(known);
afterAll(() => verifier.close());
const byShape = formats.filter(({ by }) => by === 'shape');
const byLength = formats.filter(({ by }) => by === 'length');
const HOPELESS = /new password|impossible|can never|no hasher is known/;
/** Their free text may hold any of these. */
const STRICT = clerkHashers
  .filter(({ name }) => !['md5_salted', 'sha256_salted'].includes(name))
  .map(({ name }) => name);

describe('a format that its text names', () => {
  test.each(byShape)('$format is named, with what verifies it', async ({ digest, says }) => {
    for (const passwordHasher of ['bcrypt', 'md5', 'scrypt_firebase', 'phpass']) {
      const error = rejection(() => parse({ passwordHasher, passwordDigest: digest }, known));
      expect(`${error.message} ${error.hint ?? ''}`, passwordHasher).toContain(says);
      expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED', hasher: passwordHasher, field: 'digest' });
      expect(error.fix).toEqual(expect.any(String));
      expect(shown(digest, error).filter((piece) => !says.includes(piece))).toEqual([]);
      expect(await verifier.verify('secret12', { passwordHasher, passwordDigest: digest })).toMatchObject({
        outcome: 'rejected',
        error: { code: 'ERR_UNSUPPORTED' },
      });
    }
    const error = explainUnread(clerkHashers, digest);
    expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED' });
    expect(`${error?.message}`).toContain(says);
  });

  test.each(byShape)('$format within quotes is named too', ({ digest, says }) => {
    for (const text of [`"${digest}"`, `b'${digest}'`]) {
      const error = explainUnread(clerkHashers, text);
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', suggestion: { repair: true } });
      if (!/plain password/.test(says)) expect(error?.hint).toContain(says);
    }
  });
});

test.each(byLength)('$format, which shows its length alone, is named as a hint', ({ digest, says }) => {
  const error = rejection(() => parse({ passwordHasher: 'bcrypt', passwordDigest: digest }, known));
  expect(error.code).toMatch(/^ERR_(?:MALFORMED|WRONG_HASHER)$/);
  expect(error.hint).toContain(says);
});

test('calls none of them impossible, for any hasher', () => {
  for (const { format, digest } of formats) {
    for (const passwordHasher of [...STRICT, 'unknown']) {
      const credential = { passwordHasher, passwordDigest: digest };
      // What another format has the shape of it reads: known passwords decide.
      if (!identify(digest, known).every(({ certainty }) => certainty === 'possible'))
        throw new Error(`${format} is certain`);
      const error = unreadBy(credential);
      if (error === undefined) continue;
      expect(`${error.message} ${error.fix ?? ''} ${error.hint ?? ''}`, `${format} as ${passwordHasher}`).not.toMatch(
        HOPELESS,
      );
      expect(repair(credential, known), `${format} as ${passwordHasher}`).toBeUndefined();
    }
  }
});

function unreadBy(credential: { readonly passwordHasher: string; readonly passwordDigest: string }) {
  try {
    parse(credential, known);
    return undefined;
  } catch (error) {
    return error as ReturnType<typeof rejection>;
  }
}

test('a target that does not take a digest asks for no new password: digestry verifies them all', () => {
  expect(JSON.stringify(targets)).not.toMatch(/new password/);
});

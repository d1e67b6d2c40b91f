/** Accounts without a usable password: reported as disabled by every function, in every wrapper. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, identify, repair, validate, verify } from '../../src/index.js';
import { explainUnread } from '../../src/recognize/diagnose.js';
import { isDisabledMarker } from '../../src/recognize/disabled.js';

const BCRYPT = clerkHashers.find(({ name }) => name === 'bcrypt')?.example.digest as string;

const MARKS = [
  '{CRYPT}!',
  '{CRYPT}*',
  '{crypt}!!',
  '{CRYPT}x',
  '{CRYPT}*LK*',
  `{CRYPT}!${BCRYPT}`,
  '{CRYPT}!$6$saltstring$hash',
  '{SSHA}!',
  '{SSHA}*',
  `!${BCRYPT}`,
  `!!${BCRYPT}`,
  `*LK*${BCRYPT}`,
  '!$6$saltstring$hash',
  '!*',
  '*NP*',
  'NP',
  '!!',
  '!Uo3PcsRkyZLCb3gKFtd9Uo3PcsRkyZLCb3gKFtd9',
  '[NULL]',
  '(null)',
  '<nil>',
  'Nothing',
  'Optional.empty',
  '{"String":"","Valid":false}',
] as const;

const WRAPPERS: readonly ((mark: string) => string)[] = [
  (mark) => mark,
  (mark) => `"${mark}"`,
  (mark) => `b'${mark}'`,
  (mark) => `'${mark}'::text`,
  (mark) => ` ${mark}\r\n`,
  (mark) => `s:${mark.length}:"${mark}";`,
  (mark) => `Some("${mark}")`,
];

describe.each(MARKS)('%s', (mark) => {
  test('is a disabled account for each hasher, in each wrapper', async () => {
    for (const [i, wrap] of WRAPPERS.entries()) {
      // A text in JSON's braces has quotes of its own.
      if (i > 0 && mark.includes('"')) continue;
      const passwordDigest = wrap(mark);
      for (const passwordHasher of ['bcrypt', 'md5', 'ldap_ssha', 'scrypt_firebase', 'pbkdf2_sha256_django']) {
        const credential = { passwordHasher, passwordDigest };
        expect(validate(credential), passwordDigest).toMatchObject({ ok: false, error: { code: 'ERR_DISABLED' } });
        expect(await verify('secret', credential)).toMatchObject({
          outcome: 'rejected',
          error: { code: 'ERR_DISABLED', fix: expect.any(String) },
        });
        expect(repair(credential)).toBeUndefined();
      }
      expect(explainUnread(clerkHashers, passwordDigest)).toMatchObject({ code: 'ERR_DISABLED' });
      expect(identify(passwordDigest)).toEqual([]);
    }
  });
});

test.each([
  `*${'2A'.repeat(20)}`,
  `!!binary ${Buffer.from(BCRYPT).toString('base64')}`,
  '{5f4dcc3b5aa765d61d8327deb882cf99}',
  `{CRYPT}${BCRYPT}`,
  'xoxo',
])('%s is not a mark', (text) => expect(isDisabledMarker(text)).toBe(false));

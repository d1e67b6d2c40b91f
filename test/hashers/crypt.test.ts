/** Formats of systems, directories and databases: work over a limit is refused before it begins, and companions are named. */
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/formats.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { DEFAULT_LIMITS } from '../../src/policy.js';
import { createRegistry } from '../../src/registry.js';
import type { Companions } from '../../src/types.js';
import { verifyWith } from '../../src/verify.js';

const registry = createRegistry(formats);
const backends = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY));
const SHA512 = 'svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1';
const POSTGRES = 'md593a8cf6a7d43e3b5bcd2dc6abb3e02c6';
const LONG = 'x'.repeat(1_000_000);

function verify(
  passwordHasher: string,
  passwordDigest: string,
  companions: Companions = {},
  password: string | Uint8Array = 'x',
) {
  const credential = { passwordHasher, passwordDigest, ...companions };
  return verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, password, credential);
}

describe('work over a limit', () => {
  test.each([
    ['sha512_crypt', `$6$rounds=999999999$saltstring$${SHA512}`, 'rounds'],
    ['ldap_crypt', `{CRYPT}$6$rounds=999999999$saltstring$${SHA512}`, 'rounds'],
    // N is 2^30.
    ['yescrypt', '$y$jR5$rozERalKM5ZgoPHO3Bf.2A2.$7fCWXSeg1duMhIgtfI5RS.S2NUEDNnBnMzRmYW1fiBA', 'N'],
    ['scrypt_crypt', '$7$KU..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D', 'N'],
    ['bsdi_crypt', '_zzzzCCCCXBrJUJV154M', 'rounds'],
    ['sun_md5_crypt', '$md5,rounds=4294967295$abcdefgh$RpNvSgtL3ec23l5uXgECz/', 'rounds'],
    ['sha1_crypt', '$sha1$4294967295$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq', 'rounds'],
    ['aix_ssha1', '{ssha1}31$5586485655847243$V5f1Ff1y4dr7AWeVSSdv6N52..Y', 'iterations'],
    ['ldap_pbkdf2', '{PBKDF2}9999999999$tYCSco6Iq8E$IphYy4hVjD0Q5NA0uE9sS5J3ZE0', 'iterations'],
    ['sap_h', '{x-issha, 9999999999}BnjXMqcNTwa3BzdnUOf1iAu6dw02NzU4MzE2MTA=', 'iterations'],
    ['lotus8', '(HC34qDpKtDp4oCZWmCJ4qC3avEJavEJavEJamCc9YOc9YOc9Y)', 'iterations'],
    ['msdcc2', '$DCC2$99999999999#test1#607bbe89611e37446e736f7856515bf8', 'iterations'],
  ])('%s is refused before it begins', async (hasher, digest, field) => {
    expect(await verify(hasher, digest)).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_LIMIT', field } });
  });
});

describe('companions', () => {
  test('a missing user name is named', async () => {
    for (const [hasher, digest] of [
      ['postgres_md5', POSTGRES],
      ['cisco_pix', '2KFQnbNIdI.2KYOU'],
      ['oracle10', '9EEDFA0AD26C6D52'],
      ['dovecot_digest_md5', '{DIGEST-MD5}77c1a8c437c9b08ba2f460fe5d58db5d'],
    ] as const) {
      const error = { code: 'ERR_MALFORMED', subcode: 'missing', field: 'username' };
      expect(await verify(hasher, digest)).toMatchObject({ outcome: 'rejected', error });
    }
  });

  test('an empty one is one', async () => {
    expect(await verify('postgres_md5', POSTGRES, { username: '' })).toMatchObject({ outcome: 'mismatch' });
    expect(await verify('cisco_pix', '2KFQnbNIdI.2KYOU', { username: '' }, 'cisco')).toMatchObject({
      outcome: 'match',
    });
  });

  test('one of a megabyte, or of another type, is refused with a code', async () => {
    const long = await verify('postgres_md5', POSTGRES, { username: LONG });
    expect(long).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_LIMIT', field: 'username' } });
    const number = await verify('postgres_md5', POSTGRES, { username: 5 as never });
    expect(number).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_MALFORMED', field: 'username' } });
  });

  test('the user name of a row is that of its digest', async () => {
    const digest = '$DCC2$10240#test1#607bbe89611e37446e736f7856515bf8';
    expect(await verify('msdcc2', digest, { username: 'test1' }, 'test1')).toMatchObject({ outcome: 'match' });
    const error = { code: 'ERR_MALFORMED', field: 'username' };
    expect(await verify('msdcc2', digest, { username: 'other' }, 'test1')).toMatchObject({
      outcome: 'rejected',
      error,
    });
  });
});

test('a password that is not UTF-8 is refused by a format of letters', async () => {
  const bytes = Uint8Array.of(0xff, 0xfe);
  for (const [hasher, digest, companions] of [
    ['nthash', 'b4b9b02e6f09a9bd760f388b67351e2b', {}],
    ['mssql2012', `0x0200${'AB'.repeat(68)}`, {}],
    ['oracle10', '9EEDFA0AD26C6D52', { username: 'SYSTEM' }],
  ] as const) {
    const verdict = await verify(hasher, digest, companions, bytes);
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_PASSWORD' } });
  }
});

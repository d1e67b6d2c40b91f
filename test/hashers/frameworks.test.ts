/** Formats of frameworks: what their rows give, what stands in for it, and what is refused before work. */
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/formats.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { DEFAULT_LIMITS } from '../../src/policy.js';
import { createRegistry } from '../../src/registry.js';
import type { Companions, Verdict } from '../../src/types.js';
import { verifyWith } from '../../src/verify.js';
import { attempt } from '../support/rejection.js';

const registry = createRegistry(formats);
const backends = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY));
const formatOf = (name: string) => formats.find((format) => format.name === name) as (typeof formats)[number];

function verify(passwordHasher: string, passwordDigest: string, companions: Companions = {}): Promise<Verdict> {
  const credential = { passwordHasher, passwordDigest, ...companions };
  return verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, 'password', credential);
}

const HEX_20 = '0'.repeat(40);
const HEX_32 = '0'.repeat(64);
const HEX_50 = '0'.repeat(100);

describe('what the row must give', () => {
  test.each([
    ['discourse', HEX_32, 'salt'],
    ['flask_security_bcrypt', formatOf('bcrypt_md5').example.digest, 'pepper'],
    ['authlogic_sha1', HEX_20, 'salt'],
    ['grafana', HEX_50, 'salt'],
    ['sonarqube_pbkdf2', formatOf('sonarqube_pbkdf2').example.digest, 'salt'],
    ['spring_pbkdf2', formatOf('spring_pbkdf2').example.digest, 'algorithm'],
    ['pbkdf2_b64_columns', formatOf('pbkdf2_b64_columns').example.digest, 'salt'],
    ['aspnet_membership_sha1', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'salt'],
  ])('%s needs its companions', async (name, digest, field) => {
    expect(await verify(name, digest)).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_MALFORMED', field } });
  });

  test.each([
    ['discourse', HEX_32, { salt: 'x', params: { algorithm: '$pbkdf2-sha512$i=1,l=32$' } }],
    ['discourse', HEX_32, { salt: 'x', params: { algorithm: '$pbkdf2-sha256$i=none,l=32$' } }],
    ['gitea_pbkdf2', HEX_50, { salt: 'neither', params: {} }],
    ['gitea_pbkdf2', HEX_50, { salt: '00'.repeat(16), params: { algorithm: 'bcrypt' } }],
    ['aspnet_membership_sha1', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=', { salt: 'not Base64' }],
    ['authlogic_sha1', HEX_20, { salt: 'x', params: { stretches: 0 } }],
  ])('%s refuses %#', async (name, digest, companions) => {
    expect(await verify(name, digest, companions)).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_MALFORMED' },
    });
  });

  test('costs over the limits are refused before work', async () => {
    const cases: readonly [string, string, Companions, string][] = [
      ['discourse', HEX_32, { salt: 'x', params: { algorithm: '$pbkdf2-sha256$i=999999999,l=32$' } }, 'iterations'],
      ['authlogic_sha512', '0'.repeat(128), { salt: 'x', params: { stretches: 999_999_999 } }, 'stretches'],
      ['gitea_scrypt', HEX_50, { salt: '00'.repeat(16), params: { algorithm: 'scrypt$1073741824$16$2$50' } }, 'N'],
      ['shiro1', `$shiro1$SHA-256$999999999$AAAA$${'A'.repeat(43)}=`, {}, 'iterations'],
    ];
    for (const [name, digest, companions, field] of cases) {
      expect(await verify(name, digest, companions), name).toMatchObject({
        outcome: 'rejected',
        error: { code: 'ERR_LIMIT', field },
      });
    }
  });
});

describe('companions with defaults', () => {
  test('a column that has the default is as one that is not there', () => {
    const read = (companions: Companions) => formatOf('discourse').parse(HEX_32, { salt: 'salt', ...companions });
    expect(read({}).params).toEqual(read({ params: { algorithm: '$pbkdf2-sha256$i=64000,l=32$' } }).params);
    expect(read({ params: { algorithm: '$pbkdf2-sha256$i=600000,l=32$' } }).params).toMatchObject({
      iterations: 600_000,
    });
  });

  test('are given back with what the digest does not hold', () => {
    const format = formatOf('discourse');
    const parsed = format.parse(HEX_32, { salt: 'salt', params: { algorithm: '$pbkdf2-sha256$i=7,l=32$' } });
    expect(format.getCompanions?.(parsed)).toMatchObject({ params: { algorithm: '$pbkdf2-sha256$i=7,l=32$' } });
    const sorcery = formatOf('sorcery_sha1');
    const joined = sorcery.parse(HEX_20, { salt: 'salt', params: { joinToken: '', stretches: 3 } });
    expect(sorcery.getCompanions?.(joined)).toMatchObject({ params: { joinToken: '', stretches: 3 } });
  });

  test.each([
    ['abcdefghij', '6162636465666768696a'],
    ['0123456789', '30313233343536373839'],
    ['00010203040506070809', '00010203040506070809'],
  ])("Gitea's salt %s is text where it has ten letters", (salt, bytes) => {
    const parsed = formatOf('gitea_pbkdf2').parse(HEX_50, { salt });
    expect(Buffer.from(parsed.salt).toString('hex')).toBe(bytes);
  });

  test.each([
    [{}, 16],
    [{ r: 8 }, 8],
    [{ version: 1 }, 8],
    [{ version: 3 }, 16],
  ])("Lucia's r of %j", (params, r) => {
    const digest = `${'a'.repeat(16)}:${'0'.repeat(128)}`;
    expect(formatOf('lucia_scrypt').parse(digest, { params }).params).toMatchObject({ r });
  });
});

describe('what the text alone decides', () => {
  test.each([
    ['kratos_md5', '$md5$CY9rzUYh03PK3k6DJie09g==', { form: 'plain' }],
    ['kratos_md5', '$md5$pf=e1NBTFR9e1BBU1NXT1JEfQ==$MTIz$q+RdKCgc+ipCAcm5ChQwlQ==', { form: 'template' }],
    ['oak_password', `{SHA-256}00-${HEX_32}`, { algorithm: 'sha256', iterations: 1 }],
    ['oak_password', `{PBKDF2WithHmacSHA1}00-5-${'0'.repeat(32)}`, { algorithm: 'pbkdf2_sha1', iterations: 5 }],
    ['scrypt_gem', `400$8$1$${'a'.repeat(40)}$${HEX_20}`, { form: 'old', N: 1024 }],
    ['scrypt_gem', `400$8$1$${'a'.repeat(64)}$${HEX_32}`, { form: 'new', N: 1024 }],
    ['spring_message_digest', `{}${HEX_20}`, { algorithm: 'sha1', braces: 1 }],
    ['spring_message_digest', HEX_20, { algorithm: 'sha1', braces: 0 }],
    ['npm_password_hash', `sha1$salt$${HEX_20}`, { iterations: 1 }],
    ['npm_password_hash', `sha1$salt$40$${HEX_20}`, { iterations: 40 }],
    ['spring_scrypt', '$e0801$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', { logN: 14, r: 8, parallel: 1 }],
  ])('%s %s', (name, digest, params) => {
    const format = formatOf(name);
    const parsed = format.parse(digest);
    expect(parsed.params).toMatchObject(params);
    expect(format.serialize(parsed)).toBe(digest);
  });

  test('the algorithm of the row may not contradict the length of the hash', () => {
    const found = attempt(() => formatOf('spring_message_digest').parse(HEX_20, { params: { algorithm: 'SHA-256' } }));
    expect(found).toMatchObject({ code: 'ERR_MALFORMED', field: 'algorithm' });
  });
});

describe('JSON', () => {
  const auth0 = (value: object) => formatOf('auth0_custom').parse(JSON.stringify(value));

  test('a bcrypt digest as a member', () => {
    const value = '$2b$10$q17aCNxgciQt8S246U4ZauOccOY7wlkDih9b/0j4IVjZsdjUNAPoW';
    const parsed = auth0({ algorithm: 'bcrypt', hash: { value } });
    expect(parsed.params).toMatchObject({ algorithm: 'bcrypt', cost: 10, variant: '2b' });
    expect(JSON.parse(formatOf('auth0_custom').serialize(parsed))).toEqual({ algorithm: 'bcrypt', hash: { value } });
  });

  test('members that are not there are not written', () => {
    const digest = { algorithm: 'md5', hash: { value: '0'.repeat(32), encoding: 'hex' } };
    expect(JSON.parse(formatOf('auth0_custom').serialize(auth0(digest)))).toEqual(digest);
  });

  test.each([
    ['not JSON', 'x'],
    ['an array', '[]'],
    ['another algorithm', '{"algorithm":"crc32","hash":{"value":"00","encoding":"hex"}}'],
    ['no hash', '{"algorithm":"md5"}'],
    ['a number', '{"algorithm":"md5","hash":{"value":1,"encoding":"hex"}}'],
  ])('%s is refused', (_, text) => {
    expect(attempt(() => formatOf('auth0_custom').parse(text))).toMatchObject({ code: 'ERR_MALFORMED' });
  });
});

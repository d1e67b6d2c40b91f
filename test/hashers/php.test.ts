/** Formats of PHP products: the columns that they need, what is refused before work, and malformed digests. */
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/formats.js';
import { getDocumentedFormat } from '../../src/hashers/index.js';
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
const ours = formats.filter((format) => ['php', 'plain'].includes(getDocumentedFormat(format)?.family ?? ''));

function verify(passwordHasher: string, passwordDigest: string, companions: Companions = {}): Promise<Verdict> {
  const credential = { passwordHasher, passwordDigest, ...companions };
  return verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, 'password', credential);
}

function rejection(code: string, field: string): object {
  return { outcome: 'rejected', error: { code, field } };
}

const exampleOf = (name: string): { digest: string } & Companions =>
  (formats.find((format) => format.name === name) as (typeof formats)[number]).example;

describe('what the row must give', () => {
  test.each([
    ['vbulletin', 'salt'],
    ['md5_salt_pass', 'salt'],
    ['smf1', 'username'],
    ['smf2_bcrypt', 'username'],
    ['prestashop_md5', 'pepper'],
    ['symfony_message_digest', 'algorithm'],
    ['sha512_iterated', 'iterations'],
    ['wcf1e', 'type'],
  ])('%s needs %s', async (name, field) => {
    expect(await verify(name, exampleOf(name).digest.split(':')[0] as string)).toMatchObject(
      rejection('ERR_MALFORMED', field),
    );
  });

  test.each([
    ['symfony_pbkdf2', { salt: 'x', params: { algorithm: 'crc32', iterations: 1 } }, 'algorithm'],
    ['symfony_pbkdf2', { salt: 'x', params: { algorithm: 'sha512', iterations: 0 } }, 'iterations'],
    ['symfony_pbkdf2', { salt: 'x', params: { algorithm: 'sha512', iterations: 'many' } }, 'iterations'],
    ['symfony_message_digest', { salt: '{x}', params: { algorithm: 'sha512', iterations: 1 } }, 'salt'],
    ['wcf1e', { salt: 'x', params: { type: 'wcf1ec1a1' } }, 'type'],
    ['smf1', { username: '' }, 'username'],
  ])('%s with %o is refused for %s', async (name, companions, field) => {
    expect(await verify(name, exampleOf(name).digest.split(':')[0] as string, companions)).toMatchObject(
      rejection('ERR_MALFORMED', field),
    );
  });

  test('the salt may be after the hash, and may not be another one than in the row', async () => {
    const digest = 'b452c54c44c588fc095d2d000935c470';
    const foobar = (text: string, companions: Companions = {}) =>
      verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, 'foobar', {
        passwordHasher: 'vbulletin',
        passwordDigest: text,
        ...companions,
      });
    expect(await foobar(digest, { salt: '9^F' })).toMatchObject({ outcome: 'match' });
    expect(await foobar(`${digest}:9^F`)).toMatchObject({ outcome: 'match' });
    expect(await foobar(`${digest}:9^F`, { salt: '9^F' })).toMatchObject({ outcome: 'match' });
    expect(await foobar(`${digest}:9^F`, { salt: '9^G' })).toMatchObject(rejection('ERR_MALFORMED', 'salt'));
    expect(await foobar(`${digest}:`)).toMatchObject({ outcome: 'mismatch' });
  });
});

describe('another spelling of the same digest', () => {
  const verifies = async (
    name: string,
    password: string,
    digest: string,
    companions: Companions = {},
  ): Promise<void> => {
    const credential = { passwordHasher: name, passwordDigest: digest, ...companions };
    const verdict = await verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, password, credential);
    expect(verdict).toMatchObject({ outcome: 'match' });
  };

  test('WoltLab puts the name of the algorithm first', async () => {
    await verifies('wcf_double_bcrypt', 'foobar', 'wcf2:$2a$08$p8h14U0jsEiVb1Luy.s8oOTXSQ0hVWUXpcNGBoCezeYNXrQyCKHfi');
    const { digest, password = '', ...row } = exampleOf('wcf1e') as { digest: string; password?: string } & Companions;
    await verifies('wcf1e', password, `${row.params?.['type']}:${digest}:${row.salt}`);
  });

  test('Drupal has $H$ for $P$', async () => {
    const digest = 'U$P$9jgmwAlAhFO7IslMLiOdYKjCDWDFJ9.';
    await verifies('drupal7', 'correct horse battery staple', digest);
    await verifies('drupal7', 'correct horse battery staple', digest.replace('$P$', '$H$'));
  });

  test('MediaWiki has digests of type B under the letter A', async () => {
    await verifies('mediawiki_a', 'password', ':A:salt:9842afc7cb949c440c51347ed809362f');
  });

  test('hashcat and John write $B$ for :B:', async () => {
    await verifies('mediawiki_b', 'password', '$B$salt$9842afc7cb949c440c51347ed809362f');
  });

  test('ownCloud without a passwordsalt wrote plain bcrypt', async () => {
    const digest = '$2a$05$ezAE0dkwk57jlfo6z5Pql.gcIK3ReXT15W7ITNxVS0ksfhO/4E4Kq';
    await verifies('nextcloud', 'password', digest);
    await verifies('nextcloud', 'password', digest, { pepper: 'another' });
  });

  test('Moodle had rows before it had a passwordsaltmain', async () => {
    await verifies('moodle_md5', 'password', '5f4dcc3b5aa765d61d8327deb882cf99', { pepper: 'any' });
  });

  test.each([
    ['magento1_md5', 'oscommerce'],
    ['wcf1', 'wbb3'],
    ['wcf2', 'wcf_double_bcrypt'],
    ['cubecart', 'whirlpool_salt_pass_salt'],
  ])('%s is %s', (alias, name) => {
    const format = formats.find((one) => one.name === name) as (typeof formats)[number];
    expect(getDocumentedFormat(format)?.aliases).toContain(alias);
  });
});

describe('what is refused before work', () => {
  const hash = 'a'.repeat(64);
  const bcrypt = 'uuuuuuuuuuuuuuuuuuuuuu';
  const tail = 'u'.repeat(31);
  test.each([
    ['magento2', `${hash}:salt:3_32_2_99999999999999`, {}, 'm'],
    ['magento2', `${hash}:salt:0:1:3_32_99999_8192`, {}, 't'],
    ['wordpress_bcrypt', `$wp$2y$31$${bcrypt}${tail}`, {}, 'cost'],
    ['mediawiki_pbkdf2', `:pbkdf2:sha512:999999999:64:AAAA:${'A'.repeat(86)}==`, {}, 'iterations'],
    ['mediawiki_layered', `:x:!sha512:999999999:64!!AAAA!${'A'.repeat(86)}==`, {}, 'iterations1'],
    ['drupal7', `$S$S12345678${'.'.repeat(43)}`, {}, 'rounds'],
    ['wcf_pbkdf2', `${hash}:salt:sha256:999999999:32`, {}, 'iterations'],
    ['sha512_iterated', hash + hash, { params: { iterations: 999_999_999_999 } }, 'iterations'],
    ['symfony_message_digest', hash, { params: { algorithm: 'sha256', iterations: 999_999_999_999 } }, 'iterations'],
    ['phpbb_cp', `$H$S12345678${'.'.repeat(22)}`, {}, 'rounds'],
    ['nextcloud', `3|$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAA$${'A'.repeat(43)}`, {}, 'm'],
  ])('%s: %s', async (name, digest, companions, field) => {
    expect(await verify(name, digest, companions)).toMatchObject(rejection('ERR_LIMIT', field));
  });
});

describe('a hash of another length than its digest says', () => {
  const hash = 'a'.repeat(64);
  test.each([
    ['magento2', `${hash.slice(4)}:salt:1:3_32_2_8192`],
    ['mediawiki_pbkdf2', ':pbkdf2:sha1:1:16:c2FsdA==:DGDID5YfDnHzqbUkr2ASBi/gN6Y='],
    ['mediawiki_layered', ':x:!sha512:20:32!!AAAA!DGDID5YfDnHzqbUkr2ASBi/gN6Y='],
    ['wcf_pbkdf2', `${hash}:salt:sha256:10:33`],
  ])('%s: %s', (name, digest) => {
    const format = formats.find((one) => one.name === name) as (typeof formats)[number];
    expect(attempt(() => format.parse(digest))).toMatchObject({ code: 'ERR_MALFORMED', field: 'hash' });
  });
});

describe('malformed digests', () => {
  const garbage = ['', ' ', '\0', ':', '$', 'a:3:{', '$CP$', '$wp$', ':B:', 'U$S$', '1|', 'x'.repeat(1 << 20)];

  test.each(ours.map((format) => [format.name, format] as const))('%s', async (name, { example }) => {
    const { password: _, digest, ...companions } = example;
    const damaged = [digest.slice(0, -1), `${digest}x`, `${digest}\n`, digest.slice(1), digest.replace(/.$/, '\0')];
    for (const text of [...garbage, ...damaged]) {
      const verdict = await verify(name, text, companions);
      expect(['rejected', 'mismatch']).toContain(verdict.outcome);
      if (verdict.outcome === 'rejected') expect(verdict.error.code).toMatch(/^ERR_[A-Z_]+$/);
    }
  });

  test.each(ours.filter(({ example }) => typeof example.salt === 'string').map(({ name }) => name))(
    '%s takes any salt',
    async (name) => {
      const {
        digest,
        password: _,
        ...companions
      } = exampleOf(name) as { digest: string; password: string } & Companions;
      for (const salt of ['', 'x', ':', '\0', 'é', 'x'.repeat(1 << 20), Uint8Array.of(0, 255)]) {
        const verdict = await verify(name, digest, { ...companions, salt });
        expect(['rejected', 'mismatch']).toContain(verdict.outcome);
      }
    },
  );
});

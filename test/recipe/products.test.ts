/** Functions of products in recipes: their arguments, and what they refuse. The answers are tested in test/kdf. */
import { describe, expect, test } from 'vitest';
import { DigestError } from '../../src/errors.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';

const kdfs = selectBackends(nodeCatalogue).kdfs();
const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');

interface Given {
  readonly password?: Uint8Array;
  readonly bytes?: Readonly<Record<string, Uint8Array>>;
  readonly params?: Readonly<Record<string, number>>;
  readonly hashBytes?: number;
}

async function derive(recipe: string, given: Given = {}): Promise<string> {
  const { password = text('password'), bytes = {}, params = {}, hashBytes = 16 } = given;
  const derived = await compileRecipe(parseRecipe(recipe)).derive({ password, bytes, params, hashBytes }, kdfs);
  return Buffer.from(derived).toString('hex');
}

async function refusal(recipe: string, given: Given): Promise<unknown> {
  try {
    return await derive(recipe, given);
  } catch (error) {
    if (error instanceof DigestError) return { code: error.code, field: error.field };
    throw error;
  }
}

describe('a recipe', () => {
  test.each([
    ['lm_hash($p)', 'e52cac67419a9a224a3b108f3fa6cb6d'],
    ['mysql323($p)', '5d2e19393cc5ef67'],
    ['lotus5($p)', '355e98e7c7b59bd810ed845ad0fd2fc4'],
  ])('%s', async (recipe, hash) => {
    expect(await derive(recipe)).toBe(hash);
  });

  test('nests a digest as its small hexadecimal text', async () => {
    const outer = Buffer.from(kdfs.hash('md5', text('5d2e19393cc5ef67'))).toString('hex');
    expect(await derive('md5(mysql323($p))')).toBe(outer);
  });

  test('of bigcrypt computes nothing where the hash is of another length', async () => {
    const given = { bytes: { salt: text('ab') }, password: text('a'.repeat(4096)), hashBytes: 16 };
    expect(await derive('bigcrypt($p, $s)', given)).toBe('00'.repeat(16));
  });

  test.each(['sap_g($p, $u)', 'sap_b($p, $u)', 'oracle10($p, $u)', 'cisco_asa($p, $u)'])(
    '%s takes a user name of a megabyte',
    async (recipe) => {
      expect(await derive(recipe, { bytes: { username: text('u'.repeat(2 ** 20)) } })).toMatch(/^[0-9a-f]{16,40}$/);
    },
  );

  test.each(['sap_g($p, $u)', 'sap_b($p, $u)', 'oracle10($p, $u)'])(
    '%s refuses bytes that are not text',
    async (recipe) => {
      const bad = Uint8Array.of(0xff);
      const username = text('user');
      expect(await refusal(recipe, { password: bad, bytes: { username } })).toMatchObject({ code: 'ERR_PASSWORD' });
      expect(await refusal(recipe, { bytes: { username: bad } })).toEqual({ code: 'ERR_MALFORMED', field: 'username' });
    },
  );

  test('of LM hash refuses what its code page does not have', async () => {
    expect(await refusal('lm_hash($p)', { password: text('пароль') })).toMatchObject({ code: 'ERR_PASSWORD' });
    expect(await derive('lm_hash($p)', { password: text('é') })).toBe(
      await derive('lm_hash($p)', { password: text('É') }),
    );
  });

  test.each(['yescrypt($p, $s)', 'gost_yescrypt($p, $s)'])(
    '%s refuses parameters that it cannot have',
    async (recipe) => {
      const given = { bytes: { salt: text('salt') }, params: { flags: 182, N: 63, r: 1, parallelism: 1, t: 0 } };
      expect(await refusal(recipe, given)).toMatchObject({ code: 'ERR_UNSUPPORTED' });
    },
  );
});

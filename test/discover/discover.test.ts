/** The search for a derivation, on schemes that are in tables and on ones that are in none. */
import { describe, expect, test } from 'vitest';
import { type DiscoverOptions, discoverHere } from '../../src/discover/discover.js';
import type { KnownPassword } from '../../src/discover/known.js';
import { utf8 } from '../../src/encoding/bytes.js';
import { encodeHex } from '../../src/encoding/hex.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';
import type { Params } from '../../src/types.js';

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();

const USERS = [
  { password: 'Hashcat 1!', salt: 'aB3dEf7h', username: 'Admin', pepper: 'site-Secret' },
  { password: 'correct horse', salt: 'zzTop99.', username: 'bob', pepper: 'site-Secret' },
] as const;

interface Wanted {
  readonly hashBytes?: number;
  readonly params?: Params;
  readonly digest?: (hash: Uint8Array, salt: string) => string;
  readonly columns?: boolean;
}

async function knownOf(recipe: string, wanted: Wanted = {}): Promise<KnownPassword[]> {
  const { hashBytes = 32, params = {}, digest = encodeHex, columns = true } = wanted;
  return Promise.all(
    USERS.map(async ({ password, salt, username, pepper }) => {
      const bytes = { salt: utf8(salt), username: utf8(username), pepper: utf8(pepper) };
      const input = { password: utf8(password), bytes, params, hashBytes };
      const hash = await compileRecipe(parseRecipe(recipe)).derive(input, kdfs);
      return { password, digest: digest(hash, salt), ...(columns && { salt, username, pepper }) };
    }),
  );
}

const search = (options: DiscoverOptions) => discoverHere({ budgetMs: 300_000, ...options }, { hashers: [], kdfs });

async function find(recipe: string, wanted: Wanted = {}, pairs = 1): Promise<string | undefined> {
  const known = await knownOf(recipe, wanted);
  return (await search({ known: known.slice(0, pairs) })).found?.recipe;
}

describe('discover finds', () => {
  test.each([
    'md5($p)',
    'md5($p.$s)',
    'md5($s.$p)',
    'sha1(md5($p).$s)',
    'md5(md5($s).md5($p))',
    'sha1($s.sha1($s.sha1($p)))',
    'sha256(sha256($p).$s)',
    'sha512($s.$p.$pepper)',
    'sha1(lc($u).$p)',
    "md5($u.':'.$p)",
    'sha1(utf16($p).$s)',
    'md4(utf16($p))',
    'sha256($s.SHA1($p))',
    'sha384($p.$s)',
    'hmac_sha256($s,$p)',
    'hmac_md5($p,$s)',
    'hmac_sha256($pepper,$s.$p)',
    'hmac_sha1($s,md5($p))',
    'sha256(b64(md5_raw($p)).$s)',
    'whirlpool($s.$p)',
    'iterate(1000,$s.$p,sha256_raw($x))',
    'iterate(64,$p,sha512($x))',
    'iterate(500,$p,sha1($x.$s))',
    'iterate(2048,md5_raw($s.$p),md5_raw($x.$p))',
    'pbkdf2_sha256($p,$s,4096)',
    'pbkdf2_sha1($p,$s,1000)',
  ])('%s', async (recipe) => {
    expect(await find(recipe)).toBe(parseRecipe(recipe).text);
  });

  test.each([
    ['hash:salt', (hash: Uint8Array, salt: string) => `${encodeHex(hash)}:${salt}`],
    ['salt$hash', (hash: Uint8Array, salt: string) => `${salt}$${encodeHex(hash)}`],
    ['{SSHA}', (hash: Uint8Array, salt: string) => `{SSHA}${Buffer.concat([hash, utf8(salt)]).toString('base64')}`],
    ['salt and hash in hexadecimal', (hash: Uint8Array, salt: string) => encodeHex(Buffer.concat([utf8(salt), hash]))],
    ['name$1000$salt$hash', (hash: Uint8Array, salt: string) => `sha$1000$${salt}$${encodeHex(hash)}`],
  ])('the salt in a digest: %s', async (_, digest) => {
    expect(await find('sha1($p.$s)', { digest, columns: false }, 2)).toBe('sha1($p.$s)');
  });

  test('a salt that is decoded before it is hashed', async () => {
    const salt = 'c2FsdHNhbHRzYWx0';
    const input = { password: utf8('pw'), bytes: { salt: utf8(salt) }, params: {}, hashBytes: 0 };
    const hash = await compileRecipe(parseRecipe('sha256(unb64($s).$p)')).derive(input, kdfs);
    const { found } = await search({ known: [{ password: 'pw', digest: encodeHex(hash), salt }] });
    expect(found?.recipe).toBe('sha256(unb64($s).$p)');
  });

  test('other columns by their names', async () => {
    const bytes = { salt: new Uint8Array(), e_mail: utf8('Ann@example.com') };
    const hash = await compileRecipe(parseRecipe('md5($p.$e_mail)')).derive(
      { password: utf8('pw'), bytes, params: {}, hashBytes: 0 },
      kdfs,
    );
    const known = [{ password: 'pw', digest: encodeHex(hash), columns: { 'e-mail': 'Ann@example.com', age: 41 } }];
    expect((await search({ known })).found?.recipe).toBe('md5($p.$e_mail)');
  });
});

describe('discover is honest', () => {
  test('a recipe that holds for one known password and not for another is not found', async () => {
    const [one] = await knownOf('md5($p.$s)');
    const [, other] = await knownOf('sha1($p)');
    const result = await search({
      known: [one, { ...other, digest: '0'.repeat(32) }] as KnownPassword[],
      budgetMs: 300,
    });
    expect(result).toMatchObject({ found: undefined, outOfTime: true });
    expect(result.tried).toBeGreaterThan(0);
  });

  test('an abort ends it', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(search({ known: [{ password: 'a', digest: '0'.repeat(32) }], signal })).rejects.toThrow('enough');
  });

  test.each([[[]], [[null]], [[{ digest: 'a' }]], [[{ password: 'a' }]], [[{ password: 'a', digest: 'b', salt: {} }]]])(
    '%j is not a known password',
    async (known) => {
      await expect(search({ known: known as unknown as KnownPassword[] })).rejects.toThrow(TypeError);
    },
  );

  test.each(['', 'x', '$2b$10$short', '\0', ':'.repeat(10_000), 'é'.repeat(5000), '0'.repeat(100_000)])(
    'any digest may be given (%#)',
    async (digest) => {
      const result = await search({ known: [{ password: 'a', digest }], budgetMs: 50 });
      expect(result.found).toBeUndefined();
    },
  );
});

/** What products in PHP do besides hashing. Expected texts are PHP's own, or those of the products' published code. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { latin1, utf8 } from '../../src/encoding/bytes.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';
import type { Params } from '../../src/types.js';

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();

interface Given {
  readonly p?: string | Uint8Array;
  readonly fields?: Readonly<Record<string, Uint8Array>>;
  readonly params?: Params;
}

async function derive(recipe: string, { p = '', fields = {}, params = {} }: Given = {}): Promise<Buffer> {
  const password = typeof p === 'string' ? utf8(p) : p;
  const input = { password, bytes: { salt: new Uint8Array(0), ...fields }, params, hashBytes: 0 };
  return Buffer.from(await compileRecipe(parseRecipe(recipe)).derive(input, kdfs));
}

const textOf = async (recipe: string, given?: Given): Promise<string> => (await derive(recipe, given)).toString('utf8');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

test('a quote, a backslash and a NUL are escaped as by addslashes', async () => {
  expect(await textOf('addslashes($p)', { p: `O'Neil "x" \\ \0 é` })).toBe(`O\\'Neil \\"x\\" \\\\ \\0 é`);
});

test('text becomes Windows-1252 where that has the character', async () => {
  expect(await derive('cp1252($p)', { p: 'é€Ž漢' })).toEqual(Buffer.from([0xe9, 0x80, 0x8e, ...utf8('漢')]));
  expect(await derive('cp1252($p)', { p: Uint8Array.of(0xe9) })).toEqual(Buffer.from([0xe9]));
});

describe("Invision's entities", () => {
  test.each([
    ['a & b', 'a &amp; b'],
    ['&amp;', '&amp;amp;'],
    [`<b> "it's" $5!`, '&lt;b&gt; &quot;it&#39;s&quot; &#036;5&#33;'],
    ['<!-- x -->', '&#60;&#33;-- x --&#62;'],
    ['<ScRiPt>', '&#60;script&gt;'],
    ['a\r\nb', 'a<br />b'],
    ['é\\', 'é\\'],
  ])('%s', async (p, wanted) => {
    expect(await textOf('ipb_entities($p)', { p })).toBe(wanted);
  });
});

test('a field that the row lacks is empty where it may be', async () => {
  expect(await textOf('maybe($pepper).$p', { p: 'x' })).toBe('x');
  expect(await textOf('maybe($pepper).$p', { p: 'x', fields: { pepper: utf8('y') } })).toBe('yx');
  await expect(derive('$pepper.$p', { p: 'x' })).rejects.toMatchObject({ code: 'ERR_MALFORMED', field: 'pepper' });
});

test('of two derivations the one that is the hash is taken, else the second', async () => {
  const either = (hash: string): Promise<string> =>
    textOf("either('first', 'second')", { fields: { hash: latin1(hash) } });
  expect(await either('first')).toBe('first');
  expect(await either('second')).toBe('second');
  expect(await either('third')).toBe('second');
  expect(await either('firs')).toBe('second');
});

test('a salt is put in braces, and nothing where it is empty', async () => {
  expect(await textOf('$p.braced($s)', { p: 'x', fields: { salt: utf8('y') } })).toBe('x{y}');
  expect(await textOf('$p.braced($s)', { p: 'x' })).toBe('x');
});

test('a value of another length counts as none', async () => {
  expect(await textOf('sized($s, 3).$p', { p: 'x', fields: { salt: utf8('abc') } })).toBe('abcx');
  expect(await textOf('sized($s, 3).$p', { p: 'x', fields: { salt: utf8('abcd') } })).toBe('x');
});

test('Symfony hashes what bcrypt would cut: more than 72 bytes, or a NUL', async () => {
  const hashed = (text: string): string => createHash('sha512').update(text).digest('base64');
  for (const [p, wanted] of [
    ['a'.repeat(72), 'a'.repeat(72)],
    ['a'.repeat(73), hashed('a'.repeat(73))],
    ['a\0', hashed('a\0')],
  ] as const) {
    expect(await textOf('symfony_native($p)', { p })).toBe(wanted);
  }
});

test("PHP-Fusion's key is its salt, and AuthMe's is SHA-1 of it", async () => {
  const drawn = createHash('sha1').update('x').digest('hex');
  expect(await textOf('phpfusion_key($s)', { fields: { salt: utf8(drawn) } })).toBe(drawn);
  expect(await textOf('phpfusion_key($s)', { fields: { salt: utf8('x') } })).toBe(drawn);
});

test("MediaWiki's old types differ by the salt", async () => {
  expect(await textOf('mediawiki_old($p, $s)', { p: 'x' })).toBe(md5('x'));
  expect(await textOf('mediawiki_old($p, $s)', { p: 'x', fields: { salt: utf8('y') } })).toBe(md5(`y-${md5('x')}`));
});

describe('magento2', () => {
  const recipe = 'magento2($p, $s, $steps, $length, $operations, $memory)';
  test('runs the steps of a digest one after the other', async () => {
    const fields = { salt: utf8('salt') };
    const one = md5('saltpassword');
    const two = createHash('sha256').update(`salt${one}`).digest();
    expect(await derive(recipe, { p: 'password', fields, params: { steps: '0' } })).toEqual(Buffer.from(one, 'hex'));
    expect(await derive(recipe, { p: 'password', fields, params: { steps: '0:1' } })).toEqual(two);
  });

  test.each([
    [{ steps: '1' }, { kdf: 'hash', demands: [] }],
    [{ steps: '2' }, { kdf: 'argon2', symbols: { m: 65_536, t: 2, p: 1 }, work: 131_072, memoryBytes: 67_108_864 }],
    [
      { length: 32, operations: 1, memory: 8192, steps: '0:2' },
      { kdf: 'argon2', symbols: { m: 65_536 }, work: 131_080, memoryBytes: 67_108_864 },
    ],
  ])('costs what its steps cost: %o', (params, wanted) => {
    expect(compileRecipe(parseRecipe(recipe)).cost(params, 32)).toMatchObject(wanted);
  });

  test('refuses Argon2 without a salt', async () => {
    const params = { length: 32, operations: 1, memory: 8192, steps: 'none' };
    await expect(derive(recipe, { p: 'x', params })).rejects.toMatchObject({ code: 'ERR_MALFORMED', field: 'salt' });
  });
});

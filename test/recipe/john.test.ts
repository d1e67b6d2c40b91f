/** John the Ripper's own dynamic formats, with the digests of its self-tests. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/encoding/bytes.js';
import { decodeHex, encodeHex } from '../../src/encoding/hex.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';
import { ROOT } from '../meta/imports.js';

interface JohnTest {
  readonly password: string;
  readonly hash: string;
  readonly salt?: string;
  readonly s2?: string;
  readonly username?: string;
}

const { formats } = JSON.parse(readFileSync(new URL('test/fixtures/recipes/john-dynamic.json', ROOT), 'utf8')) as {
  formats: readonly { readonly name: string; readonly recipe: string; readonly tests: readonly JohnTest[] }[];
};

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();
const unhex = (hex = '') => decodeHex(hex, 0, hex.length, 'fixture');

test('there are as many formats as were found', () => expect(formats.length).toBe(200));

describe.each(formats)('$name: $recipe', ({ recipe, tests }) => {
  const compiled = compileRecipe(parseRecipe(recipe));

  test.each(tests)('$hash', async ({ password, hash, salt, s2, username = '' }) => {
    const bytes = { salt: unhex(salt), s2: unhex(s2), username: utf8(username) };
    const derived = await compiled.derive({ password: unhex(password), bytes, params: {}, hashBytes: 0 }, kdfs);
    // Some are a longer hash cut at 32 digits.
    if (/^[0-9A-Fa-f]+$/.test(hash)) expect(encodeHex(derived).slice(0, hash.length)).toBe(hash.toLowerCase());
    else expect(Buffer.from(derived).toString('base64').replace(/=+$/, '')).toBe(hash.replace(/=+$/, ''));
  });

  test('prints as a recipe that is the same', () => {
    const { text } = parseRecipe(recipe);
    expect(parseRecipe(text).text).toBe(text);
  });
});

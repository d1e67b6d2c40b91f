/** What holds of every recipe: it prints as one that means the same, and whatever else is refused with a place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/encoding/bytes.js';
import { encodeHex } from '../../src/encoding/hex.js';
import { DigestError } from '../../src/errors.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, isSameRecipe, parseRecipe, printRecipe, type Recipe } from '../../src/recipe/index.js';
import { anyText, runs } from '../support/properties.js';
import { recipeText } from '../support/recipe-generator.js';

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();

const input = {
  password: utf8('pässword '),
  bytes: { salt: utf8('Salt'), username: utf8('Ann'), pepper: utf8('pepper') },
  params: { rounds: 3 },
  hashBytes: 20,
};

async function derive(recipe: Recipe): Promise<string> {
  return encodeHex(await compileRecipe(recipe).derive(input, kdfs));
}

test('a recipe prints as one that is read as the same and derives the same', async () => {
  await fc.assert(
    fc.asyncProperty(recipeText, async (text) => {
      const recipe = parseRecipe(text);
      const again = parseRecipe(recipe.text);
      expect(again.root).toEqual(recipe.root);
      expect(again.text).toBe(recipe.text);
      expect(isSameRecipe(again, recipe)).toBe(true);
      expect(await derive(again)).toBe(await derive(recipe));
    }),
    runs(1500),
  );
});

test('a recipe is data: JSON of its nodes prints the same', () => {
  fc.assert(
    fc.property(recipeText, (text) => {
      const { root, text: printed } = parseRecipe(text);
      expect(printRecipe(JSON.parse(JSON.stringify(root)))).toBe(printed);
    }),
    runs(300),
  );
});

test('a recipe with a character taken away, added or changed is another one, or is refused at an offset in it', () => {
  const edit = fc.record({ at: fc.nat(200), cut: fc.constantFrom(0, 1), add: anyText(1) });
  fc.assert(
    fc.property(recipeText, edit, (text, { at, cut, add }) => {
      const place = at % (text.length + 1);
      const edited = text.slice(0, place) + add + text.slice(place + cut);
      try {
        parseRecipe(edited);
      } catch (error) {
        expect(error).toBeInstanceOf(DigestError);
        const { code, field, offset } = error as DigestError;
        expect({ code, field }).toEqual({ code: 'ERR_MALFORMED', field: 'recipe' });
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(edited.length);
      }
    }),
    runs(3000),
  );
});

test('any text is a recipe or is refused with a code', () => {
  fc.assert(
    fc.property(anyText(60), (text) => {
      try {
        parseRecipe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(DigestError);
      }
    }),
    runs(2000),
  );
});

test('a derivation leaves its input as it was', async () => {
  const before = JSON.stringify(input);
  await fc.assert(
    fc.asyncProperty(recipeText, async (text) => {
      const result = await compileRecipe(parseRecipe(text)).derive(input, kdfs);
      result.fill(0xee);
      expect(JSON.stringify(input)).toBe(before);
    }),
    runs(500),
  );
});

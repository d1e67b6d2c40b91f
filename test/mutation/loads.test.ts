/** Stryker counts a test file that does not load as no failure: a mutant that breaks loading must fail within a test. */
import { expect, test } from 'vitest';

test('the library and the mutated file load', async () => {
  expect(await import('../../src/index.js')).toHaveProperty('verify');
  const file = process.env['MUTATION_FILE'];
  if (file !== undefined) await import(/* @vite-ignore */ `../../${file}`);
});

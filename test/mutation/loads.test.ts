/** Stryker counts a test file that does not load as no failure: a mutant that breaks loading must fail within a test. */
import { expect, test } from 'vitest';
import { PARTS } from './parts.mjs';

test('what the tests of the part load, and the mutated file, load', async () => {
  const { entry = 'src/index.ts' } = PARTS[process.env['MUTATION_PART'] ?? ''] ?? {};
  const file = process.env['MUTATION_FILE'] ?? entry;
  for (const path of [entry, file]) {
    expect(Object.keys(await import(/* @vite-ignore */ `../../${path}`)).length).toBeGreaterThan(0);
  }
});

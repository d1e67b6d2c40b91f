/** How property tests run here: from a fixed seed, so that a failure today is the same failure tomorrow. */
import fc from 'fast-check';

/** Mutation testing bounds how often: see test/mutation/few-runs.ts. */
export function runs(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  const { numRuns: bound = numRuns } = fc.readConfigureGlobal();
  return { seed: 20_260_811, numRuns: Math.min(numRuns, bound) };
}

export function anyBytes(maxLength: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: 0, maxLength });
}

/** Any UTF-16 code units: halves of surrogate pairs, NULs and BOMs among them. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 10, 13, 0x7f, 0xfeff, 0xd83d, 0xde00, 0xdfff, 0xd800, 0xfffd) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
  );
  return fc.array(unit, { maxLength }).map((units) => String.fromCharCode(...units));
}

/** Text of these characters only, so that a strict decoder often takes it. */
export function textOf(characters: string, maxLength: number, minLength = 0): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters), { minLength, maxLength })
    .map((characters: readonly string[]) => characters.join(''));
}

/** Characters that a careless decoder takes for a digit or a letter, or drops. */
export const LOOKALIKES: readonly string[] = [
  // Full-width and Arabic-Indic digits: \d with the flag u, Number() and parseInt() disagree about them.
  '\uff11',
  '\u0661',
  // Small letters whose capital is ASCII, and capitals whose small letter is.
  '\u0131',
  '\u212a',
  '\u00e9',
  // Code units that a mask with 127 or 255 turns into an ASCII letter or digit.
  '\u0161',
  '\u0130',
  '\u4141',
  // Invisible ones.
  '\0',
  '\n',
  '\r',
  '\t',
  ' ',
  '\u00a0',
  '\u200b',
  '\ufeff',
  // Halves of a pair.
  '\ud800',
  '\udfff',
];

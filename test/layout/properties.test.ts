/** What holds for every layout and any digest: both ways round, and nothing refused without code, field and place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHex } from '../../src/encoding/hex.js';
import { DigestError } from '../../src/errors.js';
import { formats } from '../../src/formats.js';
import { getFormat } from '../../src/hashers/index.js';
import { type CompiledLayout, compileLayout, type Layout, type LayoutMatch } from '../../src/layout/index.js';
import { digestsOf, mutantsOf } from '../support/layout-generator.js';
import { anyText, runs } from '../support/properties.js';
import { attempt } from '../support/rejection.js';
import { LAYOUTS } from './layouts.js';

const ALL: readonly (readonly [string, Layout])[] = [
  ...Object.entries(LAYOUTS),
  ...formats.map((format) => [format.name, getFormat(format)?.layout ?? []] as const),
];

/** Layouts that read several spellings without a word: none of them is the usual one. */
function isLoose(layout: Layout): boolean {
  return /"anyHex"|"kind":"json"/.test(JSON.stringify(layout));
}

/** Thousands of readings a layout: an assertion is made only where one fails. */
function problemOf(compiled: CompiledLayout, digest: string, loose: boolean): string | undefined {
  const found = attempt(() => compiled.parse(digest));
  if (found instanceof DigestError) {
    const { code, field = '', offset = -1 } = found;
    if (code !== 'ERR_MALFORMED' && code !== 'ERR_UNSUPPORTED') return `code ${code}`;
    // An error about a fixed member of JSON names the member.
    if (!loose && !['prefix', 'scheme', 'version', 'settings', ...compiled.fields].includes(field))
      return `field ${field}`;
    return Number.isInteger(offset) && offset >= 0 && offset <= digest.length ? undefined : `offset ${offset}`;
  }
  if (!compiled.mayFit(digest)) return 'it parses, and does not fit';
  const written = compiled.print(found.params, found.bytes);
  const again = compiled.parse(written);
  if (meaning(again) !== meaning(found)) return 'it is another one once it is written';
  if (compiled.print(again.params, again.bytes) !== written) return 'it is not written the same twice';
  const noted = found.warnings.some(({ code }) => code === 'WARN_NONCANONICAL');
  if (!loose && noted !== (written !== digest)) return `it is${noted ? ' not' : ''} another spelling`;
  for (const field of compiled.fields) {
    const at = compiled.locate(digest, field);
    if (at !== undefined && !(at >= 0 && at <= digest.length)) return `${field} is at ${at}`;
  }
  return undefined;
}

function meaning({ params, bytes }: LayoutMatch): string {
  // A salt that is there and empty means as much as none.
  const held = Object.entries(bytes).filter(([, value]) => value.length > 0);
  return JSON.stringify([params, held.map(([field, value]) => [field, encodeHex(value)])]);
}

function checkReading(compiled: CompiledLayout, digest: string, loose: boolean): void {
  const problem = problemOf(compiled, digest, loose);
  if (problem !== undefined) expect.unreachable(`${JSON.stringify(digest)}: ${problem}`);
}

const MOST_PLACES = 80;

describe.each(ALL)('%s', (_, layout) => {
  const compiled = compileLayout(layout);
  const loose = isLoose(layout);

  test('reads all that its grammar has', () => {
    fc.assert(
      fc.property(digestsOf(layout), (digest) => {
        const found = attempt(() => compiled.parse(digest));
        if (found instanceof DigestError) throw new Error(`${found.message} (${found.field} ${found.offset})`);
        checkReading(compiled, digest, loose);
        const canonical = compiled.print(found.params, found.bytes);
        expect(canonical).toMatch(new RegExp(compiled.pattern, 's'));
        const { prefixes } = compiled;
        expect(prefixes.length === 0 || prefixes.some((prefix) => canonical.startsWith(prefix))).toBe(true);
      }),
      runs(50),
    );
  });

  test('refuses with a code and a place, or reads what it writes', () => {
    fc.assert(
      fc.property(digestsOf(layout), (digest) => {
        for (const mutant of mutantsOf(digest, MOST_PLACES)) checkReading(compiled, mutant, loose);
      }),
      runs(1),
    );
  });

  test('reads any text to the same end', () => {
    fc.assert(
      fc.property(anyText(80), (digest) => checkReading(compiled, digest, loose)),
      runs(30),
    );
  });
});

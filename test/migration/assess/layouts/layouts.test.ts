/** The byte layouts agree with the hashers: of all digests with one key a hasher says the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clerkHashers, DigestError } from '../../../../src/index.js';
import { createFingerprint, fingerprintSpans } from '../../../../src/migration/assess/fingerprint.js';
import { findLayout, layouts } from '../../../../src/migration/assess/layouts/index.js';
import {
  createDigestSpans,
  type DigestLayout,
  type DigestSpans,
} from '../../../../src/migration/assess/layouts/layout.js';
import type { AnyHasher, Parsed } from '../../../../src/types.js';
import { runs } from '../../../support/properties.js';
import { hasherVectors } from '../../../support/vectors.js';

/** The spans of a digest, where layout and alphabets take it. */
function readLayout(layout: DigestLayout, text: string): DigestSpans | undefined {
  const bytes = Buffer.from(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const spans = createDigestSpans();
  const isOf = layout.read(bytes, 0, bytes.length, spans) && fingerprintSpans(view, spans, createFingerprint());
  return isOf ? spans : undefined;
}

function parse(hasher: AnyHasher, text: string): Parsed | undefined {
  try {
    return hasher.parse(text);
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

/** Everything but salt and hash, and the lengths of these. */
function keyOf(text: string, { keyStart, keyEnd, salt, saltEnd, hash, hashEnd }: DigestSpans): string {
  const key = Buffer.from(text).toString('latin1', keyStart, keyEnd);
  return `${key} ${saltEnd - salt} ${hashEnd - hash}`;
}

const files = hasherVectors();
const named = [...layouts].map(([name, layout]) => {
  const hasher = clerkHashers.find((one) => one.name === name) as AnyHasher;
  const file = files.find((one) => one.hasher === name);
  const digests = file?.groups.flatMap(({ tests }) => tests.map(({ digest }) => digest)) ?? [];
  return { name, layout, hasher, digests };
});

test('every layout has the hasher of its name, with vectors', () => {
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ hasher, digests }) => hasher === undefined || digests.length < 5)).toEqual([]);
});

describe.each(named)('the layout of $name', ({ layout, hasher, digests }) => {
  /** Fails where the hasher says of this digest something else than of another one with the same key. */
  function expectAgreement(text: string, params: Map<string, string>): void {
    const spans = readLayout(layout, text);
    if (spans === undefined) return;
    const parsed = parse(hasher, text);
    const key = keyOf(text, spans);
    const said = parsed === undefined ? 'refused' : JSON.stringify([parsed.params, parsed.warnings]);
    expect(params.get(key) ?? said, key).toBe(said);
    params.set(key, said);
    if (parsed !== undefined) expect(parsed.salt.length > 0, text).toBe(spans.saltEnd > spans.salt);
  }

  test('takes digests of which the hasher says the same where their key is the same', () => {
    const params = new Map<string, string>();
    for (const digest of digests) expectAgreement(digest, params);
    const taken = digests.filter((digest) => readLayout(layout, digest) !== undefined);
    expect(taken.length).toBeGreaterThan(0);
  });

  test('agrees with the hasher on mutations of its vectors', () => {
    const params = new Map<string, string>();
    const mutation = fc.record({
      digest: fc.constantFrom(...digests),
      at: fc.nat(),
      character: fc.constantFrom(...'$,=:./+_-09azAZéG \n'),
      kind: fc.constantFrom('replace', 'insert', 'remove', 'none'),
    });
    fc.assert(
      fc.property(mutation, ({ digest, at, character, kind }) => {
        const i = at % (digest.length + 1);
        const rest = kind === 'insert' || kind === 'none' ? digest.slice(i) : digest.slice(i + 1);
        expectAgreement(digest.slice(0, i) + (kind === 'replace' || kind === 'insert' ? character : '') + rest, params);
      }),
      runs(1000),
    );
  });
});

test('a digest without a named hasher gets a layout of a hasher that reads it', () => {
  let found = 0;
  for (const { name, hasher, digests } of named) {
    for (const digest of digests.filter((one) => parse(hasher, one) !== undefined)) {
      const bytes = Buffer.from(digest);
      const layout = findLayout(bytes, 0, bytes.length);
      if (layout === undefined || readLayout(layout, digest) === undefined) continue;
      found++;
      const readers = named.filter((one) => one.layout === layout).map((one) => one.name);
      expect(readers, `${name}: ${digest.slice(0, 12)}`).toContain(name);
    }
  }
  expect(found).toBeGreaterThan(20);
});

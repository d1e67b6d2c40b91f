/** The checksum of zstd: published hashes, and pieces of any size. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Xxh64 } from '../../../src/migration/input/xxh64.js';

function hash(...pieces: readonly Uint8Array[]): string {
  const hasher = new Xxh64();
  for (const piece of pieces) hasher.update(piece);
  return hasher.digest().toString(16).padStart(8, '0');
}

/** The sanity buffer of xxHash's own tests (xsum_sanity_check.c, BSD): the low halves of its hashes with seed 0. */
const SANITY = (() => {
  const bytes = new Uint8Array(2367);
  let state = 2654435761n;
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number(state >> 56n);
    state = BigInt.asUintN(64, state * 11400714785074694797n);
  }
  return bytes;
})();

test.each([
  ['', '51d8e999'],
  ['a', 'a98c6e5b'],
  ['abc', 'ad770999'],
  ['Nobody inspects the spammish repetition', '8a378bf1'],
])('of %j is the known one', (text, expected) => expect(hash(Buffer.from(text))).toBe(expected));

// Checksums that zstd 1.5 wrote; 1, 14 and 222 bytes are in xxHash's own test as well.
test.each([
  [0, '51d8e999'],
  [1, 'db052768'],
  [2, 'a77e23ff'],
  [3, 'cb50794a'],
  [4, 'a57457ee'],
  [5, '397f09a5'],
  [7, '9f01ed25'],
  [8, 'e71d1348'],
  [9, '91eda6b6'],
  [12, '086ead9a'],
  [14, '994e35c8'],
  [15, '6d622d84'],
  [16, 'fdfcb55c'],
  [31, '90e6d783'],
  [32, '2bb44b70'],
  [33, '578f5b59'],
  [47, '7cbd1fef'],
  [63, 'a0f3f4e7'],
  [64, 'cac2b5cd'],
  [65, '2631af7a'],
  [222, 'b691c174'],
  [2367, 'ec0ea581'],
])('of %i bytes of the sanity buffer is the known one', (length, expected) => {
  expect(hash(SANITY.subarray(0, length))).toBe(expected);
});

test('is the same for pieces of any size', () => {
  const bytes = SANITY.subarray(0, 300);
  const whole = hash(bytes);
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 12 }), (places) => {
      const ends = [...places].sort((a, b) => a - b);
      const pieces = [...ends, 300].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
      expect(hash(...pieces)).toBe(whole);
    }),
  );
});

test('changes with each byte', () => {
  const bytes = SANITY.slice(0, 71);
  const seen = new Set([hash(bytes)]);
  for (let i = 0; i < bytes.length; i++) seen.add(hash(bytes.map((byte, at) => (at === i ? byte ^ 0x80 : byte))));
  expect(seen.size).toBe(72);
});

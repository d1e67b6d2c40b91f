/** Password bytes where implementations have differed: nothing, NULs, no UTF-8, and the edges of blocks and of bcrypt. */
import fc from 'fast-check';

/** Padding of a 64-byte block at 55/56, the block itself, bcrypt's 72 bytes, the block of SHA-512 with HMAC's keys. */
const EDGES = [0, 1, 55, 56, 63, 64, 65, 71, 72, 73, 111, 112, 127, 128, 129];

export const passwordBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 24 }),
  fc.constantFrom(...EDGES).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  fc.constantFrom(...EDGES).map((length) => new Uint8Array(length)),
  fc.constantFrom(...EDGES).map((length) => new Uint8Array(length).fill(0xff)),
  // One NUL in the middle, and one behind: C strings end there.
  fc
    .tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }))
    .map(([a, b]) => Uint8Array.of(...a, 0, ...b)),
);

/** The same as UTF-8 of some text, for implementations that take text only. */
export const passwordText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed()),
  fc.constantFrom(...EDGES).map((length) => 'x'.repeat(length)),
  // Two and four bytes each, so that an edge falls into the middle of a character.
  fc.constantFrom(...EDGES).map((length) => 'é'.repeat(Math.ceil(length / 2))),
  fc.constantFrom(...EDGES).map((length) => '😀'.repeat(Math.ceil(length / 4))),
  fc.constantFrom('\0', 'a\0', '\0a', 'a\0b', '\ufeff', '\ufeffa'),
);

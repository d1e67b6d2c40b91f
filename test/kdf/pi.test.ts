/** Blowfish's initial state, computed from π, against the constants that are published. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { blowfishInitialState } from '../../src/kdf/bcrypt/initial-state.js';
import { BLOWFISH_WORDS, computeInitialState } from '../../src/kdf/bcrypt/pi.js';

const state = blowfishInitialState();

test('is embedded as it is computed', () => {
  expect(state).toEqual(computeInitialState());
});

test('is the P-array and four S-boxes', () => {
  expect(BLOWFISH_WORDS).toBe(18 + 4 * 256);
  expect(state).toHaveLength(1042);
});

// Schneier, "Description of a New Variable-Length Key, 64-Bit Block Cipher (Blowfish)", 1993.
test.each([
  ['the P-array begins', 0, ['243f6a88', '85a308d3', '13198a2e', '03707344']],
  ['the P-array ends', 14, ['3f84d5b5', 'b5470917', '9216d5d9', '8979fb1b']],
  ['S-box 1 begins', 18, ['d1310ba6', '98dfb5ac', '2ffd72db', 'd01adfb7']],
  ['S-box 2 begins', 18 + 256, ['4b7a70e9', 'b5b32944', 'db75092e', 'c4192623']],
  ['S-box 3 begins', 18 + 512, ['e93d5a68', '948140f7', 'f64c261c', '94692934']],
  ['S-box 4 begins', 18 + 768, ['3a39ce37', 'd3faf5cf', 'abc27737', '5ac52d1b']],
  ['S-box 4 ends', 1038, ['b74e6132', 'ce77e25b', '578fdfe3', '3ac372e6']],
])('has the published words where %s', (_, at, words) => {
  const found = [...state.subarray(at, at + words.length)];
  expect(found.map((word) => (word >>> 0).toString(16).padStart(8, '0'))).toEqual(words);
});

test('has the checksum of the listed tables', () => {
  const bytes = Buffer.alloc(4 * state.length);
  for (const [i, word] of state.entries()) bytes.writeInt32BE(word, 4 * i);
  // SHA-256 of P_ORIG and S_ORIG of bcryptjs 3.0.3, big-endian.
  const listed = 'b5643208907b11b20e499a42187dc921f9579d28dadfccbe69a5ce232a55952f';
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(listed);
});

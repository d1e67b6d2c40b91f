/** MD5 stopped between two blocks. RFC 1321. */

const WORDS = 16;
const STEPS = 64;
/** The whole part of 2^32·|sin(i + 1)|. §3.4. */
const SINES = Int32Array.from({ length: STEPS }, (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))));
/** Each round turns by these in order. */
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** The state of MD5 after one block of 64 bytes: 16 bytes, the words in little-endian order. */
export function hashMd5Block(block: Uint8Array): Uint8Array<ArrayBuffer> {
  const X = new Int32Array(WORDS);
  for (let i = 0; i < 4 * WORDS; i++) X[i >> 2] = (X[i >> 2] as number) | ((block[i] as number) << (8 * (i & 3)));
  const start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  let [a, b, c, d] = start as [number, number, number, number];
  for (let i = 0; i < STEPS; i++) {
    const round = i >> 4;
    const [mixed, at] = mix(round, i, b, c, d);
    const sum = (a + mixed + (X[at & 15] as number) + (SINES[i] as number)) | 0;
    const turn = (TURNS[round] as readonly number[])[i & 3] as number;
    const next = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
    [a, b, c, d] = [d, next, b, c];
  }
  X.fill(0);
  const state = new Uint8Array(16);
  for (const [i, word] of [a, b, c, d].entries()) {
    const sum = word + (start[i] as number);
    for (let k = 0; k < 4; k++) state[4 * i + k] = sum >>> (8 * k);
  }
  return state;
}

/** The function of a round, and the word that its step reads. */
function mix(round: number, i: number, b: number, c: number, d: number): readonly [number, number] {
  if (round === 0) return [(b & c) | (~b & d), i];
  if (round === 1) return [(b & d) | (c & ~d), 5 * i + 1];
  if (round === 2) return [b ^ c ^ d, 3 * i + 5];
  return [c ^ (b | ~d), 7 * i];
}

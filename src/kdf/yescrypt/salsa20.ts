/** Salsa20 over blocks whose words are in the order of SIMD registers: word i of a block is Salsa20's word 5·i mod 16. */

export const BLOCK_WORDS = 16;

/** X ← X + Salsa20 rounds of X. RFC 7914 §3. */
export function salsa20(X: Int32Array, doubleRounds: number): void {
  let [x0, x5, xA, xF] = [X[0] as number, X[1] as number, X[2] as number, X[3] as number];
  let [x4, x9, xE, x3] = [X[4] as number, X[5] as number, X[6] as number, X[7] as number];
  let [x8, xD, x2, x7] = [X[8] as number, X[9] as number, X[10] as number, X[11] as number];
  let [xC, x1, x6, xB] = [X[12] as number, X[13] as number, X[14] as number, X[15] as number];
  for (let round = 0; round < doubleRounds; round++) {
    x4 ^= rotl(x0 + xC, 7);
    x8 ^= rotl(x4 + x0, 9);
    xC ^= rotl(x8 + x4, 13);
    x0 ^= rotl(xC + x8, 18);
    x9 ^= rotl(x5 + x1, 7);
    xD ^= rotl(x9 + x5, 9);
    x1 ^= rotl(xD + x9, 13);
    x5 ^= rotl(x1 + xD, 18);
    xE ^= rotl(xA + x6, 7);
    x2 ^= rotl(xE + xA, 9);
    x6 ^= rotl(x2 + xE, 13);
    xA ^= rotl(x6 + x2, 18);
    x3 ^= rotl(xF + xB, 7);
    x7 ^= rotl(x3 + xF, 9);
    xB ^= rotl(x7 + x3, 13);
    xF ^= rotl(xB + x7, 18);
    x1 ^= rotl(x0 + x3, 7);
    x2 ^= rotl(x1 + x0, 9);
    x3 ^= rotl(x2 + x1, 13);
    x0 ^= rotl(x3 + x2, 18);
    x6 ^= rotl(x5 + x4, 7);
    x7 ^= rotl(x6 + x5, 9);
    x4 ^= rotl(x7 + x6, 13);
    x5 ^= rotl(x4 + x7, 18);
    xB ^= rotl(xA + x9, 7);
    x8 ^= rotl(xB + xA, 9);
    x9 ^= rotl(x8 + xB, 13);
    xA ^= rotl(x9 + x8, 18);
    xC ^= rotl(xF + xE, 7);
    xD ^= rotl(xC + xF, 9);
    xE ^= rotl(xD + xC, 13);
    xF ^= rotl(xE + xD, 18);
  }
  const mixed = [x0, x5, xA, xF, x4, x9, xE, x3, x8, xD, x2, x7, xC, x1, x6, xB];
  for (let i = 0; i < BLOCK_WORDS; i++) X[i] = (X[i] as number) + (mixed[i] as number);
}

function rotl(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** The words of 128·r bytes, each block in the order of registers. */
export function readBlocks(bytes: Uint8Array, words: Int32Array, at: number): void {
  for (let i = 0; i < bytes.length / 4; i++) {
    const from = 4 * ((i & ~15) | ((5 * i) & 15));
    words[at + i] =
      (bytes[from] as number) |
      ((bytes[from + 1] as number) << 8) |
      ((bytes[from + 2] as number) << 16) |
      ((bytes[from + 3] as number) << 24);
  }
}

export function writeBlocks(words: Int32Array, at: number, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length / 4; i++) {
    const to = 4 * ((i & ~15) | ((5 * i) & 15));
    const word = words[at + i] as number;
    for (let k = 0; k < 4; k++) bytes[to + k] = word >>> (8 * k);
  }
}

/** scryptROMix in JavaScript, in slices, for machines of little-endian byte order. RFC 7914 §3 to §5. */

/** Salsa20/8 a slice: one to two milliseconds. */
const SLICE = 1024;
/** Wiped in one slice. */
const WIPE_WORDS = 2 ** 21;
const SALSA_WORDS = 16;
const DOUBLE_ROUNDS = 4;

/** Of each block of 128·r bytes in B, in place. */
export function* romix(B: Uint8Array<ArrayBuffer>, N: number, r: number): Generator<void, void, void> {
  const size = 32 * r;
  const words = new Int32Array(B.buffer, B.byteOffset, B.length / 4);
  const V = new Int32Array(size * N);
  const Y = new Int32Array(size);
  const steps = Math.max(1, Math.floor(SLICE / (2 * r)));
  let used = V.length;
  try {
    for (let at = 0; at < words.length; at += size) {
      const X = words.subarray(at, at + size);
      for (let i = 0; i < N; i++) {
        if (i % steps === 0) yield;
        V.set(X, i * size);
        blockMix(X, Y);
      }
      for (let i = 0; i < N; i++) {
        if (i % steps === 0) yield;
        const j = (X[size - SALSA_WORDS] as number) & (N - 1);
        for (let k = 0; k < size; k++) X[k] = (X[k] as number) ^ (V[j * size + k] as number);
        blockMix(X, Y);
      }
    }
    while (used > 0) {
      const from = Math.max(0, used - WIPE_WORDS);
      V.fill(0, from, used);
      used = from;
      yield;
    }
  } finally {
    V.fill(0, 0, used);
    Y.fill(0);
  }
}

/** In place. @param Y room for as much. RFC 7914 §4. */
function blockMix(B: Int32Array, Y: Int32Array): void {
  const half = B.length / 2;
  let last = B.length - SALSA_WORDS;
  let from = B;
  for (let at = 0, i = 0; at < B.length; at += SALSA_WORDS, i++) {
    const to = (i & 1) * half + (i >> 1) * SALSA_WORDS;
    salsa20(from, last, B, at, Y, to);
    from = Y;
    last = to;
  }
  B.set(Y);
}

/** Y at `to` ← Salsa20/8(X at `x` ⊕ B at `b`). RFC 7914 §3. */
function salsa20(X: Int32Array, x: number, B: Int32Array, b: number, Y: Int32Array, to: number): void {
  const word = (i: number): number => (X[x + i] as number) ^ (B[b + i] as number);
  const [a0, a1, a2, a3, a4, a5, a6, a7] = [word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7)];
  const [a8, a9, aA, aB, aC, aD, aE, aF] = [
    word(8),
    word(9),
    word(10),
    word(11),
    word(12),
    word(13),
    word(14),
    word(15),
  ];
  let [x0, x1, x2, x3, x4, x5, x6, x7] = [a0, a1, a2, a3, a4, a5, a6, a7];
  let [x8, x9, xA, xB, xC, xD, xE, xF] = [a8, a9, aA, aB, aC, aD, aE, aF];
  for (let round = 0; round < DOUBLE_ROUNDS; round++) {
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
  const sums = [x0 + a0, x1 + a1, x2 + a2, x3 + a3, x4 + a4, x5 + a5, x6 + a6, x7 + a7];
  const more = [x8 + a8, x9 + a9, xA + aA, xB + aB, xC + aC, xD + aD, xE + aE, xF + aF];
  for (let i = 0; i < 8; i++) {
    Y[to + i] = sums[i] as number;
    Y[to + 8 + i] = more[i] as number;
  }
}

function rotl(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/**
 * Blowfish starts from the first 1042 words of the fraction of π: its P-array and its four S-boxes. The build computes them
 * (Chudnovsky's series), so that nothing can be mistyped, and embeds them: computing takes 10 ms.
 */

/** P-array and S-boxes. */
export const BLOWFISH_WORDS: number = 18 + 4 * 256;

/** Cut-off errors of the series stay below these. */
const GUARD_BITS = 64n;

export function computeInitialState(): Int32Array<ArrayBuffer> {
  const bits = BigInt(BLOWFISH_WORDS * 32) + GUARD_BITS;
  const fraction = (pi(bits) & ((1n << bits) - 1n)) >> GUARD_BITS;
  const hex = fraction.toString(16).padStart(BLOWFISH_WORDS * 8, '0');
  return Int32Array.from({ length: BLOWFISH_WORDS }, (_, i) => Number.parseInt(hex.slice(8 * i, 8 * i + 8), 16));
}

/** floor(π · 2^bits), but for the last few bits. */
function pi(bits: bigint): bigint {
  const one = 1n << bits;
  const c3Over24 = 640320n ** 3n / 24n;
  let term = one;
  let sum = one;
  let weighted = 0n;
  for (let k = 1n; term !== 0n; k++) {
    term = (term * -((6n * k - 5n) * (2n * k - 1n) * (6n * k - 1n))) / (k ** 3n * c3Over24);
    sum += term;
    weighted += k * term;
  }
  const root = squareRoot(10005n << (2n * bits));
  return (426880n * root * one) / (13591409n * sum + 545140134n * weighted);
}

/** floor(√n) by Newton's iteration from above. */
function squareRoot(n: bigint): bigint {
  let x = 1n << BigInt(n.toString(16).length * 2 + 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

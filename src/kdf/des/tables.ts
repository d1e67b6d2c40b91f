/** The tables of DES, made from those of FIPS 46-3. Bits count from 1, the most significant, as they do there. */

/** S1 to S8, row after row. Appendix 1. */
const S_BOXES = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
];
/** P. */
const PERMUTED = [
  ...[16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10],
  ...[2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25],
];
/** IP. Its inverse is FP. */
const INITIAL = [58, 60, 62, 64, 57, 59, 61, 63].flatMap((first) => Array.from({ length: 8 }, (_, i) => first - 8 * i));
/** PC-1, without the bits of parity. */
const KEY_FIRST = [
  ...[57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36],
  ...[63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4],
];
/** PC-2: of the 56 bits of C and D, the 48 of a round. */
const KEY_SECOND = [
  ...[14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2],
  ...[41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32],
];
/** How far C and D have turned before each round. */
const TURNS = [1, 2, 4, 6, 8, 10, 12, 14, 15, 17, 19, 21, 23, 25, 27, 28];
const HALF_KEY = 28;
const ROUNDS = 16;

export interface DesTables {
  /** `[64·box + six bits]`: what P makes of the box's four bits. */
  readonly boxes: Int32Array;
  /** `[48·round + i]`: which bit of the key, from 0, is bit i of the round's. */
  readonly keyBits: Uint8Array;
  /** Which bit of a block, from 0, is bit i after IP. */
  readonly initial: Uint8Array;
  readonly final: Uint8Array;
}

let made: DesTables | undefined;

export function getDesTables(): DesTables {
  made ??= makeTables();
  return made;
}

function makeTables(): DesTables {
  const initial = Uint8Array.from(INITIAL, (bit) => bit - 1);
  const final = new Uint8Array(initial.length);
  for (const [to, from] of initial.entries()) final[from] = to;
  return { boxes: joinBoxes(), keyBits: scheduleBits(), initial, final };
}

function joinBoxes(): Int32Array {
  const boxes = new Int32Array(S_BOXES.length * 64);
  for (const [box, rows] of S_BOXES.entries()) {
    for (let six = 0; six < 64; six++) {
      // The outer bits choose the row, the inner ones the column.
      const row = ((six >> 4) & 2) | (six & 1);
      const four = Number.parseInt(rows[16 * row + ((six >> 1) & 15)] as string, 16);
      let word = 0;
      for (const [to, from] of PERMUTED.entries()) {
        const bit = from - 1 - 4 * box;
        if (bit >= 0 && bit < 4 && ((four >> (3 - bit)) & 1) === 1) word |= 1 << (31 - to);
      }
      boxes[64 * box + six] = word;
    }
  }
  return boxes;
}

function scheduleBits(): Uint8Array {
  const bits = new Uint8Array(ROUNDS * KEY_SECOND.length);
  for (const [round, turn] of TURNS.entries()) {
    for (const [to, from] of KEY_SECOND.entries()) {
      const half = from > HALF_KEY ? HALF_KEY : 0;
      const position = half + ((from - 1 - half + turn) % HALF_KEY);
      bits[KEY_SECOND.length * round + to] = (KEY_FIRST[position] as number) - 1;
    }
  }
  return bits;
}

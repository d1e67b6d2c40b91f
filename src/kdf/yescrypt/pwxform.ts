/** pwxform, what yescrypt has in the place of most of Salsa20: multiplications and lookups in boxes that it rewrites. */

/** Words of each of the three boxes: 256 entries of two numbers of 64 bits. */
const BOX_WORDS = 1024;
export const BOXES_BYTES: number = 3 * 4 * BOX_WORDS;
/** Bytes of an entry's address. */
const ENTRY = 0xff0;
/** Words that a call writes, and the mask of where it begins. */
const WRITTEN = 64;
const WRITE_MASK = BOX_WORDS - 1;
const ROUNDS = 6;
const GATHER_WORDS = 4;

export interface Boxes {
  readonly words: Int32Array;
  /** Where the boxes are that it reads first, reads second, and writes. */
  first: number;
  second: number;
  third: number;
  /** The next word of the third box. */
  write: number;
}

/** The last third of the words is the first box. */
export function createBoxes(): Boxes {
  const words = new Int32Array(BOXES_BYTES / 4);
  return { words, first: 2 * BOX_WORDS, second: BOX_WORDS, third: 0, write: 0 };
}

/** One block of 64 bytes, in place. */
export function pwxform(X: Int32Array, boxes: Boxes): void {
  const { words, first, second, third, write } = boxes;
  // Two numbers of 64 bits go through all rounds before the next two: what is written is not read in this call.
  for (let gather = 0; gather < X.length; gather += GATHER_WORDS) {
    let aLow = X[gather] as number;
    let aHigh = X[gather + 1] as number;
    let bLow = X[gather + 2] as number;
    let bHigh = X[gather + 3] as number;
    let to = third + write + gather;
    for (let round = 0; round < ROUNDS; round++) {
      const p0 = first + ((aLow & ENTRY) >> 2);
      const p1 = second + ((aHigh & ENTRY) >> 2);
      let low = Math.imul(aLow, aHigh);
      let addend = words[p0] as number;
      let sum = (low + addend) | 0;
      aHigh =
        (multiplyHigh(aLow, aHigh) + (words[p0 + 1] as number) + carry(low, addend, sum)) ^ (words[p1 + 1] as number);
      aLow = sum ^ (words[p1] as number);
      low = Math.imul(bLow, bHigh);
      addend = words[p0 + 2] as number;
      sum = (low + addend) | 0;
      bHigh =
        (multiplyHigh(bLow, bHigh) + (words[p0 + 3] as number) + carry(low, addend, sum)) ^ (words[p1 + 3] as number);
      bLow = sum ^ (words[p1 + 2] as number);
      if (round === 0 || round === ROUNDS - 1) continue;
      words[to] = aLow;
      words[to + 1] = aHigh;
      words[to + 2] = bLow;
      words[to + 3] = bHigh;
      to += 16;
    }
    X[gather] = aLow;
    X[gather + 1] = aHigh;
    X[gather + 2] = bLow;
    X[gather + 3] = bHigh;
  }
  boxes.write = (write + WRITTEN) & WRITE_MASK;
  boxes.first = third;
  boxes.second = first;
  boxes.third = second;
}

/** The upper 32 bits of the product of two numbers without sign. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const inner = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) | 0;
  const outer = (Math.imul(a0, b1) + (inner & 0xffff)) | 0;
  return (Math.imul(a1, b1) + (inner >>> 16) + (outer >>> 16)) | 0;
}

/** Of a + b = sum in 32 bits: 1 where it ran over. */
function carry(a: number, b: number, sum: number): number {
  return ((a & b) | ((a | b) & ~sum)) >>> 31;
}

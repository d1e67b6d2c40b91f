/** Whirlpool, as ISO/IEC 10118-3 has it. */
import { type ByteMatrix, createByteMatrix, ROWS } from './byte-matrix.js';
import { padWithLength } from './padding.js';

const BLOCK = 64;
const ROUNDS = 10;
/** The two small boxes that the substitution is made of, by their nibbles. §3.2 of the submission to NESSIE. */
const E = [0x1, 0xb, 0x9, 0xc, 0xd, 0x6, 0xf, 0x3, 0xe, 0x8, 0x7, 0x4, 0xa, 0x2, 0x5, 0x0];
const R = [0x7, 0xc, 0xb, 0xd, 0xe, 0x4, 0x9, 0xf, 0x6, 0x3, 0x8, 0xa, 0x2, 0x5, 0x1, 0x0];
/** The first row of the circulant matrix. */
const CIRCULANT = [1, 1, 4, 1, 8, 5, 2, 9];

interface Tables {
  readonly matrix: ByteMatrix;
  /** The row that each round adds to its key. */
  readonly constants: Uint8Array;
}
let made: Tables | undefined;

export function whirlpool(message: Uint8Array): Uint8Array {
  made ??= makeTables();
  const blocks = padWithLength(message, BLOCK, 32, 'big');
  const hash = new Uint8Array(BLOCK);
  const K = new Uint8Array(BLOCK);
  const state = new Uint8Array(BLOCK);
  for (let at = 0; at < blocks.length; at += BLOCK) {
    K.set(hash);
    for (let i = 0; i < BLOCK; i++) state[i] = (blocks[at + i] as number) ^ (hash[i] as number);
    for (let i = 0; i < BLOCK; i++) hash[i] = (blocks[at + i] as number) ^ (hash[i] as number);
    for (let round = 0; round < ROUNDS; round++) {
      transform(K, made.matrix);
      for (let i = 0; i < ROWS; i++) K[i] = (K[i] as number) ^ (made.constants[ROWS * round + i] as number);
      transform(state, made.matrix);
      for (let i = 0; i < BLOCK; i++) state[i] = (state[i] as number) ^ (K[i] as number);
    }
    for (let i = 0; i < BLOCK; i++) hash[i] = (hash[i] as number) ^ (state[i] as number);
  }
  for (const secret of [blocks, state, K, rows]) secret.fill(0);
  return hash;
}

const rows = new Int32Array(2 * ROWS);

/** In place: substitutes, shifts column t down by t rows, and multiplies each row by the matrix. */
function transform(state: Uint8Array, matrix: ByteMatrix): void {
  for (let row = 0; row < ROWS; row++) {
    let first = 0;
    let second = 0;
    for (let column = 0; column < ROWS; column++) {
      const at = (256 * column + (state[ROWS * ((row - column) & 7) + column] as number)) * 2;
      first ^= matrix[at] as number;
      second ^= matrix[at + 1] as number;
    }
    rows[2 * row] = first;
    rows[2 * row + 1] = second;
  }
  for (let i = 0; i < BLOCK; i++) state[i] = (rows[i >> 2] as number) >>> (8 * (i & 3));
}

function makeTables(): Tables {
  const substitution = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const high = E[byte >> 4] as number;
    const low = E.indexOf(byte & 15);
    const mixed = R[high ^ low] as number;
    substitution[byte] = ((E[high ^ mixed] as number) << 4) | E.indexOf(low ^ mixed);
  }
  const circulant = Array.from({ length: ROWS }, (_, row) =>
    Uint8Array.from({ length: ROWS }, (_, i) => CIRCULANT[(i - row) & 7] as number),
  );
  return { matrix: createByteMatrix(substitution, circulant), constants: substitution };
}

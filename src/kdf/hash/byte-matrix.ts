/**
 * Whirlpool and Streebog are one construction: a substitution of bytes, a transposition of an 8×8 matrix of them, and a
 * multiplication of its rows by another matrix over GF(2^8) with x^8 + x^4 + x^3 + x^2 + 1. Tables join the three.
 */

const FIELD = 0x11d;
export const ROWS = 8;

/** Of each column and each byte: the row of 8 bytes that it adds, as two words. `[(256·column + byte)·2]` is bytes 0 to 3. */
export type ByteMatrix = Int32Array;

/**
 * @param substitution of each byte.
 * @param rows what the byte 1 of each column adds: 8 rows of 8 bytes.
 */
export function createByteMatrix(substitution: Uint8Array, rows: readonly Uint8Array[]): ByteMatrix {
  const table = new Int32Array(rows.length * 256 * 2);
  for (const [column, row] of rows.entries()) {
    for (let byte = 0; byte < 256; byte++) {
      const factor = substitution[byte] as number;
      for (const [i, coefficient] of row.entries()) {
        const at = (256 * column + byte) * 2 + (i >> 2);
        table[at] = (table[at] as number) | (multiply(coefficient, factor) << (8 * (i & 3)));
      }
    }
  }
  return table;
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let factor = a, rest = b; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) product ^= factor;
    factor <<= 1;
    if (factor > 0xff) factor ^= FIELD;
  }
  return product;
}

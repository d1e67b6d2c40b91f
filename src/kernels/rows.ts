/** A row: one word of every lane of a hash kernel, as it is in memory. */
export const VECTOR_BYTES = 16;

/** Vectors in a row stay aligned; one lane alone needs none. */
export function measureRow(lanes: number, wordBytes: number): number {
  return lanes === 1 ? wordBytes : Math.ceil((lanes * wordBytes) / VECTOR_BYTES) * VECTOR_BYTES;
}

/** Bytes of one lane in a kernel's memory, which has words as rows of lanes in the byte order of the machine. */

export interface LaneWords {
  /** Bytes of one word of all lanes. */
  readonly rowBytes: number;
  readonly wordBytes: 4 | 8;
  /** The order of bytes in the hash function's words. */
  readonly bigEndian: boolean;
}

function findPlace({ rowBytes, wordBytes, bigEndian }: LaneWords, lane: number, index: number): number {
  const within = index % wordBytes;
  const row = ((index - within) / wordBytes) * rowBytes;
  return row + lane * wordBytes + (bigEndian ? wordBytes - 1 - within : within);
}

/** Writes `bytes` as the words of `lane` from the row at `at` on. */
export function writeLane(memory: Uint8Array, words: LaneWords, at: number, lane: number, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) memory[at + findPlace(words, lane, i)] = bytes[i] as number;
}

export function readLane(
  memory: Uint8Array,
  words: LaneWords,
  at: number,
  lane: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => memory[at + findPlace(words, lane, i)] as number);
}

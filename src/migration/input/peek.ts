/** Looks at the first bytes of what comes in chunks. */

export interface Peeked {
  readonly first: Buffer;
  /** All of it: the first bytes and the rest. */
  readonly whole: AsyncGenerator<Buffer>;
}

/**
 * Reads until the first bytes are enough, or all. A pipe may bring a file byte by byte.
 * @param isEnough may throw.
 */
export async function peekBytes(chunks: AsyncIterable<Buffer>, isEnough: (first: Buffer) => boolean): Promise<Peeked> {
  const rest = chunks[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (!isEnough(first)) {
    const next = await rest.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return { first, whole: startWith(first, rest) };
}

async function* startWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/**
 * Whose turn it is: the threads of a check scan one block after the other, since a block ends where a record does, and
 * take its rows in side by side. So the blocks are the same however many threads there are.
 */

const LOCK = 0;
/** 1 once nothing is left to be scanned. */
const ENDED = 1;
/** Blocks that were scanned. */
const SCANNED = 2;
/** Blocks whose rows are where they go. */
const WRITTEN = 3;
const CELLS = 4;

const OFFSET = 0;
const LINE = 1;
/** From here on: rows of each thread. */
const ROWS = 2;

/** What all threads see. */
export interface Turn {
  readonly cells: Int32Array<SharedArrayBuffer>;
  readonly places: Float64Array<SharedArrayBuffer>;
}

/** Where the next block begins. */
export interface BlockPlace {
  readonly offset: number;
  readonly line: number;
}

export function newTurn(threads: number, { offset, line }: BlockPlace): Turn {
  const cells = new Int32Array(new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT));
  const places = new Float64Array(new SharedArrayBuffer((ROWS + threads) * Float64Array.BYTES_PER_ELEMENT));
  places[OFFSET] = offset;
  places[LINE] = line;
  return { cells, places };
}

/**
 * Waits for the turn; who has it scans a block.
 * @returns the number of the block and its place; undefined where none is left.
 */
export function takeTurn({ cells, places }: Turn): (BlockPlace & { readonly number: number }) | undefined {
  while (Atomics.compareExchange(cells, LOCK, 0, 1) !== 0) Atomics.wait(cells, LOCK, 1);
  if (Atomics.load(cells, ENDED) === 1) {
    release(cells);
    return undefined;
  }
  const number = Atomics.add(cells, SCANNED, 1);
  return { number, offset: places[OFFSET] as number, line: places[LINE] as number };
}

/** @param next undefined where no block follows. */
export function passTurn({ cells, places }: Turn, next: BlockPlace | undefined): void {
  if (next === undefined) Atomics.store(cells, ENDED, 1);
  else {
    places[OFFSET] = next.offset;
    places[LINE] = next.line;
  }
  release(cells);
}

function release(cells: Int32Array): void {
  Atomics.store(cells, LOCK, 0);
  Atomics.notify(cells, LOCK, 1);
}

/** No block is begun any more. */
export function endTurns({ cells }: Turn): void {
  Atomics.store(cells, ENDED, 1);
  // Who waits for room looks again.
  Atomics.add(cells, WRITTEN, 1 << 24);
  Atomics.notify(cells, WRITTEN);
}

/** Waits until no more than so many blocks before this one are unwritten. */
export function waitForRoom({ cells }: Turn, number: number, ahead: number): void {
  for (;;) {
    const written = Atomics.load(cells, WRITTEN);
    if (number - written <= ahead) return;
    Atomics.wait(cells, WRITTEN, written);
  }
}

export function noteWritten({ cells }: Turn): void {
  Atomics.add(cells, WRITTEN, 1);
  Atomics.notify(cells, WRITTEN);
}

export function noteRows({ places }: Turn, thread: number, rows: number): void {
  places[ROWS + thread] = rows;
}

/** How far all threads together are. */
export function progressOf({ places }: Turn): { readonly offset: number; readonly rows: number } {
  let rows = 0;
  for (let i = ROWS; i < places.length; i++) rows += places[i] as number;
  return { offset: places[OFFSET] as number, rows };
}

/**
 * Whose turn it is. A block ends where a record does, so the threads of a check scan one block after the other, and assess
 * their rows at the same time. The blocks are the same for any number of threads.
 */

const LOCK = 0;
/** 1 once nothing is left to be scanned. */
const ENDED = 1;
/** Blocks that were scanned. */
const SCANNED = 2;
/** Blocks whose rows are written. */
const WRITTEN = 3;
/** 1 where the check is aborted. */
const STOPPED = 4;
const CELLS = 5;

/** As long as a thread that serves others may wait for a lock. */
const MOMENT_MS = 2;

const OFFSET = 0;
const LINE = 1;
/** From here on: rows of each thread. */
const ROWS = 2;

/** Blocks that a thread may be ahead of what is written. */
export const AHEAD = 16;

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

export function createTurn(threads: number, { offset, line }: BlockPlace): Turn {
  const cells = new Int32Array(new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT));
  const places = new Float64Array(new SharedArrayBuffer((ROWS + threads) * Float64Array.BYTES_PER_ELEMENT));
  places[OFFSET] = offset;
  places[LINE] = line;
  return { cells, places };
}

/**
 * Waits for the turn to scan a block.
 * @returns the number of the block and its place; undefined after the last one.
 */
export function takeTurn({ cells, places }: Turn): (BlockPlace & { readonly number: number }) | undefined {
  while (Atomics.compareExchange(cells, LOCK, 0, 1) !== 0) Atomics.wait(cells, LOCK, 1);
  return takeLocked({ cells, places });
}

function takeLocked({ cells, places }: Turn): ReturnType<typeof takeTurn> {
  if (Atomics.load(cells, ENDED) === 1) {
    release(cells);
    return undefined;
  }
  const number = Atomics.add(cells, SCANNED, 1);
  return { number, offset: places[OFFSET] as number, line: places[LINE] as number };
}

/**
 * The same on a thread that other work waits for: it waits a moment at most.
 * @returns 'busy' where another thread scans; undefined after the last block, and of a check that was stopped.
 */
export function tryTurn(turn: Turn): ReturnType<typeof takeTurn> | 'busy' {
  const { cells } = turn;
  if (Atomics.load(cells, LOCK) === 1) Atomics.wait(cells, LOCK, 1, MOMENT_MS);
  if (isStopped(turn)) return undefined;
  if (Atomics.compareExchange(cells, LOCK, 0, 1) !== 0) return 'busy';
  return takeLocked(turn);
}

/** @param next where the block ends; undefined where it could not be read. */
export function passTurn({ cells, places }: Turn, next: BlockPlace | undefined, isLast: boolean): void {
  if (isLast || next === undefined) Atomics.store(cells, ENDED, 1);
  if (next !== undefined) {
    places[OFFSET] = next.offset;
    places[LINE] = next.line;
  }
  release(cells);
}

/** Of the thread that goes on after the last turn. */
export function noteOffset({ places }: Turn, { offset }: BlockPlace): void {
  places[OFFSET] = offset;
}

/** For it. */
export function isStopped({ cells }: Turn): boolean {
  return Atomics.load(cells, STOPPED) === 1;
}

function release(cells: Int32Array): void {
  Atomics.store(cells, LOCK, 0);
  Atomics.notify(cells, LOCK, 1);
}

/** No thread begins another block. */
export function endTurns({ cells }: Turn): void {
  Atomics.store(cells, STOPPED, 1);
  Atomics.store(cells, ENDED, 1);
  // Threads that wait for room look again.
  Atomics.add(cells, WRITTEN, 1 << 24);
  Atomics.notify(cells, WRITTEN);
}

/** Whether at most `ahead` blocks before this one are unwritten. */
export function hasRoom({ cells }: Turn, number: number, ahead: number): boolean {
  return number - Atomics.load(cells, WRITTEN) <= ahead;
}

/** Waits for that. */
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
export function readProgress({ places }: Turn): { readonly offset: number; readonly rows: number } {
  let rows = 0;
  for (let i = ROWS; i < places.length; i++) rows += places[i] as number;
  return { offset: places[OFFSET] as number, rows };
}

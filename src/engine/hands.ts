/** The threads of a pool, what each works on, and what memory it keeps: where the next batch can run. */
import type { MemoryBudget } from './memory.js';
import type { Stop } from './stop.js';
import type { Thread } from './thread.js';

export interface Hand<Task> {
  readonly thread: Thread;
  /** What it works on. */
  tasks: readonly Task[] | undefined;
  halt: Stop | undefined;
  /** What its thread has had for a batch, and keeps for the next. */
  heldBytes: number;
}

/** What a batch asks of a place: as many jobs as fit into memory. */
export interface Need {
  readonly most: number;
  /** Bytes that `count` of the jobs need together. */
  bytesOf(count: number): number;
  /** That threads may keep after jobs of those who ask. */
  maxBytes(): number;
}

export interface Place<Task> {
  readonly hand: Hand<Task>;
  /** Jobs that there is memory for. */
  readonly count: number;
  readonly bytes: number;
  /** Threads that give their memory back first. */
  readonly ended: readonly Promise<void>[];
}

/** Less than what counts as memory. */
export const NEGLIGIBLE_BYTES: number = 2 ** 20;

export class Hands<Task> {
  readonly #budget: MemoryBudget;
  readonly #threads: readonly Thread[];
  /** The calling thread, in the place of all others. */
  readonly #here: Hand<Task>;
  #all: readonly Hand<Task>[];

  constructor(threads: readonly Thread[], fallback: Thread, budget: MemoryBudget) {
    this.#budget = budget;
    this.#threads = threads;
    this.#here = handOf(fallback);
    this.#all = threads.length === 0 ? [this.#here] : threads.map(handOf<Task>);
  }

  get all(): readonly Hand<Task>[] {
    return this.#all;
  }

  idle(): Hand<Task>[] {
    return this.#all.filter(isFree);
  }

  get isIdle(): boolean {
    for (const { tasks } of this.#all) if (tasks !== undefined) return false;
    return true;
  }

  /** Worker threads that there may be. */
  get width(): number {
    return this.isHere ? 0 : this.#all.length;
  }

  /** Worker threads that there are. */
  get started(): number {
    return this.#threads.filter(({ isAlive }) => isAlive).length;
  }

  /** Whether the calling thread does the work. */
  get isHere(): boolean {
    return this.#all[0] === this.#here;
  }

  /** One that cannot be started. After the last of them the calling thread takes over. */
  drop(hand: Hand<Task>): void {
    this.#all = this.#all.filter((one) => one !== hand);
    if (this.#all.length === 0) this.#all = [this.#here];
  }

  /** Those that would have to be started: none starts that can be used. */
  dropEnded(): void {
    for (const hand of this.#all) if (hand.tasks === undefined && hand.thread.isAlive === false) this.drop(hand);
  }

  /** Those that were dropped, once more. */
  restore(): void {
    this.#all = this.#threads.map((thread) => this.#all.find((hand) => hand.thread === thread) ?? handOf(thread));
  }

  /** Undefined where the jobs must wait for memory. */
  placeFor(free: readonly Hand<Task>[], { most, bytesOf, maxBytes }: Need): Place<Task> | undefined {
    const one = bytesOf(1);
    if (one <= NEGLIGIBLE_BYTES) return { hand: free[0] as Hand<Task>, count: most, bytes: 0, ended: [] };
    for (const hand of free) this.settle(hand);
    // One that has the memory already.
    const hand = free.reduce((best, other) => (other.heldBytes > best.heldBytes ? other : best));
    const keepBytes = maxBytes();
    const isOver = (bytes: number): boolean => {
      const grown = Math.max(0, bytes - hand.heldBytes);
      return this.#budget.heldBytes + grown > this.#budget.maxBytes || this.#heldBytes() + grown > keepBytes;
    };
    for (let count = most; count > 1; count--) {
      const bytes = bytesOf(count);
      if (!isOver(bytes)) return { hand, count, bytes, ended: [] };
    }
    const ended: Promise<void>[] = [];
    for (const other of free) if (other !== hand && other.heldBytes > 0 && isOver(one)) ended.push(this.#end(other));
    const fits = this.#budget.fits(Math.max(0, one - hand.heldBytes));
    return fits ? { hand, count: 1, bytes: one, ended } : undefined;
  }

  /** Its thread works with so much memory from now on. */
  begin(hand: Hand<Task>, bytes: number): void {
    const grown = Math.max(0, bytes - hand.heldBytes);
    hand.heldBytes += grown;
    this.#budget.begin(grown);
  }

  end(hand: Hand<Task>): void {
    this.#budget.end(0);
    this.settle(hand);
  }

  /** A thread that has ended keeps nothing, and the calling one keeps little. */
  settle(hand: Hand<Task>): void {
    if (hand === this.#here || hand.thread.isAlive === false) this.#forget(hand);
  }

  #heldBytes(): number {
    return this.#all.reduce((sum, hand) => sum + hand.heldBytes, 0);
  }

  /** An idle thread's memory is given back with the thread: nothing else gives it back at once. */
  #end(hand: Hand<Task>): Promise<void> {
    this.#forget(hand);
    return hand.thread.close();
  }

  #forget(hand: Hand<Task>): void {
    const bytes = hand.heldBytes;
    hand.heldBytes = 0;
    if (bytes > 0) this.#budget.release(bytes);
  }
}

function isFree({ tasks }: Hand<unknown>): boolean {
  return tasks === undefined;
}

function handOf<Task>(thread: Thread): Hand<Task> {
  return { thread, tasks: undefined, halt: undefined, heldBytes: 0 };
}

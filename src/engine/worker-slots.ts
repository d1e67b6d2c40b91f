/** The threads of a pool, what each works on, and what memory it keeps: where the next batch can run. */
import type { MemoryBudget } from './memory.js';
import type { Stop } from './stop.js';
import type { Thread } from './thread.js';

export interface WorkerSlot<Task> {
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

export interface SlotPlacement<Task> {
  readonly slot: WorkerSlot<Task>;
  /** Jobs that there is memory for. */
  readonly count: number;
  readonly bytes: number;
  /** Threads that give their memory back first. */
  readonly ended: readonly Promise<void>[];
}

/** Less than what counts as memory. */
export const NEGLIGIBLE_BYTES: number = 2 ** 20;

export class WorkerSlots<Task> {
  readonly #budget: MemoryBudget;
  readonly #threads: readonly Thread[];
  /** The calling thread, in the place of all others. */
  readonly #inProcess: WorkerSlot<Task>;
  #all: readonly WorkerSlot<Task>[];

  constructor(threads: readonly Thread[], fallback: Thread, budget: MemoryBudget) {
    this.#budget = budget;
    this.#threads = threads;
    this.#inProcess = createSlot(fallback);
    this.#all = threads.length === 0 ? [this.#inProcess] : threads.map(createSlot<Task>);
  }

  get all(): readonly WorkerSlot<Task>[] {
    return this.#all;
  }

  idle(): WorkerSlot<Task>[] {
    return this.#all.filter(isFree);
  }

  get isIdle(): boolean {
    for (const { tasks } of this.#all) if (tasks !== undefined) return false;
    return true;
  }

  /** Worker threads that there may be. */
  get width(): number {
    return this.isInProcess ? 0 : this.#all.length;
  }

  /** Worker threads that there are. */
  get started(): number {
    return this.#threads.filter(({ isAlive }) => isAlive).length;
  }

  /** Whether the calling thread does the work. */
  get isInProcess(): boolean {
    return this.#all[0] === this.#inProcess;
  }

  /** One that cannot be started. After the last of them the calling thread takes over. */
  drop(slot: WorkerSlot<Task>): void {
    this.#all = this.#all.filter((one) => one !== slot);
    if (this.#all.length === 0) this.#all = [this.#inProcess];
  }

  /** Those that would have to be started: none starts that can be used. */
  dropEnded(): void {
    for (const slot of this.#all) if (slot.tasks === undefined && slot.thread.isAlive === false) this.drop(slot);
  }

  /** Those that were dropped, once more. */
  restore(): void {
    this.#all = this.#threads.map((thread) => this.#all.find((slot) => slot.thread === thread) ?? createSlot(thread));
  }

  /** Undefined where the jobs must wait for memory. */
  findPlacement(free: readonly WorkerSlot<Task>[], { most, bytesOf, maxBytes }: Need): SlotPlacement<Task> | undefined {
    const one = bytesOf(1);
    if (one <= NEGLIGIBLE_BYTES) return { slot: free[0] as WorkerSlot<Task>, count: most, bytes: 0, ended: [] };
    for (const slot of free) this.settle(slot);
    // One that has the memory already.
    const slot = free.reduce((best, other) => (other.heldBytes > best.heldBytes ? other : best));
    const keepBytes = maxBytes();
    const isOver = (bytes: number): boolean => {
      const grown = Math.max(0, bytes - slot.heldBytes);
      return this.#budget.heldBytes + grown > this.#budget.maxBytes || this.#heldBytes() + grown > keepBytes;
    };
    for (let count = most; count > 1; count--) {
      const bytes = bytesOf(count);
      if (!isOver(bytes)) return { slot: slot, count, bytes, ended: [] };
    }
    const ended: Promise<void>[] = [];
    for (const other of free) if (other !== slot && other.heldBytes > 0 && isOver(one)) ended.push(this.#end(other));
    const fits = this.#budget.fits(Math.max(0, one - slot.heldBytes));
    return fits ? { slot: slot, count: 1, bytes: one, ended } : undefined;
  }

  /** Its thread works with so much memory from now on. */
  begin(slot: WorkerSlot<Task>, bytes: number): void {
    const grown = Math.max(0, bytes - slot.heldBytes);
    slot.heldBytes += grown;
    this.#budget.begin(grown);
  }

  end(slot: WorkerSlot<Task>): void {
    this.#budget.end(0);
    this.settle(slot);
  }

  /** A thread that has ended keeps nothing, and the calling one keeps little. */
  settle(slot: WorkerSlot<Task>): void {
    if (slot === this.#inProcess || slot.thread.isAlive === false) this.#forget(slot);
  }

  #heldBytes(): number {
    return this.#all.reduce((sum, slot) => sum + slot.heldBytes, 0);
  }

  /** An idle thread's memory is given back with the thread: nothing else gives it back at once. */
  #end(slot: WorkerSlot<Task>): Promise<void> {
    this.#forget(slot);
    return slot.thread.close();
  }

  #forget(slot: WorkerSlot<Task>): void {
    const bytes = slot.heldBytes;
    slot.heldBytes = 0;
    if (bytes > 0) this.#budget.release(bytes);
  }
}

function isFree({ tasks }: WorkerSlot<unknown>): boolean {
  return tasks === undefined;
}

function createSlot<Task>(thread: Thread): WorkerSlot<Task> {
  return { thread, tasks: undefined, halt: undefined, heldBytes: 0 };
}

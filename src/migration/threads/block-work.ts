/** What each thread of a check does with the blocks that it scanned. */
import type { RowAssessor } from '../assess/row-assessor.js';
import { RowCounter } from '../count/row-counter.js';
import type { Tally } from '../count/tally.js';
import { bindSource } from '../input/origin.js';
import { type CollectedRows, createCollector } from '../output/row-collector.js';
import { createBlockReader, FileBlocks } from '../rows/index.js';
import type { OpenedPlan } from './protocol.js';
import { type Scan, scanBlocks } from './scanning.js';
import { noteRows, type Turn, type takeTurn, type tryTurn } from './turn.js';

export class BlockWork {
  readonly #plan: OpenedPlan;
  readonly #thread: number;
  readonly #turn: Turn;
  readonly #collector: ReturnType<typeof createCollector>;
  readonly #counter: RowCounter;
  readonly #reader: ReturnType<typeof createBlockReader>;

  /** @param thread its number. */
  constructor(plan: OpenedPlan, thread: number, turn: Turn, assessor: RowAssessor) {
    this.#plan = plan;
    this.#thread = thread;
    this.#turn = turn;
    this.#collector = createCollector(plan.collect);
    this.#counter = new RowCounter(assessor, plan.file, plan.tables, this.#collector);
    this.#reader = createBlockReader(plan.format, bindSource(plan.source, plan.options), plan.settled);
  }

  get tally(): Tally {
    return this.#counter.tally;
  }

  get digestSeen(): boolean {
    return this.#reader.digestSeen;
  }

  scan(take: typeof takeTurn | typeof tryTurn): Generator<Scan | undefined> {
    const { fd, format, range } = this.#plan;
    return scanBlocks(new FileBlocks(fd, format), this.#reader, this.#turn, range, take);
  }

  /** Counts the rows of the block that was scanned last. Undefined where none are collected. */
  count({ number, isOutside }: Scan): CollectedRows | undefined {
    // The block before those of the threads is number 0.
    this.#counter.block = number + 1;
    if (!isOutside) this.#reader.deliver(this.#counter);
    noteRows(this.#turn, this.#thread, this.#counter.rows);
    return this.#collector?.drain();
  }

  /** After it everything is in the tally and in the tables. */
  finish(): void {
    this.#counter.finish();
  }
}

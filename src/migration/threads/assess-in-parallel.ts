/** Assesses one file on several threads. The result is that of one thread. */
import { Worker } from 'node:worker_threads';
import { InputProblem } from '../../files/input-problem.js';
import type { RowAssessor } from '../assess/row-assessor.js';
import { merge, type Tally } from '../count/tally.js';
import type { CollectedRows } from '../output/row-collector.js';
import { structureModule } from '../rows/index.js';
import type { Assignment, OpenedPlan, ThreadMessage } from './protocol.js';
import { type BlockPlace, createTurn, endTurns, noteWritten, readProgress, type Turn } from './turn.js';
import { workHere } from './work-here.js';
import { WORKER_SOURCE } from './worker-source.js';

const PROGRESS_MS = 100;

export interface ParallelOptions {
  /** With this one. */
  readonly threads: number;
  /** Of this thread. */
  readonly assessor: RowAssessor;
  /** The first block of the threads. */
  readonly place: BlockPlace;
  readonly signal: AbortSignal | undefined;
  /** The rows are counted here. */
  readonly tally: Tally;
  /** Called in the order of the rows. */
  write(collected: CollectedRows): Promise<void>;
  onProgress(rows: number, offset: number): void;
}

export interface ParallelResult {
  readonly digestSeen: boolean;
  readonly problem: InputProblem | undefined;
}

/** @throws the signal's reason after an abort, and what `write` throws. */
export async function assessInParallel(plan: OpenedPlan, options: ParallelOptions): Promise<ParallelResult> {
  const { threads, place, signal, assessor, tally, write, onProgress } = options;
  const turn = createTurn(threads, place);
  const structure = compiledStructure();
  const inOrder = new OrderedWriter(turn, write);
  let problem: InputProblem | undefined;
  let digestSeen = false;
  const receive = async (message: ThreadMessage): Promise<void> => {
    if (message.kind === 'collected') return inOrder.add(message.number, message.collected);
    if (message.kind === 'problem')
      problem = new InputProblem(message.problem.code, message.problem.message, message.problem);
    else {
      merge(tally, message.tally);
      digestSeen ||= message.digestSeen;
    }
  };
  const report = () => {
    const { rows, offset } = readProgress(turn);
    onProgress(rows, offset);
  };
  const timer = setInterval(report, PROGRESS_MS);
  const stop = () => endTurns(turn);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const workers = Array.from({ length: threads - 1 }, (_, thread) => startWorker({ ...plan, thread, turn, structure }));
  const here = workHere(plan, {
    ...{ thread: threads - 1, turn, assessor },
    collect: (number, collected) => inOrder.add(number, collected),
  });
  try {
    const [own] = await Promise.all([here, ...workers.map((worker) => untilDone(worker, receive))]);
    merge(tally, own.tally);
    digestSeen ||= own.digestSeen;
    problem ??= own.problem;
    await inOrder.written;
    signal?.throwIfAborted();
    report();
    return { digestSeen, problem };
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    endTurns(turn);
    // It reads from the file that the caller closes.
    await here.catch(() => undefined);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Undefined where this runtime cannot compile it: each thread scans slowly then. */
function compiledStructure(): WebAssembly.Module | undefined {
  try {
    return structureModule();
  } catch {
    return undefined;
  }
}

/** The program's own flags and variables stay out: a loader would only cost time. */
function startWorker(workerData: Assignment): Worker {
  return new Worker(WORKER_SOURCE, { name: 'digestry check', eval: true, execArgv: [], env: {}, workerData });
}

function untilDone(worker: Worker, receive: (message: ThreadMessage) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      receive(message).catch(reject);
      if (message.kind === 'done') resolve();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread of the check ended with code ${code}`)));
  });
}

/** Writes blocks in their order, whatever the order in which the threads finish them. */
class OrderedWriter {
  /** All that could be written so far. */
  written: Promise<void> = Promise.resolve();
  readonly #turn: Turn;
  readonly #write: (collected: CollectedRows) => Promise<void>;
  readonly #waiting = new Map<number, CollectedRows>();
  #next = 0;

  constructor(turn: Turn, write: (collected: CollectedRows) => Promise<void>) {
    this.#turn = turn;
    this.#write = write;
  }

  add(number: number, collected: CollectedRows): Promise<void> {
    this.#waiting.set(number, collected);
    this.written = this.written.then(() => this.#writeNext());
    return this.written;
  }

  /** As far as no block is missing. */
  async #writeNext(): Promise<void> {
    for (let rows = this.#waiting.get(this.#next); rows !== undefined; rows = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      await this.#write(rows);
      noteWritten(this.#turn);
    }
  }
}

/** One file, taken in by several threads at once. The result is that of one thread. */
import { Worker } from 'node:worker_threads';
import { kernelModule } from '../../kernels/load.js';
import { merge, type Tally } from '../count/tally.js';
import type { Taken } from '../output/row-collector.js';
import { InputProblem } from '../problem.js';
import type { Assignment, Told } from './protocol.js';
import type { BlockPlace } from './turn.js';
import { endTurns, newTurn, noteWritten, progressOf } from './turn.js';
import { WORKER_SOURCE } from './worker-source.js';

const PROGRESS_MS = 100;

export interface ManyOptions extends Omit<Assignment, 'thread' | 'turn' | 'structure'> {
  readonly threads: number;
  /** Behind what was read already. */
  readonly place: BlockPlace;
  readonly signal: AbortSignal | undefined;
  /** Called in the order of the rows. */
  write(taken: Taken): Promise<void>;
  onProgress(rows: number, offset: number): void;
}

export interface ManyResult {
  readonly rows: number;
  /** Where reading ended. */
  readonly offset: number;
  readonly digestSeen: boolean;
  readonly source: string | undefined;
  readonly problem: InputProblem | undefined;
}

/**
 * @param tally that the rows are counted in.
 * @throws the signal's reason after an abort, and what `write` throws.
 */
export async function takeByMany(options: ManyOptions, tally: Tally): Promise<ManyResult> {
  const { threads, place, signal, write, onProgress, ...rest } = options;
  const turn = newTurn(threads, place);
  const structure = await kernelModule('structure').catch(() => undefined);
  const before = tally.totals.rows;
  const waiting = new Map<number, Taken>();
  let next = 0;
  let writing: Promise<void> = Promise.resolve();
  let problem: InputProblem | undefined;
  let digestSeen = false;
  let source: string | undefined;

  /** What has come, as far as nothing before it is missing. */
  function writeInOrder(): Promise<void> {
    writing = writing.then(async () => {
      for (let taken = waiting.get(next); taken !== undefined; taken = waiting.get(next)) {
        waiting.delete(next++);
        await write(taken);
        noteWritten(turn);
      }
    });
    return writing;
  }

  const workers: Worker[] = [];
  const progress = setInterval(() => {
    const { rows, offset } = progressOf(turn);
    onProgress(rows, offset);
  }, PROGRESS_MS);
  const stop = () => endTurns(turn);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    await Promise.all(
      Array.from(
        { length: threads },
        (_, thread) =>
          new Promise<void>((resolve, reject) => {
            const workerData: Assignment = { ...rest, thread, turn, structure };
            // The program's own flags and variables stay out: a loader would only cost time.
            const worker = new Worker(WORKER_SOURCE, {
              name: 'digestry check',
              eval: true,
              execArgv: [],
              env: {},
              workerData,
            });
            workers.push(worker);
            worker.on('message', (told: Told) => {
              if (told.kind === 'taken') {
                waiting.set(told.number, told.taken);
                writeInOrder().catch(reject);
              } else if (told.kind === 'trouble') {
                const { message, ...detail } = told.trouble;
                problem = new InputProblem(message, detail);
              } else {
                merge(tally, told.tally);
                digestSeen ||= told.digestSeen;
                source ??= told.source;
                resolve();
              }
            });
            worker.on('error', reject);
            worker.on('exit', (code) => reject(new Error(`a thread of the check ended with code ${code}`)));
          }),
      ),
    );
    await writing;
    signal?.throwIfAborted();
    const { offset } = progressOf(turn);
    onProgress(tally.totals.rows - before, offset);
    return { rows: tally.totals.rows - before, offset, digestSeen, source, problem };
  } finally {
    clearInterval(progress);
    signal?.removeEventListener('abort', stop);
    endTurns(turn);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
